"""Intervals as a figure, by its artists."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from builders import a_session
from charts.test_intervals import MAY, WARNED, series, weekly
from figures import a_style, a_view, areas_of, drawn, marks_of, named, said_in, texts_on

from logbook.charts.chart import ALL_HIDDEN, NOTHING_HERE
from logbook.charts.interval_figure import LONGER, MEDIAN, STEMS, draw_intervals, interval_keys
from logbook.charts.intervals import NO_INTERVAL
from logbook.domain.session import Session
from logbook.domain.vocabulary import Setting, Zone

YEAR = a_view("2026-01-01", "2026-12-31")


def day(number: int) -> float:
    return float(date(2026, 5, number).toordinal())


def after(*gaps: int, depth: int | None = 25, first: date = date(2026, 1, 5)) -> list[Session]:
    sessions = [a_session(first, depth, id="0")]
    for number, gap in enumerate(gaps, 1):
        sessions.append(a_session(sessions[-1].date + timedelta(days=gap), depth, id=str(number)))
    return sessions


def test_each_interval_is_a_mark_at_the_day_of_its_later_session() -> None:
    figure, drawing = drawn(draw_intervals, series(*weekly(3)), MAY)
    (axes,) = figure.axes
    assert marks_of(axes, "home") == [(day(8), 7), (day(15), 7)]
    assert marks_of(axes, "supervised") == []
    assert drawing.marks[0].x.tolist() == [day(8), day(15)]
    assert drawing.said == ""


def test_settings_have_shapes_of_their_own() -> None:
    sessions = [*weekly(2), a_session("2026-05-12", setting=Setting.SUPERVISED), a_session("2026-05-20", setting=None)]
    figure, _ = drawn(draw_intervals, series(*sessions), MAY)
    lines = [named(figure.axes[0], name)[0] for name in ("home", "supervised", "no_setting")]
    assert len({line.get_marker() for line in lines}) == 3
    assert marks_of(figure.axes[0], "no_setting") == [(day(20), 8)]


def test_the_median_is_a_line_and_its_words_cover_no_mark() -> None:
    figure, _ = drawn(draw_intervals, series(*after(7, 7, 14, 3)), YEAR)
    (axes,) = figure.axes
    (line,) = [artist for artist in named(axes, MEDIAN) if hasattr(artist, "get_ydata")]
    assert list(line.get_ydata()) == [7, 7]
    assert axes.get_title(loc="right") == "Median 7 days, n 4"
    assert axes._right_title.get_window_extent().y0 >= axes.bbox.y1
    figure, _ = drawn(draw_intervals, series(*after(7, 7)), YEAR.without(MEDIAN))
    assert not named(figure.axes[0], MEDIAN)


def test_behind_an_interval_is_the_rest_after_the_depth_of_the_earlier_session() -> None:
    sessions = [a_session("2026-05-01", 40), a_session("2026-05-11", 60)]
    figure, _ = drawn(draw_intervals, series(*sessions), MAY)
    left, right = day(1), day(21)
    assert areas_of(figure.axes[0], "warning") == [(left, right, 0, 2.5)]
    assert areas_of(figure.axes[0], "caution") == [(left, right, 2.5, 6.5)]
    assert [area[:3] for area in areas_of(figure.axes[0], "clean")] == [(left, right, 6.5)]
    assert areas_of(figure.axes[0], "stop") == []


def test_the_line_of_a_rest_lies_below_the_first_number_of_days_that_is_enough() -> None:
    figure, _ = drawn(draw_intervals, series(a_session("2026-05-01", 40), a_session("2026-05-08")), MAY)
    (line,) = [one for one in figure.axes[0].lines if one.get_gid() == "caution"]
    assert line.get_ydata()[:2].tolist() == [6.5, 6.5]
    assert marks_of(figure.axes[0], "home")[0][1] == 7


def test_rests_meet_half_way_and_neighbours_alike_are_one() -> None:
    sessions = [a_session(f"2026-05-{on:02d}", depth) for on, depth in ((1, 40), (5, 40), (9, 60), (13, 25), (15, 25))]
    figure, _ = drawn(draw_intervals, series(*sessions), MAY)
    assert [area[:2] for area in areas_of(figure.axes[0], "caution")] == [(day(1) - 0.5, day(11)), (day(11), day(14))]
    assert [area[:2] for area in areas_of(figure.axes[0], "stop")] == [(day(11), day(14))]


def test_between_intervals_far_apart_there_is_no_rest() -> None:
    figure, _ = drawn(draw_intervals, series(*after(7, 100)), YEAR)
    areas = areas_of(figure.axes[0], "clean")
    assert len(areas) == 2
    assert areas[0][1] < areas[1][0] - 50


def test_after_a_depth_that_is_not_recorded_nothing_is_behind() -> None:
    figure, _ = drawn(draw_intervals, series(*after(7, depth=None)), YEAR)
    assert not named(figure.axes[0], "clean")
    assert len(marks_of(figure.axes[0], "home")) == 1


def test_a_long_pause_does_not_press_weeks_flat() -> None:
    figure, drawing = drawn(draw_intervals, series(*after(7, 7, 7, 203, 7, 7)), YEAR)
    (axes,) = figure.axes
    ends = axes.get_ylim()[1]
    assert ends < 12
    assert [y for _, y in marks_of(axes, "home")][:3] == [7, 7, 7]
    assert 7 < marks_of(axes, "home")[3][1] < ends
    assert "↑ 203 days" in texts_on(figure)
    assert drawing.said == "1 interval is too long for the axis, at its upper edge."
    assert drawing.marks[0].tell(3).words.splitlines()[1].startswith("203 days after")


def test_what_is_too_long_stands_above_a_line_and_ticks_end_below_it() -> None:
    figure, _ = drawn(draw_intervals, series(*after(7, 7, 7, 203)), YEAR)
    (line,) = [artist for artist in named(figure.axes[0], LONGER) if hasattr(artist, "get_ydata")]
    assert max(figure.axes[0].get_yticks()) <= line.get_ydata()[0] < marks_of(figure.axes[0], "home")[-1][1]


def test_a_somewhat_longer_interval_only_makes_the_axis_longer() -> None:
    figure, drawing = drawn(draw_intervals, series(*after(7, 7, 7, 11)), YEAR)
    assert figure.axes[0].get_ylim()[1] > 11
    assert not named(figure.axes[0], LONGER)
    assert drawing.said == ""


def test_the_axis_holds_the_rest_that_is_asked_for() -> None:
    figure, _ = drawn(draw_intervals, series(a_session("2026-05-01", 60), a_session("2026-05-03")), MAY)
    assert figure.axes[0].get_ylim()[1] > 14


@pytest.mark.parametrize("width", [400, 640, 1100])
def test_words_beside_long_intervals_neither_meet_nor_leave_the_panel(width: int) -> None:
    gaps = [60, *[4] * 40, 61, *[4] * 30, 62, *[4] * 3, 63]
    figure, _ = drawn(draw_intervals, series(*after(*gaps)), a_view("2026-01-01", "2027-10-30"), (width, 360))
    (axes,) = figure.axes
    boxes = sorted((text.get_window_extent() for text in axes.texts), key=lambda box: box.x0)
    assert boxes
    assert all(one.x1 < other.x0 for one, other in pairwise(boxes))
    assert all(axes.bbox.x0 <= box.x0 and box.x1 <= axes.bbox.x1 for box in boxes)
    top = max(y for _, y in marks_of(axes, "home"))
    long = [axes.transData.transform(spot)[0] for spot in marks_of(axes, "home") if spot[1] == top]
    assert len(long) == 4
    assert not any(box.x0 < x < box.x1 for box in boxes for x in long)


def test_words_do_not_cover_the_mark_of_another_long_interval() -> None:
    weeks = [a_session(date(2026, 1, 1) + timedelta(days=4 * n)) for n in range(60)]
    brows = [a_session(on, 25, Zone.EYEBROW) for on in ("2026-03-01", "2026-08-20")]
    beard = [a_session(on, 25, Zone.BEARD_EDGE) for on in ("2026-03-01", "2026-08-24")]
    sessions = sorted([*weeks, *brows, *beard], key=lambda session: session.date)
    figure, _ = drawn(draw_intervals, series(*sessions), a_view("2026-01-01", "2026-08-31"))
    (box,) = [text.get_window_extent() for text in figure.axes[0].texts]
    assert box.x1 < figure.axes[0].transData.transform((date(2026, 8, 20).toordinal(), 0))[0]


def test_findings_are_drawn_around_their_marks() -> None:
    figure, _ = drawn(draw_intervals, series(*weekly(3), findings={"1": WARNED}), MAY)
    assert marks_of(figure.axes[0], "found_warning") == [(day(8), 7)]


def test_what_is_switched_off_is_not_drawn() -> None:
    sessions = [*weekly(2), a_session("2026-05-12", setting=Setting.SUPERVISED)]
    figure, drawing = drawn(draw_intervals, series(*sessions, findings={"1": WARNED}),
                            MAY.without("home", "found_warning", "caution"))  # fmt: skip
    assert not any(named(figure.axes[0], name) for name in ("home", "found_warning", "caution"))
    assert drawing.marks[0].x.tolist() == [day(12)]
    assert figure.axes[0].get_title(loc="right") == "Median 4 days, n 1"


def test_everything_switched_off_leaves_an_empty_panel() -> None:
    figure, drawing = drawn(draw_intervals, series(*weekly(3)), MAY.without("home"))
    assert [said_in(axes) for axes in figure.axes] == [[ALL_HIDDEN]]
    assert drawing.marks[0].x.tolist() == []


def test_stems_are_drawn_only_where_they_have_room() -> None:
    few, _ = drawn(draw_intervals, series(*weekly(3)), MAY)
    many, _ = drawn(draw_intervals, series(*after(*[1] * 300)), YEAR, (500, 300))
    assert named(few.axes[0], STEMS)
    assert not named(many.axes[0], STEMS)


def test_a_mark_says_what_was_before_it() -> None:
    _, drawing = drawn(draw_intervals, series(*weekly(2), findings={"1": WARNED}), MAY)
    told = drawing.marks[0].tell(0)
    assert told.words == (
        "8 May 2026\n7 days after 1 May 2026, at home\n0.6 mm then; guidance asks for 14 days\nWarning: Rest at home"
    )
    assert told.record_id == "1"


@pytest.mark.parametrize(
    ("depth", "setting", "words"),
    [
        (25, Setting.SUPERVISED, "0.25 mm then; guidance asks for no rest"),
        (25, Setting.HOME, "0.25 mm then; guidance asks for 1 day"),
        (None, Setting.HOME, "Depth then not recorded"),
    ],
)
def test_a_mark_says_what_rest_was_asked_for(depth: int | None, setting: Setting, words: str) -> None:
    found = series(a_session("2026-05-01", depth), a_session("2026-05-08", setting=setting))
    _, drawing = drawn(draw_intervals, found, MAY)
    assert drawing.marks[0].tell(0).words.splitlines()[2] == words


def test_nothing_to_draw_is_said() -> None:
    assert texts_on(drawn(draw_intervals, series(*weekly(1)), MAY)[0]) == [NO_INTERVAL]
    assert texts_on(drawn(draw_intervals, series(*weekly(3)), a_view("2020-01-01", "2020-02-01"))[0]) == [NOTHING_HERE]


def test_the_legend_has_what_is_there_and_nothing_else() -> None:
    sessions = [*weekly(2), a_session("2026-05-12", None, setting=Setting.SUPERVISED)]
    found = series(*sessions, findings={"1": WARNED})
    keys = interval_keys(found, MAY, a_style())
    assert [key.words for key in keys] == [
        "At home",
        "Supervised by a clinician",
        "Median",
        "Warning found",
        "Nothing said of such an interval",
        "Info by interval",
        "Caution by interval",
        "Warning by interval",
        "Stop by interval",
    ]
    figure, _ = drawn(draw_intervals, found, MAY)
    assert all(named(figure.axes[0], key.name) for key in keys)
    assert interval_keys(found, a_view("2020-01-01", "2020-02-01"), a_style()) == ()


def test_one_interval_in_a_view_of_one_day() -> None:
    figure, drawing = drawn(draw_intervals, series(*weekly(2)), a_view("2026-05-08", "2026-05-08"))
    assert marks_of(figure.axes[0], "home") == [(day(8), 7)]
    assert len(drawing.marks[0].x) == 1


def test_ten_thousand_sessions_are_thinned_and_it_is_said() -> None:
    depths = (25, 40, 60, None)
    sessions = [a_session(date(1999, 1, 1) + timedelta(days=n), depths[n % 4], id=str(n)) for n in range(10_000)]
    figure, drawing = drawn(draw_intervals, series(*sessions), a_view("1999-01-01", "2026-05-31"))
    assert "one is drawn for all" in drawing.said
    assert len(marks_of(figure.axes[0], "home")) < 1500
    assert len(areas_of(figure.axes[0], "clean")) < 600
    assert len(drawing.marks[0].x) == 9_999
