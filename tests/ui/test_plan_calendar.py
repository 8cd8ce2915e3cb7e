"""The calendar: every day by keyboard, in colours and shapes, and in words."""

from datetime import date, timedelta

import pytest
from builders import TODAY, a_session
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QAccessible, QColor, QImage
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QApplication

from logbook.domain.history import History
from logbook.domain.plan import LATEST_DATE
from logbook.domain.session import EARLIEST_DATE
from logbook.domain.vocabulary import Severity
from logbook.guidance.judge import judge
from logbook.guidance.rule import Case, Verdict
from logbook.ui.theme import apply_theme, load_theme
from logbook.ui.widgets.month_model import DayMarks
from logbook.ui.widgets.plan_calendar import MARKS, PlanCalendar

CLEAN = Verdict((), (), is_setting_assumed=False)


@pytest.fixture
def warning(rules):
    """Seven days after 1.5 mm at home."""
    session = a_session(depth=25)
    verdict = judge(rules, Case(session, History([a_session(TODAY - timedelta(days=7), 150)])))
    return Verdict(verdict.findings[:1], (), is_setting_assumed=False)


@pytest.fixture(params=["en_GB", "en_US", "ar_EG"])
def locale(request):
    """Weeks that begin on Monday, Sunday and Saturday."""
    before = QLocale()
    QLocale.setDefault(QLocale(request.param))
    yield request.param
    QLocale.setDefault(before)


@pytest.fixture
def calendar(qtbot, qapp):
    apply_theme(qapp, load_theme("light"))
    calendar = PlanCalendar(TODAY)
    qtbot.addWidget(calendar)
    calendar.resize(480, 420)
    calendar.show()
    calendar.activateWindow()
    qtbot.waitUntil(calendar.isActiveWindow)
    calendar.grid.setFocus()
    return calendar


def chosen(calendar):
    (index,) = calendar.grid.selectedIndexes()
    assert calendar.model.day_at(index) == calendar.day
    return calendar.day


def test_it_begins_on_today(calendar, qtmodeltester):
    qtmodeltester.check(calendar.model, force_py=False)
    assert chosen(calendar) == TODAY
    assert calendar.title.text() == "June 2026"
    assert calendar.text() == "Tuesday 30 June 2026, today."


@pytest.mark.parametrize(
    ("key", "day"),
    [
        (Qt.Key.Key_Left, date(2026, 6, 29)),
        (Qt.Key.Key_Right, date(2026, 7, 1)),
        (Qt.Key.Key_Up, date(2026, 6, 23)),
        (Qt.Key.Key_Down, date(2026, 7, 7)),
        (Qt.Key.Key_PageUp, date(2026, 5, 30)),
        (Qt.Key.Key_PageDown, date(2026, 7, 30)),
    ],
)
def test_the_keys_go_from_day_to_day_and_on_into_other_months(calendar, qtbot, key, day):
    spy = QSignalSpy(calendar.day_chosen)
    qtbot.keyClick(calendar.grid, key)
    assert chosen(calendar) == day
    assert calendar.title.text() == f"{day:%B} 2026"
    assert spy.count() == 1


def test_home_and_the_button_go_back_to_today(calendar, qtbot):
    for go in (lambda: qtbot.keyClick(calendar.grid, Qt.Key.Key_Home), calendar.today_button.click):
        qtbot.keyClick(calendar.grid, Qt.Key.Key_PageDown)
        assert chosen(calendar) == date(2026, 7, 30)
        go()
        assert chosen(calendar) == TODAY


def test_a_month_that_is_shorter_gives_its_last_day(calendar, qtbot):
    calendar.set_day(date(2026, 1, 31), TODAY)
    calendar.after_button.click()
    assert chosen(calendar) == date(2026, 2, 28)
    calendar.before_button.click()
    assert chosen(calendar) == date(2026, 1, 28)
    assert (calendar.before_button.accessibleName(), calendar.after_button.accessibleName()) == (
        "Previous month",
        "Next month",
    )


def test_a_day_is_chosen_with_the_mouse_also_one_of_the_next_month(calendar, qtbot):
    for day in (date(2026, 6, 3), date(2026, 7, 4)):
        place = calendar.grid.visualRect(calendar.model.index_of(day)).center()
        qtbot.mouseClick(calendar.grid.viewport(), Qt.MouseButton.LeftButton, pos=place)
        assert chosen(calendar) == day
    assert calendar.title.text() == "July 2026"


def test_the_calendar_ends_somewhere(calendar, qtbot):
    for end, key in ((EARLIEST_DATE, Qt.Key.Key_PageUp), (LATEST_DATE, Qt.Key.Key_PageDown)):
        calendar.set_day(end, TODAY)
        qtbot.keyClick(calendar.grid, key)
        assert chosen(calendar) == end


def test_setting_a_day_says_nothing(calendar):
    spy = QSignalSpy(calendar.day_chosen)
    calendar.set_day(date(2027, 2, 3), TODAY)
    assert chosen(calendar) == date(2027, 2, 3)
    assert spy.count() == 0


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
@given(st.dates(EARLIEST_DATE, LATEST_DATE))
def test_every_day_of_a_month_is_shown_under_its_weekday(locale, qtbot, day):
    calendar = PlanCalendar(day)
    qtbot.addWidget(calendar)
    first, last = calendar.shown
    assert first <= day.replace(day=1)
    assert last >= day
    assert (last - first).days == 41
    assert first.isoweekday() == QLocale(locale).firstDayOfWeek().value
    index = calendar.model.index_of(day)
    assert calendar.model.day_at(index) == day
    name = calendar.model.headerData(index.column(), Qt.Orientation.Horizontal, Qt.ItemDataRole.AccessibleTextRole)
    assert calendar.text().startswith(f"{name} {day.day} ")


def test_a_day_says_everything_that_stands_on_it(calendar, warning):
    calendar.show_marks({TODAY: DayMarks(warning, ("crown 1.5 mm at home",), ("hairline <0.5 mm>",))})
    assert calendar.text() == (
        "Tuesday 30 June 2026, today. Warning: Crown: 1.5 mm on 23 June 2026, 7 days before. "
        "Session: crown 1.5 mm at home. Kept plan: hairline <0.5 mm>."
    )
    index = calendar.model.index_of(TODAY)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == calendar.text()
    assert "hairline &lt;0.5 mm&gt;" in index.data(Qt.ItemDataRole.ToolTipRole)


def test_a_day_of_which_nothing_is_said_says_so_in_words(calendar):
    calendar.show_marks({TODAY: DayMarks(CLEAN)})
    assert calendar.text() == "Tuesday 30 June 2026, today. The rules on rest say nothing."


def test_a_screen_reader_hears_the_day(calendar, warning):
    calendar.show_marks({TODAY: DayMarks(warning)})
    table = QAccessible.queryAccessibleInterface(calendar.grid)
    assert table.text(QAccessible.Text.Name) == "Calendar, June 2026"
    spoken = [table.child(place).text(QAccessible.Text.Name) for place in range(table.childCount())]
    assert spoken.count(calendar.text()) == 1
    assert spoken[1:8] == ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


def picture(calendar):
    QApplication.processEvents()
    image = QImage(calendar.grid.viewport().size(), QImage.Format.Format_ARGB32)
    calendar.grid.viewport().render(image)
    return image


def colours(calendar, image, day):
    rect = calendar.grid.visualRect(calendar.model.index_of(day)).adjusted(2, 2, -2, -2)
    return {
        image.pixelColor(x, y).name()
        for x in range(rect.left(), rect.right())
        for y in range(rect.top(), rect.bottom())
    }


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_day_is_marked_by_colour_and_by_shape(calendar, warning, qapp, theme):
    apply_theme(qapp, load_theme(theme))
    roles = load_theme(theme).colour
    days = {
        "worse": date(2026, 6, 9),
        "done": date(2026, 6, 10),
        "planned": date(2026, 6, 11),
        "bare": date(2026, 6, 12),
    }
    calendar.show_marks(
        {
            days["worse"]: DayMarks(warning),
            days["done"]: DayMarks(CLEAN, sessions=("crown",)),
            days["planned"]: DayMarks(CLEAN, plans=("crown",)),
        }
    )
    image = picture(calendar)
    seen = {name: colours(calendar, image, day) for name, day in days.items()}
    assert {roles("warning_ground").name(), roles("warning").name()} <= seen["worse"]
    assert roles("accent").name() in seen["planned"]
    for name in ("done", "bare"):
        assert roles("accent").name() not in seen[name]
        assert roles("warning").name() not in seen[name]
    below = [image.pixelColor(point) for point in _lower_left(calendar, days["done"])]
    assert roles("text") in below
    assert roles("text") not in [image.pixelColor(point) for point in _lower_left(calendar, days["bare"])]


def _lower_left(calendar, day):
    rect = calendar.grid.visualRect(calendar.model.index_of(day))
    middle = rect.center()
    return [type(middle)(x, y) for x in range(rect.left(), middle.x()) for y in range(middle.y() + 2, rect.bottom())]


def test_the_day_that_is_chosen_has_a_frame(calendar):
    frame = QColor(load_theme("light").colour("accent")).name()
    image = picture(calendar)
    assert frame in colours(calendar, image, TODAY)
    assert frame not in colours(calendar, image, date(2026, 6, 3))


def test_the_legend_names_every_mark_and_takes_new_colours(calendar, qapp):
    assert list(MARKS.values()) == ["Info", "Caution", "Warning", "Stop", "Session", "Kept plan"]
    before = {mark: label.pixmap().toImage() for mark, label in calendar.legend._pictures.items()}
    apply_theme(qapp, load_theme("dark"))
    calendar.restyle()
    for mark, label in calendar.legend._pictures.items():
        assert label.pixmap().toImage() != before[mark]
    assert Severity.CLEAN not in before


def test_nothing_is_cut_off_at_the_least_size(calendar):
    calendar.resize(calendar.minimumSizeHint())
    QApplication.processEvents()
    cell = calendar.grid.visualRect(calendar.model.index_of(TODAY))
    line = calendar.grid.fontMetrics().height()
    assert cell.height() >= 2 * line
    assert cell.width() >= calendar.grid.fontMetrics().horizontalAdvance("30") + line
