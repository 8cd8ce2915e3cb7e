"""Pictures for the style sheet, in the colours of a theme and kept in memory: it takes a picture by a path only."""

import struct
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from PySide6.QtCore import qRegisterResourceData

from logbook.assets import find

_FORMAT: Final = 1  # of Qt's resources, the oldest: names, bytes, and nothing else
_FOLDER: Final = 2
_ANY_COUNTRY: Final = 0
_C_LANGUAGE: Final = 1


@lru_cache
def picture_file(name: str, colour: str) -> str:
    """Return the path, which begins with a colon, of the picture *name* painted in *colour*."""
    folder = f"{name}-{colour.removeprefix('#')}"
    svg = find(f"icons/{name}.svg").read_text(encoding="utf-8").replace("currentColor", colour)
    _register(folder, {f"{name}.svg": svg.encode()})
    return f":/{folder}/{name}.svg"


# Qt reads the bytes where they are, for as long as the program runs.
_registered: Final[list[tuple[bytes, bytes, bytes]]] = []


def _register(folder: str, files: Mapping[str, bytes]) -> None:
    packed = _packed(folder, files)
    _registered.append(packed)
    if not qRegisterResourceData(_FORMAT, *packed):
        raise RuntimeError(f"Qt took no picture of the folder {folder}.")


def _packed(folder: str, files: Mapping[str, bytes]) -> tuple[bytes, bytes, bytes]:
    """Return *folder* with its *files* as Qt's compiler of resources writes them: the tree, the names, the data."""
    names, data, places = b"", b"", {}
    for name in (folder, *files):
        places[name] = len(names)
        names += struct.pack(">HI", len(name), _hash(name)) + name.encode("utf-16-be")
    leaves = b""
    for name in sorted(files, key=_hash):  # Qt looks for a name by halves
        leaves += struct.pack(">IHHHI", places[name], 0, _ANY_COUNTRY, _C_LANGUAGE, len(data))
        data += struct.pack(">I", len(files[name])) + files[name]
    root = struct.pack(">IHII", 0, _FOLDER, 1, 1)
    return root + struct.pack(">IHII", places[folder], _FOLDER, len(files), 2) + leaves, names, data


def _hash(name: str) -> int:
    """Return the number by which Qt orders names: that of ELF."""
    number = 0
    for letter in name:
        number = (number << 4) + ord(letter)
        number = (number ^ ((number & 0xF0000000) >> 23)) & 0x0FFFFFFF
    return number
