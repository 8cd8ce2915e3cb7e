"""What an import would do: the published form read as it is, a table of somebody's own looked at and told of first."""

import argparse
import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from logbook.cli.asides import say
from logbook.domain.edit import Record
from logbook.domain.errors import UnreadableFile
from logbook.domain.session import RecordId
from logbook.domain.vocabulary import SheddingMethod
from logbook.services.exchange import JSON, PlannedImport, plan_import
from logbook.services.importing.cells import NO_ANSWERS, Answers
from logbook.services.importing.columns import REQUIRED
from logbook.services.importing.dates import DateOrder
from logbook.services.importing.numbers import DecimalSign
from logbook.services.importing.source import is_logbook_file

if TYPE_CHECKING:
    from logbook.services.importing.look import Preview


def planner(arguments: argparse.Namespace) -> Callable[[Sequence[Record], RecordId], PlannedImport]:
    """Return what plans the import for given records and a person; what was understood of the file is said.

    Raises:
        UnreadableFile: nothing can be made of a table of somebody's own, or it has no such column.
    """
    path, today = arguments.file, dt.date.today()
    if not (is_free(arguments) or brings_people(path)):
        return partial(_plan_published, path, today)
    from logbook.services.importing.plan import plan  # noqa: PLC0415 - SQLAlchemy again, as in `opening.opened`

    preview = _look(path, today, _answers(arguments), arguments.map)
    _say_understood(path, preview)
    return lambda present, person_id: plan(
        path,
        preview.columns,
        preview.answers,
        present,
        person_id,
        today,
        leave_out_refused=arguments.leave_out_refused,
    )


def is_free(arguments: argparse.Namespace) -> bool:
    """Whether the file is read as a table of somebody's own, with other names and words than the published ones."""
    return arguments.spreadsheet or bool(arguments.map) or _answers(arguments) != NO_ANSWERS


def brings_people(path: Path) -> bool:
    """Whether the file *path* is a whole logbook, which names the people whose records it has."""
    return path.suffix.lower() == JSON or is_logbook_file(path)


def _answers(arguments: argparse.Namespace) -> Answers:
    return Answers(
        arguments.date_order and DateOrder(arguments.date_order),
        arguments.decimal and DecimalSign(arguments.decimal),
        arguments.method and SheddingMethod(arguments.method),
    )


def _plan_published(path: Path, today: dt.date, present: Sequence[Record], person_id: RecordId) -> PlannedImport:
    try:
        return plan_import(path, present, person_id, today)
    except UnreadableFile as refused:
        try:
            columns = _look(path, today).columns
        except UnreadableFile:
            raise refused from None
        if columns is None or REQUIRED not in columns.targets:
            raise
        raise UnreadableFile(f"{refused} If it is a table of your own, add --spreadsheet.") from refused


def _look(
    path: Path, today: dt.date, answers: Answers = NO_ANSWERS, mapped: Iterable[tuple[str, str]] = ()
) -> "Preview":
    from logbook.services.importing.look import look  # noqa: PLC0415 - as in `opening.opened`

    preview = look(path, today, answers=answers, recalls=False)
    columns = preview.columns
    if columns is None or not mapped:
        return preview
    for column, name in mapped:
        columns = columns.reading(name, column or None)
    return look(path, today, columns=columns, answers=answers)


def _say_understood(path: Path, preview: "Preview") -> None:
    open_questions = (question.text for question in preview.open_questions)
    decided = (question.because for question in preview.decided)
    for sentence in (*preview.remarks, *decided, *preview.understood, *open_questions):
        say(f"{path.name}: {sentence}")
