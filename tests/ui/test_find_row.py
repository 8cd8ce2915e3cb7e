"""Words are found in the rows of a table, and no row goes out of sight for it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QDialog, QPushButton, QTableView, QVBoxLayout, QWidget
from ui.conftest import add

from logbook.domain.session import new_id
from logbook.domain.shedding import SheddingRecord
from logbook.domain.vocabulary import SheddingMethod
from logbook.ui.pages.session_table import SessionTable
from logbook.ui.pages.warning_table import WarningTable
from logbook.ui.widgets.depth_days_table import DepthDaysTable
from logbook.ui.widgets.find_row import FindKey, FindRow, open_find
from logbook.ui.widgets.plan_calendar import MonthGrid
from logbook.ui.widgets.rows_table import RowsTable
from logbook.ui.widgets.span_strip import SpanTable

ROWS = ["Crown, a quiet day", "Hairline", "Crown, late", "Temples", "crown and TEMPLES"]
SEARCHED_BY_THEIR_PAGE = (SessionTable, WarningTable)
READ_AT_A_GLANCE = (DepthDaysTable, SpanTable, MonthGrid)
LEFT_OUT = (*SEARCHED_BY_THEIR_PAGE, *READ_AT_A_GLANCE)


def model_of(rows):
    model = QStandardItemModel(0, 2)
    for number, text in enumerate(rows):
        model.appendRow([QStandardItem(f"{number} Mar"), QStandardItem(text)])
    return model


@pytest.fixture
def dialog(qtbot):
    dialog = QDialog()
    dialog.table = RowsTable(model_of(ROWS))
    dialog.table.model().setParent(dialog)
    dialog.row = FindRow(dialog.table)
    dialog.button = QPushButton("Keep", default=True)
    dialog.pressed = []
    dialog.button.clicked.connect(lambda: dialog.pressed.append(True))
    layout = QVBoxLayout(dialog)
    for widget in (dialog.row, dialog.table, dialog.button):
        layout.addWidget(widget)
    FindKey(dialog)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    dialog.table.setFocus()
    return dialog


def press(qtbot, widget, key, modifier=Qt.KeyboardModifier.NoModifier):
    qtbot.keyClick(widget, key, modifier)


def find(dialog, qtbot, text):
    press(qtbot, dialog.table, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert dialog.row.line.hasFocus()
    qtbot.keyClicks(dialog.row.line, text)


def chosen(dialog):
    return [index.row() for index in dialog.table.selectionModel().selectedRows()]


def test_it_is_out_of_sight_until_it_is_wanted(dialog, qtbot):
    assert dialog.row.isHidden()
    press(qtbot, dialog.button, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert dialog.row.isVisible()
    assert dialog.row.line.hasFocus()


def test_typing_goes_to_the_first_hit_whatever_the_case(dialog, qtbot):
    find(dialog, qtbot, "TEMPL")
    assert chosen(dialog) == [3]
    assert dialog.row.says.text() == "1 of 2"


def test_enter_goes_from_hit_to_hit_and_round_and_presses_no_button(dialog, qtbot):
    find(dialog, qtbot, "crown")
    seen = [chosen(dialog)]
    for _ in range(3):
        press(qtbot, dialog.row.line, Qt.Key.Key_Return)
        seen.append(chosen(dialog))
    assert seen == [[0], [2], [4], [0]]
    press(qtbot, dialog.row.line, Qt.Key.Key_Enter, Qt.KeyboardModifier.ShiftModifier)
    assert chosen(dialog) == [4]
    assert dialog.row.says.text() == "3 of 3"
    assert dialog.pressed == []


def test_the_buttons_go_both_ways(dialog, qtbot):
    find(dialog, qtbot, "crown")
    dialog.row.back_button.click()
    assert chosen(dialog) == [4]
    dialog.row.on_button.click()
    assert chosen(dialog) == [0]


def test_every_word_has_to_be_in_the_row_in_any_column(dialog, qtbot):
    find(dialog, qtbot, "late 2")
    assert chosen(dialog) == [2]


def test_no_hit_says_so_and_moves_nothing(dialog, qtbot):
    dialog.table.selectRow(1)
    find(dialog, qtbot, "vertex")
    assert chosen(dialog) == [1]
    assert dialog.row.says.text() == "Nothing found"
    assert dialog.row.line.accessibleDescription() == "Nothing found"
    assert not dialog.row.on_button.isEnabled()


def test_escape_closes_the_line_and_not_the_dialog_and_goes_back_to_what_was_found(dialog, qtbot):
    find(dialog, qtbot, "hairline")
    press(qtbot, dialog.row.line, Qt.Key.Key_Escape)
    assert dialog.row.isHidden()
    assert dialog.isVisible()
    assert dialog.table.hasFocus()
    assert chosen(dialog) == [1]


def test_what_was_looked_for_is_there_again_and_typed_over(dialog, qtbot):
    find(dialog, qtbot, "crown")
    press(qtbot, dialog.row.line, Qt.Key.Key_Escape)
    find(dialog, qtbot, "hair")
    assert dialog.row.line.text() == "hair"
    assert chosen(dialog) == [1]


def test_rows_that_change_are_found_as_they_are_now(dialog, qtbot):
    find(dialog, qtbot, "vertex")
    dialog.table.model().item(4, 1).setText("Vertex")
    qtbot.waitUntil(lambda: dialog.row.says.text() == "1 found")
    press(qtbot, dialog.row.line, Qt.Key.Key_Return)
    assert chosen(dialog) == [4]
    dialog.table.model().removeRow(4)
    qtbot.waitUntil(lambda: dialog.row.says.text() == "Nothing found")


def test_a_hidden_column_is_found_in_and_never_stood_on(dialog, qtbot):
    dialog.table.setColumnHidden(0, True)
    find(dialog, qtbot, "3 mar")
    assert chosen(dialog) == [3]
    assert dialog.table.currentIndex().column() == 1


def test_the_table_with_the_keyboard_is_searched_else_the_first(qtbot):
    around = QWidget()
    layout = QVBoxLayout(around)
    tables = [RowsTable(model_of(ROWS)) for _ in range(2)]
    rows = [FindRow(table) for table in tables]
    for row, table in zip(rows, tables, strict=True):
        table.model().setParent(table)
        layout.addWidget(row)
        layout.addWidget(table)
    qtbot.addWidget(around)
    around.show()
    around.activateWindow()
    qtbot.waitUntil(around.isActiveWindow)
    tables[1].setFocus()
    assert open_find(around)
    assert [row.isVisible() for row in rows] == [False, True]
    around.setFocus()
    rows[1].close_row()
    around.setFocus()
    tables[1].clearFocus()
    assert open_find(around)
    assert rows[0].isVisible()


def test_a_table_without_rows_is_not_searched(qtbot):
    around = QWidget()
    table = RowsTable(model_of([]))
    table.model().setParent(table)
    layout = QVBoxLayout(around)
    layout.addWidget(FindRow(table))
    layout.addWidget(table)
    qtbot.addWidget(around)
    around.show()
    assert not open_find(around)


# In the program


@pytest.fixture
def sample(start, path, qtbot):
    program = start(path)
    program.desk.sampling.open()
    store = program.window.store
    qtbot.waitUntil(lambda: store.judging.is_settled, timeout=20_000)
    program.window.activateWindow()
    qtbot.waitUntil(program.window.isActiveWindow)
    return program


def test_every_table_of_every_page_can_be_searched(sample, qtbot):
    pages = sample.window.pages
    pages.show_page("charts")
    charts = pages.page("charts")
    qtbot.waitUntil(lambda: charts.panel is not None, timeout=20_000)
    for name in pages.names:
        page = pages.page(name)
        found = {row.table for row in page.findChildren(FindRow)}
        tables = {one for one in page.findChildren(QTableView) if not isinstance(one, LEFT_OUT)}
        assert tables <= found, name


def test_ctrl_f_finds_in_the_counts_and_leaves_the_page_as_it_is(sample, qtbot):
    window = sample.window
    window.pages.show_page("shedding")
    page = window.pages.page("shedding")
    qtbot.keyClick(page.table, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    row = page.list.findChild(FindRow)

    assert row.line.hasFocus()
    qtbot.keyClicks(row.line, "2026" if "2026" in page.model.index(0, 0).data() else page.model.index(0, 0).data()[-4:])
    assert len(page.table.chosen) == 1
    assert page.model.rowCount() == page.model.total
    assert window.pages.current_name == "shedding"


def test_a_page_without_rows_says_that_there_is_nothing_to_search(start, path, qtbot):
    program = start(path)
    for name in ("shedding", "planner", "devices", "guidance", "charts"):
        program.window.pages.show_page(name)
        program.window.say("")
        program.window.actions_by_name["find"].trigger()
        assert program.window.status.text(), name
        assert program.window.pages.current_name == name


def test_ten_thousand_counts_are_searched_without_a_pause(store, qtbot):
    from datetime import timedelta
    from time import perf_counter

    from builders import TODAY

    from logbook.ui.pages.shedding_page import SheddingPage

    counts = [
        SheddingRecord(
            new_id(), store.person.id, TODAY - timedelta(days=n), SheddingMethod.COMB_60S, n % 90, notes=f"note {n}"
        )
        for n in range(9_000)
    ]
    add(store, *counts)
    page = SheddingPage(store)
    qtbot.addWidget(page)
    page.show()
    page.focus_search()
    row = page.list.findChild(FindRow)
    begun = perf_counter()
    row.line.setText("note 8123")
    took = perf_counter() - begun
    assert [one.notes for one in page.table.chosen] == ["note 8123"]
    assert took < 3
