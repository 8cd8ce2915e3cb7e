"""Row 17: broken and hostile files are read, or refused at a line and a column; refused means that nothing changed."""

import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from random import Random

import pytest
from faults.conftest import Figure
from faults.how_many import quick_and_deep
from faults.inventing import ODD_TEXTS, TODAY, Inventor

from logbook.cli import main
from logbook.domain.edit import Record
from logbook.domain.errors import LogbookError
from logbook.domain.person import Person
from logbook.domain.session import RecordId, Session
from logbook.domain.shedding import SheddingRecord
from logbook.guidance.loader import load_rules
from logbook.services.exchange import PlannedImport, export, plan_import
from logbook.services.journal import Journal, open_journal

PIECES = (
    *(b'"', b"\n", b"\r", b"\0", b"|", b"@", b"=", b",", b";", b"\t", b"9" * 30, b"[", b"{", b"]", b"}", b":", b"\\"),
    *(b"\xff", b"\xfe\xff", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\xc0\x80", b"\\ud800", b"\\u0000", b"1e999", b"-0"),
    *(b"NaN", b"Infinity", b"null", b"true", b"0.05", b"5,00", b"1,000", b"2026-02-30", b"9999-12-31", b"0000-00-00"),
    *(b"[" * 3000, b'"' * 101, b"x" * 70_000, b"99999999999999999999", b"whole_scalp=", b"crown=0.5|crown=0.5"),
    *(text.encode() for text in ODD_TEXTS),
)
SENTENCE = re.compile(r"[^\n]+[.?]")
REFUSED_AT = re.compile(r"line \d+, column .+: ")


def broken(data: bytes, chance: Random) -> bytes:
    """Return *data* with some damage, as a careless hand, a bad cable or somebody malicious would do."""
    changed = bytearray(data)
    for _ in range(chance.randint(1, 5)):
        at, end = sorted((chance.randrange(len(changed)), chance.randrange(len(changed))))
        match chance.randrange(8):
            case 0:
                changed[at] = chance.randrange(256)
            case 1:
                changed[at] ^= 1 << chance.randrange(8)
            case 2:
                del changed[at : at + chance.randint(1, 40)]
            case 3 | 4:
                changed[at:at] = chance.choice(PIECES)
            case 5:
                changed[at : at + chance.randint(1, 12)] = chance.choice(PIECES)
            case 6:
                changed[at:at] = changed[at : min(end, at + 200)]
            case 7 if chance.random() < 0.2:
                del changed[at:]
        changed = changed or bytearray(b"?")
    return bytes(changed)


@pytest.fixture
def journal(folder: Path) -> Iterator[Journal]:
    with closing(open_journal(folder / "logbook.sqlite", load_rules())) as opened:
        yield opened


def originals(folder: Path) -> list[tuple[str, bytes]]:
    """Return the names and bytes of good files to break."""
    found = []
    for number in range(12):
        inventor = Inventor(number, nul=False)
        person = inventor.person()
        sessions = [inventor.session(person.id) for _ in range(4)]
        shedding = [inventor.shedding(person.id, one.id) for one in sessions]
        for name, kind in (("log.json", Session), ("log.csv", Session), ("log.csv", SheddingRecord)):
            export([person, *sessions, *shedding], folder / name, kind)
            found.append((name, (folder / name).read_bytes()))
    return found


@quick_and_deep(300, 10_000)
def test_a_broken_file_is_read_or_refused_and_then_nothing_changes(
    folder: Path, journal: Journal, count: int, figure: Figure, capsys: pytest.CaptureFixture[str]
) -> None:
    files, chance = originals(folder), Random(17)
    (person,) = journal.all(Person)
    begun = journal.everything()
    refused = rows_refused = taken = 0
    for number in range(count):
        name, data = chance.choice(files)
        path = folder / name
        path.write_bytes(broken(data, chance))
        before = journal.path.read_bytes()
        plan = planned(path, begun, person.id)
        if isinstance(plan, str):
            assert plan.startswith(name)
            assert SENTENCE.fullmatch(plan), plan
            refused += 1
        elif plan.problems:
            for problem in map(str, plan.problems):
                assert REFUSED_AT.match(problem), problem
                assert SENTENCE.fullmatch(problem), problem
            rows_refused += 1
        else:
            taken += 1
            journal.apply(plan.edit)
            assert journal.check().is_good
            journal.apply(plan.edit.inverse())
            assert journal.everything() == begun
            continue
        assert journal.path.read_bytes() == before
        if number % 50 == 0:
            by_command(path, folder, capsys)
    assert refused
    assert rows_refused
    assert taken
    figure(
        f"Row 17: {count:,} broken files: {taken:,} read, {rows_refused:,} refused by line and column, {refused:,} as "
        "a whole; 0 tracebacks, nothing changed by a refused one"
    )


def planned(path: Path, present: list[Record], owner: RecordId) -> PlannedImport | str:
    """Return what the import would do, or the sentence by which the file was refused as a whole."""
    try:
        return plan_import(path, present, owner, TODAY)
    except LogbookError as error:
        return str(error)


def by_command(path: Path, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Have the command import what was refused, into a logbook that is not there yet."""
    capsys.readouterr()
    new = folder / "new.sqlite"
    assert main(["import", str(path), "--database", str(new)]) in (1, 2)
    said = capsys.readouterr()
    assert all(line.startswith((path.name, "log")) for line in said.err.splitlines()), said.err
    assert "Traceback" not in said.err
    assert not new.exists()
