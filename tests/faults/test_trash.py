"""Row 24: what was deleted comes back equal while it rests, and no letter of it is in the file once it is let go."""

import time
from dataclasses import replace
from pathlib import Path
from random import Random

from faults.conftest import Figure
from faults.how_many import quick_and_deep
from faults.inventing import Inventor, by_id

from logbook.domain.edit import Edit, Record, Replacement
from logbook.domain.session import Session
from logbook.domain.trash import Trashed
from logbook.guidance.loader import load_rules
from logbook.services.journal import Journal, open_journal
from logbook.services.saving import deleting
from logbook.services.trash import letting_go, restoring

LENGTHS = (0, 40, 300, 1500, 9000)  # of texts: many in a page, one in a page, one in several
SESSIONS = 120


def mark(number: int) -> str:
    return f"MARK{number:05}END"


def marked(path: Path) -> set[int]:
    """Return the numbers of the marks that are anywhere in the file, or in one beside it."""
    content = b"".join(one.read_bytes() for one in path.parent.iterdir() if one.is_file())
    return {number for number in range(SESSIONS) if mark(number).encode() in content}


class Keeping:
    """Somebody who adds, changes, deletes, brings back and lets go, and knows what should be there."""

    def __init__(self, journal: Journal, seed: int) -> None:
        self.journal, self.chance, self.inventor = journal, Random(seed), Inventor(seed)
        self.there: dict[str, Session] = {}
        self.numbers: dict[str, int] = {}
        self.back = self.let_go = 0
        self.person = self.inventor.person()
        self.journal.apply(Edit.adding("begin", [self.person]))

    def text(self, session: Session) -> str:
        return mark(self.numbers[session.id]) + "x" * self.chance.choice(LENGTHS)

    def add(self, number: int) -> None:
        session = self.inventor.session(self.person.id)
        self.numbers[session.id] = number
        session = replace(session, notes=self.text(session))
        self.journal.apply(Edit.adding("add", [session]))
        self.there[session.id] = session

    def change(self) -> None:
        before = self.chance.choice(list(self.there.values()))
        after = replace(before, notes=self.text(before))
        self.journal.apply(Edit("change", (Replacement(before, after),)))
        self.there[after.id] = after

    def delete(self) -> None:
        some = self.chance.sample(list(self.there.values()), min(len(self.there), self.chance.randrange(1, 4)))
        self.journal.apply(deleting(some, (), ()))
        for one in some:
            del self.there[one.id]

    def restore(self) -> None:
        trash = self.journal.all(Trashed)
        one = self.chance.choice(trash)
        edit = restoring(one, self.journal.everything(), trash)
        self.journal.apply(edit)
        for record in edit.of(Session):
            assert isinstance(record.after, Session)
            self.there[record.after.id] = record.after
            self.back += 1

    def let_some_go(self) -> None:
        trash = self.journal.all(Trashed)
        some = self.chance.sample(trash, self.chance.randrange(1, len(trash) + 1))
        self.let_go += len(some)
        self.journal.apply(letting_go(some))

    def live(self) -> None:
        for number in range(SESSIONS):
            self.add(number)
            for does, chance, needs_trash in (
                (self.change, 0.3, False),
                (self.delete, 0.4, False),
                (self.restore, 0.2, True),
                (self.let_some_go, 0.2, True),
            ):
                is_possible = bool(self.journal.all(Trashed)) if needs_trash else bool(self.there)
                if is_possible and self.chance.random() < chance:
                    does()

    def sessions(self) -> dict[str, Record]:
        return by_id(self.journal.all(Session))


@quick_and_deep(1, 60)
def test_what_rests_comes_back_equal_and_what_is_let_go_leaves_no_letter(
    tmp_path: Path, count: int, figure: Figure
) -> None:
    begun, rules = time.monotonic(), load_rules()
    back = let_go = purged = 0
    for seed in range(count):
        path = tmp_path / str(seed) / "logbook.sqlite"
        journal = open_journal(path, rules)
        one = Keeping(journal, seed)
        one.live()
        assert one.sessions() == one.there
        if trash := journal.all(Trashed):
            journal.apply(letting_go(trash))
        assert marked(path) == {one.numbers[id] for id in one.there}
        assert journal.check().is_good
        back, let_go, purged = back + one.back, let_go + one.let_go + len(trash), purged + SESSIONS - len(one.there)
        journal.close()
    seconds = time.monotonic() - begun
    figure(
        f"Row 24, trash: {count} logbooks, {back:,} sessions brought back equal, {let_go:,} deletions of {purged:,} "
        f"sessions let go: 0 letters left ({seconds:.0f} s)"
    )
    assert back
    assert purged
