"""What was saved of a damaged logbook, and what was not, in sentences that hide nothing."""

from collections.abc import Iterator
from typing import Final

from logbook.domain import labels
from logbook.services.counted import PARTS, counted_rows, plural_rows
from logbook.storage.salvage import Loss, Salvaged

_RECORDED: Final = "_recorded"
_MOST_SPANS: Final = 5


def sentences(salvaged: Salvaged) -> tuple[str, ...]:
    """Return what was *salvaged*, then what was not, table by table."""
    records = {table: rows for table, rows in salvaged.counts.items() if table not in PARTS}
    saved = f"Saved in {salvaged.path.name}: {counted_rows(records)}."
    if salvaged.is_everything:
        return (saved, "Nothing seems to be missing.")
    return (saved, *_missing(salvaged), *_left_out(salvaged), *_made_up(salvaged))


def _missing(salvaged: Salvaged) -> Iterator[str]:
    yield from (_lost(loss) for loss in salvaged.losses if loss.count)
    unsure = [loss.table for loss in salvaged.losses if not loss.is_exact]
    if unsure:
        yield f"It cannot be told whether more is missing of: {plural_rows(unsure)}."
    if not salvaged.is_complete:
        yield "It took too long: the rest of the file was not looked through."


def _lost(loss: Loss) -> str:
    at_least = "" if loss.is_exact else "at least "
    spans = [str(first) if first == last else f"{first}–{last}" for first, last in loss.spans[:_MOST_SPANS]]
    more = " and others" if len(loss.spans) > _MOST_SPANS else ""
    rows = "row" if loss.count == 1 else "rows"
    return f"Could not be read: {at_least}{counted_rows({loss.table: loss.count})} ({rows} {', '.join(spans)}{more})."


def _left_out(salvaged: Salvaged) -> Iterator[str]:
    if salvaged.orphans:
        yield f"Left out, because what they belong to is lost: {counted_rows(salvaged.orphans)}."
    if salvaged.senseless:
        yield f"Left out, because their content makes no sense: {counted_rows(salvaged.senseless)}."
    if salvaged.unplaced:
        yield f"Left out, because nothing tells what they are: {labels.count(salvaged.unplaced, 'row')}."


def _made_up(salvaged: Salvaged) -> Iterator[str]:
    if salvaged.stand_ins:
        yield (
            f"Could not be read, but others belong to them: {counted_rows(salvaged.stand_ins)}. "
            "Empty ones stand in for them; you may fill them in again."
        )
    yield from _mended(salvaged)


def _mended(salvaged: Salvaged) -> Iterator[str]:
    changed: dict[str, list[str]] = {}
    for (table, column), number in sorted(salvaged.mended.items()):
        field = column.removesuffix(_RECORDED).removesuffix("_id").removesuffix("_hundredths").replace("_", " ")
        if column.endswith(_RECORDED):
            where = counted_rows({table: number})
            yield f"The {field} of {where} may be lost: they count as not recorded, never as none."
        else:
            changed.setdefault(table, []).append(f"{field} ({number:,})")
    for table, fields in changed.items():
        yield f"Left empty or put right in {plural_rows([table])}: {labels.series(fields)}."
