"""The table: the right rows in the right order, through every change, with the selection where it was."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from builders import TODAY, a_history, a_session
from PySide6.QtCore import QItemSelectionModel, QPoint, Qt
from ui.answers import take_in
from ui.conftest import add

from logbook.domain.edit import Edit, Replacement
from logbook.domain.session import Session, ZonePass, new_id
from logbook.domain.shedding import SheddingRecord
from logbook.domain.units import Depth
from logbook.domain.vocabulary import DeviceKind, Severity, SheddingMethod, Zone
from logbook.guidance.judge import judge
from logbook.guidance.rule import Case
from logbook.ui.pages.session_model import COLUMNS, SESSION_ROLE, SessionModel
from logbook.ui.pages.sessions_page import SessionsPage
from logbook.ui.widgets.rows_model import SEVERITY_ROLE

CASES = Path(__file__).parents[1] / "guidance" / "cases"
LOGS = sorted(CASES.glob("*.csv"))
PLACES = {column.name: place for place, column in enumerate(COLUMNS)}
ASCENDING, DESCENDING = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder


@pytest.fixture
def sessions(store):
    """Sessions of every severity, with words to find."""
    me = store.person.id
    made = [replace(one, person_id=me) for one in a_history(6, every=9, depth=20)]
    made += [
        a_session(TODAY - timedelta(days=4), 150, Zone.HAIRLINE, person_id=me, notes="Deep, and it showed"),
        a_session(TODAY - timedelta(days=1), 60, Zone.TEMPLE_LEFT, person_id=me, device=DeviceKind.PEN),
        a_session(TODAY - timedelta(days=30), None, Zone.CROWN, person_id=me, device=None, notes="straße"),
    ]
    lines = [
        SheddingRecord(new_id(), me, one.date, SheddingMethod.COMB_60S, count, session_id=one.id, notes="on a towel")
        for one, count in zip(made, (9, 120, 17), strict=False)
    ]
    add(store, *made, *lines)
    return made


@pytest.fixture
def model(store, sessions, qtmodeltester):
    model = SessionModel(store)
    qtmodeltester.check(model, force_py=False)
    yield model
    model.deleteLater()


def column(model, name):
    return [model.index(row, PLACES[name]).data() for row in range(model.rowCount())]


def rows(model):
    return [model.index(row, 0).data(SESSION_ROLE) for row in range(model.rowCount())]


def as_judged(store, session):
    return judge(store.journal.rules, Case(session, store.judged.history, store.person)).severity


def check_severities(model, store):
    for row, session in enumerate(rows(model)):
        assert session == store.find(Session, session.id)
        assert model.index(row, 0).data(SEVERITY_ROLE) == as_judged(store, session)


def test_the_latest_comes_first_with_all_that_is_asked_for(model, sessions):
    assert [session.date for session in rows(model)] == sorted((s.date for s in sessions), reverse=True)
    titles = [model.headerData(place, Qt.Orientation.Horizontal) for place in range(len(COLUMNS))]
    assert titles == ["Date", "Zones", "Depth, mm", "Interval, d", "Device", "Verdict", "Shedding", "Notes"]
    row = next(row for row, one in enumerate(rows(model)) if one.notes.startswith("Deep"))
    cells = [model.index(row, place).data() for place in range(len(COLUMNS))]
    assert cells == ["26 Jun 2026", "Hairline", "1.50", "—", "Roller", "Warning", "—", "Deep, and it showed"]


def test_the_interval_counts_from_the_last_session_that_shares_a_zone(model):
    intervals = dict(zip(column(model, "date"), column(model, "interval"), strict=True))
    assert intervals["30 Jun 2026"] == "9"  # the crown; four days after the hairline
    assert intervals["29 Jun 2026"] == "—"


def test_missing_is_not_zero(model):
    row = next(row for row, one in enumerate(rows(model)) if one.deepest is None)
    assert [model.index(row, PLACES[name]).data() for name in ("depth", "device")] == ["—", "—"]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ({"method": SheddingMethod.ESTIMATE, "value": 2}, "2 elevated"),
        ({"method": SheddingMethod.ESTIMATE, "value": 0}, "0 minimal"),
        ({"method": SheddingMethod.COMB_60S, "value": 0}, "0 · 60 s"),
        ({"method": SheddingMethod.DAY_TOTAL, "value": 200, "is_more_than": True}, ">200 · a day"),
        ({"method": SheddingMethod.DAY_TOTAL, "notes": "forgot"}, "not counted"),
    ],
)
def test_the_shedding_of_a_session_is_in_its_row(store, line, words):
    session = a_session(person_id=store.person.id)
    add(store, session, SheddingRecord(new_id(), store.person.id, session.date, session_id=session.id, **line))
    assert column(SessionModel(store, store), "shedding") == [words]


@pytest.mark.parametrize("order", [ASCENDING, DESCENDING], ids=["up", "down"])
@pytest.mark.parametrize("name", PLACES)
def test_every_column_sorts(model, store, name, order):
    model.sort(PLACES[name], order)
    keys = [COLUMNS[PLACES[name]].key(store, session) for session in rows(model)]
    assert keys == sorted(keys, reverse=order is DESCENDING)
    assert len(keys) == model.total()


def test_counts_sort_as_numbers(model):
    model.sort(PLACES["shedding"], ASCENDING)
    counts = [int(cell.split()[0]) for cell in column(model, "shedding") if cell != "—"]
    assert counts == [9, 17, 120]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("deep", 1),
        ("DEEP show", 1),
        ("crown", 7),
        ("pen", 1),
        ("towel", 3),
        ("120 60", 1),
        ("strasse", 1),
        ("jun 2026 roller", 5),
        ("nowhere", 0),
        ("  ", 9),
    ],
)
def test_search_looks_for_every_word_in_all_that_is_shown(model, text, found):
    model.search(text)
    assert model.rowCount() == found
    assert model.total() == 9
    model.search("")
    assert model.rowCount() == 9


@pytest.mark.parametrize("severity", Severity)
def test_a_severity_can_be_chosen(model, store, sessions, severity):
    model.show_severities({severity})
    expected = {session.id for session in sessions if as_judged(store, session) is severity}
    assert {session.id for session in rows(model)} == expected
    model.show_severities(())
    assert model.rowCount() == 9


def test_the_counts_are_those_of_the_judge(model, store, sessions, qtbot):
    qtbot.waitUntil(lambda: sum(model.counts().values()) == model.total())
    found = [as_judged(store, session) for session in sessions]
    assert model.counts() == {severity: found.count(severity) for severity in Severity}


def test_rows_and_severities_are_right_after_every_change(model, store, sessions, qtmodeltester):
    deep = next(one for one in sessions if one.notes.startswith("Deep"))
    shallow = replace(deep, zones=(ZonePass(Zone.HAIRLINE, Depth(20)),))
    moved = replace(shallow, date=deep.date - timedelta(days=60))
    new = a_session(TODAY, 200, Zone.HAIRLINE, person_id=store.person.id)
    model.sort(PLACES["depth"], ASCENDING)
    for edit in (
        Edit("shallow", (Replacement(deep, shallow),)),
        Edit("move", (Replacement(shallow, moved),)),
        Edit.adding("new", [new]),
        Edit.removing("delete", sessions[4:6]),
    ):
        assert store.do(edit)
        check_severities(model, store)
        assert model.rowCount() == model.total()
    while store.undo_stack.canUndo() and store.undo_stack.index() > 1:
        store.undo()
        check_severities(model, store)
    assert {session.id for session in rows(model)} == {session.id for session in sessions}
    qtmodeltester.check(model, force_py=False)


def test_a_filtered_table_takes_in_what_begins_to_fit_and_lets_go_of_what_no_longer_does(model, store, sessions):
    deep = next(one for one in sessions if one.notes.startswith("Deep"))
    model.show_severities({Severity.WARNING})
    before = model.rowCount()
    assert model.row_of(deep.id) is not None
    store.do(Edit("shallow", (Replacement(deep, replace(deep, zones=(ZonePass(Zone.HAIRLINE, Depth(20)),))),)))
    assert model.row_of(deep.id) is None
    store.undo()
    assert model.row_of(deep.id) is not None
    assert model.rowCount() == before


def test_an_import_of_many_rows_is_shown_whole(model, store, qtmodeltester):
    many = [replace(one, person_id=store.person.id) for one in a_history(600, every=2)]
    add(store, *many)
    assert model.rowCount() == 609
    store.undo()
    assert model.rowCount() == 9
    qtmodeltester.check(model, force_py=False)


# The selection


@pytest.fixture
def page(store, sessions, show_page, qtbot) -> SessionsPage:
    return show_page(store)


def chosen(page):
    return [session.id for session in page.table.chosen]


@pytest.mark.parametrize("order", [ASCENDING, DESCENDING], ids=["up", "down"])
@pytest.mark.parametrize("name", PLACES)
def test_the_selection_stays_on_its_session_when_the_table_is_sorted(page, sessions, name, order):
    page.table.selectRow(page.model.row_of(sessions[3].id))
    page.table.sortByColumn(PLACES[name], order)
    assert chosen(page) == [sessions[3].id]
    assert page.form.draft().session.id == sessions[3].id


def test_the_selection_stays_on_its_sessions_through_edits_and_undo(page, store, sessions):
    wanted = {sessions[1].id, sessions[6].id}
    for record_id in wanted:
        flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
        page.table.selectionModel().select(page.model.index(page.model.row_of(record_id), 0), flags)
    moved = replace(sessions[1], date=TODAY - timedelta(days=300))
    store.do(Edit("move", (Replacement(sessions[1], moved),)))
    assert set(chosen(page)) == wanted
    add(store, a_session(TODAY, person_id=store.person.id))
    store.do(Edit.removing("delete", [sessions[4]]))
    assert set(chosen(page)) == wanted
    while store.undo_stack.index() > 1:
        store.undo()
        assert set(chosen(page)) == wanted


def test_the_selection_stays_on_its_session_while_one_searches(page, sessions, qtbot):
    page.table.selectRow(page.model.row_of(sessions[6].id))
    page.search.setFocus()
    qtbot.keyClicks(page.search, "deep")
    assert page.model.rowCount() == 1
    assert chosen(page) == [sessions[6].id]
    page.search.clear()
    assert chosen(page) == [sessions[6].id]


def test_the_selection_stays_on_its_session_while_one_filters(page, store, sessions):
    page.table.selectRow(page.model.row_of(sessions[6].id))
    page.list.chips[as_judged(store, sessions[6])].click()
    assert chosen(page) == [sessions[6].id]


def test_an_empty_answer_to_a_search_says_so(page, qtbot):
    qtbot.keyClicks(page.search, "nowhere")
    assert page.list.empty.isVisible()
    assert "No session fits" in page.list.empty.text()


def test_a_click_on_a_title_sorts_by_it(page, qtbot):
    header = page.table.horizontalHeader()
    place = QPoint(header.sectionViewportPosition(PLACES["depth"]) + 10, header.height() // 2)
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)
    depths = [session.deepest or -1 for session in rows(page.model)]
    assert depths in (sorted(depths), sorted(depths, reverse=True))
    assert len(set(depths)) > 3


# Published protocols, through the window


@pytest.mark.parametrize("log", LOGS, ids=lambda log: log.stem)
def test_the_table_says_of_a_published_protocol_what_is_expected(log, start, path, qtbot):
    window = (program := start(path)).window
    take_in(program.desk, log, qtbot)
    model = window.sessions.model
    expected = json.loads(log.with_suffix(".expected.json").read_text(encoding="utf-8"))
    assert model.rowCount() == len(expected)
    shown = sorted(zip([s.date.isoformat() for s in rows(model)], column(model, "verdict"), strict=True))
    assert shown == sorted((row["date"], row["severity"].capitalize()) for row in expected)
    by_order = sorted(rows(model), key=lambda session: session.order)
    found = [window.store.judged.verdict(session) for session in by_order]
    assert [{f.rule.id: f.severity.word for f in verdict.findings} for verdict in found] == [
        row["findings"] for row in sorted(expected, key=lambda row: (row["date"], row["row"]))
    ]
