"""The figure of what was counted around sessions, by its artists."""

import numpy as np
import pytest
from builders import a_session
from charts.paper import Sheet, a_count, a_style, boxes, drawn, named, on, overlapping
from matplotlib.collections import PolyCollection
from matplotlib.lines import Line2D
from matplotlib.text import Annotation

from logbook.charts.around import AroundSeries, WashState, around_series, silence
from logbook.charts.around_figure import AT_LEAST, BAND, COUNTS, MEDIAN, SPREAD, around_keys, draw_around
from logbook.charts.chart import ALL_HIDDEN, View
from logbook.domain.vocabulary import SheddingMethod

TOTAL, SINCLAIR, ESTIMATE = SheddingMethod.DAY_TOTAL, SheddingMethod.SINCLAIR, SheddingMethod.ESTIMATE
VIEW = View(on(0), on(999))
DAYS = [30 + 60 * number for number in range(7)]
BINS = 8


def a_log(method: SheddingMethod = TOTAL, last: int = 430, most: int = 90, every: int = 1):
    """Return a count for each day, those of 90 and more given up."""
    least = {TOTAL: 40, SINCLAIR: 1, ESTIMATE: 0}[method]
    top = {TOTAL: most, SINCLAIR: 6, ESTIMATE: 3}[method]
    wide = top - least + 1
    return [
        a_count(on(day), least + day * 23 % wide, method, is_more_than=method is TOTAL and least + day * 23 % wide > 88)
        for day in range(0, last, every)
    ]


def series_of(records=None, days=DAYS, method=TOTAL, wash=WashState.NOT_RECORDED) -> AroundSeries:
    used = a_log(method) if records is None else records
    return around_series(used, method, wash, [a_session(on(day)) for day in days], ())


def sheet_of(view: View = VIEW, size: tuple[int, int] = (720, 400), **but) -> Sheet:
    return drawn(draw_around, series_of(**but), view, size=size)


# What is drawn


def test_every_count_is_a_dot_near_its_day_and_those_given_up_have_their_own_shape() -> None:
    series, axes = series_of(), sheet_of().axes
    (dots,), (least,) = named(axes, COUNTS, Line2D), named(axes, AT_LEAST, Line2D)
    assert len(dots.get_xdata()) + len(least.get_xdata()) == len(series.counts)
    plain = [count for count in series.counts if not count.is_least]
    assert dots.get_ydata().tolist() == [count.value for count in plain]
    assert np.rint(dots.get_xdata()).tolist() == [count.offset for count in plain]
    assert dots.get_marker() != least.get_marker()


def test_counts_of_one_day_and_value_stand_beside_each_other_on_both_sides() -> None:
    alike = [a_count(on(day), 50) for day in range(430)]
    (dots,) = named(sheet_of(records=alike).axes, COUNTS, Line2D)
    of_a_day = sorted(x for x in dots.get_xdata() if round(x) == 5)
    assert of_a_day == pytest.approx([4.7, 4.85, 5, 5, 5.15, 5.15, 5.3])  # seven sessions


def test_each_week_has_its_median_its_middle_half_and_its_band() -> None:
    series, axes = series_of(), sheet_of().axes
    medians, halves, bands = named(axes, MEDIAN), named(axes, SPREAD, PolyCollection), named(axes, BAND)
    assert len(medians) == len(halves) == len(bands) == BINS
    for one, median, half, band in zip(series.bins, medians, halves, bands, strict=True):
        assert median.get_ydata().tolist() == [one.spread.median] * 2
        assert one.first - 0.5 < median.get_xdata()[0] < median.get_xdata()[1] < one.last + 0.5
        heights = half.get_paths()[0].vertices[:, 1]
        assert (heights.min(), heights.max()) == (one.spread.low, one.spread.high)
        assert band.get_ydata().tolist() == [one.band.low, one.band.high]


def test_the_session_is_a_line_between_the_day_before_and_its_own() -> None:
    (line,) = named(sheet_of().axes, "session", Line2D)
    assert list(line.get_xdata()) == [-0.5, -0.5]


def test_the_axis_is_in_weeks_from_the_session_and_says_so() -> None:
    axes = sheet_of().axes
    assert axes.get_xlim() == (-14.5, 42.5)
    assert axes.get_xticks().tolist() == [-14, -7, 0, 7, 14, 21, 28, 35, 42]
    assert [label.get_text() for label in axes.get_xticklabels()][:4] == ["−14", "−7", "0", "+7"]
    assert axes.get_xlabel() == "Days from the session"
    assert axes.get_title(loc="left") == "Daily total, hairs, wash not recorded"
    assert not sheet_of().drawing.is_calendar


def test_the_number_of_counts_stands_under_each_week() -> None:
    words = [text.get_text() for text in named(sheet_of().axes, "n", Annotation)]
    assert words == [f"n {one.n}" for one in series_of().bins]


def test_a_week_with_too_few_counts_says_so_and_has_nothing_else() -> None:
    records = [record for record in a_log() if record.date not in {on(day + at) for day in DAYS for at in range(7, 14)}]
    records += [a_count(on(day + 7), 50) for day in DAYS[:4]]
    axes = sheet_of(records=records).axes
    words = [text.get_text() for text in named(axes, "n", Annotation)]
    assert words[3] == "too few\nn 4"
    assert len(named(axes, MEDIAN)) == len(named(axes, SPREAD)) == len(named(axes, BAND)) == BINS - 1


def test_hairs_go_from_none_and_ticks_are_whole() -> None:
    axes = sheet_of().axes
    assert axes.get_yticks()[0] == 0
    assert axes.get_ylim()[0] < 0
    assert axes.get_ylim()[1] > 90
    assert all(tick == int(tick) and tick >= 0 for tick in axes.get_yticks())


@pytest.mark.parametrize(("method", "grades"), [(SINCLAIR, [1, 2, 3, 4, 5, 6]), (ESTIMATE, [0, 1, 2, 3])])
def test_a_scale_has_its_whole_grades(method: SheddingMethod, grades: list[int]) -> None:
    axes = sheet_of(method=method).axes
    assert axes.get_yticks().tolist() == grades
    assert axes.get_ylim()[0] < grades[0]


def test_too_few_sessions_are_words_and_no_picture() -> None:
    series = series_of(days=DAYS[:3])
    sheet = drawn(draw_around, series, VIEW)
    assert sheet.figure.axes == []
    assert " ".join(sheet.texts[0].split()) == " ".join(silence(series))
    assert sheet.drawing.marks == ()
    assert around_keys(series, VIEW, a_style()) == ()


# Keys


def test_the_legend_has_what_is_there() -> None:
    keys = around_keys(series_of(), VIEW, a_style())
    assert [key.name for key in keys] == [COUNTS, AT_LEAST, MEDIAN, SPREAD, BAND]
    assert [key.name for key in keys if key.is_band] == [SPREAD]
    no_least = around_keys(series_of(records=a_log(most=80)), VIEW, a_style())
    assert [key.name for key in no_least] == [COUNTS, MEDIAN, SPREAD, BAND]


@pytest.mark.parametrize("name", [COUNTS, AT_LEAST, MEDIAN, SPREAD, BAND])
def test_a_key_that_is_switched_off_is_not_drawn_and_all_others_are(name: str) -> None:
    shown, hidden = sheet_of(), sheet_of(VIEW.without(name))
    others = {artist.get_gid() for artist in shown.axes.get_children()} - {name}
    assert named(shown.axes, name)
    assert {artist.get_gid() for artist in hidden.axes.get_children()} == others
    assert hidden.axes.get_ylim() == shown.axes.get_ylim()


def test_where_all_keys_are_switched_off_it_says_so() -> None:
    sheet = sheet_of(VIEW.without(COUNTS, AT_LEAST, MEDIAN, SPREAD, BAND))
    assert [text.get_text() for text in named(sheet.axes, "nothing")] == [ALL_HIDDEN]
    assert named(sheet_of(VIEW.without(COUNTS, AT_LEAST)).axes, "nothing") == []


# What is told


def test_a_mark_tells_day_count_and_distance_and_leads_to_the_record() -> None:
    before, same, after = a_count(on(29), 1), a_count(on(30), 95, is_more_than=True), a_count(on(32), 42)
    log = [record for record in a_log() if not on(28) < record.date < on(33)]
    series = series_of(records=[*log, before, same, after])
    (marks,) = drawn(draw_around, series, VIEW).drawing.marks
    told = {marks.tell(place).record_id: marks.tell(place).words for place in range(len(marks.x))}
    assert told[before.id] == "30 Jan 2026\n1 hair\n1 day before the session of 31 Jan 2026"
    assert told[same.id] == "31 Jan 2026\nAt least 95 hairs\nOn the day of the session of 31 Jan 2026"
    assert told[after.id] == "2 Feb 2026\n42 hairs\n2 days after the session of 31 Jan 2026"


def test_a_grade_is_told_as_a_grade() -> None:
    (marks,) = sheet_of(method=SINCLAIR).drawing.marks
    assert "\nGrade " in marks.tell(0).words


def test_marks_go_along_the_days() -> None:
    (marks,) = sheet_of().drawing.marks
    days = np.rint(marks.x)
    assert np.all(np.diff(days) >= 0)
    assert (days[0], days[-1]) == (-14, 42)
    hidden = sheet_of(VIEW.without(COUNTS)).drawing.marks[0]
    assert 0 < len(hidden.x) < len(marks.x)


def test_with_all_counts_switched_off_nothing_can_be_pointed_at() -> None:
    (marks,) = sheet_of(VIEW.without(COUNTS, AT_LEAST)).drawing.marks
    assert len(marks.x) == 0


# Many


def test_where_counts_are_too_many_a_line_stands_for_each_day_and_it_is_said() -> None:
    days = [30 + 60 * number for number in range(40)]
    series = series_of(records=a_log(last=2_400, most=80), days=days)
    sheet = drawn(draw_around, series, VIEW)
    (line,) = named(sheet.axes, COUNTS, Line2D)
    x, y = line.get_data()
    assert x[::3] == pytest.approx(np.arange(-14, 43))
    of_a_day = [count.value for count in series.counts if count.offset == 5]
    assert y[57:59].tolist() == [min(of_a_day), max(of_a_day)]
    assert sheet.drawing.said.endswith("from the least to the most of a day.")
    assert len(sheet.drawing.marks[0].x) == len(series.counts)
    assert sheet_of().drawing.said == ""


# How it looks


@pytest.mark.parametrize("size", [(1100, 560), (640, 360), (400, 300)])
@pytest.mark.parametrize("text", [9.0, 13.0])
def test_no_text_lies_on_another_or_sticks_out(size: tuple[int, int], text: float) -> None:
    empty = {on(day + at) for day in DAYS for at in (*range(7, 14), *range(21, 43))}
    records = [a_count(record.date, record.value, days_since_wash=5) for record in a_log() if record.date not in empty]
    series = series_of(records=records, wash=WashState.LATER)
    sheet = drawn(draw_around, series, VIEW, size=size, style=a_style(size=text))
    labels = [*sheet.axes.get_xticklabels(), *sheet.axes.get_yticklabels(), sheet.axes.xaxis.label]
    found = boxes(sheet, [sheet.axes._left_title, *labels, *named(sheet.axes, "n", Annotation)])
    assert overlapping(found) == []
    assert all(box.x0 >= 0 and box.x1 <= size[0] and box.y0 >= 0 and box.y1 <= size[1] for box in found)


@pytest.mark.parametrize("width", [900, 640, 420, 320])
def test_why_nothing_is_shown_is_never_wider_than_the_figure(width: int) -> None:
    series = series_of(days=range(10, 200, 7), wash=WashState.LATER, method=SheddingMethod.REFINED_WASH, records=[])
    sheet = drawn(draw_around, series, VIEW, size=(width, 360))
    (box,) = boxes(sheet, sheet.figure.texts)
    assert box.x0 > 0
    assert box.x1 < width


@pytest.mark.parametrize("theme", ["light", "dark", "high_contrast"])
def test_every_colour_is_a_role_of_the_theme(theme: str) -> None:
    style = a_style(theme)
    sheet = drawn(draw_around, series_of(), VIEW, style=style)
    roles = set(style.roles.values())
    assert {line.get_color() for line in sheet.axes.lines} <= roles
    assert {text.get_color() for text in sheet.axes.texts} <= roles
