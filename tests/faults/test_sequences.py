"""Row 20: whatever is edited, taken back and done again, memory, file and a fresh start say the same."""

import shutil
from pathlib import Path
from random import Random

import pytest
from faults.conftest import Figure
from faults.how_many import quick_and_deep
from faults.inventing import TODAY, Inventor, Records, by_id
from PySide6.QtWidgets import QApplication

from logbook.domain.edit import Edit, Replacement
from logbook.domain.person import LifeEvent, Person
from logbook.domain.session import Session
from logbook.guidance.loader import load_rules
from logbook.guidance.rule import Rules
from logbook.services.journal import Journal, open_journal
from logbook.services.logbook_json import KINDS
from logbook.ui.store import Store

LONGEST = 16  # steps


@pytest.fixture(scope="module")
def rules() -> Rules:
    return load_rules()


def held(store: Store) -> Records:
    """Return all that is shown: everything, since there is but one person."""
    seen = (record for kind in KINDS.values() if kind is not Person for record in store.of_person(kind))
    return by_id([*store.people(), *seen])


class Sequence:
    """Some steps in one logbook, and what it should hold after each."""

    def __init__(self, number: int, journal: Journal) -> None:
        self.chance = Random(number)
        self.store = Store(journal, today=lambda: TODAY)
        self.inventor = Inventor(number)
        self.states = [held(self.store)]  # by the number of edits that stand, as the undo stack has them
        self.place = 0
        self.steps = 0

    def step(self) -> None:
        """Edit, take back, do again, or try an edit that is refused."""
        self.steps += 1
        match self.chance.choice(("edit", "edit", "edit", "edit", "undo", "undo", "redo", "refused")):
            case "undo":
                assert self.store.undo() is (self.place > 0)
                self.place = max(0, self.place - 1)
            case "redo":
                assert self.store.redo() is (self.place < len(self.states) - 1)
                self.place = min(len(self.states) - 1, self.place + 1)
            case "refused":
                self._refused()
            case _:
                assert self.store.do(self.inventor.edit(self.states[self.place]))
                self.place += 1
                self.states[self.place :] = [held(self.store)]
        if self.chance.random() < 0.3:
            for record in self.store.judged:
                self.store.judged.verdict(record)

    def _refused(self) -> None:
        """Try something of which the last part cannot be: a change of a record that is not there."""
        owner = next(one.id for one in self.states[self.place].values() if isinstance(one, Person))
        new, stranger = self.inventor.session(owner), self.inventor.event(owner)
        changed = LifeEvent(stranger.id, owner, stranger.kind, stranger.date, None, "changed")
        assert not self.store.do(Edit("refused", (Replacement(None, new), Replacement(stranger, changed))))


def agree(sequence: Sequence, journal: Journal) -> None:
    """Assert that memory, file and a fresh start hold the same, and what they should."""
    store, fresh = sequence.store, Store(journal, today=lambda: TODAY)
    expected = sequence.states[sequence.place]
    assert held(store) == by_id(journal.everything()) == held(fresh) == expected
    assert store.person == fresh.person
    assert list(store.judged.history) == list(fresh.judged.history)
    for record in fresh.judged:
        assert store.judged.verdict(record) == fresh.judged.verdict(record)
    for session in fresh.of_person(Session):
        assert store.shedding_of(session) == fresh.shedding_of(session)
    store.deleteLater()
    fresh.deleteLater()


@quick_and_deep(25, 5000)
def test_memory_file_and_a_fresh_start_are_equal(
    folder: Path, rules: Rules, count: int, qapp: QApplication, figure: Figure
) -> None:
    empty, path, steps = folder / "empty.sqlite", folder / "logbook.sqlite", 0
    open_journal(empty, rules).close()
    for number in range(count):
        shutil.copyfile(empty, path)
        journal = open_journal(path, rules, create=False)
        try:
            sequence = Sequence(number, journal)
            for _ in range(sequence.chance.randint(1, LONGEST)):
                sequence.step()
            steps += sequence.steps
            agree(sequence, journal)
        except BaseException as error:
            error.add_note(f"sequence {number}")
            raise
        finally:
            journal.close()
    figure(f"Row 20: {count:,} sequences of {steps:,} edits, undos, redos and refusals: memory, file, new start equal")
