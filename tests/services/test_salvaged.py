from dataclasses import replace
from pathlib import Path

import pytest

from logbook.services.counted import PARTS, counted_rows, plural_rows
from logbook.services.salvaged import sentences
from logbook.storage import rows
from logbook.storage.crossing import CROSSINGS
from logbook.storage.salvage import Loss, Salvaged

ALL = Salvaged(
    Path("new.sqlite"), {"person": 1, "session": 412, "session_zone": 900, "alembic_version": 1}, "0002",
    (), {}, {}, {}, {}, 0, True,
)  # fmt: skip


def test_every_table_has_words():
    for table in rows.metadata.tables:
        assert counted_rows({table: 1}).startswith("1 ")
        assert plural_rows([table])
    assert {part.table.name for crossing in CROSSINGS.values() for part in crossing.collections} == PARTS


def test_what_was_saved_is_told_in_records():
    assert sentences(ALL) == ("Saved in new.sqlite: 1 person and 412 sessions.", "Nothing seems to be missing.")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (
            {"losses": (Loss("session", 3, ((4, 5), (9, 9)), True),)},
            "Could not be read: 3 sessions (rows 4–5, 9).",
        ),
        (
            {"losses": (Loss("shedding", 1, ((7, 7),), False),)},
            "Could not be read: at least 1 shedding record (row 7).",
        ),
        (
            {"losses": (Loss("session", 0, (), False), Loss("session_zone", 0, (), False))},
            "It cannot be told whether more is missing of: sessions and zones of sessions.",
        ),
        (
            {"losses": (Loss("session", 9, tuple((n, n) for n in range(0, 18, 2)), True),)},
            "Could not be read: 9 sessions (rows 0, 2, 4, 6, 8 and others).",
        ),
        ({"is_complete": False}, "It took too long: the rest of the file was not looked through."),
        (
            {"orphans": {"session_zone": 4, "shedding": 1}},
            "Left out, because what they belong to is lost: 1 shedding record and 4 zones of sessions.",
        ),
        ({"senseless": {"session": 1}}, "Left out, because their content makes no sense: 1 session."),
        ({"unplaced": 2}, "Left out, because nothing tells what they are: 2 rows."),
        (
            {"stand_ins": {"person": 1, "device": 2}},
            "Could not be read, but others belong to them: 1 person and 2 devices. "
            "Empty ones stand in for them; you may fill them in again.",
        ),
        (
            {"mended": {("session", "conditions_recorded"): 3}},
            "The conditions of 3 sessions may be lost: they count as not recorded, never as none.",
        ),
        (
            {"mended": {("session", "pressure"): 2, ("session", "device_id"): 1, ("shedding", "notes"): 1}},
            "Left empty or put right in sessions: device (1) and pressure (2).",
        ),
    ],
)
def test_what_was_not_saved_is_told(change, sentence):
    told = sentences(replace(ALL, **change))
    assert sentence in told
    assert "Nothing seems to be missing." not in told
