"""The gallery still takes its photographs: a small part of it, so that it cannot rot."""

import os
import subprocess
import sys
from pathlib import Path

import gallery
import pytest
from gallery import Album, Wanted, for_readme, montage, photograph
from logbooks import Filling
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication

_FEW = 40  # colours, of which an empty window has less


def colours(picture: QImage) -> int:
    """Return how many colours a grid of points of *picture* has."""
    across, down = range(0, picture.width(), 3), range(0, picture.height(), 3)
    return len({picture.pixel(x, y) for x in across for y in down})


def test_pages_are_photographed_in_the_size_and_the_theme_that_are_asked_for(
    qapp: QApplication, tmp_path: Path
) -> None:
    album = Album(tmp_path / "album")
    album.folder.mkdir()
    asked = Wanted(("light", "dark"), ("1024x700",), (Filling.USUAL,), ("sessions", "planner"), dialogs=False)
    photograph(qapp, album, asked, tmp_path)
    album.finish()
    qapp.setProperty("theme", None)
    pictures = {path.name: QImage(str(path)) for path in album.folder.glob("*-1024x700-usual.png")}
    single = {name: picture for name, picture in pictures.items() if not name.startswith("sheet")}
    assert sorted(single) == [
        f"{page}-{theme}-1024x700-usual.png" for page in ("planner", "sessions") for theme in ("dark", "light")
    ]
    assert {picture.size().toTuple() for picture in single.values()} == {(1024, 700)}
    assert all(colours(picture) > _FEW for picture in single.values())
    light, dark = (single[f"planner-{theme}-1024x700-usual.png"] for theme in ("light", "dark"))
    assert QColor(light.pixel(5, 5)).lightness() > 2 * QColor(dark.pixel(5, 5)).lightness()
    shown = (album.folder / "index.html").read_text(encoding="utf-8")
    assert {name for name in pictures if name.startswith("sheet")} == {
        name for name in pictures if f"src='{name}'" in shown
    }


def test_a_contact_sheet_holds_every_picture(qapp: QApplication, tmp_path: Path) -> None:
    paths = []
    for number, colour in enumerate(("red", "lime", "blue", "yellow")):
        picture = QImage(140, 100, QImage.Format.Format_RGB32)
        picture.fill(QColor(colour))
        paths.append(tmp_path / f"{number}.png")
        picture.save(str(paths[-1]))
    sheet = montage(paths)
    width, height = sheet.size().toTuple()
    seen = {QColor(sheet.pixel(x, y)).name() for x in range(0, width, 9) for y in range(0, height, 9)}
    assert {QColor(colour).name() for colour in ("red", "lime", "blue", "yellow")} <= seen


@pytest.mark.parametrize("scale", ["1", "2"])
def test_the_script_runs_by_itself(scale: str, tmp_path: Path) -> None:
    few = ("--themes", "high_contrast", "--sizes", "800x600", "--fillings", "empty", "--pages", "devices")
    subprocess.run(
        [sys.executable, gallery.__file__, str(tmp_path), *few, "--no-dialogs", "--once"],
        env={**os.environ, "QT_SCALE_FACTOR": scale, "PYTHONPATH": os.pathsep.join(sys.path)},
        check=True,
        capture_output=True,
        timeout=60,
    )
    name = f"devices-high_contrast-800x600-empty{'@2' if scale == '2' else ''}.png"
    picture = QImage(str(tmp_path / name))
    assert picture.size().toTuple() == (800 * int(scale), 600 * int(scale))
    assert colours(picture) > 5


def test_it_says_what_it_can_be_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        gallery.main(["--help"])
    assert left.value.code == 0
    assert "--readme" in capsys.readouterr().out


def test_the_pictures_of_the_readme_are_of_the_pages_that_it_names(qapp: QApplication, tmp_path: Path) -> None:
    for_readme(qapp, tmp_path, tmp_path)
    qapp.setProperty("theme", None)
    pictures = {path.stem: QImage(str(path)) for path in tmp_path.glob("*.png")}
    assert sorted(pictures) == ["charts", "overview", "sessions", "warnings"]
    assert {picture.size().toTuple() for picture in pictures.values()} == {(1400, 840)}
    assert len({picture.copy(200, 40, 300, 60).bits().tobytes() for picture in pictures.values()}) == len(pictures)
