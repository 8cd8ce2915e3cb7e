"""Rows on the clipboard: what is seen of them, as plain text."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QStandardItem, QStandardItemModel

from logbook.domain.vocabulary import Severity
from logbook.ui.widgets.copying import chosen_rows, copy_rows, rows_text
from logbook.ui.widgets.rows_table import RowsTable
from logbook.ui.widgets.short_table import Cell, ShortTable

COPY = (Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)


def clipboard():
    return QGuiApplication.clipboard().text()


@pytest.fixture
def table(qtbot):
    model = QStandardItemModel(0, 3)
    model.setHorizontalHeaderLabels(["Date", "Depth, mm", "Notes"])
    for row in (["1 Mar", "0.25", "quiet"], ["8 Mar", "0.50", "two\nlines\tand a tab"], ["15 Mar", "", "late"]):
        model.appendRow([QStandardItem(cell) for cell in row])
    table = RowsTable(model)
    model.setParent(table)
    qtbot.addWidget(table)
    table.show()
    QGuiApplication.clipboard().setText("before")
    return table


def test_ctrl_c_copies_whole_rows_below_their_titles(table, qtbot):
    table.selectRow(0)
    qtbot.keyClick(table, *COPY)
    assert clipboard() == "Date\tDepth, mm\tNotes\n1 Mar\t0.25\tquiet"


def test_a_cell_never_breaks_the_rows_or_the_columns(table):
    table.selectRow(1)
    assert copy_rows(table) == 1
    assert [line.split("\t") for line in clipboard().splitlines()][1] == ["8 Mar", "0.50", "two lines and a tab"]


def test_an_empty_cell_keeps_its_place(table):
    assert rows_text(table, [2]).splitlines()[1] == "15 Mar\t\tlate"


def test_all_rows_are_copied_in_the_order_in_which_they_stand(table, qtbot):
    table.selectAll()
    qtbot.keyClick(table, *COPY)
    assert [line.split("\t")[0] for line in clipboard().splitlines()] == ["Date", "1 Mar", "8 Mar", "15 Mar"]


def test_only_what_is_in_sight_is_copied_in_the_order_of_the_eye(table):
    table.setColumnHidden(1, True)
    table.horizontalHeader().setSectionsMovable(True)
    table.horizontalHeader().moveSection(2, 0)
    table.setRowHidden(1, True)
    table.selectAll()
    assert chosen_rows(table) == [0, 2]
    copy_rows(table)
    assert clipboard() == "Notes\tDate\nquiet\t1 Mar\nlate\t15 Mar"


def test_without_a_chosen_row_the_clipboard_stays_as_it_was(table, qtbot):
    table.clearSelection()
    qtbot.keyClick(table, *COPY)
    assert clipboard() == "before"


def test_a_cell_that_is_but_a_sign_is_copied_in_words_beside_the_name_of_its_row(qtbot):
    table = ShortTable(["1 day", "2 days"], wide=0)
    qtbot.addWidget(table)
    table.verticalHeader().show()
    table.show_rows([[Cell("", Severity.STOP, "2.00 mm every day: stop."), Cell("Clean")]])
    table.setVerticalHeaderLabels(["2.00 mm"])
    table.show()
    table.setCurrentCell(0, 0)
    qtbot.keyClick(table, *COPY)
    assert clipboard() == "\t1 day\t2 days\n2.00 mm\t2.00 mm every day: stop.\tClean"
