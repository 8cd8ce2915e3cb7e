"""Files from strangers, read line by line with every refusal named, and files of ours, written whole or not at all."""

import codecs
import csv
import io
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO, Final, TextIO, TypeVar

from logbook.domain.errors import RowProblem, StorageError, UnreadableFile
from logbook.domain.labels import count
from logbook.domain.units import Unreadable, parse_whole
from logbook.storage.files import put_in_place, unfinished

MOST_BYTES: Final = 64 * 1024 * 1024
LONGEST_CELL: Final = 2_000  # characters, in a column that is not free text
FREE_TEXT: Final = "notes"
_LONGEST_STEM: Final = 40  # letters
DELIMITERS: Final = (",", ";", "\t")

_LINE_END: Final = re.compile(rb"\r\n?|\n")
_LINE_END_IN_TEXT: Final = re.compile(r"\r\n?|\n")
_ISO_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_ANY_DATE: Final = re.compile(r"[0-9]{1,4}([-./])[0-9]{1,2}\1[0-9]{1,4}")
_THOUSANDS: Final = re.compile(r"[+-]?[1-9][0-9]{0,2}[.,][0-9]{3}")
_QUOTED: Final = re.compile(r'"[^"]*(?:""[^"]*)*("?)')
# A spreadsheet runs such a cell as a formula. An apostrophe in the run before it counts too, so that a text which
# looks guarded already is guarded once more and comes back as it was.
_FORMULA: Final = re.compile(r"""[\s'"]*[=+\-@\t\r\n＝＋－＠]""")

Reader = Callable[[str], Any]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns that a kind of CSV has."""

    known: tuple[str, ...]
    required: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """Where in a CSV the rows are, and what of them is read."""

    delimiter: str
    header: tuple[str, ...]  # the names of the columns, as a sentence quotes them
    columns: tuple[str | None, ...]  # what each of them is read as; None: it is not read
    dated: str  # which of these every row has; where none is read as it, lost quotation marks are not looked for
    above: int = 0  # records above the header


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its known columns that are not empty, each with the text as it stands in the file."""

    line: int  # of the file, on which the row begins; the header is line 1
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """A CSV whose header has been understood; its rows are read as they are asked for, once."""

    header: tuple[str, ...]
    ignored_columns: tuple[str, ...]
    rows: Iterator[Row | RowProblem]  # a problem stands for a row that has the wrong shape


def read_bytes(path: Path, most: int = MOST_BYTES) -> bytes:
    """Return the content of *path*, which is UTF-8 text without NUL characters and at most *most* bytes long.

    Raises:
        UnreadableFile: it is not, or cannot be opened; the sentence names the file and the line at fault.
    """
    data = read_raw(path, most)
    require_text(data, path.name)
    return data.removeprefix(codecs.BOM_UTF8)


def read_raw(path: Path, most: int = MOST_BYTES) -> bytes:
    """Return the content of *path*, whatever it is, of at most *most* bytes.

    Raises:
        UnreadableFile: it is larger, or cannot be opened.
    """
    try:
        if path.exists() and not path.is_file():
            raise UnreadableFile(f"{path.name} is not a file.")
        with path.open("rb") as stream:
            data = stream.read(most + 1)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name itself
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise UnreadableFile(f"{path.name} cannot be read: {reason or error}.") from error
    if len(data) > most:
        raise UnreadableFile(f"{path.name} is larger than {most // 1024**2} MiB, which no logbook fills.")
    return data


def require_text(data: bytes, name: str) -> None:
    """Accept the content *data* of the file *name* where it is UTF-8 text without NUL characters.

    Raises:
        UnreadableFile: it is not; the sentence names the line at fault.
    """
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = _line_at(data, error.start)
        raise UnreadableFile(f"{name}, line {line}: This is not UTF-8 text; save the file as “CSV UTF-8”.") from error
    nul = data.find(b"\0")
    if nul >= 0:
        raise UnreadableFile(f"{name}, line {_line_at(data, nul)}: There is a NUL character, as no text has.")


def read_header(path: Path, known: Collection[str]) -> tuple[str, ...]:
    """Return the column names of the CSV *path*, which has some of the columns *known*.

    Raises:
        UnreadableFile: it is not a text file with a header line.
    """
    return _header(path.name, read_bytes(path), known)[1]


def read_table(path: Path, columns: Columns) -> Table:
    """Return the CSV *path*, separated by commas, semicolons or tabs.

    Raises:
        UnreadableFile: it is no such file, or misses a required column. Going through the rows raises it too, where a
            quotation mark is left open.
    """
    data = read_bytes(path)
    delimiter, header = _header(path.name, data, columns.known)
    _check_header(path.name, header, columns)
    ignored = (name or f"unnamed column {place}" for place, name in enumerate(header, 1) if name not in columns.known)
    read_as = tuple(name if name in columns.known else None for name in header)
    layout = Layout(delimiter, header, read_as, columns.required[0])
    return Table(header, tuple(ignored), read_rows(path.name, data, layout))


def read_rows(name: str, data: bytes, layout: Layout) -> Iterator[Row | RowProblem]:
    """Go through the rows of the CSV *data*, read from the file *name*, that are not empty.

    Raises:
        UnreadableFile: a quotation mark is left open.
    """
    reader = csv.reader(lines_of(data), delimiter=layout.delimiter, strict=True)
    for _ in range(layout.above + 1):
        next(reader)
    known = [(place, column) for place, column in enumerate(layout.columns) if column is not None]
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise _broken(name, data, layout.delimiter, line, reader.line_num, error) from error
        if cells is None:
            return
        if not any(map(_is_filled, cells)):
            continue
        problem = _shape_problem(line, cells, layout)
        if problem is None and reader.line_num > line:
            problem = _swallowed_row(line, cells, layout)
        if problem is not None:
            yield problem
            continue
        # Written out for its speed: `_is_filled`, but free text may be spaces alone.
        filled = ((column, cells[at]) for at, column in known if cells[at])
        yield Row(line, {column: cell for column, cell in filled if column == FREE_TEXT or not cell.isspace()})


def read_cells(row: Row, readers: Mapping[str, Reader]) -> tuple[dict[str, Any], list[RowProblem]]:
    """Return what *readers* make of the cells of *row*, by column, and the problems of those that they refuse."""
    values = {}
    problems = []
    for column, cell in row.cells.items():
        try:
            if len(cell) > LONGEST_CELL and column != FREE_TEXT:
                raise Unreadable(f"The cell has {len(cell):,} characters, which is too many for this column.")
            values[column] = readers[column](cell)
        except Unreadable as wrong:
            problems.append(RowProblem(row.line, column, str(wrong)))
    return values, problems


def missing_cells(row: Row, required: Iterable[str]) -> list[RowProblem]:
    """Return a problem for each column in *required* that *row* leaves empty."""
    return [RowProblem(row.line, column, "The cell is empty.") for column in required if column not in row.cells]


def read_date(cell: str) -> date:
    """Read a calendar date.

    Raises:
        Unreadable: it is not of the form YYYY-MM-DD; another order of day and month is never guessed.
    """
    text = cell.strip()
    if not _ISO_DATE.fullmatch(text):
        raise Unreadable(f"“{shorten(text)}” is not a date; it must be YYYY-MM-DD, such as 2026-04-03.")
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Unreadable(f"“{text}” is not a day of the calendar; it must be YYYY-MM-DD.") from None


def read_whole(cell: str, what: str) -> int:
    """Read a whole number; whether it is plausible for *what* is decided by the record.

    Raises:
        Unreadable: it is not one, or could be a thousand times what it seems.
    """
    refuse_thousands(cell)
    return parse_whole(cell, what, -1_000_000, 1_000_000)


def refuse_thousands(cell: str) -> None:
    """Accept any number that reads the same in every country.

    Raises:
        Unreadable: it is one like 1,000, which is one or a thousand.
    """
    if _THOUSANDS.fullmatch(cell.strip()):
        plain = re.sub("[.,]", "", cell.strip())
        raise Unreadable(f"“{cell.strip()}” can be read in two ways; a thousand is written as {plain}.")


def read_word(cell: str, allowed: Mapping[str, T]) -> T:
    """Return what stands for the word in *cell*, whatever its case.

    Raises:
        Unreadable: it is none of those *allowed*, which the sentence lists.
    """
    value = allowed.get(cell.strip().lower())
    if value is None:
        raise Unreadable(f"“{shorten(cell.strip())}” is not known here; the words are {', '.join(allowed)}.")
    return value


def read_text(cell: str) -> str:
    """Return free text without the apostrophe that keeps a spreadsheet from running it as a formula."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell, 1) else cell


def guarded(text: str) -> str:
    """Return free text as it is written: behind an apostrophe where a spreadsheet would take it for a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def shorten(text: str, most: int = 40) -> str:
    """Return *text* on one line with at most *most* characters, for quoting in a sentence.

    What cannot be printed, such as a control character, is shown as �.
    """
    line = "".join(one if one.isprintable() else " " if one.isspace() else "�" for one in text[: most + 1])
    return line if len(text) <= most else f"{line[: most - 1]}…"


def lines_of(data: bytes) -> io.TextIOWrapper:
    """Return a stream over *data*, which is UTF-8 text, with its line ends as they are."""
    # Over the bytes themselves: a StringIO would hold the whole file again, at four bytes a character.
    return io.TextIOWrapper(io.BytesIO(data), encoding="utf-8", newline="")


@contextmanager
def whole_file(path: Path) -> Iterator[TextIO]:
    """Give a stream for text; otherwise as `whole_binary`.

    Raises:
        StorageError: it cannot be written, for a reason that the sentence gives.
    """
    with whole_binary(path) as stream:
        text = io.TextIOWrapper(stream, encoding="utf-8", newline="")
        try:
            yield text
            text.flush()
        except UnicodeEncodeError as error:
            raise StorageError(f"{path.name} cannot be written: a text holds half a character.") from error
        finally:
            text.detach()


@contextmanager
def whole_binary(path: Path) -> Iterator[BinaryIO]:
    """Give a stream whose content becomes the file *path* when the block ends well, and leaves no trace otherwise.

    The file is readable by its owner only.

    Raises:
        StorageError: it cannot be written, for a reason that the sentence gives.
    """
    short = path.with_name(f"{path.stem[:_LONGEST_STEM]}{path.suffix}")  # the name gets longer for a while
    try:
        with unfinished(short) as part:
            with part.open("wb") as stream:
                yield stream
            put_in_place(part, path)
    except OSError as error:
        raise StorageError(f"{path.name} cannot be written: {error.strerror or error}.") from error


def write_table(path: Path, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Write a comma-separated file with a header of *columns*.

    Raises:
        StorageError: it cannot be written, or a text holds a NUL, which no CSV can.
    """
    with whole_file(path) as stream:
        writer = csv.writer(stream, lineterminator="\r\n")  # both, or a lone CR in a note would not be quoted
        writer.writerow(columns)
        for line, cells in enumerate(rows, 1):
            if any("\0" in cell for cell in cells):
                raise StorageError(f"{path.name} cannot be written: row {line} holds a NUL character, as no CSV can.")
            writer.writerow(cells)


def _line_at(data: bytes, offset: int) -> int:
    return sum(1 for _ in _LINE_END.finditer(data, 0, offset)) + 1


def _header(name: str, data: bytes, known: Collection[str]) -> tuple[str, tuple[str, ...]]:
    """Return the delimiter under which the first line has the most known columns, and that line."""
    best: tuple[str, tuple[str, ...]] | None = None
    most, is_broken = -1, False
    for delimiter in DELIMITERS:
        try:
            first = next(csv.reader(lines_of(data), delimiter=delimiter, strict=True), [])
        except csv.Error:
            is_broken = True
            continue
        header = tuple(cell.strip().lower() for cell in first)
        matches = len(set(header) & set(known))
        if matches > most:
            best, most = (delimiter, header), matches
    if best is None or (is_broken and most == 0):
        raise UnreadableFile(f"{name}, line 1: The header cannot be read; is a quotation mark left open?")
    if not any(best[1]):
        raise UnreadableFile(f"{name}, line 1: There is no header with the names of the columns.")
    return best


def _check_header(name: str, header: Sequence[str], columns: Columns) -> None:
    missing = [column for column in columns.required if column not in header]
    if missing:
        found = shorten(", ".join(filter(None, header)), 200)
        raise UnreadableFile(f"{name}, line 1: The column {missing[0]} is missing; the columns found are {found}.")
    twice = next((column for column in header if column and header.count(column) > 1), None)
    if twice:
        raise UnreadableFile(f"{name}, line 1: The column {shorten(twice)} is there twice.")


def _is_filled(cell: str) -> bool:
    return cell != "" and not cell.isspace()


def _shape_problem(line: int, cells: Sequence[str], layout: Layout) -> RowProblem | None:
    given, named = len(cells), len(layout.header)
    # Where commas divide the cells, an empty one at the end may be what a decimal comma pushed out.
    if given == named or (given > named and layout.delimiter != "," and not any(map(_is_filled, cells[named:]))):
        return None
    place = min(given, named - 1)
    column = layout.header[place] or f"unnamed column {place + 1}"
    hint = "" if given < named else " A decimal comma between commas needs quotation marks around its cell."
    return RowProblem(line, column, f"The row has {count(given, 'cell')}, the header {named}.{hint}")


def _swallowed_row(line: int, cells: Sequence[str], layout: Layout) -> RowProblem | None:
    """Return the problem of a cell over several lines, one of which is a row that a lost quotation mark took in."""
    if layout.dated not in layout.columns:
        return None
    date_at = layout.columns.index(layout.dated)
    for place, cell in enumerate(cells[: len(layout.header)]):
        for inner in _LINE_END_IN_TEXT.split(cell)[1:]:
            parts = inner.split(layout.delimiter)
            # A row whole, or up to a quotation mark in the same column; four cells, as prose has dates and commas too.
            if len(parts) in (len(layout.header), place + 1) and len(parts) > max(3, date_at):
                text = parts[date_at].strip(' "')
                if _ANY_DATE.fullmatch(text):
                    sentence = f"The quoted cell takes in what looks like the row of {text}; is a quotation mark lost?"
                    return RowProblem(line, layout.header[place], sentence)
    return None


def _broken(name: str, data: bytes, delimiter: str, first: int, last: int, error: csv.Error) -> UnreadableFile:
    """Return the refusal of the row on the lines *first* to *last*, at the line on which its faulty cell begins."""
    row = "".join(text for number, text in enumerate(lines_of(data), 1) if first <= number <= last)
    at = _open_quote(row, delimiter)
    if at is None:
        return UnreadableFile(f"{name}, line {last}: The row cannot be read ({error}).")
    line = first + len(_LINE_END_IN_TEXT.findall(row, 0, at))
    return UnreadableFile(f"{name}, line {line}: A quotation mark opened here is not closed at the end of its cell.")


def _open_quote(row: str, delimiter: str) -> int | None:
    """Return where in *row* the quoted cell begins that does not end at a delimiter or a line end."""
    at = 0
    while at < len(row):
        quoted = _QUOTED.match(row, at)
        if quoted:
            if not quoted[1] or row[quoted.end() : quoted.end() + 1] not in ("", delimiter, "\r", "\n"):
                return at
            at = quoted.end()
        following = row.find(delimiter, at)
        if following < 0:
            return None
        at = following + 1
    return None
