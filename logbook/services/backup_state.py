"""How it stands with the backups of one logbook, in words, and in the small file that remembers it beside them."""

import datetime as dt
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from logbook.domain.labels import count, day
from logbook.services.csv_table import whole_file
from logbook.storage.backup import Backup
from logbook.storage.faults import explained
from logbook.storage.files import make_folder

_VERSION: Final = 1
_MOST_TEXT: Final = 64 * 1024  # characters
_LOST: Final = (
    "What was noted about your backups could not be read. If they also went to another folder, choose it again."
)


@dataclass(frozen=True, slots=True)
class Failure:
    """What went wrong, until a backup succeeds again."""

    at: dt.datetime  # local
    sentence: str


@dataclass(frozen=True, slots=True)
class Drill:
    """A restore that was tried out in a temporary place."""

    at: dt.datetime  # local
    backup: str  # the name of its file
    fault: str = ""  # a sentence; empty: everything was there


@dataclass(frozen=True, slots=True)
class State:
    """How it stands with the backups of one logbook."""

    last_good: Backup | None = None
    failure: Failure | None = None
    warning: str = ""  # sentences about what is wrong beside it
    other_folder: Path | None = None  # where a second copy goes
    other_fault: str = ""  # why the last one did not
    drill: Drill | None = None
    changes: str = ""  # what the logbook said of its changes when the last good copy was made

    def sentence(self, now: dt.datetime) -> str:
        """Return all of it in words, as at *now*, a local moment."""
        parts = [self._failed() if self.failure else self._good(now), self.warning, self.other_fault]
        return " ".join(part for part in parts if part)

    def _failed(self) -> str:
        good = self.last_good
        rest = f"Your last good backup is of {moment(good.made_at)}." if good else "There is no good backup."
        return f"{self.failure.sentence} {rest}" if self.failure else rest

    def _good(self, now: dt.datetime) -> str:
        good = self.last_good
        if good is None:
            return "There is no backup yet."
        sessions = count(good.counts.get("session", 0), "session")
        name, end = ("Last good", "opened and counted") if good.is_verified else ("Newest", "not looked through yet")
        return f"{name} backup {_ago(good.made_at, now)}, {plain_size(good.size)}, {sessions}, {end}."


def moment(value: dt.datetime) -> str:
    """Return *value* as ``9 December 2026, 07:42``."""
    return f"{day(value.date())}, {value:%H:%M}"


def plain_size(size: int) -> str:
    """Return *size*, in bytes, as people read it."""
    return f"{size / 1_000_000:.1f} MB" if size >= 1_000_000 else f"{(size + 999) // 1000} kB"


def read_state(path: Path) -> tuple[State, str]:
    """Return what is noted at *path*, but for the last good copy, of which only the file's name is noted."""
    try:
        with path.open(encoding="utf-8") as file:
            return _from_json(json.loads(file.read(_MOST_TEXT)))
    except (FileNotFoundError, NotADirectoryError):
        return State(), ""
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return State(other_fault=_LOST), ""


def write_state(state: State, path: Path) -> None:
    """Note *state* at *path*, readable by its owner only; all of it, or nothing.

    Raises:
        StorageError: it cannot be written.
    """
    with explained(path.parent):
        make_folder(path.parent)
    with whole_file(path) as file:
        json.dump(_to_json(state), file, ensure_ascii=False, indent=1)


def _to_json(state: State) -> dict[str, Any]:
    failure, drill = state.failure, state.drill
    return {
        "version": _VERSION,
        "last_good": state.last_good.path.name if state.last_good else "",
        "changes": state.changes,
        "failure": failure and {"at": failure.at.isoformat(), "sentence": failure.sentence},
        "warning": state.warning,
        "other_folder": state.other_folder and str(state.other_folder),
        "other_fault": state.other_fault,
        "drill": drill and {"at": drill.at.isoformat(), "backup": drill.backup, "fault": drill.fault},
    }


def _from_json(noted: dict[str, Any]) -> tuple[State, str]:
    if noted["version"] != _VERSION:
        raise ValueError(noted["version"])
    failure, drill, other = noted["failure"], noted["drill"], noted["other_folder"]
    state = State(
        failure=failure and Failure(dt.datetime.fromisoformat(failure["at"]), str(failure["sentence"])),
        warning=str(noted["warning"]),
        other_folder=other and Path(other),
        other_fault=str(noted["other_fault"]),
        drill=drill and Drill(dt.datetime.fromisoformat(drill["at"]), str(drill["backup"]), str(drill["fault"])),
        changes=str(noted["changes"]),
    )
    return state, str(noted["last_good"])


def _ago(then: dt.datetime, now: dt.datetime) -> str:
    minutes = (now - then) // dt.timedelta(minutes=1)
    if minutes < -1:  # the clock was put back, or the person travelled
        return f"of {moment(then)}"
    if minutes < 1:
        return "just now"
    if minutes < 60:
        return f"{minutes} min ago"
    return f"{minutes // 60} h ago" if minutes < 48 * 60 else f"{count(minutes // (24 * 60), 'day')} ago"
