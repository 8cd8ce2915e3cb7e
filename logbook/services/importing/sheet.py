"""A table of rows under a header line, wherever in the file that line is."""

import csv
import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from logbook.domain.errors import RowProblem, UnreadableFile
from logbook.services.csv_table import DELIMITERS, Layout, Row, lines_of, read_rows, shorten
from logbook.services.importing.columns import LONGEST_NAME, Columns, column_of
from logbook.services.importing.source import Kind, Source

_MOST_ABOVE: Final = 20  # records that a title and its remarks take up
_TABLES: Final = (Kind.SESSIONS, Kind.SHEDDING)
_DATED: Final = re.compile(r".*[0-9]{1,4}[-./][0-9]{1,2}[-./][0-9]{1,4}.*", re.DOTALL)
_SPACE: Final = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table that has been found in a file; its rows are read as they are asked for."""

    source: Source
    delimiter: str
    header: tuple[str, ...]  # as written, without space around
    line: int  # of the header
    above: tuple[str, ...]  # what the records above it say, one text each

    @property
    def lines(self) -> int:
        """About how many lines the file has."""
        data = self.source.data
        return max(data.count(b"\n"), data.count(b"\r")) + 1

    @property
    def names(self) -> tuple[str, ...]:
        """The columns as a sentence names them."""
        return tuple(shorten(name) or f"unnamed column {place}" for place, name in enumerate(self.header, 1))

    @property
    def remarks(self) -> tuple[str, ...]:
        """What has to be said of how it was found."""
        if not self.above:
            return self.source.remarks
        said = shorten(next(filter(None, self.above), ""), 60)
        above = f"what stands above it is not read: “{said}”" if said else "above it nothing stands"
        return (*self.source.remarks, f"The names of the columns are in line {self.line}; {above}.")

    def rows(self, columns: Columns) -> Iterator[Row | RowProblem]:
        """Go through the rows that are not empty; a problem stands for one of the wrong shape.

        Raises:
            UnreadableFile: a quotation mark is left open.
        """
        layout = Layout(self.delimiter, self.names, columns.targets, "date", len(self.above))
        return read_rows(self.source.name, self.source.data, layout)


def find_sheet(source: Source) -> Sheet:
    """Find the line with the names of the columns: the one in which the most are known.

    Raises:
        UnreadableFile: there is no such line.
    """
    best: Sheet | None = None
    most = -1
    is_broken = False
    for delimiter in DELIMITERS:
        for sheet in _candidates(source, delimiter):
            if sheet is None:
                is_broken = True
                continue
            known = _known_columns(sheet.header)
            score = 100 * len(known) + (50 if "date" in known else 0)
            # Without any known name, the first line with the most cells may be mapped by hand.
            score = score or min(len(sheet.header), 49) - len(sheet.above)
            if score > most:
                best, most = sheet, score
    if best is None:
        why = "is a quotation mark left open?" if is_broken else "there is nothing in it."
        raise UnreadableFile(f"{source.name}, line 1: The header cannot be read; {why}")
    if most < 100 and _looks_like_a_row(best.header):
        sentence = "There is no line with the names of the columns above the rows; write one."
        raise UnreadableFile(f"{source.name}, line {best.line}: {sentence}")
    return best


def _candidates(source: Source, delimiter: str) -> Iterator[Sheet | None]:
    """Go through the records that may be the header; None stands for one that cannot be read."""
    reader = csv.reader(lines_of(source.data), delimiter=delimiter, strict=True)
    above: list[str] = []
    line = 1
    try:
        for cells in itertools.islice(reader, _MOST_ABOVE):
            header = tuple(_SPACE.sub(" ", cell).strip() for cell in cells)
            if any(header):
                yield Sheet(source, delimiter, header, line, tuple(above))
            above.append(" ".join(filter(None, header)))
            line = reader.line_num + 1
    except csv.Error:
        yield None


def _known_columns(header: Sequence[str]) -> set[str | None]:
    known = ({column_of(name, kind) for name in header} for kind in _TABLES)
    return max((found - {None} for found in known), key=len)


def _looks_like_a_row(header: Sequence[str]) -> bool:
    return any(_DATED.fullmatch(cell) for cell in header if len(cell) <= LONGEST_NAME)
