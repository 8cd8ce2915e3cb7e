"""A person's history together with what the guidance says of each session of it, worked out once and kept."""

from collections.abc import Callable, Iterable
from datetime import date

from logbook.domain.history import History
from logbook.domain.session import RecordId, Session
from logbook.guidance.rule import Verdict


class JudgedHistory:
    """The sessions of one person and their verdicts; a change forgets the verdicts it may have changed."""

    def __init__(self, sessions: Iterable[Session], judge: Callable[[Session, History], Verdict]) -> None:
        """Hold *sessions*; *judge* is asked for a verdict when one is needed."""
        self.history = History(sessions)
        self._judge = judge
        self._verdicts: dict[RecordId, tuple[date, Verdict]] = {}

    def add(self, session: Session) -> None:
        """Take *session* in."""
        self.history.add(session)
        self._forget_from(session.date)

    def remove(self, session: Session) -> None:
        """Let *session* go.

        Raises:
            KeyError: it is not there.
        """
        self.history.remove(session)
        self._forget_from(session.date)

    def verdict(self, session: Session) -> Verdict:
        """Return what the guidance says of a *session* of the history."""
        known = self._verdicts.get(session.id)
        if known is None:
            known = self._verdicts[session.id] = (session.date, self._judge(session, self.history))
        return known[1]

    def is_judged(self, session: Session) -> bool:
        """Tell whether the verdict of *session* is at hand."""
        return session.id in self._verdicts

    def judge_draft(self, session: Session) -> Verdict:
        """Return what the guidance says of a session that is being written."""
        return self._judge(session, self.history)

    def forget(self) -> None:
        """Forget every verdict: something changed that all of them may rest on."""
        self._verdicts.clear()

    def _forget_from(self, day: date) -> None:
        """A rule looks at the day of a session and before: what lies earlier keeps its verdict."""
        later = [record_id for record_id, (on, _) in self._verdicts.items() if on >= day]
        for record_id in later:
            del self._verdicts[record_id]
