"""What the dialog of an import says of a file, of what is missing, and of what it would do."""

from typing import Final

from logbook.domain import labels
from logbook.services.counted import counted_records
from logbook.services.exchange import PlannedImport
from logbook.services.importing.columns import REQUIRED
from logbook.services.importing.look import Preview
from logbook.services.importing.source import Kind

_KINDS: Final = {
    Kind.SESSIONS: "a table of sessions",
    Kind.SHEDDING: "a table of shedding counts",
    Kind.JSON: "a logbook in JSON",
    Kind.LOGBOOK: "another logbook file",
}


def headline(preview: Preview, name: str) -> str:
    """Return what the file *name* is, and how much is in it."""
    is_table = preview.kind.is_table
    amount = labels.count(preview.row_count, "row") if is_table else counted_records(preview.counts)
    return f"{name} is {_KINDS[preview.kind]}: {amount}."


def what_is_missing(preview: Preview) -> str:
    """Return what the person has to do before it can be counted what is new; nothing where that is nothing."""
    if preview.columns is None:
        return ""
    if REQUIRED not in preview.columns.targets:
        return "Choose under Columns which of them is the date."
    if not (left := len(preview.open_questions)):
        return ""
    return f"Answer the {'question' if left == 1 else 'questions'} above first."


def counted(planned: PlannedImport, noun: str) -> str:
    """Return the numbers of *planned* in a sentence, which add up."""
    read = planned.added + planned.skipped + planned.refused
    parts = f"{planned.added:,} to add + {planned.skipped:,} already there + {planned.refused:,} refused"
    return f"{labels.count(read, noun)} read = {parts}."


def why_nothing(planned: PlannedImport, *, leaves_out: bool) -> str:
    """Return why nothing of *planned* is taken in as things stand."""
    if planned.problems and not leaves_out:
        return "Nothing is imported as long as a row is refused, unless you leave the refused ones out."
    return "" if planned.added else "There is nothing new to import."
