"""The rows that are left in a damaged file, each with the table it is most likely of."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection

from logbook.storage import header, rows
from logbook.storage.crossing import Row
from logbook.storage.engine import driver, make_copy_engine
from logbook.storage.pages import Cell, Leaf, Pages
from logbook.storage.sense import makes_sense

_REVISION: Final = re.compile("[0-9]{4}")
_COUNT_AT: Final = 28  # SQLite says here how many pages there are
_SORTS: Final = {"TEXT": str, "INTEGER": int}


@dataclass(frozen=True, slots=True)
class Column:
    """A column as a schema has it."""

    name: str
    sort: type
    can_be_null: bool
    default: Any
    key: int  # its place in the key of the table, from 1; 0: it is not in it


@dataclass(slots=True)
class Found:
    """What is left of one table."""

    columns: Sequence[Column]
    rows: dict[int, Row] = field(default_factory=dict)  # by row id
    lost: dict[int, Row] = field(default_factory=dict)  # the keys of rows that an index still lists, by row id
    is_certain: bool = False  # no other row is lost


@dataclass(frozen=True, slots=True)
class Gathered:
    """What is left of a file."""

    told: str | None  # the revision that the file itself tells, if it does
    revision: str  # that of the schema by which its rows were understood
    tables: Mapping[str, Found]
    unplaced: int  # rows that are of no table
    is_complete: bool  # the whole file was looked through


def gather(pages: Pages, start: bytes, goes_on: Callable[[], bool]) -> Gathered:
    """Return the rows of all *pages* of a file that begins with *start*, or of those looked at until *goes_on* says no.

    A page says of itself whether it holds rows. Of which table they are tells the schema, where it can be read and
    leads to the page; else what the rows look like and what they belong to.
    """
    free = pages.free()
    leaves: dict[int, Leaf] = {}
    is_complete = True
    for number in range(1, pages.count + 1):
        if not goes_on():
            is_complete = False
            break
        if pages.is_table_leaf(number):
            leaves[number] = pages.leaf(number)
    told = _revision(leaves.values())
    candidates = [told] if told in header.REVISIONS else header.REVISIONS[::-1]
    revision, layout = max(((one, layout_of(one)) for one in candidates), key=lambda one: _fitting(leaves, one[1]))
    gathering = _Gathering(pages, leaves, _roots(leaves.values()), layout)
    unplaced = gathering.place(goes_on, free)
    is_whole = is_complete and int.from_bytes(start[_COUNT_AT : _COUNT_AT + 4]) == pages.count
    gathering.look_for_lost(nothing_else=is_whole and not _unaccounted(pages, leaves, free))
    return Gathered(told, revision, gathering.found, unplaced, is_complete and goes_on())


def layout_of(revision: str) -> dict[str, tuple[Column, ...]]:
    """Return the columns of each table as the schema of *revision* has them, in their order in a row."""
    from logbook.storage import upgrade  # noqa: PLC0415 - alembic takes 0.3 s, and the window imports this

    engine = make_copy_engine()
    try:
        with engine.begin() as connection:
            upgrade.bring_to(connection, Path(revision), revision)
            return {table: _columns(connection, table) for table in _tables(connection)}
    finally:
        engine.dispose()


def _tables(connection: Connection) -> list[str]:
    found = driver(connection).execute("SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT NULL")
    return [name for (name,) in found if name != "alembic_version"]


def _columns(connection: Connection, table: str) -> tuple[Column, ...]:
    ask = driver(connection).execute
    found = ask('SELECT name, type, "notnull", dflt_value, pk FROM pragma_table_info(?)', (table,)).fetchall()
    return tuple(
        Column(name, _SORTS[sort], not is_required, default and ask(f"SELECT {default}").fetchone()[0], key)
        for name, sort, is_required, default, key in found
    )


class _Gathering:
    """The work of one `gather`."""

    def __init__(
        self,
        pages: Pages,
        leaves: Mapping[int, Leaf],
        roots: Mapping[str, int],
        layout: Mapping[str, tuple[Column, ...]],
    ) -> None:
        self._pages = pages
        self._leaves = leaves
        self._roots = roots
        self._claims: dict[int, str] = {}  # the table that the schema leads to a page from
        self._whole: set[str] = set()  # tables every page of which could be read
        self._ids: dict[str, set[object]] = {}
        self.found = {table: Found(columns) for table, columns in layout.items()}
        for table in self.found:
            self._claim(table)

    def place(self, goes_on: Callable[[], bool], free: set[int]) -> int:
        """Put the rows of every page into a table, records before their parts; return how many fit none.

        A page that is said to be *free* has rows only where the schema leads to it: else they were deleted.
        """
        claimed = [number for number in self._leaves if number in self._claims]
        others = [number for number in self._leaves if number not in self._claims and number not in free]
        waiting = [*claimed, *others]
        wholes = [table for table in self.found if not self._parent(table)]
        for tables in (wholes, list(self.found)):
            waiting = [number for number in waiting if goes_on() and not self._place(number, tables)]
            self._ids = {table: {row[0] for row in self.found[table].rows.values()} for table in wholes}
            self._ids["person"].update(*(self._people_of(table) for table in wholes))
        return sum(not _is_ours(cell) for number in waiting for cell in self._leaves[number].cells)

    def look_for_lost(self, *, nothing_else: bool) -> None:
        """Ask the index of every table for rows not found; *nothing_else* was lost where the file is whole."""
        for table, found in self.found.items():
            entries, is_whole = self._entries(table, sum(column.key > 0 for column in found.columns))
            keys = {_key(found.columns, row) for row in found.rows.values()}
            found.lost = {id: key for id, key in entries.items() if id not in found.rows and key not in keys}
            found.is_certain = nothing_else or is_whole or table in self._whole

    def _claim(self, table: str) -> None:
        tree = self._pages.tree(self._roots.get(table, 0))
        leaves = [number for number in tree.pages if number in self._leaves]
        for number in leaves:
            self._claims.setdefault(number, table)
        if tree.is_whole and not any(self._leaves[number].unreadable for number in leaves):
            self._whole.add(table)

    def _place(self, number: int, tables: Sequence[str]) -> bool:
        cells = self._leaves[number].cells
        claim = self._claims.get(number)
        if (
            claim
            and claim in tables
            and 2 * sum(_fits(self.found[claim].columns, cell) for cell in cells) >= len(cells)
        ):
            best: str = claim
        else:
            scores = {table: sum(self._score(table, cell) for cell in cells) for table in tables}
            best = max(scores, key=lambda table: scores[table])
            if not scores[best]:
                return False
        found = self.found[best]
        for cell in cells:
            if _fits(found.columns, cell):
                found.rows.setdefault(cell.row_id, _filled(found.columns, cell))
        return True

    def _score(self, table: str, cell: Cell) -> bool:
        columns = self.found[table].columns
        if not _fits(columns, cell):
            return False
        parent = self._parent(table)
        if parent and cell.values[0] not in self._ids.get(parent, ()):
            return False
        ours = rows.metadata.tables.get(table)
        is_todays = ours is not None and [column.name for column in columns] == [column.name for column in ours.c]
        return ours is None or not is_todays or makes_sense(ours, _filled(columns, cell))

    def _people_of(self, table: str) -> set[object]:
        """Return the ids of the people that rows of *table* are about: one who is lost gets a stand-in."""
        places = [place for place, column in enumerate(self.found[table].columns) if column.name == "person_id"]
        return {row[place] for row in self.found[table].rows.values() for place in places}

    def _parent(self, table: str) -> str:
        """Return the table of the records that the rows of *table* are part of; nothing where they are records."""
        first = self.found[table].columns[0].name
        return first.removesuffix("_id") if first != "id" else ""

    def _entries(self, table: str, length: int) -> tuple[dict[int, Row], bool]:
        """Return the keys of *length* that the index of *table* lists, by row id, and whether that is all of them."""
        tree = self._pages.tree(self._roots.get(f"sqlite_autoindex_{table}_1", 0))
        leaves = [self._pages.leaf(number) for number in tree.pages]
        entries = [cell.values for leaf in leaves for cell in leaf.cells]
        good = {id: key for *key, id in entries if isinstance(id, int) and len(key) == length and None not in key}
        is_whole = tree.is_whole and not any(leaf.unreadable for leaf in leaves) and len(good) == len(entries)
        return {id: tuple(key) for id, key in good.items()}, is_whole


def _key(columns: Sequence[Column], row: Row) -> Row:
    places = sorted((column.key, place) for place, column in enumerate(columns) if column.key)
    return tuple(row[place] for _, place in places)


def _fits(columns: Sequence[Column], cell: Cell) -> bool:
    """Tell whether the values of *cell* are of the sorts of *columns*, of which the last may have been added later."""
    values = cell.values
    if len(values) > len(columns):
        return False
    if not all(c.can_be_null if v is None else isinstance(v, c.sort) for c, v in zip(columns, values, strict=False)):
        return False
    return all(column.can_be_null or column.default is not None for column in columns[len(values) :])


def _filled(columns: Sequence[Column], cell: Cell) -> Row:
    return (*cell.values, *(column.default for column in columns[len(cell.values) :]))


def _fitting(leaves: Mapping[int, Leaf], layout: Mapping[str, Sequence[Column]]) -> int:
    """Return how many rows fit some table of *layout*."""
    cells = (cell for leaf in leaves.values() for cell in leaf.cells)
    return sum(any(_fits(columns, cell) for columns in layout.values()) for cell in cells)


def _roots(leaves: Iterable[Leaf]) -> dict[str, int]:
    """Return the first page of each table and index, from the rows of the schema, which are known by their look."""
    return {
        str(cell.values[1]): cell.values[3]
        for leaf in leaves
        for cell in leaf.cells
        if _is_of_schema(cell) and isinstance(cell.values[3], int)
    }


def _is_of_schema(cell: Cell) -> bool:
    return len(cell.values) == 5 and cell.values[0] in ("table", "index")


def _is_revision(cell: Cell) -> bool:
    return len(cell.values) == 1 and _REVISION.fullmatch(str(cell.values[0])) is not None


def _is_ours(cell: Cell) -> bool:
    """Tell whether *cell* is about the file itself."""
    return _is_of_schema(cell) or _is_revision(cell)


def _revision(leaves: Iterable[Leaf]) -> str | None:
    found = {str(cell.values[0]) for leaf in leaves for cell in leaf.cells if _is_revision(cell)}
    return found.pop() if len(found) == 1 else None


def _unaccounted(pages: Pages, leaves: Mapping[int, Leaf], free: set[int]) -> bool:
    """Tell whether some page is nothing that is known, and may have held rows, or some row could not be read."""
    if any(leaf.unreadable for leaf in leaves.values()):
        return True
    known = free.union(*(cell.overflow for leaf in leaves.values() for cell in leaf.cells))
    return not all(number in known or pages.is_of_tree(number) for number in range(1, pages.count + 1))
