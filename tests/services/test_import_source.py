import os
import time
from datetime import date
from pathlib import Path

import pytest

from logbook.domain.errors import UnreadableFile
from logbook.services.importing.look import look
from logbook.services.importing.source import Kind, is_logbook_file, read_source

TODAY = date(2026, 6, 30)
TEXT = "Datum;Bemerkung\n2026-03-04;Rötung\n"


@pytest.fixture
def file(tmp_path: Path):
    def write(content: bytes, name: str = "log.csv") -> Path:
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return write


@pytest.mark.parametrize(
    ("content", "remark"),
    [
        (TEXT.encode(), None),
        (TEXT.encode("utf-8-sig"), None),
        (TEXT.encode("utf-16"), "The file is written in UTF-16."),
        ("\ufeff".encode("utf-16-be") + TEXT.encode("utf-16-be"), "The file is written in UTF-16."),
        (
            TEXT.encode("cp1252"),
            "The file is not UTF-8; it was read as Windows-1252, in which one word is “Rötung”.",
        ),
    ],
)
def test_the_text_is_the_same_in_every_encoding_and_the_rare_ones_are_said(file, content: bytes, remark: str | None):
    source = read_source(file(content))

    assert (source.kind, source.data.decode()) == (None, TEXT)
    assert source.remarks == ((remark,) if remark else ())


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "is empty"),
        (b"\xef\xbb\xbf \r\n", "is empty"),
        (
            b"PK\x03\x04rest",
            "is an Excel or LibreOffice file, or another kind of archive. Save the table as “CSV UTF-8”",
        ),
        (b"\xd0\xcf\x11\xe0rest", "is an old Excel file"),
        (b"%PDF-1.7", "is a PDF"),
        (b"date\n\xff\x81\n", "line 2: This is no text"),
        (b"\xff\xfed\0a", "begins as UTF-16 text and does not go on so"),
        ("date".encode("utf-32"), "line 1: There is a NUL character"),
        (b"date\n2026-03-04\0", "line 2: There is a NUL character"),
    ],
)
def test_what_is_no_table_is_told_what_it_is(file, content: bytes, sentence: str):
    with pytest.raises(UnreadableFile) as caught:
        read_source(file(content))
    assert str(caught.value).startswith("log.csv")
    assert sentence in str(caught.value)


def test_a_logbook_is_known_by_its_content_whatever_its_name(file):
    assert read_source(file(b"SQLite format 3\0rest", "log.txt")).kind is Kind.LOGBOOK
    assert read_source(file(b' {"format": 1}', "log.txt")).kind is Kind.JSON
    assert read_source(file(b"[]", "log.JSON")).kind is Kind.JSON
    assert is_logbook_file(file(b"SQLite format 3\0", "a"))
    assert not is_logbook_file(file(b"SQLite", "b"))
    assert not is_logbook_file(Path("nowhere"))


def test_what_cannot_be_opened_is_one_sentence(tmp_path: Path):
    with pytest.raises(UnreadableFile, match=r"absent\.csv cannot be read: No such file"):
        read_source(tmp_path / "absent.csv")
    with pytest.raises(UnreadableFile, match="is not a file"):
        read_source(tmp_path)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="needs a user to whom files can be closed")
def test_a_file_that_may_not_be_read_is_one_sentence(file):
    path = file(b"date\n")
    path.chmod(0)
    with pytest.raises(UnreadableFile, match="Permission denied"):
        read_source(path)


@pytest.mark.parametrize(
    "content",
    [
        b"date,depth,zone,time,value\n" + b",".join([b"1," * 900] * 1) + b"\n",
        b"date;depth;passes\n"
        + b"".join(b"%s;%s;%s\n" % (b"1" * 1900, b"1.1," * 480, b"9'" * 900) for _ in range(200)),
        b"date;zones;topicals\n" + b"".join(b"2026-03-04;%s;%s\n" % (b" x" * 900, b"a " * 900) for _ in range(200)),
        b"(" * 100_000 + b";date\n" + b"x;2026-03-04\n",
        b"1/" * 60_000 + b"\n",
        b"date\n" + b"a" * 3_000_000 + b"\xe9\n",
        b"date;notes\n" + b"2026-03-04 " * 10_000 + b";\n",
        b";" * 100_000 + b"\ndate\n",
    ],
    ids=["commas", "numbers", "items", "brackets", "dates", "letters", "days", "columns"],
)
def test_texts_made_to_be_slow_are_not(file, content: bytes):
    started = time.process_time()
    try:
        look(file(content), TODAY, recalls=False)
    except UnreadableFile as error:
        assert str(error).startswith("log.csv")  # noqa: PT017 - both answers are right, a third is not
    assert time.process_time() - started < 5
