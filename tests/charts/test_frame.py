"""Panels and their axis of days: labels that never crowd, on the days one expects, in the person's words."""

from datetime import date, timedelta
from itertools import pairwise

import matplotlib
import pytest
from figures import a_figure, a_style, pixels_of_ticks
from matplotlib.figure import Figure

from logbook.charts.chart import DayWords, View
from logbook.charts.frame import Area, area_key, axis_of_days, days_of, draw_areas, panels, say_nothing, width_of
from logbook.charts.printing import handle
from logbook.domain.vocabulary import Severity

FRENCH = ("janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc.")
LAST = date(2026, 11, 20)
DAYS = [1, 2, 5, 28, 61, 92, 200, 366, 730, 3 * 365, 3652, 9000, 36525]


def axis(first: date, last: date, width: int = 1100, size: float = 9.0, words: DayWords | None = None) -> Figure:
    style = a_style(size=size)
    with matplotlib.rc_context(style.rc()):
        figure = a_figure(width, 300)
        (axes,) = panels(figure, style, ["Title"])
        axis_of_days([axes], View(first, last, words or DayWords()))
        axes.set_yticks([])
        figure.canvas.draw()
    return figure


def labels(figure: Figure) -> list[str]:
    return [label.get_text() for label in figure.axes[0].get_xticklabels() if label.get_text()]


def ticks(figure: Figure) -> list[date]:
    low, high = figure.axes[0].get_xlim()
    return [date.fromordinal(round(tick)) for tick in figure.axes[0].get_xticks() if low <= tick <= high]


@pytest.mark.parametrize("days", DAYS)
@pytest.mark.parametrize("width", [320, 640, 1100, 2400])
@pytest.mark.parametrize("months", [DayWords().months, FRENCH], ids=["english", "french"])
def test_labels_of_days_neither_meet_nor_leave_the_figure(days: int, width: int, months: tuple[str, ...]) -> None:
    for last in (LAST, date(2026, 12, 28), date(2027, 1, 1)):
        figure = axis(last - timedelta(days=days - 1), last, width, words=DayWords(months))
        boxes = pixels_of_ticks(figure)
        assert boxes
        assert all(one.x1 + 2 < other.x0 for one, other in pairwise(sorted(boxes, key=lambda box: box.x0)))
        assert all(box.x0 >= 0 and box.x1 <= figure.bbox.x1 and box.y0 >= 0 for box in boxes)


def test_between_labels_of_a_day_more_and_a_day_less_there_is_room_too() -> None:
    for days in range(3, 420, 9):
        boxes = sorted(pixels_of_ticks(axis(LAST - timedelta(days=days), LAST, 500)), key=lambda box: box.x0)
        assert all(one.x1 + 6 < other.x0 for one, other in pairwise(boxes)), days


@pytest.mark.parametrize("size", [9.0, 18.0])
def test_room_follows_the_size_of_the_text(size: float) -> None:
    boxes = pixels_of_ticks(axis(date(2026, 1, 1), date(2026, 12, 31), 900, size))
    assert all(one.x1 < other.x0 for one, other in pairwise(sorted(boxes, key=lambda box: box.x0)))


def test_a_wide_letter_takes_more_room() -> None:
    assert width_of("月") > width_of("M") > 0
    assert width_of("12月") == 2 * width_of("1") + width_of("月")


def test_many_years_are_not_labelled_by_half_years() -> None:
    assert labels(axis(date(1927, 1, 1), LAST, 640)) == [str(year) for year in range(1930, 2030, 10)]


def test_one_day_has_its_own_label() -> None:
    assert labels(axis(LAST, LAST)) == ["20 Nov\n2026"]


def test_four_weeks_are_labelled_on_mondays() -> None:
    found = ticks(axis(date(2026, 10, 24), LAST, 420))
    assert found
    assert {day.weekday() for day in found} == {0}


def test_a_year_is_labelled_on_firsts_of_months_and_says_the_year_once_for_each() -> None:
    figure = axis(date(2025, 11, 21), LAST)
    assert ticks(figure) == [date(2025, 12, 1), *(date(2026, month, 1) for month in range(1, 12))]
    assert labels(figure)[:3] == ["Dec\n2025", "Jan\n2026", "Feb"]
    assert not any("2026" in label for label in labels(figure)[2:])


def test_ten_years_are_labelled_on_new_years_days() -> None:
    figure = axis(date(2016, 11, 20), LAST)
    assert labels(figure) == [str(year) for year in range(2017, 2027)]
    assert ticks(figure)[0] == date(2017, 1, 1)


def test_a_leap_day_is_a_day_like_any_other() -> None:
    figure = axis(date(2028, 2, 27), date(2028, 3, 2))
    assert labels(figure) == ["27 Feb\n2028", "28 Feb", "29 Feb", "1 Mar", "2 Mar"]


def test_weeks_without_the_first_of_a_month_still_have_a_label() -> None:
    assert labels(axis(date(2026, 2, 3), date(2026, 2, 27), 110)) == ["16 Feb\n2026"]


def test_months_are_in_the_words_of_the_person() -> None:
    figure = axis(date(2026, 1, 1), date(2026, 6, 30), 640, words=DayWords(FRENCH))
    assert labels(figure) == ["janv.\n2026", "févr.", "mars", "avr.", "mai", "juin"]


@pytest.mark.parametrize(("first", "last"), [(date.min, date(3, 1, 1)), (date(9998, 6, 1), date.max)])
def test_the_ends_of_the_calendar_do_not_break_it(first: date, last: date) -> None:
    assert labels(axis(first, last))


def test_panels_lie_under_one_another_inside_the_figure() -> None:
    style = a_style()
    with matplotlib.rc_context(style.rc()):
        upper, lower = panels(a_figure(), style, ["Above", "Below"], [2, 1])
    above, below = upper.get_position(), lower.get_position()
    assert above.y0 > below.y1
    assert above.height == pytest.approx(2 * below.height)
    assert below.y0 > 0
    assert above.y1 < 1
    assert (above.x0, above.x1) == (below.x0, below.x1)
    assert upper.get_title(loc="left") == "Above"


def test_names_at_the_left_get_the_room_they_need() -> None:
    style = a_style()
    (with_numbers,) = panels(a_figure(), style, ["Numbers"])
    with matplotlib.rc_context(style.rc()):
        figure = a_figure()
        (axes,) = panels(figure, style, ["Names"], names=["Back of the head"])
        axes.set_yticks([0.5], ["Back of the head"])
        figure.canvas.draw()
    assert axes.get_position().x0 > with_numbers.get_position().x0
    assert axes.get_yticklabels()[0].get_window_extent().x0 >= 0


def test_a_figure_too_small_for_anything_still_has_a_panel() -> None:
    axes = panels(a_figure(40, 30), a_style(), ["A", "B"])
    assert all(one.get_position().width > 0 and one.get_position().height > 0 for one in axes)


def test_days_are_worked_out_from_points() -> None:
    figure = axis(date(2026, 1, 1), date(2026, 4, 10))
    axes = figure.axes[0]
    assert days_of(axes, axes.bbox.width * 72 / 96) == pytest.approx(100)


def test_an_area_has_its_line_where_it_begins_to_hold() -> None:
    figure = axis(date(2026, 1, 1), date(2026, 4, 10))
    axes = figure.axes[0]
    areas = [Area(1, 2, 3, 4, Severity.CAUTION), Area(5, 6, 7, 8, Severity.CAUTION, is_below=True)]
    draw_areas(axes, [*areas, Area(1, 2, 0, 3, Severity.CLEAN)], a_style())
    (line,) = [line for line in axes.lines if line.get_gid() == "caution"]
    assert line.get_ydata()[[0, 1, 3, 4]].tolist() == [3, 3, 8, 8]
    assert line.get_zorder() > 0.5  # of the grid, which would hide it
    assert not [line for line in axes.lines if line.get_gid() == "clean"]


@pytest.mark.parametrize("severity", list(Severity))
def test_the_line_of_an_area_and_its_picture_in_the_legend_have_one_stroke(severity: Severity) -> None:
    figure = axis(date(2026, 1, 1), date(2026, 4, 10))
    draw_areas(figure.axes[0], [Area(1, 2, 3, 4, severity)], a_style())
    in_legend = handle(area_key(severity, "Words", a_style()))
    lines = [line for line in figure.axes[0].lines if line.get_gid() == severity.word]
    # The dashes as they were asked for: by now the public names tell only that there are some.
    assert {line._unscaled_dash_pattern for line in lines} <= {in_legend._unscaled_dash_pattern}
    assert len(lines) == (severity is not Severity.CLEAN)


def test_what_there_is_not_is_said_and_has_no_panel() -> None:
    figure = a_figure(300, 200)
    drawing = say_nothing(figure, a_style(), "Nothing of that kind is recorded in these days, and never was.")
    figure.canvas.draw()
    (text,) = figure.texts
    box = text.get_window_extent()
    assert (drawing.marks, figure.axes) == ((), [])
    assert box.x0 >= 0
    assert box.x1 <= 300
