"""Row 17: tables and logbooks damaged on purpose, taken in as the window does: read or refused in a sentence."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from random import Random

import pytest
from faults.conftest import Figure
from faults.how_many import quick_and_deep

from logbook.domain.edit import Record
from logbook.domain.errors import LogbookError
from logbook.domain.person import Person
from logbook.domain.shedding import SheddingRecord
from logbook.domain.vocabulary import SheddingMethod
from logbook.guidance.loader import load_rules
from logbook.services.exchange import export
from logbook.services.importing.cells import Answers
from logbook.services.importing.dates import DateOrder
from logbook.services.importing.look import look
from logbook.services.importing.numbers import DecimalSign
from logbook.services.importing.plan import plan
from logbook.services.journal import Journal, open_journal
from logbook.services.sample import open_sample

TODAY = date(2026, 11, 15)
SPREADSHEETS = Path(__file__).parents[1] / "services" / "spreadsheets"
PIECES = [
    *(bytes([byte]) for byte in b"\"\n\r\0|@=,;\t[{\xff'()"),
    *(
        b"9" * 30,
        b"1,000",
        b"03/04/2026",
        b"\xfe\xff",
        b"\xef\xbb\xbf",
        b"1e9",
        b"-0",
        b"NaN",
        b"total",
        b"none",
        b"0.5mm",
    ),
    *(b"46085", b"0/0/0", b"99.99.9999", b"date", b"crown=", b"minoxidil@", b"1/2 weeks"),
    *(letter.encode() for letter in "Ω٣½²−"),
]


def damaged(data: bytes, chance: Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.randint(1, 5)):
        at = chance.randrange(len(changed) + 1)
        match chance.randrange(6):
            case 0 if changed:
                changed[at % len(changed)] = chance.randrange(256)
            case 1:
                del changed[at : at + chance.randint(1, 40)]
            case 2 | 3:
                changed[at:at] = chance.choice(PIECES)
            case 4:
                changed[at:at] = changed[at : at + chance.randint(1, 80)]
            case _:
                del changed[at:]
    return bytes(changed)


@pytest.fixture
def journal(folder: Path) -> Iterator[Journal]:
    opened = open_journal(folder / "mine" / "logbook.sqlite", load_rules())
    yield opened
    opened.close()


@pytest.fixture
def originals(folder: Path) -> list[Path]:
    """The ten tables, and a sample logbook as CSV, as JSON and as it is kept."""
    sample = open_sample(folder / "sample.sqlite", load_rules(), TODAY)
    everything = sample.everything()
    sample.close()
    export(everything, folder / "sample.csv")
    export(everything, folder / "sample.json")
    export(everything, folder / "counts.csv", SheddingRecord)
    made = [folder / name for name in ("sample.csv", "sample.json", "counts.csv", "sample.sqlite")]
    return [*sorted(SPREADSHEETS.iterdir()), *made]


def taken(path: Path, journal: Journal, present: list[Record], chance: Random) -> str:
    """Import *path*, undo it again, and return what happened."""
    answers = Answers(
        chance.choice([None, *DateOrder]), chance.choice([None, *DecimalSign]), chance.choice([None, *SheddingMethod])
    )
    person_id = next(record.id for record in present if isinstance(record, Person))
    before = journal.path.read_bytes()
    try:
        preview = look(path, TODAY, answers=answers, recalls=False)
        leaves_out = chance.random() < 0.5
        planned = plan(path, preview.columns, preview.answers, present, person_id, TODAY, leave_out_refused=leaves_out)
    except LogbookError as error:
        sentence = str(error)
        assert sentence.startswith(path.name)
        assert journal.path.read_bytes() == before
        return "refused"
    assert planned.added + planned.skipped + planned.refused == preview.row_count
    assert bool(planned.edit.replacements) == bool(planned.added and (leaves_out or not planned.problems))
    assert all(problem.line > 0 and problem.column and problem.message for problem in planned.problems)
    if not planned.edit.replacements:
        return "read, and nothing of it taken"
    if chance.random() < 0.2:  # a write takes longer than all the rest
        journal.apply(planned.edit)
        journal.apply(planned.edit.inverse())
        assert journal.everything() == present
        return "taken and undone"
    return "taken"


@quick_and_deep(150, 10_000)
def test_damaged_files_are_read_or_refused_in_a_sentence(
    folder: Path, originals: list[Path], journal: Journal, count: int, figure: Figure
) -> None:
    chance = Random(17)
    present = journal.everything()
    whole = {path: path.read_bytes() for path in originals}
    results: Counter[str] = Counter()
    for number in range(count):
        original = originals[number % len(originals)]
        path = folder / f"damaged{original.suffix}"
        path.write_bytes(damaged(whole[original], chance))
        results[taken(path, journal, present, chance)] += 1
    assert min(results["refused"], results["taken"], results["taken and undone"]) > count / 200
    told = ", ".join(f"{number:,} {what}" for what, number in results.most_common())
    figure(f"Row 17, as the window reads them: {results.total():,} damaged files: {told}; 0 tracebacks")
