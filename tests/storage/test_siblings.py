"""Which files beside a logbook a sync client left there."""

import datetime as dt
import os
import platform
import shutil

import pytest

from logbook.domain.errors import StorageError
from logbook.storage.database import Database
from logbook.storage.siblings import siblings

CONFLICTS = {
    "logbook (Sam's conflicted copy 2026-11-23).sqlite": "Dropbox or Nextcloud",
    "logbook (Sam's Laptop's conflicted copy 2026-11-23 (1)).sqlite": "Dropbox or Nextcloud",
    "logbook (conflicted copy 2026-11-23 214005).sqlite": "Dropbox or Nextcloud",
    "logbook (conflicted copy sam 2026-11-23 214005).sqlite": "Dropbox or Nextcloud",
    "logbook (Case Conflict 1).sqlite": "Dropbox",
    "logbook_conflict-20261123-214005.sqlite": "ownCloud",
    "logbook.sync-conflict-20261123-214005-ABC7DEF.sqlite": "Syncthing",
    "logbook.sync-conflict-20261123-214005.sqlite": "Syncthing",
    "logbook-DESKTOP-AB12CD3.sqlite": "OneDrive",
    "logbook-SAMS-PC-2.sqlite": "OneDrive",
    f"logbook-{platform.node()}.sqlite": "OneDrive",
    "logbook (1).sqlite": "Google Drive",
    "logbook [Conflict].sqlite": "Google Drive",
    "logbook 2.sqlite": "iCloud Drive",
    "logbook (SFConflict sam@example.org 2026-11-23-21-40-05).sqlite": "Seafile",
    "logbook_Sams-PC_Nov-23-2140-2026_Conflict.sqlite": "Synology Drive",
    "logbook_Sams-PC_Jan-03-0901-2026_CaseConflict_1.sqlite": "Synology Drive",
    "logbook.Conflict.sqlite": "Resilio Sync",
}
OTHERS = (
    "logbook-kim.sqlite",
    "logbook-20261123-214005-close.sqlite",
    "logbook-20261123-214005.sqlite",
    "logbook2.sqlite",
    "logbooks (1).sqlite",
    "sample.sqlite",
    "sample (1).sqlite",
    "logbook (old).sqlite",
    "logbook (1).csv",
    ".logbook (1).sqlite",
)


@pytest.fixture
def logbook(tmp_path):
    path = tmp_path / "folder" / "logbook.sqlite"
    Database.open(path).close()
    return path


@pytest.mark.parametrize("name", CONFLICTS)
def test_the_names_of_sync_clients_are_known(logbook, name):
    other = logbook.with_name(name)
    shutil.copyfile(logbook, other)
    os.utime(other, (1_790_000_000, 1_790_000_000))
    (found,) = siblings(logbook)
    assert (found.path, found.client, found.size) == (other, CONFLICTS[name], logbook.stat().st_size)
    assert found.changed_at == dt.datetime.fromtimestamp(1_790_000_000)


@pytest.mark.parametrize("name", OTHERS)
def test_other_files_are_not_taken_for_conflicts(logbook, name):
    shutil.copyfile(logbook, logbook.with_name(name))
    assert siblings(logbook) == ()


def test_they_are_found_beside_a_logbook_that_is_missing_newest_first(logbook):
    for number, age in ((1, 10), (2, 30), (3, 20)):
        other = logbook.with_name(f"logbook ({number}).sqlite")
        shutil.copyfile(logbook, other)
        os.utime(other, (1_790_000_000 - age, 1_790_000_000 - age))
    logbook.unlink()
    assert [one.path.name for one in siblings(logbook)] == [f"logbook ({number}).sqlite" for number in (1, 3, 2)]


def test_what_is_no_logbook_is_left_out_and_nothing_is_changed(logbook):
    logbook.with_name("logbook (1).sqlite").write_bytes(b"")
    logbook.with_name("logbook (2).sqlite").write_text("a letter", encoding="utf-8")
    logbook.with_name("logbook (3).sqlite").mkdir()
    before = sorted(logbook.parent.iterdir())
    assert siblings(logbook) == ()
    assert sorted(logbook.parent.iterdir()) == before


def test_a_logbook_of_another_name_finds_its_own(logbook):
    own = logbook.rename(logbook.with_name("my+log (a).db"))
    shutil.copyfile(own, own.with_name("my+log (a) (conflicted copy 2026-11-23 214005).db"))
    shutil.copyfile(own, own.with_name("my+log (1).db"))
    assert [one.path.name for one in siblings(own)] == ["my+log (a) (conflicted copy 2026-11-23 214005).db"]


def test_no_folder_has_none_and_one_that_cannot_be_read_is_told(logbook, tmp_path, monkeypatch):
    assert siblings(tmp_path / "nowhere" / "logbook.sqlite") == ()

    def forbid(folder):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "scandir", forbid)
    with pytest.raises(StorageError, match="with your permissions"):
        siblings(logbook)
