"""What the window asks of a page, and how a page says that something was done."""

from typing import Protocol

from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QHeaderView, QSplitter, QWidget

from logbook.domain import labels
from logbook.domain.edit import Edit
from logbook.ui.store import Store
from logbook.ui.widgets.find_row import open_find


class Page(Protocol):
    """A part of the window that is reached from the rail.

    Signals:
        said: something to show in the status bar.
        actions_changed: what can be done here may have changed.
    """

    @property
    def said(self) -> SignalInstance: ...

    @property
    def actions_changed(self) -> SignalInstance: ...

    @property
    def has_unsaved(self) -> bool:
        """Whether anything typed here is not saved."""

    def focus_first(self) -> None:
        """Go to where one begins."""

    def focus_search(self) -> None:
        """Go to where words are typed that are to be found here."""

    def restyle(self) -> None:
        """Draw again what was painted in the colours of before."""

    def parts(self) -> dict[str, QSplitter | QHeaderView]:
        """Return what the window remembers the sizes of, by names that no other page uses."""


class RecordsPage(Page, Protocol):
    """A page with a table of records, a form to write one in, and what the guidance says of it."""

    @property
    def is_changed(self) -> bool:
        """Whether the form holds anything that is not saved."""

    @property
    def can_delete(self) -> bool:
        """Whether anything is chosen in the table."""

    def save(self) -> None:
        """Keep what is in the form."""

    def revert(self) -> None:
        """Take back what was typed since the last save."""

    def delete_chosen(self) -> None:
        """Delete what is chosen in the table."""

    def go_to(self, part: str) -> None:
        """Put the cursor in the ``table``, the ``form`` or the ``verdict``."""


def find_in_table(page: QWidget, said: SignalInstance, otherwise: str = "There are no rows here to search.") -> None:
    """Open the search above a table of *page*, or say by *said* why there is nothing to search."""
    if not open_find(page):
        said.emit(otherwise)


def do_and_say(store: Store, edit: Edit, said: SignalInstance) -> bool:
    """Do *edit* and say by *said* that it can be taken back; return whether it was written."""
    is_done = store.do(edit)
    if is_done:
        said.emit(f"{labels.capital(edit.text)}: done. Undo takes it back.")
    return is_done
