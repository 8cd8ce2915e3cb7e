"""How worn needles are by the published rules, what a session may name, and what changing devices changes."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from builders import SAM, TODAY, a_session

from logbook.domain.device import Cartridge, Device
from logbook.domain.edit import Replacement
from logbook.domain.history import History
from logbook.domain.needle_use import NeedleUses
from logbook.domain.person import AgreedLimit
from logbook.domain.session import ZonePass, new_id
from logbook.domain.units import Depth
from logbook.domain.vocabulary import DeviceKind, Severity, Zone
from logbook.guidance.agreed import AgreedLimits
from logbook.guidance.judge import judge
from logbook.guidance.loader import load_rules
from logbook.guidance.rule import Case
from logbook.services.devices import (
    AgreedMaximum,
    Guidance,
    adding,
    changing,
    deleting,
    inventory,
    lot_sessions,
    needle_choices,
    retiring,
    taking_back,
    why_kept,
)

ROLLER = Device(new_id(), DeviceKind.ROLLER, "Blue", SAM)
STAMP = Device(new_id(), DeviceKind.STAMP)
PEN = Device(new_id(), DeviceKind.PEN, "Pen", SAM)
OTHER = Device(new_id(), DeviceKind.OTHER, "Comb", SAM)
OLD = Cartridge(new_id(), PEN.id, "A1", opened_on=TODAY - timedelta(days=30))
NEW = Cartridge(new_id(), PEN.id, "a1 ", opened_on=TODAY - timedelta(days=2))
STOCK = Cartridge(new_id(), PEN.id, "B2")


@pytest.fixture(scope="module")
def rules():
    return load_rules()


@pytest.fixture
def stock(rules):
    """Return what is known of some needles after some sessions."""

    def of(devices, cartridges=(), sessions=(), limits=()):
        guidance = Guidance(rules, AgreedLimits(rules, limits), TODAY)
        return inventory(devices, cartridges, NeedleUses(sessions), guidance)

    return of


def done_with(needles, days_ago=1, depth=25, **but):
    on = TODAY - timedelta(days=days_ago)
    if isinstance(needles, Cartridge):
        return a_session(on, depth, device=DeviceKind.PEN, device_id=PEN.id, cartridge_id=needles.id, **but)
    return a_session(on, depth, device=needles.kind, device_id=needles.id, **but)


def times(count, needles, **but):
    return [done_with(needles, back + 1, **but) for back in range(count)]


# Age


@pytest.mark.parametrize("length", [25, 50, 51, 150])
@pytest.mark.parametrize("device", [ROLLER, STAMP, PEN])
@pytest.mark.parametrize("count", [0, 1, 9, 10, 14, 15, 16])
def test_the_age_is_what_the_rules_say_of_the_next_session(stock, rules, device, length, count):
    device = replace(device, needle_length=Depth(length))
    head = [replace(NEW, needle_length=Depth(length))] if device.kind is DeviceKind.PEN else []
    sessions = times(count, head[0] if head else device)
    needles = stock([device], head, sessions)[-1]
    following = a_session(
        TODAY, length, Zone.CROWN, device=device.kind, device_id=device.id, needle_use=needles.use.next_use
    )
    said = {
        finding.rule.id: finding.severity
        for finding in judge(rules, Case(following, History())).findings
        if finding.rule.id in ("H02", "H03")
    }
    assert needles.age is not None
    assert needles.age.severity == said.get(needles.age.rule.id, Severity.CLEAN)
    assert needles.age.next_use == count + 1
    assert (needles.age.finding is None) == (needles.age.severity is Severity.CLEAN)


@pytest.mark.parametrize(
    ("device", "length", "maximum", "rule"),
    [(ROLLER, 50, 10, "H03"), (ROLLER, 51, 1, "H03"), (STAMP, 50, 10, "H03"), (STAMP, 150, 1, "H03")],
)
def test_the_recommended_maximum_is_the_last_use_of_which_nothing_is_said(stock, device, length, maximum, rule):
    (needles,) = stock([replace(device, needle_length=Depth(length))])
    assert (needles.age.maximum, needles.age.rule.id) == (maximum, rule)
    assert needles.age.rule.sources


def test_a_cartridge_is_for_one_use_at_any_depth(stock):
    _, head = stock([PEN], [NEW])
    assert (head.age.rule.id, head.age.maximum, head.age.severity) == ("H02", 1, Severity.CLEAN)
    _, used = stock([PEN], [NEW], times(1, NEW, depth=None))
    assert (used.age.maximum, used.age.severity) == (1, Severity.WARNING)


def test_needles_without_a_length_are_judged_at_the_depth_of_their_last_session(stock):
    sessions = [done_with(ROLLER, 9, depth=150), done_with(ROLLER, 2, depth=25)]
    (needles,) = stock([ROLLER], (), sessions)
    assert (needles.age.depth, needles.age.is_length, needles.age.severity) == (25, False, Severity.CLEAN)
    (needles,) = stock([ROLLER], (), [done_with(ROLLER, 1, depth=150), *sessions])
    assert (needles.age.depth, needles.age.severity, needles.age.maximum) == (150, Severity.CAUTION, 1)


def test_the_length_of_a_cartridge_goes_before_that_of_its_device(stock):
    roller = replace(ROLLER, needle_length=Depth(25))
    drum = Cartridge(new_id(), ROLLER.id, needle_length=Depth(150))
    _, needles = stock([roller], [drum])
    assert (needles.age.depth, needles.age.is_length, needles.length) == (150, True, 150)
    _, needles = stock([roller], [replace(drum, needle_length=None)])
    assert (needles.age.depth, needles.length) == (25, 25)


def a_limit(line, value, agreed_on=TODAY, **but):
    return AgreedLimit(new_id(), SAM, "H03", line, value, "Dr Example", agreed_on, **but)


@pytest.mark.parametrize("length", [25, 150])
@pytest.mark.parametrize("count", [0, 1, 5, 10, 11, 12, 15])
@pytest.mark.parametrize("limits", [[("shallow", 5)], [("shallow", 12)], [("deep", 3)], [("deep", 3), ("shallow", 12)]])
def test_the_age_agrees_with_the_session_where_a_limit_was_agreed(stock, rules, length, count, limits):
    agreed = [a_limit(*one) for one in limits]
    roller = replace(ROLLER, needle_length=Depth(length))
    (needles,) = stock([roller], (), times(count, roller), agreed)
    following = a_session(TODAY, length, device_id=roller.id, needle_use=count + 1)
    found = judge(rules, Case(following, History()), AgreedLimits(rules, agreed)).findings
    said = next((one for one in found if one.rule.id == "H03"), None)
    assert needles.age.severity == (said.severity if said else Severity.CLEAN)
    assert (needles.age.finding and needles.age.finding.message) == (said and said.message)


def test_what_was_agreed_stands_beside_the_published_maximum(stock):
    short, long = (replace(ROLLER, id=new_id(), needle_length=Depth(length)) for length in (25, 150))
    limit = a_limit("shallow", 12)
    by_id = {one.device.id: one.age for one in stock([short, long], limits=[limit, a_limit("deep", 1)])}
    assert (by_id[short.id].maximum, by_id[short.id].agreed) == (10, AgreedMaximum((limit,), 12))
    assert (by_id[long.id].maximum, by_id[long.id].agreed) == (1, None)


def test_what_was_agreed_for_another_day_does_not_count(stock):
    roller = replace(ROLLER, needle_length=Depth(25))
    ended = a_limit("shallow", 12, TODAY - timedelta(days=9), until=TODAY - timedelta(days=1))
    for limit in (ended, a_limit("shallow", 12, TODAY + timedelta(days=1))):
        (needles,) = stock([roller], (), times(10, roller), [limit])
        assert (needles.age.severity, needles.age.agreed) == (Severity.INFO, None)
    (needles,) = stock([roller], (), times(10, roller), [ended])
    assert "has expired and no longer counts" in needles.age.finding.message


def test_an_agreement_makes_no_unknown_depth_clean(stock):
    (needles,) = stock([ROLLER], (), (), [a_limit("shallow", 12), a_limit("deep", 12)])
    assert (needles.age.severity, needles.age.maximum, needles.age.agreed) == (None, None, None)


def test_where_no_depth_is_known_nothing_is_called_clean(stock):
    (needles,) = stock([ROLLER])
    assert (needles.age.severity, needles.age.maximum) == (None, None)
    partly = a_session(zone=Zone.CROWN, depth=25, device_id=ROLLER.id)
    partly = replace(partly, zones=(*partly.zones, ZonePass(Zone.HAIRLINE, None)))
    (needles,) = stock([ROLLER], (), [partly])
    assert (needles.age.severity, needles.age.depth) == (None, None)
    (needles,) = stock([ROLLER], (), times(15, ROLLER, depth=None))
    assert needles.age.severity is Severity.CAUTION


def test_no_rule_speaks_of_another_device_and_no_age_is_made_up(stock):
    (needles,) = stock([OTHER], (), times(40, OTHER))
    assert needles.age is None
    assert needles.use.count == 40


def test_a_pen_and_a_roller_with_drums_have_the_age_of_their_parts_only(stock):
    drum = Cartridge(new_id(), ROLLER.id, needle_length=Depth(25))
    whole, part = stock([ROLLER], [drum], times(12, ROLLER))
    assert (whole.age, whole.is_counted, whole.use.count) == (None, False, 12)
    assert (part.age.next_use, part.is_counted) == (1, True)
    (pen,) = stock([PEN], (), times(5, PEN))
    assert (pen.age, pen.is_counted, pen.use.count) == (None, False, 5)


def test_an_expiry_that_passed_is_no_finding(stock):
    _, needles = stock([PEN], [replace(NEW, expires_on=date(2020, 1, 1))])
    assert needles.age.severity is Severity.CLEAN


# The order and the choices


def test_choices_need_no_rules(stock):
    sessions = [done_with(OLD, 20), done_with(ROLLER, 10)]
    bare = inventory([STAMP, ROLLER, PEN], [STOCK, OLD, NEW], NeedleUses(sessions))
    assert {one.age for one in bare} == {None}
    assert needle_choices(bare, SAM) == needle_choices(stock([STAMP, ROLLER, PEN], [STOCK, OLD, NEW], sessions), SAM)


def test_what_was_used_last_comes_first_each_device_with_its_parts(stock):
    sessions = [done_with(OLD, 20), done_with(ROLLER, 10)]
    found = stock([STAMP, ROLLER, PEN], [STOCK, OLD, NEW], sessions)
    assert [one.record for one in found] == [PEN, NEW, OLD, STOCK, ROLLER, STAMP]


def test_a_session_may_name_what_is_in_hand_first_and_stock_last(stock):
    choices = needle_choices(stock([ROLLER, PEN], [STOCK, OLD, NEW], [done_with(OLD, 1), done_with(ROLLER, 9)]), SAM)
    assert [(one.device_id, one.cartridge_id, one.next_use) for one in choices] == [
        (PEN.id, OLD.id, 2),
        (PEN.id, NEW.id, 1),
        (PEN.id, None, None),
        (PEN.id, STOCK.id, 1),
        (ROLLER.id, None, 2),
    ]
    assert {one.kind for one in choices if one.device_id == PEN.id} == {DeviceKind.PEN}


def test_a_pen_without_cartridges_cannot_count_a_use(stock):
    (choice,) = needle_choices(stock([PEN], (), times(3, PEN, needle_use=1)), SAM)
    assert (choice.next_use, choice.words) == (None, "Pen")


def test_the_words_of_a_choice_tell_it_from_others(stock):
    roller = replace(ROLLER, needle_length=Depth(50))
    unnamed = Cartridge(new_id(), PEN.id, needle_length=Depth(150))
    drum = Cartridge(new_id(), STAMP.id, needle_length=Depth(75))
    choices = needle_choices(stock([roller, PEN, STAMP], [OLD, unnamed, drum]), SAM)
    assert {one.words for one in choices} == {
        "Blue · 0.5 mm",
        "Pen · lot A1, opened 31 May 2026",
        "Pen · cartridge without a lot · 1.5 mm",
        "Pen · cartridge not recorded",
        "Stamp · cartridge without a lot · 0.75 mm",
        "Stamp · cartridge not recorded",
    }


@pytest.mark.parametrize(
    ("device", "head", "offered"),
    [
        (PEN, NEW, True),
        (PEN, replace(NEW, retired_on=TODAY), False),
        (replace(PEN, retired_on=TODAY), NEW, False),
        (replace(PEN, person_id="6b" * 16), NEW, False),
        (replace(PEN, person_id=None), NEW, True),
    ],
)
def test_what_is_retired_or_somebody_elses_is_known_but_not_offered(stock, device, head, offered):
    choices = needle_choices(stock([device], [head]), SAM)
    (choice,) = [one for one in choices if one.cartridge_id]
    assert choice.is_offered is offered
    assert choice.words.endswith("retired") is bool(device.retired_on or head.retired_on)


def test_sessions_with_a_lot_are_those_with_any_cartridge_of_it(stock):
    sessions = [done_with(OLD, 9), done_with(STOCK, 5), done_with(NEW, 3)]
    found = stock([PEN], [OLD, NEW, STOCK], sessions)
    by_id = {one.record.id: one for one in found}
    assert lot_sessions(by_id[NEW.id], found) == (sessions[0], sessions[2])
    assert lot_sessions(by_id[STOCK.id], found) == (sessions[1],)
    assert lot_sessions(by_id[PEN.id], found) == ()
    bare = stock([PEN], [replace(OLD, lot=""), replace(NEW, lot=" ")], sessions)
    assert lot_sessions(bare[1], bare) == ()


# Edits


def test_every_change_has_words_for_the_undo_menu(stock):
    whole, head = stock([PEN], [NEW])
    wider = replace(PEN, notes="x")
    assert adding(PEN).text == "add pen “Pen”"
    assert adding(PEN, NEW).text == "add cartridge lot a1, opened 28 Jun 2026"
    assert changing(whole, wider).text == "change pen “Pen”"
    assert retiring(head, TODAY).text == "retire cartridge lot a1, opened 28 Jun 2026"
    assert taking_back(whole).text == "take back into use: pen “Pen”"
    assert deleting(whole, [whole, head]).text == "delete pen “Pen”"
    assert changing(whole, wider).replacements == (Replacement(PEN, wider),)


def test_retiring_and_taking_back_are_one_another_undone(stock):
    _, head = stock([PEN], [NEW])
    edit = retiring(head, TODAY)
    assert edit.replacements == (Replacement(NEW, replace(NEW, retired_on=TODAY)),)
    _, retired = stock([PEN], [replace(NEW, retired_on=TODAY)])
    assert taking_back(retired).replacements == (Replacement(replace(NEW, retired_on=TODAY), NEW),)


def test_a_device_goes_with_its_cartridges_and_after_them(stock):
    found = stock([PEN, ROLLER], [NEW, OLD])
    edit = deleting(next(one for one in found if one.record == PEN), found)
    assert [one.before for one in edit.replacements] == [NEW, OLD, PEN, None]
    edit = deleting(next(one for one in found if one.record == OLD), found)
    assert [one.before for one in edit.replacements] == [OLD, None]


def test_what_a_session_names_is_kept(stock):
    session = a_session(device=DeviceKind.PEN, cartridge_id=NEW.id)  # the device is not named
    found = stock([PEN, ROLLER], [NEW, OLD], [session, *times(2, ROLLER)])
    why = {one.record.id: why_kept(one, found) for one in found}
    assert why[NEW.id] == "Cartridge lot a1, opened 28 Jun 2026 cannot be deleted: 1 session names it."
    assert why[ROLLER.id] == "Roller “Blue” cannot be deleted: 2 sessions name it."
    assert why[PEN.id] == "Pen “Pen” cannot be deleted: 1 session names it."
    assert why[OLD.id] == ""
