"""Life events on a chart of days: their lines, strips and words."""

from datetime import date

import pytest
from charts.paper import Sheet, a_style, an_event, boxes, drawn, named, on, overlapping
from matplotlib.collections import LineCollection
from matplotlib.patches import Patch
from matplotlib.text import Annotation

from logbook.charts.chart import Drawing, View
from logbook.charts.event_marks import (
    EVENTS,
    EventMark,
    draw_events,
    event_key,
    event_marks,
    events_within,
    height_of,
    place_words,
)
from logbook.charts.frame import axis_of_days, panels
from logbook.domain.vocabulary import EventKind

VIEW = View(date(2026, 1, 1), date(2026, 12, 31))
ILL = an_event(EventKind.ILLNESS, date(2026, 3, 1), date(2026, 3, 10), "flu, in bed")
CUT = an_event(EventKind.HAIRCUT, date(2026, 3, 5))


def sheet_of(events: list, view: View = VIEW, size: tuple[int, int] = (720, 400)) -> Sheet:
    def draw(figure, series, view, style) -> Drawing:
        (axes,) = panels(figure, style, ["Events"])
        axis_of_days([axes], view)
        axes.set_ylim(0, 100)
        inside = events_within(series, view)
        return Drawing(tuple(draw_events(axes, 0, inside, place_words(axes, inside, style), view, style)))

    return drawn(draw, event_marks(events), view, size=size)


def words_of(sheet: Sheet) -> list[Annotation]:
    return named(sheet.axes, EVENTS, Annotation)


def test_events_come_in_the_order_of_time_and_one_without_an_end_is_a_day() -> None:
    first, second = event_marks([CUT, ILL])
    assert first == EventMark(EventKind.ILLNESS, date(2026, 3, 1), date(2026, 3, 10), "flu, in bed", ILL.id)
    assert second == EventMark(EventKind.HAIRCUT, date(2026, 3, 5), date(2026, 3, 5), "", CUT.id)
    assert (first.words, second.words) == ("illness", "haircut")


@pytest.mark.parametrize(
    ("first", "last", "is_there"),
    [((2, 1), (2, 28), False), ((2, 1), (3, 1), True), ((3, 10), (3, 11), True), ((3, 11), (4, 1), False)],
)
def test_an_event_is_in_view_from_its_first_to_its_last_day(first, last, is_there) -> None:
    view = View(date(2026, *first), date(2026, *last))
    assert bool(events_within(event_marks([ILL]), view)) is is_there


def test_each_event_has_a_line_and_its_word_and_a_longer_one_a_strip() -> None:
    sheet = sheet_of([ILL, CUT])
    (lines,) = named(sheet.axes, EVENTS, LineCollection)
    assert [segment[0][0] for segment in lines.get_segments()] == [
        date(2026, 3, 1).toordinal(),
        date(2026, 3, 5).toordinal(),
    ]
    (strip,) = named(sheet.axes, EVENTS, Patch)
    assert strip.get_extents().transformed(sheet.axes.transData.inverted()).width == pytest.approx(10)
    assert [word.get_text() for word in words_of(sheet)] == ["Illness", "Haircut"]


def test_what_is_pointed_at_says_days_kind_and_notes_and_leads_to_the_event() -> None:
    (marks,) = sheet_of([ILL, CUT]).drawing.marks
    assert marks.panel == 0
    assert marks.x.tolist() == [date(2026, 3, 1).toordinal(), date(2026, 3, 5).toordinal()]
    assert marks.tell(0).words == "1 Mar 2026 to 10 Mar 2026\nIllness\nflu, in bed"
    assert marks.tell(1).words == "5 Mar 2026\nHaircut"
    assert [marks.tell(place).record_id for place in (0, 1)] == [ILL.id, CUT.id]


def test_without_events_nothing_is_drawn() -> None:
    sheet = sheet_of([])
    assert sheet.drawing.marks == ()
    assert named(sheet.axes, EVENTS) == []


def test_an_event_that_began_before_the_view_has_its_strip_and_no_line() -> None:
    sheet = sheet_of([ILL], View(date(2026, 3, 4), date(2026, 4, 4)))
    assert all(not lines.get_segments() for lines in named(sheet.axes, EVENTS, LineCollection))
    assert len(named(sheet.axes, EVENTS, Patch)) == 1
    (marks,) = sheet.drawing.marks
    assert marks.x.tolist() == [date(2026, 3, 4).toordinal() - 0.5]
    assert marks.tell(0).words.startswith("1 Mar 2026 to")


def test_words_stand_in_rows_and_never_on_one_another_and_never_outside() -> None:
    many = [an_event(kind, on(25 * place)) for place, kind in enumerate(list(EventKind) * 2) if 25 * place < 360]
    for size in ((1100, 560), (640, 360), (400, 300)):
        sheet = sheet_of(many, size=size)
        found = boxes(sheet, words_of(sheet))
        assert len(found) > 4
        assert overlapping(found) == []
        ends = sheet.axes.get_window_extent()
        assert all(box.x0 >= ends.x0 and box.x1 <= ends.x1 and box.y1 <= ends.y1 + 1 for box in found)


def test_at_the_right_end_a_word_stands_left_of_its_line() -> None:
    sheet = sheet_of([an_event(EventKind.WEIGHT_LOSS, date(2026, 12, 30))])
    (word,) = words_of(sheet)
    (box,) = boxes(sheet, [word])
    line = sheet.axes.transData.transform((date(2026, 12, 30).toordinal(), 0))[0]
    assert box.x1 < line


def test_a_word_that_finds_no_room_is_left_out_and_still_told() -> None:
    crowd = [an_event(EventKind.MINOXIDIL_STARTED, on(day)) for day in range(9)]
    sheet = sheet_of(crowd)
    assert len(words_of(sheet)) == 3
    (marks,) = sheet.drawing.marks
    assert len(marks.x) == 9


def test_low_panels_have_fewer_rows() -> None:
    crowd = [an_event(EventKind.MINOXIDIL_STARTED, on(day)) for day in range(9)]
    assert len(words_of(sheet_of(crowd, size=(720, 140)))) == 1


def test_rows_of_words_have_a_height() -> None:
    style = a_style()
    assert height_of([], style) == 0
    sheet = sheet_of([ILL, CUT])
    marks = event_marks([ILL, CUT])
    one, two = (height_of(place_words(sheet.axes, marks[:count], style), style) for count in (1, 2))
    assert two == 2 * one > 2 * style.size


def test_the_legend_calls_them_life_events() -> None:
    key = event_key(a_style())
    assert (key.name, key.words) == (EVENTS, "Life event")
