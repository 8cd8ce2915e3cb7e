"""Shows a chapter of the guide: text to read, to choose and to copy, with links that lead to other chapters only."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QUrl, Signal
from PySide6.QtGui import (
    QFont,
    QResizeEvent,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFragment,
)
from PySide6.QtWidgets import QFrame, QTextBrowser, QTextEdit

from logbook.ui.theme import LARGE, MARGIN, TIGHT, current_theme

# Sizes of headings by their level, as shares of the size of the words.
_SIZES: Final = {1: 1.7, 2: 1.2}
_LINE_HEIGHT: Final = 135  # per cent
_WIDEST: Final = 50  # letters as wide as an M: longer lines are hard to follow
DIALECT: Final = QTextDocument.MarkdownFeature.MarkdownNoHTML


class GuideText(QTextBrowser):
    """The text of one chapter.

    Signals:
        chapter_wanted: the person followed a link; carries the name of the chapter.
    """

    chapter_wanted = Signal(str)

    def __init__(self) -> None:
        """Begin empty."""
        super().__init__(frameShape=QFrame.Shape.NoFrame)
        self._text = ""
        self._marks: tuple[Sequence[int], int] = ((), 0)  # where, and how many letters
        self.setProperty("role", "guide")
        self.setAccessibleName("Text of the chapter")
        self.setOpenLinks(False)
        self.setUndoRedoEnabled(False)
        self.document().setDocumentMargin(LARGE)
        self.document().setIndentWidth(LARGE)
        self.setLineWrapMode(QTextEdit.LineWrapMode.FixedPixelWidth)
        self.anchorClicked.connect(self._follow)

    def show_text(self, text: str) -> None:
        """Show *text*, in Markdown, from its beginning."""
        self._text, self._marks = text, ((), 0)
        self._write()
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self.verticalScrollBar().setValue(0)

    def go_to(self, place: int, length: int = 0) -> None:
        """Bring what stands at *place* of the text to sight, near the top; so many letters of it are chosen."""
        cursor = QTextCursor(self.document())
        cursor.setPosition(place)
        cursor.setPosition(place + length, QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        top = self.cursorRect(cursor).top() + self.verticalScrollBar().value()
        self.verticalScrollBar().setValue(top - 2 * LARGE)

    def mark(self, places: Sequence[int], length: int) -> None:
        """Mark so many letters at each of *places*, and nothing else."""
        self._marks = (places, length)
        theme, marks = current_theme(), []
        for place in places:
            one = QTextEdit.ExtraSelection()
            one.cursor = QTextCursor(self.document())
            one.cursor.setPosition(place)
            one.cursor.setPosition(place + length, QTextCursor.MoveMode.KeepAnchor)
            one.format.setBackground(theme.colour("caution_ground"))
            one.format.setFontUnderline(True)
            marks.append(one)
        self.setExtraSelections(marks)

    def _write(self) -> None:
        self.setExtraSelections([])
        self.document().setMarkdown(self._text, DIALECT)
        for block in blocks(self.document()):
            _set(block, self.font().pointSizeF())

    def _follow(self, link: QUrl) -> None:
        self.chapter_wanted.emit(link.toString())

    # Qt's own

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """Load nothing: everything there is to show is in the text."""
        return None

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and self._text:  # links are written in the colour of then
            seen, chosen = self.verticalScrollBar().value(), self.textCursor()
            begin, end = chosen.anchor(), chosen.position()
            self._write()
            chosen.setPosition(begin)
            chosen.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            self.setTextCursor(chosen)
            self.mark(*self._marks)
            self.verticalScrollBar().setValue(seen)

    def resizeEvent(self, event: QResizeEvent) -> None:
        widest = _WIDEST * self.fontMetrics().horizontalAdvance("M")
        self.setLineWrapColumnOrWidth(min(self.viewport().width(), widest))
        super().resizeEvent(event)


def blocks(document: QTextDocument) -> list[QTextBlock]:
    """Return the paragraphs, headings and items of *document*."""
    found, block = [], document.begin()
    while block.isValid():
        found.append(block)
        block = block.next()
    return found


def _set(block: QTextBlock, points: float) -> None:
    """Give *block* room, and a heading its size."""
    level, items = block.blockFormat().headingLevel(), block.textList()
    goes_on = items is not None and block.next().textList() is items
    room = QTextBlockFormat()
    room.setLineHeight(_LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    room.setTopMargin(LARGE if level > 1 else 0)
    room.setBottomMargin(TIGHT if goes_on else MARGIN)
    cursor = QTextCursor(block)
    cursor.mergeBlockFormat(room)
    if level:
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
        letters = QTextCharFormat()
        letters.setFontPointSize(points * _SIZES[level])
        letters.setFontWeight(QFont.Weight.DemiBold)
        cursor.setCharFormat(letters)
    for link in links(block):  # told by more than its colour
        under = QTextCharFormat()
        under.setFontUnderline(True)
        cursor.setPosition(link.position())
        cursor.setPosition(link.position() + link.length(), QTextCursor.MoveMode.KeepAnchor)
        cursor.mergeCharFormat(under)


def links(block: QTextBlock) -> list[QTextFragment]:
    """Return the links in *block*."""
    found, place = [], block.begin()
    while not place.atEnd():
        if place.fragment().charFormat().isAnchor():
            found.append(place.fragment())
        place += 1
    return found
