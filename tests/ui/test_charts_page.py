"""The Charts page: the frame at once, then what is chosen, remembered and drawn anew when records change."""

import csv
import json
import os
import subprocess
import sys
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from builders import TODAY, a_history, a_session
from PySide6.QtCore import QEvent, QLocale, QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel
from ui.conftest import add, person_of

import logbook
from logbook.charts.chart import ALL_HIDDEN
from logbook.domain.edit import Edit, Replacement
from logbook.domain.person import LifeEvent
from logbook.domain.session import new_id
from logbook.domain.shedding import SheddingRecord
from logbook.domain.vocabulary import EventKind, SheddingMethod, Zone
from logbook.services.journal import open_journal
from logbook.ui.pages.chart_choices import ChartName
from logbook.ui.pages.chart_list import CHARTS
from logbook.ui.pages.charts_page import ChartsPage
from logbook.ui.theme import apply_theme, load_theme
from logbook.ui.widgets.range_row import Preset
from logbook.ui.window_state import WindowState


@pytest.fixture
def state(tmp_path):
    return WindowState(tmp_path / "window.ini")


def mine(store, *records):
    return [replace(one, person_id=store.person.id) for one in records]


def a_count(store, day, value, method=SheddingMethod.COMB_60S, **but):
    return SheddingRecord(new_id(), store.person.id, day, method, value, **but)


@pytest.fixture
def sessions(store):
    """A year with a session every two weeks, and one of long ago."""
    year = mine(store, *a_history(26, every=14, depth=50), a_session("2019-05-04", 25, Zone.HAIRLINE))
    add(store, *year)
    return year


@pytest.fixture
def counts(store):
    """Twenty days of counts by one method, and four by another."""
    many = [a_count(store, TODAY - timedelta(days=n), 12 + n % 5, days_since_wash=n % 2) for n in range(20)]
    few = [a_count(store, TODAY - timedelta(days=n), 60 + n, SheddingMethod.DAY_TOTAL) for n in range(4)]
    add(store, *many, *few)
    return many + few


@pytest.fixture
def show(qtbot, state):
    """Show the charts of a store, once all is judged and drawn."""

    def of(store, remembered=state, size=(1200, 800)):
        page = ChartsPage(store, remembered)
        qtbot.addWidget(page)
        page.resize(*size)
        page.show()
        page.activateWindow()
        qtbot.waitUntil(page.isActiveWindow)
        qtbot.waitUntil(lambda: store.judging.is_settled)
        qtbot.waitUntil(lambda: page._is_empty or (page.panel is not None and page.panel.shown is not None))
        QApplication.processEvents()
        return page

    return of


@pytest.fixture
def page(store, sessions, counts, show):
    return show(store)


def click(button):
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    QApplication.processEvents()


def shown_days(page):
    view = page.panel.shown.view
    return view.first, view.last


def depths(page):
    """Return the days of all marks on the canvas."""
    return sorted({date.fromordinal(round(x)) for x in page.panel.canvas.pointer.spots.x})


# The frame, and what comes into it


PROGRAM = """
import json, sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from logbook.start import Program

app = QApplication([])
program = Program(app, Path(sys.argv[1]))
said = {"threads": []}

def open_page():
    window = program.window
    if window.pages is None or not window.store.judging.is_settled:
        return
    opening.stop()
    window.pages.show_page("charts")
    page = window.pages.page("charts")
    page.repaint()
    said["at the frame"] = [name for name in ("matplotlib", "numpy") if name in sys.modules]
    said["waits"] = page.panel is None and page._wait.isVisible()
    looking.start()

def look():
    page = program.window.pages.page("charts")
    if page.panel is not None and page.panel.shown is not None and page.panel.isVisible():
        said["marks"] = len(page.panel.canvas.pointer.spots.x)
        said["waits still"] = page._wait.isVisible()
        page.copy_button.click()
        said["copied"] = app.clipboard().text()[:4]
        app.quit()

opening, looking = QTimer(interval=1), QTimer(interval=1)
opening.timeout.connect(open_page)
looking.timeout.connect(look)
opening.start()
QTimer.singleShot(20_000, app.quit)
app.exec()
if program.desk:
    program.desk.close()
print(json.dumps(said))
"""


@pytest.fixture(scope="module")
def ended(rules, tmp_path_factory):
    """The program, run in a process of its own up to a copy of a chart."""
    folder = tmp_path_factory.mktemp("ended")
    path = folder / "logbook.sqlite"
    journal = open_journal(path, rules)
    me = person_of(journal).id
    journal.apply(Edit.adding("add", [replace(one, person_id=me) for one in a_history(20, last=date.today())]))
    journal.close()
    environment = os.environ | {
        "PYTHONPATH": str(Path(logbook.__file__).parents[1]),
        "QT_QPA_PLATFORM": "offscreen",
        "XDG_DATA_HOME": str(folder),
        "XDG_CONFIG_HOME": str(folder),
    }
    command = [sys.executable, "-c", PROGRAM, str(path)]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)


def test_the_frame_is_painted_before_anything_that_draws_is_loaded(ended):
    said = json.loads(ended.stdout)
    assert said["at the frame"] == []
    assert said["waits"]
    assert said["marks"] == 20
    assert not said["waits still"]


def test_the_program_ends_well_with_a_copy_on_the_clipboard(ended):
    assert json.loads(ended.stdout)["copied"] == "Date"
    assert ended.returncode == 0, ended.stderr


def test_a_page_that_is_gone_before_what_draws_is_there_harms_nothing(store, sessions, state, qtbot):
    page = ChartsPage(store, state)
    page.show()
    QApplication.processEvents()
    assert page._is_loading
    page.deleteLater()
    del page
    QTest.qWait(200)


class _Windows(QObject):
    """Notes every window that shows."""

    def __init__(self):
        super().__init__()
        self.seen = []

    def eventFilter(self, watched, event):  # noqa: N802 - Qt's own name
        if event.type() is QEvent.Type.Show and watched.isWidgetType() and watched.isWindow():
            self.seen.append(type(watched).__name__)
        return False


def test_nothing_of_it_flashes_up_as_a_window(store, sessions, counts, show, qapp):
    windows = _Windows()
    qapp.installEventFilter(windows)
    page = show(store)
    for name in ChartName:
        click(page.chooser.by_value[name])
    click(page.table_button)
    qapp.removeEventFilter(windows)
    assert windows.seen == ["ChartsPage"]


def test_without_a_record_there_is_a_sentence_and_where_to_begin(store, show, state):
    page = show(store)
    wanted = QSignalSpy(page.page_wanted)
    assert page.session_button.isVisible()
    assert not page.range_row.isVisible()
    assert not page.export_button.isEnabled()
    page.focus_first()
    assert page.session_button.hasFocus()
    click(page.session_button)
    click(page.count_button)
    assert [wanted.at(n) for n in range(2)] == [["sessions"], ["shedding"]]


def test_the_first_record_takes_the_place_of_the_sentence(store, show, qtbot):
    page = show(store)
    add(store, *mine(store, a_session(TODAY)))
    qtbot.waitUntil(lambda: page.panel is not None and page.panel.isVisible())
    qtbot.waitUntil(lambda: page.panel.shown is not None)
    assert depths(page) == [TODAY]
    store.undo()
    qtbot.waitUntil(page.session_button.isVisible)


# Which chart, which days


def test_it_begins_with_the_depths_of_a_year(page, sessions):
    assert page.chooser.value is ChartName.DEPTH
    assert page.range_row.chips.value is Preset.YEAR
    assert shown_days(page) == (TODAY - timedelta(days=364), TODAY)
    assert depths(page) == sorted(one.date for one in sessions[:26])
    assert "26 sessions" in page.panel.sentence.text()
    assert "26 sessions" in page.panel.canvas.accessibleDescription()


def test_each_chart_is_drawn_with_its_legend_its_words_and_its_table(page):
    panel = page.panel
    for name in ChartName:
        click(page.chooser.by_value[name])
        assert panel.canvas.accessibleName() == f"Chart: {panel.shown.title}"
        assert panel.canvas.accessibleDescription() == panel.sentence.text() != ""
        assert panel.shown.table.titles
        assert list(panel.legend.chips) == [key.name for key in panel.shown.keys(panel._style)]
        assert not panel.canvas.grab().isNull()
    assert len({chart.title for chart in CHARTS.values()}) == len(ChartName)


def test_the_arrow_keys_go_from_chart_to_chart(page):
    chip = page.chooser.by_value[ChartName.DEPTH]
    chip.setFocus()
    QTest.keyClick(chip, Qt.Key.Key_Right)
    assert page.choices.chart is ChartName.INTERVALS
    assert page.panel.shown.title == "Days between sessions"


def test_usual_ranges(page, sessions):
    click(page.range_row.chips.by_value[Preset.WEEKS])
    assert shown_days(page) == (TODAY - timedelta(days=27), TODAY)
    assert len(depths(page)) == 2
    click(page.range_row.chips.by_value[Preset.ALL])
    assert shown_days(page) == (date(2019, 5, 4), TODAY)
    assert len(depths(page)) == 27


def test_a_range_of_ones_own(page):
    page.range_row.first.setText("2026-03-01")
    page.range_row.last.setText("2026-04-30")
    QTest.keyClick(page.range_row.last, Qt.Key.Key_Return)
    assert shown_days(page) == (date(2026, 3, 1), date(2026, 4, 30))
    assert page.range_row.chips.value is None
    click(page.chooser.by_value[ChartName.LOAD])
    assert shown_days(page) == (date(2026, 3, 1), date(2026, 4, 30))


def test_days_that_were_moved_stand_in_the_fields_and_are_not_remembered(page, state, qtbot):
    page.panel.canvas.setFocus()
    QTest.keyClick(page.panel.canvas, Qt.Key.Key_PageUp)
    qtbot.waitUntil(lambda: page.range_row.chips.value is None)
    first, last = shown_days(page)
    assert last < TODAY
    assert (page.range_row.first.text(), page.range_row.last.text()) == (first.isoformat(), last.isoformat())
    assert state.choice("charts/range") == ""
    click(page.range_row.chips.by_value[Preset.YEAR])
    assert shown_days(page)[1] == TODAY


def test_a_move_of_less_than_a_day_comes_back_to_whole_days(page, qtbot):
    canvas = page.panel.canvas
    was = canvas.looked_at
    canvas.move_to(was.moved(-0.3))
    assert canvas.looked_at != was
    qtbot.waitUntil(lambda: canvas.looked_at == was)


# The legend


def test_what_is_switched_off_is_not_drawn(page):
    canvas, chip = page.panel.canvas, page.panel.legend.chips["crown"]
    assert canvas.figure.axes[0].findobj(lambda artist: artist.get_gid() == "crown")
    click(chip)
    assert not canvas.figure.axes[0].findobj(lambda artist: artist.get_gid() == "crown")
    assert page.choices.hidden_here() == {"crown"}
    click(page.panel.legend.chips["crown"])
    assert canvas.figure.axes[0].findobj(lambda artist: artist.get_gid() == "crown")


def test_each_chart_has_switches_of_its_own(page):
    click(page.panel.legend.chips["crown"])
    click(page.chooser.by_value[ChartName.LOAD])
    assert all(chip.isChecked() for chip in page.panel.legend.chips.values())
    click(page.chooser.by_value[ChartName.DEPTH])
    assert not page.panel.legend.chips["crown"].isChecked()


@pytest.mark.parametrize("name", [ChartName.DEPTH, ChartName.INTERVALS, ChartName.LOAD])
def test_what_is_switched_off_is_said_all_the_same(page, name):
    click(page.chooser.by_value[name])
    panel = page.panel
    whole, heard = panel.sentence.text(), panel.canvas.accessibleDescription()
    assert whole in heard
    while shown := [chip for chip in panel.legend.chips.values() if chip.isChecked()]:
        click(shown[0])  # the others may be fewer then: an axis that ends lower holds less guidance
    assert panel.sentence.text().removesuffix(f" {ALL_HIDDEN}") == whole
    assert panel.canvas.accessibleDescription().startswith(heard)
    (*_, nothing) = panel.canvas.figure.axes[0].findobj(lambda artist: artist.get_gid() == "nothing")
    assert nothing.get_text() == ALL_HIDDEN


# What is asked for a chart of shedding


def test_the_method_with_most_counts_comes_first_and_each_says_how_many_it_has(page):
    click(page.chooser.by_value[ChartName.SHEDDING])
    options = page.panel.options
    assert options.method.value() is SheddingMethod.COMB_60S
    assert options.method.currentText() == "60-second count (20)"
    assert options.method.itemText(0) == "Daily total (4)"
    assert options.second.value() is None
    assert options.method.isVisible()
    assert options.second.isVisible()
    assert not options.wash.isVisible()
    click(page.chooser.by_value[ChartName.DEPTH])
    assert not options.isVisible()


def test_a_second_method_is_a_second_panel(page):
    click(page.chooser.by_value[ChartName.SHEDDING])
    assert len(page.panel.canvas.figure.axes) == 1
    page.panel.options.second.set_value(SheddingMethod.DAY_TOTAL)
    assert len(page.panel.canvas.figure.axes) == 2
    page.panel.options.method.set_value(SheddingMethod.DAY_TOTAL)
    assert len(page.panel.canvas.figure.axes) == 1  # the same twice is one


def test_the_wash_state_with_most_counts_of_the_method_comes_first(page):
    click(page.chooser.by_value[ChartName.AROUND])
    options = page.panel.options
    assert options.wash.currentText() == "On the day of a wash (10)"
    options.wash.setCurrentIndex(1)
    assert page.choices.wash == "1"
    options.method.set_value(SheddingMethod.DAY_TOTAL)
    assert options.wash.currentText() == "Wash not recorded (4)"
    assert page.choices.wash is None


# What is pointed at


def test_what_is_pointed_at_is_said_below_with_the_way_to_its_record(page, sessions):
    canvas, read_out = page.panel.canvas, page.panel.read_out
    wanted = QSignalSpy(page.record_wanted)
    assert not read_out.link.isVisible()
    canvas.setFocus()
    QTest.keyClick(canvas, Qt.Key.Key_End)
    assert read_out.words.text().startswith("30 Jun 2026 · Crown, 0.5 mm, at home")
    assert read_out.link.text() == "Open session of 30 Jun 2026"
    click(read_out.link)
    assert wanted.at(0) == [sessions[25].id]
    QTest.keyClick(canvas, Qt.Key.Key_Return)
    assert wanted.count() == 2
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    assert not read_out.link.isVisible()


def test_counts_and_events_are_records_too(page, store, counts, qtbot):
    event = LifeEvent(new_id(), store.person.id, EventKind.ILLNESS, TODAY - timedelta(days=20))
    add(store, event)
    page.chooser.by_value[ChartName.SHEDDING].click()
    qtbot.waitUntil(lambda: "events" in page.panel.legend.chips)
    links = set()
    spots = page.panel.canvas.pointer.spots
    for spot in range(len(spots.x)):
        page.panel._pointed(spots.tell(spot))
        links.add(page.panel.read_out.link.text())
    assert {"Open count of 30 Jun 2026", "Open event of 10 Jun 2026", "Open session of 30 Jun 2026"} <= links


def test_pointing_does_not_move_the_page(page):
    canvas = page.panel.canvas
    size = canvas.size()
    QTest.keyClick(canvas, Qt.Key.Key_End)
    QApplication.processEvents()
    assert canvas.size() == size


# The table


def test_the_same_as_a_table_one_click_away(page, sessions):
    wanted = QSignalSpy(page.record_wanted)
    click(page.table_button)
    table = page.panel.table
    model = table.model()
    assert table.isVisible()
    assert not page.panel.canvas.isVisible()
    assert model.rowCount() == 26
    assert [model.headerData(n, Qt.Orientation.Horizontal) for n in range(3)] == ["Date", "Zone", "Depth, mm"]
    assert [model.index(0, n).data() for n in range(3)] == ["30 Jun 2026", "Crown", "0.50"]
    right = model.index(0, 2).data(Qt.ItemDataRole.TextAlignmentRole)
    assert right & Qt.AlignmentFlag.AlignRight
    page.focus_first()
    assert table.hasFocus()
    QTest.keyClick(table, Qt.Key.Key_Down)
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert wanted.at(0) == [sessions[24].id]
    click(page.table_button)
    assert page.panel.canvas.isVisible()


def test_what_is_not_recorded_is_no_empty_cell(page, store, qtbot):
    add(store, *mine(store, a_session(TODAY, None, None, setting=None)))
    click(page.table_button)
    qtbot.waitUntil(lambda: page.panel.table.model().rowCount() == 27)
    model = page.panel.table.model()
    depth = [row for row in range(27) if model.index(row, 2).data() == "—"]
    assert len(depth) == 1
    assert model.index(depth[0], 2).data(Qt.ItemDataRole.AccessibleTextRole) == "not recorded"


# Copies and files


def test_a_copy_is_the_picture_and_the_numbers(page):
    said = QSignalSpy(page.said)
    click(page.copy_button)
    content = QGuiApplication.clipboard().mimeData()
    assert content.imageData().width() > 1500
    lines = content.text().split("\n")
    assert lines[0] == "Date\tZone\tDepth, mm\tSetting\tFound"
    assert len(lines) == 27
    assert said.at(0) == ["Copied the chart, and its numbers as text."]


def test_a_chart_is_exported_in_the_form_of_its_name(page, tmp_path, monkeypatch):
    document, said = "Document, PDF (*.pdf)", QSignalSpy(page.said)
    for name, written, begins in (
        ("a.png", "a.png", b"\x89PNG"),
        ("a.SVG", "a.SVG", b"<?xml"),
        ("a", "a.pdf", b"%PDF"),
    ):
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, name=name: (str(tmp_path / name), document))
        click(page.export_button)
        assert (tmp_path / written).read_bytes().startswith(begins)
        assert said.at(said.count() - 1) == [f"Exported the chart to {written}."]


def test_its_numbers_are_exported_as_csv(page, tmp_path, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "a.csv"), ""))
    said = QSignalSpy(page.said)
    click(page.export_button)
    with (tmp_path / "a.csv").open(newline="", encoding="utf-8-sig") as file:
        rows = list(csv.reader(file))
    assert rows[0][:3] == ["Date", "Zone", "Depth, mm"]
    assert len(rows) == 27
    assert said.at(0) == ["Exported 26 rows to a.csv."]


def test_a_file_that_is_there_is_not_replaced_unasked_where_the_ending_was_added(page, tmp_path, monkeypatch, boxes):
    (tmp_path / "a.png").write_text("mine")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "a"), "Picture, PNG (*.png)"))
    boxes.says_yes = False
    click(page.export_button)
    assert "a.png is there already" in boxes.take().text
    assert (tmp_path / "a.png").read_text() == "mine"


def test_a_file_that_cannot_be_written_is_said(page, tmp_path, monkeypatch, boxes):
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "no folder" / "a.png"), ""))
    said = QSignalSpy(page.said)
    click(page.export_button)
    boxes.take()
    assert said.at(0) == ["Nothing was exported."]


def test_an_export_that_was_cancelled_says_nothing(page, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
    said = QSignalSpy(page.said)
    click(page.export_button)
    assert said.count() == 0


# Records that change


def test_a_new_record_and_its_undo_are_drawn(page, store, qtbot):
    add(store, *mine(store, a_session(TODAY - timedelta(days=3), 150)))
    qtbot.waitUntil(lambda: len(depths(page)) == 27)
    assert "27 sessions" in page.panel.sentence.text()
    store.undo()
    qtbot.waitUntil(lambda: len(depths(page)) == 26)


def test_what_is_found_of_a_new_record_is_drawn_with_it(page, store, qtbot):
    assert "found_stop" not in page.panel.legend.chips
    add(store, *mine(store, a_session(TODAY - timedelta(days=1), 150)))
    qtbot.waitUntil(lambda: len(depths(page)) == 27)
    qtbot.waitUntil(lambda: any(name.startswith("found_") for name in page.panel.legend.chips))


def test_a_change_of_something_else_draws_nothing(page, store, qtbot):
    qtbot.waitUntil(lambda: store.judging.is_settled)
    drawn = QSignalSpy(page.panel.canvas.drawn)
    store.do(Edit("name", (Replacement(store.person, replace(store.person, name="Sam")),)))
    qtbot.waitUntil(lambda: store.judging.is_settled)
    QTest.qWait(50)
    assert drawn.count() == 0


def test_what_changes_while_another_page_is_shown_is_drawn_on_return(page, store, qtbot):
    page.hide()
    drawn = QSignalSpy(page.panel.canvas.drawn)
    add(store, *mine(store, a_session(TODAY - timedelta(days=3))))
    QTest.qWait(300)
    assert store.judging.is_settled
    assert drawn.count() == 0
    page.show()
    qtbot.waitUntil(lambda: len(depths(page)) == 27)


def test_a_series_is_kept_until_a_record_changes(page, store):
    kept = page.panel.shown.series
    click(page.range_row.chips.by_value[Preset.WEEKS])
    click(page.chooser.by_value[ChartName.LOAD])
    click(page.chooser.by_value[ChartName.DEPTH])
    assert page.panel.shown.series is kept


# Looks


def test_another_theme_is_drawn_at_once_and_the_first_again(page, qapp):
    def surface():
        return page.panel.canvas.picture().pixelColor(20, 20).name()

    for name in ("dark", "high_contrast", "light"):
        apply_theme(qapp, load_theme(name))
        page.restyle()
        assert surface() == load_theme(name).roles["surface"]


def test_dates_are_those_of_the_persons_locale(store, sessions, show):
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedStates))
    try:
        page = show(store)
        assert "Jul 1, 2025" in page.panel.shown.sheet(page.panel._style).title
        QLocale.setDefault(QLocale(QLocale.Language.Spanish, QLocale.Country.Spain))
        page = show(store)
        click(page.range_row.chips.by_value[Preset.WEEKS])
        assert page.panel.shown.sheet(page.panel._style).title == "Depth by date, 3 jun 2026 to 30 jun 2026"
        assert page.panel.shown.table.rows[0][0] == "30 jun 2026"
    finally:
        QLocale.setDefault(before)


@pytest.mark.parametrize("size", [(630, 500), (860, 600)])
def test_nothing_is_cut_off_in_a_small_window(store, sessions, counts, show, size, qtbot):
    page = show(store, size=size)
    assert page.minimumSizeHint().width() <= size[0]
    for name in ChartName:
        click(page.chooser.by_value[name])
        canvas = page.panel.canvas
        lines = 26 if len(canvas.figure.axes) > 1 else 17
        qtbot.waitUntil(lambda canvas=canvas, lines=lines: canvas.height() >= lines * canvas.fontMetrics().height())
        assert_nothing_is_cut_off(page)


def assert_nothing_is_cut_off(page):
    panel = page.panel
    for chip in [*panel.legend.chips.values(), *page.chooser.by_value.values()]:
        assert chip.width() >= chip.minimumSizeHint().width()
        assert chip.geometry().right() <= chip.parentWidget().width()
    for label in (panel.sentence, panel.said, panel.read_out.words):
        assert isinstance(label, QLabel)
        assert label.height() >= label.heightForWidth(label.width())


def test_tab_goes_in_the_order_of_the_eye(page):
    click(page.chooser.by_value[ChartName.SHEDDING])
    click(page.chooser.by_value[ChartName.AROUND])
    click(page.chooser.by_value[ChartName.SHEDDING])
    page.chooser.by_value[ChartName.SHEDDING].setFocus()
    seen = []
    while (at := QApplication.focusWidget()) is not page.panel.canvas:
        seen.append(at)
        QTest.keyClick(at, Qt.Key.Key_Tab)
        assert len(seen) < 30
    row, panel = page.range_row, page.panel
    assert seen == [
        page.chooser.by_value[ChartName.SHEDDING],
        row.chips.by_value[Preset.YEAR],
        row.first,
        row.last,
        panel.options.method,
        panel.options.second,
        *panel.legend.chips.values(),
    ]


# What is remembered


def test_what_was_chosen_is_there_again(page, store, state, show):
    click(page.chooser.by_value[ChartName.SHEDDING])
    click(page.range_row.chips.by_value[Preset.MONTHS])
    page.panel.options.second.set_value(SheddingMethod.DAY_TOTAL)
    click(page.panel.legend.chips["trend"])
    click(page.table_button)
    again = show(store, state)
    assert again.choices == page.choices
    assert again.chooser.value is ChartName.SHEDDING
    assert again.range_row.chips.value is Preset.MONTHS
    assert again.panel.options.second.value() is SheddingMethod.DAY_TOTAL
    assert not again.panel.legend.chips["trend"].isChecked()
    assert again.panel.table.isVisible()


def test_a_range_of_ones_own_is_there_again(page, store, state, show):
    page.range_row.days_wanted.emit(date(2026, 3, 1), date(2026, 4, 30))
    assert shown_days(show(store, state)) == (date(2026, 3, 1), date(2026, 4, 30))


def test_a_default_is_never_written(page, state, tmp_path):
    for name in (ChartName.LOAD, ChartName.DEPTH):
        click(page.chooser.by_value[name])
    click(page.range_row.chips.by_value[Preset.ALL])
    click(page.range_row.chips.by_value[Preset.YEAR])
    for _ in range(2):
        click(page.panel.legend.chips["crown"])
        click(page.table_button)
    state._settings.sync()
    written = (tmp_path / "window.ini").read_text() if (tmp_path / "window.ini").exists() else ""
    assert "charts" not in written
