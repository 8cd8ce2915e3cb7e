"""Folders that are made for a logbook: private, and there after a power cut."""

import os
import stat

import pytest

from logbook.storage import files
from logbook.storage.files import make_folder


@pytest.fixture
def open_umask():
    before = os.umask(0)
    yield
    os.umask(before)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no modes")
def test_every_folder_that_was_missing_is_private_and_the_others_stay(tmp_path, open_umask):
    tmp_path.chmod(0o755)
    make_folder(tmp_path / "a" / "b" / "c")
    made = [tmp_path / "a", tmp_path / "a" / "b", tmp_path / "a" / "b" / "c"]
    assert [stat.S_IMODE(folder.stat().st_mode) for folder in made] == [0o700] * 3
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o755


def test_the_name_of_each_new_folder_is_made_sure_of(tmp_path, monkeypatch):
    sure = []
    monkeypatch.setattr(files, "sync_folder", sure.append)
    make_folder(tmp_path / "a" / "b")
    assert sure == [tmp_path, tmp_path / "a"]
    make_folder(tmp_path / "a" / "b")
    assert len(sure) == 2


def test_a_file_in_the_way_is_left_alone(tmp_path):
    (tmp_path / "a").write_text("mine", encoding="utf-8")
    with pytest.raises(FileExistsError):
        make_folder(tmp_path / "a")
    assert (tmp_path / "a").read_text(encoding="utf-8") == "mine"
