"""From what was typed to the exit status: whatever goes wrong on the way ends as a sentence and a number."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from logbook.cli.arguments import make_parser
from logbook.cli.asides import say
from logbook.cli.exit_status import DONE, INTERRUPTED, NOBODY_READS, WRONG
from logbook.cli.streams import let_go_of_output, speak_utf_8
from logbook.domain.errors import LogbookError


def main(argv: Sequence[str]) -> int:
    """Do what *argv* asks for and return the exit status."""
    speak_utf_8()
    try:
        status = _run(argv)
        if sys.stdout is not None:
            sys.stdout.flush()
    except KeyboardInterrupt:
        status = INTERRUPTED
    except BrokenPipeError:
        status = NOBODY_READS
    except LogbookError as error:
        status = WRONG
        say(str(error))
    except OSError as error:
        status = WRONG
        say(_sentence(error))
    let_go_of_output()
    return status


def _run(argv: Sequence[str]) -> int:
    try:
        arguments = make_parser().parse_args(argv)
    except SystemExit as stop:  # argparse has said what is wrong, or what was asked for
        return int(stop.code or DONE)
    status: int = arguments.run(arguments)
    return status


def _sentence(error: OSError) -> str:
    if error.strerror is None:
        return str(error)
    if error.filename is None:
        return f"The answer cannot be written: {error.strerror}."
    return f"{Path(os.fsdecode(error.filename)).name} cannot be read or written: {error.strerror}."
