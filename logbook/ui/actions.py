"""Everything one can do: each action's name, words and keys, in one table."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

_Key = str | QKeySequence.StandardKey


@dataclass(frozen=True)
class ActionSpec:
    """One action."""

    name: str
    menu: str
    text: str
    key: _Key | None = None
    tip: str = ""
    is_checkable: bool = False
    also: _Key | None = None  # another key for the same

    @property
    def changes(self) -> bool:
        """Whether it changes the logbook that is open."""
        return self.name in _CHANGING

    @property
    def icon(self) -> str:
        """The name of its picture; nothing where a menu is plainer without one."""
        return _ICONS.get(self.name, self.name.removeprefix("page_") if self.name.startswith("page_") else "")


SEPARATOR: Final = "-"
_CHANGING: Final = (
    "import_file",
    "undo",
    "redo",
    "delete",
    "change_many",
    "person",
    "new_session",
    "repeat_last",
    "save",
)
_ICONS: Final = {
    "new_logbook": "new_file",
    "open_logbook": "open",
    "open_read_only": "read_only",
    "open_again": "refresh",
    "open_own": "own",
    "open_sample": "sample",
    "remove_sample": "delete",
    "import_file": "import",
    "export_file": "export",
    "backup": "backup",
    "backups": "backups",
    "quit": "quit",
    "undo": "undo",
    "redo": "redo",
    "find": "find",
    "copy_rows": "copy",
    "change_many": "change",
    "delete": "delete",
    "trash": "trash",
    "person": "person",
    "people": "people",
    "new_session": "new",
    "repeat_last": "repeat",
    "save": "save",
    "revert": "clear",
    "guide": "guide",
    "keys": "keys",
    "show_hints": "hint",
    "check": "check_logbook",
    "about": "about",
}
ACTIONS: Final = (
    ActionSpec("new_logbook", "&File", "&New logbook…", "Ctrl+Shift+N", "Begin an empty logbook in a new file"),
    ActionSpec("open_logbook", "&File", "&Open logbook…", QKeySequence.StandardKey.Open, "Open another logbook file"),
    ActionSpec("open_read_only", "&File", "Open rea&d-only…", None, "Look into a logbook file; nothing in it changes"),
    ActionSpec("open_again", "&File", "Open it a&gain", "Ctrl+Shift+O", "Read anew the logbook that is open"),
    ActionSpec("open_own", "&File", "Open my o&wn logbook", None, "Go back to the logbook in its usual place"),
    ActionSpec("open_sample", "&File", "Try a &sample logbook", None, "Look around in a made-up person's year"),
    ActionSpec("remove_sample", "&File", "Close and re&move the sample", None, "Leave nothing of it on this computer"),
    ActionSpec(SEPARATOR, "&File", ""),
    ActionSpec("import_file", "&File", "&Import…", "Ctrl+I", "Take in a table, an export or another logbook"),
    ActionSpec("export_file", "&File", "&Export…", "Ctrl+E", "Write tables, everything as JSON, or a copy of the file"),
    ActionSpec("backup", "&File", "&Back up now", "Ctrl+B", "Make one verified copy of the logbook"),
    ActionSpec(
        "backups", "&File", "Back&ups…", "Ctrl+Shift+B", "Look at the backups, restore one, choose a second folder"
    ),
    ActionSpec(SEPARATOR, "&File", ""),
    ActionSpec("quit", "&File", "&Quit", "Ctrl+Q"),
    ActionSpec("undo", "&Edit", "&Undo", QKeySequence.StandardKey.Undo),
    ActionSpec("redo", "&Edit", "&Redo", "Ctrl+Shift+Z"),
    ActionSpec(SEPARATOR, "&Edit", ""),
    ActionSpec("find", "&Edit", "&Find…", QKeySequence.StandardKey.Find, "Search the page"),
    ActionSpec("copy_rows", "&Edit", "&Copy rows", QKeySequence.StandardKey.Copy, "Copy the chosen rows as text"),
    ActionSpec("change_many", "&Edit", "C&hange chosen…", "Ctrl+Shift+E", "Change all that is chosen at once"),
    ActionSpec("delete", "&Edit", "&Delete chosen", "Ctrl+Del", "Delete what is chosen in the table"),
    ActionSpec("trash", "&Edit", "D&eleted records…", None, "Bring back what was deleted, or let it go for good"),
    ActionSpec(SEPARATOR, "&Edit", ""),
    ActionSpec("person", "&Edit", "&Person…", "Ctrl+P", "Name, birth date, what thins, what is true of you"),
    ActionSpec("people", "&Edit", "Pe&ople…", "Ctrl+Shift+P", "Show another person, add one, or let one go"),
    ActionSpec("new_session", "&Session", "&New session", "Ctrl+N", "Begin a session, prefilled from the last one"),
    ActionSpec("repeat_last", "&Session", "&Repeat last", "Ctrl+R", "Begin a session that does the last one again"),
    ActionSpec("save", "&Session", "&Save", QKeySequence.StandardKey.Save, "Keep what is in the form"),
    ActionSpec("revert", "&Session", "&Clear changes", "Ctrl+Backspace", "Take back what was typed since saving"),
    ActionSpec("page_overview", "&View", "Ove&rview", "Ctrl+1", "When next, what is open, what was last"),
    ActionSpec("page_sessions", "&View", "&Sessions", "Ctrl+2", "Log sessions and look at them"),
    ActionSpec("page_shedding", "&View", "S&hedding", "Ctrl+3", "Count the hairs you shed, and what else happened"),
    ActionSpec("page_charts", "&View", "&Charts", "Ctrl+4", "Depth, rest and shedding over time"),
    ActionSpec("page_warnings", "&View", "&Warnings", "Ctrl+5", "Every finding of the history, and who says so"),
    ActionSpec("page_planner", "&View", "&Planner", "Ctrl+6", "When you may needle next, and at what depth"),
    ActionSpec("page_devices", "&View", "D&evices", "Ctrl+7", "Rollers, stamps, pens and their cartridges"),
    ActionSpec("page_guidance", "&View", "&Guidance", "Ctrl+8", "What judges, and what was agreed with a clinician"),
    ActionSpec(SEPARATOR, "&View", ""),
    ActionSpec("go_table", "&View", "Go to the &table", "Alt+1", "The rows of this page, or those of Sessions"),
    ActionSpec("go_form", "&View", "Go to the &form", "Alt+2"),
    ActionSpec("go_verdict", "&View", "Go to the &verdict", "Alt+3"),
    ActionSpec(SEPARATOR, "&View", ""),
    ActionSpec("appearance_system", "&View", "Colours of the s&ystem", None, "", is_checkable=True),
    ActionSpec("appearance_light", "&View", "&Light colours", None, "", is_checkable=True),
    ActionSpec("appearance_dark", "&View", "&Dark colours", None, "", is_checkable=True),
    ActionSpec("appearance_high_contrast", "&View", "High c&ontrast", None, "", is_checkable=True),
    ActionSpec("guide", "&Help", "&Guide", "F1", "What each page answers, opened at the one you are on"),
    ActionSpec("keys", "&Help", "&Keys…", "?", "Every key in one list; what is chosen there is done", also="Ctrl+/"),
    ActionSpec("show_hints", "&Help", "&Show hints again", None, "Show the lines for who is new once more"),
    ActionSpec(SEPARATOR, "&Help", ""),
    ActionSpec("check", "&Help", "&Check the logbook…", None, "Look through the file and its backups for damage"),
    ActionSpec("about", "&Help", "&About this logbook", None, "What this is, and what it is not"),
)
MENUS: Final = tuple(dict.fromkeys(spec.menu for spec in ACTIONS))


def make_actions(parent: QWidget) -> dict[str, QAction]:
    """Return every action by its name, owned by *parent*."""
    actions = {}
    for spec in ACTIONS:
        if spec.name == SEPARATOR:
            continue
        action = QAction(spec.text, parent, checkable=spec.is_checkable)
        action.setObjectName(spec.name)
        if spec.key is not None:
            action.setShortcuts([QKeySequence(key) for key in (spec.key, spec.also) if key is not None])
        if spec.tip:
            action.setStatusTip(spec.tip)
        actions[spec.name] = action
        parent.addAction(action)
    return actions
