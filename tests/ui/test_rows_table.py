"""Rows that are gone through with the keyboard."""

import pytest
from PySide6.QtCore import QStringListModel, Qt

from logbook.ui.widgets.rows_table import RowsTable


@pytest.fixture
def table(qtbot):
    table = RowsTable(QStringListModel([str(number) for number in range(40)]))
    qtbot.addWidget(table)
    table.show()
    return table


def chosen(table):
    return [index.row() for index in table.selectionModel().selectedRows()]


def test_home_and_end_go_to_the_first_and_the_last_row(table, qtbot):
    table.selectRow(7)
    qtbot.keyClick(table, Qt.Key.Key_End)
    assert chosen(table) == [39]
    qtbot.keyClick(table, Qt.Key.Key_Home)
    assert chosen(table) == [0]


def test_shift_and_end_choose_all_from_here_on(table, qtbot):
    table.selectRow(37)
    qtbot.keyClick(table, Qt.Key.Key_End, Qt.KeyboardModifier.ShiftModifier)
    assert chosen(table) == [37, 38, 39]


def test_without_rows_a_key_does_nothing(table, qtbot):
    table.model().setStringList([])
    qtbot.keyClick(table, Qt.Key.Key_End)
    assert chosen(table) == []
