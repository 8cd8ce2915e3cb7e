"""Taking in what others wrote: looked at first, asked about where it is ambiguous, and one edit in the end."""
