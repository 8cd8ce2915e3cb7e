"""The Overview page: what it says is never older than the last edit, and each part leads where it says."""

from datetime import date, timedelta

import pytest
from builders import TODAY, a_session
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel
from ui.conftest import add

from logbook.domain.edit import Edit, Replacement
from logbook.domain.person import Acknowledgement, Person
from logbook.domain.session import Reaction, Session, ZonePass, new_id
from logbook.domain.shedding import SheddingRecord
from logbook.domain.units import Depth
from logbook.domain.vocabulary import ReactionSign, Severity, SheddingMethod, Zone
from logbook.services.findings import Answer, acknowledge, list_findings
from logbook.services.journal import open_journal
from logbook.services.places import sample_database
from logbook.services.sample import open_sample
from logbook.ui.pages.overview_page import OverviewPage
from logbook.ui.store import Store

READ_ONLY = "open for reading only"


@pytest.fixture
def show(qtbot):
    """Show the overview of a store."""

    def begin(store: Store) -> OverviewPage:
        page = OverviewPage(store)
        qtbot.addWidget(page)
        page.resize(1200, 700)
        page.show()
        return page

    return begin


@pytest.fixture
def log(store):
    """Log sessions of the store's person so many days ago."""

    def add_session(days, depth=50, zone=Zone.CROWN, **but):
        session = a_session(TODAY - timedelta(days=days), depth, zone, person_id=store.person.id, **but)
        add(store, session)
        return session

    return add_session


@pytest.fixture
def count(store):
    def add_counts(*days, value=10):
        me = store.person.id
        records = [
            SheddingRecord(new_id(), me, TODAY - timedelta(days=d), SheddingMethod.COMB_60S, value) for d in days
        ]
        add(store, *records)
        return records

    return add_counts


def settle(store, qtbot):
    qtbot.waitUntil(lambda: store.judging.is_settled)
    QApplication.processEvents()


def text(page):
    return "\n".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())


def buttons(page):
    return {
        button.text().replace("&", ""): button for button in page.findChildren(QAbstractButton) if button.isVisible()
    }


# What is shown


def test_an_empty_logbook_has_one_sentence_the_two_buttons_and_the_sample(show, store, qtbot):
    page = show(store)
    assert text(page).count("Nothing is logged yet") == 1
    assert list(buttons(page)) == ["Log shedding", "Log session", "Try with sample data"]
    page.focus_first()
    assert page.focusWidget() is page.first_steps.logging.session


def test_the_first_session_brings_the_cards_and_its_undo_takes_them_away(show, store, log, qtbot):
    page = show(store)
    log(3)
    assert "From Sat 4 Jul at 0.5 mm" in text(page)
    assert "Nothing is logged yet" not in text(page)
    assert "Try with sample data" not in buttons(page)
    store.undo()
    assert "Nothing is logged yet" in text(page)
    store.redo()
    assert "From Sat 4 Jul at 0.5 mm" in text(page)


def test_everything_follows_an_edit_at_once(show, store, log, count, qtbot):
    session = log(3)
    page = show(store)
    assert "3 days ago" in text(page)
    deeper = a_session(TODAY - timedelta(days=1), 150, person_id=store.person.id, id=session.id)
    store.do(Edit("change", (Replacement(session, deeper),)))
    shown = text(page)
    assert "Yesterday" in shown
    assert "From Mon 20 Jul at 1.5 mm" in shown
    assert "Warning · Depth at home (D01)" in shown
    assert "Warning  1" in buttons(page)
    count(1)
    assert "60-second count: counted on 1 day" in text(page)
    store.do(Edit.removing("delete", [deeper]))
    assert "No session yet" in text(page)


def test_what_was_done_while_another_page_was_shown_is_there_when_it_is_shown_again(show, store, log, qtbot):
    page = show(store)
    page.hide()
    log(3)
    assert page.overview is None
    page.show()
    assert "From Sat 4 Jul at 0.5 mm" in text(page)


def test_another_person_is_another_overview(show, store, log, qtbot):
    log(3)
    first, other = store.person, Person(new_id(), "Kim")
    add(store, other)
    assert "Nothing is logged yet" in text(show(store))
    store.show_person(first)
    assert "From Sat 4 Jul at 0.5 mm" in text(show(store))


def test_another_day_is_another_overview(show, journal, qtbot):
    day = [TODAY]
    store = Store(journal, today=lambda: day[0])
    add(store, a_session(TODAY - timedelta(days=3), 50, person_id=store.person.id))
    page = show(store)
    assert "3 days ago" in text(page)
    day[0] = TODAY + timedelta(days=4)
    page.day_watch.look()
    assert "7 days ago" in text(page)
    assert "From today on at 0.5 mm" in text(page)
    page.hide()
    day[0] = TODAY + timedelta(days=5)
    page.show()
    assert "8 days ago" in text(page)
    store.deleteLater()


# What is open


def test_what_is_open_is_a_button_for_each_severity_that_leads_to_it(show, store, log, qtbot):
    log(3, 150)
    log(1, 150)
    page = show(store)
    settle(store, qtbot)
    listed = list_findings(store.judged, (), TODAY)
    for severity, button in page.warnings.buttons.items():
        number = sum(one.finding.severity is severity for one in listed)
        assert button.isVisible() is bool(number)
        assert button.text().endswith(f"  {number}")
        if number:
            assert not button.icon().isNull()
            with qtbot.waitSignal(page.severity_wanted) as asked:
                qtbot.keyClick(button, Qt.Key.Key_Space)
            assert asked.args == [severity]


def test_what_is_acknowledged_is_open_no_more(show, store, log, qtbot):
    log(30, 150)
    page = show(store)
    settle(store, qtbot)
    assert "Nothing is open." not in text(page)
    findings = [one.finding for one in list_findings(store.judged, (), TODAY)]
    store.do(acknowledge(findings, Answer()))
    assert "Nothing is open." in text(page)
    store.do(Edit.removing("reopen", store.of_person(Acknowledgement)))
    assert "Nothing is open." not in text(page)


def test_while_the_history_is_judged_nothing_is_told_as_clean(show, store, qtbot):
    me = store.person.id
    add(store, *(a_session(TODAY - timedelta(days=7 * back), 50, person_id=me) for back in range(80)))
    page = show(store)
    shown = text(page)
    assert "Judging your history…" in shown
    assert "a stop may be open that is not shown yet" in shown
    assert "Nothing is open." not in shown
    settle(store, qtbot)
    assert "Judging" not in text(page)


def test_an_open_stop_stands_above_every_date_and_leads_to_the_stops(show, store, log, qtbot):
    log(100, 25, reaction=Reaction(signs=frozenset({ReactionSign.PUS})))
    log(30)
    page = show(store)
    settle(store, qtbot)
    assert "Stop · 1 is open, the last: Signs that need a clinician, 22 March 2026." in text(page)
    assert (
        page.next_dates.stops.line.mapTo(page, page.rect().topLeft()).y()
        < page.next_dates._rows[0].mapTo(page, page.rect().topLeft()).y()
    )
    with qtbot.waitSignal(page.severity_wanted) as asked:
        page.next_dates.stops.button.click()
    assert asked.args == [Severity.STOP]


def test_a_stop_of_the_next_session_stands_in_the_place_of_its_date(show, store, log, qtbot):
    log(30, reaction=Reaction(signs=frozenset({ReactionSign.PUS})))
    shown = text(show(store))
    assert "Stop: Signs that need a clinician" in shown
    assert "\nFrom today on" not in shown


# The other parts


def test_the_last_session_is_opened(show, store, log, qtbot):
    log(9)
    last = log(3, zones=(ZonePass(Zone.CROWN, Depth(50)), ZonePass(Zone.HAIRLINE)))
    page = show(store)
    assert "27 June 2026: crown 0.5 mm and hairline at an unrecorded depth" in text(page)
    with qtbot.waitSignal(page.session_wanted) as asked:
        page.last.open_button.click()
    assert asked.args == [last.id]


def test_few_counts_are_one_sentence_and_more_of_them_a_picture(show, store, count, qtbot):
    page = show(store)
    count(1, 2)
    assert not page.shedding.picture.isVisible()
    assert "a trend takes 3" in text(page)
    count(3)
    assert page.shedding.picture.isVisible()
    assert page.shedding.picture.accessibleDescription() in text(page)


def test_the_median_is_told_once_it_is_worked_out_and_follows_an_edit(show, store, count, qtbot):
    page = show(store)
    count(1, 2, 3)
    settle(store, qtbot)
    qtbot.waitUntil(lambda: "The median of the 14 days up to then is 10." in text(page), timeout=20_000)
    count(4, 5, 6, 7, value=30)
    assert "The median of the 14 days up to then is 30." in text(page)


def test_the_picture_leads_to_the_chart(show, store, count, qtbot):
    page = show(store)
    count(1, 2, 3)
    with qtbot.waitSignal(page.shedding_wanted):
        qtbot.keyClick(page.shedding.picture, Qt.Key.Key_Space)


def test_how_it_stands_with_the_backups_is_told_as_it_is_said(show, store, log, qtbot):
    log(3)
    page = show(store)
    assert "Looking at your backups…" in text(page)
    page.show_backups("Last good backup 2 h ago, 3.1 MB, 412 sessions, opened and counted.")
    assert "Last good backup 2 h ago, 3.1 MB, 412 sessions, opened and counted." in text(page)


@pytest.mark.parametrize(
    ("words", "action"),
    [
        ("Log session", "new_session"),
        ("Log shedding", "page_shedding"),
        ("Repeat last", "repeat_last"),
        ("Back up now", "backup"),
        ("Backups…", "backups"),
    ],
)
def test_every_button_asks_for_its_action(show, store, log, qtbot, words, action):
    log(3)
    page = show(store)
    with qtbot.waitSignal(page.action_wanted) as asked:
        qtbot.keyClick(buttons(page)[words], Qt.Key.Key_Space)
    assert asked.args == [action]


def test_nothing_is_repeated_where_there_is_no_session(show, store, count, qtbot):
    page = show(store)
    count(1)
    assert not page.repeat_button.isEnabled()
    assert page.logging.session.isEnabled()


# Reading only, and the sample


def test_a_logbook_for_reading_is_looked_over_and_its_buttons_say_why_they_are_off(show, path, rules, qtbot):
    journal = open_journal(path, rules)
    me = journal.all(Person)[0].id
    journal.apply(Edit.adding("add", [a_session(TODAY - timedelta(days=3), 50, person_id=me)]))
    journal.close()
    journal = open_journal(path, rules, read_only=True)
    store = Store(journal, today=lambda: TODAY)
    page = show(store)
    assert "From Sat 4 Jul at 0.5 mm" in text(page)
    for button in (page.logging.session, page.logging.shedding, page.repeat_button):
        assert not button.isEnabled()
        assert READ_ONLY in button.toolTip()
        assert READ_ONLY in button.accessibleDescription()
    assert page.last.open_button.isEnabled()
    page.focus_first()
    assert page.focusWidget() is page.backups.backups_button
    store.deleteLater()
    journal.close()


def test_only_the_sample_says_that_it_is_made_up_and_how_to_have_it_gone(show, store, log, rules, home, qtbot):
    log(3)
    assert "made up" not in text(show(store))
    journal = open_sample(sample_database(), rules, date.today())
    made_up = Store(journal)
    page = show(made_up)
    assert "Seen enough?" in text(page)
    with qtbot.waitSignal(page.action_wanted) as asked:
        buttons(page)["Close and remove the sample"].click()
    assert asked.args == ["remove_sample"]
    made_up.deleteLater()
    journal.close()


def test_the_sample_does_not_offer_itself_for_somebody_of_whom_nothing_is_logged(show, rules, home):
    journal = open_sample(sample_database(), rules, date.today())
    made_up = Store(journal)
    add(made_up, Person(new_id(), "Kim"))
    page = show(made_up)
    assert "Nothing is logged yet" in text(page)
    assert list(buttons(page)) == ["Close and remove the sample", "Log shedding", "Log session"]
    made_up.deleteLater()
    journal.close()


# Small windows


@pytest.mark.parametrize(("width", "columns"), [(1230, 3), (860, 2), (640, 1), (420, 1)])
def test_the_cards_stand_in_as_many_columns_as_fit_and_nothing_is_cut_off(
    show, store, log, count, qtbot, width, columns
):
    log(3, zones=tuple(ZonePass(zone, Depth(25 * place)) for place, zone in enumerate([*Zone][:6], 1)))
    count(1, 2, 3)
    page = show(store)
    settle(store, qtbot)
    page.resize(width, 560)
    QApplication.processEvents()
    assert page.width() == width
    assert page.columns.number == columns
    area = page.columns.parentWidget()
    for label in page.findChildren(QLabel):
        if label.isVisible() and label.wordWrap() and area.isAncestorOf(label):
            assert label.height() >= label.heightForWidth(label.width()), label.text()
            right = label.mapTo(area, label.rect().topRight()).x()
            assert right <= area.width(), label.text()


def test_it_takes_another_theme(show, store, log, count, qtbot):
    log(30, 150)
    count(1, 2, 3)
    page = show(store)
    settle(store, qtbot)
    QApplication.instance().setProperty("theme", "light")
    page.restyle()
    light = page.grab().toImage()
    QApplication.instance().setProperty("theme", "dark")
    page.restyle()
    assert page.grab().toImage() != light


def test_ten_sessions_a_day_are_looked_over_as_one_would_be(show, store, log, qtbot):
    for _ in range(10):
        log(0, 25)
    page = show(store)
    assert "Today" in text(page)
    assert store.find(Session, page.overview.last.session.id)
