"""What a count stands beside: published ranges with who says so, and the person's own baseline."""

from typing import Final

from PySide6.QtWidgets import QFrame, QVBoxLayout

from logbook.domain import labels
from logbook.domain.shedding import SheddingRecord
from logbook.domain.vocabulary import Sex
from logbook.guidance.ranges import RangesFor, ReferenceRange
from logbook.services.shedding import OwnBaseline
from logbook.ui.theme import MARGIN, SPACING, TIGHT
from logbook.ui.widgets.verdict_panel import GRADES
from logbook.ui.widgets.words import words_label

_NO_RANGE: Final = "Nobody published a range for this method."
_NOT_YOURS: Final = "No range of this method was published for people like you."
_CAUTION: Final = "A published range is no diagnosis; your own baseline says more."
_MISSING: Final = {"birth_date": "birth date", "sex": "sex"}
_PEOPLE: Final = {Sex.MALE: "men", Sex.FEMALE: "women"}


class ReferencePanel(QFrame):
    """Ranges and baseline in words."""

    def __init__(self) -> None:
        """Begin without a count."""
        super().__init__()
        self.setProperty("role", "finding")
        self._heading, self._baseline_heading = words_label("heading"), words_label("heading")
        self._baseline_heading.setText("Your own baseline")
        self._ranges, self._others = words_label(is_selectable=True), words_label("muted", is_selectable=True)
        self._baseline, self._caution = words_label(), words_label("muted")
        self._caution.setText(_CAUTION)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, SPACING, MARGIN, SPACING)
        layout.setSpacing(TIGHT)
        shown = (self._heading, self._ranges, self._others, self._baseline_heading, self._baseline, self._caution)
        for label in shown:
            layout.addWidget(label)

    def show_reference(self, record: SheddingRecord, ranges: RangesFor, baseline: OwnBaseline | None) -> None:
        """Show what the count of *record* stands beside."""
        self._heading.setText(f"Published ranges: {labels.word(record.method)}")
        own = "\n\n".join(range_words(one, record) for one in ranges.own)
        none = _NOT_YOURS if ranges.unsure or ranges.of_others else _NO_RANGE
        self._ranges.setText(own or none)
        unsure = [unsure_words(one, lacking) for one, lacking in ranges.unsure]
        self._others.setText("\n\n".join([*unsure, *map(others_words, ranges.of_others)]))
        self._others.setVisible(bool(self._others.text()))
        self._caution.setVisible(bool(own or self._others.text()))
        self._baseline.setText(baseline.words if baseline else "")
        for label in (self._baseline, self._baseline_heading):
            label.setVisible(baseline is not None)
        self.setAccessibleName(self.text())

    def text(self) -> str:
        """Return everything that is shown, as it would be read aloud."""
        labelled = (self._heading, self._ranges, self._others, self._baseline_heading, self._baseline, self._caution)
        return "\n".join(label.text() for label in labelled if label.text() and not label.isHidden())


def range_words(one: ReferenceRange, record: SheddingRecord) -> str:
    """Return a range that is the person's own, how *record* stands to it, and who says so."""
    place = place_words(one, record)
    return f"{_bounds(one)}{f' · {place}' if place else ''}\n{one.says}\n{_source(one)}"


def place_words(one: ReferenceRange, record: SheddingRecord) -> str:
    """Return where the count of *record* lies, or nothing where it is not known."""
    if record.value is None:
        return ""
    count = f"{'>' if record.is_more_than else ''}{record.value:,}"
    if record.value > one.most or (record.is_more_than and record.value == one.most):
        return f"{count} lies above"
    if record.is_more_than:
        return f"{count} may lie above"
    return f"{count} lies {'below' if record.value < one.least else 'within'}"


def unsure_words(one: ReferenceRange, lacking: tuple[str, ...]) -> str:
    """Return a range of which it is not known whether it is the person's own."""
    missing = labels.series(_MISSING[field] for field in lacking)
    verb = "is" if len(lacking) == 1 else "are"
    known = f"your {missing} {verb} not recorded: Ctrl+P"
    return f"{_bounds(one)}\nPublished for {_people(one)} only; {known}.\n{_source(one)}"


def others_words(one: ReferenceRange) -> str:
    """Return a range that was published for other people."""
    return f"{_bounds(one)}\nPublished for {_people(one)} only, so it is not yours.\n{_source(one)}"


def _bounds(one: ReferenceRange) -> str:
    unit = "Grades" if labels.grades(one.method) else "Hairs"
    return f"{unit} {one.least:,} to {one.most:,}"


def _people(one: ReferenceRange) -> str:
    people = _PEOPLE[one.sex] if one.sex else "people"
    return f"{people} of {one.from_age} to {one.to_age}" if one.from_age is not None else people


def _source(one: ReferenceRange) -> str:
    source = one.source
    year = f", {source.year}" if source.year else ""
    kind = source.kind.replace("_", " ")
    return f"{source.title} ({source.author}{year}) · {kind} · grade {source.grade}, {GRADES[source.grade]}"
