"""Rows 18 and 19: what is exported comes back equal, and comes back once."""

from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from faults.conftest import Figure
from faults.how_many import quick_and_deep
from faults.inventing import TODAY, Inventor

from logbook.domain.edit import Edit, Record
from logbook.domain.person import Person
from logbook.domain.session import Session
from logbook.domain.shedding import SheddingRecord
from logbook.guidance.loader import load_rules
from logbook.guidance.rule import Rules
from logbook.services import sessions_csv, shedding_csv
from logbook.services.exchange import export, plan_import
from logbook.services.journal import Journal, open_journal


@pytest.fixture(scope="module")
def rules() -> Rules:
    return load_rules()


@contextmanager
def a_copy(empty: bytes, path: Path, rules: Rules) -> Iterator[Journal]:
    """Open a logbook as it is made, of which *empty* are the bytes."""
    path.write_bytes(empty)
    with closing(open_journal(path, rules, create=False)) as journal:
        yield journal


@pytest.fixture
def empty(folder: Path, rules: Rules) -> bytes:
    open_journal(folder / "empty.sqlite", rules).close()
    return (folder / "empty.sqlite").read_bytes()


def in_order(records: list[Record]) -> list[Record]:
    return sorted(records, key=lambda record: record.id)


@quick_and_deep(60, 5000)
def test_a_logbook_comes_back_from_json_equal_and_once(
    folder: Path, empty: bytes, rules: Rules, count: int, figure: Figure
) -> None:
    path, again, records = folder / "out.json", folder / "again.json", 0
    for number in range(count):
        made = Inventor(number).logbook()
        with a_copy(empty, folder / "a.sqlite", rules) as journal:
            (blank,) = journal.all(Person)
            journal.apply(Edit.adding("fill", made))
            journal.apply(Edit.removing("blank", [blank]))
            written = journal.everything()
            export(written, path)
        with a_copy(empty, folder / "b.sqlite", rules) as journal:
            journal.apply(plan_import(path, journal.everything(), "", TODAY).edit)
            read = journal.everything()
            twice = plan_import(path, read, "", TODAY)
            export(read, again)
        assert in_order(written) == in_order(made), number
        assert read == written, number
        assert again.read_bytes() == path.read_bytes(), number
        assert (twice.added, twice.skipped, twice.edit.replacements) == (0, len(made), ()), number
        records += len(made)
    figure(f"Rows 18 and 19, JSON: {count:,} logbooks of {records:,} records: all equal, 0 added the second time")


@quick_and_deep(60, 5000)
def test_the_rows_of_a_csv_come_back_equal_and_once(
    folder: Path, empty: bytes, rules: Rules, count: int, figure: Figure
) -> None:
    rows = 0
    for number in range(count):
        inventor = Inventor(number, nul=False)
        for kind, make, content in (
            (Session, inventor.session, sessions_csv.visible_content),
            (SheddingRecord, inventor.shedding, shedding_csv.visible_content),
        ):
            path = folder / f"{kind.__name__}.csv"
            made = sorted((make("a") for _ in range(inventor.chance.randrange(6))), key=lambda one: (one.date, one.id))
            export(made, path, kind)
            with a_copy(empty, folder / "b.sqlite", rules) as journal:
                (person,) = journal.all(Person)
                plan = plan_import(path, journal.everything(), person.id, TODAY)
                assert plan.problems == (), number
                journal.apply(plan.edit)
                read = journal.all(kind)
                twice = plan_import(path, journal.everything(), person.id, TODAY)
            assert Counter(map(content, read)) == Counter(map(content, made)), number
            assert (twice.added, twice.skipped) == (0, len(made)), number
            rows += len(made)
    figure(f"Rows 18 and 19, CSV: {2 * count:,} files of {rows:,} rows: all equal, 0 added the second time")
