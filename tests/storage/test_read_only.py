"""Files, folders and whole disks that cannot be written: opened for reading, exported, and left as they are."""

import json
import os
import shutil
import stat
import subprocess
import sys

import pytest
from storage.programs import ENVIRONMENT, a_program, answer
from storage.records import a_person, a_session, adding, names

from logbook.domain.errors import NeedsWriting, StorageError
from logbook.domain.person import Person
from logbook.domain.session import Session
from logbook.storage.database import Database
from logbook.storage.lock import lock_path

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has other permissions, which a test cannot take away")

# Everything that can be done with a logbook that cannot be written, and what comes of it.
LOOK = """
import json, sys
from pathlib import Path
from logbook.cli import main
from logbook.domain.errors import StorageError
from logbook.domain.session import Session
from logbook.services.exchange import export
from logbook.services.journal import Journal
from logbook.storage.database import Database
from storage.records import a_person, adding
path, elsewhere = map(Path, sys.argv[1:])
def refused(action):
    try:
        action()
    except StorageError as error:
        return str(error)
with Database.open(path) as database:
    found = {"is_read_only": database.is_read_only, "sessions": len(database.all(Session))}
    found["is_good"] = database.check().is_good
    found["saving"] = refused(lambda: database.apply(adding(a_person())))
    found["copy"] = database.backup(elsewhere / "copies").counts["session"]
    found["copy here"] = refused(lambda: database.backup(path.parent / "backups"))
    found["export"] = str(export(Journal(database, None).everything(), elsewhere / "all.json"))
found["taking over"] = Database.open(path, take_over=True).is_read_only
found["new"] = refused(lambda: Database.open(path.with_name("new.sqlite")))
found["commands"] = [
    main([*words, "--database", str(path)])
    for words in (["export", str(elsewhere / "sessions.csv")], ["check"], ["import", str(elsewhere / "in.csv")])
]
print("found " + json.dumps(found))
"""
# Ends as by kill -9 in the middle of a change of which some is in the file already.
HALF = """
import os, sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("PRAGMA cache_size = 1")
connection.execute("BEGIN IMMEDIATE")
connection.execute("UPDATE session SET notes = printf('%.5000c', 'x')")
print("half", flush=True)
os.kill(os.getpid(), 9)
"""
AS_ANYBODY = ["setpriv", "--inh-caps=-all", "--bounding-set=-all"]  # root, but with no right over others' files
ON_A_DISK_FOR_READING = (
    'set -e; mount --bind "$1" "$1"; mount -o remount,bind,ro "$1"; if touch "$1/new" 2>/dev/null; then exit 3; fi; '
    'shift; exec "$@"'
)


@pytest.fixture
def filled(path, tmp_path):
    with Database.open(path) as database:
        person = a_person()
        database.apply(adding(person, *(a_session(person, notes="n" * 100) for _ in range(50))))
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "in.csv").write_text("date,depth_mm\n2026-01-01,0.25\n", encoding="utf-8")
    return path


@pytest.fixture
def look(tmp_path):
    """Return a function that does everything there is to do, by a program for which modes count."""

    def look_there(path, *wrapped):
        if not wrapped and os.geteuid() == 0:
            if shutil.which("setpriv") is None:
                pytest.skip("modes do not count for root, and setpriv, which would make them, is not installed")
            wrapped = AS_ANYBODY
        return run(*wrapped, sys.executable, "-W", "error", "-c", LOOK, path, tmp_path / "elsewhere")

    return look_there


def run(*command):
    done = subprocess.run(
        [*map(str, command)], env=ENVIRONMENT, capture_output=True, text=True, timeout=60, check=False
    )
    found = [line for line in done.stdout.splitlines() if line.startswith("found ")]
    assert found, done.stderr
    assert "Traceback" not in done.stderr
    return json.loads(found[0].removeprefix("found "))


def content(folder):
    return {found.name: found.read_bytes() for found in folder.iterdir() if found.is_file()}


def readable_and_no_more(found, *, is_folder_for_reading):
    assert found["is_read_only"]
    assert found["taking over"] is True
    assert (found["sessions"], found["copy"], found["is_good"]) == (50, 50, True)
    assert found["saving"] == "logbook.sqlite is open for reading only; nothing was saved."
    assert "50 sessions" in found["export"]
    assert (found["copy here"] is not None) is is_folder_for_reading
    assert (found["new"] is not None) is is_folder_for_reading
    assert found["commands"] == [0, 0, 2]


def test_a_folder_that_cannot_be_written(filled, look):
    before = content(filled.parent)
    filled.parent.chmod(0o500)
    try:
        readable_and_no_more(look(filled), is_folder_for_reading=True)
    finally:
        filled.parent.chmod(0o700)
    assert content(filled.parent) == before


def test_a_file_that_cannot_be_written(filled, look):
    filled.chmod(0o400)
    before = filled.read_bytes()
    readable_and_no_more(look(filled), is_folder_for_reading=False)
    assert filled.read_bytes() == before
    assert not lock_path(filled).exists()


def test_a_link_into_a_folder_that_cannot_be_written(filled, look, tmp_path):
    link = tmp_path / "link.sqlite"
    link.symlink_to(filled)
    filled.parent.chmod(0o500)
    try:
        found = look(link)
    finally:
        filled.parent.chmod(0o700)
    assert found["is_read_only"]
    assert found["saving"] == "link.sqlite is open for reading only; nothing was saved."


@pytest.fixture
def on_a_disk_for_reading(filled):
    """Return the beginning of a command for which the folder of the logbook is a disk that cannot be written."""
    command = ["unshare", "-rm", "sh", "-c", ON_A_DISK_FOR_READING, "sh", filled.parent]
    try:
        tried = subprocess.run([*map(str, command), "true"], capture_output=True, text=True, timeout=30, check=False)
    except FileNotFoundError:
        pytest.skip("unshare, which can mount for one program alone, is not installed")
    if tried.returncode:
        pytest.skip(f"mounting is not allowed here: {tried.stderr.strip()}")
    return command


def test_a_disk_that_cannot_be_written(filled, look, on_a_disk_for_reading):
    before = content(filled.parent)
    readable_and_no_more(look(filled, *on_a_disk_for_reading), is_folder_for_reading=True)
    assert content(filled.parent) == before


def test_a_disk_with_a_lock_of_before_is_for_reading_all_the_same(filled, look, on_a_disk_for_reading):
    lock_path(filled).write_text("{}", encoding="utf-8")
    readable_and_no_more(look(filled, *on_a_disk_for_reading), is_folder_for_reading=True)
    assert lock_path(filled).read_text(encoding="utf-8") == "{}"


# A program died in the middle of a change, and its journal lies beside the file


@pytest.fixture
def half(filled):
    with a_program(HALF, filled) as program:
        assert answer(program) == "half"
        program.wait()
    journal = filled.with_name(f"{filled.name}-journal")
    assert journal.stat().st_size > 0
    return filled


def test_what_a_dead_program_left_is_put_right_by_the_next(half):
    with Database.open(half) as database:
        assert {session.notes for session in database.all(Session)} == {"n" * 100}
    assert names(half.parent) == [half.name]


def test_what_must_be_put_right_first_is_not_read_before_and_not_touched(half):
    before = content(half.parent)
    with pytest.raises(NeedsWriting, match="was not closed properly"):
        Database.open(half, read_only=True)
    assert content(half.parent) == before


def test_on_a_disk_for_reading_half_a_change_is_never_shown(half, tmp_path, on_a_disk_for_reading):
    """Read without its journal, as an immutable file would be, it would show half of it."""
    before = content(half.parent)
    program = (
        "import json, sys; from pathlib import Path\n"
        "from logbook.domain.errors import NeedsWriting\n"
        "from logbook.storage.database import Database\n"
        "try: Database.open(Path(sys.argv[1]))\n"
        "except NeedsWriting as error: print('found ' + json.dumps(str(error)))"
    )
    found = run(*on_a_disk_for_reading, sys.executable, "-c", program, half)
    assert found == (
        "logbook.sqlite was not closed properly, and it cannot be put right without writing. "
        "Copy it together with logbook.sqlite-journal to a folder that can be written, and open the copy."
    )
    assert content(half.parent) == before
    copy = shutil.copytree(half.parent, tmp_path / "copy") / half.name  # as the sentence says
    with Database.open(copy) as database:
        assert {session.notes for session in database.all(Session)} == {"n" * 100}


def test_a_command_that_reads_puts_right_what_it_must(half, tmp_path):
    program = "import sys; from logbook.cli import main; raise SystemExit(main(sys.argv[1:]))"
    command = [sys.executable, "-c", program, "export", tmp_path / "a.csv", "--database", half]
    done = subprocess.run(command, env=ENVIRONMENT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert len((tmp_path / "a.csv").read_text(encoding="utf-8-sig").splitlines()) == 51
    assert names(half.parent) == [half.name]


def test_a_disk_that_becomes_one_for_reading_is_told_at_the_next_save(path, live):
    with Database.open(path) as database:
        live(database).execute("PRAGMA query_only = ON")
        with pytest.raises(StorageError, match=r"^logbook\.sqlite cannot be written; nothing was changed\.$"):
            database.apply(adding(a_person()))
        live(database).execute("PRAGMA query_only = OFF")
        database.apply(adding(a_person()))
        assert len(database.all(Person)) == 1


def test_nothing_that_was_made_can_be_read_by_others(path):
    with Database.open(path) as database:
        database.backup(path.parent / "backups")
        database.apply(adding(a_person()))
        for found in [path.parent, *path.parent.rglob("*")]:
            assert stat.S_IMODE(found.stat().st_mode) == (0o700 if found.is_dir() else 0o600), found
