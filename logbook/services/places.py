"""Where a person's own files lie."""

from pathlib import Path

from platformdirs import user_data_path


def default_database() -> Path:
    """Return the path of the person's own logbook, which need not be there yet."""
    return user_data_path("scalp-needling-logbook", appauthor=False) / "logbook.sqlite"
