"""The guide in a window of its own: chapters at the left, text at the right, and a search over all of them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut, QTextDocument
from PySide6.QtWidgets import QDialog, QFrame, QGridLayout, QLabel, QLineEdit, QListWidget, QListWidgetItem, QWidget

from logbook.domain import labels
from logbook.services.guide import Chapter
from logbook.ui.theme import LARGE, MARGIN, SPACING
from logbook.ui.widgets.guide_text import DIALECT, GuideText, blocks

_SIZE: Final = QSize(920, 660)  # logical pixels
_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_INDENT: Final = "     "


@dataclass(frozen=True, slots=True)
class _Read:
    """A chapter as it is read: without its markup."""

    chapter: Chapter
    text: str
    headings: tuple[tuple[str, int], ...]  # each with its place in the text


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the list: a chapter, or a heading in it."""

    chapter: int
    place: int = 0


class GuideDialog(QDialog):
    """Chapters to choose from and to search; it waits for nobody, so that one can read while doing."""

    def __init__(self, parent: QWidget | None, chapters: Sequence[Chapter]) -> None:
        """Show the first of *chapters*, of which there is one at least."""
        super().__init__(parent)
        self._read: list[_Read] = []
        self._lines: list[_Line] = []
        self._hits: list[_Line] = []
        self._shown = 0
        self.search = QLineEdit(placeholderText="Search the guide", clearButtonEnabled=True)
        self.search.setAccessibleName("Search the guide")
        self.says = QLabel(textFormat=Qt.TextFormat.PlainText)
        self.says.setProperty("role", "muted")
        self.list = QListWidget(frameShape=QFrame.Shape.NoFrame)
        self.list.setAccessibleName("Chapters")
        self.list.setProperty("role", "rail")
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.text = GuideText()
        self._lay_out()
        self._listen()
        self.show_chapters(chapters)

    def show_chapters(self, chapters: Sequence[Chapter], name: str = "") -> None:
        """Show *chapters*, of which there is one at least, in the place of those before; that of *name* first."""
        self._read = [_reading(chapter) for chapter in chapters]
        self._shown = 0
        self._fill()
        self.text.clear()
        self._begin(name)

    def show_chapter(self, name: str) -> None:
        """Show the chapter of that name from its beginning, the first where there is none, and go to its text."""
        self._begin(name)
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _begin(self, name: str) -> None:
        names = [one.chapter.name for one in self._read]
        self.search.clear()
        self._show(_Line(names.index(name) if name in names else 0))

    @property
    def chapter(self) -> Chapter:
        """The chapter that is shown."""
        return self._read[self._shown].chapter

    # The search

    @property
    def _words(self) -> str:
        return self.search.text().strip()

    def _search(self) -> None:
        """Find what is typed in every chapter; the list keeps those that have it."""
        self._hits = [
            _Line(number, found.start())
            for number, one in enumerate(self._read)
            for found in (re.finditer(re.escape(self._words), one.text, re.IGNORECASE) if self._words else ())
        ]
        self._show_list()
        self._mark()
        here = next((hit for hit in self._hits if hit.chapter == self._shown), None)
        if self._hits:
            self._show(here or self._hits[0], len(self._words))
        self._say()

    def _go(self, step: int) -> None:
        """Go so many hits on, from the last to the first again."""
        if self._hits:
            self._show(self._hits[(self._hit + step) % len(self._hits)], len(self._words))
            self._say()

    @property
    def _hit(self) -> int:
        """The number of the hit that is chosen in the text, or of the one before where it would be."""
        here = _Line(self._shown, self.text.textCursor().selectionStart())
        return self._hits.index(here) if here in self._hits else -1

    def _say(self) -> None:
        found, number = len(self._hits), self._hit + 1
        words = f"{number} of {labels.count(found, 'hit')}" if found else "Nothing found" if self._words else ""
        self.says.setText(words)
        self.search.setAccessibleDescription(words)

    # What is shown

    def _fill(self) -> None:
        self.list.blockSignals(True)
        self.list.clear()
        self._lines = []
        for number, one in enumerate(self._read):
            self._add(one.chapter.title, _Line(number))
            for heading, place in one.headings:
                self._add(heading, _Line(number, place))
        self.list.blockSignals(False)
        words = max(self.fontMetrics().horizontalAdvance(self.list.item(row).text()) for row in range(len(self._lines)))
        for part in (self.list, self.search):
            part.setFixedWidth(words + 3 * LARGE)

    def _add(self, words: str, line: _Line) -> None:
        item = QListWidgetItem(f"{_INDENT}{words}" if line.place else words, self.list)
        item.setSizeHint(QSize(0, self.fontMetrics().height() + MARGIN))
        item.setToolTip(words)
        if line.place:
            title = self._read[line.chapter].chapter.title
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{words}, in {title}")
        self._lines.append(line)

    def _show_list(self) -> None:
        """List the chapters, with the headings of the one that is shown; of a search, those in which it is found."""
        found = {hit.chapter for hit in self._hits}
        for row, line in enumerate(self._lines):
            is_wanted = line.chapter in found if self._words else not line.place or line.chapter == self._shown
            self.list.item(row).setHidden(not is_wanted or bool(self._words and line.place))

    def _show(self, line: _Line, length: int = 0) -> None:
        """Show what stands at *line*, so many letters of it chosen."""
        if self._shown != line.chapter or self.text.document().isEmpty():
            self._shown = line.chapter
            self.text.show_text(self.chapter.text)
            self.setWindowTitle(f"Guide – {self.chapter.title}")
            self._mark()
        self.text.go_to(line.place, length)
        self._show_list()
        self.list.blockSignals(True)
        self.list.setCurrentRow(self._lines.index(line if line in self._lines else _Line(line.chapter)))
        self.list.blockSignals(False)

    def _mark(self) -> None:
        places = [hit.place for hit in self._hits if hit.chapter == self._shown]
        self.text.mark(places, len(self._words))

    def _chosen(self, row: int) -> None:
        if row >= 0:
            self._show(self._lines[row])

    def _focus_search(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    # The making

    def _lay_out(self) -> None:
        layout = QGridLayout(self)
        layout.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        layout.setSpacing(SPACING)
        layout.addWidget(self.search, 0, 0)
        layout.addWidget(self.says, 0, 1)
        layout.addWidget(self.list, 1, 0)
        layout.addWidget(self.text, 1, 1)
        layout.setRowStretch(1, 1)
        layout.setColumnStretch(1, 1)
        self.resize(_SIZE.boundedTo(self.screen().availableGeometry().size() * 0.9))

    def _listen(self) -> None:
        self.search.textChanged.connect(self._search)
        self.list.currentRowChanged.connect(self._chosen)
        self.text.chapter_wanted.connect(self.show_chapter)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self, self._focus_search)

    # Qt's own

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from hit to hit with Enter; Escape lets go of the search first, and then of the guide."""
        if event.key() in _ENTER:
            self._go(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        elif event.key() == Qt.Key.Key_Escape and self._words:
            self.search.clear()
        else:
            super().keyPressEvent(event)


def _reading(chapter: Chapter) -> _Read:
    document = QTextDocument()
    document.setMarkdown(chapter.text, DIALECT)
    headings = [(one.text(), one.position()) for one in blocks(document) if one.blockFormat().headingLevel() > 1]
    return _Read(chapter, document.toPlainText(), tuple(headings))
