"""The command that takes a file into a logbook: all of it, or nothing."""

import argparse
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from logbook.cli.asides import say, say_ignored, say_refused
from logbook.cli.exit_status import DONE, NO
from logbook.cli.import_plan import brings_people, is_free, planner
from logbook.cli.opening import opened
from logbook.cli.whose import named, people_among
from logbook.domain.edit import Record
from logbook.domain.errors import RowProblem, StorageError, UnreadableFile
from logbook.domain.labels import count
from logbook.domain.session import RecordId, new_id

if TYPE_CHECKING:
    from logbook.services.journal import Journal


def import_file(arguments: argparse.Namespace) -> int:
    """Take the file of *arguments* into their logbook, which is made if need be, and return the exit status.

    Raises:
        UnreadableFile: nothing can be made of the file, or whose it is cannot be told.
        StorageError: the logbook cannot be read or written.
    """
    path, database, takes_the_rest = arguments.file, arguments.database, arguments.leave_out_refused
    is_new = not os.path.lexists(database)
    plan = planner(arguments)
    if is_new and (problems := plan((), new_id()).problems) and not takes_the_rest:
        return _refuse(path, problems)  # before a logbook is made for nothing
    with opened(database, create=True) as journal:
        present = journal.everything()
        person_id = new_id() if brings_people(path) else _owner(arguments, present)
        planned = plan(present, person_id)
        if not is_free(arguments):
            say_ignored(path, planned.ignored_columns)
        if planned.problems and not takes_the_rest:
            return _refuse(path, planned.problems, planned.skipped)
        if planned.edit.replacements and not is_new:
            _copy_first(journal)
        journal.apply(planned.edit)
    if is_new:
        say(f"{database.name} was not there; a new logbook was made.")
    say_refused(path, planned.problems)
    print(f"added {planned.added}, skipped {planned.skipped}, refused {planned.refused}")
    return DONE


def _refuse(path: Path, problems: Sequence[RowProblem], skipped: int = 0) -> int:
    say_refused(path, problems)
    print(f"added 0, skipped {skipped}, refused {len({problem.line for problem in problems})}")
    return NO


def _owner(arguments: argparse.Namespace, present: Sequence[Record]) -> RecordId:
    """Return whose sessions the rows of a table are.

    Raises:
        UnreadableFile: it could be one of several people, and none of them was named.
    """
    if arguments.person is not None:
        return named(arguments.database, present, arguments.person).id
    people = people_among(present)
    if len(people) > 1:
        who = count(len(people), "person").replace("persons", "people")
        raise UnreadableFile(
            f"{arguments.file.name} does not say whose it is, and {arguments.database.name} keeps {who}; "
            "add --person NAME."
        )
    return people[0].id if people else new_id()


def _copy_first(journal: "Journal") -> None:
    """Have what is there in a copy before much is added; where that fails, it is said, and keeps nobody from it."""
    from logbook.services.backups import Keeper, Occasion  # noqa: PLC0415 - as in `opening.opened`

    keeper = Keeper(journal)
    if keeper.has_changed():
        try:
            keeper.make(Occasion.IMPORT)
        except StorageError as error:
            say(f"No copy was made before the import: {error}")
