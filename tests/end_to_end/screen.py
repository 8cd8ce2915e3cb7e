"""A real X screen of one's own, the real program on it, and keys as a person presses them."""

import array
import os
import select
import shutil
import sqlite3
import struct
import subprocess
import sys
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

import pytest

import logbook
from logbook import APPLICATION_NAME
from logbook.assets import find, read_toml

SIZE: Final = (1400, 900)
PATIENCE_S: Final = 60.0
_INTERVAL_S: Final = 0.05
_MAIN_BUTTON_PIXELS: Final = 1_000  # of the one that logs a session; without the overview there are none
_FORM_EDGE_PIXELS: Final = 4_000  # of some twenty fields; without the form there are a few hundred
_TOOLS: Final = ("Xvfb", "xdotool")
_ROOT: Final = Path(logbook.__file__).parents[1]
_MAIN: Final = Path(__file__).parents[2] / "main.py"
_KEPT: Final = ("PATH", "LD_LIBRARY_PATH", "TZ", "TMPDIR")

Row = tuple[Any, ...]


def need_tools() -> None:
    """Skip the test where the tools are not installed; where everything has to pass, that is a failure."""
    if missing := [tool for tool in _TOOLS if shutil.which(tool) is None]:
        reason = f"not installed: {', '.join(missing)}"
        if os.environ.get("CI", "").lower() not in {"", "0", "false"}:
            pytest.fail(f"CI must drive the real window; {reason}")
        pytest.skip(f"drives the real window; {reason}")


def clean_environment(home: Path, **more: str) -> dict[str, str]:
    """Return an environment that knows no display and nobody's desktop, with its folders below *home*."""
    folders = {name: home / name.lower() for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME")}
    runtime = home / "xdg_runtime"
    runtime.mkdir(mode=0o700, exist_ok=True)
    return {
        **{name: os.environ[name] for name in _KEPT if name in os.environ},
        **{name: str(folder) for name, folder in folders.items()},
        "HOME": str(home),
        "XDG_RUNTIME_DIR": str(runtime),
        "LANG": "C.UTF-8",
        "PYTHONPATH": str(_ROOT),
        **more,
    }


def command(*arguments: str | Path) -> list[str]:
    """Return how the program is started: by main.py in a checkout, by its entry point where it is installed."""
    if _MAIN.exists() and _MAIN.parent == _ROOT:
        program = [str(_MAIN)]
    else:
        program = ["-c", "from logbook.app import main; raise SystemExit(main())"]
    return [sys.executable, "-W", "error", *program, *map(str, arguments)]


def colour(theme: str, role: str) -> int:
    """Return a colour of a theme as it stands in the frame buffer."""
    return int(read_toml(find(f"themes/{theme}.toml"))["roles"][role].removeprefix("#"), 16)


class Screen:
    """An X server without a window manager that draws into a file."""

    def __init__(self, number: str, folder: Path) -> None:
        """Know the server of display *number*, which draws into *folder*."""
        self.name = f":{number}"
        self._picture = folder / "Xvfb_screen0"
        self._environment = {**os.environ, "DISPLAY": self.name, "LC_ALL": "C.UTF-8"}

    def press(self, *keys: str) -> None:
        """Press *keys*, one after the other."""
        self._xdotool("key", *keys)

    def write(self, text: str) -> None:
        """Write *text* on the keyboard."""
        self._xdotool("type", text)

    def focus(self, window: str) -> None:
        """Give *window* the keyboard, as a window manager would."""
        self._xdotool("windowfocus", "--sync", window)

    def windows(self, title: str) -> list[str]:
        """Return the visible windows whose title is *title*."""
        found = self._xdotool("search", "--onlyvisible", "--name", f"^{title}$", check=False)
        return found.split()

    def count(self, wanted: int, *, top: int = 0) -> int:
        """Return how many pixels from the line *top* downwards have the colour *wanted*."""
        width, _, pixels = self._pixels()
        pixels = pixels[top * width :]
        return pixels.count(wanted) + pixels.count(0xFF000000 | wanted)  # the fourth byte means nothing

    def save_picture(self, path: Path) -> None:
        """Write what is seen now as a PNG file."""
        width, height, pixels = self._pixels()
        rows = bytearray()
        for y in range(height):
            rows.append(0)
            for pixel in pixels[y * width : (y + 1) * width]:
                rows += (pixel & 0xFFFFFF).to_bytes(3, "big")
        header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
        chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(bytes(rows), 1)), (b"IEND", b""))
        written = [
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
            for kind, data in chunks
        ]
        path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"".join(written))

    def _pixels(self) -> tuple[int, int, "array.array[int]"]:
        """Read the frame buffer, an XWD file of 32-bit pixels; Xvfb keeps it up to date."""
        content = self._picture.read_bytes()
        header = struct.unpack(">25I", content[:100])
        size, width, height, is_big = header[0], header[4], header[5], header[7]
        bits, line, colours = header[11], header[12], header[19]
        assert (bits, line) == (32, width * 4)
        start = size + colours * 12
        pixels = array.array("I", content[start : start + line * height])
        if is_big != (sys.byteorder == "big"):
            pixels.byteswap()
        return width, height, pixels

    def _xdotool(self, *arguments: str, check: bool = True) -> str:
        ran = subprocess.run(
            ["xdotool", *arguments],
            env=self._environment,
            capture_output=True,
            text=True,
            timeout=PATIENCE_S,
            check=False,
        )
        assert not check or ran.returncode == 0, f"xdotool {arguments}: {ran.stderr}"
        return ran.stdout


@contextmanager
def open_screen(folder: Path) -> Iterator[Screen]:
    """Run an X server on a display that is free, out of reach of the network, as long as the block lasts."""
    reader, writer = os.pipe()
    width, height = SIZE
    server = subprocess.Popen(
        [
            *("Xvfb", "-displayfd", str(writer), "-screen", "0", f"{width}x{height}x24"),
            *("-nolisten", "tcp", "-noreset", "-fbdir", str(folder)),
        ],
        pass_fds=(writer,),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(writer)
    try:
        with os.fdopen(reader) as display:
            is_ready, _, _ = select.select([display], [], [], PATIENCE_S)
            number = display.readline().strip() if is_ready else ""
        assert number, f"Xvfb did not start: exit status {server.poll()}"
        yield Screen(number, folder)
    finally:
        server.terminate()
        try:
            server.wait(PATIENCE_S)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


class Program:
    """The real program on a screen, with a logbook file; it does not outlive its block."""

    def __init__(self, screen: Screen, database: Path, home: Path, **more: str) -> None:
        """Prepare to open *database*; what the program keeps of its own goes below *home*.

        *more* is added to its environment.
        """
        self._screen = screen
        self._database = database
        self._home = home
        self._more = more
        self._process: subprocess.Popen[bytes]

    def __enter__(self) -> Self:
        """Start, wait for the logbook to be open, give its window the keyboard, and go to the form of the sessions."""
        self._said = (self._home / "said.txt").open("w+b")
        self._process = subprocess.Popen(
            command("--database", self._database),
            cwd=self._home,
            env=clean_environment(self._home, DISPLAY=self._screen.name, QT_QPA_PLATFORM="xcb", **self._more),
            stdin=subprocess.DEVNULL,
            stdout=self._said,
            stderr=subprocess.STDOUT,
        )
        try:
            self.until("the logbook is open", lambda: bool(self._windows()))
            (window,) = self._windows()
            self._screen.focus(window)
            self.until("the overview is there", lambda: self._shows("accent", _MAIN_BUTTON_PIXELS))
            self._screen.press("ctrl+2")
            self.until("the form is there", lambda: self._shows("edge", _FORM_EDGE_PIXELS))
        except BaseException:
            self.kill()
            self._said.close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.kill()
        self._said.close()

    def until(self, what: str, is_so: Callable[[], bool]) -> None:
        """Wait until *what* is so; fail with what the program said and a picture where it never is.

        A file that is being made or written at the moment is no reason to fail.
        """
        deadline = time.monotonic() + PATIENCE_S
        while True:
            with suppress(sqlite3.OperationalError):
                if is_so():
                    return
            if self._process.poll() is not None:
                pytest.fail(f"Never so: {what}. The program ended with {self._process.returncode}: {self.said()}")
            if time.monotonic() > deadline:
                picture = self._home / "never.png"
                self._screen.save_picture(picture)
                pytest.fail(f"Never so: {what}. Seen: {picture}. Said: {self.said() or 'nothing'}")
            time.sleep(_INTERVAL_S)

    def ended(self) -> int:
        """Wait for the program to end by itself and return its exit status."""
        try:
            return self._process.wait(PATIENCE_S)
        except subprocess.TimeoutExpired:
            picture = self._home / "never.png"
            self._screen.save_picture(picture)
            pytest.fail(f"It did not end. Seen: {picture}. Said: {self.said() or 'nothing'}")

    def kill(self) -> None:
        """Take the program away without a warning, as a power cut does."""
        self._process.kill()
        self._process.wait()

    def said(self) -> str:
        """Return what the program wrote to standard output and standard error."""
        self._said.flush()
        return (self._home / "said.txt").read_text(encoding="utf-8", errors="replace")

    def _shows(self, role: str, pixels: int) -> bool:
        return any(self._screen.count(colour(theme, role)) > pixels for theme in ("light", "dark"))

    def _windows(self) -> list[str]:
        return self._screen.windows(f"{self._database.name} – {APPLICATION_NAME}")


def read(database: Path, sql: str) -> list[Row]:
    """Return what *sql* finds in the file, over a connection that cannot write."""
    with closing(sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True, timeout=5)) as connection:
        return connection.execute(sql).fetchall()


def everything(database: Path) -> dict[str, list[Row]]:
    """Return every row of every table."""
    names = [name for (name,) in read(database, "SELECT name FROM sqlite_master WHERE type = 'table'")]
    return {name: sorted(read(database, f'SELECT * FROM "{name}"'), key=repr) for name in names}
