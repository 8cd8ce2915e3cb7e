"""Dialogs: each asks and returns a value, or None, and writes nothing."""
