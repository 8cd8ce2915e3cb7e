"""The window: Qt lives here and in `logbook.app`, and nowhere else."""
