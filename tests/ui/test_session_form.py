"""The form: a draft in, the same draft out; every field named, reached by Tab and marked in words."""

import datetime as dt
from dataclasses import replace

import pytest
from builders import SAM, TODAY, a_session
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QWheelEvent
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDateEdit,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QToolButton,
    QWidget,
)

from logbook.domain.draft import Draft
from logbook.domain.errors import Problem
from logbook.domain.history import History
from logbook.domain.needle_use import NeedleChoice
from logbook.domain.session import DatedCondition, Reaction, Session, Topical, ZonePass, new_id
from logbook.domain.shedding import SheddingRecord
from logbook.domain.units import Depth
from logbook.domain.vocabulary import (
    Condition,
    DeviceKind,
    Endpoint,
    NeedleState,
    Pressure,
    Product,
    ReactionSign,
    Setting,
    SheddingMethod,
    SkinSign,
    Zone,
)
from logbook.guidance.judge import judge
from logbook.guidance.rule import Case
from logbook.ui.widgets.choices_field import ChoicesField
from logbook.ui.widgets.session_form import SessionForm
from logbook.ui.widgets.topicals_field import TopicalsField
from logbook.ui.widgets.zone_depths import ZoneDepths

FULL = Session(
    new_id(),
    SAM,
    dt.date(2026, 6, 3),
    dt.time(19, 30),
    setting=Setting.SUPERVISED,
    device=DeviceKind.PEN,
    needle_use=2,
    zones=(ZonePass(Zone.CROWN, Depth(50), 3), ZonePass(Zone.HAIRLINE, Depth(25))),
    pressure=Pressure.LIGHT,
    endpoint=Endpoint.ERYTHEMA,
    needle_state=NeedleState.NEW_STERILE,
    needle_shared=False,
    professional_advice=True,
    skin_signs=frozenset(),
    conditions=(DatedCondition(Condition.ISOTRETINOIN, dt.date(2025, 1, 2)),),
    topicals=(Topical(Product.MINOXIDIL, -60), Topical(Product.SERUM)),
    washed_before=True,
    reaction=Reaction(90, frozenset({ReactionSign.LUMPS}), 4),
    notes="two\nlines",
)

BLUE, OLD_ROLLER, PEN = "a" * 32, "b" * 32, "c" * 32
CHOICES = (
    NeedleChoice(BLUE, None, DeviceKind.ROLLER, "Blue · 0.5 mm", 6),
    NeedleChoice(OLD_ROLLER, None, DeviceKind.ROLLER, "Old · 0.25 mm · retired", 31, is_offered=False),
    NeedleChoice(PEN, "1" * 32, DeviceKind.PEN, "Pen · lot A1", 2),
    NeedleChoice(PEN, "2" * 32, DeviceKind.PEN, "Pen · lot A2", 1),
    NeedleChoice(PEN, None, DeviceKind.PEN, "Pen · cartridge not recorded", None),
)
DEVICE_IDS = [BLUE, OLD_ROLLER, PEN, "of another file"]
CARTRIDGE_IDS = ["1" * 32, "2" * 32, "of another file"]


@pytest.fixture
def form(qtbot):
    """A form on the screen, wide enough for every field, that shows a session of which only the date is known."""
    form = SessionForm()
    qtbot.addWidget(form)
    form.resize(460, 1500)
    form.set_draft(Draft.blank(SAM, TODAY))
    form.show()
    form.activateWindow()
    qtbot.waitUntil(form.isActiveWindow)
    return form


def write(editor, text):
    """Type *text* in the place of what is there."""
    editor.selectAll()
    editor.insert(text)
    editor.textEdited.emit(text)


def fields_of(form):
    zones = form.zones
    return {**form._fields, "zones": zones.zones_field, "depth_mm": zones.depth_field, "passes": zones.passes_field}


def marks(form):
    return {name: field.problem_text for name, field in fields_of(form).items() if field.problem_text}


def editors(form):
    """Return everything a person can put the focus on, in no order."""
    kinds = (QAbstractButton, QComboBox, QDateEdit, QLineEdit, QPlainTextEdit)
    return [
        widget
        for widget in form.findChildren(QWidget)
        if isinstance(widget, kinds)
        and widget.isVisibleTo(form)
        and widget.isEnabled()
        and not isinstance(widget.parent(), QDateEdit | QComboBox)
        and not (isinstance(widget, QToolButton) and widget.text().startswith("Use "))
        and widget.window() is form
    ]


# Drafts, as the form can show them

DAYS = st.dates(dt.date(1950, 1, 1), dt.date(2100, 1, 1))
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"], include_characters=" "), max_size=20)
LINES = st.lists(WORDS, max_size=3).map("\n".join)
DEPTHS = st.none() | st.integers(0, 2000).map(Depth)
PASSES = st.none() | st.integers(1, 1000)


def maybe(choices):
    return st.none() | st.sampled_from(choices)


def some(choices):
    return st.none() | st.lists(st.sampled_from(choices), unique=True, max_size=4).map(tuple)


@st.composite
def zone_passes(draw):
    zones = draw(st.lists(st.sampled_from(Zone), unique=True, max_size=4))
    if not zones:
        place = ZonePass(None, draw(DEPTHS), draw(PASSES))
        return (place,) if place != ZonePass(None) else ()
    if draw(st.booleans()):
        place = ZonePass(None, draw(DEPTHS), draw(PASSES))
        return tuple(replace(place, zone=zone) for zone in zones)
    plausible = st.none() | st.integers(5, 500).map(Depth)
    return tuple(ZonePass(zone, draw(plausible), draw(PASSES)) for zone in zones)


@st.composite
def conditions(draw):
    chosen = draw(some(Condition))
    if chosen is None:
        return None
    dated = (Condition.ISOTRETINOIN, Condition.HAIR_TRANSPLANT)
    return tuple(DatedCondition(one, draw(st.none() | DAYS) if one in dated else None) for one in chosen)


@st.composite
def drafts(draw):
    topicals = st.lists(st.builds(Topical, st.sampled_from(Product), st.none() | st.integers(-9000, 9000)), max_size=3)
    session = Session(
        new_id(),
        SAM,
        draw(DAYS),
        draw(st.none() | st.builds(dt.time, st.integers(0, 23), st.integers(0, 59))),
        draw(st.none() | st.just(-210)),
        draw(maybe(Setting)),
        draw(maybe(DeviceKind)),
        draw(maybe(DEVICE_IDS)),
        draw(maybe(CARTRIDGE_IDS)),
        draw(st.none() | st.integers(1, 10_000)),
        draw(zone_passes()),
        draw(maybe(Pressure)),
        draw(maybe(Endpoint)),
        draw(maybe(NeedleState)),
        draw(maybe([True, False])),
        draw(maybe([True, False])),
        draw(some(SkinSign).map(lambda signs: None if signs is None else frozenset(signs))),
        draw(conditions()),
        draw(st.none() | topicals.map(tuple)),
        draw(maybe([True, False])),
        Reaction(
            draw(st.none() | st.integers(-60, 600_000 // 60)),
            draw(some(ReactionSign).map(lambda signs: None if signs is None else frozenset(signs))),
            draw(st.none() | st.integers(0, 10)),
        ),
        draw(LINES),
    )
    line = None
    if draw(st.booleans()):
        line = SheddingRecord(
            new_id(),
            SAM,
            session.date,
            draw(st.sampled_from(SheddingMethod)),
            draw(st.none() | st.integers(0, 100_000)),
            draw(st.booleans()),
            draw(st.none() | st.integers(0, 10)),
            notes=draw(WORDS).strip(),
            session_id=session.id,
        )
        if line.value is None and not line.notes:
            line = None  # no record: there is nothing in it
    return Draft(session, line)


UNREADABLE = st.sampled_from(["soon", "1,2,3", "9e9", "-", "½", "1_000", "0x10", "99:99", " 1.234 ", "∞", "NaN"])
ONE_LINE = ["time", "depth_edit", "passes_edit", "needle_use", "redness", "pain", "count"]


@pytest.fixture(scope="module")
def quiet_form(qapp):
    form = SessionForm()
    form.set_devices(CHOICES)
    yield form
    form.deleteLater()


@given(draft=drafts())
@example(draft=Draft(FULL))
@example(draft=Draft.blank(SAM, TODAY))
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_shown_reads_as_the_same_draft(draft, quiet_form):
    quiet_form.set_draft(draft)
    assert quiet_form.draft() == draft
    quiet_form.set_draft(quiet_form.draft())
    assert quiet_form.draft() == draft


@given(draft=drafts(), texts=st.dictionaries(st.sampled_from(ONE_LINE), UNREADABLE, min_size=1))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_cannot_be_read_is_shown_again_as_it_was_typed(draft, texts, quiet_form):
    quiet_form.set_draft(draft)
    lines = {name: getattr(quiet_form.zones if name.endswith("_edit") else quiet_form, name) for name in texts}
    lines = {name: line for name, line in lines.items() if line.isEnabled()}
    for name, line in lines.items():
        line.setText(texts[name])
    typed = quiet_form.draft()
    quiet_form.set_draft(Draft.blank(SAM, TODAY))
    quiet_form.set_draft(typed)
    assert quiet_form.draft() == typed
    shown = {problem.text for problem in typed.unreadable}
    assert all(lines[name].text() == texts[name] for name in lines if texts[name] in shown)


def test_each_zones_own_unreadable_depth_is_shown_again(form):
    form.set_draft(Draft(FULL))
    form.zones._lines[Zone.CROWN][1].setText("deep")
    form.zones._lines[Zone.HAIRLINE][1].setText("15")
    typed = form.draft()
    assert [p.field for p in typed.unreadable] == ["depth_mm:crown", "depth_mm:hairline"]
    form.set_draft(Draft.blank(SAM, TODAY))
    form.set_draft(typed)
    assert form.draft() == typed
    assert form.zones._lines[Zone.CROWN][1].text() == "deep"


@pytest.mark.parametrize("product", [None, Product.ACID])
def test_a_products_unreadable_hours_are_shown_again(form, product):
    form.set_draft(Draft(replace(FULL, topicals=(Topical(Product.MINOXIDIL),))))
    row = form.topicals._rows[0]
    row._product.set_value(product)
    row._hours.setText("an hour")
    typed = form.draft()
    assert [p.field.partition(":")[0] for p in typed.unreadable] == ["topicals"]
    form.set_draft(Draft.blank(SAM, TODAY))
    form.set_draft(typed)
    assert form.draft() == typed
    assert form.topicals._rows[0]._hours.text() == "an hour"


def test_seconds_of_a_session_from_elsewhere_stay(form):
    draft = Draft(replace(FULL, time=dt.time(23, 59, 58)))
    form.set_draft(draft)
    assert form.draft() == draft


def test_an_implausible_depth_is_shown_again_as_it_was_typed(form):
    write(form.zones.depth_edit, "-1.99")
    typed = form.draft()
    form.set_draft(typed)
    assert form.draft() == typed
    assert form.zones.depth_edit.text() == "-1.99"


def test_a_no_break_space_in_the_notes_stays(form):
    draft = Draft(replace(FULL, notes="0.5\u00a0mm"))
    form.set_draft(draft)
    assert form.draft() == draft


@pytest.mark.parametrize("text", ["19:30Z", "19:30+02:00", "1_9:30"])
def test_a_time_is_hours_and_minutes_and_nothing_else(form, text):
    write(form.time, text)
    assert [problem.field for problem in form.draft().unreadable] == ["time"]


@pytest.mark.parametrize(("text", "expected"), [("19:30", dt.time(19, 30)), (" 7.05 ", dt.time(7, 5))])
def test_a_time_is_read(form, text, expected):
    write(form.time, text)
    assert form.draft().session.time == expected


def test_what_is_chosen_is_a_word_of_the_vocabulary_and_not_its_text(form):
    # Qt's item data makes a plain str of a StrEnum, which is judged as another setting and cannot be stored.
    form.set_draft(Draft(FULL, SheddingRecord(new_id(), SAM, FULL.date, SheddingMethod.COMB_60S, 3)))
    read = form.draft()
    session = read.session
    for value, kind in (
        (session.setting, Setting),
        (session.device, DeviceKind),
        (session.needle_state, NeedleState),
        (session.endpoint, Endpoint),
        (session.pressure, Pressure),
        (session.zones[0].zone, Zone),
        (session.conditions[0].condition, Condition),
        (session.topicals[0].product, Product),
        (next(iter(session.reaction.signs)), ReactionSign),
        (read.shedding.method, SheddingMethod),
    ):
        assert type(value) is kind


def test_what_the_form_reads_is_judged_as_what_was_shown(form, rules):
    form.set_draft(Draft(FULL))
    of_form = judge(rules, Case(form.draft().session, History()))
    of_record = judge(rules, Case(FULL, History()))
    assert of_form == of_record


# Numbers and marks


@pytest.mark.parametrize("text", ["1,5", "1.5", " 1.50 ", "1,5 mm"])
def test_a_comma_is_a_point(form, text):
    form.set_draft(Draft(a_session()))
    write(form.zones.depth_edit, text)
    assert form.draft().session.deepest == 150


@pytest.mark.parametrize(
    ("editor", "text", "field", "words"),
    [
        ("time", "25:00", "time", "not a time such as 19:30"),
        ("needle_use", "0", "needle_use", "from 1 to 10000"),
        ("needle_use", "1.5", "needle_use", "not a whole number"),
        ("redness", "long", "redness_hours", "not a number for the hours of redness"),
        ("redness", "-1", "redness_hours", "out of range"),
        ("pain", "11", "pain", "from 0 to 10"),
        ("count", "-3", "shedding_value", "is not a count"),
        ("count", "1,000", "shedding_value", "is not a count"),
        ("count", "7", "shedding_value", "goes from 0 to 3"),
    ],
)
def test_a_wrong_number_is_told_at_its_field(form, editor, text, field, words):
    write(getattr(form, editor), text)
    form.show_problems(form.draft().problems(TODAY))
    assert list(marks(form)) == [field]
    assert words in marks(form)[field]
    assert words in fields_of(form)[field].editor.accessibleDescription()
    write(getattr(form, editor), "")
    form.show_problems(form.draft().problems(TODAY))
    assert marks(form) == {}
    assert fields_of(form)[field].editor.accessibleDescription() == ""


@pytest.mark.parametrize("text", ["15", "15,0", "0,025", "0.02"])
def test_an_implausible_depth_is_marked(form, text):
    form.set_draft(Draft(a_session()))
    write(form.zones.depth_edit, text)
    form.show_problems(form.draft().problems(TODAY))
    assert list(marks(form)) == ["depth_mm"]


def test_fifteen_asks_for_one_and_a_half_and_takes_it_with_a_click(form, qtbot):
    form.set_draft(Draft(a_session()))
    write(form.zones.depth_edit, "15")
    form.show_problems(form.draft().problems(TODAY))
    assert "Did you mean 1.5?" in marks(form)["depth_mm"]
    offer = form.zones.depth_field._offer
    assert offer.text() == "Use 1.5"
    with qtbot.waitSignal(form.draft_changed) as told:
        qtbot.mouseClick(offer, Qt.MouseButton.LeftButton)
    assert told.args[0].session.deepest == 150
    assert form.zones.depth_edit.text() == "1.5"


def test_the_offer_of_a_zones_own_depth_goes_to_that_zone(form, qtbot):
    form.set_draft(Draft(FULL))
    write(form.zones._lines[Zone.HAIRLINE][1], "25")
    form.show_problems(form.draft().problems(TODAY))
    assert "Hairline" in marks(form)["depth_mm"]
    qtbot.mouseClick(form.zones.depth_field._offer, Qt.MouseButton.LeftButton)
    assert [(place.zone, place.depth) for place in form.draft().session.zones] == [
        (Zone.CROWN, 50),
        (Zone.HAIRLINE, 250),
    ]


def test_many_edits_at_once_are_told_once(form, qtbot):
    told = QSignalSpy(form.draft_changed)
    qtbot.keyClicks(form.zones.depth_edit, "0.25")
    qtbot.waitUntil(lambda: told.count() > 0)
    qtbot.wait(60)
    assert told.count() <= 2
    assert told.at(told.count() - 1)[0].session.deepest == 25


def test_showing_a_draft_says_nothing(form, qtbot):
    told = QSignalSpy(form.draft_changed)
    form.set_draft(Draft(FULL))
    form.set_draft(Draft.blank(SAM, TODAY))
    qtbot.wait(60)
    assert told.count() == 0


@pytest.mark.parametrize("name", ["date", "setting", "device", "washed", "method", "skin", "conditions", "signs"])
def test_every_choice_is_told(form, qtbot, name):
    editor = getattr(form, name)
    with qtbot.waitSignal(form.draft_changed):
        if isinstance(editor, QDateEdit):
            qtbot.keyClick(editor, Qt.Key.Key_Down)
        elif isinstance(editor, ChoicesField):
            qtbot.keyClick(editor, Qt.Key.Key_Space)
            qtbot.keyClick(editor._popup, Qt.Key.Key_Down)
            qtbot.keyClick(editor._popup, Qt.Key.Key_Space)
            qtbot.keyClick(editor._popup, Qt.Key.Key_Escape)
        elif name == "method":
            qtbot.keyClick(editor, Qt.Key.Key_Up)
        else:
            qtbot.keyClick(editor, Qt.Key.Key_Down)


def test_a_date_of_a_condition_is_asked_for_with_the_condition(form):
    field = form._fields["isotretinoin_on"]
    assert not field.isVisibleTo(form)
    form.set_draft(Draft(FULL))
    assert field.isVisibleTo(form)
    write(form.dated[Condition.ISOTRETINOIN], "03/04/2025")
    form.show_problems(form.draft().problems(TODAY))
    assert "not a date such as 2026-03-01" in marks(form)["isotretinoin_on"]


# Which needles


def pick(box, words):
    """Choose as a person does, of the words that are shown."""
    box.setCurrentIndex(shown_words(box).index(words))


def shown_words(box):
    return [box.itemText(row) for row in range(box.count())]


@pytest.fixture
def with_devices(form):
    form.set_devices(CHOICES)
    form.set_draft(Draft(a_session(device=None, needle_use=None)))
    return form


def test_which_one_is_asked_only_where_there_is_one_of_the_kind(with_devices):
    form, field = with_devices, with_devices._fields["device_id"]
    assert not field.isVisibleTo(form)
    pick(form.device, "Roller")
    assert field.isVisibleTo(form)
    assert shown_words(form.needles) == ["Not recorded", "Blue · 0.5 mm"]
    pick(form.device, "Pen")
    assert shown_words(form.needles) == ["Not recorded", "Pen · lot A1", "Pen · lot A2", "Pen · cartridge not recorded"]
    pick(form.device, "Stamp")
    assert not field.isVisibleTo(form)


def test_choosing_needles_names_them_and_proposes_their_next_use(with_devices, qtbot):
    form = with_devices
    pick(form.device, "Pen")
    with qtbot.waitSignal(form.draft_changed) as told:
        pick(form.needles, "Pen · lot A1")
    session = told.args[0].session
    assert (session.device_id, session.cartridge_id, session.needle_use) == (PEN, "1" * 32, 2)
    pick(form.needles, "Pen · lot A2")
    assert form.needle_use.text() == "1"
    pick(form.needles, "Pen · cartridge not recorded")
    assert form.needle_use.text() == ""


def test_a_number_that_was_typed_is_not_overwritten(with_devices):
    form = with_devices
    pick(form.device, "Pen")
    pick(form.needles, "Pen · lot A1")
    write(form.needle_use, "4")
    pick(form.needles, "Pen · lot A2")
    assert form.needle_use.text() == "4"
    write(form.needle_use, "")
    pick(form.needles, "Pen · lot A1")
    assert form.needle_use.text() == "2"


def test_a_typed_number_stays_also_where_it_is_the_one_proposed_and_the_choices_come_anew(with_devices):
    form = with_devices
    pick(form.device, "Pen")
    write(form.needle_use, "2")
    pick(form.needles, "Pen · lot A1")
    form.set_devices(CHOICES)
    pick(form.needles, "Pen · lot A2")
    assert form.needle_use.text() == "2"


@pytest.mark.parametrize("text", ["soon", "7"])
def test_the_number_of_a_saved_session_stays_as_it_was_written(form, text):
    form.set_devices(CHOICES)
    form.set_draft(Draft(replace(FULL, device_id=PEN, cartridge_id="1" * 32, needle_use=7)))
    write(form.needle_use, text)
    form.set_draft(form.draft())
    pick(form.needles, "Pen · lot A2")
    assert form.needle_use.text() == text


def test_a_number_that_was_proposed_gives_way_to_that_of_other_needles(form):
    form.set_devices(CHOICES)
    proposed = Draft(replace(FULL, device_id=PEN, needle_use=None)).with_needles(CHOICES)
    form.set_draft(proposed)
    assert form.needle_use.text() == "2"
    pick(form.needles, "Pen · lot A2")
    assert form.needle_use.text() == "1"
    pick(form.needles, "Pen · lot A1")
    assert form.draft() == proposed


def test_another_kind_of_device_lets_go_of_the_needles_and_coming_back_takes_them_up(form):
    form.set_devices(CHOICES)
    draft = Draft(replace(FULL, device=DeviceKind.ROLLER, device_id=BLUE, cartridge_id=None, needle_use=6))
    form.set_draft(draft)
    pick(form.device, "Stamp")
    session = form.draft().session
    assert (session.device_id, session.cartridge_id, session.needle_use) == (None, None, None)
    pick(form.device, "Roller")
    assert form.draft() == draft


def test_a_retired_roller_is_shown_where_a_session_names_it_and_nowhere_else(form):
    form.set_devices(CHOICES)
    form.set_draft(Draft(replace(FULL, device=DeviceKind.ROLLER, device_id=OLD_ROLLER)))
    assert form.needles.currentText() == "Old · 0.25 mm · retired"
    form.set_draft(Draft(replace(FULL, device=DeviceKind.ROLLER, device_id=BLUE)))
    assert "Old · 0.25 mm · retired" not in shown_words(form.needles)


@pytest.mark.parametrize("choices", [(), CHOICES])
def test_needles_that_nobody_knows_stay_named(form, choices):
    form.set_devices(choices)
    draft = Draft(replace(FULL, device_id="of another file", cartridge_id="of another file"))
    form.set_draft(draft)
    assert form.needles.currentText() == "One that is not listed here"
    assert form._fields["device_id"].isVisibleTo(form)
    assert form.draft() == draft


def test_new_choices_change_nothing_of_what_is_written_and_say_nothing(form, qtbot):
    form.set_devices(CHOICES)
    draft = Draft(replace(FULL, device_id=PEN, cartridge_id="1" * 32, needle_use=2))
    form.set_draft(draft)
    told = QSignalSpy(form.draft_changed)
    worn = [replace(one, next_use=9, words=f"{one.words} again") for one in CHOICES]
    form.set_devices(worn)
    assert form.needles.currentText() == "Pen · lot A1 again"
    form.set_devices(())
    assert form.draft() == draft
    qtbot.wait(60)
    assert told.count() == 0


# Names, wheel, Tab


def test_every_editor_has_a_name_and_every_label_its_editor(form):
    form.set_devices(CHOICES)
    form.set_draft(Draft(FULL))
    found = editors(form)
    assert len(found) > 30
    nameless = []
    for editor in found:
        spoken = QAccessible.queryAccessibleInterface(editor).text(QAccessible.Text.Name)
        if not spoken.strip():
            nameless.append(editor)
    assert nameless == []
    for field in fields_of(form).values():
        assert field._label.buddy() is field.first
    for label, depth, _ in form.zones._lines.values():
        assert label.buddy() is depth


def test_no_two_labels_share_a_key(form):
    labels = [label.text() for label in form.findChildren(QLabel) if label.buddy()]
    labels.append(form.zones.each.text())
    keys = [text[text.index("&") + 1].lower() for text in labels if "&" in text]
    twice = {key for key in keys if keys.count(key) > 1}
    assert twice == set()


def turn_wheel(widget):
    middle = widget.rect().center()
    event = QWheelEvent(
        QPointF(middle),
        QPointF(widget.mapToGlobal(middle)),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    widget.setFocus()
    QApplication.sendEvent(widget, event)


def test_the_wheel_over_a_closed_list_changes_nothing(form):
    form.set_draft(Draft(FULL))
    before = form.draft()
    boxes = [box for box in form.findChildren(QComboBox) if box.isVisibleTo(form)]
    assert len(boxes) > 8
    for box in boxes:
        turn_wheel(box)
        assert form.draft() == before, box.accessibleName()


def test_the_wheel_over_the_date_changes_nothing(form):
    form.set_draft(Draft(FULL))
    before = form.draft()
    turn_wheel(form.date)
    assert form.draft() == before


def place(form, widget):
    corner = widget.mapTo(form, QPoint(0, 0))
    return corner.y(), corner.x()


def walk(form, qtbot):
    """Return the widgets that Tab comes by, from the first to the last of the form."""
    form.date.setFocus()
    seen = []
    while (now := QApplication.focusWidget()) is not None and form.isAncestorOf(now) and now not in seen[:-1]:
        if now not in seen:  # Tab goes through day, month and year of the date first
            seen.append(now)
        qtbot.keyClick(now, Qt.Key.Key_Tab)
    return seen


@pytest.mark.parametrize("draft", [Draft.blank(SAM, TODAY), Draft(FULL)], ids=["empty", "every field"])
def test_tab_goes_as_the_eye_does(form, qtbot, draft):
    form.set_draft(draft)
    qtbot.wait(1)
    tabbed = walk(form, qtbot)
    missed = [e for e in editors(form) if e not in tabbed and e.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert missed == []
    rows = [(round(y / 12), x) for y, x in (place(form, widget) for widget in tabbed)]
    names = [widget.accessibleName() or widget.text() for widget in tabbed]
    in_order = [name for _, name in sorted(zip(rows, names, strict=True), key=lambda pair: pair[0])]
    assert names == in_order


# Choices


@pytest.fixture
def choices(qtbot):
    field = ChoicesField(list(SkinSign), "Looked: nothing to see")
    qtbot.addWidget(field)
    field.show()
    field.activateWindow()
    qtbot.waitUntil(field.isActiveWindow)
    field.setFocus()
    return field


def test_choices_are_made_by_keyboard_alone(choices, qtbot):
    assert (choices.value(), choices.text()) == (None, "Not recorded")
    edits = QSignalSpy(choices.edited)
    qtbot.keyClick(choices, Qt.Key.Key_Space)
    popup = choices._popup
    assert popup.isVisible()
    qtbot.keyClick(popup, Qt.Key.Key_Down)
    qtbot.keyClick(popup, Qt.Key.Key_Space)
    assert choices.value() == (SkinSign.INFECTION,)
    qtbot.keyClick(popup, Qt.Key.Key_Down)
    qtbot.keyClick(popup, Qt.Key.Key_Space)
    assert choices.value() == (SkinSign.INFECTION, SkinSign.PUSTULES)
    assert choices.accessibleDescription() == "Infection, pustules"
    qtbot.keyClick(popup, Qt.Key.Key_Space)
    assert choices.value() == (SkinSign.INFECTION,)
    qtbot.keyClick(popup, Qt.Key.Key_Escape)
    assert not popup.isVisible()
    assert edits.count() == 3


@pytest.mark.parametrize("key", [Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Space])
def test_the_list_opens_and_closes_by_key(choices, qtbot, key):
    qtbot.keyClick(choices, key)
    assert choices._popup.isVisible()
    qtbot.keyClick(choices._popup, Qt.Key.Key_Return)
    assert not choices._popup.isVisible()
    assert choices.value() is None


def test_none_excludes_the_others_and_is_not_the_same_as_not_recorded(choices, qtbot):
    choices.set_value([SkinSign.SUNBURN])
    qtbot.keyClick(choices, Qt.Key.Key_Space)
    qtbot.keyClick(choices._popup, Qt.Key.Key_Home)
    qtbot.keyClick(choices._popup, Qt.Key.Key_Space)
    assert choices.value() == ()
    assert choices.text() == "Looked: nothing to see"
    qtbot.keyClick(choices._popup, Qt.Key.Key_Down)
    qtbot.keyClick(choices._popup, Qt.Key.Key_Space)
    assert choices.value() == (SkinSign.INFECTION,)
    qtbot.keyClick(choices._popup, Qt.Key.Key_Space)
    assert choices.value() is None
    assert choices.text() == "Not recorded"
    qtbot.keyClick(choices._popup, Qt.Key.Key_Escape)


def test_a_click_on_the_words_counts_as_one_on_the_box(choices, qtbot):
    qtbot.mouseClick(choices, Qt.MouseButton.LeftButton)
    popup = choices._popup
    rect = popup.visualItemRect(popup.item(2))
    for x, expected in ((rect.right() - 5, (SkinSign.PUSTULES,)), (rect.left() + 12, None)):
        qtbot.mouseClick(popup.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(x, rect.center().y()))
        assert choices.value() == expected
    popup.close()


# Products


@pytest.fixture
def topicals(qtbot):
    field = TopicalsField()
    qtbot.addWidget(field)
    field.show()
    field.set_value(None)
    return field


def test_products_are_not_recorded_none_or_some(topicals, qtbot):
    assert topicals.read() == (None, [])
    qtbot.keyClick(topicals._whether, Qt.Key.Key_Down)
    assert topicals.read() == ((), [])
    qtbot.keyClick(topicals._whether, Qt.Key.Key_Down)
    assert topicals.read() == (None, [])  # used, but not which
    assert len(topicals._rows) == 1


def test_lines_of_products_are_added_read_and_removed(topicals, qtbot):
    topicals.set_value([Topical(Product.MINOXIDIL, 720)])
    qtbot.mouseClick(topicals._add_button, Qt.MouseButton.LeftButton)
    row = topicals._rows[1]
    row._product.set_value(Product.ACID)
    write(row._hours, "0,5")
    row._side.set_value(-1)
    assert topicals.read() == ((Topical(Product.MINOXIDIL, 720), Topical(Product.ACID, -30)), [])
    edits = QSignalSpy(topicals.edited)
    row.removed.emit(row)
    topicals._rows[0].removed.emit(topicals._rows[0])
    assert topicals.read() == (None, [])
    assert edits.count() >= 2


@pytest.mark.parametrize(
    ("product", "hours", "words"),
    [
        (Product.ACID, "-2", "without a sign"),
        (Product.ACID, "noon", "not a number for the hours"),
        (None, "2", "Choose the product"),
    ],
)
def test_wrong_hours_of_a_product_are_told(topicals, product, hours, words):
    topicals.set_value([Topical(Product.MINOXIDIL)])
    topicals._rows[0]._product.set_value(product)
    write(topicals._rows[0]._hours, hours)
    _, problems = topicals.read()
    assert [(p.field.partition(":")[0], p.text) for p in problems] == [("topicals", hours)]
    assert words in problems[0].message


# Depths by zone


@pytest.fixture
def zones(qtbot):
    field = ZoneDepths()
    qtbot.addWidget(field)
    field.show()
    return field


def test_one_depth_serves_all_zones(zones):
    zones.set_value((ZonePass(Zone.CROWN), ZonePass(Zone.FRONTAL)))
    write(zones.depth_edit, "0,5")
    write(zones.passes_edit, "4")
    assert zones.read() == ((ZonePass(Zone.CROWN, Depth(50), 4), ZonePass(Zone.FRONTAL, Depth(50), 4)), [])


def test_each_zone_begins_with_the_common_depth(zones, qtbot):
    zones.set_value((ZonePass(Zone.CROWN, Depth(50)), ZonePass(Zone.FRONTAL, Depth(50))))
    zones.each.click()
    assert not zones.depth_edit.isEnabled()
    write(zones._lines[Zone.FRONTAL][1], "1")
    assert zones.read() == ((ZonePass(Zone.CROWN, Depth(50)), ZonePass(Zone.FRONTAL, Depth(100))), [])


def test_a_depth_without_a_zone_is_kept(zones):
    write(zones.depth_edit, "0.3")
    assert zones.read() == ((ZonePass(None, Depth(30)),), [])


def test_one_zone_needs_no_line_of_its_own(zones):
    zones.set_value((ZonePass(Zone.CROWN),))
    assert not zones.each.isVisible()


def test_a_zone_that_is_added_does_not_bring_the_depth_of_another_session(zones):
    zones.set_value((ZonePass(Zone.CROWN, Depth(150)), ZonePass(Zone.FRONTAL, Depth(50))))
    zones.set_value((ZonePass(Zone.HAIRLINE, Depth(25)), ZonePass(Zone.FRONTAL, Depth(30))))
    (crown,) = zones.zones._popup.findItems("Crown", Qt.MatchFlag.MatchExactly)
    crown.setCheckState(Qt.CheckState.Checked)
    places, problems = zones.read()
    assert problems == []
    assert {place.zone: place.depth for place in places}[Zone.CROWN] is None


def test_a_problem_in_words_can_be_asked_into_view(form, qtbot):
    form.resize(460, 300)
    form.focus_problem(Problem("pain", "wrong"))
    qtbot.waitUntil(lambda: QApplication.focusWidget() is form.pain)
    assert not form.pain.visibleRegion().isEmpty()
    form.focus_problem(Problem("topicals:0", "wrong"))
    assert form.topicals.first.hasFocus()
    form.focus_problem(Problem("depth_mm:crown", "wrong"))
    qtbot.waitUntil(lambda: QApplication.focusWidget() is form.zones.depth_edit)


def test_a_condition_undated_by_nature_takes_no_date(form):
    form.set_draft(Draft(replace(FULL, conditions=(DatedCondition(Condition.PREGNANCY),))))
    assert not form._fields["isotretinoin_on"].isVisibleTo(form)
    assert form.draft().session.conditions == (DatedCondition(Condition.PREGNANCY),)
