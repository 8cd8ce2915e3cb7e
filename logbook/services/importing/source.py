"""What a file from a stranger is, told from its bytes, and its text whatever its encoding."""

import codecs
import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from logbook.domain.errors import UnreadableFile
from logbook.services.csv_table import MOST_BYTES, read_raw, require_text
from logbook.services.logbook_json import MOST_BYTES as MOST_BYTES_OF_JSON


class Kind(StrEnum):
    """What a file holds."""

    SESSIONS = "sessions"  # a table
    SHEDDING = "shedding"  # a table
    JSON = "json"  # a whole logbook, as the program exports it
    LOGBOOK = "logbook"  # a whole logbook, as the program keeps it

    @property
    def is_table(self) -> bool:
        """Whether its columns have to be understood first."""
        return self in (Kind.SESSIONS, Kind.SHEDDING)


@dataclass(frozen=True, slots=True)
class Source:
    """A file whose kind is known as far as its bytes tell: of a table, its columns tell the rest."""

    name: str
    kind: Kind | None  # None: a table
    data: bytes = b""  # of a table: UTF-8 text without a byte-order mark
    remarks: tuple[str, ...] = ()  # sentences on how it was read


_SQLITE: Final = b"SQLite format 3\0"
_NOT_TEXT: Final = {
    b"PK\x03\x04": "an Excel or LibreOffice file, or another kind of archive",
    b"\xd0\xcf\x11\xe0": "an old Excel file",
    b"%PDF": "a PDF",
}
_UTF_16: Final = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
_WORD: Final = re.compile(r"(?:[^\W_]|[^\x00-\x7f])+")
_AROUND: Final = 20  # characters on either side of the first that is not in every encoding


def is_logbook_file(path: Path) -> bool:
    """Tell from its first bytes whether *path* is a database; False where it cannot be opened."""
    try:
        with path.open("rb") as stream:
            return stream.read(len(_SQLITE)) == _SQLITE
    except (OSError, ValueError):
        return False


def read_source(path: Path) -> Source:
    """Return what *path* is, and its text where it is a table.

    Raises:
        UnreadableFile: it cannot be opened, or is nothing that can be taken in.
    """
    data = read_raw(path, MOST_BYTES_OF_JSON)
    if data.startswith(_SQLITE):
        return Source(path.name, Kind.LOGBOOK)
    for start, what in _NOT_TEXT.items():
        if data.startswith(start):
            raise UnreadableFile(f"{path.name} is {what}. Save the table as “CSV UTF-8” and import that.")
    if not data.strip(b" \t\r\n\xef\xbb\xbf"):
        raise UnreadableFile(f"{path.name} is empty.")
    if path.suffix.lower() == ".json" or data.removeprefix(codecs.BOM_UTF8).lstrip().startswith(b"{"):
        return Source(path.name, Kind.JSON)
    if len(data) > MOST_BYTES:
        raise UnreadableFile(f"{path.name} is larger than {MOST_BYTES // 1024**2} MiB, which no table of a life fills.")
    return _table(path.name, data)


def _table(name: str, data: bytes) -> Source:
    text, remarks = _decoded(name, data)
    require_text(text, name)
    return Source(name, None, text, remarks)


def _decoded(name: str, data: bytes) -> tuple[bytes, tuple[str, ...]]:
    """Return *data* as UTF-8, and what has to be said of how it was written."""
    for mark, encoding in _UTF_16.items():
        if data.startswith(mark):
            try:
                return data[len(mark) :].decode(encoding).encode(), ("The file is written in UTF-16.",)
            except UnicodeError as error:
                raise UnreadableFile(f"{name} is not whole: it begins as UTF-16 text and does not go on so.") from error
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return _from_windows(name, data)
    return data.removeprefix(codecs.BOM_UTF8), ()


def _from_windows(name: str, data: bytes) -> tuple[bytes, tuple[str, ...]]:
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise UnreadableFile(f"{name}, line {line}: This is no text; save the table as “CSV UTF-8”.") from error
    at = next(place for place, letter in enumerate(text) if not letter.isascii())
    around = text[max(0, at - _AROUND) : at + _AROUND]
    example = next(word for word in _WORD.findall(around) if not word.isascii())
    return text.encode(), (f"The file is not UTF-8; it was read as Windows-1252, in which one word is “{example}”.",)
