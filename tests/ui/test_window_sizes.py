"""Every page in windows of several sizes: nothing sideways, all of it reachable, titles where the eye expects them."""

from datetime import date
from functools import partial

import pytest
from logbooks import Filling, make_logbook
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QPushButton, QScrollArea, QTableView, QWidget

from logbook.domain.session import Session
from logbook.ui.pages.logbook_pages import PAGES
from logbook.ui.widgets.title_row import TitleRow

DAYS = ("Date", "Day", "From", "Until")
SIZES = ((1400, 840), (1024, 700), (800, 600))


@pytest.fixture(params=[Filling.EMPTY, Filling.USUAL], ids=str)
def pages(request, start, tmp_path, qtbot):
    """The pages of a logbook, in a window that is seen."""
    path = tmp_path / "shown.sqlite"
    make_logbook(path, request.param, date.today())
    window = start(path).window
    window.show()
    qtbot.waitExposed(window)
    return window.pages


def shown(pages, name: str, size: tuple[int, int]) -> QWidget:
    """Return the page of that *name* in a window of that *size*."""
    pages.window().resize(*size)
    pages.show_page(name)
    for _ in range(3):  # what wraps is laid out once more
        QApplication.processEvents()
    assert (pages.window().width(), pages.window().height()) == size
    return pages.page(name)


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_no_page_makes_the_window_larger_or_scrolls_sideways(pages, size):
    for name in PAGES:
        page = shown(pages, name, size)
        sideways = [
            (name, area.accessibleName(), area.width(), area.viewport().width(), area.horizontalScrollBar().maximum())
            for area in page.findChildren(QAbstractScrollArea)
            if area.isVisible() and area.horizontalScrollBar().maximum() > 0
        ]
        assert sideways == []
        assert page.minimumSizeHint().width() <= page.width(), name


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_every_button_lies_in_the_window_or_can_be_scrolled_to(pages, size, qtbot):
    for name in PAGES:
        page = shown(pages, name, size)
        qtbot.waitUntil(partial(_has_all_in_reach, page))


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_the_titles_of_all_pages_stand_at_one_place(pages, size):
    places = {}
    for name in PAGES:
        page = shown(pages, name, size)
        (row,) = (one for one in page.findChildren(TitleRow) if one.isVisible())
        inside = row.mapTo(page, QPoint())
        places[name] = (inside.x(), inside.y(), row.height())
    assert len(set(places.values())) == 1, places


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_no_day_of_a_table_is_cut_off(pages, size):
    found = []
    for name in PAGES:
        for table in shown(pages, name, size).findChildren(QTableView):
            model = table.model()
            for column in range(model.columnCount() if table.isVisible() else 0):
                title = model.headerData(column, Qt.Orientation.Horizontal)
                if title in DAYS and not table.isColumnHidden(column):
                    found.append((name, title, table.columnWidth(column) - table.sizeHintForColumn(column)))
    assert [one for one in found if one[2] < 0] == []
    assert found or not pages.window().store.of_person(Session)


def _has_all_in_reach(page: QWidget) -> None:
    inside = page.rect().adjusted(-1, -1, 1, 1)
    for button in page.findChildren(QPushButton):
        place = button.rect().translated(button.mapTo(page, QPoint()))
        assert not button.isVisible() or inside.contains(place) or _scrolls(button, page), (button.text(), place)


def _scrolls(widget: QWidget, page: QWidget) -> bool:
    """Tell whether *widget* lies in something that scrolls down to it."""
    parent = widget.parentWidget()
    while parent is not None and parent is not page:
        if isinstance(parent, QScrollArea):
            return parent.widget().rect().contains(widget.mapTo(parent.widget(), QPoint()))
        parent = parent.parentWidget()
    return False
