"""The steps from one revision of the tables to the next; none knows the tables of today."""
