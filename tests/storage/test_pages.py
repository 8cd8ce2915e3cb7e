import sqlite3
from pathlib import Path
from random import Random

import pytest
from storage.damage import PAGE, make_logbook

from logbook.storage.pages import Pages


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    path = tmp_path_factory.mktemp("pages") / "logbook.sqlite"
    make_logbook(path, 30, Random(2))
    return path


def rows_by_sqlite(path: Path) -> dict[str, list[tuple]]:
    connection = sqlite3.connect(path)
    tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    found = {t: connection.execute(f"SELECT rowid, * FROM {t} NOT INDEXED ORDER BY rowid").fetchall() for t in tables}
    connection.close()
    return found


def roots(path: Path, kind: str) -> dict[str, int]:
    connection = sqlite3.connect(path)
    found = dict(connection.execute("SELECT name, rootpage FROM sqlite_master WHERE type = ?", (kind,)))
    connection.close()
    return found


def read(pages: Pages, root: int) -> list[tuple]:
    tree = pages.tree(root)
    assert tree.is_whole
    leaves = [pages.leaf(number) for number in tree.pages]
    assert not any(leaf.unreadable for leaf in leaves)
    return [(cell.row_id, *cell.values) for leaf in leaves for cell in leaf.cells]


def test_every_row_is_read_as_sqlite_reads_it(whole):
    pages = Pages(whole.read_bytes())
    tables = roots(whole, "table")
    assert {table: read(pages, root) for table, root in tables.items()} == rows_by_sqlite(whole)
    assert any(cell.overflow for n in pages.tree(tables["session"]).pages for cell in pages.leaf(n).cells)


def test_every_index_lists_every_row(whole):
    pages, rows = Pages(whole.read_bytes()), rows_by_sqlite(whole)
    connection = sqlite3.connect(whole)
    tables = dict(connection.execute("SELECT name, tbl_name FROM sqlite_master WHERE type = 'index'"))
    connection.close()
    for index, root in roots(whole, "index").items():
        assert sorted(entry[-1] for entry in read(pages, root)) == [row[0] for row in rows[tables[index]]], index


@pytest.mark.parametrize("size", [512, 1024, 4096, 8192, 65536])
def test_the_size_of_a_page_is_found_without_the_header(tmp_path, size):
    path = tmp_path / "sized.sqlite"
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute(f"PRAGMA page_size = {size}")
    connection.execute("CREATE TABLE t (a TEXT, b TEXT, c INTEGER)")
    connection.execute("BEGIN")
    rows = [("x" * (n % 90), "long" * n, -(2 ** (n % 60))) for n in range(3000)]
    connection.executemany("INSERT INTO t VALUES (?, ?, ?)", rows)
    connection.execute("COMMIT")
    connection.close()
    content = path.read_bytes()
    pages = Pages(bytes(100) + content[100:])
    assert pages.size == size
    assert [row[1:] for row in read(pages, 2)] == rows


def test_pages_that_were_given_up_are_known(tmp_path):
    path = tmp_path / "given_up.sqlite"
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("CREATE TABLE t (a)")
    connection.execute("BEGIN")
    connection.executemany("INSERT INTO t VALUES (?)", [("x" * 900,)] * 400)
    connection.execute("DELETE FROM t")
    connection.execute("COMMIT")
    (free,) = connection.execute("PRAGMA freelist_count").fetchone()
    connection.close()
    found = Pages(path.read_bytes()).free()
    assert len(found) == free > 50
    assert not found & {1, 2}


@pytest.mark.parametrize("content", [b"", b"x", b"\r" * 5000, bytes(3 * PAGE), b"\xff" * 9000, b"SQLite format 3\0"])
def test_what_is_no_database_has_no_rows(content):
    pages = Pages(content)
    leaves = [pages.leaf(n) for n in range(1, pages.count + 1) if pages.is_table_leaf(n)]
    assert sum(len(leaf.cells) for leaf in leaves) == 0


def test_pages_in_a_ring_are_read_once(whole):
    content = bytearray(whole.read_bytes())
    root = roots(whole, "table")["session"]
    start = (root - 1) * PAGE
    assert content[start] == 5
    content[start + 8 : start + 12] = root.to_bytes(4)  # its last child is itself
    tree = Pages(bytes(content)).tree(root)
    assert not tree.is_whole
    assert len(tree.pages) == len(set(tree.pages))
