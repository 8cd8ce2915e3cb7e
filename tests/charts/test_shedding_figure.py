"""The figure of shedding, by its artists."""

import numpy as np
import pytest
from builders import a_session
from charts.paper import Sheet, a_count, a_style, an_event, boxes, drawn, named, on, overlapping
from matplotlib.collections import PolyCollection
from matplotlib.lines import Line2D
from matplotlib.text import Annotation, Text

from logbook.charts.chart import ALL_HIDDEN, NOTHING_HERE, View
from logbook.charts.event_marks import EVENTS
from logbook.charts.guidance_lines import BaselineTerms, Found
from logbook.charts.shedding import SheddingSeries, shedding_series
from logbook.charts.shedding_figure import (
    AT_LEAST,
    BASELINE,
    COUNTS,
    EXCLUDED,
    SESSIONS,
    TREND,
    draw_shedding,
    shedding_keys,
)
from logbook.domain.vocabulary import EventKind, Severity, SheddingMethod

TOTAL, COMB = SheddingMethod.DAY_TOTAL, SheddingMethod.COMB_60S
SINCLAIR, ESTIMATE = SheddingMethod.SINCLAIR, SheddingMethod.ESTIMATE
VIEW = View(on(0), on(89))
SESSION = a_session(on(28))
ILL = an_event(EventKind.ILLNESS, on(50), on(55))
PLAIN = [a_count(on(day), 40 + day % 5) for day in range(60) if not 33 <= day < 50]
GIVEN_UP = a_count(on(60), 80, is_more_than=True)
ODD = a_count(on(61), 20, excluded_because="another comb")
LOG = [*PLAIN, GIVEN_UP, ODD]
FOUND = {
    PLAIN[0].id: Found(Severity.CAUTION, ("Counts of a day",)),
    GIVEN_UP.id: Found(Severity.CAUTION, ("Counts of a day", "Own baseline")),
}


def series_of(records=LOG, methods=(TOTAL,), sessions=(SESSION,), events=(ILL,), findings=FOUND) -> SheddingSeries:
    return shedding_series(records, methods, sessions, events, BaselineTerms(28, 7), findings)


def sheet_of(view: View = VIEW, size: tuple[int, int] = (720, 400), **but) -> Sheet:
    return drawn(draw_shedding, series_of(**but), view, size=size)


def days(*numbers: int) -> list[int]:
    return [on(number).toordinal() for number in numbers]


# What is drawn


def test_each_kind_of_count_is_one_line_of_marks_with_its_own_shape() -> None:
    axes = sheet_of().axes
    lines = {name: named(axes, name, Line2D)[0] for name in (COUNTS, AT_LEAST, EXCLUDED)}
    assert lines[COUNTS].get_xdata().tolist() == [record.date.toordinal() for record in PLAIN]
    assert lines[COUNTS].get_ydata().tolist() == [record.value for record in PLAIN]
    assert (lines[AT_LEAST].get_xdata().tolist(), lines[AT_LEAST].get_ydata().tolist()) == (days(60), [80])
    assert (lines[EXCLUDED].get_xdata().tolist(), lines[EXCLUDED].get_ydata().tolist()) == (days(61), [20])
    assert len({line.get_marker() for line in lines.values()}) == 3


def test_the_median_is_a_line_that_breaks_where_it_is_not_known() -> None:
    series = series_of()
    assert len(series.methods[0].trend) == 2
    (line,) = named(sheet_of().axes, TREND, Line2D)
    x, y = line.get_data()
    stretches = np.split(np.arange(len(y)), np.flatnonzero(np.isnan(y)))
    ends = [(x[part[~np.isnan(y[part])]][0], x[part[~np.isnan(y[part])]][-1]) for part in stretches[:-1]]
    assert ends == [
        (one.first.toordinal(), one.first.toordinal() + len(one.medians) - 1) for one in series.methods[0].trend
    ]
    for day, value in zip(x[~np.isnan(y)], y[~np.isnan(y)], strict=True):
        assert value == series.methods[0].median_on(on(int(day) - on(0).toordinal()))


def test_the_baseline_is_a_dashed_line_in_a_band_from_its_first_day_on() -> None:
    axes = sheet_of().axes
    own = series_of().methods[0].baseline
    (line,), (band,) = named(axes, BASELINE, Line2D), named(axes, BASELINE, PolyCollection)
    assert line.get_ydata().tolist() == [own.median] * 2 == [42, 42]
    assert line.get_xdata().tolist() == [on(0).toordinal() - 0.5, on(89).toordinal() + 0.5]
    assert line.is_dashed()
    heights = band.get_paths()[0].vertices[:, 1]
    assert (heights.min(), heights.max()) == (own.spread.low, own.spread.high) == (41, 43)


def test_without_a_baseline_none_is_drawn() -> None:
    assert named(sheet_of(sessions=()).axes, BASELINE) == []
    assert named(sheet_of(view=View(on(-90), on(-1)), records=[a_count(on(-5), 3), *LOG]).axes, BASELINE) == []


def test_sessions_are_marks_below_the_counts() -> None:
    axes = sheet_of(sessions=[SESSION, a_session(on(200))]).axes
    (marks,) = named(axes, SESSIONS, Line2D)
    assert marks.get_xdata().tolist() == days(28)
    assert axes.get_ylim()[0] < marks.get_ydata()[0] < 0


def test_events_have_their_words_above_all_counts() -> None:
    sheet = sheet_of(size=(640, 360), events=[an_event(kind, on(57 + n)) for n, kind in enumerate(EventKind)][:3])
    words = named(sheet.axes, EVENTS, Annotation)
    assert len(words) == 3
    highest = sheet.axes.transData.transform((0, 80))[1]
    assert min(box.y0 for box in boxes(sheet, words)) > highest


def test_findings_are_shapes_around_their_counts() -> None:
    (ring,) = named(sheet_of().axes, "found_caution", Line2D)
    assert (ring.get_xdata().tolist(), ring.get_ydata().tolist()) == (days(0, 60), [40, 80])
    assert ring.get_markerfacecolor() == "none"


def test_counts_go_from_no_hair_and_have_whole_ticks() -> None:
    axes = sheet_of().axes
    ticks = axes.get_yticks().tolist()
    assert ticks[0] == 0
    assert all(tick == int(tick) and 0 <= tick <= 80 for tick in ticks)
    low, high = axes.get_ylim()
    assert low < 0
    assert 80 < high < 110
    assert axes.get_xlim() == (on(0).toordinal() - 0.5, on(89).toordinal() + 0.5)


@pytest.mark.parametrize(("method", "grades"), [(SINCLAIR, [1, 2, 3, 4, 5, 6]), (ESTIMATE, [0, 1, 2, 3])])
def test_a_scale_shows_all_its_grades_whatever_was_recorded(method: SheddingMethod, grades: list[int]) -> None:
    axes = sheet_of(records=[a_count(on(1), 2, method)], methods=[method]).axes
    assert axes.get_yticks().tolist() == grades
    assert axes.get_ylim()[0] < grades[0]
    assert axes.get_ylim()[1] > grades[-1]
    assert axes.get_title(loc="left").endswith("grade")


def test_the_title_says_method_and_unit() -> None:
    assert sheet_of().axes.get_title(loc="left") == "Daily total, hairs"


def test_two_methods_are_two_panels_with_their_own_scales() -> None:
    records = [a_count(on(day), value, method) for day in range(9) for method, value in ((TOTAL, 100), (COMB, 8))]
    sheet = sheet_of(records=records, methods=(COMB, TOTAL), findings={})
    upper, lower = sheet.figure.axes
    assert [axes.get_title(loc="left") for axes in (upper, lower)] == [
        "60-second count, hairs",
        "Daily total, hairs",
    ]
    assert {*named(upper, COUNTS)[0].get_ydata()} == {8}
    assert {*named(lower, COUNTS)[0].get_ydata()} == {100}
    assert upper.get_ylim()[1] < 20
    assert lower.get_ylim()[1] > 100
    assert {marks.panel for marks in sheet.drawing.marks} == {0, 1}


def test_a_method_without_counts_says_so_beside_one_that_has_some() -> None:
    sheet = sheet_of(methods=(TOTAL, COMB))
    _, empty = sheet.figure.axes
    (text,) = named(empty, "nothing", Text)
    assert text.get_text() == NOTHING_HERE
    assert empty.get_yticks().tolist() == []
    assert all(marks.panel == 0 for marks in sheet.drawing.marks)


def test_nothing_at_all_is_one_sentence() -> None:
    for sheet in (sheet_of(records=[]), sheet_of(view=View(on(300), on(330)))):
        assert sheet.figure.axes == []
        assert sheet.texts == [NOTHING_HERE]
        assert sheet.drawing.marks == ()


def test_one_count_on_one_day_is_drawn() -> None:
    sheet = sheet_of(view=View(on(5), on(5)), records=[a_count(on(5), 70)], sessions=[a_session(on(5))], events=())
    assert named(sheet.axes, COUNTS)[0].get_xdata().tolist() == days(5)
    assert sheet.axes.get_xlim() == (on(5).toordinal() - 0.5, on(5).toordinal() + 0.5)
    assert named(sheet.axes, TREND) == []


def test_a_logbook_of_no_hairs_still_has_a_scale() -> None:
    assert sheet_of(records=[a_count(on(5), 0)]).axes.get_ylim()[1] > 9


# Keys


def test_the_legend_has_what_is_there_and_nothing_else() -> None:
    keys = shedding_keys(series_of(), VIEW, a_style())
    assert {key.name: key.words for key in keys} == {
        COUNTS: "Count",
        AT_LEAST: "At least so many",
        EXCLUDED: "Left out of trends",
        TREND: "Median of 14 days",
        BASELINE: "Own baseline, with its middle half",
        SESSIONS: "Session",
        "found_caution": "Caution found",
        EVENTS: "Life event",
    }
    early = shedding_keys(series_of(events=(), findings={}), View(on(0), on(20)), a_style())
    assert [key.name for key in early] == [COUNTS, TREND, BASELINE]
    assert shedding_keys(series_of(records=[], sessions=(), events=()), VIEW, a_style()) == ()


@pytest.mark.parametrize("name", [COUNTS, AT_LEAST, EXCLUDED, TREND, BASELINE, SESSIONS, EVENTS, "found_caution"])
def test_a_key_that_is_switched_off_is_not_drawn_and_all_others_are(name: str) -> None:
    shown, hidden = sheet_of(), sheet_of(VIEW.without(name))
    assert named(shown.axes, name)
    assert named(hidden.axes, name) == []
    others = {artist.get_gid() for artist in shown.axes.get_children()} - {name}
    assert {artist.get_gid() for artist in hidden.axes.get_children()} == others


def test_where_all_keys_are_switched_off_it_says_so() -> None:
    names = [key.name for key in shedding_keys(series_of(), VIEW, a_style())]
    sheet = sheet_of(VIEW.without(*names))
    assert [text.get_text() for text in named(sheet.axes, "nothing")] == [ALL_HIDDEN]
    assert named(sheet_of(VIEW.without(*names[1:])).axes, "nothing") == []


def test_what_is_switched_off_cannot_be_pointed_at() -> None:
    words = [
        marks.tell(place).words
        for marks in sheet_of(VIEW.without(EXCLUDED, SESSIONS, EVENTS)).drawing.marks
        for place in range(len(marks.x))
    ]
    assert len(words) == len(PLAIN) + 1
    assert not any("Left out" in text or "Session" in text or "Illness" in text for text in words)


# What is told


def test_a_mark_tells_its_day_count_median_and_finding() -> None:
    counts, sessions, events = sheet_of().drawing.marks
    assert counts.x.tolist() == [record.date.toordinal() for record in LOG]
    assert counts.y.tolist() == [record.value for record in LOG]
    assert counts.tell(2).words == "3 Jan 2026\n42 hairs\nMedian 41, 3 of 14 days recorded"
    told = counts.tell(len(PLAIN))
    assert told.words == (
        "2 Mar 2026\nAt least 80 hairs\nMedian 42, 11 of 14 days recorded\nCaution: Counts of a day and Own baseline"
    )
    assert told.record_id == GIVEN_UP.id
    assert counts.tell(len(PLAIN) + 1).words == "3 Mar 2026\n20 hairs\nLeft out of trends"
    assert (sessions.tell(0).words, sessions.tell(0).record_id) == ("29 Jan 2026\nSession", SESSION.id)
    assert (events.tell(0).words, events.tell(0).record_id) == ("20 Feb 2026 to 25 Feb 2026\nIllness", ILL.id)


def test_a_mark_tells_grades_in_words_and_the_wash() -> None:
    record = a_count(on(5), 2, ESTIMATE, days_since_wash=1)
    (counts,) = sheet_of(records=[record], methods=[ESTIMATE], sessions=(), events=()).drawing.marks
    assert counts.tell(0).words == "6 Jan 2026\nGrade 2, elevated\n1 day since the last wash"


def test_marks_come_in_the_order_of_the_axis() -> None:
    twice = [a_count(on(day // 2), 10 + day) for day in range(30)]
    for marks in sheet_of(records=twice).drawing.marks:
        assert np.all(np.diff(marks.x) >= 0)


# Many


def many(count: int = 4_000):
    return [a_count(on(day), 50 + day * 7 % 31) for day in range(count)]


def test_where_counts_are_too_many_lines_stand_for_them_and_it_is_said() -> None:
    view = View(on(0), on(3_999))
    sheet = sheet_of(view, records=many(), sessions=(), events=())
    (line,) = named(sheet.axes, COUNTS, Line2D)
    assert len(line.get_xdata()) < 1_000
    assert np.nanmin(line.get_ydata()) == 50
    assert np.nanmax(line.get_ydata()) == 80
    assert sheet.drawing.said.startswith("There are too many counts to draw each: an upright line")
    assert len(sheet.drawing.marks[0].x) == 4_000


def test_a_trend_of_many_days_keeps_its_extremes() -> None:
    records = [*many(3_000)[:-1], *(a_count(on(2_999 + day), 900) for day in range(20))]
    sheet = sheet_of(View(on(0), on(3_018)), records=records, sessions=(), events=())
    (line,) = named(sheet.axes, TREND, Line2D)
    assert len(line.get_xdata()) < 3_000
    assert np.nanmax(line.get_ydata()) == 900


def test_sessions_too_close_to_tell_apart_are_drawn_as_one_and_it_is_said() -> None:
    sessions = [a_session(on(day)) for day in range(4_000)]
    sheet = sheet_of(View(on(0), on(3_999)), records=[a_count(on(9), 20)], sessions=sessions, events=())
    (marks,) = named(sheet.axes, SESSIONS, Line2D)
    assert len(marks.get_xdata()) < 1_000
    assert sheet.drawing.said == "Where sessions lie too close to tell apart, one is drawn."
    assert len(sheet.drawing.marks[1].x) == 4_000


def test_a_few_are_drawn_one_by_one_and_nothing_is_said() -> None:
    assert sheet_of().drawing.said == ""


# How it looks


@pytest.mark.parametrize("size", [(1100, 560), (640, 360), (480, 300)])
def test_no_text_lies_on_another_or_sticks_out(size: tuple[int, int]) -> None:
    records = [*LOG, *(a_count(on(day), 8, COMB) for day in range(60))]
    events = [an_event(kind, on(9 * place)) for place, kind in enumerate(EventKind) if 9 * place < 90]
    sheet = sheet_of(size=size, records=records, methods=(TOTAL, COMB), events=events)
    found = []
    for axes in sheet.figure.axes:
        labels = [*axes.get_xticklabels(), *axes.get_yticklabels()]
        found += boxes(sheet, [axes._left_title, *labels, *named(axes, EVENTS, Annotation)])
    assert overlapping(found) == []
    assert all(box.x0 >= 0 and box.x1 <= size[0] and box.y0 >= 0 and box.y1 <= size[1] for box in found)


@pytest.mark.parametrize("theme", ["light", "dark", "high_contrast"])
def test_every_colour_is_a_role_of_the_theme(theme: str) -> None:
    style = a_style(theme)
    sheet = drawn(draw_shedding, series_of(), VIEW, style=style)
    roles = set(style.roles.values())
    assert {line.get_color() for line in sheet.axes.lines} <= roles
    assert {text.get_color() for text in sheet.axes.texts} <= roles
