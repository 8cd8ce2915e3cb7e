"""The bootstrap and the sign-flip test: by hand, and against SciPy."""

from itertools import product

import numpy as np
import pytest
from scipy import stats

from logbook.charts.resampling import Band, mean_interval, median_band, sign_flip_p


def no(values: np.ndarray) -> np.ndarray:
    return np.zeros(len(values), dtype=np.bool_)


def known(band: Band) -> tuple[float, float]:
    assert band.low is not None
    assert band.high is not None
    return band.low, band.high


# Signs


def test_six_differences_of_one_sign_come_by_chance_twice_in_sixty_four() -> None:
    assert sign_flip_p(np.array([1.0, 2, 3, 4, 5, 6])) == 2 / 64
    assert sign_flip_p(-np.array([1.0, 2, 3, 4, 5, 6])) == 2 / 64


def test_five_can_never_be_told_from_noise() -> None:
    assert sign_flip_p(np.array([1000.0, 1000, 1000, 1000, 1000])) == 0.0625


def test_the_sums_as_far_as_the_one_there_is_are_counted() -> None:
    # Of ±1 ±2 ±4 all eight sums differ: 7 5 3 1 and back; 1 + 2 − 4 = −1 is as near as can be, 1 − 2 + 4 = 3.
    assert sign_flip_p(np.array([1.0, 2, -4])) == 1
    assert sign_flip_p(np.array([1.0, -2, 4])) == 6 / 8
    assert sign_flip_p(np.array([-1.0, 2, 4])) == 4 / 8


def test_no_difference_at_all_is_noise() -> None:
    assert sign_flip_p(np.zeros(6)) == 1
    assert sign_flip_p(np.zeros(20)) == 1


def test_sums_in_another_order_are_the_same_sums() -> None:
    tenths = np.array([0.1, 0.2, 0.3, -0.6, 0.7, 0.1])  # whole numbers of tenths, none of which is exact
    sums = [abs(sum(map(int.__mul__, signs, (1, 2, 3, 6, 7, 1)))) for signs in product((1, -1), repeat=6)]
    assert sign_flip_p(tenths) == sum(one >= 8 for one in sums) / 64


@pytest.mark.parametrize("n", [6, 9, 14])
@pytest.mark.parametrize("shift", [0.0, 1.5])
def test_scipy_finds_the_same_p_from_all_signs(n: int, shift: float) -> None:
    differences = np.random.default_rng(n).normal(shift, 3, n).round(1)
    exact = stats.permutation_test((differences,), np.mean, permutation_type="samples", n_resamples=np.inf)
    assert sign_flip_p(differences) == pytest.approx(exact.pvalue, abs=1e-12)


def test_scipy_finds_about_the_same_p_from_drawn_signs() -> None:
    differences = np.random.default_rng(3).normal(0.8, 3, 40)
    drawn = stats.permutation_test(
        (differences,), np.mean, permutation_type="samples", n_resamples=9_999, vectorized=True, rng=1
    )
    assert 0.02 < drawn.pvalue < 0.5
    assert sign_flip_p(differences) == pytest.approx(drawn.pvalue, abs=0.02)  # four standard errors
    assert sign_flip_p(np.full(40, 3.0)) == 1 / 10_000  # never 0


def test_fourteen_and_fifteen_differences_are_tested_alike() -> None:
    differences = np.random.default_rng(2).normal(1, 2, 14)
    # A fifteenth that is all but nothing changes nothing but the way of counting.
    assert sign_flip_p(np.append(differences, 1e-15)) == pytest.approx(sign_flip_p(differences), abs=0.02)


# The bootstrap


def test_scipy_finds_about_the_same_band_where_every_session_has_one_count() -> None:
    values = np.random.default_rng(3).poisson(60, 80).astype(np.float64)
    expected = stats.bootstrap((values,), np.median, n_resamples=9_999, method="percentile", rng=1).confidence_interval
    assert known(median_band(values, no(values), np.arange(80))) == pytest.approx(tuple(expected), abs=0.75)


def test_scipy_finds_about_the_same_interval_of_the_mean() -> None:
    differences = np.random.default_rng(3).normal(2, 4, 30)
    expected = stats.bootstrap((differences,), np.mean, n_resamples=9_999, method="percentile", rng=1)
    assert mean_interval(differences) == pytest.approx(tuple(expected.confidence_interval), abs=0.15)


def test_two_drawings_are_alike() -> None:
    values = np.random.default_rng(3).normal(40, 9, 50)
    sessions = np.arange(50) // 5
    assert median_band(values, no(values), sessions) == median_band(values, no(values), sessions)
    assert mean_interval(values) == mean_interval(values)
    assert sign_flip_p(values - 39) == sign_flip_p(values - 39)


def test_a_session_counted_many_times_is_still_one_session() -> None:
    of_sessions = np.random.default_rng(6).permutation(np.arange(20.0, 40))
    sessions = np.repeat(np.arange(20), 10)
    once = median_band(of_sessions, no(of_sessions), np.arange(20))
    tenfold = np.repeat(of_sessions, 10)
    assert median_band(tenfold, no(tenfold), sessions) == once
    low, high = known(median_band(tenfold, no(tenfold), np.arange(200)))  # as if each count were on its own
    assert high - low < 0.5 * np.subtract(*known(once)[::-1])


def test_the_names_of_the_sessions_and_the_order_of_the_counts_do_not_matter() -> None:
    rng = np.random.default_rng(7)
    values, sessions = rng.poisson(30, 60).astype(np.float64), np.sort(rng.integers(0, 9, 60))
    order = rng.permutation(60)
    shuffled = median_band(values[order], no(values), 1_000 * sessions[order])
    assert shuffled == median_band(values, no(values), sessions)


def test_one_session_drawn_again_and_again_gives_its_own_median() -> None:
    assert median_band(np.array([3.0, 9, 4]), no(np.zeros(3)), np.zeros(3, dtype=np.int64)) == Band(4.0, 4.0)


def test_an_edge_that_depends_on_a_count_given_up_is_not_known() -> None:
    values = np.arange(20.0, 40)
    plain = median_band(values, no(values), np.arange(20))
    assert median_band(values, values == 39, np.arange(20)) == plain
    high_ones = median_band(values, values >= 33, np.arange(20))
    assert high_ones == Band(plain.low, None)
    assert median_band(values, values >= 0, np.arange(20)) == Band(None, None)


def test_the_band_is_too_narrow_from_three_sessions_and_about_right_from_thirty() -> None:
    """In 7 of 10 logbooks with three sessions the true median lies inside, and in 9 of 10 with thirty."""
    assert 0.62 < _held(3) < 0.82
    assert 0.88 < _held(30) < 0.97


def _held(sessions: int, logbooks: int = 250) -> float:
    rng = np.random.default_rng(9)
    of_counts, held = np.repeat(np.arange(sessions), 5), 0
    for _ in range(logbooks):
        values = rng.normal(0, 3, sessions)[of_counts] + rng.normal(0, 3, len(of_counts))
        low, high = known(median_band(values, no(values), of_counts))
        held += low <= 0 <= high
    return held / logbooks
