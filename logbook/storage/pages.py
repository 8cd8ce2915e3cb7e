"""The pages of a SQLite file, read without SQLite: damage in one place then hides nothing in another."""

from dataclasses import dataclass
from typing import Final

Value = int | str | bytes | None  # a text has a mark in the place of every byte that is no UTF-8

_INNER_INDEX: Final = 2
_INNER_TABLE: Final = 5
_LEAF_INDEX: Final = 10
_LEAF_TABLE: Final = 13
_INNER: Final = {_INNER_INDEX, _INNER_TABLE}
_INDEX: Final = {_INNER_INDEX, _LEAF_INDEX}
_TREE: Final = {*_INNER, _LEAF_INDEX, _LEAF_TABLE}

_FILE_HEADER: Final = 100  # bytes, which the first page begins with
_SIZES: Final = (4096, 1024, 2048, 8192, 16384, 32768, 65536, 512)  # the usual one first
_SAMPLE: Final = 4 * 1024 * 1024  # bytes that are enough to tell the size of a page
_WHOLE_BYTES: Final = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}  # of a whole number, by its serial type
_MOST_COLUMNS: Final = 2000  # as SQLite itself has it


class Unreadable(Exception):
    """A cell that makes no sense."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One row of a table, or one entry of an index, whose last value is then the row's id."""

    row_id: int
    values: tuple[Value, ...]
    overflow: tuple[int, ...] = ()  # the pages that a long one goes on in


@dataclass(frozen=True, slots=True)
class Leaf:
    """What could be read of one page."""

    cells: tuple[Cell, ...]
    unreadable: int  # cells that make no sense


@dataclass(frozen=True, slots=True)
class Tree:
    """The pages of a table or an index, as far as they could be followed."""

    pages: tuple[int, ...]  # those that hold rows or entries
    is_whole: bool  # no page on the way was unreadable


class Pages:
    """A file as its pages, from 1; nothing in it is taken on trust, and no page is read for ever."""

    def __init__(self, data: bytes) -> None:
        """Look at *data*, a whole file or what is left of one."""
        self._data = data
        self.size = _page_size(data)
        self.count = -(-len(data) // self.size)
        self._steps = 4 * self.count + 1000  # overflow pages that may be read at all: chains can be made to cross

    def is_table_leaf(self, number: int) -> bool:
        """Tell whether the page *number* holds rows of a table."""
        return self._kind(number) == _LEAF_TABLE

    def is_of_tree(self, number: int) -> bool:
        """Tell whether the page *number* is some part of a table or an index."""
        return self._kind(number) in _TREE

    def free(self) -> set[int]:
        """Return the pages that are said to hold nothing; what stood there may still be in them."""
        found: set[int] = set()
        trunk = int.from_bytes(self._data[32:36])
        while 1 < trunk <= self.count and trunk not in found:
            found.add(trunk)
            page = self._page(trunk)
            length = min(int.from_bytes(page[4:8]), self.size // 4 - 2)
            found.update(int.from_bytes(page[8 + 4 * n : 12 + 4 * n]) for n in range(length))
            trunk = int.from_bytes(page[:4])
        return {number for number in found if 1 < number <= self.count}

    def tree(self, root: int) -> Tree:
        """Return the pages under *root* in their order."""
        seen: set[int] = set()
        pages: list[int] = []
        is_whole = True
        waiting = [root]
        is_index = self._kind(root) in _INDEX
        while waiting:
            number = waiting.pop()
            kind = self._kind(number)
            if number in seen or kind not in _TREE or (kind in _INDEX) is not is_index:
                is_whole = False
                continue
            seen.add(number)
            if kind != _INNER_TABLE:
                pages.append(number)
            if kind in _INNER:
                waiting += reversed(self._children(number))
        return Tree(tuple(pages), is_whole)

    def leaf(self, number: int) -> Leaf:
        """Return the rows or entries of the page *number*."""
        page, start = self._page(number), self._start(number)
        cells, places = [], _pointers(page, start)
        for place in places:
            try:
                cells.append(self._cell(page, page[start], place))
            except (Unreadable, IndexError):
                continue
        return Leaf(tuple(cells), _length(page, start) - len(cells))

    def _page(self, number: int) -> bytes:
        start = (number - 1) * self.size
        return self._data[start : start + self.size].ljust(self.size, b"\0")  # the last may be cut short

    def _start(self, number: int) -> int:
        return _FILE_HEADER if number == 1 else 0

    def _kind(self, number: int) -> int:
        if not 1 <= number <= self.count:
            return 0
        place = (number - 1) * self.size + self._start(number)
        kind = self._data[place] if place < len(self._data) else 0
        return kind if kind in _TREE and _is_plausible(self._page(number), self._start(number)) else 0

    def _places(self, number: int) -> list[int]:
        return _pointers(self._page(number), self._start(number))

    def _children(self, number: int) -> list[int]:
        page, start = self._page(number), self._start(number)
        children = [int.from_bytes(page[place : place + 4]) for place in self._places(number)]
        return [*children, int.from_bytes(page[start + 8 : start + 12])]

    def _cell(self, page: bytes, kind: int, place: int) -> Cell:
        place += 4 if kind == _INNER_INDEX else 0
        length, place = _varint(page, place)
        row_id = 0
        if kind == _LEAF_TABLE:
            row_id, place = _varint(page, place)
            row_id -= 1 << 64 if row_id >> 63 else 0
        payload, overflow = self._payload(page, place, length, is_index=kind in _INDEX)
        return Cell(row_id, _values(payload), overflow)

    def _payload(self, page: bytes, place: int, length: int, *, is_index: bool) -> tuple[bytes, tuple[int, ...]]:
        most = (self.size - 12) * 64 // 255 - 23 if is_index else self.size - 35
        if length > len(self._data):
            raise Unreadable
        if length <= most:
            return _exactly(page[place : place + length], length), ()
        least = (self.size - 12) * 32 // 255 - 23
        here = least + (length - least) % (self.size - 4)
        here = here if here <= most else least
        start = _exactly(page[place : place + here], here)
        rest, overflow = self._rest(int.from_bytes(page[place + here : place + here + 4]), length - here)
        return start + rest, overflow

    def _rest(self, number: int, length: int) -> tuple[bytes, tuple[int, ...]]:
        """Return *length* bytes of the chain of pages that begins with *number*, and those pages."""
        parts: list[bytes] = []
        used: list[int] = []
        while length > 0:
            self._steps -= 1
            if self._steps < 0 or not 1 < number <= self.count or number in used:
                raise Unreadable
            used.append(number)
            page = self._page(number)
            parts.append(page[4 : 4 + min(length, self.size - 4)])
            length -= len(parts[-1])
            number = int.from_bytes(page[:4])
        if number:
            raise Unreadable  # the chain goes on where the value is complete: it is another's
        return b"".join(parts), tuple(used)


def _page_size(data: bytes) -> int:
    """Return the size of a page as the content tells it: what the header says of it may be the damage."""
    said = int.from_bytes(data[16:18])
    said = 65536 if said == 1 else said
    sizes = [said, *_SIZES] if said in _SIZES else list(_SIZES)
    return max(sizes, key=lambda size: _fitting(data[:_SAMPLE], size))


def _fitting(data: bytes, size: int) -> int:
    """Return how many pages of *data* are part of a table or an index where pages have that *size*."""
    starts = range(0, len(data), size)  # of those of twice the size, every other is missed; of half, the cells are
    pages = ((data[start : start + size], _FILE_HEADER if start == 0 else 0) for start in starts)
    return sum(len(page) == size and page[at] in _TREE and _is_plausible(page, at) for page, at in pages)


def _is_plausible(page: bytes, start: int) -> bool:
    """Tell whether the cells of a *page* whose header is at *start* all lie within it, where cells can lie."""
    # Some of the places may be the damage; a page of anything else than cells has hardly one that is right.
    return 2 * len(_pointers(page, start)) >= _length(page, start)


def _length(page: bytes, start: int) -> int:
    """Return how many cells a *page* says that it has."""
    return int.from_bytes(page[start + 3 : start + 5])


def _pointers(page: bytes, start: int) -> list[int]:
    first = start + (12 if page[start] in _INNER else 8)
    end = first + 2 * _length(page, start)
    places = (int.from_bytes(page[place : place + 2]) for place in range(first, min(end, len(page) - 1), 2))
    return list(dict.fromkeys(place for place in places if end <= place < len(page)))


def _varint(data: bytes, place: int) -> tuple[int, int]:
    """Return the number of one to nine bytes at *place*, and where it ends."""
    number = 0
    for taken in range(8):
        byte = data[place + taken]
        number = number << 7 | byte & 0x7F
        if byte < 0x80:
            return number, place + taken + 1
    return number << 8 | data[place + 8], place + 9


def _values(payload: bytes) -> tuple[Value, ...]:
    length, place = _varint(payload, 0)
    if length > len(payload):
        raise Unreadable
    types: list[int] = []
    while place < length:
        serial, place = _varint(payload, place)
        types.append(serial)
        if len(types) > _MOST_COLUMNS:
            raise Unreadable
    if place != length or length + sum(map(_width, types)) != len(payload):
        raise Unreadable
    values: list[Value] = []
    for serial in types:
        values.append(_value(serial, payload[place : place + _width(serial)]))
        place += _width(serial)
    return tuple(values)


def _width(serial: int) -> int:
    if serial >= 12:
        return (serial - 12) // 2
    if serial in (10, 11):
        raise Unreadable
    return 8 if serial == 7 else _WHOLE_BYTES.get(serial, 0)


def _value(serial: int, data: bytes) -> Value:
    if serial == 0:
        return None
    if serial in (8, 9):
        return serial - 8
    if serial in _WHOLE_BYTES:
        return int.from_bytes(data, signed=True)
    if serial >= 13 and serial % 2:
        return data.decode("utf-8", "replace")
    return data


def _exactly(data: bytes, length: int) -> bytes:
    if len(data) != length:
        raise Unreadable
    return data
