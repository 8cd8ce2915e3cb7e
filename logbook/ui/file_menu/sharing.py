"""A logbook that somebody else has open, that is read only, or that was replaced: what is asked, and what is told."""

from enum import Enum, auto
from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QMessageBox, QWidget

from logbook.domain.errors import AlreadyOpen, LogbookError
from logbook.services.conflicts import conflict_words
from logbook.ui.alerts import PlainBox

_HERE: Final = (
    "Two windows must not write into one file. Close it in the other window and open it here again, or open it here "
    "for reading only."
)
_ELSEWHERE: Final = (
    "If it is still open there, go there and close it first. Only where that computer was switched off, or the program "
    "ended there without closing it, take it over: whatever is saved there afterwards may be lost."
)


class Way(Enum):
    """What to do about a logbook that another has open."""

    LEAVE = auto()
    READ_ONLY = auto()
    TAKE_OVER = auto()


def ask_about_holder(parent: QWidget | None, held: AlreadyOpen) -> Way:
    """Say who has the logbook open since when, and ask what to do; Enter means to read it, Escape to leave it.

    What this computer has open is never taken over.
    """
    is_here = held.holder.is_here
    box = PlainBox(QMessageBox.Icon.Question, "Open already", str(held), parent=parent)
    box.setInformativeText(_HERE if is_here else _ELSEWHERE)
    read = box.addButton("Open &read-only", QMessageBox.ButtonRole.AcceptRole)
    take = None if is_here else box.addButton("&Take over…", QMessageBox.ButtonRole.DestructiveRole)
    box.addButton(QMessageBox.StandardButton.Cancel)
    box.setDefaultButton(read)
    box.exec()
    if take and box.clickedButton() is take:
        return Way.TAKE_OVER if _is_sure(parent, held) else Way.LEAVE
    return Way.READ_ONLY if box.clickedButton() is read else Way.LEAVE


def ask_to_open_again(parent: QWidget | None, error: LogbookError) -> bool:
    """Say that nothing can be saved any more, and return whether the file is to be opened again now."""
    box = PlainBox(QMessageBox.Icon.Warning, "Not saved", str(error), parent=parent)
    box.setInformativeText(
        "What you typed is still in the form, and stays there when the logbook is opened again. Until then nothing can "
        "be saved. What you see is as it was before; export it first if you want to be sure to keep it."
    )
    again = box.addButton("&Open it again", QMessageBox.ButtonRole.AcceptRole)
    box.addButton(QMessageBox.StandardButton.Cancel).setText("&Not now")
    box.setDefaultButton(again)
    box.exec()
    return box.clickedButton() is again


def why_read_only(path: Path, held: AlreadyOpen | None, *, is_asked: bool) -> str:
    """Return why the logbook at *path* can only be read: another *held* it, it *is_asked* for, or it must be."""
    if held:
        since = f" since {held.holder.since.astimezone():%H:%M}" if held.holder.since else ""
        by = "another window has" if held.holder.is_here else f"{held.holder.host or 'another computer'} has"
        why = f"{by} it open{since}. File › Open it again shows what was saved there meanwhile"
    elif is_asked:
        why = "you asked for that. File › Open it again opens it for writing"
    else:
        why = "it, or its folder, cannot be written"
    return f"“{path.name}” is open for reading only: {why}."


def told_of_conflicts(path: Path) -> str:
    """Return what a sync client left beside the logbook at *path*, in words; nothing where that cannot be known."""
    try:
        return conflict_words(path)
    except LogbookError:
        return ""


def _is_sure(parent: QWidget | None, held: AlreadyOpen) -> bool:
    host = held.holder.host or "the other computer"
    text = (
        f"Take it over from {host}? If the program is still running there, it can save nothing more into this file, "
        "and a sync program may keep two states of it."
    )
    box = PlainBox(QMessageBox.Icon.Warning, "Take over", text, QMessageBox.StandardButton.Cancel, parent)
    take = box.addButton("Take &over", QMessageBox.ButtonRole.DestructiveRole)
    box.setDefaultButton(QMessageBox.StandardButton.Cancel)
    box.exec()
    return box.clickedButton() is take
