"""What a screen reader on Linux has: a bus of its own, and over it the tree of every program that is open."""

import ast
import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pytest
from end_to_end.screen import PATIENCE_S, clean_environment

_TOOLS: Final = ("dbus-daemon", "gdbus")
_SERVICE: Final = "dbus-1/services/org.a11y.Bus.service"
_ACCESSIBLE: Final = "org.a11y.atspi.Accessible"
_ACTION: Final = "org.a11y.atspi.Action"
_GET: Final = "org.freedesktop.DBus.Properties.Get"
_FOCUSABLE, _SHOWING = 11, 25  # places in the set of states
_LABELLED_BY: Final = 2
_WHOLE: Final = ("table", "list", "menu bar", "combo box", "text", "label", "push button", "check box")
_HOLDERS: Final = ("filler", "panel", "layered pane", "splitter")
_TRUTHS: Final = {"(true,)": True, "(false,)": False}
_TYPES: Final = re.compile(r"\b(?:objectpath|u?int(?:16|32|64)) |@\S+ ")


def need_bus() -> None:
    """Skip the test where no screen reader could run; where everything has to pass, that is a failure."""
    missing = [tool for tool in _TOOLS if shutil.which(tool) is None]
    folders = os.environ.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share"
    if not any((Path(folder) / _SERVICE).exists() for folder in folders.split(":")):
        missing.append("at-spi2-core")
    if missing:
        reason = f"not installed: {', '.join(missing)}"
        if os.environ.get("CI", "").lower() not in {"", "0", "false"}:
            pytest.fail(f"CI must hear the real window; {reason}")
        pytest.skip(f"hears the real window; {reason}")


class Bus:
    """A message bus, asked by a program of its own for each question."""

    def __init__(self, address: str, environment: dict[str, str]) -> None:
        """Know the bus at *address*."""
        self.address = address
        self._environment = environment

    def call(self, service: str, path: str, method: str, *arguments: str) -> Any:
        """Return what *method* of what lies at *path* answers."""
        asked = ("--dest", service, "--object-path", path, "--method", method, *arguments)
        ran = subprocess.run(
            ["gdbus", "call", "--address", self.address, *asked],
            env=self._environment,
            capture_output=True,
            text=True,
            timeout=PATIENCE_S,
            check=False,
        )
        if ran.returncode:
            raise LookupError(ran.stderr)
        return _read(ran.stdout.strip())


def _read(answer: str) -> Any:
    """Return the one value of an *answer* as gdbus writes it: nearly as Python does, beside the types."""
    if answer in _TRUTHS:
        return _TRUTHS[answer]
    inner = re.sub(r"^\(<(.*)>,\)$", r"(\1,)", answer, flags=re.S)
    return ast.literal_eval(_TYPES.sub("", inner))[0]


@dataclass(frozen=True, slots=True)
class Heard:
    """Something in a window, as it is told to a screen reader; what it says may change at any time."""

    bus: Bus
    service: str
    path: str

    def __str__(self) -> str:
        """Say what it is."""
        return f"{self.role} “{self.name}”"

    @property
    def role(self) -> str:
        """What it is."""
        return str(self._ask("GetRoleName"))

    @property
    def name(self) -> str:
        """What it is called; where that is what is chosen in it, what its label says."""
        if self.role == "combo box":
            related = dict(self._ask("GetRelationSet"))
            return " ".join(Heard(self.bus, *label).name for label in related.get(_LABELLED_BY, ()))
        return self._get("Name")

    @property
    def description(self) -> str:
        """What more is said of it."""
        return self._get("Description")

    @property
    def children(self) -> "list[Heard]":
        """What is in it."""
        return [Heard(self.bus, *child) for child in self._ask("GetChildren")]

    @property
    def is_showing(self) -> bool:
        """Whether it is to be seen."""
        return self._is(_SHOWING)

    @property
    def is_focusable(self) -> bool:
        """Whether the keyboard can go there."""
        return self._is(_FOCUSABLE)

    def press(self) -> None:
        """Do the first thing that can be done with it, as a screen reader does."""
        assert self.bus.call(self.service, self.path, f"{_ACTION}.DoAction", "0") is True

    def all(self, enters: "Callable[[Heard], bool]" = lambda _: True) -> "Iterator[Heard]":
        """Go through it and everything in it, but into nothing that *enters* leaves out."""
        yield self
        if enters(self):
            for child in self.children:
                yield from child.all(enters)

    def find(self, role: str, name: str) -> "Heard":
        """Return the first that is to be seen with this role, and a name that begins with *name*.

        Raises:
            LookupError: there is none at this moment.
        """
        for one in self.all(_has_parts):
            if one.role == role and one.name.startswith(name) and one.is_showing:
                return one
        raise LookupError(f"no {role} “{name}”")

    def _ask(self, method: str) -> Any:
        return self.bus.call(self.service, self.path, f"{_ACCESSIBLE}.{method}")

    def _get(self, name: str) -> str:
        return str(self.bus.call(self.service, self.path, _GET, _ACCESSIBLE, name))

    def _is(self, state: int) -> bool:
        states = self._ask("GetState")
        return bool(states[state // 32] >> state % 32 & 1)


def _has_parts(one: Heard) -> bool:
    """Leave out rows of lists, what is in menus and what is not seen: there are many, and none of them is sought."""
    role = one.role
    return role not in _WHOLE and (role not in _HOLDERS or one.is_showing)


@contextmanager
def open_bus(home: Path) -> Iterator[tuple[str, Heard]]:
    """Run a bus as of a desktop as long as the block lasts; yield its address, and what holds all programs on it."""
    environment = clean_environment(home)
    session = subprocess.Popen(
        ["dbus-daemon", "--session", "--nofork", "--nopidfile", "--print-address"],
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert session.stdout
        address = session.stdout.readline().strip()
        assert address, f"no bus: exit status {session.poll()}"
        told = Bus(address, environment).call("org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus.GetAddress")
        bus = Bus(told, environment)
        yield address, Heard(bus, "org.a11y.atspi.Registry", "/org/a11y/atspi/accessible/root")
    finally:
        session.terminate()  # what was started over it ends with it
        session.wait(PATIENCE_S)
        session.stdout and session.stdout.close()
