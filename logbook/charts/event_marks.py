"""What else happened, on a chart of days: an upright line and a word, or a strip where it lasted."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import numpy as np
from matplotlib.axes import Axes

from logbook.charts.chart import Key, Marks, Told, View
from logbook.charts.style import Style
from logbook.domain import labels
from logbook.domain.person import LifeEvent
from logbook.domain.session import RecordId
from logbook.domain.vocabulary import EventKind

EVENTS: Final = "events"
_CHARACTER: Final = 0.62  # how wide one is, in sizes of the text
_ROWS: Final = 3  # of words above one another; what finds no room is told where it is pointed at


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


def draw_events(axes: Axes, panel: int, events: Sequence[EventMark], view: View, style: Style) -> list[Marks]:
    """Draw *events*, which lie in *view*, and return what can be pointed at."""
    if not events:
        return []
    bottom, top = axes.get_ylim()
    low, high = axes.get_xlim()
    for event in events:
        if event.last > event.first:
            ends = (event.first.toordinal() - 0.5, event.last.toordinal() + 0.5)
            axes.axvspan(*ends, facecolor=style.roles["raised"], alpha=0.7, zorder=0.5, gid=EVENTS, linewidth=0)
    x = np.clip([event.first.toordinal() for event in events], low, high).astype(float)
    axes.vlines(x, bottom, top, gid=EVENTS, zorder=1.8, **_stroke(style))
    _write(axes, x, [labels.title(event.kind) for event in events], style)

    def tell(place: int) -> Told:
        event = events[place]
        until = f" to {view.words.day(event.last)}" if event.last > event.first else ""
        said = [f"{view.words.day(event.first)}{until}", labels.title(event.kind), event.notes]
        return Told("\n".join(line for line in said if line), event.record_id)

    return [Marks(panel, x, np.full(len(x), bottom + 0.9 * (top - bottom)), tell)]


def _write(axes: Axes, x: Iterable[float], words: Iterable[str], style: Style) -> None:
    """Write *words* beside their lines, in the first row in which nothing is in the way."""
    low, high = axes.get_xlim()
    per_point = (high - low) / max(axes.bbox.width / axes.figure.dpi * 72, 1.0)
    free = [low] * _ROWS
    for start, text in zip(x, words, strict=True):
        long = (len(text) + 1) * _CHARACTER * style.size * per_point
        row = next((n for n, end in enumerate(free) if start >= end), None)
        if row is None or start + long > high:
            continue
        free[row] = start + long
        axes.annotate(
            text,
            (start, 1.0),
            xycoords=("data", "axes fraction"),
            xytext=(style.size * 0.3, -style.size * (1.1 + 1.25 * row)),
            textcoords="offset points",
            color=style.roles["muted"],
            gid=EVENTS,
        )


def _stroke(style: Style) -> dict[str, Any]:
    return {"color": style.roles["muted"], "linewidth": 1.2, "linestyle": (0, (1, 2))}


def _look(style: Style) -> dict[str, Any]:
    return {**_stroke(style), "marker": ""}
