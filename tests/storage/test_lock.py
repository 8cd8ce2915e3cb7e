"""One writer for each file, told by name, whoever else comes: this program, another, another computer."""

import datetime as dt
import errno
import json
import os
import platform
import signal
import sqlite3
import stat
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from storage.programs import OPEN, OPEN_OR_SAY, a_program, answer, racers, run_race, tell
from storage.records import a_person, adding, names

import logbook.storage.lock_file as lock_module
from logbook.domain.errors import AlreadyOpen, Holder, StorageError
from logbook.domain.person import Person
from logbook.storage import holder as holder_module
from logbook.storage.database import Database
from logbook.storage.holder import Claim, read_claim, sentence
from logbook.storage.lock import Lock, lock_path
from logbook.storage.lock_file import LockFile

YESTERDAY = dt.datetime(2026, 2, 1, 21, 40).astimezone()


@pytest.fixture
def lock(path):
    """The place of the lock of a logbook that nobody has open."""
    Database.open(path).close()
    return lock_path(path)


def elsewhere(**but):
    """Return a claim of another computer."""
    return replace(Claim.own(), host="sams-laptop", machine="another", user="sam", since=YESTERDAY, **but)


def here(**but):
    """Return a claim of another process of this computer."""
    return replace(Claim.own(), **but)


def a_dead_process():
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


# Taken and let go


def test_an_open_logbook_has_a_lock_that_goes_when_it_is_closed(path):
    with Database.open(path):
        told = json.loads(lock_path(path).read_bytes())
        assert (told["host"], told["process"]) == (platform.node(), os.getpid())
        assert dt.datetime.fromisoformat(told["since"]).utcoffset() is not None
        assert b"machine-id" not in lock_path(path).read_bytes()
    assert names(path.parent) == [path.name]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no modes")
def test_the_lock_is_private_whatever_the_one_before_was(path, lock):
    for before in (None, 0o644):
        if before is not None:
            lock.touch()
            lock.chmod(before)
        with Database.open(path):
            assert stat.S_IMODE(lock.stat().st_mode) == 0o600
            assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_reading_needs_no_lock_and_disturbs_none(path):
    with Database.open(path) as first, Database.open(path, read_only=True) as second:
        first.apply(adding(person := a_person()))
        assert second.is_read_only
        assert second.all(Person) == [person]
    with Database.open(path, read_only=True):
        assert names(path.parent) == [path.name]


@pytest.mark.parametrize("wrong", ["missing", "newer"])
def test_a_file_that_is_not_opened_is_not_locked(path, wrong):
    if wrong == "newer":
        Database.open(path).close()
        connection = sqlite3.connect(path, isolation_level=None)
        connection.execute("UPDATE alembic_version SET version_num = '0099'")
        connection.close()
    with pytest.raises(StorageError):
        Database.open(path, create=False)
    assert not lock_path(path).exists()


def test_a_logbook_that_cannot_be_made_leaves_no_lock(path, monkeypatch):
    def full(handle):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StorageError, match="no room left on the disk"):
        Database.open(path)
    assert names(path.parent) == []


# Another has it


def test_one_program_can_open_a_logbook_again_and_keeps_others_out_until_all_are_closed(path):
    first = Database.open(path)
    second = Database.open(path)
    first.close()
    first.close()
    with a_program(OPEN_OR_SAY, path) as other:
        assert answer(other).startswith("AlreadyOpen")
    second.apply(adding(a_person()))
    second.close()
    assert names(path.parent) == [path.name]


@pytest.mark.skipif(os.name == "nt", reason="links need a right on Windows")
def test_a_link_is_the_same_logbook(path, tmp_path):
    with Database.open(path):
        link = tmp_path / "link.sqlite"
        link.symlink_to(path)
        with a_program(OPEN_OR_SAY, link) as other:
            assert answer(other).startswith("AlreadyOpen")
        assert names(tmp_path) == sorted([link.name, path.parent.name])


def test_another_program_is_named_and_left_alone(path):
    with a_program(OPEN, path) as other:
        assert answer(other) == "open"
        with pytest.raises(AlreadyOpen, match=rf"open on this computer already since .* \(process {other.pid}\)") as e:
            Database.open(path)
        holder = e.value.holder
        assert (holder.process, holder.is_here, holder.host) == (other.pid, True, platform.node())
        with pytest.raises(AlreadyOpen):  # one at work on this computer is not taken over
            Database.open(path, take_over=True)
        with Database.open(path, read_only=True) as reading:
            assert reading.all(Person) == []


def test_a_killed_program_leaves_nothing_that_is_in_the_way(path):
    with a_program(OPEN, path) as other:
        assert answer(other) == "open"
        other.kill()
        other.wait()
        assert lock_path(path).exists()
    with Database.open(path) as database:
        assert not database.is_read_only
        database.apply(adding(a_person()))
    assert names(path.parent) == [path.name]


@pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="Windows cannot stop a program")
def test_a_program_that_does_not_answer_still_has_it(path):
    with a_program(OPEN, path) as other:
        assert answer(other) == "open"
        other.send_signal(signal.SIGSTOP)
        with pytest.raises(AlreadyOpen):
            Database.open(path)
        other.send_signal(signal.SIGCONT)


def test_of_many_programs_at_once_one_wins(path):
    with racers(4) as programs:
        for place in (path, path, path.with_name("another.sqlite")):  # the first makes it, the next finds it
            told = run_race(programs, place)
            assert sorted(word for word, _ in told) == ["open", *["refused"] * 3]
            (winner,) = (process for word, process in told if word == "open")
            assert {process for word, process in told if word == "refused"} <= {winner, None}
    assert names(path.parent) == ["another.sqlite", path.name]


def test_with_the_locks_of_the_system_away_the_race_is_lost(path, monkeypatch):
    """Hold the test above to its word: it is the lock that decides, and nothing else."""
    Database.open(path).close()
    monkeypatch.setattr(lock_module, "_lock", lambda handle: True)
    monkeypatch.setattr(Claim, "is_alive", False)
    with a_program(OPEN, path) as other:
        assert answer(other) == "open"
        Database.open(path).close()


# What is left in the file


@pytest.mark.parametrize("content", [b"", b"\0" * 300, b'{"host": "sams-lap', b"[]", b"{}", b"[" * 4000, b"\xff\xfe"])
def test_a_lock_that_says_nothing_is_nobodys(path, lock, content):
    lock.write_bytes(content)
    with Database.open(path) as database:
        assert not database.is_read_only


def test_a_process_that_has_the_number_of_a_dead_one_is_not_taken_for_it(path, lock):
    lock.write_bytes(here(process=os.getppid(), started="another boot 1").content)
    Database.open(path).close()
    lock.write_bytes(here(process=a_dead_process(), started="").content)
    Database.open(path).close()


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="only Linux says when a process began")
def test_a_process_whose_lock_was_changed_for_its_like_still_has_it(path, lock):
    parent = os.getppid()
    lock.write_bytes(here(process=parent, started=holder_module._started(parent)).content)  # as a sync client brings it
    with pytest.raises(AlreadyOpen, match=rf"process {parent}"):
        Database.open(path, take_over=True)


@pytest.mark.parametrize("but", [{}, {"process": 1}, {"process": 2**40}])
def test_another_computer_is_told_by_name_and_time(path, lock, but):
    lock.write_bytes(content := elsewhere(**but).content)
    with pytest.raises(AlreadyOpen) as caught:
        Database.open(path)
    assert str(caught.value) == (
        "logbook.sqlite is open on sams-laptop since 1 February 2026, 21:40, by sam, or was not closed properly there; "
        "nothing was changed."
    )
    holder = caught.value.holder
    assert (holder.host, holder.user, holder.since, holder.is_here) == ("sams-laptop", "sam", YESTERDAY, False)
    assert lock.read_bytes() == content
    with Database.open(path, read_only=True) as reading:
        assert reading.all(Person) == []
    assert lock.read_bytes() == content


@pytest.mark.parametrize("but", [{"host": platform.node()}, {"machine": Claim.own().machine}])
def test_a_computer_of_the_same_name_or_with_another_is_asked_about(path, lock, but):
    lock.write_bytes(replace(elsewhere(process=a_dead_process()), **but).content)
    with pytest.raises(AlreadyOpen):
        Database.open(path)
    Database.open(path, take_over=True).close()


def test_another_computer_is_taken_over_on_purpose(path, lock):
    lock.write_bytes(elsewhere().content)
    with Database.open(path, take_over=True) as database:
        database.apply(adding(a_person()))
        assert read_claim(lock.read_bytes()).is_mine
    assert not lock.exists()


def test_taking_over_is_done_once_and_not_back_and_forth(path, lock):
    lock.write_bytes(elsewhere().content)
    with Database.open(path, take_over=True) as database:
        database.apply(adding(person := a_person()))
        lock.write_bytes(elsewhere(process=7).content)  # taken back there
        for _ in range(2):
            with pytest.raises(AlreadyOpen, match="sams-laptop"):
                database.apply(adding(a_person()))
        assert database.all(Person) == [person]


@pytest.mark.skipif(os.name == "nt", reason="Windows puts nothing in the place of an open file")
def test_another_computer_at_work_on_a_network_share_is_taken_over_and_notices(path, lock, monkeypatch):
    program = "import platform; platform.node = lambda: 'sams-laptop'\n" + NOTICE
    with a_program(program, path) as other:
        assert answer(other) == "open"
        with pytest.raises(AlreadyOpen, match="open on sams-laptop"):
            Database.open(path)
        with Database.open(path, take_over=True) as database:
            database.apply(adding(a_person()))
            assert names(path.parent) == [lock.name, path.name]
            tell(other)
            assert answer(other).startswith("AlreadyOpen: logbook.sqlite is open on")
            database.apply(adding(a_person()))
        assert len(Database.open(path, read_only=True).all(Person)) == 2


NOTICE = """
import sys
import threading
from pathlib import Path
import logbook.storage.holder as holder
holder._machine = lambda: "another"
from storage.records import a_person, adding
from logbook.domain.errors import StorageError
from logbook.storage.database import Database
database = Database.open(Path(sys.argv[1]))
print("open", flush=True)
sys.stdin.readline()
try:
    database.apply(adding(a_person()))
except StorageError as error:
    print(f"{type(error).__name__}: {error}", flush=True)
else:
    print("saved", flush=True)
database.close()
"""


# Taken away while it is held


def test_a_lock_that_somebody_removed_is_made_again(path):
    with Database.open(path) as database:
        lock_path(path).unlink()
        database.apply(adding(a_person()))
        assert read_claim(lock_path(path).read_bytes()).is_mine
        with a_program(OPEN_OR_SAY, path) as other:
            assert answer(other).startswith("AlreadyOpen")


@pytest.mark.skipif(os.name == "nt", reason="Windows removes no open file")
def test_a_lock_that_came_back_through_a_sync_client_is_taken_again(path):
    with Database.open(path) as database:
        lock = lock_path(path)
        copy = lock.with_name("copy")
        copy.write_bytes(lock.read_bytes())
        copy.replace(lock)
        database.apply(adding(a_person()))
        handle = os.open(lock, os.O_RDWR)
        assert not lock_module._lock(handle)
        os.close(handle)


@pytest.mark.parametrize("in_place", [True, False])
def test_nothing_is_saved_once_another_computer_took_over(path, in_place):
    with Database.open(path) as database:
        lock, other = lock_path(path), elsewhere()
        if in_place:
            lock.write_bytes(other.content)
        else:
            copy = lock.with_name("copy")
            copy.write_bytes(other.content)
            copy.replace(lock)
        with pytest.raises(AlreadyOpen, match="sams-laptop"):
            database.apply(adding(a_person()))
        assert database.all(Person) == []
        lock.unlink()  # closed there: the right is free
        database.apply(adding(a_person()))
        lock.write_bytes(other.content)
    assert lock.read_bytes() == other.content  # another's is never removed


@pytest.mark.skipif(os.name == "nt", reason="Windows removes no open file")
def test_nothing_is_saved_once_another_program_has_the_lock(path):
    with Database.open(path) as database:
        lock_path(path).unlink()
        with a_program(OPEN, path) as other:
            assert answer(other) == "open"
            with pytest.raises(AlreadyOpen, match=f"process {other.pid}"):
                database.apply(adding(a_person()))
            assert database.all(Person) == []


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there are no forks here")
def test_a_fork_lets_go_of_nothing_that_is_its_parents(path):
    lock = Lock(path)
    path.parent.mkdir()
    lock.hold()
    child = os.fork()
    if child == 0:
        lock.release()
        os._exit(0)
    os.waitpid(child, 0)
    assert read_claim(lock_path(path).read_bytes()).is_mine
    lock.release()
    lock.release()
    assert names(path.parent) == []


@pytest.mark.skipif(os.name == "nt", reason="Windows lets nobody write where another has locked")
@pytest.mark.parametrize("left_by", ["a dead program", "nobody"])
def test_a_program_that_is_about_to_say_who_it_is_is_waited_for(path, lock, left_by):
    lock.write_bytes(here(process=a_dead_process(), started="another boot 1").content if left_by != "nobody" else b"")
    parent = os.getppid()
    telling = threading.Timer(
        0.1, lock.write_bytes, [here(process=parent, started=holder_module._started(parent)).content]
    )
    handle = os.open(lock, os.O_RDWR)
    try:
        assert lock_module._lock(handle)
        telling.start()
        with pytest.raises(AlreadyOpen) as caught:
            Database.open(path)
    finally:
        telling.join()
        os.close(handle)
    assert caught.value.holder.process == parent


def test_who_only_looked_at_a_lock_is_waited_for(path, lock):
    lock.write_bytes(Claim.own().content)
    handle = os.open(lock, os.O_RDWR)
    assert lock_module._lock(handle)
    letting_go = threading.Timer(0.1, os.close, [handle])
    letting_go.start()
    Database.open(path).close()
    letting_go.join()


# Where no lock can be made


def test_a_disk_without_locks_is_for_reading(path, lock, monkeypatch):
    def no_locks(handle):
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(lock_module, "_lock", no_locks)
    with Database.open(path) as database:
        assert database.is_read_only
    with pytest.raises(StorageError, match="cannot be written there"):
        Database.open(path.with_name("new.sqlite"))


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT])
@pytest.mark.parametrize("where", ["name", "content"])
def test_a_full_disk_opens_and_is_told_at_the_first_save(path, lock, monkeypatch, code, where):
    def full(*arguments):
        raise OSError(code, os.strerror(code))

    with monkeypatch.context() as patch:
        patch.setattr(*{"name": (LockFile, "_open"), "content": (lock_module, "_write")}[where], full)
        database = Database.open(path)
        assert not database.is_read_only
        assert database.all(Person) == []
        with pytest.raises(StorageError, match=r"^There is no room left on the disk of logbook\.sqlite"):
            database.apply(adding(a_person()))
        assert database.all(Person) == []
    database.apply(adding(a_person()))
    assert read_claim(lock.read_bytes()).is_mine
    database.close()
    assert names(path.parent) == [path.name]


@pytest.mark.parametrize("make", [Path.mkdir, lambda lock: lock.symlink_to("nowhere")], ids=["folder", "link"])
@pytest.mark.skipif(os.name == "nt", reason="Windows calls both forbidden")
def test_what_is_in_the_way_of_a_lock_is_told(path, lock, make):
    make(lock)
    with pytest.raises(StorageError, match=r"^\.logbook\.sqlite\.lock is in the way: it is not a file\.$"):
        Database.open(path)
    assert not lock.exists() or lock.is_dir()


def test_a_lock_that_may_not_be_read_is_anothers(path, lock, monkeypatch):
    lock.touch()
    real = os.open

    def forbid(path, *arguments, **more):
        if path == lock:
            raise PermissionError(errno.EACCES, "Permission denied")
        return real(path, *arguments, **more)

    monkeypatch.setattr(os, "open", forbid)
    monkeypatch.setattr(lock_module, "_PAUSE", 0)
    with pytest.raises(AlreadyOpen, match="is open on this computer already; nothing was changed"):
        Database.open(path)


# What is said


def test_names_from_elsewhere_are_shown_as_one_short_line():
    holder = elsewhere(process=1).holder(is_here=False)
    shown = replace(elsewhere(process=1), host="x\n\x1b[31m" + "y" * 500, user="\u202esam").holder(is_here=False)
    assert shown.host.startswith("x[31my")
    assert len(shown.host) == 60
    assert shown.user == "sam"
    assert holder == Holder("sams-laptop", "sam", 1, YESTERDAY, is_here=False)


def test_a_time_of_today_is_told_without_its_date():
    since = dt.datetime.now().replace(hour=0, minute=0, second=0, microsecond=0).astimezone()
    assert " since 00:00, by sam, " in sentence("a", Holder("b", "sam", 1, since, is_here=False))
    assert sentence("a", Holder(is_here=False)).startswith("a is open on another computer, or was")


@pytest.mark.parametrize("since", ["0001-01-01T00:00:00", "9999-12-31T23:59:59-23:59", "soon", 7, None])
def test_a_time_that_makes_no_sense_is_no_traceback(since):
    told = json.loads(elsewhere().content) | {"since": since}
    claim = read_claim(json.dumps(told).encode())
    assert claim is None or sentence("a", claim.holder(is_here=False))
