"""A person's records together with what the guidance says of each, worked out once and kept."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from logbook.domain.history import History
from logbook.domain.person import AgreedLimit, LifeEvent, Person
from logbook.domain.session import RecordId, Session
from logbook.domain.shedding import SheddingRecord
from logbook.domain.shedding_history import SheddingHistory
from logbook.domain.vocabulary import Zone
from logbook.guidance.agreed import AgreedLimits
from logbook.guidance.judge import NextDates, judge, next_dates_after
from logbook.guidance.rule import Case, Rules, SheddingCase, Verdict

Judgeable = Session | SheddingRecord


class JudgedHistory:
    """The records of one person and their verdicts; a change forgets the verdicts it may have changed."""

    def __init__(
        self,
        rules: Rules,
        person: Person,
        sessions: Iterable[Session] = (),
        shedding: Iterable[SheddingRecord] = (),
        *,
        events: Iterable[LifeEvent] = (),
        limits: Iterable[AgreedLimit] = (),
    ) -> None:
        """Hold the records of *person*, to be judged by *rules* and by the *limits* agreed for them."""
        self.rules = rules
        self.person = person
        self.history = History(sessions)
        self.shedding = SheddingHistory(shedding)
        self._events = tuple(events)
        self.agreed = AgreedLimits(rules, limits)
        self._verdicts: dict[RecordId, tuple[date, Verdict]] = {}

    def __iter__(self) -> Iterator[Judgeable]:
        """Go through everything that is judged."""
        yield from self.history
        yield from self.shedding

    def add(self, record: Judgeable) -> None:
        """Take *record* in."""
        self._change(record, is_new=True)

    def remove(self, record: Judgeable) -> None:
        """Let *record* go.

        Raises:
            KeyError: it is not there.
        """
        self._change(record, is_new=False)

    def know(self, person: Person, events: Sequence[LifeEvent], limits: Sequence[AgreedLimit]) -> None:
        """Judge by what is now known of the *person*; every verdict may rest on it."""
        self.person, self._events = person, tuple(events)
        self.agreed = AgreedLimits(self.rules, limits)
        self._verdicts.clear()

    def verdict(self, record: Judgeable) -> Verdict:
        """Return what the guidance says of a *record* of the person."""
        known = self._verdicts.get(record.id)
        if known is None:
            known = self._verdicts[record.id] = (record.date, self._judge(record))
        return known[1]

    def is_judged(self, record: Judgeable) -> bool:
        """Tell whether the verdict of *record* is at hand."""
        return record.id in self._verdicts

    def judge_draft(self, record: Judgeable) -> Verdict:
        """Return what the guidance says of a session or shedding record that is being written, or thought of."""
        return self._judge(record)

    def next_dates(self, session: Session) -> dict[Zone, NextDates]:
        """Return for each zone of *session* when it may be needled again at the same depth and setting."""
        return next_dates_after(self.rules, self.history, session, self.agreed)

    def _judge(self, record: Judgeable) -> Verdict:
        case: Case | SheddingCase
        if isinstance(record, Session):
            case = Case(record, self.history, self.person)
        else:
            case = SheddingCase(record, self.shedding, self.history, self._events, self.person)
        return judge(self.rules, case, self.agreed)

    def _change(self, record: Judgeable, *, is_new: bool) -> None:
        first = self.history.first
        if isinstance(record, Session):
            (self.history.add if is_new else self.history.remove)(record)
        else:
            (self.shedding.add if is_new else self.shedding.remove)(record)
        self._forget_from(record.date)
        if self.history.first is not first:
            self._forget_shedding()  # a person's own baseline lies before the first session

    def _forget_from(self, day: date) -> None:
        """A rule looks at the day of a record and before: what lies earlier keeps its verdict."""
        later = [record_id for record_id, (on, _) in self._verdicts.items() if on >= day]
        for record_id in later:
            del self._verdicts[record_id]

    def _forget_shedding(self) -> None:
        for record in self.shedding:
            self._verdicts.pop(record.id, None)
