"""Lists to choose from, by what a screen reader hears of them on Linux."""

import pytest
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from logbook.ui.widgets.answer_box import yes_no_box
from logbook.ui.widgets.field import Field


def heard(box):
    labels = QAccessible.queryAccessibleInterface(box).relations(QAccessible.RelationFlag.Label)
    return [label.text(QAccessible.Text.Name) for label, _ in labels]


def put(place, part):
    place.layout().addWidget(part)
    part.show()


@pytest.fixture
def place(qtbot):
    place = QWidget()
    QVBoxLayout(place)
    qtbot.addWidget(place)
    place.show()
    return place


def test_a_list_without_a_label_is_heard_by_its_name(place):
    box = yes_no_box()
    box.setAccessibleName("Advice")
    put(place, box)
    assert heard(box) == ["Advice"]
    assert [label for label in place.findChildren(QLabel) if label.isVisible()] == []


def test_another_name_is_heard_at_once(place):
    box = yes_no_box()
    box.setAccessibleName("Advice")
    put(place, box)
    box.setAccessibleName("Professional advice")
    assert heard(box) == ["Professional advice"]


def test_a_name_that_comes_late_is_heard(place):
    box = yes_no_box()
    put(place, box)
    assert heard(box) == []
    box.setAccessibleName("Advice")
    assert heard(box) == ["Advice"]


def test_a_list_with_a_label_is_heard_once(place):
    box = yes_no_box()
    put(place, Field("&Advice", box, "Professional advice"))
    assert heard(box) == ["Advice"]


def test_a_list_that_goes_leaves_no_label_behind(place, qtbot):
    box = yes_no_box()
    box.setAccessibleName("Advice")
    put(place, box)
    assert len(place.findChildren(QLabel)) == 1
    box.deleteLater()
    qtbot.waitUntil(lambda: place.findChildren(QLabel) == [])
