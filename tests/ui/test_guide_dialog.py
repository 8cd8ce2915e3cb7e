"""The window of the guide: read, searched and left with the keyboard alone."""

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QAccessible, QAccessibleInterface, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from logbook.services.guide import Chapter
from logbook.ui.dialogs.guide_dialog import GuideDialog
from logbook.ui.theme import apply_theme, load_theme

FIRST = (
    "# First\n\nA hair, and another hair. See [the second](second).\n\n## Part one\n\nText.\n\n## Part two\n\nEnd.\n"
)
SECOND = "# Second\n\nOne Hair here.\n\n## Deep down\n\n- item\n"
THIRD = "# Third\n\nNothing of the kind.\n"
CHAPTERS = (Chapter("first", "First", FIRST), Chapter("second", "Second", SECOND), Chapter("third", "Third", THIRD))


@pytest.fixture
def dialog(qtbot):
    shown = GuideDialog(None, CHAPTERS)
    qtbot.addWidget(shown)
    shown.show()
    shown.activateWindow()
    qtbot.waitUntil(shown.isActiveWindow)
    return shown


def listed(dialog):
    """Return what the list shows."""
    items = (dialog.list.item(row) for row in range(dialog.list.count()))
    return [item.text().strip() for item in items if not item.isHidden()]


def press(dialog, key, modifier=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(QApplication.focusWidget() or dialog, key, modifier)


def title(dialog):
    return dialog.text.document().firstBlock().text()


def test_it_begins_with_the_first_chapter_and_its_headings(dialog):
    assert title(dialog) == "First"
    assert listed(dialog) == ["First", "Part one", "Part two", "Second", "Third"]
    assert dialog.list.currentItem().text() == "First"


def test_it_opens_at_the_chapter_that_is_asked_for(dialog):
    dialog.show_chapter("second")
    assert dialog.chapter.name == "second"
    assert title(dialog) == "Second"
    assert listed(dialog) == ["First", "Second", "Deep down", "Third"]
    assert dialog.text.hasFocus()


def test_a_chapter_that_there_is_not_is_the_first(dialog):
    dialog.show_chapter("second")
    dialog.show_chapter("nowhere")
    assert dialog.chapter.name == "first"


def test_the_arrows_go_from_line_to_line_of_the_list(dialog):
    dialog.list.setFocus()
    press(dialog, Qt.Key.Key_Down)
    assert dialog.text.textCursor().block().text() == "Part one"
    for _ in range(2):
        press(dialog, Qt.Key.Key_Down)
    assert title(dialog) == "Second"
    assert dialog.list.hasFocus()


def test_typing_keeps_the_chapters_in_which_it_is_found(dialog, qtbot):
    dialog.search.setFocus()
    QTest.keyClicks(dialog.search, "hair")
    assert listed(dialog) == ["First", "Second"]
    assert dialog.says.text() == "1 of 3 hits"
    assert dialog.search.accessibleDescription() == "1 of 3 hits"
    assert dialog.text.textCursor().selectedText() == "hair"
    assert len(dialog.text.extraSelections()) == 2
    assert dialog.search.hasFocus()


def test_enter_goes_on_through_all_chapters_and_shift_enter_back(dialog):
    dialog.search.setFocus()
    QTest.keyClicks(dialog.search, "hair")
    places = [(dialog.chapter.name, dialog.text.textCursor().selectionStart())]
    for _ in range(3):
        press(dialog, Qt.Key.Key_Return)
        assert dialog.text.textCursor().selectedText().lower() == "hair"
        places.append((dialog.chapter.name, dialog.text.textCursor().selectionStart()))
    assert [name for name, _ in places] == ["first", "first", "second", "first"]
    assert places[0] == places[3] != places[1]
    press(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert dialog.chapter.name == "second"
    assert dialog.says.text() == "3 of 3 hits"
    assert dialog.isVisible()


def test_what_is_found_nowhere_is_told(dialog):
    dialog.search.setText("zebra")
    assert dialog.says.text() == "Nothing found"
    assert listed(dialog) == []
    press(dialog, Qt.Key.Key_Return)
    assert title(dialog) == "First"


def test_escape_lets_go_of_the_search_first_and_then_of_the_guide(dialog):
    dialog.search.setFocus()
    QTest.keyClicks(dialog.search, "hair")
    press(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    assert dialog.search.text() == ""
    assert dialog.text.extraSelections() == []
    assert len(listed(dialog)) == 5
    press(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


@pytest.mark.parametrize("part", ["list", "text"])
def test_escape_closes_it_wherever_one_is(dialog, part):
    getattr(dialog, part).setFocus()
    press(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_ctrl_f_goes_to_the_search_and_tab_goes_round(dialog):
    dialog.text.setFocus()
    press(dialog, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert dialog.search.hasFocus()
    press(dialog, Qt.Key.Key_Tab)
    assert dialog.list.hasFocus()
    press(dialog, Qt.Key.Key_Tab)
    assert dialog.text.hasFocus()


def test_a_link_leads_to_its_chapter_by_keyboard(dialog):
    dialog.text.setFocus()
    press(dialog, Qt.Key.Key_Tab)
    press(dialog, Qt.Key.Key_Return)
    assert dialog.chapter.name == "second"


def test_a_link_is_told_by_more_than_its_colour(dialog):
    cursor = dialog.text.document().find("the second")
    assert cursor.charFormat().isAnchor()
    assert cursor.charFormat().fontUnderline()


def test_text_is_chosen_and_copied_by_keyboard(dialog):
    QGuiApplication.clipboard().setMimeData(QMimeData())
    dialog.text.setFocus()
    press(dialog, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    press(dialog, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert "A hair, and another hair." in QGuiApplication.clipboard().text()


def test_nothing_is_loaded_from_anywhere(dialog, tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("secret", encoding="utf-8")
    assert dialog.text.loadResource(2, QUrl.fromLocalFile(str(secret))) is None
    assert not dialog.text.openLinks()
    assert not dialog.text.openExternalLinks()
    dialog.text.anchorClicked.emit(QUrl.fromLocalFile(str(secret)))
    assert title(dialog) == "First"


def test_headings_are_larger_than_the_text_and_told_with_their_chapter(dialog):
    sizes = {
        block.blockFormat().headingLevel(): block.begin().fragment().charFormat().fontPointSize()
        for block in blocks_of(dialog)
    }
    assert sizes[1] > sizes[2] > dialog.text.font().pointSizeF()
    interface = QAccessible.queryAccessibleInterface(dialog.list)
    names = [child_name(interface, number) for number in range(interface.childCount())]
    assert "Part one, in First" in names
    assert QAccessible.queryAccessibleInterface(dialog.text).text(QAccessible.Text.Name) == "Text of the chapter"


def blocks_of(dialog):
    block, found = dialog.text.document().begin(), []
    while block.isValid():
        found.append(block)
        block = block.next()
    return found


def child_name(interface: QAccessibleInterface, number: int) -> str:
    return interface.child(number).text(QAccessible.Text.Name)


def test_other_colours_are_put_on_while_one_reads(dialog, qapp):
    apply_theme(qapp, load_theme("light"))
    dialog.show_chapter("first")
    dialog.search.setText("hair")
    light = dialog.text.document().find("the second").charFormat().foreground().color()
    apply_theme(qapp, load_theme("dark"))
    QApplication.processEvents()
    dark = dialog.text.document().find("the second").charFormat().foreground().color()
    assert dark == load_theme("dark").colour("accent")
    assert light == load_theme("light").colour("accent")
    assert title(dialog) == "First"
    assert len(dialog.text.extraSelections()) == 2


@pytest.mark.parametrize("size", [(640, 480), (920, 660), (1600, 1000)])
def test_nothing_scrolls_sideways(dialog, size):
    dialog.resize(*size)
    QApplication.processEvents()
    assert dialog.text.horizontalScrollBar().maximum() == 0
    assert dialog.list.horizontalScrollBar().maximum() == 0
    assert dialog.text.width() > 300


def test_other_chapters_take_the_place_of_those_before(dialog):
    dialog.show_chapter("second")
    dialog.search.setText("hair")
    dialog.show_chapters((CHAPTERS[2], CHAPTERS[1]), "second")
    assert dialog.chapter.name == "second"
    assert dialog.search.text() == ""
    assert listed(dialog) == ["Third", "Second", "Deep down"]
