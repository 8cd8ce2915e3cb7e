"""Counts around sessions: which belong to which, what each week holds, and whether after differs from before."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np

from logbook.charts.resampling import Band, mean_interval, median_band, sign_flip_p
from logbook.charts.trends import Days, Flags, Spread, Values, agreed, beyond, medians_by, spread

BEFORE: Final = 14  # days before a session
AFTER: Final = 42  # days after it
EDGES: Final = (-14, -7, 0, 7, 14, 21, 28, 35, 43)  # of the bins: weeks, the last with an eighth day

LEAST_IN_BIN: Final = 5  # counts
LEAST_SESSIONS_IN_BIN: Final = 3
LEAST_ON_A_SIDE: Final = 2  # counts before a session, and after it
# With 5 the most extreme outcome there is has p = 2 ÷ 2⁵ = 0.0625, and nothing could ever be told from noise.
LEAST_SESSIONS: Final = 6
NOISE_ABOVE: Final = 0.05  # p


@dataclass(frozen=True, slots=True, eq=False)
class Aligned:
    """Pairs of a count and a session, P of them, by session and then by offset."""

    sessions: Days  # (P,), index of the session
    counts: Days  # (P,), index of the count
    offsets: Days  # (P,), days from the session to the count; the day of the session is 0, and after it
    is_used: Flags  # (E,), of each session
    is_cut: Flags  # (E,), used, and the next one lies within its days after

    @property
    def used(self) -> int:
        """How many sessions are used."""
        return int(np.count_nonzero(self.is_used))

    @property
    def crowded(self) -> int:
        """How many are not, because another session lies in the days before them."""
        return len(self.is_used) - self.used

    @property
    def cut(self) -> int:
        """How many used ones end early, with the next session."""
        return int(np.count_nonzero(self.is_cut))


@dataclass(frozen=True, slots=True)
class Bin:
    """The counts of some days before or after sessions."""

    first: int  # offset in days
    last: int  # offset in days, included
    n: int  # counts
    sessions: int
    spread: Spread | None  # None, as is the band: too few counts or sessions
    band: Band | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """After against before, over sessions."""

    n: int  # sessions
    difference: float  # after minus before, in the unit of the counts, as are the next two
    low: float
    high: float
    p: float  # two-sided
    unknown: int  # sessions left out, because how far counting would have gone decides

    @property
    def is_noise(self) -> bool:
        """Whether chance alone makes a difference as large more often than one time in twenty."""
        return self.p > NOISE_ABOVE


@dataclass(frozen=True, slots=True)
class TooFew:
    """Sessions that are too few to compare."""

    n: int
    needed: int
    unknown: int  # left out, because how far counting would have gone decides


def align(days: Days, events: Days, *, before: int = BEFORE, after: int = AFTER) -> Aligned:
    """Lay counts around sessions: from *before* days before a session to *after* days after it.

    o = c − e for a count on day c and a session on day e, in days. *days* is (N,), in any order; *events* is (E,), each
    day once, rising; the answer is (P,), P ≤ 2 N.

    Sessions that are closer together than the days around them: a session is used only where no other lies in the
    *before* days before it, for its "before" would be the "after" of that one; it is crowded otherwise. The days after
    a used session are cut at the next session, used or not, so that no day is after two. Still a count may be after one
    session and before the next, which ties neighbouring differences to each other with opposite signs: see `compare`.

    Minimum: none.
    Source: superposed epochs, Chree, *Phil. Trans. R. Soc. A* 212 (1913) 75–116; the policy for close ones is ours.

    Raises:
        ValueError: *events* do not rise.
    """
    gaps = np.diff(events)
    if np.any(gaps <= 0):
        raise ValueError("the days of sessions must rise")
    is_used = np.concatenate((np.ones(min(len(events), 1), dtype=np.bool_), gaps > before))
    is_cut = is_used & np.concatenate((gaps <= after, np.zeros(min(len(events), 1), dtype=np.bool_)))
    if not (days.size and events.size):
        nothing = np.empty(0, dtype=np.int64)
        return Aligned(nothing, nothing, nothing, is_used, is_cut)
    upcoming = np.searchsorted(events, days, side="right")
    sessions = np.concatenate((upcoming - 1, upcoming))
    counts = np.tile(np.arange(len(days)), 2)
    # Only the last session up to a count and the first one after it can be paired with it; there may be no such one.
    offsets = days[counts] - events[np.clip(sessions, 0, len(events) - 1)]
    is_there = (sessions >= 0) & (sessions < len(events)) & (offsets >= -before) & (offsets <= after)
    is_kept = is_there & is_used[np.clip(sessions, 0, len(events) - 1)]
    order = np.lexsort((counts[is_kept], offsets[is_kept], sessions[is_kept]))
    kept = np.flatnonzero(is_kept)[order]
    return Aligned(sessions[kept], counts[kept], offsets[kept], is_used, is_cut)


def binned(
    offsets: Days, values: Values, is_least: Flags, sessions: Days, *, edges: tuple[int, ...] = EDGES
) -> tuple[Bin, ...]:
    """Return what lies between every two *edges*: the offsets from the one up to the other, which is excluded.

    The arrays are (P,), a row for each pair of `align`. The median and the quartiles are of the counts of all sessions
    together, so that a session with more of them weighs more; the band is the one of `median_band`, sessions resampled.

    Minimum: 5 counts from 3 sessions; with fewer a bin has its numbers of them and nothing else.
    Source: as `spread` and `median_band`.
    """
    order = np.argsort(offsets, kind="stable")
    cuts = np.searchsorted(offsets[order], edges)
    return tuple(
        _bin((first, stop - 1), values[inside], is_least[inside], sessions[inside])
        for (first, stop), inside in zip(
            pairwise(edges), (order[start:end] for start, end in pairwise(cuts)), strict=True
        )
    )


def compare(aligned: Aligned, values: Values, is_least: Flags) -> Comparison | TooFew:
    """Compare after with before: the one question that was settled on before anybody looked.

    dᵢ = median of the counts after session i − median of those before it, in hairs, for each used session with two
    counts at least on either side, as `align` lays them (14 days before; up to 42 after, the day of the session among
    them). *values* and *is_least* are (N,), all counts. The estimate is the mean of the differences, with the interval
    of `mean_interval` and the p of `sign_flip_p`. A session whose difference is not known is left out, and counted;
    such are high ones more often than not, so that many of them make the estimate too low.

    What holds of it: a count that is after one session and before the next enters two neighbouring differences with
    opposite signs. From noise, be it of days or of weeks, the mean then varies less than the test takes it to, and the
    test is conservative: 12 sessions every 21 or 28 days are taken for more than noise in fewer than 1 of 100 logbooks,
    not in 5. What lasts until the next session nears is on both sides, and hides: 8 hairs more on days 0 to 20 come out
    as nothing with a session every 21 days, as 2 to 3 with one every 28. And a steady rise or fall over the months goes
    through all differences alike: the test tells that there is one, never what it is from.

    Minimum: 6 sessions, see `LEAST_SESSIONS`.
    Source: as `mean_interval` and `sign_flip_p`.
    """
    differences, unknown = _differences(aligned, values, is_least)
    n = len(differences)
    if n < LEAST_SESSIONS:
        return TooFew(n, LEAST_SESSIONS, unknown)
    low, high = mean_interval(differences)
    return Comparison(n, float(differences.mean()), low, high, sign_flip_p(differences), unknown)


def _bin(offsets: tuple[int, int], values: Values, is_least: Flags, sessions: Days) -> Bin:
    n, clusters = len(values), len(np.unique(sessions))
    if n < LEAST_IN_BIN or clusters < LEAST_SESSIONS_IN_BIN:
        return Bin(*offsets, n, clusters, None, None)
    return Bin(*offsets, n, clusters, spread(values, is_least), median_band(values, is_least, sessions))


def _differences(aligned: Aligned, values: Values, is_least: Flags) -> tuple[Values, int]:
    """Return the differences that are known, by session, and how many there are that are not."""
    lowest = _sides(aligned, values)
    highest = _sides(aligned, beyond(values, is_least))
    is_there = ~np.isnan(lowest).any(axis=1)
    sides = agreed(lowest, highest)[is_there]
    differences = sides[:, 1] - sides[:, 0]
    is_known = ~np.isnan(differences)
    return differences[is_known], int(np.count_nonzero(~is_known))


def _sides(aligned: Aligned, values: Values) -> Values:
    """Return the medians before and after each session, (E, 2), NaN where there are too few counts."""
    sides = np.full(2 * len(aligned.is_used), np.nan)
    keys, medians, sizes = medians_by(2 * aligned.sessions + (aligned.offsets >= 0), values[aligned.counts])
    is_enough = sizes >= LEAST_ON_A_SIDE
    sides[keys[is_enough]] = medians[is_enough]
    return sides.reshape(-1, 2)
