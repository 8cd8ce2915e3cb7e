"""How far chance reaches: the bootstrap and the sign-flip test, with a fixed seed so that two drawings are alike."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np

from logbook.charts.trends import Days, Flags, Values, beyond

RESAMPLES: Final = 999  # B
SEED: Final = 20_260_101
_EDGES: Final = [24, 974]  # the 25th and the 975th of B sorted numbers: 2.5 % and 97.5 % of B + 1
_ENUMERATED: Final = 14  # differences whose signs are all tried
_FLIPS: Final = (9, 1111)  # 9,999 for more of them, in nine helpings so that memory holds them


@dataclass(frozen=True, slots=True)
class Band:
    """Where the middle 95 % of resampled medians lie; None for an edge that is not known."""

    low: float | None
    high: float | None


def median_band(values: Values, is_least: Flags, clusters: Days) -> Band:
    """Return the 95 % percentile bootstrap band of the median of *values*, resampling whole *clusters*; all are (N,).

    The counts around one session belong together, so that S sessions are drawn, with replacement, from the S there are,
    each with all its counts; the median of what was drawn is m*. Of B = 999 such medians, sorted, the band goes from
    the 25th to the 975th, in the unit of the values. An edge is not known where it depends on how far counting would
    have gone.

    Minimum: N = 1 here, for what that is worth; `binned` asks for more. From few clusters the band is too narrow: where
    sessions differ as much as counts do, it holds the true median in 7 of 10 cases with 3 sessions, in 9 of 10 with 8
    to 12. It shows how firm a median is; it is no test.
    Source: Efron and Tibshirani, *An Introduction to the Bootstrap* (1993), chapter 13; for clusters, Field and Welsh,
    *J. R. Stat. Soc. B* 69 (2007) 369–390.
    """
    found, which = np.unique(clusters, return_inverse=True)
    weights = _drawn(len(found))
    lowest = _edges(_weighted_medians(values, which, weights))
    if not is_least.any():
        return Band(*lowest)
    highest = _edges(_weighted_medians(beyond(values, is_least), which, weights))
    return Band(*(low if low == high else None for low, high in zip(lowest, highest, strict=True)))


def mean_interval(differences: Values) -> tuple[float, float]:
    """Return the 95 % percentile bootstrap interval of the mean of *differences*, (N,), in their unit.

    N differences are drawn, with replacement, from the N there are; d* is their mean. Of B = 999 such means, sorted,
    the interval goes from the 25th to the 975th.

    Minimum: N = 1 here; `compare` asks for more.
    Source: Efron and Tibshirani, *An Introduction to the Bootstrap* (1993), chapter 13.
    """
    return _edges(_drawn(len(differences)) @ differences / len(differences))


def sign_flip_p(differences: Values) -> float:
    """Return how often chance alone makes the mean of *differences*, (N,), as far from 0 as it is; from 0 to 1.

    Where nothing but chance makes the differences they are as likely to be below 0 as above, and each could as well
    have had the other sign. T = |Σ sᵢ dᵢ| for signs sᵢ = ±1, T₀ the one with the signs as they are. Up to N = 14 all
    2ᴺ signs are tried and p = #(T ≥ T₀) ÷ 2ᴺ; beyond, B = 9,999 are drawn and p = (1 + #(T ≥ T₀)) ÷ (1 + B).

    Minimum: N = 1; p is never below 2 ÷ 2ᴺ. It holds for differences that do not hang together, and whose
    distribution is symmetric about 0.
    Source: Fisher, *The Design of Experiments* (1935), section 21; Pitman, *Suppl. J. R. Stat. Soc.* 4 (1937) 119–130;
    the 1 + of the drawn ones, Davison and Hinkley, *Bootstrap Methods and their Application* (1997), section 4.2.
    """
    n, total = len(differences), differences.sum()
    # What was added up in another order may differ in its last digit, and is as far all the same.
    reached = abs(total) - 1e-12 * np.abs(differences).sum()
    if n <= _ENUMERATED:
        # One sign, the last, may stay: turning all of them gives the same T.
        is_flipped = np.arange(2 ** (n - 1))[:, np.newaxis] >> np.arange(n) & 1
        return float(np.mean(np.abs(total - 2 * (is_flipped @ differences)) >= reached))
    rng, (helpings, size) = np.random.default_rng(SEED), _FLIPS
    drawn = np.concatenate([rng.integers(0, 2, (size, n), dtype=np.int8) @ differences for _ in range(helpings)])
    return float((1 + np.count_nonzero(np.abs(total - 2 * drawn) >= reached)) / (1 + helpings * size))


@lru_cache(maxsize=8)
def _drawn(size: int) -> Values:
    """Return how often each of *size* things is drawn, (B, size), in each of B resamples.

    The seed is always the same, so that what was drawn once is kept: a chart asks for a few sizes again and again.
    """
    drawn = np.random.default_rng(SEED).integers(0, size, (RESAMPLES, size))
    places = drawn + np.arange(RESAMPLES)[:, np.newaxis] * size
    counts = np.bincount(places.ravel(), minlength=RESAMPLES * size).reshape(RESAMPLES, size).astype(np.float64)
    counts.flags.writeable = False
    return counts


def _edges(resampled: Values) -> tuple[float, float]:
    low, high = np.sort(resampled)[_EDGES]
    return float(low), float(high)


def _weighted_medians(values: Values, clusters: Days, weights: Values) -> Values:
    """Return the median of *values* for each row of *weights*, (B, S), which says how often each cluster counts."""
    levels, level = np.unique(values, return_inverse=True)
    # How many of each cluster stand at each level: counts are whole numbers, and there are few levels.
    table = np.bincount(clusters * len(levels) + level, minlength=weights.shape[1] * len(levels))
    # Whole numbers below 2²⁴ are exact in half the width, and twice as fast.
    up_to = np.cumsum(weights.astype(np.float32) @ table.reshape(-1, len(levels)).astype(np.float32), axis=1)
    n = up_to[:, -1:]
    lower, upper = (np.count_nonzero(up_to <= place, axis=1) for place in ((n - 1) // 2, n // 2))
    medians: Values = (levels[lower] + levels[upper]) / 2
    return medians
