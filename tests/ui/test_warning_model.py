"""The rows of the Warnings page: sorted, searched and filtered, with what is hidden told."""

from dataclasses import replace
from datetime import time, timedelta
from itertools import pairwise

import pytest
from builders import SAM, TODAY, a_history, a_session
from PySide6.QtCore import QItemSelectionModel, Qt

from logbook.domain import labels
from logbook.domain.person import AgreedLimit, Person
from logbook.domain.session import ZonePass, new_id
from logbook.domain.shedding import SheddingRecord
from logbook.domain.units import Depth
from logbook.domain.vocabulary import Reason, Severity, SheddingMethod, SkinSign, Zone
from logbook.services.findings import Answer, State, acknowledge, list_findings
from logbook.services.judged import JudgedHistory
from logbook.ui.pages.warning_model import WarningModel
from logbook.ui.pages.warning_rows import COLUMNS, PLACES, Show, Wanted, made_of
from logbook.ui.pages.warnings_page import hidden_words
from logbook.ui.widgets.rows_model import SEVERITY_ROLE

UP, DOWN = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder
OLD = a_session("2025-01-01", 150, skin_signs=frozenset({SkinSign.PUSTULES}))
DEEP = a_session("2026-06-20", zones=(ZonePass(Zone.HAIRLINE, Depth(60)), ZonePass(Zone.CROWN, Depth(60))))
SOON = a_session("2026-06-22", 60)
HAIRS = SheddingRecord(new_id(), SAM, TODAY, SheddingMethod.PULL_TEST, 9)


@pytest.fixture
def history(rules):
    limit = AgreedLimit(new_id(), SAM, "P01", "over", 100, "Dr Moss", TODAY - timedelta(days=30))
    return JudgedHistory(rules, Person(SAM), (OLD, DEEP, SOON), (HAIRS,), limits=(limit,))


@pytest.fixture
def findings(history):
    """Open ones, past ones, two stops, one that is agreed on, and one that is acknowledged."""
    listed = list_findings(history, (), TODAY)
    deep = next(one for one in listed if one.key == (DEEP.id, "D01"))
    edit = acknowledge([deep.finding], Answer(Reason.ONE_OFF))
    return list_findings(history, [edit.replacements[0].after], TODAY)


@pytest.fixture
def model(findings):
    model = WarningModel()
    model.show_findings(findings)
    return model


def column(model, name):
    return [model.index(row, PLACES[name]).data() for row in range(model.rowCount())]


def keys(model):
    return [model.listed_at(row).key for row in range(model.rowCount())]


def shown(model, **wanted):
    model.want(Wanted(**{"show": Show.ALL, **wanted}))
    return [model.listed_at(row) for row in range(model.rowCount())]


def test_the_model_is_one_to_qt(model, qtmodeltester):
    qtmodeltester.check(model, force_py=False)


def test_each_row_says_what_was_found_where_when_and_what_became_of_it(model):
    model.want(Wanted(show=Show.ALL))
    row = model.rows_of([(DEEP.id, "D01")])[0]
    cells = [model.index(row, place).data() for place in range(len(COLUMNS))]
    assert cells[:5] == [
        "20 Jun 2026",
        "Hairline, crown",
        "Depth at home · D01",
        "Caution",
        "Hairline and crown: 0.6 mm is deeper than 0.3 mm at home.",
    ]
    assert cells[5].startswith("acknowledged ")
    assert cells[5].endswith(": just this once")
    assert model.index(row, PLACES["severity"]).data(SEVERITY_ROLE) == Severity.CAUTION
    count = model.rows_of([(HAIRS.id, "S01")])[0]
    assert model.index(count, PLACES["zone"]).data() == "Pull test"
    titles = [model.headerData(place, Qt.Orientation.Horizontal) for place in range(len(COLUMNS))]
    assert titles == ["Date", "Zone", "Rule", "Severity", "Finding", "State"]


def test_a_tip_says_the_whole_cell_and_takes_nothing_for_markup(model):
    row = model.rows_of([(OLD.id, "C01")])[0]
    tip = model.index(row, PLACES["found"]).data(Qt.ItemDataRole.ToolTipRole)
    assert tip == "<p>On the skin today: pustules.</p>"
    listed = model.listed_at(row)
    note = replace(listed, finding=replace(listed.finding, facts={"what": ("<b>bold",)}))
    model.show_findings([note])
    assert "&lt;b&gt;bold" in model.index(0, PLACES["found"]).data(Qt.ItemDataRole.ToolTipRole)


# Which are shown


def test_what_is_open_comes_first_and_every_stop_with_it(model, findings):
    stops = [one.key for one in findings if one.finding.severity is Severity.STOP]
    opened = [one.key for one in findings if one.state is State.OPEN]
    assert set(keys(model)) == {*stops, *opened}
    assert (OLD.id, "C01") in stops


def test_a_stop_stays_in_view_when_it_is_acknowledged(model, history, findings):
    stop = next(one for one in findings if one.key == (OLD.id, "C01"))
    acknowledged = acknowledge([stop.finding], Answer(Reason.DISAGREE)).replacements[0].after
    model.show_findings(list_findings(history, [acknowledged], TODAY))
    [row] = model.rows_of([stop.key])
    assert model.listed_at(row).state is State.ACKNOWLEDGED


@pytest.mark.parametrize(
    ("show", "state"), [(Show.ACKNOWLEDGED, "acknowledged"), (Show.PAST, "past"), (Show.AGREED, "agreed")]
)
def test_one_state_alone_can_be_shown(model, findings, show, state):
    got = shown(model, show=show)
    assert got
    assert {one.key for one in got} == {one.key for one in findings if one.state.value == state}


def test_all_can_be_shown(model, findings):
    assert {one.key for one in shown(model)} == {one.key for one in findings}


def test_severities_are_filtered_and_their_counts_follow_all_other_filters(model, findings):
    counts = dict.fromkeys(Severity, 0)
    for one in findings:
        counts[one.finding.severity] += 1
    shown(model)
    assert {severity: model.chosen.counts.get(severity, 0) for severity in Severity} == counts
    got = shown(model, severities=frozenset({Severity.STOP, Severity.CLEAN}))
    assert {one.finding.severity for one in got} == {Severity.STOP, Severity.CLEAN}
    assert {severity: model.chosen.counts.get(severity, 0) for severity in Severity} == counts
    shown(model, severities=frozenset({Severity.STOP}), family="depth")
    depth = [one for one in findings if one.finding.rule.family == "depth"]
    assert sum(model.chosen.counts.values()) == len(depth) < len(findings)


def test_a_family_is_filtered(model, findings):
    got = shown(model, family="shedding")
    assert [one.key for one in got] == [(HAIRS.id, "S01")]
    assert {one.finding.rule.id[0] for one in shown(model, family="interval")} == {"I"}


def test_dates_are_filtered_with_both_ends_included(model):
    def days(**wanted):
        return {one.record.date for one in shown(model, **wanted)}

    assert days(first=SOON.date) == {SOON.date, HAIRS.date}
    assert days(last=DEEP.date) == {OLD.date, DEEP.date}
    assert days(first=DEEP.date, last=SOON.date) == {DEEP.date, SOON.date}
    assert days(first=TODAY + timedelta(days=1)) == set()


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("", True),
        ("d01", True),
        ("DEPTH at HOME", True),
        ("hairline 0.6", True),
        ("0.6 hairline caution 20 jun", True),
        ("just once", True),
        ("hairline 0.7", False),
        ("d01 i01", False),
    ],
)
def test_every_word_of_the_search_must_be_found_somewhere_in_the_row(model, words, found):
    assert ((DEEP.id, "D01") in {one.key for one in shown(model, words=words)}) is found


def test_what_is_hidden_is_told(model, findings):
    shown(model, show=Show.OPEN)
    hidden = len(findings) - model.rowCount()
    assert hidden_words(model.chosen) == f"{hidden} more are acknowledged, past or agreed."
    shown(model, show=Show.PAST)
    assert "open" in hidden_words(model.chosen)
    shown(model)
    assert hidden_words(model.chosen) == ""
    shown(model, family="shedding")
    assert hidden_words(model.chosen) == f"{len(findings) - 1} more do not fit the search and the other filters."
    shown(model, words="no such words")
    assert hidden_words(model.chosen) == f"{len(findings)} do not fit the search and the other filters."
    shown(model, show=Show.ACKNOWLEDGED, severities=frozenset({Severity.CAUTION}))
    by_state = sum(one.finding.severity is Severity.CAUTION for one in findings) - 1
    rest = len(findings) - 1 - by_state
    assert hidden_words(model.chosen) == (
        f"{by_state} more are open or past; {rest} do not fit the search and the other filters."
    )


# Order


def test_the_latest_stands_first_and_the_gravest_of_each_record_before_the_rest(model):
    got = shown(model)
    assert [one.record.date for one in got] == sorted((one.record.date for one in got), reverse=True)
    for session in (OLD, DEEP, SOON):
        severities = [one.finding.severity for one in got if one.record is session]
        assert severities == sorted(severities, reverse=True)


def test_of_one_day_the_later_session_stands_first(rules):
    timed, untimed = a_session(TODAY, 60, time=time(8)), a_session(TODAY, 60)
    history = JudgedHistory(rules, Person(SAM), (timed, untimed))
    rows = made_of(list_findings(history, (), TODAY), ())
    assert rows[0].listed.record is timed  # one without a time counts as the start of its day


@pytest.mark.parametrize("name", [column.name for column in COLUMNS])
def test_every_column_can_be_sorted_both_ways_and_what_is_equal_stays_the_latest_first(model, name):
    everything = shown(model)
    place = PLACES[name]
    text, key = COLUMNS[place].text, COLUMNS[place].key
    by = key or (lambda one: text(one).casefold())
    for order in (UP, DOWN):
        model.sort(place, order)
        got = [model.listed_at(row) for row in range(model.rowCount())]
        assert [by(one) for one in got] == sorted((by(one) for one in everything), reverse=order is DOWN)
        for first, second in pairwise(got):
            if by(first) == by(second):
                assert everything.index(first) < everything.index(second)


def test_severity_is_sorted_by_how_grave_it_is(model):
    shown(model)
    model.sort(PLACES["severity"], DOWN)
    words = column(model, "severity")
    assert words == sorted(words, key=[labels.title(one) for one in reversed(Severity)].index)


def test_sorting_keeps_what_is_chosen(model):
    shown(model)
    selection = QItemSelectionModel(model)
    for row in (1, 3):
        flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
        selection.select(model.index(row, 0), flags)
    chosen = {keys(model)[row] for row in (1, 3)}
    model.sort(PLACES["rule"], UP)
    assert {keys(model)[index.row()] for index in selection.selectedRows()} == chosen


def test_the_order_holds_when_the_filter_changes(model):
    model.sort(PLACES["rule"], UP)
    shown(model, family="depth")
    assert column(model, "rule") == sorted(column(model, "rule"))


# Words made beforehand


def test_the_words_are_made_while_nothing_else_is_to_do(findings, qtbot):
    model = WarningModel()
    model.show_findings(findings)
    assert not model.is_worded
    qtbot.waitUntil(lambda: model.is_worded)
    assert all(row.is_worded for row in model._rows)


def test_words_are_kept_where_nothing_changed_and_made_anew_where_something_did(history, findings):
    rows = made_of(findings, ())
    again = made_of(list_findings(history, (), TODAY), rows)
    changed = [one for one in again if one not in rows]
    assert [one.listed.key for one in changed] == [(DEEP.id, "D01")]  # no longer acknowledged
    assert changed[0].cells[PLACES["state"]] == "open"


def test_another_reason_or_one_given_for_other_facts_is_shown(history, findings):
    one = next(one for one in findings if one.acknowledgement)
    rows = made_of([one], ())
    reason = replace(one.acknowledgement, reason=Reason.DISAGREE)
    [other] = made_of([replace(one, acknowledgements=(reason,))], rows)
    assert other.cells[PLACES["state"]].endswith("I disagree with the guidance")
    still_open = replace(one, state=State.OPEN, acknowledgements=())
    rows = made_of([still_open], ())
    [lapsed] = made_of([replace(still_open, lapsed=reason)], rows)
    assert lapsed.listed.lapsed == reason


def test_a_finding_judged_anew_is_worded_anew(rules):
    sessions = a_history(2, every=3, depth=60)
    history = JudgedHistory(rules, Person(SAM), sessions)
    rows = made_of(list_findings(history, (), TODAY), ())
    before = {row.key: row.cells for row in rows}
    moved = replace(sessions[0], date=sessions[0].date - timedelta(days=1))
    history.remove(sessions[0])
    history.add(moved)
    after = {row.key: row.cells for row in made_of(list_findings(history, (), TODAY), rows)}
    assert before[sessions[1].id, "I01"] != after[sessions[1].id, "I01"]
