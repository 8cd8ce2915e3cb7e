"""The journal while several threads use it."""

import threading
from collections.abc import Iterator
from contextlib import closing
from itertools import count
from pathlib import Path

import pytest
from builders import TODAY, a_session

from logbook.domain.edit import Edit
from logbook.domain.person import Person
from logbook.domain.session import new_id
from logbook.domain.shedding import SheddingRecord
from logbook.domain.vocabulary import SheddingMethod
from logbook.guidance.loader import load_rules
from logbook.services.journal import Journal, open_journal
from logbook.services.logbook_json import check_records


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    with closing(open_journal(tmp_path / "logbook.sqlite", load_rules())) as opened:
        yield opened


def a_session_with_its_count(person_id: str) -> Edit:
    session = a_session(TODAY, person_id=person_id)
    line = SheddingRecord(new_id(), person_id, TODAY, SheddingMethod.DAY_TOTAL, 80, session_id=session.id)
    return Edit.adding("add", [session, line])


def test_what_is_read_of_everything_is_of_one_moment_however_much_is_changed_meanwhile(journal: Journal) -> None:
    """A session comes and goes together with its count: a reader who sees one sees the other."""
    (person,) = journal.all(Person)
    is_over = threading.Event()

    def keep_changing() -> None:
        while not is_over.is_set():
            edit = a_session_with_its_count(person.id)
            journal.apply(edit)
            journal.apply(edit.inverse())

    writer = threading.Thread(target=keep_changing)
    writer.start()
    try:
        sizes: set[int] = set()
        for rounds in count():
            if rounds >= 300 and len(sizes) > 1:
                break
            records = journal.everything()
            check_records(records, "what was read", TODAY)
            sizes.add(len(records))
    finally:
        is_over.set()
        writer.join()
    assert sizes == {1, 3}
