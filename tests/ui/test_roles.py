"""What a screen reader is told that a widget is."""

import pytest
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QDialog, QLineEdit, QPushButton, QScrollArea, QWidget

from logbook.ui.roles import give_roles
from logbook.ui.widgets.chart_canvas import ChartCanvas
from logbook.ui.widgets.span_drawing import Drawing

Role = QAccessible.Role


@pytest.fixture(autouse=True)
def roles(qapp):
    give_roles()
    give_roles()  # a second time is none too many


def role_of(widget, name="", parent=None):
    if parent is not None:
        widget.setParent(parent)
    widget.setAccessibleName(name)
    return QAccessible.queryAccessibleInterface(widget).role()


@pytest.fixture
def window(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    return window


@pytest.mark.parametrize(
    ("kind", "role"),
    [
        (ChartCanvas, Role.Chart),
        (Drawing, Role.Graphic),
        (QScrollArea, Role.Grouping),
        (QWidget, Role.Grouping),
        (QLineEdit, Role.EditableText),
        (QPushButton, Role.Button),
    ],
)
def test_a_named_part_is_told_for_what_it_is(window, kind, role):
    assert role_of(kind(), "something", window) is role


def test_a_part_without_a_name_that_only_holds_others_is_passed_over(window):
    assert role_of(QWidget(), "", window) is Role.Client


def test_a_window_is_told_as_qt_does(window, qtbot):
    assert role_of(window, "something") is not Role.Grouping
    dialog = QDialog()
    qtbot.addWidget(dialog)
    assert role_of(dialog, "something") is Role.Dialog


def test_the_name_and_the_description_are_told_too(window):
    part = QWidget(window)
    part.setAccessibleName("Quick count")
    part.setAccessibleDescription("A number and Enter")
    spoken = QAccessible.queryAccessibleInterface(part)
    assert spoken.text(QAccessible.Text.Name) == "Quick count"
    assert spoken.text(QAccessible.Text.Description) == "A number and Enter"
