"""The verdict: every sentence, every source, what was not judged; words only, never markup."""

import datetime as dt
from dataclasses import replace

import pytest
from builders import SAM, TODAY, a_session
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QLabel
from ui.conftest import add

from logbook.domain.draft import Draft
from logbook.domain.history import History
from logbook.domain.person import AgreedLimit
from logbook.domain.session import Reaction, Topical, ZonePass, new_id
from logbook.domain.units import Depth
from logbook.domain.vocabulary import DeviceKind, Endpoint, NeedleState, Pressure, Product, Severity, SkinSign, Zone
from logbook.guidance.agreed import AgreedLimits
from logbook.guidance.judge import judge, next_dates_after
from logbook.guidance.rule import Case
from logbook.ui.widgets.verdict_panel import (
    AGREED_WORDS,
    CLEAN_WORDS,
    GRADES,
    MISSING_WORDS,
    FindingCard,
    VerdictPanel,
    sources_words,
)

BAD = a_session(
    depth=150,
    device=DeviceKind.ROLLER,
    skin_signs=frozenset({SkinSign.PUSTULES}),
    endpoint=Endpoint.FREE_BLEEDING,
    needle_shared=True,
    needle_state=NeedleState.NOT_CLEANED,
    topicals=(Topical(Product.MINOXIDIL, 0), Topical(Product.VITAMIN_C, 0), Topical(Product.ACID, -60)),
)
CLEAN = a_session(
    depth=20,
    zones=(ZonePass(Zone.CROWN, Depth(20), 3),),
    device=DeviceKind.ROLLER,
    needle_use=1,
    needle_state=NeedleState.NEW_STERILE,
    needle_shared=False,
    pressure=Pressure.LIGHT,
    endpoint=Endpoint.NONE,
    skin_signs=frozenset(),
    conditions=(),
    professional_advice=True,
    topicals=(),
    washed_before=True,
    reaction=Reaction(0, frozenset(), 0),
)


@pytest.fixture
def panel(qtbot):
    panel = VerdictPanel()
    qtbot.addWidget(panel)
    panel.resize(420, 900)
    panel.show()
    return panel


@pytest.mark.parametrize("spare", [0, 20, 200])
def test_the_headline_stays_whole_where_the_panel_is_low(panel, rules, spare, qtbot):
    panel.resize(180, 400)
    show(panel, rules, CLEAN)
    qtbot.waitUntil(lambda: panel.headline.heightForWidth(180) > 0)  # laid out for its words
    few_lines = 3 * panel.fontMetrics().height()  # of what is found
    panel.resize(180, panel.headline.heightForWidth(180) + few_lines + spare)
    (word,) = (label for label in panel.headline.findChildren(QLabel) if label.text() == CLEAN_WORDS)
    assert word.heightForWidth(word.width()) >= 2 * word.fontMetrics().height()  # it goes on in a second line
    qtbot.waitUntil(lambda: word.height() >= word.heightForWidth(word.width()), timeout=1000)


def show(panel, rules, session, history=()):
    past = History(history)
    verdict = judge(rules, Case(session, past))
    panel.show_verdict(verdict, rules.version, next_dates_after(rules, past, session))
    return verdict


def cards(panel):
    return [card for card in panel.findChildren(FindingCard) if card.isVisibleTo(panel)]


def words_of(widget):
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget))


def as_shown(tip):
    """Return what a tool tip of that text shows."""
    document = QTextDocument()
    document.setHtml(tip)
    return document.toPlainText()


def test_every_finding_is_said_whole(panel, rules):
    verdict = show(panel, rules, BAD, [a_session("2026-06-29", 150)])
    assert len(verdict.findings) > 5
    shown = cards(panel)
    assert len(shown) == len(verdict.findings)
    for card, finding in zip(shown, verdict.findings, strict=True):
        words = words_of(card)
        for sentence in (finding.found, finding.why, finding.clean, finding.rule.title):
            assert sentence in words
        assert f"{finding.severity.word.capitalize()} · " in words
        assert not card._icon.pixmap().isNull()
        assert ("told online alone" in words) is finding.rule.rests_on_hearsay
        assert finding.found in card.accessibleName()
    assert panel.headline.text().startswith("Stop")
    assert f"{len(verdict.findings)} findings" in panel.headline.text()
    assert f"guidance {rules.version}" in panel.headline.text()
    assert all(finding.found in panel.text() for finding in verdict.findings)


def test_sources_are_one_click_away_with_title_year_kind_and_grade(panel, rules, qtbot):
    verdict = show(panel, rules, BAD)
    for card, finding in zip(cards(panel), verdict.findings, strict=True):
        before = words_of(card)
        assert all(source.title not in before for source in finding.rule.sources)
        qtbot.mouseClick(card.sources_button, Qt.MouseButton.LeftButton)
        words = words_of(card)
        for source in finding.rule.sources:
            assert source.title in words
            assert str(source.year or "") in words
            assert source.kind.replace("_", " ") in words
            assert f"grade {source.grade}, {GRADES[source.grade]}" in words
            assert source.reference in words
        qtbot.mouseClick(card.sources_button, Qt.MouseButton.LeftButton)
        assert words_of(card) == before


def test_sources_unfold_by_keyboard_and_stay_while_one_types(panel, rules, qtbot):
    show(panel, rules, BAD)
    card = cards(panel)[0]
    card.sources_button.setFocus()
    qtbot.keyClick(card.sources_button, Qt.Key.Key_Space)
    show(panel, rules, replace(BAD, zones=(ZonePass(Zone.CROWN, Depth(151)),)))
    assert card.sources_button.isChecked()
    assert card._sources.isVisibleTo(panel)


def test_another_rule_in_the_same_place_does_not_show_the_sources_of_the_one_before(panel, rules):
    first = show(panel, rules, BAD).findings[0]
    cards(panel)[0].sources_button.click()
    second = show(panel, rules, a_session(depth=150)).findings[0]
    assert first.rule.id != second.rule.id
    assert not cards(panel)[0].sources_button.isChecked()
    assert all(source.title not in words_of(cards(panel)[0]) for source in first.rule.sources)


def test_what_people_are_told_online_stands_apart_from_evidence(rules):
    mixed = [rule for rule in rules.rules if len({source.is_evidence for source in rule.sources}) == 2]
    assert mixed
    for rule in mixed:
        evidence, told = sources_words(rule.sources).split("WHAT PEOPLE ARE TOLD ONLINE, NOT EVIDENCE")
        assert "grade D" not in evidence
        assert "grade D" in told
        assert not any(f"grade {grade}" in told for grade in "ABC")


def test_a_clean_session_is_never_called_safe(panel, rules):
    verdict = show(panel, rules, CLEAN)
    assert verdict.severity is Severity.CLEAN
    assert panel.headline.text().startswith("No published warning found by these rules")
    assert "safe" not in panel.text().lower()
    assert cards(panel) == []


def test_what_was_not_judged_is_said_with_the_fields_that_are_missing(panel, rules):
    bare = a_session(depth=None, setting=None, device=None)
    verdict = show(panel, rules, bare)
    text = panel.text()
    assert "The setting is not recorded: judged as at home." in text
    assert f"{len(verdict.unjudged)} rules not judged" in text
    for name in verdict.missing:
        assert MISSING_WORDS[name] in text


def test_every_field_that_a_rule_may_miss_has_words(rules):
    cases = [
        a_session(depth=None, device=None, setting=None),
        replace(BAD, zones=()),
        a_session(topicals=(Topical(Product.MINOXIDIL), Topical(Product.RETINOID), Topical(Product.ACID))),
        a_session(conditions=()),
    ]
    missing = {name for case in cases for name in judge(rules, Case(case, History([a_session("2026-06-20")]))).missing}
    assert missing <= set(MISSING_WORDS)


def test_nothing_is_shown_where_there_is_nothing_to_judge(panel, rules):
    show(panel, rules, BAD)
    panel.show_nothing()
    assert cards(panel) == []
    assert panel.headline.accessibleName().startswith("Nothing to judge yet")
    assert panel.text() == "Nothing to judge yet. Fill in the form, or choose a session in the table."


def test_the_next_dates_are_said_by_zone(panel, rules):
    session = a_session(depth=50)
    show(panel, rules, session)
    (dates,) = next_dates_after(rules, History(), session).values()
    assert dates.earliest > TODAY
    earliest = dates.earliest
    assert f"Crown from {earliest.day} {earliest:%B %Y}" in panel.text()


def test_alt_3_has_somewhere_to_go(panel, rules, qtbot):
    panel.activateWindow()
    qtbot.waitUntil(panel.isActiveWindow)
    show(panel, rules, BAD)
    panel.focus_first()
    assert cards(panel)[0].sources_button.hasFocus()
    show(panel, rules, CLEAN)
    panel.focus_first()
    assert panel._scroll.hasFocus()


def test_no_label_of_the_panel_takes_words_for_markup(panel, rules):
    show(panel, rules, BAD)
    for card in cards(panel):
        card.sources_button.click()
    for card in cards(panel):
        for label in card.findChildren(QLabel):
            assert not label.text() or label.textFormat() is Qt.TextFormat.PlainText, label.text()
    assert panel._unjudged.textFormat() is panel._next.textFormat() is Qt.TextFormat.PlainText


def test_markup_in_notes_is_shown_as_it_was_written(store, show_page):
    markup = "<b>bold</b> & <img src='x'>"
    session = a_session(person_id=store.person.id, notes=markup)
    add(store, session)
    page = show_page(store)
    row = page.model.row_of(session.id)
    cells = [page.model.index(row, column) for column in range(page.model.columnCount())]
    assert cells[-1].data() == markup
    tip = cells[-1].data(Qt.ItemDataRole.ToolTipRole)
    assert "<b>" not in tip
    assert "<img" not in tip
    assert as_shown(tip) == markup
    page.table.selectRow(row)
    assert page.form.notes.toPlainText() == markup
    for label in page.findChildren(QLabel):
        assert markup not in label.text() or label.textFormat() is Qt.TextFormat.PlainText


def test_lines_of_notes_stay_lines_in_the_tip(store, show_page):
    session = a_session(person_id=store.person.id, notes="one\ntwo")
    add(store, session)
    page = show_page(store)
    tip = page.model.index(0, page.model.columnCount() - 1).data(Qt.ItemDataRole.ToolTipRole)
    assert as_shown(tip).splitlines() == ["one", "two"]


def test_the_verdict_follows_what_is_typed_without_pressing_anything(page, qtbot):
    page.form.set_draft(Draft(a_session(person_id=page._store.person.id)))
    for text, word in (("2", "Warning"), ("0.2", "No published warning")):
        page.form.zones.depth_edit.selectAll()
        qtbot.keyClicks(page.form.zones.depth_edit, text)
        qtbot.waitUntil(lambda word=word: page.verdict_panel.headline.text().startswith(word))


def test_the_verdict_answers_within_a_frame_or_two(page, qtbot):
    page.form.set_draft(Draft(a_session(person_id=page._store.person.id)))
    began = dt.datetime.now()
    page.editor._judge(page.form.draft())
    assert dt.datetime.now() - began < dt.timedelta(milliseconds=200)


# What was agreed


def test_what_is_clean_by_agreement_stands_beside_what_is_published(panel, rules):
    limit = AgreedLimit(new_id(), SAM, "D01", "over", Depth(60), "Dr Ada Moss", TODAY, TODAY + dt.timedelta(days=30))
    session = a_session(TODAY, 50)
    verdict = judge(rules, Case(session, History([session])), AgreedLimits(rules, [limit]))
    panel.show_verdict(verdict, rules.version, {})
    assert AGREED_WORDS in panel.headline.text()
    assert "1 clean by agreement" in panel.headline.text()
    assert "finding" not in panel.headline.text()
    words = "Published: info; agreed with Dr Ada Moss on 30 June 2026, until 30 July 2026: clean."
    assert words in panel.text()
    assert "No published warning" not in panel.text()
