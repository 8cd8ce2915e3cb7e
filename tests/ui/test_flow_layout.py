"""Widgets in a row that goes on in the next line."""

import pytest
from PySide6.QtWidgets import QWidget
from shiboken6 import invalidate

from logbook.ui.widgets.flow_layout import FlowLayout


def a_block(width: int, height: int) -> QWidget:
    block = QWidget()
    block.setFixedSize(width, height)
    return block


@pytest.fixture
def flow(qtbot):
    """A flow of three widgets, one of them lower than the others, 8 pixels apart."""
    body = QWidget()
    qtbot.addWidget(body)
    laid = FlowLayout(body)
    blocks = [a_block(100, 30), a_block(100, 20), a_block(100, 30)]
    for block in blocks:
        laid.addWidget(block)
    return body, laid, blocks


def test_what_has_room_stands_on_one_line_centred_on_it(flow):
    body, laid, blocks = flow
    body.resize(316, 100)
    body.show()
    assert [(block.x(), block.y()) for block in blocks] == [(0, 0), (108, 5), (216, 0)]
    assert laid.heightForWidth(316) == 30


def test_what_has_no_room_goes_on_in_the_next_line(flow):
    body, laid, blocks = flow
    body.resize(315, 100)
    body.show()
    assert [(block.x(), block.y()) for block in blocks] == [(0, 0), (108, 5), (0, 38)]
    assert laid.heightForWidth(315) == 68


def test_one_that_is_wider_than_the_room_has_a_line_of_its_own(flow):
    _, laid, _ = flow
    assert laid.heightForWidth(50) == 30 + 8 + 20 + 8 + 30


def test_what_is_hidden_takes_no_room(flow):
    body, laid, blocks = flow
    blocks[0].hide()
    body.resize(216, 100)
    body.show()
    assert [(block.x(), block.y()) for block in blocks[1:]] == [(0, 5), (108, 0)]
    for block in blocks:
        block.hide()
    assert laid.heightForWidth(216) == 0


def test_while_its_window_is_taken_down_it_may_still_be_asked(flow):
    _, laid, _ = flow
    items = list(laid._items)
    for item in items:
        invalidate(item)
    assert laid.heightForWidth(316) == 0
