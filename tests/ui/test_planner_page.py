"""The Planner page: asks, keeps plans and a routine, and turns a plan into a session."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from builders import TODAY, a_session
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QScrollArea,
    QTableView,
    QWidget,
)
from ui.answers import write
from ui.conftest import add, refusing_disk

from logbook.domain.edit import Edit, Replacement
from logbook.domain.person import AgreedLimit
from logbook.domain.plan import PlannedSession, Routine
from logbook.domain.session import ZonePass, new_id
from logbook.domain.units import Depth
from logbook.domain.vocabulary import DeviceKind, Setting, Severity, Zone
from logbook.services.journal import open_journal
from logbook.services.planning import Choice
from logbook.ui.pages.planner_page import PlannerPage
from logbook.ui.store import Store
from logbook.ui.theme import apply_theme, load_theme

CROWN = Choice(Setting.HOME, (ZonePass(Zone.CROWN, Depth(150)),))
DAY, ROUTINE = 0, 1


def days_on(days: int) -> date:
    return TODAY + timedelta(days=days)


def lived(store, days_ago: int = 0, depth: int = 150, **but):
    return a_session(days_on(-days_ago), depth, person_id=store.person.id, **but)


@pytest.fixture
def show(qtbot, qapp):
    """Show the planner of a store."""

    def of(store, width=1300, height=850):
        apply_theme(qapp, load_theme("light"))
        page = PlannerPage(store)
        qtbot.addWidget(page)
        page.resize(width, height)
        page.show()
        page.activateWindow()
        qtbot.waitUntil(page.isActiveWindow)
        return page

    return of


@pytest.fixture
def page(store, show):
    """The planner of somebody who needled the crown today at 1.5 mm."""
    add(store, lived(store))
    return show(store)


def choose(page, choice: Choice) -> None:
    page.choice.set_value(choice)
    page.choice.edited.emit()
    settle(page)


def settle(page) -> None:
    """Judge now, not after the burst."""
    page._burst.stop()
    page._burst.timeout.emit()


def go_to(page, days: int) -> None:
    page.calendar.grid.day_wanted.emit(days_on(days))


def plans(store):
    return store.of_person(PlannedSession)


def routines(store):
    return store.of_person(Routine)


# A day


def test_without_anything_it_asks_for_zones_and_a_depth(store, show):
    page = show(store)
    assert page.note.text() == "Choose zones and a depth to see what the rules say of them."
    assert not page.verdict_panel.isVisible()
    assert not page.keep_button.isEnabled()
    assert page.calendar.text() == "Tuesday 30 June 2026, today."
    page.tabs.setCurrentIndex(ROUTINE)
    assert page.routine_panel.says.text() == page.note.text()
    assert not page.routine_panel.set_button.isEnabled()
    page.focus_first()
    assert page.choice.zones.zones.hasFocus()


def test_it_begins_with_what_was_done_last(page):
    assert page.choice.read() == (replace(CROWN, device=DeviceKind.ROLLER), [])
    assert page.calendar.day == TODAY


def test_a_day_ahead_has_a_verdict(page):
    for days, severity in ((5, "Stop"), (7, "Warning"), (21, "Warning")):
        go_to(page, days)
        assert page.verdict_panel.headline.text().startswith(severity)
    assert "Rest at home" not in page.verdict_panel.text()
    go_to(page, 20)
    assert "Rest at home" in page.verdict_panel.text()
    assert "not judged" not in page.verdict_panel.text()
    assert page.note.text() == "Skin, needles and products are judged on the day."


def test_the_calendar_is_coloured_and_says_why(page):
    go_to(page, 8)
    assert page.day_words.text() == ("Wednesday 8 July 2026. Warning: Crown: 1.5 mm on 30 June 2026, 8 days before.")
    severities = [page.calendar.model.marks_of(days_on(days)).severity for days in (1, 7, 14, 21)]
    assert severities == [Severity.STOP, Severity.WARNING, Severity.CAUTION, Severity.CLEAN]
    assert page.calendar.model.marks_of(TODAY).sessions == ("crown 1.5 mm at home",)


def test_another_month_is_marked_as_well(page, store):
    add(store, lived(store, 40))
    page.calendar.before_button.click()
    assert page.calendar.model.marks_of(days_on(-40)).sessions == ("crown 1.5 mm at home",)
    page.calendar.after_button.click()
    page.calendar.after_button.click()
    assert page.calendar.model.marks_of(days_on(20)).severity is Severity.CAUTION


def test_each_zone_has_its_next_dates(page):
    choose(page, Choice(Setting.SUPERVISED, (*CROWN.zones, ZonePass(Zone.HAIRLINE, Depth(50)))))
    assert page.dates.text() == (
        "After what was done, the rules on rest say:\n"
        "Crown: nothing worse than a note from 7 July 2026, nothing from 21 July 2026.\n"
        "Hairline: nothing from today on."
    )


@pytest.mark.parametrize(
    ("plan", "when"),
    [(3, "from today to the plan of 3 July 2026"), (0, "today"), (40, "from today to the plan of 9 August 2026")],
)
def test_a_next_date_does_not_reach_beyond_a_plan(store, show, plan, when):
    add(store, CROWN.plan(store.person.id, days_on(plan)))
    page = show(store)
    choose(page, CROWN)
    assert page.dates.text().splitlines() == [
        "After what was done and what is planned, the rules on rest say:",
        f"Crown: nothing {when}.",
    ]


def test_a_next_date_may_be_the_day_of_a_plan_alone(page, store):
    add(store, CROWN.plan(store.person.id, days_on(21)))
    choose(page, CROWN)
    assert page.dates.text().endswith("\nCrown: nothing on 21 July 2026.")


def test_typing_a_depth_judges_it_after_the_burst(page, qtbot):
    go_to(page, 21)
    depth = page.choice.zones.depth_edit
    write(depth, "0.25")
    depth.textEdited.emit("0.25")
    qtbot.waitUntil(lambda: page.verdict_panel.headline.text().startswith("No published warning"))


def test_a_depth_ten_times_too_deep_is_marked_and_not_judged(page):
    write(page.choice.zones.depth_edit, "15")
    page.choice.edited.emit()
    settle(page)
    assert "Did you mean 1.5?" in page.choice.zones.depth_field.problem_text
    assert not page.verdict_panel.isVisible()
    assert not page.keep_button.isEnabled()
    assert page.calendar.model.marks_of(days_on(1)).severity is Severity.CLEAN


def test_a_day_that_is_past_is_not_judged(page):
    go_to(page, -1)
    assert page.note.text() == "That day is past: choose today or a later day."
    assert not page.verdict_panel.isVisible()
    assert not page.keep_button.isEnabled()


def test_an_agreed_limit_counts_at_once(page, store):
    go_to(page, 8)
    assert page.calendar.model.marks_of(days_on(8)).severity is Severity.WARNING
    limit = AgreedLimit(new_id(), store.person.id, "I01", "rest_over_100", 7, "Dr Example", days_on(-1))
    add(store, limit)
    assert page.calendar.model.marks_of(days_on(8)).severity is Severity.CLEAN


# Kept plans


def test_a_plan_is_kept_shown_undone_and_done_again(page, store):
    go_to(page, 21)
    said = QSignalSpy(page.said)
    page.keep_button.click()
    (plan,) = plans(store)
    assert (plan.date, Choice.of(plan)) == (days_on(21), replace(CROWN, device=DeviceKind.ROLLER))
    assert store.undo_stack.undoText() == "keep the plan for 21 July 2026"
    assert said.at(0) == ["Keep the plan for 21 July 2026: done. Undo takes it back."]
    assert page.plans_panel.chosen == [plan]
    assert page.calendar.model.marks_of(plan.date).plans == ("crown 1.5 mm at home",)
    assert page.note.text().endswith("Kept plans count as if they were done.")
    store.undo()
    assert page.plans_panel.list.rowCount() == 0
    assert page.calendar.model.marks_of(plan.date).plans == ()
    store.redo()
    assert plans(store) == [plan]
    assert page.plans_panel.list.rowCount() == 1


def test_the_same_plan_is_kept_once(page):
    go_to(page, 21)
    assert page.keep_button.isEnabled()
    page.keep_button.click()
    assert not page.keep_button.isEnabled()
    go_to(page, 22)
    assert page.keep_button.isEnabled()


def test_what_was_typed_a_moment_ago_is_kept(page, store):
    write(page.choice.zones.depth_edit, "0.5")
    page.choice.zones.depth_edit.textEdited.emit("0.5")
    page.keep()
    assert plans(store)[0].zones == (ZonePass(Zone.CROWN, Depth(50)),)


def test_a_kept_plan_colours_the_days_after_it(page):
    assert page.calendar.model.marks_of(days_on(10)).severity is Severity.WARNING
    go_to(page, 5)
    page.keep_button.click()
    assert page.calendar.model.marks_of(days_on(10)).severity is Severity.STOP


def test_plans_are_deleted_and_come_back(page, store):
    for days in (21, 42):
        go_to(page, days)
        page.keep_button.click()
    page.plans_panel.list.selectAll()
    page.plans_panel.delete_button.click()
    assert plans(store) == []
    assert store.undo_stack.undoText() == "delete 2 plans"
    store.undo()
    assert len(plans(store)) == 2


def test_a_plan_becomes_a_session_on_its_day(page, store):
    wanted = QSignalSpy(page.log_wanted)
    page.keep_button.click()
    assert not page.plans_panel.log_button.isEnabled()  # a session of today is there already
    hairline = replace(CROWN, zones=(ZonePass(Zone.HAIRLINE, Depth(50)),), device=None)
    choose(page, hairline)
    page.keep_button.click()
    page.plans_panel.log_button.click()
    (session,) = wanted.at(0)
    assert (session.date, session.zones, session.device) == (TODAY, hairline.zones, DeviceKind.ROLLER)
    assert session.person_id == store.person.id
    add(store, session)
    assert not page.plans_panel.log_button.isEnabled()
    assert page.plans_panel.list.item(1, 2).text() == "Logged"


def test_opening_a_plan_shows_it(page, store):
    choice = Choice(Setting.SUPERVISED, (ZonePass(Zone.FRONTAL, Depth(100)),), DeviceKind.PEN)
    plan = choice.plan(store.person.id, days_on(60))
    add(store, plan)
    page.plans_panel.show_wanted.emit(plan)
    assert page.choice.read() == (choice, [])
    assert page.calendar.day == days_on(60)
    assert page.calendar.grid.hasFocus()
    assert page.day_words.text().startswith("Saturday 29 August 2026.")


@pytest.mark.parametrize("is_asked_for", [False, True])
def test_a_plan_is_exported_without_a_word_about_health_unless_asked_for(page, tmp_path, monkeypatch, is_asked_for):
    path = tmp_path / "days.ics"
    proposed = []
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *args: (proposed.append(args[2]), (str(path), ""))[1])
    go_to(page, 21)
    page.keep_button.click()
    page.plans_panel.details_box.setChecked(is_asked_for)
    said = QSignalSpy(page.said)
    page.plans_panel.export_button.click()
    text = path.read_text(encoding="utf-8")
    assert "DTSTART;VALUE=DATE:20260721" in text
    assert ("rown" in text) is is_asked_for
    assert ("eedling: " in text) is is_asked_for
    assert proposed == ["planned-days.ics"]
    assert said.at(0) == ["Exported 1 plan to days.ics."]


def test_an_export_that_is_left_or_fails_writes_nothing(page, tmp_path, monkeypatch, boxes):
    page.keep_button.click()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *args: ("", ""))
    page.plans_panel.export_button.click()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *args: (str(tmp_path / "no" / "days.ics"), ""))
    page.plans_panel.export_button.click()
    assert boxes.take().title == "Not done"
    assert list(tmp_path.rglob("*.ics")) == []


# The routine


@pytest.fixture
def routine_page(page):
    page.tabs.setCurrentIndex(ROUTINE)
    return page


def every(page, days: str) -> None:
    write(page.routine_panel.every, days)
    page.routine_panel.edited.emit()
    settle(page)


def test_a_routine_asks_for_its_days_first(routine_page):
    assert routine_page.note.text() == "Enter the days from one session to the next, and the start."
    assert not routine_page.verdict_panel.isVisible()
    assert routine_page.routine_panel.depth_table.isVisible()


def test_a_routine_is_judged_before_it_is_lived(routine_page):
    every(routine_page, "7")
    assert routine_page.routine_panel.says.text().startswith("Crown 1.5 mm at home every 7 days: warning, because of")
    assert "From 21 days: warning, because of “Depth at home”" in routine_page.routine_panel.says.text()
    assert "Half a year without a pause" in routine_page.verdict_panel.text()
    every(routine_page, "often")
    assert not routine_page.verdict_panel.isVisible()
    assert not routine_page.routine_panel.set_button.isEnabled()


def test_a_routine_is_set_changed_and_ended(routine_page, store):
    panel = routine_page.routine_panel
    every(routine_page, "7")
    assert panel.set_button.text().replace("&", "") == "Set as my routine"
    panel.set_button.click()
    (routine,) = routines(store)
    assert (routine.every_days, routine.starts_on, routine.zones) == (7, TODAY, CROWN.zones)
    assert panel.mine.text().startswith("Crown 1.5 mm at home every 7 days, from 30 June 2026.")
    assert not panel.set_button.isEnabled()
    every(routine_page, "21")
    assert panel.set_button.text().replace("&", "") == "Change my routine to this"
    panel.set_button.click()
    assert [(one.id, one.every_days) for one in routines(store)] == [(routine.id, 21)]
    panel.end_button.click()
    assert routines(store) == []
    assert panel.mine.text() == "You follow no routine."
    store.undo()
    assert "every 21 days" in panel.mine.text()
    store.undo()
    assert "every 7 days" in panel.mine.text()


def test_a_change_leaves_what_was_lived_beside_the_old_routine(store, show):
    old = CROWN.routine(store.person.id, days_on(-40), 7)
    add(store, old, lived(store, 40), lived(store, 35))
    page = show(store)
    assert page.routine_panel.every.text() == "7"
    page.tabs.setCurrentIndex(ROUTINE)
    assert page.routine_panel.counts.text().startswith("2 sessions: 1 kept, 1 early, 0 late. 39 days of rest")
    assert page.routine_panel.lived_table.item(0, 2).text() == "Early (2 days)"
    every(page, "21")
    page.routine_panel.set_button.click()
    before, now = sorted(routines(store), key=lambda one: one.starts_on)
    assert (before.id, before.ends_on, now.starts_on) == (old.id, days_on(-1), TODAY)
    assert not page.routine_panel.lived_table.isVisible()
    page.routine_panel.end_button.click()
    assert routines(store) == [before]


def test_a_session_is_compared_as_soon_as_it_is_there(store, show):
    add(store, CROWN.routine(store.person.id, days_on(-40), 7), lived(store, 40))
    page = show(store)
    page.tabs.setCurrentIndex(ROUTINE)
    assert page.routine_panel.lived_table.rowCount() == 1
    add(store, lived(store, 20))
    assert page.routine_panel.lived_table.item(0, 2).text() == "Late"
    store.undo()
    assert page.routine_panel.lived_table.rowCount() == 1


def test_it_begins_with_the_routine_that_is_followed(store, show):
    choice = Choice(Setting.SUPERVISED, (ZonePass(Zone.HAIRLINE, Depth(100)),))
    add(store, lived(store), choice.routine(store.person.id, TODAY, 28))
    assert show(store).choice.read() == (choice, [])


# Around it


def test_what_somebody_types_is_a_question_and_keeps_nobody_from_leaving(page):
    choose(page, Choice(Setting.SUPERVISED))
    assert not page.has_unsaved
    assert page.parts() == {}


def test_an_edit_elsewhere_leaves_what_is_chosen(page, store):
    choose(page, replace(CROWN, setting=Setting.SUPERVISED))
    go_to(page, 9)
    add(store, lived(store, 3, 25))
    assert page.choice.read()[0].setting is Setting.SUPERVISED
    assert page.calendar.day == days_on(9)


def test_an_edit_while_the_page_is_away_shows_when_it_is_back(page, store):
    page.hide()
    add(store, lived(store, 0, 25, zone=Zone.HAIRLINE))
    assert len(page.calendar.model.marks_of(TODAY).sessions) == 1
    page.show()
    assert len(page.calendar.model.marks_of(TODAY).sessions) == 2


def test_the_next_morning_it_looks_ahead_from_there(journal, show):
    clock = [TODAY]
    store = Store(journal, today=lambda: clock[0])
    page = show(store)
    page.hide()
    clock[0] = days_on(1)
    page.show()
    assert page.calendar.day == days_on(1)
    assert page.calendar.text().startswith("Wednesday 1 July 2026, today.")
    store.deleteLater()


def test_what_the_disk_refuses_is_not_shown_as_kept(page, store, journal, qtbot):
    with refusing_disk(journal), qtbot.waitSignal(store.failed):
        page.keep_button.click()
    assert page.plans_panel.list.rowCount() == 0
    page.keep_button.click()
    assert page.plans_panel.list.rowCount() == 1


def test_a_logbook_that_is_only_read_is_asked_but_keeps_nothing(store, path, rules, show):
    add(store, lived(store), CROWN.plan(store.person.id, TODAY), CROWN.routine(store.person.id, TODAY, 7))
    opened = open_journal(path, rules, read_only=True)
    reading = Store(opened, today=lambda: TODAY)
    page = show(reading)
    go_to(page, 9)
    assert page.verdict_panel.isVisible()
    panel = page.plans_panel
    assert [one.isEnabled() for one in (page.keep_button, panel.delete_button, panel.export_button)] == [
        False,
        False,
        True,
    ]
    page.tabs.setCurrentIndex(ROUTINE)
    every(page, "9")
    assert not page.routine_panel.set_button.isEnabled()
    assert not page.routine_panel.end_button.isEnabled()
    reading.deleteLater()
    opened.close()


def test_somebody_else_s_plans_are_not_shown(store, show):
    add(store, CROWN.plan(store.person.id, TODAY))
    first, other = store.person, replace(store.person, id=new_id())
    store.do(Edit("other", (Replacement(None, other),)))
    add(store, CROWN.plan(other.id, days_on(3)), CROWN.routine(other.id, TODAY, 7))
    store.show_person(first)
    page = show(store)
    assert page.plans_panel.list.rowCount() == 1
    assert page.routine_panel.mine.text() == "You follow no routine."


def test_every_field_has_a_name_and_no_two_share_a_key(page, store):
    go_to(page, 21)
    page.keep_button.click()
    choose(page, replace(CROWN, zones=(*CROWN.zones, ZonePass(Zone.HAIRLINE, Depth(50)))))
    taken = ["f", "e", "s", "v", "h"]  # the menus
    for tab in (DAY, ROUTINE):
        page.tabs.setCurrentIndex(tab)
        every(page, "7")
        page.routine_panel.set_button.click()
        kinds = (QAbstractButton, QComboBox, QLineEdit, QTableView)
        for widget in [one for kind in kinds for one in page.findChildren(kind) if one.isVisible()]:
            if widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
                interface = QAccessible.queryAccessibleInterface(widget)
                assert interface.text(QAccessible.Text.Name).strip(), widget
        texts = [one.text() for kind in (QAbstractButton, QLabel) for one in page.findChildren(kind) if one.isVisible()]
        texts += [page.tabs.tabText(place) for place in range(page.tabs.count())]
        keys = [text[text.index("&") + 1].lower() for text in texts if "&" in text.replace("&&", "")]
        assert len({*taken, *keys}) == len(taken) + len(keys), sorted(keys)


def test_tab_goes_through_the_page_in_the_order_of_the_eye(page, qtbot):
    page.keep_button.click()
    page.focus_first()
    seen = []
    for _ in range(40):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        seen.append(QApplication.focusWidget())
    stops = [
        page.choice.zones.depth_edit,
        page.choice.setting,
        page.choice.device,
        page.tabs.tabBar(),
        page.calendar.before_button,
        page.calendar.today_button,
        page.calendar.grid,
        page.plans_panel.list,
        page.plans_panel.export_button,
        page.verdict_panel.findChild(QAbstractButton),
    ]
    places = [seen.index(stop) for stop in stops]
    assert places == sorted(places)


@pytest.mark.parametrize("tab", [DAY, ROUTINE])
@pytest.mark.parametrize(
    ("size", "letters"),
    [((1230, 760), 1), ((870, 620), 1), ((650, 520), 1), ((480, 520), 1), ((1230, 760), 2), ((870, 620), 2)],
)
def test_nothing_scrolls_sideways_and_nothing_is_cut_off(store, show, qapp, size, letters, tab):
    everywhere = tuple(ZonePass(zone, Depth(50 + place)) for place, zone in enumerate(Zone))[:9]
    add(store, lived(store), Choice(Setting.SUPERVISED, everywhere).routine(store.person.id, TODAY, 7))
    add(store, CROWN.plan(store.person.id, TODAY))
    font = qapp.font()
    larger = qapp.font()
    larger.setPointSizeF(font.pointSizeF() * letters)
    qapp.setFont(larger)
    try:
        page = show(store, *size)
        page.tabs.setCurrentIndex(tab)
        for _ in range(5):
            QApplication.processEvents()
        assert page.width() == size[0]
        for area in page.findChildren(QScrollArea):
            if area.isVisible():
                assert area.widget().width() <= area.viewport().width(), area.accessibleName()
        for field in (*page.choice.findChildren(QWidget), page.calendar, page.routine_panel.every):
            if field.isVisible() and not isinstance(field, QLabel):
                assert field.width() >= field.minimumSizeHint().width(), field
    finally:
        qapp.setFont(font)


def test_new_colours_reach_every_picture(page, qapp):
    go_to(page, 21)
    page.keep_button.click()
    before = page.plans_panel.list.item(0, 2).icon().pixmap(16).toImage()
    apply_theme(qapp, load_theme("dark"))
    page.restyle()
    assert page.plans_panel.list.item(0, 2).icon().pixmap(16).toImage() != before
