"""Every page in windows of several sizes: nothing sideways, all of it reachable, titles where the eye expects them."""

from collections.abc import Iterator
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
def test_every_page_fits_the_window(pages, size, qtbot):
    places, days = {}, []
    for name in PAGES:
        page = shown(pages, name, size)
        assert _scrolling_sideways(page) == [], name
        assert page.minimumSizeHint().width() <= page.width(), name
        qtbot.waitUntil(partial(_has_all_in_reach, page))
        places[name] = _place_of_title(page)
        days += [(name, *day) for day in _room_for_days(page)]
    assert len(set(places.values())) == 1, places  # titles stand where the eye expects them
    assert [day for day in days if day[2] < 0] == []
    assert days or not pages.window().store.of_person(Session)


def _scrolling_sideways(page: QWidget) -> list[tuple[str, int]]:
    """Return what on *page* would have to be moved sideways, and how far."""
    areas = [area for area in page.findChildren(QAbstractScrollArea) if area.isVisible()]
    ways = [(area.accessibleName(), area.horizontalScrollBar().maximum()) for area in areas]
    return [(name, way) for name, way in ways if way > 0]


def _place_of_title(page: QWidget) -> tuple[int, int, int]:
    (row,) = (one for one in page.findChildren(TitleRow) if one.isVisible())
    inside = row.mapTo(page, QPoint())
    return inside.x(), inside.y(), row.height()


def _room_for_days(page: QWidget) -> Iterator[tuple[str, int]]:
    """Go through the columns of days in the tables on *page*: the title, and by how much it is wider than its days."""
    for table in page.findChildren(QTableView):
        model = table.model()
        for column in range(model.columnCount() if table.isVisible() else 0):
            title = model.headerData(column, Qt.Orientation.Horizontal)
            if title in DAYS and not table.isColumnHidden(column):
                yield title, table.columnWidth(column) - table.sizeHintForColumn(column)


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
