"""Load as a figure, by its artists."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from builders import a_session
from charts.test_load import SPRING, series
from figures import a_style, a_view, areas_of, drawn, marks_of, named, said_in, texts_on
from matplotlib.collections import PolyCollection
from matplotlib.figure import Figure

from logbook.charts.chart import ALL_HIDDEN, NOTHING_HERE
from logbook.charts.load_figure import draw_load, load_keys
from logbook.domain.session import Session
from logbook.domain.vocabulary import Zone


def day(month: int, number: int) -> float:
    return float(date(2026, month, number).toordinal())


def deep(count: int, every: int = 5, depth: int | None = 60) -> list[Session]:
    return [a_session(date(2026, 5, 1) + timedelta(days=every * n), depth, id=f"deep {n}") for n in range(count)]


def outline(figure: Figure, panel: int, key: str) -> list[tuple[float, float]]:
    """Return where the upper edge of a row changes, and by how many parts of the row."""
    (fill,) = [one for one in named(figure.axes[panel], key) if isinstance(one, PolyCollection)]
    vertices = fill.get_paths()[0].vertices
    floor = vertices[:, 1].min()
    return sorted({(x, round(y - floor, 6)) for x, y in vertices.tolist() if y > floor + 1e-9})


def test_a_row_rises_at_the_start_of_the_day_and_falls_28_days_later() -> None:
    figure, _ = drawn(draw_load, series(a_session("2026-04-01", 25)), SPRING)
    unit = pytest.approx(0.78 / 4)
    assert outline(figure, 0, "over_0") == [(day(4, 1) - 0.5, unit), (day(4, 29) - 0.5, unit)]


def test_rows_of_a_panel_have_one_scale() -> None:
    sessions = [*deep(2, depth=25), a_session("2026-05-20", None)]
    figure, _ = drawn(draw_load, series(*sessions), SPRING)
    tops = [max(y for _, y in outline(figure, 0, key)) for key in ("over_0", "unknown")]
    assert tops[0] == pytest.approx(2 * tops[1])


def test_a_view_begins_with_what_still_counts() -> None:
    figure, _ = drawn(draw_load, series(a_session("2026-02-20", 25)), SPRING)
    assert outline(figure, 0, "over_0")[0][0] == day(3, 1) - 0.5


def test_rows_are_named_from_the_top() -> None:
    found = series(*(a_session("2026-04-01", depth, zone) for depth, zone in
                     ((25, Zone.CROWN), (40, Zone.EYEBROW), (60, Zone.CROWN), (None, Zone.WHOLE_SCALP))))  # fmt: skip
    figure, _ = drawn(draw_load, found, SPRING)
    upper, lower = figure.axes
    assert [label.get_text() for label in upper.get_yticklabels()] == [
        "Up to 0.3 mm",
        "0.3–0.5 mm",
        "Over 0.5 mm",
        "Not recorded",
    ]
    assert [label.get_text() for label in lower.get_yticklabels()] == ["Crown", "Whole scalp", "Eyebrow"]
    heights = upper.get_yticks().tolist()
    assert heights == sorted(heights, reverse=True)


@pytest.mark.parametrize("size", [(400, 300), (640, 360), (1100, 560)])
def test_names_of_thirteen_zones_neither_meet_nor_leave_the_figure(size: tuple[int, int]) -> None:
    sessions = [a_session(f"2026-04-{n:02d}", 25, zone) for n, zone in enumerate(Zone, 1)]
    figure, _ = drawn(draw_load, series(*sessions), SPRING, size)
    boxes = [label.get_window_extent() for label in figure.axes[1].get_yticklabels()]
    assert len(boxes) == 13
    assert all(one.y0 >= other.y1 - 1 for one, other in pairwise(boxes))
    assert all(box.x0 >= 0 for box in boxes)


def test_the_highest_number_stands_on_its_step_and_the_last_one_at_the_right() -> None:
    figure, _ = drawn(draw_load, series(*deep(3, depth=25)), a_view("2026-04-01", "2026-06-02"))
    top, last = [text for text in figure.axes[0].texts if text.get_gid() == "over_0"]
    assert (top.get_text(), last.get_text()) == ("3", "2")
    assert day(5, 11) <= top.get_position()[0] <= day(5, 29)
    assert last.get_position()[0] > day(6, 2)
    assert last.get_window_extent().x1 <= figure.bbox.x1


def test_a_ceiling_lies_between_the_last_number_of_which_nothing_is_said_and_the_next() -> None:
    figure, _ = drawn(draw_load, series(*deep(5)), SPRING)
    (line,) = [one for one in figure.axes[0].lines if one.get_gid() == "most_over_50"]
    five = max(y for _, y in outline(figure, 0, "over_50"))
    assert five * 4 / 5 < line.get_ydata()[0] < five
    assert "At most 4 dates" in texts_on(figure)


def test_only_bands_that_are_there_have_their_ceiling() -> None:
    figure, _ = drawn(draw_load, series(*deep(2)), SPRING)
    assert named(figure.axes[0], "most_over_50")
    assert not named(figure.axes[0], "most_over_30")
    assert "At most 8 dates" not in texts_on(figure)


def test_no_ceiling_is_invented_for_a_zone_or_a_band_without_one() -> None:
    figure, _ = drawn(draw_load, series(*deep(20, every=1, depth=25)), SPRING)
    assert not [line for axes in figure.axes for line in axes.lines if "most" in str(line.get_gid())]
    assert not named(figure.axes[1], "warning")


def test_ceilings_differ_by_more_than_colour() -> None:
    figure, _ = drawn(draw_load, series(*deep(2), *deep(2, depth=40)), SPRING)
    lines = [line for line in figure.axes[0].lines if str(line.get_gid()).startswith("most_")]
    assert len({line._unscaled_dash_pattern[1][0] for line in lines}) == 2


def test_what_is_above_the_ceiling_is_marked_and_has_a_shape_where_it_begins() -> None:
    figure, _ = drawn(draw_load, series(*deep(5)), SPRING)
    ((left, right, _, top),) = areas_of(figure.axes[0], "warning")
    assert (left, right) == (day(5, 21) - 0.5, day(5, 29) - 0.5)
    assert marks_of(figure.axes[0], "warning") == [(left, top)]


def test_as_many_as_the_ceiling_are_not_above_it() -> None:
    figure, _ = drawn(draw_load, series(*deep(4)), SPRING)
    assert not named(figure.axes[0], "warning")


def test_what_is_switched_off_is_not_drawn_and_cannot_be_pointed_at() -> None:
    found = series(*deep(5), a_session("2026-05-29", 25, Zone.HAIRLINE, id="shallow"))
    figure, drawing = drawn(draw_load, found, SPRING.without("over_50", "crown"))
    assert not any(
        named(axes, name) for axes in figure.axes for name in ("over_50", "most_over_50", "warning", "crown")
    )
    assert [drawing.marks[panel].tell(0).record_id for panel in (0, 1)] == ["shallow", "shallow"]
    assert [len(marks.x) for marks in drawing.marks] == [1, 1]
    figure, _ = drawn(draw_load, found, SPRING.without("most_over_50", "warning"))
    assert named(figure.axes[0], "over_50")
    assert not any(named(figure.axes[0], name) for name in ("most_over_50", "warning"))


def test_everything_switched_off_leaves_empty_panels() -> None:
    figure, drawing = drawn(draw_load, series(*deep(2)), SPRING.without("over_50", "crown"))
    assert len(figure.axes) == 2
    assert [said_in(axes) for axes in figure.axes] == [[ALL_HIDDEN], [ALL_HIDDEN]]
    assert [marks.x.tolist() for marks in drawing.marks] == [[], []]


def test_a_panel_with_nothing_left_says_so_beside_one_that_has_something() -> None:
    figure, _ = drawn(draw_load, series(*deep(2)), SPRING.without("crown"))
    assert [said_in(axes) for axes in figure.axes] == [[], [ALL_HIDDEN]]


def test_each_session_can_be_pointed_at_in_its_row_by_depth_and_by_zone() -> None:
    both = a_session("2026-05-12", 25, Zone.WHOLE_SCALP, id="whole")
    figure, drawing = drawn(draw_load, series(*deep(2), both), SPRING)
    by_depth, by_zone = drawing.marks
    assert (by_depth.panel, by_zone.panel) == (0, 1)
    assert by_depth.x.tolist() == [day(5, 1), day(5, 6), day(5, 12)]
    rows = figure.axes[0].get_yticks().tolist()
    assert by_depth.y.tolist() == [rows[1], rows[1], rows[0]]
    assert by_zone.x.tolist() == [day(5, 1), day(5, 6), day(5, 12), day(5, 12)]
    assert set(by_zone.y.tolist()) == set(figure.axes[1].get_yticks().tolist())
    assert [by_zone.tell(place).record_id for place in range(4)] == ["deep 0", "deep 1", "whole", "whole"]


def test_a_mark_says_the_load_of_its_day() -> None:
    sessions = [*deep(2), a_session("2026-05-06", 25, Zone.HAIRLINE, id="x")]
    _, drawing = drawn(draw_load, series(*sessions), SPRING)
    assert drawing.marks[0].tell(1).words == (
        "6 May 2026\nIn 28 days:\n1 date up to 0.3 mm\n2 dates over 0.5 mm, guidance: at most 4 dates"
    )
    assert drawing.marks[1].tell(0).words == "1 May 2026\nCrown: 1 date in 28 days"


def test_the_marks_of_a_view_are_those_of_its_sessions() -> None:
    _, drawing = drawn(draw_load, series(*deep(5)), a_view("2026-05-10", "2026-05-17"))
    assert [drawing.marks[0].tell(place).record_id for place in range(2)] == ["deep 2", "deep 3"]
    assert len(drawing.marks[0].x) == len(drawing.marks[1].x) == 2


def test_a_view_without_a_session_still_shows_what_counts() -> None:
    figure, drawing = drawn(draw_load, series(*deep(5)), a_view("2026-05-23", "2026-05-25"))
    assert named(figure.axes[0], "over_50")
    assert drawing.marks[0].x.tolist() == []


def test_nothing_to_draw_is_said() -> None:
    for found in (series(), series(a_session("2025-01-01"))):
        figure, drawing = drawn(draw_load, found, SPRING)
        assert texts_on(figure) == [NOTHING_HERE]
        assert drawing.marks == ()
        assert load_keys(found, SPRING, a_style()) == ()


def test_one_day_with_one_session() -> None:
    figure, drawing = drawn(draw_load, series(a_session("2026-05-01", 25)), a_view("2026-05-01", "2026-05-01"))
    assert outline(figure, 0, "over_0")[0][0] == day(5, 1) - 0.5
    assert max(y for _, y in outline(figure, 0, "over_0")) < 0.5  # one date does not fill its row
    assert [len(marks.x) for marks in drawing.marks] == [1, 1]


def test_the_legend_has_what_is_there_and_nothing_else() -> None:
    found = series(*deep(5), a_session("2026-05-29", 25, Zone.HAIRLINE), a_session("2025-05-29", None, Zone.EYEBROW))
    keys = load_keys(found, SPRING, a_style())
    assert [key.words for key in keys] == [
        "Up to 0.3 mm",
        "Over 0.5 mm",
        "At most 4 dates over 0.5 mm",
        "Warning by number of dates",
        "Hairline",
        "Crown",
    ]
    figure, _ = drawn(draw_load, found, SPRING)
    assert all(any(named(axes, key.name) for axes in figure.axes) for key in keys)


def test_a_band_keeps_its_colour_whatever_else_is_there() -> None:
    found = series(*deep(2), a_session("2026-03-02", 25))
    whole, part = (load_keys(found, view, a_style()) for view in (SPRING, a_view("2026-05-01", "2026-05-31")))
    (before,), (after,) = ([key.look for key in keys if key.name == "over_50"] for keys in (whole, part))
    assert before == after


def test_a_title_that_has_no_room_is_shorter() -> None:
    found = series(*deep(2))
    narrow, wide = drawn(draw_load, found, SPRING, (320, 300))[0], drawn(draw_load, found, SPRING)[0]
    assert narrow.axes[1].get_title(loc="left") == "By zone"
    assert wide.axes[1].get_title(loc="left").startswith("By zone; ")


def test_ten_thousand_sessions_are_thinned_and_it_is_said() -> None:
    gaps = (1, 1, 2, 3, 1)
    days = [date(1996, 1, 1).toordinal() + n // 5 * 8 + sum(gaps[: n % 5]) for n in range(7_000)]
    sessions = [a_session(date.fromordinal(one), (25, 60, 60)[n % 3], id=str(n)) for n, one in enumerate(days)]
    figure, drawing = drawn(draw_load, series(*sessions), a_view("1996-01-01", "2026-12-31"))
    assert drawing.said == "Of days too close to tell apart, the highest number is drawn."
    (fill,) = [one for one in named(figure.axes[0], "over_50") if isinstance(one, PolyCollection)]
    assert len(fill.get_paths()[0].vertices) < 5_000
    assert len(marks_of(figure.axes[0], "warning")) < 100
    assert len(drawing.marks[0].x) == 7_000
