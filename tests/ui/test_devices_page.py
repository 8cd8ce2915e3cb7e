"""The Devices page: uses counted from the sessions, through every change and back."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from builders import TODAY, a_session
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QTableView
from ui.answers import Answer, Unasked, write
from ui.conftest import add

from logbook.domain.device import Cartridge, Device
from logbook.domain.edit import Edit
from logbook.domain.person import AgreedLimit, Person
from logbook.domain.session import Session, new_id
from logbook.domain.units import Depth
from logbook.domain.vocabulary import DeviceKind, Severity
from logbook.services.journal import open_journal
from logbook.ui.pages.device_model import COLUMNS
from logbook.ui.pages.devices_page import DevicesPage
from logbook.ui.store import Store
from logbook.ui.theme import load_theme
from logbook.ui.widgets.rows_model import SEVERITY_ROLE

PLACES = {column.name: place for place, column in enumerate(COLUMNS)}


@pytest.fixture
def mine(store):
    """A roller, a pen with two cartridges of one lot and one of another, and a retired stamp."""
    me = store.person.id
    roller = Device(new_id(), DeviceKind.ROLLER, "Blue", me, needle_length=Depth(50), needle_count=192)
    pen = Device(new_id(), DeviceKind.PEN, "Pen", me)
    stamp = Device(new_id(), DeviceKind.STAMP, "", me, retired_on=date(2026, 5, 1))
    heads = [
        Cartridge(new_id(), pen.id, "A1", Depth(25), 36, date(2027, 1, 1), TODAY - timedelta(days=9)),
        Cartridge(new_id(), pen.id, "A1", Depth(25), 36, date(2026, 1, 1), TODAY - timedelta(days=20)),
        Cartridge(new_id(), pen.id, "B2"),
    ]
    add(store, roller, pen, stamp, *heads)
    return {"roller": roller, "pen": pen, "stamp": stamp, "new": heads[0], "old": heads[1], "stock": heads[2]}


def done_with(store, device, head=None, days_ago=1, **but):
    return a_session(
        TODAY - timedelta(days=days_ago),
        person_id=store.person.id,
        device=device.kind,
        device_id=device.id,
        cartridge_id=head and head.id,
        **but,
    )


@pytest.fixture
def show(qtbot):
    """Show the devices of a store."""

    def of(store):
        page = DevicesPage(store)
        qtbot.addWidget(page)
        page.resize(1300, 800)
        page.show()
        page.activateWindow()
        qtbot.waitUntil(page.isActiveWindow)
        return page

    return of


@pytest.fixture
def page(store, mine, show):
    return show(store)


def cells(page, name):
    return [page.model.index(row, PLACES[name]).data() for row in range(page.model.rowCount())]


def row_of(page, needles):
    return page.model.row_of(needles.id)


def cell(page, needles, name):
    return page.model.index(row_of(page, needles), PLACES[name]).data()


def choose(page, needles):
    page.table.selectRow(row_of(page, needles))


# What is shown


def test_without_a_device_there_is_one_sentence_and_one_button(store, show):
    page = show(store)
    assert page._empty.isVisible()
    assert "uses are counted from your sessions" in page._empty.text()
    shown = [one for one in page.findChildren(QAbstractButton) if one.isVisible()]
    assert shown == [page.add_first_button]
    page.focus_first()
    assert page.add_first_button.hasFocus()


def test_each_device_stands_above_its_cartridges(page, qtmodeltester):
    qtmodeltester.check(page.model, force_py=False)
    assert [name.strip() for name in cells(page, "name")] == [
        "Pen",
        "Cartridge",
        "Cartridge",
        "Cartridge",
        "Blue · roller",
    ]
    assert cells(page, "lot") == ["—", "A1", "A1", "B2", "—"]
    assert cells(page, "length") == ["—", "0.25", "0.25", "—", "0.50"]
    assert cells(page, "needles") == ["—", "36", "36", "—", "192"]
    assert cells(page, "opened") == ["—", "21 Jun 2026", "10 Jun 2026", "—", "—"]
    assert cells(page, "expires") == ["—", "1 Jan 2027", "1 Jan 2026, expired", "—", "—"]
    assert cells(page, "uses") == ["0"] * 5
    assert cells(page, "most") == ["—", "1 · H02", "1 · H02", "1 · H02", "10 · H03"]
    assert cells(page, "age") == ["—", "Clean", "Clean", "Clean", "Clean"]


def test_uses_are_counted_from_the_sessions_and_undo_counts_back(page, store, mine):
    for days_ago in (9, 8):
        add(store, done_with(store, mine["pen"], mine["new"], days_ago))
    assert (cell(page, mine["new"], "uses"), cell(page, mine["pen"], "uses")) == ("2", "2")
    assert cell(page, mine["new"], "age") == "Warning"
    assert page.model.index(row_of(page, mine["new"]), PLACES["age"]).data(SEVERITY_ROLE) is Severity.WARNING
    store.undo()
    assert (cell(page, mine["new"], "uses"), cell(page, mine["new"], "age")) == ("1", "Warning")
    store.undo()
    assert (cell(page, mine["new"], "uses"), cell(page, mine["new"], "age")) == ("0", "Clean")
    store.redo()
    assert cell(page, mine["new"], "uses") == "1"


def test_a_roller_ages_from_clean_to_info_to_caution(page, store, mine):
    ages = []
    for use in range(1, 17):
        ages.append(cell(page, mine["roller"], "age"))
        add(store, done_with(store, mine["roller"], None, 30 - use, needle_use=use))
    assert ages == ["Clean"] * 10 + ["Info"] * 5 + ["Caution"]


def test_an_edit_while_the_page_is_away_shows_when_it_is_back(page, store, mine):
    page.hide()
    add(store, done_with(store, mine["roller"]))
    assert cell(page, mine["roller"], "uses") == "0"
    page.show()
    assert cell(page, mine["roller"], "uses") == "1"


def test_the_row_that_was_chosen_stays_chosen(page, store, mine):
    choose(page, mine["old"])
    add(store, done_with(store, mine["roller"]))  # now used last: it moves to the top
    assert row_of(page, mine["old"]) == 3
    assert page.table.chosen.record == mine["old"]
    assert page.panel.heading.text() == "Cartridge lot A1, opened 10 Jun 2026, of Pen"


def test_retired_ones_are_shown_on_request_with_the_word(page, mine):
    assert row_of(page, mine["stamp"]) is None
    page.retired_box.click()
    assert cell(page, mine["stamp"], "name") == "Stamp · retired"
    assert cell(page, mine["stamp"], "age") == "Retired"
    index = page.model.index(row_of(page, mine["stamp"]), 0)
    assert index.data(Qt.ItemDataRole.ForegroundRole) == load_theme("light").colour("muted")
    page.retired_box.click()
    assert row_of(page, mine["stamp"]) is None


def test_where_all_is_retired_it_says_so(store, show):
    add(store, Device(new_id(), DeviceKind.STAMP, "", store.person.id, retired_on=TODAY))
    page = show(store)
    assert "Tick “Show retired”" in page._empty.text()
    assert page._empty.isVisible()
    page.retired_box.click()
    assert not page._empty.isVisible()


def test_devices_of_somebody_else_are_not_shown_and_those_of_the_clinic_are(store, mine, show):
    first, other = store.person, Person(new_id(), "Ana")
    theirs = Device(new_id(), DeviceKind.ROLLER, "Theirs", other.id)
    clinic = Device(new_id(), DeviceKind.RADIOFREQUENCY, "Clinic")
    add(store, other, theirs, clinic)
    store.show_person(first)
    page = show(store)
    assert row_of(page, theirs) is None
    assert cell(page, clinic, "name") == "Clinic · radiofrequency device"


# What is known of one


def test_the_panel_says_how_worn_it_is_and_who_says_so(page, store, mine):
    add(store, *[done_with(store, mine["roller"], None, back) for back in range(1, 12)])
    choose(page, mine["roller"])
    text = page.panel.text()
    assert "Info · next use: 12" in text
    assert "This is use 12 of the same roller." in text
    assert "11 uses counted, the last on 29 June 2026" in text
    page.panel.sources_button.click()
    rule = store.journal.rules.of("H03")
    assert all(source.title in page.panel.sources.text() for source in rule.sources)
    assert "H03" in page.panel.sources_button.text()


def test_the_panel_says_up_to_which_use_nothing_is_said_and_at_which_depth(page, store, mine):
    choose(page, mine["roller"])
    assert "At 0.5 mm, that length, the published rule says nothing up to use 10." in page.panel.text()
    choose(page, mine["new"])
    assert "The published rule says nothing up to use 1." in page.panel.text()


def test_what_was_agreed_counts_at_once_and_the_published_rule_stays_beside_it(page, store, mine):
    add(store, *[done_with(store, mine["roller"], None, back) for back in range(1, 11)])
    choose(page, mine["roller"])
    assert (cell(page, mine["roller"], "age"), cell(page, mine["roller"], "most")) == ("Info", "10 · H03")
    limit = AgreedLimit(new_id(), store.person.id, "H03", "shallow", 15, "Dr Ada Moss", TODAY)
    add(store, limit)
    assert (cell(page, mine["roller"], "age"), cell(page, mine["roller"], "most")) == ("Clean", "15 agreed")
    assert "Published: 10." in page.model.index(row_of(page, mine["roller"]), PLACES["most"]).data(
        Qt.ItemDataRole.ToolTipRole
    )
    assert "Published: info; agreed with Dr Ada Moss on 30 June 2026: clean." in page.panel.text()
    store.do(Edit.removing("sessions", store.of_person(Session)))
    assert (
        "At 0.5 mm, that length, the published rule says nothing up to use 10; "
        "agreed with Dr Ada Moss on 30 June 2026: up to use 15." in page.panel.text()
    )


def test_an_expiry_is_told_as_a_fact_and_not_as_a_finding(page, mine):
    choose(page, mine["old"])
    assert "Expired on 1 January 2026. No rule of the guidance speaks of this date." in page.panel.text()
    assert page.panel.state.property("tone") == "clean"
    choose(page, mine["new"])
    assert "Expires on 1 January 2027" in page.panel.text()


def test_what_cannot_be_judged_says_for_want_of_what(store, show):
    bare = Device(new_id(), DeviceKind.ROLLER, "Bare", store.person.id)
    other = Device(new_id(), DeviceKind.OTHER, "Comb", store.person.id)
    pen = Device(new_id(), DeviceKind.PEN, "Pen", store.person.id)
    add(store, bare, other, pen)
    page = show(store)
    assert (cell(page, bare, "age"), cell(page, other, "age"), cell(page, pen, "age")) == ("Not judged", "—", "—")
    choose(page, bare)
    assert "Not judged" in page.panel.text()
    assert "without the length of the needles" in page.panel.text()
    choose(page, pen)
    assert "Each cartridge is counted and judged for itself" in page.panel.text()


def test_a_use_written_down_before_the_logbook_began_counts(page, store, mine):
    add(store, done_with(store, mine["roller"], needle_use=8))
    choose(page, mine["roller"])
    assert "next use: 9" in page.panel.text()
    assert "1 use counted, the last on 29 June 2026; use 8 was written down" in page.panel.text()


def test_uses_on_another_person_are_counted_and_told(store, mine, show):
    first, other = store.person, Person(new_id(), "Ana")
    add(store, other, a_session(TODAY, person_id=other.id, device=DeviceKind.ROLLER, device_id=mine["roller"].id))
    store.show_person(first)
    page = show(store)
    choose(page, mine["roller"])
    assert cell(page, mine["roller"], "uses") == "1"
    assert "1 use of these on another person" in page.panel.text()


def test_the_sessions_with_a_cartridge_and_with_its_lot(page, store, mine):
    sessions = [
        done_with(store, mine["pen"], mine["old"], 12, needle_use=1),
        done_with(store, mine["pen"], mine["new"], 6, needle_use=1),
        done_with(store, mine["pen"], mine["stock"], 3, needle_use=1),
    ]
    add(store, *sessions)
    choose(page, mine["new"])
    panel = page.panel
    assert [panel.model.session_at(row) for row in range(panel.model.rowCount())] == [sessions[1]]
    assert panel.model.index(0, 0).data() == "24 Jun 2026"
    panel.which.setCurrentIndex(1)
    assert [panel.model.session_at(row) for row in range(panel.model.rowCount())] == [sessions[1], sessions[0]]
    choose(page, mine["pen"])
    assert panel.which.isHidden()
    assert panel.model.rowCount() == 3


@pytest.mark.parametrize("how", ["double click", "enter"])
def test_a_session_is_opened_from_the_list(page, store, mine, qtbot, how):
    session = done_with(store, mine["roller"])
    add(store, session)
    choose(page, mine["roller"])
    wanted = QSignalSpy(page.session_wanted)
    table = page.panel.table
    table.setFocus()
    if how == "enter":
        table.selectRow(0)
        qtbot.keyClick(table, Qt.Key.Key_Return)
    else:
        place = table.visualRect(page.panel.model.index(0, 0)).center()
        qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
        qtbot.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert wanted.count() == 1
    assert wanted.at(0)[0] == session.id


# What is changed


def test_a_device_is_added_chosen_and_taken_back(store, show):
    page = show(store)
    said = QSignalSpy(page.said)

    def fill(dialog):
        dialog.kind.setCurrentIndex(1)
        write(dialog.name, "New one")

    Answer(fill)
    page.add_first_button.click()
    (device,) = store.of_person(Device)
    assert (device.kind, device.name, device.person_id) == (DeviceKind.STAMP, "New one", store.person.id)
    assert page.table.chosen.record == device
    assert store.undo_stack.undoText() == "add stamp “New one”"
    assert said.at(0)[0] == "Add stamp “New one”: done. Undo takes it back."
    store.undo()
    assert store.of_person(Device) == []
    assert page._empty.isVisible()


def test_a_cartridge_is_added_with_the_needles_of_the_one_before(page, store, mine):
    choose(page, mine["pen"])
    Answer(lambda dialog: write(dialog.lot, "C3"))
    page.cartridge_button.click()
    made = max(store.of_person(Cartridge), key=lambda one: one.id)
    assert (made.device_id, made.lot, made.needle_length, made.needle_count) == (mine["pen"].id, "C3", 25, 36)
    assert (made.opened_on, made.expires_on) == (TODAY, None)
    assert page.table.chosen.record == made
    assert store.undo_stack.undoText() == "add cartridge lot C3, opened 30 Jun 2026"


def test_leaving_the_question_changes_nothing(page, store, mine):
    before = store.undo_stack.count()
    choose(page, mine["new"])
    for button in (page.add_button, page.cartridge_button, page.change_button, page.retire_button):
        Answer()
        button.click()
    assert store.undo_stack.count() == before


def test_a_row_is_changed_with_enter(page, store, mine, qtbot):
    choose(page, mine["new"])
    Answer(lambda dialog: write(dialog.lot, "A9"))
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert store.find(Cartridge, mine["new"].id) == replace(mine["new"], lot="A9")
    assert cell(page, mine["new"], "lot") == "A9"
    assert store.undo_stack.undoText() == "change cartridge lot A1, opened 21 Jun 2026"


def test_keeping_what_was_there_writes_nothing(page, store, mine):
    before, said = store.undo_stack.count(), QSignalSpy(page.said)
    choose(page, mine["pen"])
    Answer(lambda dialog: None)
    page.change_button.click()
    assert store.undo_stack.count() == before
    assert said.at(0)[0] == "Nothing was changed."


@pytest.mark.parametrize("names_cartridge", [True, False])
def test_the_kind_of_a_used_device_is_fixed(page, store, mine, names_cartridge):
    session = done_with(store, mine["pen"], mine["new"])
    add(store, session if names_cartridge else replace(session, cartridge_id=None))
    choose(page, mine["pen"])
    enabled = []
    Answer(lambda dialog: enabled.append(dialog.kind.isEnabled()))
    page.change_button.click()
    choose(page, mine["roller"])
    Answer(lambda dialog: enabled.append(dialog.kind.isEnabled()))
    page.change_button.click()
    assert enabled == [False, True]


def test_retiring_and_taking_back_into_use(page, store, mine):
    choose(page, mine["roller"])
    Answer(lambda dialog: write(dialog.day, "2026-06-01"))
    page.retire_button.click()
    assert store.find(Device, mine["roller"].id).retired_on == date(2026, 6, 1)
    assert row_of(page, mine["roller"]) is None
    assert store.undo_stack.undoText() == "retire roller “Blue”"
    page.retired_box.click()
    choose(page, mine["roller"])
    assert page.model.index(row_of(page, mine["roller"]), PLACES["age"]).data(SEVERITY_ROLE) is None
    assert page.retire_button.text() == "Take &back into use"
    assert "Retired on 1 June 2026" in page.panel.text()
    page.retire_button.click()
    assert store.find(Device, mine["roller"].id) == mine["roller"]
    assert page.retire_button.text() == "&Retire…"


def test_what_no_session_names_is_deleted_and_undo_brings_it_back(page, store, mine):
    choose(page, mine["pen"])
    page.delete_button.click()
    assert store.find(Device, mine["pen"].id) is None
    assert store.of_person(Cartridge) == []
    store.undo()
    assert {one.id for one in store.of_person(Cartridge)} == {mine[name].id for name in ("new", "old", "stock")}
    assert row_of(page, mine["pen"]) is not None


@pytest.mark.parametrize("retires", [True, False])
def test_what_a_session_names_is_kept_and_may_be_retired(page, store, mine, boxes, retires):
    add(store, done_with(store, mine["roller"]))
    choose(page, mine["roller"])
    boxes.says_yes = retires
    if retires:
        Answer(lambda dialog: None)
    page.delete_button.click()
    box = boxes.take()
    assert box.text == "Roller “Blue” cannot be deleted: 1 session names it. You may retire it instead."
    assert store.find(Device, mine["roller"].id).retired_on == (TODAY if retires else None)


def test_what_a_session_names_and_is_retired_stays_so(page, store, mine):
    add(store, done_with(store, mine["stamp"]))
    page.retired_box.click()
    choose(page, mine["stamp"])
    said = QSignalSpy(page.said)
    page.delete_button.click()
    assert said.at(0)[0] == "The stamp cannot be deleted: 1 session names it. It is retired already."
    assert store.find(Device, mine["stamp"].id) == mine["stamp"]


def test_a_logbook_for_reading_only_offers_no_change(journal, path, rules, mine, show, qtbot):
    journal.close()
    reading = open_journal(path, rules, read_only=True)
    store = Store(reading, today=lambda: TODAY)
    page = show(store)
    assert page.model.rowCount() == 5
    buttons = (page.add_button, page.cartridge_button, page.change_button, page.retire_button, page.delete_button)
    assert [button.isEnabled() for button in buttons] == [False] * 5
    asked = Unasked()
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    QApplication.processEvents()
    assert asked.dialogs == [None]
    reading.close()
    store.deleteLater()


# Room, keys, names


def test_every_control_has_a_name(page, mine):
    choose(page, mine["new"])
    controls = [one for kind in (QAbstractButton, QComboBox, QTableView) for one in page.findChildren(kind)]
    shown = [one for one in controls if one.isVisible() and one.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert len(shown) > 8
    for one in shown:
        assert QAccessible.queryAccessibleInterface(one).text(QAccessible.Text.Name).strip()


def test_no_two_buttons_share_a_key(page, mine):
    page.retired_box.click()
    for needles in (mine["pen"], mine["roller"], mine["stamp"]):
        choose(page, needles)
        texts = [one.text() for one in page.findChildren(QAbstractButton) if one.isVisible()]
        keys = [text[text.index("&") + 1].lower() for text in texts if "&" in text]
        assert len(keys) == len(set(keys)) == 6


def test_a_screen_reader_is_told_the_whole_name(page, mine):
    index = page.model.index(row_of(page, mine["new"]), 0)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "Cartridge lot A1, opened 21 Jun 2026, of Pen"


@pytest.mark.parametrize(("width", "height"), [(1400, 840), (1024, 600), (700, 420), (560, 420)])
def test_nothing_scrolls_sideways_and_no_title_is_cut_off(page, store, mine, width, height):
    add(store, done_with(store, mine["pen"], mine["new"]))
    page.resize(width, height)
    choose(page, mine["new"])
    QApplication.processEvents()
    for table in (page.table, page.panel.table):
        header = table.horizontalHeader()
        shown = [place for place in range(header.count()) if not header.isSectionHidden(place)]
        assert sum(header.sectionSize(place) for place in shown) <= table.viewport().width()
        for place in shown:
            assert header.sectionSize(place) >= header.sectionSizeHint(place), (width, place)
    assert page.panel._scroll.horizontalScrollBar().maximum() == 0
    kept = {"name", "lot", "uses", "age"}
    assert not any(page.table.isColumnHidden(PLACES[name]) for name in kept)


def test_columns_come_back_with_the_room(page):
    page.resize(600, 420)
    QApplication.processEvents()
    assert page.table.isColumnHidden(PLACES["needles"])
    page.resize(1600, 800)
    QApplication.processEvents()
    assert not any(page.table.isColumnHidden(place) for place in range(len(COLUMNS)))
    assert page.table.columnWidth(PLACES["needles"]) > 40


def test_other_colours_are_taken_in(page, qapp, mine):
    page.retired_box.click()
    choose(page, mine["new"])
    index = page.model.index(row_of(page, mine["stamp"]), 0)
    qapp.setProperty("theme", "dark")
    try:
        light = page.panel.icon.pixmap().toImage()
        page.restyle()
        assert page.panel.icon.pixmap().toImage() != light
        assert index.data(Qt.ItemDataRole.ForegroundRole) == load_theme("dark").colour("muted")
    finally:
        qapp.setProperty("theme", None)


def test_the_window_finds_what_it_asks_of_a_page(page, mine):
    assert set(page.parts()) == {"devices_splitter", "devices_header"}
    assert not page.has_unsaved
    changed = QSignalSpy(page.actions_changed)
    choose(page, mine["roller"])
    assert changed.count() == 1
    page.focus_first()
    assert page.table.hasFocus()


def test_the_file_holds_what_the_page_did(page, store, mine, journal):
    choose(page, mine["new"])
    Answer(lambda dialog: None)
    page.retire_button.click()
    assert [one.retired_on for one in journal.all(Cartridge)] == [TODAY, None, None]
    assert journal.all(Cartridge) == store.of_person(Cartridge)


def test_another_day_is_looked_at_when_the_page_comes_back(page, store, monkeypatch):
    assert cells(page, "expires")[1] == "1 Jan 2027"
    page.hide()
    monkeypatch.setattr(store, "today", lambda: date(2027, 1, 2))
    page.show()
    assert cells(page, "expires")[1] == "1 Jan 2027, expired"
