"""Load: on how many dates of the last four weeks somebody needled, by depth and by zone."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from operator import attrgetter
from typing import Final

import numpy as np

from logbook.charts.chart import NOTHING_HERE, Numbers, Table, View
from logbook.charts.guidance_lines import Ceiling
from logbook.charts.steps import NEVER, Steps, dates_behind
from logbook.charts.thinning import Whole
from logbook.domain import labels
from logbook.domain.history import Past, cover
from logbook.domain.session import RecordId, Session
from logbook.domain.units import Depth, plain_depth
from logbook.domain.vocabulary import Zone

UNKNOWN: Final = "unknown"  # the key of dates whose depth is not recorded
_IN_DAYS: Final = 28  # where no ceiling says how long the window is


@dataclass(frozen=True, slots=True)
class LoadBand:
    """The dates on which the deepest needling was of a band of depths."""

    over: int | None  # hundredths of a millimetre, exclusive; None: the depth is not recorded
    up_to: int | None  # included; None: any depth beyond
    ceiling: Ceiling | None
    steps: Steps

    @property
    def key(self) -> str:
        """The name of the key that it is drawn with."""
        return UNKNOWN if self.over is None else f"over_{self.over}"

    @property
    def words(self) -> str:
        """The band as it stands in a sentence after the number of dates."""
        if self.over is None:
            return "at an unrecorded depth"
        low, high = plain_depth(Depth(self.over)), plain_depth(Depth(self.up_to or 0))
        if self.up_to is None:
            return f"over {low} mm" if self.over else "of any depth"
        return f"over {low} up to {high} mm" if self.over else f"up to {high} mm"

    @property
    def short(self) -> str:
        """The band as it stands beside its row."""
        if self.over is None:
            return "Not recorded"
        return (
            f"{plain_depth(Depth(self.over))}–{plain_depth(Depth(self.up_to))} mm"
            if self.over and self.up_to
            else self.title
        )

    @property
    def title(self) -> str:
        """The band as it stands alone."""
        return "Depth not recorded" if self.over is None else labels.capital(self.words)

    def holds(self, past: Past) -> bool:
        """Tell whether *past* is known to be of this band, as the rule has it."""
        if self.over is None or not past.is_deeper_than(self.over):
            return False
        return self.up_to is None or past.is_at_most(self.up_to)


@dataclass(frozen=True, slots=True)
class LoadZone:
    """The dates on which a zone was needled; the whole scalp and an unrecorded zone touch every zone of the scalp."""

    zone: Zone  # the whole scalp stands for the zones that no session names
    steps: Steps

    @property
    def key(self) -> str:
        """The name of the key that it is drawn with."""
        return self.zone.value

    @property
    def title(self) -> str:
        """The zone as it stands alone."""
        return labels.title(self.zone)


@dataclass(frozen=True, slots=True)
class LoadDay:
    """A session, as far as it counts."""

    day: date
    record_id: RecordId
    band: int  # place in the bands
    covers: int  # as `cover`


@dataclass(frozen=True)
class LoadSeries:
    """The load of every day, by depth and by zone."""

    bands: tuple[LoadBand, ...]  # from the shallowest on, unknown last; each has a date
    zones: tuple[LoadZone, ...]
    sessions: tuple[LoadDay, ...]
    in_days: int  # a window: a day and the days before it

    @property
    def days(self) -> tuple[date, date] | None:
        """The first and the last day with a session; None without one."""
        return (self.sessions[0].day, self.sessions[-1].day) if self.sessions else None

    def within(self, view: View) -> slice:
        """Return the places of the sessions in the days of *view*."""
        day = attrgetter("day")
        return slice(bisect_left(self.sessions, view.first, key=day), bisect_right(self.sessions, view.last, key=day))

    def bands_in(self, view: View) -> list[LoadBand]:
        """Return the bands of which some date counts in the days of *view*, switched off or not."""
        return [band for band in self.bands if band.steps.most(view)]

    def zones_in(self, view: View) -> list[LoadZone]:
        """Return the zones of which some date counts in the days of *view*, switched off or not."""
        return [zone for zone in self.zones if zone.steps.most(view)]

    @cached_property
    def columns(self) -> tuple[Numbers, Whole, Whole]:
        """The day numbers, the bands and the covers of all sessions, (n,) each."""
        return (
            np.array([one.day.toordinal() for one in self.sessions], dtype=np.float64),
            np.array([one.band for one in self.sessions], dtype=np.int64),
            np.array([one.covers for one in self.sessions], dtype=np.int64),
        )


def load_series(sessions: Iterable[Session], ceilings: Sequence[Ceiling]) -> LoadSeries:
    """Return the load of *sessions*, which come in the order of time, by the bands of depth of the *ceilings*.

    Dates are counted, not sessions, in windows of 28 days: a day and the 27 before it. A date counts in the band of
    each of its sessions, and in each zone that one of them touched.
    """
    in_days = ceilings[0].in_days if ceilings else _IN_DAYS
    bands = _bands(ceilings)
    found: list[list[int]] = [[] for _ in bands]
    days = []
    for session in sessions:
        past = Past.of(session)
        place = next((place for place, band in enumerate(bands) if band.holds(past)), len(bands) - 1)
        found[place].append(session.date.toordinal())
        days.append((session, place, past.covers))
    kept = [place for place, dates in enumerate(found) if dates]
    return LoadSeries(
        tuple(replace(bands[place], steps=dates_behind(found[place], in_days)) for place in kept),
        _zones(days, in_days),
        tuple(LoadDay(session.date, session.id, kept.index(place), covers) for session, place, covers in days),
        in_days,
    )


def describe_load(series: LoadSeries, view: View) -> str:
    """Return what the chart has of the days of *view* in sentences, hidden in the legend or not."""
    bands, last = series.bands_in(view), view.last.toordinal()
    if not bands:
        return NOTHING_HERE
    now = [f"{labels.count(band.steps.on(last), 'date')} {band.words}" for band in bands]
    window = f"{series.in_days} days (this date and the {series.in_days - 1} before)"
    zones = [f"{labels.word(zone.zone)} {zone.steps.on(last)}" for zone in series.zones_in(view)]
    said = [
        f"On {view.words.day(view.last)}, in {window}: {labels.series(now)}.",
        *([f"By zone: {labels.series(zones)}."] if zones else []),
        f"The most in these days: {'; '.join(_most_words(band, view) for band in bands)}.",
    ]
    return " ".join(said)


def load_table(series: LoadSeries, view: View) -> Table:
    """Return the load on the day of each session that the chart shows, the latest first."""
    inside = series.within(view)
    days = series.columns[0][inside]
    bands = [band.steps.on_each(days).tolist() for band in series.bands]
    zones = [zone.steps.on_each(days).tolist() for zone in series.zones]
    names = [labels.word(zone.zone) for zone in series.zones]
    rows = [
        (
            view.words.day(one.day),
            *(str(counts[n]) for counts in bands),
            ", ".join(f"{name} {counts[n]}" for name, counts in zip(names, zones, strict=True) if counts[n]),
        )
        for n, one in enumerate(series.sessions[inside])
    ]
    titles = [f"Dates {band.words}" for band in series.bands]
    numbers = frozenset(range(1, len(titles) + 1))
    ids = [one.record_id for one in series.sessions[inside]]
    return Table(("Date", *titles, "Dates by zone"), tuple(rows[::-1]), numbers, ids[::-1])


def _bands(ceilings: Sequence[Ceiling]) -> list[LoadBand]:
    """Return the bands of depth from the shallowest on, also those without a ceiling, and the one of unknown depths."""
    bands: list[LoadBand] = []
    reached: int | None = 0
    for ceiling in sorted(ceilings, key=attrgetter("over")):
        if reached is not None and ceiling.over > reached:
            bands.append(LoadBand(reached, ceiling.over, None, NEVER))
        bands.append(LoadBand(ceiling.over, ceiling.up_to, ceiling, NEVER))
        reached = ceiling.up_to
    if reached is not None:
        bands.append(LoadBand(reached, None, None, NEVER))
    return [*bands, LoadBand(None, None, None, NEVER)]


def _zones(days: Sequence[tuple[Session, int, int]], in_days: int) -> tuple[LoadZone, ...]:
    """Return the load of every zone that some session names; of the others together as the whole scalp."""
    named = {place.zone for session, _, _ in days for place in session.zones}
    on = np.array([session.date.toordinal() for session, _, _ in days], dtype=np.int64)
    covers = np.array([covers for _, _, covers in days], dtype=np.int64)
    found = []
    for zone in Zone:
        bits = cover((zone,))
        if zone in named or zone is Zone.WHOLE_SCALP:
            dates = on[covers & bits == bits].tolist()
            found += [LoadZone(zone, dates_behind(dates, in_days))] if dates else []
    return tuple(found)


def _most_words(band: LoadBand, view: View) -> str:
    most, since = band.steps.most(view), view.words.day(date.fromordinal(band.steps.first_most(view)))
    said = f"{labels.count(most, 'date')} {band.words}, first on {since}"
    if band.ceiling is None:
        return said
    verb = "more than" if most > band.ceiling.most else "not more than"
    return f"{said}, {verb} the {band.ceiling.most} of which guidance says nothing"
