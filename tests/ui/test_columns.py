"""Cards in as many columns as there is room for, in one order."""

import pytest
from PySide6.QtWidgets import QApplication, QScrollArea

from logbook.ui.widgets.columns import Columns
from logbook.ui.widgets.words import words_label

SPLITS = {1: (5,), 2: (2, 3), 3: (1, 2, 2)}


@pytest.fixture
def cards(qtbot):
    made = [words_label() for _ in range(5)]
    for place, card in enumerate(made):
        card.setText("a word and another " * 5 * (place + 1))
    return made


@pytest.fixture
def area(cards, qtbot):
    scroll = QScrollArea(widgetResizable=True)
    scroll.setWidget(Columns(cards, SPLITS))
    qtbot.addWidget(scroll)
    scroll.show()
    return scroll


def lay_out(area, width):
    area.resize(width, 500)
    QApplication.processEvents()
    return area.widget()


@pytest.mark.parametrize(("width", "number"), [(1230, 3), (860, 2), (620, 1), (250, 1)])
def test_there_are_as_many_columns_as_fit(area, cards, width, number):
    columns = lay_out(area, width)
    assert columns.number == number
    assert len({card.x() for card in cards}) == number
    assert area.horizontalScrollBar().maximum() == 0
    assert [sum(card.x() == x for card in cards) for x in sorted({card.x() for card in cards})] == list(SPLITS[number])


@pytest.mark.parametrize("width", [1230, 860, 620])
def test_every_card_is_as_high_as_its_words_and_none_lies_on_another(area, cards, width):
    lay_out(area, width)
    for card in cards:
        assert card.height() >= card.heightForWidth(card.width())
    for one in cards:
        assert not any(one.geometry().intersects(other.geometry()) for other in cards if other is not one)


def test_words_that_become_more_push_what_is_below_them(area, cards):
    columns = lay_out(area, 860)
    below = cards[1].y()
    cards[0].setText("many more words " * 60)
    QApplication.processEvents()
    assert cards[1].y() > below
    assert columns.height() >= cards[1].geometry().bottom()


def test_a_hidden_card_leaves_no_room(area, cards):
    lay_out(area, 620)
    there = cards[1].y()
    cards[0].hide()
    QApplication.processEvents()
    assert cards[1].y() == 0 < there
