"""A copy of the logbook file under another name."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from builders import a_session

from logbook.domain.edit import Edit
from logbook.domain.errors import StorageError
from logbook.domain.person import Person
from logbook.domain.session import Session
from logbook.guidance.loader import load_rules
from logbook.services.copies import copy_logbook
from logbook.services.journal import Journal, open_journal


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    opened = open_journal(tmp_path / "logbook.sqlite", load_rules())
    person = opened.all(Person)[0]
    opened.apply(Edit.adding("x", [a_session("2026-01-02", person_id=person.id)]))
    yield opened
    opened.close()


def test_the_copy_is_private_holds_the_same_and_nothing_else_is_left(journal: Journal, tmp_path: Path):
    before = set(tmp_path.iterdir())

    made = copy_logbook(journal, tmp_path / "copy.sqlite")

    assert made.counts["session"] == 1
    assert set(tmp_path.iterdir()) - before == {tmp_path / "copy.sqlite"}
    if os.name == "posix":
        assert stat.S_IMODE((tmp_path / "copy.sqlite").stat().st_mode) == 0o600
    again = open_journal(tmp_path / "copy.sqlite", load_rules(), create=False)
    assert again.all(Session) == journal.all(Session)
    again.close()


def test_nothing_is_written_over(journal: Journal, tmp_path: Path):
    for name in ("there.sqlite", "logbook.sqlite"):
        path = tmp_path / name
        if not path.exists():
            path.write_bytes(b"mine")
        before = path.read_bytes()
        with pytest.raises(StorageError, match="is there already"):
            copy_logbook(journal, path)
        assert path.read_bytes() == before


def test_a_folder_that_is_not_there_is_not_made(journal: Journal, tmp_path: Path):
    with pytest.raises(StorageError, match="is not there"):
        copy_logbook(journal, tmp_path / "nowhere" / "copy.sqlite")
    assert not (tmp_path / "nowhere").exists()


def test_a_copy_that_cannot_be_made_leaves_nothing(journal: Journal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("logbook.services.copies.settle", refuse)
    before = set(tmp_path.iterdir())
    with pytest.raises(StorageError, match="no room"):
        copy_logbook(journal, tmp_path / "copy.sqlite")
    assert set(tmp_path.iterdir()) == before
