"""What published guidance says of a session: rules as data, predicates as code."""
