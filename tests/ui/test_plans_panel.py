"""The kept plans: what can be done with what is chosen, and when."""

from datetime import timedelta

import pytest
from builders import SAM, TODAY
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon
from PySide6.QtTest import QSignalSpy

from logbook.domain.session import ZonePass
from logbook.domain.units import Depth
from logbook.domain.vocabulary import DeviceKind, Setting, Severity, Zone
from logbook.services.planning import Choice, KeptPlan
from logbook.ui.widgets.plans_panel import PlansPanel

CHOICE = Choice(Setting.HOME, (ZonePass(Zone.CROWN, Depth(150)),), DeviceKind.PEN)


def kept(days: int, severity: Severity | None = Severity.CAUTION, *, is_logged: bool = False) -> KeptPlan:
    return KeptPlan(CHOICE.plan(SAM, TODAY + timedelta(days=days)), severity, is_logged)


@pytest.fixture
def panel(qtbot):
    panel = PlansPanel()
    qtbot.addWidget(panel)
    panel.resize(480, 400)
    panel.show()
    panel.activateWindow()
    qtbot.waitUntil(panel.isActiveWindow)
    return panel


def rows(panel):
    table = panel.list
    return [[table.item(row, column).text() for column in range(3)] for row in range(table.rowCount())]


def show(panel, *plans, is_writable=True):
    panel.show_plans(plans, TODAY, is_writable=is_writable)


def test_without_plans_there_is_one_sentence(panel):
    show(panel)
    assert panel._empty.isVisible()
    assert not any(widget.isVisible() for widget in (panel.list, panel.export_button, panel.details_box))


def test_each_plan_says_its_day_what_is_planned_and_the_verdict(panel):
    show(panel, kept(3), kept(9, Severity.CLEAN), kept(-2, None), kept(-3, None, is_logged=True))
    assert rows(panel) == [
        ["3 Jul 2026", "Crown 1.5 mm at home", "Caution"],
        ["9 Jul 2026", "Crown 1.5 mm at home", "Clean"],
        ["28 Jun 2026", "Crown 1.5 mm at home", "Past"],
        ["27 Jun 2026", "Crown 1.5 mm at home", "Logged"],
    ]
    spoken = panel.list.item(0, 1).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Crown 1.5 mm at home, with pen."
    assert [panel.list.item(row, 2).icon().isNull() for row in range(4)] == [False, False, True, True]


@pytest.mark.parametrize(
    ("plan", "is_due"),
    [
        (kept(1), False),
        (kept(0), True),
        (kept(-5, None), True),
        (kept(0, None, is_logged=True), False),
    ],
)
def test_a_plan_is_logged_on_its_day_or_after_it_and_once(panel, plan, is_due):
    show(panel, plan)
    assert panel.chosen == [plan.plan]
    assert panel.log_button.isEnabled() is is_due
    assert panel.export_button.isEnabled()
    assert panel.delete_button.isEnabled()


def test_several_plans_are_exported_or_deleted_but_not_logged(panel):
    one, two = kept(0), kept(-1, None)
    show(panel, one, two)
    panel.list.selectAll()
    assert panel.chosen == [one.plan, two.plan]
    assert not panel.log_button.isEnabled()
    assert panel.export_button.isEnabled()
    assert panel.delete_button.isEnabled()
    panel.list.clearSelection()
    assert not panel.export_button.isEnabled()
    assert not panel.delete_button.isEnabled()


def test_in_a_logbook_that_is_only_read_plans_can_still_be_exported(panel):
    show(panel, kept(0), is_writable=False)
    enabled = [button.isEnabled() for button in (panel.log_button, panel.export_button, panel.delete_button)]
    assert enabled == [False, True, False]


def test_what_was_chosen_stays_chosen(panel):
    plans = [kept(1), kept(2), kept(3)]
    show(panel, *plans)
    panel.list.choose(plans[1].plan)
    panel.list.item(2, 0).setSelected(True)
    show(panel, kept(0), *plans)
    assert panel.chosen == [plans[1].plan, plans[2].plan]
    show(panel, plans[0])
    assert panel.chosen == [plans[0].plan]


def test_enter_opens_the_plan_and_the_buttons_speak(panel, qtbot):
    plan = kept(0)
    show(panel, plan)
    shown = QSignalSpy(panel.show_wanted)
    spies = {
        button: QSignalSpy(signal)
        for button, signal in (
            (panel.log_button, panel.log_wanted),
            (panel.export_button, panel.export_wanted),
            (panel.delete_button, panel.delete_wanted),
        )
    }
    panel.list.setFocus()
    panel.list.choose(plan.plan)
    qtbot.keyClick(panel.list, Qt.Key.Key_Return)
    assert shown.count() == 1
    assert shown.at(0) == [plan.plan]
    for button, spy in spies.items():
        button.click()
        assert spy.count() == 1


def test_a_verdict_keeps_its_colour_where_its_row_is_chosen(panel):
    show(panel, kept(3))
    picture = panel.list.item(0, 2).icon()
    modes = [picture.pixmap(QSize(16, 16), 1.0, mode).toImage() for mode in (QIcon.Mode.Normal, QIcon.Mode.Selected)]
    assert modes[0] == modes[1]


def test_details_are_left_out_of_a_calendar_unless_asked_for(panel):
    assert not panel.details_box.isChecked()
    assert panel.details_box.text().replace("&", "") == "Name zones and depth in the calendar"
