"""What a lock says of the program that holds it, and whether that program is still at work."""

import datetime as dt
import getpass
import hashlib
import json
import os
import platform
import uuid
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final, Self

from logbook.domain.errors import Holder
from logbook.domain.labels import day

MOST: Final = 4096  # bytes that a claim can have
_MOST_SHOWN: Final = 60  # characters of a name, which may be anybody's invention
_MACHINE_IDS: Final = (Path("/etc/machine-id"), Path("/var/lib/dbus/machine-id"))
_BOOT_ID: Final = Path("/proc/sys/kernel/random/boot_id")
_STARTED_AT: Final = 19  # which of the words after a process's name in /proc tells when it began


@dataclass(frozen=True, slots=True)
class Claim:
    """The content of a lock."""

    host: str
    machine: str  # a hash that tells two computers of one name apart; "" where the system has nothing to tell by
    user: str
    process: int
    started: str  # tells a process from a later one of the same number; "" where the system does not say
    since: dt.datetime  # local, whole seconds, with its offset from UTC

    @classmethod
    def own(cls) -> Self:
        """Return a new claim of this process."""
        process, since = os.getpid(), dt.datetime.now().replace(microsecond=0).astimezone()
        return cls(platform.node(), _machine(), _user(), process, _started(process), since)

    @property
    def content(self) -> bytes:
        """What is written into the lock."""
        told = {name: getattr(self, name) for name in self.__slots__} | {"since": self.since.isoformat()}
        return json.dumps(told, indent=1).encode()[:MOST]

    @property
    def is_of_this_machine(self) -> bool:
        """Whether this computer made it: of the same name, and the same computer."""
        return (self.host, self.machine) == (platform.node(), _machine())

    @property
    def may_be_of_this_machine(self) -> bool:
        """Whether this computer may have made it, under another name perhaps."""
        return self.host == platform.node() or (self.machine != "" and self.machine == _machine())

    @property
    def is_alive(self) -> bool:
        """Whether the very process that made it, on this computer, is known to run still."""
        return self.is_of_this_machine and self.started != "" and self.started == _started(self.process)

    @property
    def is_over(self) -> bool:
        """Whether the process that made it, on this computer, is known to have ended."""
        return self.is_of_this_machine and self.started != "" and self.started != _started(self.process)

    @property
    def is_mine(self) -> bool:
        """Whether this process made it."""
        return self.process == os.getpid() and self.is_of_this_machine and self.started == _started(self.process)

    def holder(self, *, is_here: bool) -> Holder:
        """Return what may be shown of it."""
        return Holder(_shown(self.host), _shown(self.user), self.process, self.since, is_here)


def read_claim(content: bytes) -> Claim | None:
    """Return what *content* says; None where it says nothing, as when it was cut short."""
    try:
        told = json.loads(content)
        fields: dict[str, Any] = {name: told[name] for name in Claim.__slots__}
        fields["since"] = dt.datetime.fromisoformat(fields["since"]).astimezone()
    except (ValueError, TypeError, KeyError, OverflowError, OSError, RecursionError):
        return None
    texts = all(isinstance(fields[name], str) for name in ("host", "machine", "user", "started"))
    return Claim(**fields) if texts and type(fields["process"]) is int else None


def sentence(name: str, holder: Holder) -> str:
    """Return why the file called *name* cannot be written while *holder* has it."""
    since = f" since {_moment(holder.since)}" if holder.since else ""
    if holder.is_here:
        process = f" (process {holder.process})" if holder.process else ""
        return f"{name} is open on this computer already{since}{process}; nothing was changed."
    by = f", by {holder.user}" if holder.user else ""
    host = holder.host or "another computer"
    return f"{name} is open on {host}{since}{by}, or was not closed properly there; nothing was changed."


def _moment(when: dt.datetime) -> str:
    local = when.astimezone()
    return f"{local:%H:%M}" if local.date() == dt.date.today() else f"{day(local.date())}, {local:%H:%M}"


def _shown(text: str) -> str:
    shown = "".join(character for character in text if character.isprintable()).strip()
    return shown if len(shown) <= _MOST_SHOWN else f"{shown[: _MOST_SHOWN - 1]}…"


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # a user of whom the system has no name
        return ""


@cache
def _machine() -> str:
    for path in _MACHINE_IDS:
        if known := _line(path):
            break
    else:
        node = uuid.getnode()
        known = "" if node >> 40 & 1 else f"{node:x}"  # the bit of a number that was made up just now
    # Hashed, as systemd asks: the number itself is nobody else's business.
    return hashlib.sha256(f"scalp-needling-logbook {known}".encode()).hexdigest()[:16] if known else ""


def _started(process: int) -> str:
    """Return when *process* began, counted from the start of the machine; "" where it or its system does not say."""
    _, _, after = _line(Path(f"/proc/{process}/stat")).rpartition(")")
    words = after.split()
    return f"{_line(_BOOT_ID)} {words[_STARTED_AT]}" if len(words) > _STARTED_AT else ""


def _line(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        return ""
