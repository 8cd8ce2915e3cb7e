"""What may be typed after the name of the program, and what each of it is read as."""

import argparse
import datetime as dt
from pathlib import Path
from typing import Final

from logbook import APPLICATION_NAME, __version__
from logbook.cli.exporting import export_logbook
from logbook.cli.importing import import_file
from logbook.cli.judging import judge_file
from logbook.cli.upkeep import back_up, check
from logbook.domain.units import Unreadable
from logbook.domain.vocabulary import Sex, SheddingMethod
from logbook.services.csv_table import read_date
from logbook.services.importing.dates import DateOrder
from logbook.services.importing.numbers import DecimalSign
from logbook.services.places import default_database

_USAGE: Final = "Without a command: the window, on your own logbook or on the one of --database FILE"
_STATUS: Final = (
    "exit status: 0 done; 1 the answer is no (damage found, rows refused); 2 wrong usage or an unreadable file"
)


def make_parser() -> argparse.ArgumentParser:
    """Return what reads the arguments; `run` of what it returns does the command and returns its exit status."""
    parser = argparse.ArgumentParser(
        "scalp-needling-logbook", description=f"{APPLICATION_NAME}. {_USAGE}.", epilog=_STATUS, allow_abbrev=False
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND", title="commands")
    judging = commands.add_parser("judge", help="say what published guidance says of each session of a CSV")
    importing = commands.add_parser("import", help="take in a CSV, or a logbook: all of it or nothing")
    exporting = commands.add_parser("export", help="write the sessions as CSV, or everything as JSON")
    backing_up = commands.add_parser("backup", help="make one verified copy beside the logbook")
    checking = commands.add_parser("check", help="look through the logbook and its backups for damage")
    _add_judging(judging)
    _add_importing(importing)
    _add_exporting(exporting)
    backing_up.set_defaults(run=back_up)
    _add_checking(checking)
    for command in (importing, exporting, backing_up, checking):
        command.add_argument(
            "--database", type=_path, default=default_database(), metavar="FILE", help="default: %(default)s"
        )
    for command in commands.choices.values():
        command.allow_abbrev = False
    return parser


def _add_judging(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=_path, metavar="FILE.csv")
    parser.add_argument("--shedding", type=_path, metavar="FILE.csv", help="a CSV of shedding records to judge too")
    parser.add_argument("--birth-date", type=_birth_date, metavar="YYYY-MM-DD")
    parser.add_argument("--sex", choices=[sex.value for sex in Sex])
    parser.add_argument("--format", choices=["text", "json"], default="text")
    parser.set_defaults(run=judge_file)


def _add_importing(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=_path, metavar="FILE", help="CSV, JSON of this program, or another logbook")
    parser.add_argument("--person", metavar="NAME", help="whose the rows of a table are, where there are several")
    parser.add_argument(
        "--leave-out-refused", action="store_true", help="take in the other rows where some are refused"
    )
    _add_table_of_ones_own(parser)
    parser.set_defaults(run=import_file)


def _add_table_of_ones_own(parser: argparse.ArgumentParser) -> None:
    own = parser.add_argument_group(
        "a table of your own", "With any of these, other names and words are read too; what was understood is said."
    )
    own.add_argument("--spreadsheet", action="store_true", help="read it so")
    own.add_argument(
        "--map",
        action="append",
        type=_mapped,
        default=[],
        metavar="COLUMN=NAME",
        help="read the column NAME of the file as COLUMN; without COLUMN, do not read it",
    )
    own.add_argument("--date-order", choices=[order.value for order in DateOrder])
    own.add_argument("--decimal", choices=[sign.value for sign in DecimalSign])
    own.add_argument("--method", choices=[method.value for method in SheddingMethod], help="of all shedding records")


def _add_exporting(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=_path, metavar="FILE.csv|FILE.json")
    parser.add_argument("--person", metavar="NAME", help="whose sessions, where there are several people")
    parser.set_defaults(run=export_logbook)


def _add_checking(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--repair", action="store_true", help="put right what can be put right without a risk")
    parser.set_defaults(run=check)


# What one argument is read as


def _mapped(text: str) -> tuple[str, str]:
    column, sign, name = text.partition("=")
    if not sign or not name.strip():
        raise argparse.ArgumentTypeError(f"“{text}” is not of the form COLUMN=NAME")
    return column.strip(), name.strip()


def _path(text: str) -> Path:
    if not text:
        raise argparse.ArgumentTypeError("the name of the file is empty")
    return Path(text)


def _birth_date(text: str) -> dt.date:
    try:
        born = read_date(text)
    except Unreadable as error:
        raise argparse.ArgumentTypeError(str(error)) from error
    if born > dt.date.today():
        raise argparse.ArgumentTypeError(f"{text} lies in the future")
    return born
