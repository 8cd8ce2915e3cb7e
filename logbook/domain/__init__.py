"""What is recorded, in plain values: no window, no database, the standard library only."""
