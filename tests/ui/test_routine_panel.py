"""The routine: its verdict in a sentence, what it became, and no praise."""

from datetime import date, timedelta

import pytest
from builders import SAM, TODAY, a_session
from PySide6.QtTest import QSignalSpy
from ui.answers import write

from logbook.domain.history import History
from logbook.domain.person import AgreedLimit, Person
from logbook.domain.plan import compare, count_paces, next_date, rest_days
from logbook.domain.session import ZonePass
from logbook.domain.units import Depth
from logbook.domain.vocabulary import Setting, Zone
from logbook.services.judged import JudgedHistory
from logbook.services.planning import Choice, Outlook
from logbook.ui.widgets.routine_panel import MOST_LIVED, RoutineLife, RoutinePanel, life_words, routine_words

START = TODAY - timedelta(days=40)


def choice(depth=150, setting=Setting.HOME):
    return Choice(setting, (ZonePass(Zone.CROWN, Depth(depth)),))


@pytest.fixture
def outlook(rules):
    return Outlook(JudgedHistory(rules, Person(SAM)), (), TODAY)


@pytest.fixture
def panel(qtbot):
    panel = RoutinePanel()
    qtbot.addWidget(panel)
    panel.resize(520, 800)
    panel.show()
    return panel


def life(*days, every=7, **but):
    routine = choice(25).routine(SAM, START, every)
    history = History(a_session(START + timedelta(days=day)) for day in days)
    lived = compare(routine, history, TODAY)
    return RoutineLife(
        routine, lived, count_paces(lived), rest_days(routine, lived, TODAY), next_date(routine, history), **but
    )


def test_the_verdict_is_said_with_its_reasons_and_with_what_longer_rest_would_give(outlook):
    assert routine_words(outlook.routine(choice().routine(SAM, TODAY, 7))) == (
        "Crown 1.5 mm at home every 7 days: warning, because of “Depth at home” and “Rest at home”; caution because of "
        "“Professional advice beyond 0.50 mm”; info because of “Half a year without a pause”.\n"
        "From 21 days: warning, because of “Depth at home”; caution because of “Professional advice beyond 0.50 mm”; "
        "info because of “Half a year without a pause”."
    )


def test_where_rest_has_nothing_to_say_nothing_is_said_of_fewer_days(outlook):
    assert routine_words(outlook.routine(choice(25).routine(SAM, TODAY, 28))) == (
        "Crown 0.25 mm at home every 28 days: no published warning found by these rules."
    )


def test_what_an_agreed_limit_made_clean_is_no_reason(rules):
    limit = AgreedLimit("limit", SAM, "I01", "rest_over_30", 3, "Dr Example", START)
    outlook = Outlook(JudgedHistory(rules, Person(SAM), limits=[limit]), (), TODAY)
    words = routine_words(outlook.routine(choice(50).routine(SAM, TODAY, 5)))
    assert words == "Crown 0.5 mm at home every 5 days: info, because of “Depth at home”."


def test_notes_end_at_more_days_than_warnings(outlook):
    words = routine_words(outlook.routine(choice(150, Setting.SUPERVISED).routine(SAM, TODAY, 1)))
    assert words.startswith("Crown 1.5 mm supervised by a clinician every day: warning, because of")
    assert "\nFrom 7 days: info, because of “Rest under supervision”" in words
    assert words.endswith("\nThe rules on rest say nothing at all from 21 days.")


def test_the_fields_are_read_as_they_are_shown(panel):
    panel.set_value(21, date(2026, 7, 1))
    assert panel.read() == (21, date(2026, 7, 1), [])
    panel.set_value(None, TODAY)
    assert panel.read() == (None, TODAY, [])


@pytest.mark.parametrize(("text", "says"), [("often", "not a number"), ("0", "from 1 to 366"), ("400", "366")])
def test_days_that_cannot_be_read_are_marked(panel, text, says):
    panel.set_value(7, TODAY)
    write(panel.every, text)
    every, _, problems = panel.read()
    assert every is None
    panel.show_problems(problems)
    assert says in panel._every_field.problem_text


def test_a_start_that_cannot_be_read_is_marked(panel):
    panel.set_value(7, TODAY)
    write(panel.starts_on, "soon")
    _, starts_on, problems = panel.read()
    assert starts_on is None
    panel.show_problems(problems)
    assert "“soon” is not a date" in panel._starts_field.problem_text
    panel.show_problems(())
    assert panel._starts_field.problem_text == ""


def test_an_empty_start_is_asked_for_as_everywhere(panel):
    panel.set_value(7, TODAY)
    write(panel.starts_on, "")
    panel.show_problems(panel.read()[2])
    assert "A day is needed here." in panel._starts_field.problem_text


def test_typing_and_pressing_speak(panel):
    panel.show_life(life(0))
    edited, wanted, ended = QSignalSpy(panel.edited), QSignalSpy(panel.set_wanted), QSignalSpy(panel.end_wanted)
    panel.set_value(7, TODAY)
    assert edited.count() == 0
    panel.every.textEdited.emit("8")
    panel.set_button.click()
    panel.end_button.click()
    assert (edited.count(), wanted.count(), ended.count()) == (1, 1, 1)


def test_without_a_routine_there_is_nothing_to_end(panel):
    panel.show_life(None)
    assert panel.mine.text() == "You follow no routine."
    assert not panel.end_button.isVisible()
    assert not panel.lived_table.isVisible()


def test_what_was_lived_is_counted_and_rest_follows_the_routine(panel):
    panel.show_life(life(0, 7, 10, 30))
    assert panel.mine.text() == (
        "Crown 0.25 mm at home every 7 days, from 21 May 2026. "
        "A session from 27 June 2026 on keeps it; a later one does too."
    )
    assert panel.counts.text() == "4 sessions: 2 kept, 1 early, 1 late. 37 days of rest, which follow it."
    assert panel.lived_table.rowCount() == 4


def test_a_routine_nobody_began_yet_shows_no_empty_table(panel):
    panel.show_life(life())
    assert panel.mine.isVisible()
    assert not panel.lived_table.isVisible()
    assert not panel.counts.isVisible()


def test_of_many_sessions_the_latest_are_listed_and_all_are_counted(panel):
    panel.show_life(life(*range(41), every=1))
    assert panel.lived_table.rowCount() == MOST_LIVED
    assert panel.lived_table.item(0, 0).text() == "30 Jun 2026"
    assert panel.counts.text().startswith("41 sessions: 41 kept, 0 early, 0 late. 0 days of rest")
    assert panel.counts.text().endswith("The last 30 are listed.")


def test_a_routine_with_an_end_says_it():
    routine = choice(25).routine(SAM, START, 7)
    ending = RoutineLife(type(routine)(**{**fields(routine), "ends_on": TODAY}), (), count_paces(()), 0, None)
    assert life_words(ending) == "Crown 0.25 mm at home every 7 days, from 21 May 2026 to 30 June 2026."


def fields(record):
    return {name: getattr(record, name) for name in record.__slots__}


def test_the_table_is_there_once_something_is_chosen(panel, outlook):
    assert not panel.depth_table.isVisible()
    judged = outlook.routine(choice().routine(SAM, TODAY, 7))
    panel.show_verdict(judged, outlook.depth_by_days(choice(), TODAY), None)
    assert panel.depth_table.isVisible()
    assert panel.depth_table.verticalHeaderItem(3).text() == "▸ 1.5 mm"
    assert panel.says.text() == routine_words(judged)
    panel.show_verdict(None, (), "Choose zones.")
    assert panel.says.text() == "Choose zones."
    assert not panel.depth_table.isVisible()


@pytest.mark.parametrize("days", [(0, 7, 14), (0, 1, 2), (0, 30)])
def test_nothing_rewards_needling(panel, days):
    panel.show_life(life(*days))
    said = f"{panel.mine.text()} {panel.counts.text()}".lower()
    for word in ("good", "well", "great", "streak", "missed", "behind", "overdue", "safe", "!"):
        assert word not in said
