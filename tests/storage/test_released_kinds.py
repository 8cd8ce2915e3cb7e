"""Files of every released schema with nothing, much, odd texts and edge dates in them; beside each what it held then.

The JSON was written by the program of that day: what the file holds after all upgrades is compared with that.
"""

import gzip
import hashlib
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from logbook.services.logbook_json import KINDS, read_logbook
from logbook.storage import header
from logbook.storage.database import Database

DATABASES = Path(__file__).parents[1] / "databases"
WHAT = ("empty", "large", "odd", "edges")
FILES = [f"{what}/{revision}" for what in WHAT for revision in header.REVISIONS]
DIGESTS = {
    "empty/0001": "7a8e60570d7bdb9a55b3a91881d73ea1fa0797296bc2271d5d0df3c197dbb79c",
    "empty/0002": "3d82582034e97d0f842e01d9eaa6d141fa847c0358bd5096f086dcf20ff4e746",
    "empty/0003": "f43a71e38122637384d75b999eb4c01a19a9e43f32696bff52199d50374119b4",
    "empty/0004": "7e9f3f628e75953bf0a2b23420fa732833734f5b856d6146003aa39c3e837447",
    "large/0001": "a717e9c95458ab63559e2a36ab13b53fd75d00a02763684de14ac60f3062e22b",
    "large/0002": "47e83ba3f9e42873a8e551059fac466bad9feb15fb11a9d35eb7d03381234602",
    "large/0003": "6732f949346db3f34009f53dd24587a8c25f4ea11a70ca19e4a1fa72d1ad4ef3",
    "large/0004": "43440854a65c76bdd4e61c66fa4561999366151d1f4b372544983787875750fe",
    "odd/0001": "0fbc2525a3933ca5d211599ab46334b4f6a611f28656be549b97e4f027fdf16b",
    "odd/0002": "b915f6ec9116a4cc52e3348e8768d2ce955a8cd2ef79f025c06368e8fe2686b7",
    "odd/0003": "cbd280ebb352cfa9234cb3b6475408c2cdbf68415ad0440a194e06d126408d7d",
    "odd/0004": "09f8cbeaf638fc496d4c1e9c4b04df29d15e292888234a9c11f5aa68be464408",
    "edges/0001": "1a1a870fd220d40de3e159453764586838153de3b1e2a8bfe8a3ac22089f0e4c",
    "edges/0002": "f25f6d62d6ef7e1ab9d38a4d65524eb6365227914493df9bdee1043b97762e1d",
    "edges/0003": "4b3b15ba71454ae1cecbaa102975ee8457b732a12e09e7a99dce970d57e23915",
    "edges/0004": "53a03db600f241c038d90dea7ac10a14d5acd2678c136eac75807b884eb7e5f0",
}


@pytest.fixture(params=FILES)
def name(request):
    return request.param


@pytest.fixture
def path(name, tmp_path):
    path = tmp_path / "logbook.sqlite"
    path.write_bytes((DATABASES / f"{name}.sqlite").read_bytes())
    return path


def test_there_is_a_file_of_every_kind_for_every_revision():
    there = {f"{path.parent.name}/{path.stem}" for path in DATABASES.glob("*/*.sqlite")}
    assert there == set(FILES) == set(DIGESTS)


def test_a_released_file_never_changes(name):
    assert hashlib.sha256((DATABASES / f"{name}.sqlite").read_bytes()).hexdigest() == DIGESTS[name]


def test_every_value_is_what_it_was_when_the_file_was_made(name, path, tmp_path):
    then = tmp_path / "then.json"
    then.write_bytes(gzip.decompress((DATABASES / f"{name}.json.gz").read_bytes()))
    with Database.open(path, create=False) as database:
        assert database.check().is_good
        assert database.check().revision == header.LATEST
        now = {kind: database.all(kind) for kind in KINDS.values()}
    records = read_logbook(then, date(2026, 11, 23))
    assert now == {
        kind: sorted((one for one in records if type(one) is kind), key=lambda one: one.id) for kind in KINDS.values()
    }


def test_every_row_is_there_as_it_was(path):
    before = tables_of(path)
    Database.open(path, create=False).close()
    after = tables_of(path)
    for table, there in before.items():
        for was, is_ in zip(there, after.pop(table), strict=True):
            assert is_ == was | dict.fromkeys(is_.keys() - was.keys()), table
    assert not any(after.values())


def tables_of(path):
    """Return the rows of every table by row id, each as its values by column."""
    with closing(sqlite3.connect(path)) as connection:
        connection.row_factory = sqlite3.Row
        tables = [row["name"] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        found = {table: connection.execute(f"SELECT * FROM {table} ORDER BY rowid").fetchall() for table in tables}
    del found["alembic_version"]
    return {table: list(map(dict, rows)) for table, rows in found.items()}
