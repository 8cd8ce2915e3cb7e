"""What else happened, on a chart of days: an upright line and a word, or a strip where it lasted."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import numpy as np
from matplotlib.axes import Axes

from logbook.charts.chart import Key, Marks, Numbers, Told, View
from logbook.charts.frame import days_of, width_of
from logbook.charts.room import points_high
from logbook.charts.style import Style
from logbook.domain import labels
from logbook.domain.person import LifeEvent
from logbook.domain.session import RecordId
from logbook.domain.vocabulary import EventKind

EVENTS: Final = "events"
_MOST_ROWS: Final = 3  # of words above one another; what finds no room is told where it is pointed at
_MOST_SHARE: Final = 0.25  # of a panel's height that words take
_ROW: Final = 1.35  # em


@dataclass(frozen=True, slots=True)
class EventMark:
    """A life event."""

    kind: EventKind
    first: date
    last: date
    notes: str
    record_id: RecordId

    @property
    def words(self) -> str:
        """What it is, inside a sentence."""
        return labels.word(self.kind)


@dataclass(frozen=True, slots=True)
class EventWord:
    """A word beside the line of an event."""

    text: str
    x: float  # of the line
    row: int  # from the top
    is_left: bool = False  # of the line: at its right the panel ends


def event_marks(events: Iterable[LifeEvent]) -> tuple[EventMark, ...]:
    """Return *events* in the order of time."""
    marks = [EventMark(one.kind, one.date, one.until or one.date, one.notes, one.id) for one in events]
    return tuple(sorted(marks, key=lambda mark: (mark.first, mark.record_id)))


def events_within(events: Iterable[EventMark], view: View) -> list[EventMark]:
    """Return those of *events* of which some day lies in *view*."""
    return [event for event in events if event.first <= view.last and event.last >= view.first]


def event_key(style: Style) -> Key:
    """Return the legend of all events."""
    return Key(EVENTS, "Life event", _look(style))


def place_words(axes: Axes, events: Sequence[EventMark], style: Style) -> list[EventWord]:
    """Return the words of *events* that have room on *axes*, whose days are set; no two lie on one another."""
    low, high = axes.get_xlim()
    em = days_of(axes, style.size)
    rows = int(_MOST_SHARE * points_high(axes) / (_ROW * style.size))
    ends = [low] * min(max(rows, 1), _MOST_ROWS)
    placed = []
    for event, x in zip(events, _x(axes, events).tolist(), strict=True):
        text = labels.title(event.kind)
        long = (width_of(text) + 0.6) * em
        is_left = x + long > high
        start = x - long if is_left else x
        row = next((row for row, end in enumerate(ends) if start >= end), None)
        if row is not None:
            ends[row] = start + long
            placed.append(EventWord(text, x, row, is_left))
    return placed


def height_of(words: Sequence[EventWord], style: Style) -> float:
    """Return how high *words* are together, in points."""
    return _ROW * style.size * (max(word.row for word in words) + 1) if words else 0.0


def draw_events(
    axes: Axes, panel: int, events: Sequence[EventMark], words: Iterable[EventWord], view: View, style: Style
) -> list[Marks]:
    """Draw *events*, which lie in *view*, with their *words*; return what can be pointed at."""
    if not events:
        return []
    bottom, top = axes.get_ylim()
    for event in events:
        if event.last > event.first:
            ends = (event.first.toordinal() - 0.5, event.last.toordinal() + 0.5)
            axes.axvspan(*ends, facecolor=style.roles["line"], alpha=0.5, zorder=0.4, gid=EVENTS, linewidth=0)
    begun = [event.first.toordinal() for event in events if event.first >= view.first]  # others have their strip alone
    axes.vlines(begun, bottom, top, gid=EVENTS, zorder=1.8, **_stroke(style))
    for word in words:
        _write(axes, word, style)

    def tell(place: int) -> Told:
        event = events[place]
        until = f" to {view.words.day(event.last)}" if event.last > event.first else ""
        said = [f"{view.words.day(event.first)}{until}", labels.title(event.kind), event.notes]
        return Told("\n".join(line for line in said if line), event.record_id)

    return [Marks(panel, _x(axes, events), np.full(len(events), bottom + 0.9 * (top - bottom)), tell)]


def _x(axes: Axes, events: Sequence[EventMark]) -> Numbers:
    """Return where *events* stand; those that began earlier stand at the left end."""
    low, high = axes.get_xlim()
    return np.clip([event.first.toordinal() for event in events], low, high).astype(float)


def _write(axes: Axes, word: EventWord, style: Style) -> None:
    aside = style.size * 0.3
    axes.annotate(
        word.text,
        (word.x, 1.0),
        xycoords=("data", "axes fraction"),
        xytext=(-aside if word.is_left else aside, -style.size * _ROW * (word.row + 0.1)),
        textcoords="offset points",
        ha="right" if word.is_left else "left",
        va="top",
        color=style.roles["muted"],
        # The line of another event ends at the word rather than crossing it.
        bbox={"facecolor": style.roles["surface"], "edgecolor": "none", "pad": 0.5},
        gid=EVENTS,
    )


def _stroke(style: Style) -> dict[str, Any]:
    return {"color": style.roles["muted"], "linewidth": 1.2, "linestyle": (0, (1, 2))}


def _look(style: Style) -> dict[str, Any]:
    return {**_stroke(style), "marker": ""}
