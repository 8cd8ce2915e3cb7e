"""The table of depth and days: its words, its shapes where there is no room for words, and what is read aloud."""

import pytest
from builders import SAM, TODAY
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from logbook.domain.person import Person
from logbook.domain.session import ZonePass
from logbook.domain.units import Depth
from logbook.domain.vocabulary import Setting, Zone
from logbook.services.judged import JudgedHistory
from logbook.services.planning import Choice, Outlook
from logbook.ui.theme import apply_theme, load_theme
from logbook.ui.widgets.depth_days_table import DepthDaysTable


@pytest.fixture
def rows(rules):
    choice = Choice(Setting.HOME, (ZonePass(Zone.CROWN, Depth(150)),))
    return Outlook(JudgedHistory(rules, Person(SAM)), (), TODAY).depth_by_days(choice, TODAY)


@pytest.fixture
def table(qtbot, qapp, rows):
    apply_theme(qapp, load_theme("light"))
    table = DepthDaysTable()
    qtbot.addWidget(table)
    table.resize(900, 300)
    table.show()
    table.show_depths(rows, Depth(150))
    return table


def headers(table, orientation):
    count = table.columnCount() if orientation is Qt.Orientation.Horizontal else table.rowCount()
    return [table.model().headerData(place, orientation) for place in range(count)]


def words(table, row):
    return [table.item(row, column).text() for column in range(table.columnCount())]


def test_depths_stand_downwards_and_days_across(table):
    days = ["1 day", "3 days", "7 days", "14 days", "21 days", "28 days"]
    assert headers(table, Qt.Orientation.Horizontal) == days
    assert headers(table, Qt.Orientation.Vertical) == ["0.25 mm", "0.5 mm", "1.0 mm", "▸ 1.5 mm", "2.0 mm"]
    assert words(table, 2) == ["Stop", "Warning", "Caution", "Caution", "Caution", "Caution"]
    assert words(table, 0) == ["Info", "Clean", "Clean", "Clean", "Clean", "Clean"]


def test_in_little_room_shapes_stand_alone_and_the_words_are_still_said(table):
    table.resize(330, 300)
    QApplication.processEvents()
    assert words(table, 2) == [""] * 6
    assert headers(table, Qt.Orientation.Horizontal) == ["1", "3", "7", "14", "21", "28"]
    cell = table.item(3, 2)
    assert not cell.icon().isNull()
    spoken = (
        "1.5 mm every 7 days: warning (Depth at home, Rest at home, Professional advice beyond 0.50 mm and Half a year "
        "without a pause)."
    )
    assert cell.data(Qt.ItemDataRole.AccessibleTextRole) == spoken
    assert table.item(0, 1).data(Qt.ItemDataRole.AccessibleTextRole) == "0.25 mm every 3 days: clean."
    table.resize(900, 300)
    QApplication.processEvents()
    assert words(table, 2)[0] == "Stop"


def test_each_severity_has_a_shape_and_takes_new_colours(table, qapp):
    def pictures():
        return [table.item(row, 0).icon().pixmap(16).toImage() for row in range(3)]

    before = pictures()
    assert len({image.cacheKey() for image in before}) == 3
    apply_theme(qapp, load_theme("dark"))
    table.restyle()
    assert all(image != old for image, old in zip(pictures(), before, strict=True))


def test_it_is_as_high_as_its_rows(table):
    table.resize(table.sizeHint().expandedTo(table.size()))
    QApplication.processEvents()
    last = table.visualItemRect(table.item(4, 0))
    assert table.viewport().rect().contains(last)
    assert table.verticalScrollBar().maximum() == 0
