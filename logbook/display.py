"""Whether a window can be opened at all: asked before Qt, which ends the program where it can not."""

import ctypes
import os
import sys
from pathlib import Path
from typing import Final

# On Debian and its kin; what Qt's own message names is a file nobody knows the package of.
_ALWAYS: Final = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libfontconfig.so.1": "libfontconfig1",
    "libdbus-1.so.3": "libdbus-1-3",
}
_FOR_X: Final = {
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
}


def why_no_window() -> str | None:
    """Return in a sentence why no window can be opened, or None where nothing stands against it."""
    if not sys.platform.startswith("linux"):
        return None
    platform = os.environ.get("QT_QPA_PLATFORM", "").partition(":")[0]
    needs_x = platform == "xcb" or (not platform and not _has_wayland())
    libraries = {**_ALWAYS, **(_FOR_X if needs_x else {})}
    if missing := [package for library, package in libraries.items() if not _loads(library)]:
        return f"The window needs system libraries that are missing; please install: {' '.join(missing)}"
    if needs_x and not _reaches_x():
        display = os.environ.get("DISPLAY")
        named = f"the display “{display}” cannot be reached" if display else "no display is set"
        return f"No window can be opened, because {named}; the commands work without one, see --help."
    return None


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _has_wayland() -> bool:
    name = os.environ.get("WAYLAND_DISPLAY")
    folder = os.environ.get("XDG_RUNTIME_DIR", "")
    return bool(name) and (Path(folder) / str(name)).exists()


def _reaches_x() -> bool:
    """Try to connect to the X server, as Qt will; a failed try of Qt's aborts the process."""
    xcb = ctypes.CDLL("libxcb.so.1")
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connection_has_error.argtypes = [ctypes.c_void_p]
    xcb.xcb_disconnect.argtypes = [ctypes.c_void_p]
    connection = xcb.xcb_connect(None, None)
    is_reached = not xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    return is_reached
