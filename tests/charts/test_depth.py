"""Depth by date: the series by its values, the figure by its artists, and the same in words."""

from datetime import date, timedelta

import pytest
from builders import TODAY, a_session
from figures import a_style, a_view, areas_of, drawn, marks_of, named, said_in, texts_on

from logbook.charts.chart import ALL_HIDDEN, NOTHING_HERE, View
from logbook.charts.depth import DepthPoint, DepthSeries, depth_series, depth_table, describe_depth
from logbook.charts.depth_figure import THINNED, depth_keys, draw_depth
from logbook.charts.guidance_lines import Above, Found
from logbook.domain.session import Session, ZonePass
from logbook.domain.units import Depth
from logbook.domain.vocabulary import Setting, Severity, Zone

LINES = {
    Setting.HOME: (Above(30, Severity.INFO), Above(50, Severity.CAUTION)),
    Setting.SUPERVISED: (Above(150, Severity.CAUTION),),
}
MAY = a_view("2026-05-01", "2026-05-31")
WARNED = Found(Severity.WARNING, ("Depth at home", "Rest at home"))


def series(*sessions: Session, findings: dict[str, Found] | None = None) -> DepthSeries:
    return depth_series(sessions, LINES, findings or {})


def day(number: int) -> float:
    return float(date(2026, 5, number).toordinal())


def crown_and_hairline(on: str, crown: int | None, hairline: int | None, **but: object) -> Session:
    places = ((Zone.CROWN, crown), (Zone.HAIRLINE, hairline))
    zones = tuple(ZonePass(zone, None if depth is None else Depth(depth)) for zone, depth in places)
    return a_session(on, zones=zones, **but)


def test_every_zone_of_a_session_is_a_point() -> None:
    session = crown_and_hairline("2026-05-04", 50, None, id="a")
    assert series(session, findings={"a": WARNED}).points == (
        DepthPoint(session.date, Zone.CROWN, Depth(50), Setting.HOME, "a", WARNED),
        DepthPoint(session.date, Zone.HAIRLINE, None, Setting.HOME, "a", WARNED),
    )


def test_a_session_without_zones_is_a_point_too() -> None:
    session = a_session("2026-05-04", zones=(), id="a", setting=None)
    assert series(session) == DepthSeries((DepthPoint(session.date, None, None, None, "a"),), LINES)


def test_a_series_knows_its_days() -> None:
    assert series().days is None
    assert series(a_session("2026-05-04"), a_session("2026-05-09")).days == (date(2026, 5, 4), date(2026, 5, 9))


def test_each_zone_is_drawn_at_its_day_and_depth() -> None:
    found = series(a_session("2026-05-04", 50), a_session("2026-05-09", 25, Zone.HAIRLINE))
    figure, _ = drawn(draw_depth, found, MAY)
    (axes,) = figure.axes
    assert marks_of(axes, "crown") == [(day(4), 0.5)]
    assert marks_of(axes, "hairline") == [(day(9), 0.25)]
    assert axes.get_xlim() == (day(1) - 0.5, day(31) + 0.5)
    assert axes.get_ylim()[1] == pytest.approx(0.575)
    assert texts_on(figure) == ["Depth, mm"]


def test_zones_of_one_depth_on_one_day_stand_beside_one_another() -> None:
    figure, drawing = drawn(draw_depth, series(crown_and_hairline("2026-05-04", 50, 50)), MAY)
    ((left, _),), ((right, _),) = marks_of(figure.axes[0], "crown"), marks_of(figure.axes[0], "hairline")
    assert left < day(4) < right
    assert (left + right) / 2 == pytest.approx(day(4))
    assert drawing.marks[0].x.tolist() == [left, right]


def test_over_ten_years_no_mark_stands_months_from_its_day() -> None:
    view = a_view("2017-01-01", "2026-12-31")
    _, drawing = drawn(draw_depth, series(crown_and_hairline("2026-05-04", 50, 50)), view)
    assert (abs(drawing.marks[0].x - day(4)) < 4).all()


def test_marks_ascend_even_where_some_stand_beside_their_day() -> None:
    sessions = [a_session("2026-05-04", depth, zone) for depth in (25, 50, 25) for zone in (Zone.CROWN, None)]
    _, drawing = drawn(draw_depth, series(*sessions), MAY)
    x = drawing.marks[0].x.tolist()
    assert x == sorted(x)
    assert len(x) == 6


def test_a_zone_of_another_depth_stays_on_its_day_between_those_beside_it() -> None:
    places = ((Zone.CROWN, 25), (Zone.HAIRLINE, 25), (Zone.FRONTAL, 50))
    zones = tuple(ZonePass(zone, Depth(depth)) for zone, depth in places)
    figure, drawing = drawn(draw_depth, series(a_session("2026-05-04", zones=zones)), MAY)
    assert marks_of(figure.axes[0], "frontal") == [(day(4), 0.5)]
    assert drawing.marks[0].y.tolist() == [0.25, 0.5, 0.25]
    assert [drawing.marks[0].tell(place).words.split("\n")[1][:5] for place in range(3)] == ["Crown", "Front", "Hairl"]


def test_a_depth_that_is_not_recorded_is_drawn_on_the_ground_with_a_shape_of_its_own() -> None:
    figure, _ = drawn(draw_depth, series(a_session("2026-05-04", None), a_session("2026-05-05", 25)), MAY)
    assert marks_of(figure.axes[0], "unknown") == [(day(4), 0.0)]
    assert marks_of(figure.axes[0], "crown") == [(day(5), 0.25)]


def test_a_finding_is_a_shape_around_the_mark() -> None:
    sessions = [a_session(f"2026-05-{n:02d}", 50, id=str(n)) for n in (4, 9, 12)]
    found = series(*sessions, findings={"4": WARNED, "9": Found(Severity.CAUTION, ("Depth at home",))})
    figure, _ = drawn(draw_depth, found, MAY)
    assert marks_of(figure.axes[0], "found_warning") == [(day(4), 0.5)]
    assert marks_of(figure.axes[0], "found_caution") == [(day(9), 0.5)]
    assert marks_of(figure.axes[0], "found_stop") == marks_of(figure.axes[0], "found_info") == []


def test_what_is_switched_off_is_not_drawn_and_cannot_be_pointed_at() -> None:
    found = series(
        a_session("2026-05-04", 50, id="a"), a_session("2026-05-09", 25, Zone.HAIRLINE), findings={"a": WARNED}
    )
    view = MAY.without("hairline", "found_warning", "info")
    figure, drawing = drawn(draw_depth, found, view)
    (axes,) = figure.axes
    assert not any(named(axes, name) for name in ("hairline", "found_warning", "info"))
    assert named(axes, "crown")
    assert named(axes, "clean")
    assert drawing.marks[0].x.tolist() == [day(4)]


def test_everything_switched_off_leaves_an_empty_panel() -> None:
    found = series(a_session("2026-05-04", 50))
    figure, drawing = drawn(draw_depth, found, MAY.without("crown"))
    assert [said_in(axes) for axes in figure.axes] == [[]]  # what guidance says is still there
    assert drawing.marks[0].x.tolist() == []
    names = [key.name for key in depth_keys(found, MAY, a_style())]
    figure, _ = drawn(draw_depth, found, MAY.without(*names))
    assert [said_in(axes) for axes in figure.axes] == [[ALL_HIDDEN]]


def test_behind_the_marks_is_what_guidance_says_of_the_depths_of_the_setting() -> None:
    figure, _ = drawn(draw_depth, series(a_session("2026-05-04", 60)), MAY)
    left, right, top = day(1) - 0.5, day(31) + 0.5, pytest.approx(0.69)
    assert areas_of(figure.axes[0], "clean") == [(left, right, 0.0, 0.3)]
    assert areas_of(figure.axes[0], "info") == [(left, right, 0.3, 0.5)]
    assert areas_of(figure.axes[0], "caution") == [(left, right, 0.5, top)]


def test_another_setting_begins_half_way_to_its_first_session() -> None:
    sessions = [a_session("2026-05-04", 60), a_session("2026-05-10", 60, setting=Setting.SUPERVISED)]
    figure, _ = drawn(draw_depth, series(*sessions), MAY)
    assert [area[:2] for area in areas_of(figure.axes[0], "caution")] == [(day(1) - 0.5, day(7))]
    assert [area[:2] for area in areas_of(figure.axes[0], "clean")] == [
        (day(1) - 0.5, day(7)),
        (day(7), day(31) + 0.5),
    ]


def test_a_setting_from_before_the_view_holds_into_it() -> None:
    sessions = [a_session("2026-04-20", 60, setting=Setting.SUPERVISED), a_session("2026-05-20", 60)]
    figure, _ = drawn(draw_depth, series(*sessions), MAY)
    assert [area[:2] for area in areas_of(figure.axes[0], "info")] == [(day(5), day(31) + 0.5)]


def test_a_setting_that_is_not_recorded_is_home_as_the_rules_take_it() -> None:
    figure, _ = drawn(draw_depth, series(a_session("2026-05-04", 60, setting=None)), MAY)
    assert areas_of(figure.axes[0], "info")


def test_a_mark_says_its_day_zone_depth_setting_and_findings() -> None:
    found = series(a_session("2026-05-04", 50, id="a"), findings={"a": WARNED})
    _, drawing = drawn(draw_depth, found, MAY)
    told = drawing.marks[0].tell(0)
    assert told.words == "4 May 2026\nCrown, 0.5 mm, at home\nWarning: Depth at home and Rest at home"
    assert told.record_id == "a"


def test_a_mark_says_what_is_not_recorded() -> None:
    _, drawing = drawn(draw_depth, series(a_session("2026-05-04", None, None, setting=None)), MAY)
    assert drawing.marks[0].tell(0).words == "4 May 2026\nZone not recorded, depth not recorded"


def test_the_right_record_is_behind_each_mark_where_some_are_not_shown() -> None:
    sessions = [a_session("2026-04-30", 50, id="before")]
    sessions += [a_session(f"2026-05-{n:02d}", 50, Zone.CROWN if n % 2 else None, id=str(n)) for n in range(1, 9)]
    _, drawing = drawn(draw_depth, series(*sessions), MAY.without("no_zone"))
    marks = drawing.marks[0]
    assert [marks.tell(place).record_id for place in range(len(marks.x))] == ["1", "3", "5", "7"]


def test_the_chart_in_sentences() -> None:
    sessions = [
        crown_and_hairline("2026-05-04", 50, None, id="a"),
        a_session("2026-05-09", 25),
        a_session("2026-05-12", 50),
    ]
    said = describe_depth(series(*sessions, findings={"a": WARNED}), MAY)
    assert said == (
        "3 sessions from 4 May 2026 to 12 May 2026, from 0.25 mm to 0.5 mm deep, most often 0.5 mm. "
        "No depth is recorded for 1 session. Found: warning for 1."
    )


def test_one_session_is_on_its_day_and_has_one_depth() -> None:
    assert describe_depth(series(a_session("2026-05-05", 150)), MAY).startswith("1 session on 5 May 2026, 1.5 mm deep.")
    both = describe_depth(series(crown_and_hairline("2026-05-05", 50, 25)), MAY)
    assert both.startswith("1 session on 5 May 2026, from 0.25 mm to 0.5 mm deep, most often ")
    of_one_depth = describe_depth(series(a_session("2026-05-05", 50), a_session("2026-05-09", 50)), MAY)
    assert of_one_depth.startswith("2 sessions from 5 May 2026 to 9 May 2026, 0.5 mm deep.")
    assert describe_depth(series(a_session("2026-05-05", None)), MAY).startswith("1 session on 5 May 2026. No depth")


def test_nothing_in_these_days_is_said_and_drawn_as_words() -> None:
    found = series(a_session("2026-04-04"))
    figure, drawing = drawn(draw_depth, found, MAY)
    assert describe_depth(found, MAY) == NOTHING_HERE
    assert texts_on(figure) == [NOTHING_HERE]
    assert (figure.axes, drawing.marks) == ([], ())
    assert depth_keys(found, MAY, a_style()) == ()
    assert depth_table(found, MAY).rows == ()


def test_without_any_session_nothing_breaks() -> None:
    figure, _ = drawn(draw_depth, series(), MAY)
    assert texts_on(figure) == [NOTHING_HERE]
    assert depth_keys(series(), MAY, a_style()) == ()


def test_one_day_is_a_view_like_any_other() -> None:
    figure, drawing = drawn(draw_depth, series(a_session(TODAY)), View(TODAY, TODAY))
    assert marks_of(figure.axes[0], "crown") == [(float(TODAY.toordinal()), 0.25)]
    assert len(drawing.marks[0].x) == 1


def test_the_legend_has_what_is_there_and_nothing_else() -> None:
    found = series(
        a_session("2026-05-04", 60, id="a"),
        a_session("2026-05-05", None, None),
        a_session("2026-06-05", 10, Zone.FRONTAL),
        findings={"a": WARNED},
    )
    keys = depth_keys(found, MAY, a_style())
    assert [key.words for key in keys] == [
        "Crown",
        "Depth not recorded",
        "Warning found",
        "Nothing said of such a depth",
        "Info by depth",
        "Caution by depth",
    ]
    figure, _ = drawn(draw_depth, found, MAY)
    assert all(named(figure.axes[0], key.name) for key in keys)
    assert [key.is_band for key in keys] == [False, False, False, True, True, True]


def test_the_legend_keeps_what_is_switched_off() -> None:
    found = series(a_session("2026-05-04", 60))
    assert "crown" in [key.name for key in depth_keys(found, MAY.without("crown"), a_style())]


def test_the_table_has_the_latest_first_and_leaves_empty_what_is_not_recorded() -> None:
    found = series(
        a_session("2026-05-04", 50, id="a"), a_session("2026-05-05", None, None, id="b", setting=None),
        findings={"a": WARNED},
    )  # fmt: skip
    table = depth_table(found, MAY)
    assert table.rows == (
        ("5 May 2026", "Zone not recorded", "", "", ""),
        ("4 May 2026", "Crown", "0.50", "At home", "Warning"),
    )
    assert list(table.record_ids) == ["b", "a"]
    assert [table.titles[column] for column in table.numbers] == ["Depth, mm"]


def test_ten_thousand_sessions_are_thinned_and_it_is_said() -> None:
    first = date(2016, 7, 1)
    zones = (Zone.CROWN, Zone.HAIRLINE)
    sessions = [
        a_session(first + timedelta(days=n * 3650 // 10_000), (25, 50)[n % 2], zones[n % 3 == 0], id=str(n),
                  setting=Setting.SUPERVISED if n % 5 == 0 else Setting.HOME)
        for n in range(10_000)
    ]  # fmt: skip
    found = series(*sessions)
    figure, drawing = drawn(draw_depth, found, a_view("2016-07-01", "2026-06-30"))
    axes = figure.axes[0]
    assert drawing.said == THINNED
    assert sum(len(marks_of(axes, name)) for name in ("crown", "hairline")) < 4000
    assert len(drawing.marks[0].x) == 10_000  # every one can be pointed at
    assert len(areas_of(axes, "clean")) < 600
    assert drawn(draw_depth, found, a_view("2026-06-01", "2026-06-07"))[1].said == ""
