"""The logbook file: how records are kept in it, checked, copied and brought up to date."""
