"""Rows 9 and 13: what is no logbook of ours, or one of a newer version, is told in a sentence and left as it is."""

import bz2
import gzip
import json
import lzma
import sqlite3
import tarfile
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from faults.conftest import Figure
from faults.disk import read_tree

from logbook.cli import main
from logbook.domain.errors import DatabaseTooNew, StorageError
from logbook.storage.database import Database

RELEASED = Path(__file__).parents[1] / "databases" / "0002.sqlite"
MAGIC = b"SQLite format 3\0"
COMMANDS = ("check", "backup", "export", "import")

Make = Callable[[Path], object]


def of(content: bytes) -> Make:
    return lambda path: path.write_bytes(content)


def database(*statements: str) -> Make:
    def make(path: Path) -> None:
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            for statement in statements:
                connection.execute(statement)

    return make


def changed(*statements: str) -> Make:
    """Return what makes a logbook of ours that somebody changed."""

    def make(path: Path) -> None:
        path.write_bytes(RELEASED.read_bytes())
        database(*statements)(path)

    return make


def cut(length: int) -> Make:
    return lambda path: path.write_bytes(RELEASED.read_bytes()[:length])


def with_bytes(at: int, data: bytes) -> Make:
    whole = RELEASED.read_bytes()
    return of(whole[:at] + data + whole[at + len(data) :])


def zipped(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("logbook.sqlite", RELEASED.read_bytes())


def tarred(path: Path) -> None:
    with tarfile.open(path, "w") as archive:
        archive.add(RELEASED, "logbook.sqlite")


WRONG: dict[str, Make] = {
    "empty": of(b""),
    "one byte": of(b"S"),
    "a line of text": of(b"Dear diary,\n"),
    "a CSV of sessions": of(b"date,depth_mm,zones\n2026-01-01,0.5,crown\n" * 50),
    "text in UTF-16": of("date;zones\r\n2026-01-01;crown\r\n".encode("utf-16")),
    "our own JSON": of(json.dumps({"format": "scalp-needling-logbook", "version": 2}).encode()),
    "JSON": of(b'{"sessions": []}'),
    "a page of HTML": of(b"<!doctype html><title>Sign in</title><p>Your session has expired.\n" * 40),
    "a zip with a logbook in it": zipped,
    "a tar with a logbook in it": tarred,
    "a logbook, gzipped": of(gzip.compress(RELEASED.read_bytes())),
    "a logbook, bzipped": of(bz2.compress(RELEASED.read_bytes())),
    "a logbook, xzipped": of(lzma.compress(RELEASED.read_bytes())),
    "a PNG": of(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20),
    "a JPEG": of(b"\xff\xd8\xff\xe0\x00\x10JFIF\0" + bytes(5000)),
    "a PDF": of(b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n" * 30),
    "a program": of(b"\x7fELF\x02\x01\x01" + bytes(4000)),
    "zeros": of(bytes(8192)),
    "noise": of(bytes((n * n * 31 + n) % 256 for n in range(9000))),
    "a logbook with its first byte lost": of(RELEASED.read_bytes()[1:]),
    "a byte-order mark before a logbook": of(b"\xef\xbb\xbf" + RELEASED.read_bytes()),
    "a journal of SQLite": of(bytes.fromhex("d9d505f920a163d7") + bytes(4088)),
    "a write-ahead log of SQLite": of(bytes.fromhex("377f0682002de218") + bytes(4000)),
    "a journal of LevelDB": of(b"MANIFEST-000001\n" * 200),
    "an SQLite file with nothing in it": database("PRAGMA user_version = 1"),
    "another program's SQLite file": database("CREATE TABLE session (id)", "INSERT INTO session VALUES (1)"),
    "an SQLite file with a table of alembic's": database(
        "CREATE TABLE alembic_version (version_num)", "INSERT INTO alembic_version VALUES ('0001')"
    ),
    "an SQLite file with another program's mark": database("PRAGMA application_id = 1", "CREATE TABLE t (x)"),
    "a logbook with another program's mark": changed("PRAGMA application_id = 252006675"),
    "the magic of SQLite alone": of(MAGIC),
    "the magic and zeros": of(MAGIC + bytes(4080)),
    "a logbook cut in its header": cut(60),
    "a logbook cut after its header": cut(100),
    "a logbook cut in its first page": cut(3000),
    "a logbook without its revision": changed("DROP TABLE alembic_version"),
    "a logbook of no revision": changed("DELETE FROM alembic_version"),
    "a logbook of two revisions": changed("INSERT INTO alembic_version VALUES ('0009')"),
    "a logbook of a revision that is no number": changed("UPDATE alembic_version SET version_num = 'abc'"),
    "a logbook with the header of its schema lost": with_bytes(100, bytes(60)),
}
FEW = ("empty", "another program's SQLite file", "a logbook without its revision")  # loading the guidance takes time
NEWER = {
    "a newer version": changed("UPDATE alembic_version SET version_num = '0999'"),
    "a newer version in WAL mode": changed(
        "UPDATE alembic_version SET version_num = '0999'", "PRAGMA journal_mode = WAL"
    ),
    "a newer version with other tables": changed(
        "UPDATE alembic_version SET version_num = '0999'", "DROP TABLE session_topical", "CREATE TABLE new (id)"
    ),
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    (tmp_path / "here").mkdir()
    return tmp_path / "here" / "wrong.sqlite"


def run(command: str, path: Path, tmp_path: Path) -> int:
    """Run *command* on the database at *path*."""
    log = tmp_path / "log.csv"
    log.write_bytes(b"date\n2026-01-01\n")
    more = {"export": [str(path.with_name("out.json"))], "import": [str(log)]}.get(command, [])
    return main([command, *more, "--database", str(path)])


@pytest.mark.parametrize("what", WRONG)
def test_a_wrong_file_is_told_in_a_sentence_and_nothing_is_changed_or_made(path: Path, what: str) -> None:
    WRONG[what](path)
    before = read_tree(path.parent)
    for create in (True, False):
        with pytest.raises(StorageError, match=r"^wrong\.sqlite [^\n]+\.$"):
            Database.open(path, create=create)
    with pytest.raises(StorageError, match=r"^wrong\.sqlite [^\n]+\.$"):
        Database.open(path, read_only=True)
    assert read_tree(path.parent) == before


@pytest.mark.parametrize(
    "what", [*FEW, *(pytest.param(what, marks=pytest.mark.deep) for what in WRONG if what not in FEW)]
)
def test_every_command_says_so_in_a_sentence_and_changes_nothing(
    path: Path, tmp_path: Path, what: str, capsys: pytest.CaptureFixture[str]
) -> None:
    WRONG[what](path)
    before = read_tree(path.parent)
    for command in COMMANDS:
        status = run(command, path, tmp_path)
        said = capsys.readouterr()
        assert status in (1, 2), (command, status)
        assert said.err.startswith("wrong.sqlite "), command
        assert said.err.count("\n") == 1, command
        assert said.out == "", command
    assert read_tree(path.parent) == before


@pytest.mark.deep
def test_there_are_thirty_wrong_files_and_more(figure: Figure) -> None:
    assert len(WRONG) >= 30
    figure(f"Row 13: {len(WRONG)} of {len(WRONG)} wrong files, each by 3 ways of opening and {len(COMMANDS)} commands")


@pytest.mark.parametrize("what", NEWER)
def test_a_file_of_a_newer_version_is_refused_by_name_and_left_as_it_is(
    path: Path, tmp_path: Path, what: str, capsys: pytest.CaptureFixture[str]
) -> None:
    NEWER[what](path)
    before = read_tree(path.parent)
    with pytest.raises(DatabaseTooNew, match=r"^wrong\.sqlite .*newer version.*0999"):
        Database.open(path)
    for command in COMMANDS:
        assert run(command, path, tmp_path) == 2, command
        said = capsys.readouterr()
        assert "0999" in said.err, command
        assert (said.err.count("\n"), said.out) == (1, ""), command
    assert read_tree(path.parent) == before
