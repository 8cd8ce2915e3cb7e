"""A logbook as somebody has it after some years, and what a disk can do to it."""

import datetime as dt
import random
import sqlite3
from dataclasses import dataclass, replace
from pathlib import Path

from storage.records import A_DAY, adding, bare_records, full_records

from logbook.domain.device import Cartridge, Device
from logbook.domain.edit import Edit
from logbook.domain.person import Person
from logbook.domain.session import Session, new_id
from logbook.domain.shedding import SheddingRecord
from logbook.storage.database import Database
from logbook.storage.pages import Pages
from logbook.storage.rows import metadata

PAGE = 4096  # bytes


def make_logbook(path: Path, sessions: int, chance: random.Random) -> None:
    """Make a logbook with so many sessions, with long notes and short ones, and a few that were deleted again."""
    full, bare = full_records(), bare_records()
    person, device, cartridge, session, shedding = full[:5]
    assert isinstance(person, Person)
    assert isinstance(device, Device)
    assert isinstance(cartridge, Cartridge)
    assert isinstance(session, Session)
    assert isinstance(shedding, SheddingRecord)
    many, counts = [], []
    for number in range(sessions):
        day = A_DAY - dt.timedelta(days=7 * (sessions - number))
        note = chance.choice(["", "calm", "é" * chance.randrange(80), "long " * chance.choice([100, 1500])])
        many.append(replace(session, id=new_id(), date=day, notes=note, needle_use=number + 1))
        counts.append(replace(shedding, id=new_id(), date=day, value=chance.randrange(150), session_id=many[-1].id))
    with Database.open(path) as database:
        database.apply(adding(*full, *bare, *many, *counts))
        gone = [*counts[5:10], *many[5:10]]
        database.apply(Edit.removing("delete", gone))


def flipped_bits(content: bytes, chance: random.Random) -> bytes:
    broken = bytearray(content)
    for _ in range(chance.choice([1, 1, 4, 64])):
        broken[chance.randrange(len(broken))] ^= 1 << chance.randrange(8)
    return bytes(broken)


def emptied_pages(content: bytes, chance: random.Random) -> bytes:
    broken = bytearray(content)
    for _ in range(chance.choice([1, 1, 3, 10])):
        page = chance.randrange(len(broken) // PAGE)
        broken[page * PAGE : (page + 1) * PAGE] = bytes(PAGE)
    return bytes(broken)


def cut_short(content: bytes, chance: random.Random) -> bytes:
    return content[: chance.randrange(len(content) // 4, len(content))]


def broken_header(content: bytes, chance: random.Random) -> bytes:
    broken = bytearray(content)
    start = chance.randrange(100)
    length = chance.randrange(1, 101 - start)
    broken[start : start + length] = chance.randbytes(length)
    return bytes(broken)


def random_bytes(content: bytes, chance: random.Random) -> bytes:
    broken = bytearray(content)
    for _ in range(chance.choice([1, 1, 5, 20])):
        start = chance.randrange(len(broken))
        length = min(chance.choice([1, 8, 200, 6000]), len(broken) - start)
        broken[start : start + length] = chance.randbytes(length)
    return bytes(broken)


def misdirected_pages(content: bytes, chance: random.Random) -> bytes:
    """Write a page where another belongs, as a disk does that mistakes its place."""
    broken = bytearray(content)
    for _ in range(chance.choice([1, 1, 5])):
        source, target = (PAGE * chance.randrange(len(broken) // PAGE) for _ in range(2))
        broken[target : target + PAGE] = content[source : source + PAGE]
    return bytes(broken)


DAMAGES = (flipped_bits, emptied_pages, cut_short, broken_header, random_bytes, misdirected_pages)


@dataclass(frozen=True)
class Kept:
    """How many rows a damage left alone, and how many of those came back."""

    rows: int  # on pages that were left alone, as were those of what they belong to
    back: int  # of these, with every value but what referred to something lost
    orphans: int  # on pages that were left alone, but belonging to something that was not
    orphans_back: int  # of these
    changed: tuple[str, ...]  # what came back with another value, which must not be


def kept(whole: Path, broken: bytes, salvaged: Path) -> Kept:
    """Compare the file *whole* was, page by page with what *broken* left of it, with what was *salvaged*."""
    content = whole.read_bytes()
    pages = Pages(content)
    same = {
        n for n in range(1, pages.count + 1) if broken[(n - 1) * PAGE : n * PAGE] == content[(n - 1) * PAGE : n * PAGE]
    }
    before, after = sqlite3.connect(whole), sqlite3.connect(salvaged)
    rows, back, orphans, orphans_back, changed = 0, 0, 0, 0, []
    alone: dict[str, set] = {}  # ids whose row was left alone
    for table in metadata.sorted_tables:
        root = before.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table.name,)).fetchone()[0]
        cells = [
            cell for n in pages.tree(root).pages for cell in pages.leaf(n).cells if same.issuperset((n, *cell.overflow))
        ]
        places = [list(table.c).index(column) for column in table.primary_key]
        there = {tuple(row[place] for place in places): row for row in after.execute(f"SELECT * FROM {table.name}")}
        alone[table.name] = set()
        for cell in cells:
            needed = (
                cell.values[place] in alone[key.column.table.name]
                for place, column in enumerate(table.c)
                if not column.nullable
                for key in column.foreign_keys
                if column.primary_key or key.column.table.name not in ("person", "device")  # for which others stand in
            )
            if not all(needed):
                orphans += 1
                orphans_back += tuple(cell.values[place] for place in places) in there
                continue
            alone[table.name].add(cell.values[0])
            rows += 1
            found = there.get(tuple(cell.values[place] for place in places))
            if found is None:
                continue
            back += 1
            for column, was, now in zip(table.c, cell.values, found, strict=True):
                # What it refers to may be lost, or have got another id itself; what is part of it may be lost.
                may_change = column.foreign_keys or (column.name.endswith("_recorded") and now == 0)
                if was != now and not may_change:
                    changed.append(f"{table.name}.{column.name}")
    before.close()
    after.close()
    return Kept(rows, back, orphans, orphans_back, tuple(changed))
