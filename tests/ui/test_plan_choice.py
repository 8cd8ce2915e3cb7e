"""What is chosen on the planner: in and out unchanged, with what is wrong at its field."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtTest import QSignalSpy
from ui.answers import write

from logbook.domain.session import ZonePass
from logbook.domain.units import Depth
from logbook.domain.vocabulary import DeviceKind, Setting, Zone
from logbook.services.planning import Choice
from logbook.ui.widgets.plan_choice import PlanChoice

BOTH = (ZonePass(Zone.CROWN, Depth(150), 4), ZonePass(Zone.HAIRLINE, Depth(50)))


@pytest.fixture
def widget(qtbot):
    widget = PlanChoice()
    qtbot.addWidget(widget)
    return widget


PLACES = st.builds(
    ZonePass, st.sampled_from(Zone), st.none() | st.integers(5, 500).map(Depth), st.none() | st.integers(1, 99)
)
CHOICES = st.builds(
    Choice,
    st.none() | st.sampled_from(Setting),
    st.lists(PLACES, max_size=3, unique_by=lambda place: place.zone).map(tuple),
    st.none() | st.sampled_from(DeviceKind),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(CHOICES)
def test_what_is_shown_is_what_is_read(widget, choice):
    widget.set_value(choice)
    assert widget.read() == (choice, [])


def test_showing_a_choice_says_nothing_and_changing_it_does(widget):
    spy = QSignalSpy(widget.edited)
    widget.set_value(Choice(Setting.HOME, BOTH))
    assert spy.count() == 0
    widget.setting.setCurrentIndex(2)
    widget.device.setCurrentIndex(1)
    widget.zones.each.setChecked(False)
    assert spy.count() == 3


def test_what_cannot_be_read_is_marked_and_unmarked(widget):
    widget.set_value(Choice(Setting.HOME, (BOTH[0],)))
    write(widget.zones.depth_edit, "deep")
    choice, problems = widget.read()
    assert (choice.zones[0].depth, [problem.field for problem in problems]) == (None, ["depth_mm"])
    widget.show_problems(problems)
    assert "“deep” is not a number" in widget.zones.depth_field.problem_text
    widget.show_problems(())
    assert widget.zones.depth_field.problem_text == ""


def test_the_first_field_is_the_zones(widget, qtbot):
    widget.show()
    widget.activateWindow()
    qtbot.waitUntil(widget.isActiveWindow)
    widget.focus_first()
    assert widget.zones.zones.hasFocus()
    assert [box.accessibleName() for box in (widget.setting, widget.device)] == ["Setting", "Device"]
