import csv
import re
import stat
import sys
import xml.etree.ElementTree as ET
from datetime import date
from functools import partial
from itertools import pairwise
from pathlib import Path

import matplotlib
import pytest
from builders import a_history, a_session
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.image import imread

from logbook.charts.chart import Table, View
from logbook.charts.depth import depth_series, depth_table, describe_depth
from logbook.charts.depth_figure import depth_keys, draw_depth
from logbook.charts.guidance_lines import Found
from logbook.charts.printing import Sheet, compose
from logbook.domain.errors import StorageError, UnreadableFile
from logbook.domain.vocabulary import Severity, Zone
from logbook.guidance.loader import load_rules
from logbook.services.chart_files import print_style, write_chart
from logbook.services.chart_guidance import guidance_lines

LINES = guidance_lines(load_rules()).depths
SESSIONS = [*a_history(9, depth=25), a_session(date(2026, 7, 7), 150, Zone.HAIRLINE)]
VIEW = View(date(2026, 5, 1), date(2026, 7, 31))
STYLE = print_style()


def a_sheet(sessions=SESSIONS) -> tuple[Sheet, Table]:
    found = {sessions[-1].id: Found(Severity.WARNING, ("Depth at home",))}
    series = depth_series(sessions, LINES, found)
    draw = partial(draw_depth, series=series, view=VIEW, style=STYLE)
    says = describe_depth(series, VIEW)
    return Sheet("Depth by date", draw, depth_keys(series, VIEW, STYLE), says), depth_table(series, VIEW)


@pytest.mark.parametrize("form", ["png", "svg", "pdf"])
def test_a_picture_is_written_whole_for_its_owner_alone_and_twice_the_same(tmp_path: Path, form: str):
    first, second = tmp_path / f"a.{form}", tmp_path / f"b.{form.upper()}"
    for path in (first, second):
        write_chart(path, *a_sheet(), STYLE)
    assert first.read_bytes() == second.read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == [first.name, second.name]
    if sys.platform != "win32":
        assert stat.S_IMODE(first.stat().st_mode) == 0o600


def test_a_png_is_as_wide_as_the_text_of_a_page_at_300_dots_an_inch(tmp_path: Path):
    write_chart(tmp_path / "a.png", *a_sheet(), STYLE)
    picture = imread(tmp_path / "a.png")
    assert picture.shape[1] == 2130
    assert picture.shape[0] > 1170  # the chart, and room for the words


def test_an_svg_holds_its_words_as_text(tmp_path: Path):
    sheet, _ = a_sheet()
    write_chart(tmp_path / "a.svg", sheet, Table((), ()), STYLE)
    words = "".join(ET.fromstring((tmp_path / "a.svg").read_text("utf-8")).itertext())
    for said in ("Depth by date", "Crown", "Warning found", "Warning by depth", "10 sessions", "Jul"):
        assert said in " ".join(words.split())
    assert not re.search(r"/(home|work|tmp|Users)/", words)


def test_a_pdf_keeps_its_text_and_names_no_time(tmp_path: Path):
    write_chart(tmp_path / "a.pdf", *a_sheet(), STYLE)
    data = (tmp_path / "a.pdf").read_bytes()
    assert data.startswith(b"%PDF")
    assert b"CreationDate" not in data
    assert b"TrueType" in data or b"CIDFontType2" in data


def test_the_numbers_are_written_as_csv_without_formulas(tmp_path: Path):
    sheet, table = a_sheet()
    odd = Table((*table.titles,), (("=1+1", "Crown", "0.25", "At home", ""), *table.rows))
    write_chart(tmp_path / "a.csv", sheet, odd, STYLE)
    with (tmp_path / "a.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0] == ["Date", "Zone", "Depth, mm", "Setting", "Found"]
    assert rows[1][0] == "'=1+1"
    assert rows[2] == ["7 Jul 2026", "Hairline", "1.50", "At home", "Warning"]
    assert len(rows) == 12


def test_what_has_no_form_is_refused_by_name(tmp_path: Path):
    with pytest.raises(UnreadableFile, match=r"chart\.gif ends in none of \.png, \.svg, \.pdf and \.csv\."):
        write_chart(tmp_path / "chart.gif", *a_sheet(), STYLE)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["a.png", "a.csv"])
def test_where_nothing_can_be_written_a_sentence_says_so(tmp_path: Path, name: str):
    with pytest.raises(StorageError, match=f"^{name} cannot be written: "):
        write_chart(tmp_path / "missing" / name, *a_sheet(), STYLE)


def test_nothing_on_the_sheet_covers_anything_else():
    sheet, _ = a_sheet()
    with matplotlib.rc_context(STYLE.rc()):
        figure = compose(sheet, STYLE)
        renderer = FigureCanvasAgg(figure).get_renderer()
        figure.draw(renderer)
    (axes,), (legend,) = figure.axes, figure.legends
    title, says = figure.texts
    boxes = [part.get_window_extent(renderer) for part in (title, axes, legend, says)]
    boxes[1] = axes.get_tightbbox(renderer)
    for above, below in pairwise(boxes):
        assert above.y0 >= below.y1 - 1
    assert all(box.x0 >= 0 and box.x1 <= figure.bbox.x1 for box in boxes)
    assert boxes[-1].y0 >= 0
    assert boxes[0].y1 <= figure.bbox.y1
    assert [text.get_text() for text in legend.get_texts()] == [key.words for key in sheet.keys]


def test_an_empty_chart_says_so_on_paper_too(tmp_path: Path):
    nothing = depth_series([], LINES, {})
    draw = partial(draw_depth, series=nothing, view=VIEW, style=STYLE)
    write_chart(tmp_path / "a.svg", Sheet("Depth by date", draw, (), "Nothing."), Table((), ()), STYLE)
    assert "Nothing is recorded in these days." in (tmp_path / "a.svg").read_text("utf-8")
