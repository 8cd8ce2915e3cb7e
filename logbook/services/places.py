"""Where a person's own files lie."""

from pathlib import Path

from platformdirs import user_config_path, user_data_path

_NAME = "scalp-needling-logbook"


def default_database() -> Path:
    """Return the path of the person's own logbook, which need not be there yet."""
    return user_data_path(_NAME, appauthor=False) / "logbook.sqlite"


def sample_database() -> Path:
    """Return the path of the sample logbook, which is made when it is first asked for."""
    return default_database().with_name("sample.sqlite")


def remembered_columns() -> Path:
    """Return the path of the file that keeps how the columns of imported tables were read."""
    return default_database().with_name("import-columns.json")


def drafts_folder() -> Path:
    """Return the folder that keeps what was typed and not saved yet."""
    return default_database().with_name("drafts")


def last_good_guidance() -> Path:
    """Return the folder with a copy of the last guidance that could be used."""
    return default_database().with_name("guidance")


def window_state_file() -> Path:
    """Return the path of what the window remembers of itself."""
    return user_config_path(_NAME, appauthor=False) / "window.ini"
