"""Photographs every page and every dialog: themes, window sizes, fillings and 200 %. To be looked at by a person.

python tests/gallery.py FOLDER                      everything, some minutes
python tests/gallery.py FOLDER --themes light --sizes 1024x700 --fillings usual --pages charts
python tests/gallery.py --readme                    the pictures of the README, into resources/screenshots
"""

import argparse
import datetime as dt
import html
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from unittest.mock import patch

if __name__ == "__main__":  # as pytest does for its tests
    sys.path[:0] = [str(Path(__file__).parents[1])]

from logbooks import Filling, make_logbook
from PySide6.QtCore import QRect, Qt, QTimer
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QAbstractButton, QApplication, QTableView, QWidget
from settling import settle
from visitor import Visitor

from logbook.ui.pages.logbook_pages import PAGES
from logbook.ui.theme import Appearance

THEMES = ("light", "dark", "high_contrast")
SIZES = ("1400x840", "1024x700", "800x600")
LARGE_SIZES = ("1280x720", "800x600")  # in logical pixels, at 200 %
_SCREEN = (1920, 1200)  # likewise
_SHOWN_WHOLE = ("light", "1400x840", Filling.USUAL)  # of which each state of each page is photographed too
_README = {"overview": "", "sessions": "Warning", "warnings": "D01", "charts": "Shedding"}  # and what is chosen there
_HIDE_HINT = "Hide this hint"
_COLUMNS, _WIDE, _CAPTION, _GAP = 3, 700, 22, 12  # of a contact sheet, in pixels but the first


@dataclass(frozen=True)
class Wanted:
    """What is photographed."""

    themes: Sequence[str] = THEMES
    sizes: Sequence[str] = SIZES
    fillings: Sequence[Filling] = tuple(Filling)
    pages: Sequence[str] = tuple(PAGES)
    dialogs: bool = True


@dataclass
class Album:
    """The photographs of one folder."""

    folder: Path
    scale: str = ""  # is part of each name, as in “@2”
    sheets: dict[str, list[Path]] = field(default_factory=dict)  # what belongs together

    def take(self, sheet: str, name: str, widget: QWidget) -> None:
        """Photograph *widget* as *name* for a contact sheet."""
        path = self.folder / f"{name}-{sheet}{self.scale}.png"
        assert widget.grab().save(str(path)), path
        self.sheets.setdefault(f"{sheet}{self.scale}", []).append(path)

    def finish(self) -> None:
        """Write the contact sheets, and a page that shows all of them."""
        for name, paths in self.sheets.items():
            montage(paths).save(str(self.folder / f"sheet-{name}.png"))
        sheets = sorted(self.folder.glob("sheet-*.png"))
        shown = "".join(f"<h2>{html.escape(one.stem)}</h2><img src='{one.name}'>" for one in sheets)
        text = f"<!doctype html><meta charset=utf-8><title>Gallery</title>{shown}"
        (self.folder / "index.html").write_text(text, encoding="utf-8")


def photograph(app: QApplication, album: Album, wanted: Wanted, home: Path) -> None:
    """Take every photograph that is *wanted*; logbooks are made below *home*."""
    for filling in wanted.fillings:
        for theme in wanted.themes:
            with _visit(app, home / theme / filling, theme, filling) as visitor:
                for size in wanted.sizes:
                    _take_pages(visitor, album, wanted.pages, (theme, size, filling))
                is_usual = filling is Filling.USUAL and not album.scale
                if wanted.dialogs and (is_usual or theme == wanted.themes[0]):
                    visitor.dialogs(partial(album.take, f"{theme}-{filling}"))


@contextmanager
def _visit(app: QApplication, folder: Path, theme: str, filling: Filling) -> Iterator[Visitor]:
    """Start the program with a new logbook in *folder*."""
    folder.mkdir(parents=True)
    with patch.dict(os.environ, {"XDG_CONFIG_HOME": str(folder / "config")}):  # of sizes, nothing is remembered
        visitor = Visitor(app, make_logbook(folder / "logbook.sqlite", filling, dt.date.today()))
        try:
            visitor.program._appearance_chosen(Appearance(theme))
            settle()
            yield visitor
        finally:
            visitor.leave()


def _take_pages(visitor: Visitor, album: Album, pages: Sequence[str], how: tuple[str, str, Filling]) -> None:
    sheet = "-".join(how)
    visitor.window.resize(*map(int, how[1].split("x")))
    if how == _SHOWN_WHOLE and not album.scale:
        visitor.pages(lambda name, _: album.take(sheet, name, visitor.window), tuple(pages))
        return
    for name in pages:
        visitor.show_page(name)
        album.take(sheet, name, visitor.window)


def montage(paths: Sequence[Path]) -> QImage:
    """Return the pictures of *paths* beside one another, each under its name."""
    pictures = [_fitted(QImage(str(path))) for path in paths]
    rows = [range(first, min(first + _COLUMNS, len(paths))) for first in range(0, len(paths), _COLUMNS)]
    heights = [max(pictures[place].height() for place in row) + _CAPTION + _GAP for row in rows]
    sheet = QImage(_COLUMNS * (_WIDE + _GAP) + _GAP, sum(heights) + _GAP, QImage.Format.Format_RGB32)
    sheet.fill(QColor("#808080"))
    painter = QPainter(sheet)
    top = _GAP
    for row, height in zip(rows, heights, strict=True):
        for column, place in enumerate(row):
            left = _GAP + column * (_WIDE + _GAP)
            painter.drawText(QRect(left, top, _WIDE, _CAPTION), Qt.AlignmentFlag.AlignVCenter, paths[place].stem)
            painter.drawImage(left, top + _CAPTION, pictures[place])
        top += height
    painter.end()
    return sheet


def _fitted(picture: QImage) -> QImage:
    is_wide = picture.width() > _WIDE
    return picture.scaledToWidth(_WIDE, Qt.TransformationMode.SmoothTransformation) if is_wide else picture


def for_readme(app: QApplication, folder: Path, home: Path) -> None:
    """Write the pictures of the README into *folder*."""
    with _visit(app, home / "logbook", "light", Filling.USUAL) as visitor:
        visitor.window.resize(1400, 840)
        for name, chosen in _README.items():
            page = visitor.show_page(name)
            for button in visitor.window.findChildren(QAbstractButton):
                is_wanted = chosen and button.text().replace("&", "") == chosen
                if button.isVisible() and (is_wanted or button.accessibleName() == _HIDE_HINT):
                    button.click()
            for table in page.findChildren(QTableView):
                found = [place for place in range(table.model().rowCount()) if _row_has(table, place, chosen)]
                if chosen and table.isVisible() and found:
                    table.selectRow(found[0])
            settle()
            visitor.window.pages.current.focus_first()  # type: ignore[union-attr]
            settle()
            assert visitor.window.grab().save(str(folder / f"{name}.png"))


def _row_has(table: QTableView, row: int, words: str) -> bool:
    model = table.model()
    return any(words in str(model.index(row, column).data()) for column in range(model.columnCount()))


@contextmanager
def own_place() -> Iterator[Path]:
    """Yield a folder for logbooks and settings that goes afterwards; nobody's own are touched."""
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        screens = {"screens": [{"name": "", "x": 0, "y": 0, "width": _SCREEN[0], "height": _SCREEN[1]}]}
        (home / "screens.json").write_text(json.dumps(screens), encoding="utf-8")
        own = {"XDG_DATA_HOME": str(home / "data"), "XDG_CONFIG_HOME": str(home / "config")}
        platform = os.environ.get("QT_QPA_PLATFORM", f"offscreen:configfile={home / 'screens.json'}")
        with patch.dict(os.environ, {**own, "QT_QPA_PLATFORM": platform}):
            yield home


def main(arguments: Sequence[str] | None = None) -> None:
    """Take the photographs that are asked for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", nargs="?", type=Path, help="for the photographs")
    parser.add_argument("--readme", action="store_true", help="write the pictures of the README instead")
    parser.add_argument("--themes", type=_listed, default=THEMES)
    parser.add_argument("--sizes", type=_listed, help=f"default: {','.join(SIZES)}")
    parser.add_argument("--fillings", type=_listed, help=f"default: {','.join(Filling)}; at 200 %% the usual one")
    parser.add_argument("--pages", type=_listed, default=tuple(PAGES))
    parser.add_argument("--no-dialogs", action="store_true")
    parser.add_argument("--once", action="store_true", help="at 100 %% only")
    asked = parser.parse_args(arguments)
    if asked.folder is None and not asked.readme:
        parser.error("name a folder")
    is_large = os.environ.get("QT_SCALE_FACTOR") == "2"
    with own_place() as home:
        app = QApplication.instance() or QApplication(sys.argv[:1])
        assert isinstance(app, QApplication)
        if asked.readme:
            for_readme(app, Path(__file__).parents[1] / "resources" / "screenshots", home)
            return
        asked.folder.mkdir(parents=True, exist_ok=True)
        album = Album(asked.folder, "@2" if is_large else "")
        sizes = asked.sizes or (LARGE_SIZES if is_large else SIZES)
        fillings = asked.fillings or ((Filling.USUAL,) if is_large else tuple(Filling))
        chosen = [Filling(one) for one in fillings]
        photograph(app, album, Wanted(asked.themes, sizes, chosen, asked.pages, not asked.no_dialogs), home)
        album.finish()
        QTimer.singleShot(0, app.quit)
        app.exec()  # what is under way in other threads ends as it does when somebody quits
    if not (is_large or asked.once):  # Qt reads the scale once, when it starts
        again = [sys.executable, __file__, *(arguments if arguments is not None else sys.argv[1:])]
        subprocess.run(again, env={**os.environ, "QT_SCALE_FACTOR": "2"}, check=True)


def _listed(text: str) -> tuple[str, ...]:
    return tuple(text.split(","))


if __name__ == "__main__":
    main()
