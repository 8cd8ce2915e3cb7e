"""Where the program begins: a command, or the window. Nothing of Qt is imported for a command."""

import gc
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

_DATABASE: Final = "--database"
_USAGE_ERROR: Final = 2


def main(argv: Sequence[str] | None = None) -> int:
    """Do what *argv* asks for and return the exit status: 0 done, 1 no, 2 wrong usage or no display."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    if arguments and arguments[0].partition("=")[0] != _DATABASE:
        from logbook.cli import main as run_command  # noqa: PLC0415 - the window does not need it

        return run_command(arguments)
    try:
        database = _database(arguments)
    except ValueError as error:
        sys.stderr.write(f"{error}\n")
        return _USAGE_ERROR

    from logbook.display import why_no_window  # noqa: PLC0415 - commands need no display

    if reason := why_no_window():
        sys.stderr.write(f"{reason}\n")
        return _USAGE_ERROR
    prepare()
    from logbook.start import run  # noqa: PLC0415 - Qt, which commands never load and which may be missing

    return run(database)


def prepare() -> None:
    """Set the process up for the window, before the first of its imports."""
    os.umask(0o077)  # whatever is written from here on is the person's alone
    # The thousands of objects that imports make are there to stay; looking among them for what may go costs a tenth
    # of the time to the first rows. `logbook.start` turns it on again.
    gc.disable()


def _database(arguments: Sequence[str]) -> Path | None:
    """Return the file that is named, or None for the person's own.

    Raises:
        ValueError: the arguments say something else.
    """
    match arguments:
        case []:
            return None
        case [option, file] if option == _DATABASE and file:
            return Path(file)
        case [option] if option.startswith(f"{_DATABASE}=") and len(option) > len(_DATABASE) + 1:
            return Path(option.partition("=")[2])
    raise ValueError("The window takes --database FILE and nothing else; --help lists the commands.")
