"""Every use of the logbook, with no window in sight."""
