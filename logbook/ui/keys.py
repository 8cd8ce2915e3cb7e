"""Every key there is: those of the menus, and those that a part of a page takes itself, in one table."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from PySide6.QtGui import QAction, QKeySequence

from logbook.ui.actions import ACTIONS, SEPARATOR

_NATIVE: Final = QKeySequence.SequenceFormat.NativeText


@dataclass(frozen=True, slots=True)
class PartKeys:
    """The keys that some parts of the window take themselves."""

    where: str
    of: tuple[str, ...]  # the classes that take them, each with its module
    keys: tuple[tuple[str, str], ...]  # each with what it does


@dataclass(frozen=True, slots=True)
class ListedKey:
    """A key as it is listed."""

    keys: str
    does: str
    where: str
    action: str | None = None  # the name of the action it stands for, where it is one of the menus


PARTS: Final = (
    PartKeys(
        "Everywhere",
        (),
        (
            ("Tab, Shift+Tab", "Go to the next field or button, or to the one before"),
            ("Alt and the underlined letter", "Go to that field, or press that button; open that menu"),
            ("Escape", "Close a list, a search or a dialog; nothing that was typed is lost without a question"),
            ("↑ ↓", "Go from page to page in the list at the left, from answer to answer in a field"),
        ),
    ),
    PartKeys(
        "Any table",
        ("rows_table.RowsTable", "short_table.ShortTable", "span_strip.SpanTable", "session_table.SessionTable"),
        (
            ("↑ ↓, Home, End, Space", "Choose another row; with Shift, those between as well"),
            ("Enter", "Open the row that is chosen, where it can be opened"),
            ("Ctrl+A", "Choose all rows, where several may be chosen"),
            ("Ctrl+C", "Copy the chosen rows as text"),
        ),
    ),
    PartKeys(
        "Search above a table",
        ("find_row.FindRow", "find_row.FindKey"),
        (
            ("Ctrl+F", "Search the table, also in a dialog"),
            ("Enter", "Go to the next hit"),
            ("Shift+Enter", "Go to the hit before"),
            ("Escape", "Close the search and go back to the rows"),
        ),
    ),
    PartKeys(
        "Search of Sessions and Warnings",
        ("search_line.SearchLine",),
        (
            ("Enter, ↓", "Go to the rows that fit"),
            ("Escape", "Take the words away; without any, go to the rows"),
        ),
    ),
    PartKeys(
        "Shedding",
        ("shedding_table.SheddingTable", "events_panel._EventTable"),
        (("Delete", "Delete the counts, or the life events, that are chosen"),),
    ),
    PartKeys(
        "Shedding, the line for a count",
        ("quick_count._Number",),
        (("Enter", "Save the count and go on to the next day"), ("↑ ↓", "Go to the day before or after")),
    ),
    PartKeys("Warnings", ("warning_table.WarningTable",), (("A", "Give a reason for the findings that are chosen"),)),
    PartKeys(
        "Giving a reason",
        ("acknowledge_row.AcknowledgeRow", "reason_panel.ReasonPanel"),
        (("Enter", "Keep the reason"), ("Escape", "Go back without giving one")),
    ),
    PartKeys(
        "A field with several answers",
        ("choices_field.ChoicesField", "choices_field._Popup"),
        (
            ("Space, Enter, ↓", "Open the list"),
            ("Space", "Choose an answer in it, or take it back"),
            ("Enter, Escape", "Close the list"),
            ("Tab", "Close the list and go on"),
        ),
    ),
    PartKeys(
        "A chart",
        ("chart_canvas.ChartCanvas", "chart_hands.ChartHands", "mark_pointer.MarkPointer"),
        (
            ("← → ↑ ↓, Home, End", "Go from mark to mark and hear what each says"),
            ("Enter", "Open the record behind the mark"),
            ("Escape", "Point at nothing any more"),
            ("Ctrl+←, Ctrl+→, Page Up, Page Down", "Move the days"),
            ("+ = −", "Look closer, or at more days"),
            ("0", "Look at everything there is"),
        ),
    ),
    PartKeys(
        "The calendar of the planner",
        ("plan_calendar.MonthGrid",),
        (
            ("← → ↑ ↓", "Go from day to day and from week to week"),
            ("Page Up, Page Down", "Go from month to month"),
            ("Home", "Go to today"),
        ),
    ),
    PartKeys(
        "A list with a search above it",
        ("keys_dialog._Line", "people_dialog.PeopleDialog"),
        (
            ("↑ ↓, Page Up, Page Down", "Go through the list while words are typed"),
            ("Enter", "Do, or show, what is chosen"),
        ),
    ),
    PartKeys(
        "The guide",
        ("guide_dialog.GuideDialog",),
        (
            ("Ctrl+F", "Search the guide"),
            ("Enter, Shift+Enter", "Go to the next hit, or to the one before"),
            ("Escape", "Let go of the search, then of the guide"),
        ),
    ),
)


def every_key(actions: Mapping[str, QAction]) -> tuple[ListedKey, ...]:
    """Return every key, those of the menus first; *actions* are those of the window, by their names."""
    of_menus = [
        ListedKey(
            _keys_of(actions[spec.name], spec.menu), _does(spec.text, spec.tip), f"{_plain(spec.menu)} menu", spec.name
        )
        for spec in ACTIONS
        if spec.name != SEPARATOR
    ]
    of_parts = [ListedKey(keys, does, part.where) for part in PARTS for keys, does in part.keys]
    return (*of_menus, *of_parts)


def _keys_of(action: QAction, menu: str) -> str:
    """Return the keys of *action*; of one that has none, the letters that lead to it through its *menu*."""
    if own := [keys.toString(_NATIVE) for keys in action.shortcuts()]:
        return " or ".join(own)
    return ", ".join(_letters((menu, action.text())))


def _letters(texts: Iterable[str]) -> list[str]:
    """Return the underlined letters of *texts*, the first of them with Alt."""
    found = [QKeySequence.mnemonic(text) for text in texts]
    letters = [keys.toString(_NATIVE) for keys in found if not keys.isEmpty()]
    return [letter if place == 0 else letter.rpartition("+")[2] for place, letter in enumerate(letters)]


def _does(text: str, tip: str) -> str:
    name = _plain(text).removesuffix("…")
    return f"{name}: {tip[0].lower()}{tip[1:]}" if tip else name


def _plain(text: str) -> str:
    return text.replace("&", "")
