"""Rows 11 and 12: damaged logbooks and damaged backups, by the hundred."""

import time
from pathlib import Path
from random import Random

import pytest
from faults.conftest import Figure
from faults.how_many import quick_and_deep
from storage.damage import DAMAGES, kept, make_logbook

from logbook.domain.errors import DatabaseDamaged, StorageError
from logbook.services.recovery import State, look_at
from logbook.services.salvaged import sentences
from logbook.storage.database import Database
from logbook.storage.salvage import salvage
from logbook.storage.snapshot import read_records

LONGEST = 30.0  # seconds that one file may take on a busy machine; it takes half a second on an idle one
SESSIONS = 60


def open_and_read(path: Path) -> str:
    """Open the file at *path* as the program does, and return how that ended: in a sentence, whatever is wrong."""
    try:
        with Database.open(path, create=False) as database:
            return "good" if database.check().is_good else "damaged"
    except DatabaseDamaged:
        return "damaged"
    except StorageError:
        return "refused"


@quick_and_deep(12, 500)
def test_what_a_damage_leaves_alone_is_saved(folder: Path, count: int, figure: Figure) -> None:
    whole, path, new = folder / "whole.sqlite", folder / "logbook.sqlite", folder / "new.sqlite"
    make_logbook(whole, SESSIONS, Random(1))
    content = whole.read_bytes()
    rows = back = orphans = orphans_back = nothing = noticed = 0
    slowest = 0.0
    for number in range(count):
        broken = DAMAGES[number % len(DAMAGES)](content, Random(number))
        path.write_bytes(broken)
        new.unlink(missing_ok=True)
        began = time.monotonic()
        noticed += look_at(path).state is not State.FINE
        try:
            salvaged = salvage(path, new)
        except DatabaseDamaged:
            nothing += 1
            continue
        slowest = max(slowest, time.monotonic() - began)
        assert path.read_bytes() == broken, number
        assert all(sentences(salvaged))
        assert open_and_read(new) == "good", number
        read_records(new)
        found = kept(whole, broken, new)
        assert not found.changed, (number, found.changed)
        rows, back = rows + found.rows, back + found.back
        orphans, orphans_back = orphans + found.orphans, orphans_back + found.orphans_back
    assert back >= 0.99 * rows
    assert slowest < LONGEST
    figure(
        f"Row 11: {count:,} damaged files, {noticed:,} noticed when opened and read, 0 tracebacks, 0 hangs (slowest "
        f"{slowest:.1f} s); of {rows:,} rows on undamaged pages {back:,} saved ({back / rows:.2%}), of another "
        f"{orphans:,} whose own record was hit {orphans_back:,}; nothing to save in {nothing}"
    )


@quick_and_deep(12, 500)
def test_opening_a_damaged_file_ends_in_a_sentence(folder: Path, count: int, figure: Figure) -> None:
    whole, path = folder / "whole.sqlite", folder / "logbook.sqlite"
    make_logbook(whole, SESSIONS // 4, Random(2))
    content = whole.read_bytes()
    ends = dict.fromkeys(("good", "damaged", "refused"), 0)
    for number in range(count):
        path.write_bytes(DAMAGES[number % len(DAMAGES)](content, Random(number)))
        ends[open_and_read(path)] += 1
        assert sorted(one.name for one in folder.iterdir()) == ["logbook.sqlite", "whole.sqlite"], number
    assert ends["damaged"] > count / 4
    figure(f"Row 11: {count:,} damaged files opened: {ends}, 0 tracebacks, nothing made beside them")


@pytest.mark.deep
def test_ten_years_are_saved_in_time(folder: Path, figure: Figure) -> None:
    path, new = folder / "whole.sqlite", folder / "new.sqlite"
    make_logbook(path, 5000, Random(3))
    broken = DAMAGES[1](path.read_bytes(), Random(7))
    path.write_bytes(broken)
    began = time.monotonic()
    salvaged = salvage(path, new)
    taken = time.monotonic() - began
    assert salvaged.is_complete
    assert taken < 120
    figure(f"Row 11: {sum(salvaged.counts.values()):,} rows of {len(broken):,} bytes saved in {taken:.0f} s")
