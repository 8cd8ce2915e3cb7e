"""The canvas: drawn at its size, moved and magnified within what there is, pointed at with mouse and keys."""

from datetime import date, timedelta

import numpy as np
import pytest
from builders import TODAY, a_session
from PySide6.QtCore import QEvent, QPoint, QPointF, QSize, Qt
from PySide6.QtGui import QAccessible, QImage, QKeyEvent, QWheelEvent
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QApplication

from logbook.charts.chart import Drawing, Marks, Told, View
from logbook.charts.depth import depth_series
from logbook.charts.depth_figure import draw_depth
from logbook.charts.frame import axis_of_days, panels, say_nothing
from logbook.charts.style import Style
from logbook.domain.vocabulary import Setting, Zone
from logbook.ui.theme import current_theme, load_theme
from logbook.ui.widgets.chart_canvas import ChartCanvas
from logbook.ui.widgets.day_window import DayWindow

LAST = TODAY
FIRST = TODAY - timedelta(days=364)
NO_LINES = dict.fromkeys(Setting, ())


@pytest.fixture
def style(qapp):
    return Style(current_theme().roles)


@pytest.fixture
def sessions():
    """A year of one session a week, each deeper than the one before."""
    return [a_session(LAST - timedelta(days=7 * n), 75 - n) for n in reversed(range(52))]


@pytest.fixture
def series(sessions):
    return depth_series(sessions, NO_LINES, {})


@pytest.fixture
def canvas(qtbot, series, style):
    """The canvas with a year on it, on the screen."""
    shown = ChartCanvas()
    qtbot.addWidget(shown)
    shown.resize(900, 420)
    shown.show_chart(draw_depth, series, View(FIRST, LAST), style)
    shown.tell("Chart: Depth by date", "52 sessions.")
    shown.show()
    shown.activateWindow()
    shown.setFocus()
    qtbot.waitUntil(shown.hasFocus)
    QApplication.processEvents()
    return shown


def place_of(canvas, number, panel=0):
    """Return the pixel of a mark by its place in time."""
    spots = canvas.pointer.spots
    here = np.flatnonzero(spots.panels == panel)
    return QPoint(*(round(side) for side in spots.places[here[number]]))


def pointed(canvas):
    told = canvas.pointer.told
    return told.words.split("\n")[0] if told else None


def turn(canvas, at, angle, modifiers=Qt.KeyboardModifier.NoModifier):
    """Turn the wheel by *angle*, in eighths of a degree sideways and up, and return whether the canvas took it."""
    where = QPointF(at)
    event = QWheelEvent(
        where,
        canvas.mapToGlobal(where),
        QPoint(),
        QPoint(*angle),
        Qt.MouseButton.NoButton,
        modifiers,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(canvas, event)
    return event.isAccepted()


def pixels(canvas):
    """Return what is on the screen, each pixel as one number of red, green and blue: shape (height, width)."""
    image = canvas.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    return np.frombuffer(image.constBits(), np.uint32).reshape(image.height(), image.width()) & 0xFFFFFF


def colour_at(canvas, x, y):
    return canvas.grab().toImage().pixelColor(x, y).name()


# Drawing


def test_the_figure_is_as_large_as_the_canvas_and_its_text_as_large_as_that_of_the_window(canvas):
    assert canvas.picture().size() == QSize(900, 420)
    assert canvas.figure.dpi == canvas.logicalDpiX()


def test_a_new_size_is_drawn_anew_once_it_has_come_to_rest(canvas, qtbot):
    before, drawn = canvas.figure.axes[0].get_position().x0, QSignalSpy(canvas.drawn)
    for width in (880, 700, 500):
        canvas.resize(width, 420)
        QApplication.processEvents()
    assert drawn.count() == 0
    qtbot.waitUntil(lambda: drawn.count() == 1)
    assert canvas.picture().size() == QSize(500, 420)
    assert canvas.figure.axes[0].get_position().x0 > before  # the margin is as wide as its text


def test_what_is_not_on_the_screen_yet_is_drawn_at_the_size_that_it_has_there(qtbot, series, style):
    canvas = ChartCanvas()
    qtbot.addWidget(canvas)
    canvas.show_chart(draw_depth, series, View(FIRST, LAST), style)
    canvas.resize(640, 360)
    canvas.show()
    QApplication.processEvents()
    assert canvas.picture().size() == QSize(640, 360)
    assert canvas.pointer.spots.places[:, 0].max() < 640


def test_each_theme_gives_its_own_colours_there_and_back(canvas, series):
    seen = []
    for name in ("light", "dark", "high_contrast", "light"):
        canvas.show_chart(draw_depth, series, View(FIRST, LAST), Style(load_theme(name).roles))
        assert canvas.picture().pixelColor(5, 200).name() == load_theme(name).roles["surface"]
        assert canvas.figure.axes[0].get_xticklabels()[0].get_color() == load_theme(name).roles["muted"]
        seen.append(canvas.picture().copy())
    assert seen[0] == seen[3]
    assert seen[0] != seen[1]


def test_a_canvas_without_a_chart_can_be_looked_at(qtbot):
    canvas = ChartCanvas()
    qtbot.addWidget(canvas)
    canvas.show()
    QTest.mouseMove(canvas, QPoint(20, 20))
    QTest.keyClick(canvas, Qt.Key.Key_Right)
    QTest.keyClick(canvas, Qt.Key.Key_Return)
    assert not canvas.grab().isNull()


def test_a_chart_of_nothing_has_nothing_to_point_at_and_does_not_move(canvas, style):
    empty = depth_series([], NO_LINES, {})
    canvas.show_chart(draw_depth, empty, View(FIRST, LAST), style)
    assert canvas.pointer.told is None
    assert not turn(canvas, QPoint(400, 200), (0, 120))
    QTest.keyClick(canvas, Qt.Key.Key_Left)
    assert canvas.looked_at == DayWindow.of(FIRST, LAST)
    assert canvas.pointer.told is None


# Pointing


def test_the_nearest_mark_within_reach_is_pointed_at_and_nothing_farther(canvas):
    said = QSignalSpy(canvas.pointed)
    QTest.mouseMove(canvas, place_of(canvas, 10) + QPoint(3, -3))
    assert pointed(canvas) == View(FIRST, LAST).words.day(LAST - timedelta(days=7 * 41))
    assert isinstance(said.at(0)[0], Told)
    QTest.mouseMove(canvas, place_of(canvas, 11))
    assert pointed(canvas) == View(FIRST, LAST).words.day(LAST - timedelta(days=7 * 40))
    QTest.mouseMove(canvas, place_of(canvas, 10) + QPoint(0, 120))
    assert canvas.pointer.told is None
    assert said.at(said.count() - 1) == [None]


def test_moving_on_the_same_mark_says_nothing_again(canvas):
    QTest.mouseMove(canvas, place_of(canvas, 10))
    said = QSignalSpy(canvas.pointed)
    QTest.mouseMove(canvas, place_of(canvas, 10) + QPoint(1, 0))
    assert said.count() == 0


def test_pointing_paints_over_the_chart_and_leaves_no_trace(canvas):
    QTest.mouseMove(canvas, QPoint(5, 5))
    before, chart = canvas.grab().toImage(), canvas.picture().copy()
    QTest.mouseMove(canvas, place_of(canvas, 20))
    assert canvas.grab().toImage() != before
    assert canvas.picture() == chart  # the figure was not drawn anew
    QTest.mouseMove(canvas, place_of(canvas, 40))
    QApplication.sendEvent(canvas, _leave())
    assert canvas.grab().toImage() == before
    assert canvas.pointer.told is None


def _leave():
    return QEvent(QEvent.Type.Leave)


@pytest.mark.parametrize("width", [900, 240])
def test_the_call_out_stays_on_the_canvas_and_off_the_mark(canvas, width):
    canvas.resize(width, 420)
    canvas._draw_again()
    surface, raised = canvas._shown.style.roles["surface"], current_theme().roles["raised"]
    assert surface != raised
    for number in (0, 26, 51):
        at = place_of(canvas, number)
        QTest.mouseMove(canvas, at)
        ys, xs = np.nonzero(pixels(canvas) == int(raised[1:], 16))
        assert xs.size > 2000
        assert 0 < xs.min() < xs.max() < canvas.width() - 1
        assert 0 < ys.min() < ys.max() < canvas.height() - 1
        assert not (xs.min() <= at.x() <= xs.max() and ys.min() <= at.y() <= ys.max())


def test_a_click_chooses_a_mark_that_stays_when_the_pointer_leaves(canvas):
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=place_of(canvas, 20))
    chosen = pointed(canvas)
    QTest.mouseMove(canvas, place_of(canvas, 30))
    assert pointed(canvas) != chosen
    QApplication.sendEvent(canvas, _leave())
    assert pointed(canvas) == chosen
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=QPoint(450, 30))
    assert pointed(canvas) is None


def test_a_double_click_opens_the_record(canvas, sessions):
    wanted = QSignalSpy(canvas.record_wanted)
    at = place_of(canvas, 20)
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=at)
    QTest.mouseDClick(canvas, Qt.MouseButton.LeftButton, pos=at)
    assert [wanted.at(n) for n in range(wanted.count())] == [[sessions[20].id]]


# Keys


def test_the_arrow_keys_go_from_day_to_day_and_enter_opens_the_record(canvas, sessions):
    words, wanted = View(FIRST, LAST).words.day, QSignalSpy(canvas.record_wanted)
    QTest.keyClick(canvas, Qt.Key.Key_Left)
    assert pointed(canvas) == words(LAST)
    QTest.keyClick(canvas, Qt.Key.Key_Left)
    assert pointed(canvas) == words(LAST - timedelta(days=7))
    QTest.keyClick(canvas, Qt.Key.Key_Home)
    assert pointed(canvas) == words(sessions[0].date)
    QTest.keyClick(canvas, Qt.Key.Key_Left)
    assert pointed(canvas) == words(sessions[0].date)
    QTest.keyClick(canvas, Qt.Key.Key_Right)
    assert pointed(canvas) == words(sessions[1].date)
    QTest.keyClick(canvas, Qt.Key.Key_End)
    QTest.keyClick(canvas, Qt.Key.Key_Return)
    assert wanted.at(0) == [sessions[-1].id]
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    assert canvas.pointer.told is None
    QTest.keyClick(canvas, Qt.Key.Key_Right)
    assert pointed(canvas) == words(sessions[0].date)


def test_up_and_down_go_through_the_marks_of_a_day_from_the_top(canvas, style):
    day = [a_session(LAST, 150, Zone.CROWN), a_session(LAST, 25, Zone.HAIRLINE), a_session(LAST, 50, Zone.FRONTAL)]
    canvas.show_chart(draw_depth, depth_series(day, NO_LINES, {}), View(FIRST, LAST), style)
    seen = []
    for key in (Qt.Key.Key_End, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up):
        QTest.keyClick(canvas, key)
        seen.append(canvas.pointer.told.words.split("\n")[1].split(",")[0])
    assert seen == ["Crown", "Frontal", "Hairline", "Hairline", "Frontal"]


def test_up_and_down_go_to_the_nearest_mark_of_the_other_panel(canvas, series, style):
    canvas.show_chart(_two_panels, series, View(FIRST, LAST), style)
    QTest.keyClick(canvas, Qt.Key.Key_Home)
    assert canvas.pointer.told.words == "upper 0"
    QTest.keyClick(canvas, Qt.Key.Key_Right)
    QTest.keyClick(canvas, Qt.Key.Key_Right)
    QTest.keyClick(canvas, Qt.Key.Key_Down)
    assert canvas.pointer.told.words == "lower 1"
    QTest.keyClick(canvas, Qt.Key.Key_Up)
    assert canvas.pointer.told.words == "upper 1"
    QTest.mouseMove(canvas, place_of(canvas, 2, panel=1))
    assert canvas.pointer.told.words == "lower 2"


def _two_panels(figure, series, view, style):
    upper, lower = panels(figure, style, ["Upper", "Lower"])
    axis_of_days([upper, lower], view)
    first = view.first.toordinal()
    top = Marks(0, np.array([100.0, 200.0, 210.0]) + first, np.full(3, 0.5), lambda n: Told(f"upper {n}"))
    low = Marks(1, np.array([10.0, 205.0, 300.0]) + first, np.full(3, 0.5), lambda n: Told(f"lower {n}"))
    return Drawing((top, low))


def test_what_is_pointed_at_is_said_to_a_screen_reader(canvas):
    interface = QAccessible.queryAccessibleInterface(canvas)
    assert interface.text(QAccessible.Text.Name) == "Chart: Depth by date"
    assert interface.text(QAccessible.Text.Description) == "52 sessions."
    QTest.keyClick(canvas, Qt.Key.Key_End)
    said = interface.text(QAccessible.Text.Description)
    assert said.startswith("52 sessions. ")
    assert canvas.pointer.told.words in said
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    assert interface.text(QAccessible.Text.Description) == "52 sessions."


def test_the_focus_is_seen(canvas, qtbot):
    accent = current_theme().roles["accent"]
    assert colour_at(canvas, 450, 0) == accent
    canvas.clearFocus()
    assert colour_at(canvas, 450, 0) != accent


def test_keys_that_mean_nothing_here_are_left_to_others(canvas):
    for key, text in ((0x0436, "ж"), (Qt.Key.Key_Tab + 0x5000, ""), (Qt.Key.Key_A, "a"), (Qt.Key.Key_Escape, "")):
        event = QKeyEvent(QKeyEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, text)
        QApplication.sendEvent(canvas, event)
        assert not event.isAccepted()


def test_what_was_chosen_stays_so_through_another_drawing_of_the_same_chart(canvas, series, sessions, style):
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=place_of(canvas, 20))
    chosen = canvas.pointer.told
    canvas.show_chart(draw_depth, series, View(FIRST + timedelta(days=60), LAST), style)
    assert canvas.pointer.told == chosen
    fewer = depth_series(sessions[25:], NO_LINES, {})
    canvas.show_chart(draw_depth, fewer, View(FIRST, LAST), style)
    assert canvas.pointer.told is None


def test_another_chart_begins_with_nothing_chosen(canvas, series, style):
    QTest.keyClick(canvas, Qt.Key.Key_End)
    canvas.show_chart(_two_panels, series, View(FIRST, LAST), style)
    assert canvas.pointer.told is None


# Moving and magnifying


@pytest.fixture
def near(canvas, series, style):
    """The canvas with four weeks of the year on it."""
    canvas.show_chart(draw_depth, series, View(date(2026, 2, 1), date(2026, 2, 28)), style)
    QApplication.processEvents()
    return canvas


def test_the_wheel_magnifies_around_the_pointer(near):
    at = QPoint(300, 200)
    day, span = near.day_at(300), near.looked_at.span
    assert turn(near, at, (0, 120))
    assert near.looked_at.span == pytest.approx(span * 0.8)
    assert near.day_at(300) == pytest.approx(day)
    turn(near, at, (0, -120))
    assert near.looked_at.span == pytest.approx(span)
    assert near.figure.axes[0].get_xlim() == pytest.approx((near.looked_at.low, near.looked_at.high))


def test_the_wheel_with_shift_or_sideways_moves_the_days(near):
    span, low = near.looked_at.span, near.looked_at.low
    turn(near, QPoint(300, 200), (0, -120), Qt.KeyboardModifier.ShiftModifier)
    assert near.looked_at.span == span
    assert low < near.looked_at.low
    turn(near, QPoint(300, 200), (120, 0))
    assert near.looked_at.low == pytest.approx(low)


def test_a_drag_moves_the_days_with_the_pointer_and_chooses_nothing(near):
    day = near.day_at(500)
    QTest.mousePress(near, Qt.MouseButton.LeftButton, pos=QPoint(500, 200))
    QTest.mouseMove(near, QPoint(450, 200))
    QTest.mouseMove(near, QPoint(300, 210))
    assert near.day_at(300) == pytest.approx(day)
    assert near.looked_at.span == 28
    QTest.mouseRelease(near, Qt.MouseButton.LeftButton, pos=QPoint(300, 210))
    assert near.pointer.told is None


def test_a_page_hears_of_other_days_once_they_rest_and_not_while_they_are_held(near, qtbot):
    changed = QSignalSpy(near.view_changed)
    QTest.mousePress(near, Qt.MouseButton.LeftButton, pos=QPoint(500, 200))
    for x in (480, 440, 400):
        QTest.mouseMove(near, QPoint(x, 200))
    QTest.qWait(220)
    assert changed.count() == 0
    QTest.mouseRelease(near, Qt.MouseButton.LeftButton, pos=QPoint(400, 200))
    qtbot.waitUntil(lambda: changed.count() == 1)
    first, last = changed.at(0)
    assert (last - first).days == 27
    assert first > date(2026, 2, 1)


def test_days_beside_those_that_are_looked_at_are_there_while_they_move(near):
    before = near._drawn
    QTest.keyClick(near, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert near._drawn != before
    assert near._drawn.span > 2 * near.looked_at.span
    wide, drawn = near._drawn, QSignalSpy(near.drawn)
    QTest.keyClick(near, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert near._drawn == wide
    assert drawn.count() == 0  # only its limits moved
    low, high = near.looked_at.low, near.looked_at.high
    x = near.pointer.spots.x
    assert near.pointer.spots.is_seen.tolist() == [bool(low - 0.3 <= day <= high + 0.3) for day in x]


@pytest.mark.parametrize(
    ("key", "modifier", "days"),
    [
        (Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier, -7),
        (Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier, 7),
        (Qt.Key.Key_PageUp, Qt.KeyboardModifier.NoModifier, -25.2),
        (Qt.Key.Key_PageDown, Qt.KeyboardModifier.NoModifier, 25.2),
    ],
)
def test_keys_move_the_days(near, key, modifier, days):
    low = near.looked_at.low
    QTest.keyClick(near, key, modifier)
    assert near.looked_at.low == pytest.approx(low + days)
    assert near.looked_at.span == pytest.approx(28)


def test_keys_magnify_around_what_is_chosen_and_show_all(near, sessions, qtbot):
    QTest.keyClick(near, Qt.Key.Key_Home)
    x = place_of(near, near.pointer.chosen).x()
    QTest.keyClicks(near, "+++")
    assert near.looked_at.span == pytest.approx(28 * 0.8**3)
    assert place_of(near, near.pointer.chosen).x() == pytest.approx(x, abs=1)
    QTest.keyClicks(near, "-")
    assert near.looked_at.span == pytest.approx(28 * 0.8**2)
    changed = QSignalSpy(near.view_changed)
    QTest.keyClicks(near, "0")
    qtbot.waitUntil(lambda: changed.count() == 1)
    assert changed.at(0) == [sessions[0].date, sessions[-1].date]


def test_never_less_than_three_days_and_never_far_beyond_what_there_is(near, sessions):
    for _ in range(40):
        turn(near, QPoint(300, 200), (0, 240))
    assert near.looked_at.span == pytest.approx(3)
    for _ in range(80):
        turn(near, QPoint(300, 200), (0, -240))
    days = (sessions[-1].date - sessions[0].date).days
    assert days < near.looked_at.span < days * 1.2
    for _ in range(40):
        QTest.keyClick(near, Qt.Key.Key_PageUp)
    first, _ = near.looked_at.days
    assert sessions[0].date - timedelta(days=40) < first <= sessions[0].date


def test_a_chart_that_is_no_calendar_does_not_move(canvas, series, style):
    def draw(figure, series, view, style):
        return Drawing(_two_panels(figure, series, view, style).marks, is_calendar=False)

    canvas.show_chart(draw, series, View(FIRST, LAST), style)
    changed = QSignalSpy(canvas.view_changed)
    limits = canvas.figure.axes[0].get_xlim()
    assert not turn(canvas, QPoint(300, 200), (0, 120))
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=QPoint(500, 200))
    QTest.mouseMove(canvas, QPoint(300, 200))
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=QPoint(300, 200))
    QTest.keyClicks(canvas, "+-0")
    QTest.qWait(200)
    assert changed.count() == 0
    assert canvas.figure.axes[0].get_xlim() == limits


def test_words_alone_are_a_drawing_too(canvas, series, style):
    canvas.show_chart(lambda figure, series, view, style: say_nothing(figure, style), series, View(FIRST, LAST), style)
    QTest.mouseMove(canvas, QPoint(300, 200))
    assert canvas.pointer.told is None
