"""What was left behind is told from everything that is somebody's."""

import os
import time

import pytest

from logbook.storage.leftovers import find_leftovers, sweep_folders

FOLDER = ".tables.0a1b2c3d.part"
OURS = (
    (),
    ("sessions.csv",),
    ("sessions.csv", "people.csv", ".life-events.csv.00112233.part"),
    ("logbook-20260101-080000-manual.sqlite", "logbook-20260101-080000-manual.sqlite.sha256"),
    (
        ".logbook-20260101-080000-manual.sqlite.00112233.part",
        ".logbook-20260101-080000-manual.sqlite.00112233.part-journal",
    ),
)
OTHERS = (
    ("notes.txt",),
    ("sessions.csv", "photo.jpg"),
    ("inner/sessions.csv",),
    ("sessions.csv", ".hidden.csv"),
    ("film.mkv.part",),
)


def lay(folder, names, *, age=7200):
    folder.mkdir(parents=True)
    for name in names:
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(b"x")
    moment = time.time() - age
    os.utime(folder, (moment, moment))
    return folder


@pytest.mark.parametrize("inside", OURS)
def test_a_folder_that_never_got_its_name_goes(tmp_path, inside):
    left = lay(tmp_path / FOLDER, inside)
    assert find_leftovers([tmp_path]) == (left,)
    sweep_folders(tmp_path / "tables")
    assert not left.exists()


@pytest.mark.parametrize("inside", OURS)
def test_one_that_may_be_at_work_stays(tmp_path, inside):
    left = lay(tmp_path / FOLDER, inside, age=60)
    assert find_leftovers([tmp_path]) == ()
    sweep_folders(tmp_path / "tables")
    assert left.exists()


@pytest.mark.parametrize("inside", OTHERS)
def test_a_folder_with_anything_else_in_it_stays_whole(tmp_path, inside):
    left = lay(tmp_path / FOLDER, inside)
    assert find_leftovers([tmp_path]) == ()
    sweep_folders(tmp_path / "tables")
    assert all((left / name).exists() for name in inside)


@pytest.mark.parametrize("name", ["tables", "tables.0a1b2c3d.part", ".tables.0a1b2c3.part", ".tables.0a1b2c3d.parts"])
def test_a_folder_of_another_name_stays(tmp_path, name):
    left = lay(tmp_path / name, ["sessions.csv"])
    assert find_leftovers([tmp_path]) == ()
    sweep_folders(tmp_path / "tables")
    assert left.exists()


def test_a_link_stays_and_so_does_what_it_leads_to(tmp_path):
    elsewhere = lay(tmp_path / "elsewhere", ["sessions.csv"])
    link = tmp_path / FOLDER
    try:
        link.symlink_to(elsewhere, target_is_directory=True)
    except OSError:
        pytest.skip("links cannot be made here")
    os.utime(link, (0, 0), follow_symlinks=False)
    assert find_leftovers([tmp_path]) == ()
    sweep_folders(tmp_path / "tables")
    assert link.is_symlink()
    assert (elsewhere / "sessions.csv").exists()


@pytest.mark.parametrize(
    ("name", "is_ours"),
    [
        ("logbook-20260101-080000-close.sqlite.sha256", True),
        ("my-log-20260101-080000-close-2.sqlite.sha256", True),
        ("film.sqlite.sha256", False),
        ("photo.sha256", False),
    ],
)
def test_a_checksum_is_only_ours_with_the_name_of_a_copy(tmp_path, name, is_ours):
    path = tmp_path / name
    path.write_text("0" * 64)
    os.utime(path, (0, 0))
    assert find_leftovers([tmp_path]) == ((path,) if is_ours else ())


def test_a_folder_that_cannot_be_read_keeps_nobody_from_an_export(tmp_path):
    sweep_folders(tmp_path / "nowhere" / "tables")
