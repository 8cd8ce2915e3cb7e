"""What hands and eyes find in a window: where the keyboard is, which way Tab goes, and what Escape does to a text."""

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QFrame,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QSplitter,
    QTabWidget,
    QWidget,
)

_AROUND = 4  # pixels around a widget in which a ring may be painted
_FRAME = 5  # pixels inside it that are its frame, not its text
_TOLERANCE = 6  # pixels by which things that stand beside each other may be off
_TYPED = (QLineEdit, QPlainTextEdit, QAbstractSpinBox)
_SEARCHED = ("Search", "Find")


def stops(root: QWidget) -> list[QWidget]:
    """Return where Tab stops in *root*, in its order."""
    # Not along Qt's own chain: PySide makes each on it the parent of the next, and that ends in a crash.
    window, before = root.window(), QApplication.focusWidget()
    round_trip: list[QWidget] = []
    while window.focusNextChild() and (one := window.focusWidget()) not in round_trip:
        round_trip.append(one)
    if before is not None:
        before.setFocus()
    found = [one for one in round_trip if (one is root or root.isAncestorOf(one)) and _is_stop(one)]
    first = min(range(len(found)), key=lambda place: _corner(found[place], root), default=0)
    return [*found[first:], *found[:first]]  # Tab goes round, so that it begins where the eye does


def _corner(widget: QWidget, root: QWidget) -> tuple[int, int]:
    at = widget.mapTo(root, QPoint(0, 0)) if widget is not root else QPoint(0, 0)
    return at.y(), at.x()


def _is_stop(widget: QWidget) -> bool:
    is_policy = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    is_inner = isinstance(widget.parent(), QAbstractSpinBox)
    return is_policy and widget.isVisible() and widget.isEnabled() and widget.focusProxy() is None and not is_inner


def called(widget: QWidget) -> str:
    """Return what *widget* is called in a list of faults."""
    text = getattr(widget, "text", lambda: "")()
    return f"{type(widget).__name__} “{widget.accessibleName() or text}”"


# Where the keyboard is


def without_a_sign(root: QWidget) -> Iterator[str]:
    """Go through what looks the same with the keyboard in it as without: the caret alone is not enough."""
    window, before = root.window(), QApplication.focusWidget()
    for stop in stops(root):
        if not _in_sight(stop):
            continue
        if QApplication.focusWidget():
            QApplication.focusWidget().clearFocus()
        QApplication.processEvents()
        plain = _look(window, stop)
        stop.setFocus(Qt.FocusReason.TabFocusReason)
        QApplication.processEvents()
        if QApplication.focusWidget() in (stop, *stop.findChildren(QWidget)) and plain == _look(window, stop):
            yield called(stop)
    if before:
        before.setFocus()


def _in_sight(widget: QWidget) -> bool:
    return not widget.visibleRegion().isEmpty() and widget.visibleRegion().boundingRect().size() == widget.size()


def _look(window: QWidget, stop: QWidget) -> QImage:
    """Return *stop* as it is seen, of a field of text the frame alone."""
    at = QRect(stop.mapTo(window, QPoint(0, 0)), stop.size())
    image = window.grab(at.adjusted(-_AROUND, -_AROUND, _AROUND, _AROUND)).toImage()
    if isinstance(stop, _TYPED):
        ratio = image.devicePixelRatio()
        inset = round((_AROUND + _FRAME) * ratio)
        for y in range(inset, image.height() - inset):
            for x in range(inset, image.width() - inset):
                image.setPixel(x, y, 0)
    return image


# Which way Tab goes


def against_the_eye(root: QWidget) -> Iterator[str]:
    """Go through the steps of Tab that lead up, or to the left, within one part of *root*."""
    for one, after in pairwise(stops(root)):
        is_one_part = _part(one, root) is _part(after, root)
        if (
            is_one_part
            and not one.isAncestorOf(after)
            and not _goes_on(_place(one, after, root), _place(after, one, root))
        ):
            yield f"from {called(one)} to {called(after)}"


def out_of_their_part(root: QWidget) -> Iterator[str]:
    """Go through the parts of *root* that Tab leaves before it was everywhere in them."""
    left: set[QWidget] = set()
    for one, after in pairwise(stops(root)):
        part, next_part = _part(one, root), _part(after, root)
        if part is not next_part:
            left.add(part)
            if next_part in left and not next_part.isAncestorOf(part):
                yield f"back to {called(after)}"


def _part(widget: QWidget, root: QWidget) -> QWidget:
    """Return the part of *root* that *widget* is in: a side of a splitter, a tab, a card; else all of it."""
    one = widget
    while one is not root and (above := one.parentWidget()) is not None:
        is_card = isinstance(one, QFrame) and one.property("role") in ("card", "finding")
        if (
            isinstance(above, QSplitter)
            or isinstance(above.parentWidget(), QTabWidget)
            or (is_card and one is not widget)
        ):
            return one
        one = above
    return root


def _place(widget: QWidget, other: QWidget, root: QWidget) -> QRect:
    """Return where *widget* is seen; what scrolls beside *other* is taken for all of the area it scrolls in."""
    above = widget.parentWidget()
    while above is not None and above is not root:
        if isinstance(above, QScrollArea) and not above.isAncestorOf(other):
            widget = above
        above = above.parentWidget()
    return QRect(widget.mapTo(root, QPoint(0, 0)) if widget is not root else QPoint(0, 0), widget.size())


def _goes_on(one: QRect, after: QRect) -> bool:
    is_below = after.top() >= one.bottom() - _TOLERANCE
    is_beside = after.left() >= one.right() - _TOLERANCE and after.bottom() >= one.top() + _TOLERANCE
    return is_below or is_beside


# What Escape does to a text


def lost_by_escape(root: QWidget) -> Iterator[str]:
    """Go through the fields of *root* whose text is another, or out of sight, once Escape was pressed in them."""
    for editor in stops(root):
        if not isinstance(editor, _TYPED) or _is_read_only(editor) or editor.accessibleName().startswith(_SEARCHED):
            continue
        before = _text(editor)
        editor.setFocus(Qt.FocusReason.TabFocusReason)
        QTest.keyClicks(editor, "7")
        QApplication.processEvents()
        typed = _text(editor)
        QTest.keyClick(editor, Qt.Key.Key_Escape)
        QApplication.processEvents()
        if not root.isVisible() or not editor.isVisible() or _text(editor) != typed:
            yield called(editor)
        if not root.isVisible():
            return
        _put_back(editor, before)


def _is_read_only(editor: QWidget) -> bool:
    return bool(editor.property("readOnly"))


def _text(editor: QWidget) -> str:
    return editor.toPlainText() if isinstance(editor, QPlainTextEdit) else editor.text()  # type: ignore[attr-defined]


def _put_back(editor: QWidget, text: str) -> None:
    if isinstance(editor, QPlainTextEdit):
        editor.setPlainText(text)
    elif isinstance(editor, QLineEdit):
        editor.setText(text)
        editor.textEdited.emit(text)
