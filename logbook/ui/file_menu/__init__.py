"""What the File menu does with the logbook that lies open: one file for each kind of thing."""
