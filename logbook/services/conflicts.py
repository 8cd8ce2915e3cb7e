"""Other states of a logbook that lie beside it, told where somebody can act on them."""

from pathlib import Path
from typing import Final

from logbook.domain import labels
from logbook.storage.siblings import siblings

_MOST_NAMED: Final = 3


def conflict_words(path: Path) -> str:
    """Return what a sync client left beside the logbook at *path*, with names and dates; "" where it left nothing.

    Raises:
        StorageError: the folder cannot be read.
    """
    found = siblings(path)
    if not found:
        return ""
    named = [f"“{one.path.name}” of {labels.day(one.changed_at.date())}" for one in found[:_MOST_NAMED]]
    more = len(found) - len(named)
    listed = ", ".join([*named, *([f"{more} more"] if more else [])])
    what = "Another state of this logbook lies" if len(found) == 1 else "Other states of this logbook lie"
    return (
        f"{what} beside it, perhaps from another computer: {listed}. It may hold what is missing here: "
        "File › Open read-only looks into it, and File › Import takes it in."
    )
