"""One finding in full: its sentences, facts, sources and state; of many, how many; and what can be done with them."""

import datetime as dt
from dataclasses import replace
from datetime import timedelta

import pytest
from builders import SAM, TODAY, a_history, a_session
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QLabel

from logbook.domain.person import AgreedLimit, Person
from logbook.domain.session import new_id
from logbook.domain.shedding import SheddingRecord
from logbook.domain.vocabulary import Reason, SheddingMethod, SkinSign, Zone
from logbook.guidance.spans import load_spans
from logbook.guidance.strip import strip_of
from logbook.services.findings import Answer, acknowledge, list_findings
from logbook.services.judged import JudgedHistory
from logbook.ui.theme import apply_theme, load_theme
from logbook.ui.widgets.finding_detail import FindingDetail, finding_words, state_sentence
from logbook.ui.widgets.verdict_panel import sources_words

SESSIONS = a_history(3, every=3, depth=60)
LATE = SESSIONS[-1]
ANSWERED_ON = dt.datetime(2026, 6, 30, 9)


@pytest.fixture
def spans(rules):
    return load_spans(rules.sources, rules.folder / "spans")


@pytest.fixture
def listed(rules):
    """List the findings of some sessions, with what was acknowledged of them."""

    def of(*sessions, acknowledged=(), today=TODAY, **known):
        return list_findings(JudgedHistory(rules, Person(SAM), sessions, **known), acknowledged, today)

    return of


@pytest.fixture
def rest(listed):
    """The finding about rest on the last of three sessions."""
    return next(one for one in listed(*SESSIONS) if one.key == (LATE.id, "I01"))


@pytest.fixture
def detail(qtbot):
    detail = FindingDetail()
    qtbot.addWidget(detail)
    detail.resize(480, 900)
    detail.show()
    detail.activateWindow()
    qtbot.waitUntil(detail.isActiveWindow)
    return detail


def answered(listed, *findings, answer=None):
    """Return the findings after *findings* were acknowledged."""
    edit = acknowledge([one.finding for one in findings], answer or Answer(Reason.ONE_OFF))
    return [replace(one.after, at=ANSWERED_ON) for one in edit.replacements]


def words_of(detail):
    return "\n".join(label.text() for label in detail.findChildren(QLabel) if label.isVisibleTo(detail))


def visible(detail):
    buttons = ("session_button", "copy_button", "copy_sources_button", "reopen_button", "acknowledge_row", "strip")
    return {name for name in buttons if getattr(detail, name).isVisibleTo(detail)}


def copied():
    return QGuiApplication.clipboard().text()


# One


def test_all_of_a_finding_is_said(detail, rest, spans):
    detail.show_findings([rest], strip_of(rest.finding, spans))
    shown = words_of(detail)
    finding = rest.finding
    assert "Warning · Rest at home" in shown
    assert "Rule I01 · 30 June 2026 · Crown" in shown
    assert "Open." in shown
    for part in (finding.found, finding.why, finding.clean, sources_words(finding.rule.sources)):
        assert part
        assert part in shown
    assert "Rest before this session\n3 days" in shown
    assert "Its depth there\n0.6 mm" in shown
    assert visible(detail) == {"session_button", "copy_button", "copy_sources_button", "acknowledge_row", "strip"}
    assert detail.session_button.text() == "&Open the session of 30 June 2026"


def test_every_word_can_be_selected_and_none_is_taken_for_markup(detail, rest):
    detail.show_findings([rest], None)
    selectable = Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
    for label in (detail._found, detail._why, detail._clean, detail._sources, detail._state):
        assert label.textFormat() is Qt.TextFormat.PlainText
        assert label.textInteractionFlags() == selectable


def test_facts_of_the_one_before_do_not_stay(detail, listed, rest):
    detail.show_findings([rest], None)
    short = next(one for one in listed(a_session(skin_signs=frozenset({SkinSign.PUSTULES}))))
    detail.show_findings([short], None)
    shown = words_of(detail)
    assert "Skin on that day\nPustules" in shown
    assert "Rest before this session" not in shown


def test_where_sources_do_not_disagree_there_is_no_strip(detail, listed, rest, spans):
    stop = listed(a_session(skin_signs=frozenset({SkinSign.PUSTULES})))[0]
    detail.show_findings([rest], strip_of(rest.finding, spans))
    assert "strip" in visible(detail)
    detail.show_findings([stop], strip_of(stop.finding, spans))
    assert "strip" not in visible(detail)


def test_what_an_agreed_limit_changed_stands_beside_what_is_published(detail, listed):
    limit = AgreedLimit(new_id(), SAM, "D01", "over", 100, "Dr Moss", TODAY - timedelta(days=9))
    one = next(one for one in listed(LATE, limits=[limit]) if one.finding.rule.id == "D01")
    detail.show_findings([one], None)
    shown = words_of(detail)
    assert "Clean · Depth at home" in shown
    assert "Published: caution; agreed with Dr Moss on 21 June 2026: clean." in shown
    assert "Clean by a limit agreed with a clinician." in shown
    assert "acknowledge_row" not in visible(detail)


def test_the_session_is_one_press_away(detail, rest, qtbot):
    wanted = QSignalSpy(detail.session_wanted)
    detail.show_findings([rest], None)
    qtbot.mouseClick(detail.session_button, Qt.MouseButton.LeftButton)
    assert [wanted.at(place)[0] for place in range(wanted.count())] == [LATE.id]


def test_a_count_without_a_session_leads_nowhere(detail, listed):
    count = SheddingRecord(new_id(), SAM, TODAY, SheddingMethod.PULL_TEST, 9)
    [one] = listed(shedding=[count])
    detail.show_findings([one], None)
    assert "session_button" not in visible(detail)
    assert "Rule S01 · 30 June 2026 · Pull test" in words_of(detail)


def test_another_finding_is_read_from_its_top_and_the_same_one_from_where_one_was(detail, listed, rest, qtbot):
    detail.resize(480, 400)
    detail.show_findings([rest], None)
    bar = detail._scroll.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 50)
    bar.setValue(50)
    detail.show_findings([rest], None)
    assert bar.value() == 50
    detail.show_findings([next(one for one in listed(*SESSIONS) if one.key == (LATE.id, "D01"))], None)
    assert bar.value() == 0


# Copying


def test_a_finding_is_copied_whole(detail, rest, qtbot):
    said = QSignalSpy(detail.said)
    detail.show_findings([rest], None)
    qtbot.mouseClick(detail.copy_button, Qt.MouseButton.LeftButton)
    assert copied() == finding_words(rest)
    for part in ("Warning · Rest at home", rest.finding.message, "Its depth there: 0.6 mm", "Open."):
        assert part in copied()
    assert sources_words(rest.finding.rule.sources) in copied()
    assert said.at(0)[0] == "Copied: 1 finding."


def test_many_findings_are_copied_one_after_another(detail, listed, qtbot):
    findings = listed(*SESSIONS)
    detail.show_findings(findings, None)
    qtbot.mouseClick(detail.copy_button, Qt.MouseButton.LeftButton)
    assert all(finding_words(one) in copied() for one in findings)


def test_sources_are_copied_each_once_the_best_first(detail, listed, rest, qtbot):
    detail.show_findings([rest], None)
    qtbot.mouseClick(detail.copy_sources_button, Qt.MouseButton.LeftButton)
    assert copied() == sources_words(rest.finding.rule.sources)
    findings = listed(*SESSIONS)
    detail.show_findings(findings, None)
    qtbot.mouseClick(detail.copy_sources_button, Qt.MouseButton.LeftButton)
    titles = {source.title for one in findings for source in one.finding.rule.sources}
    assert all(copied().count(f"{title} (") == 1 for title in titles)
    grades = [line.split("grade ")[1][0] for line in copied().splitlines() if "· grade " in line]
    assert len(grades) == len(titles)
    assert grades == sorted(grades)


# State


def test_an_acknowledged_one_says_when_and_why_and_can_be_reopened(detail, listed, rest, qtbot):
    answer = Answer(Reason.CLINICIAN_AGREED, "Dr Moss, by phone")
    acknowledged = answered(listed, rest, answer=answer)
    one = next(one for one in listed(*SESSIONS, acknowledged=acknowledged) if one.key == rest.key)
    reopened = QSignalSpy(detail.reopened)
    detail.show_findings([one], None)
    assert detail._state.text() == "Acknowledged on 30 June 2026: a clinician agreed. “Dr Moss, by phone”"
    assert "acknowledge_row" not in visible(detail)
    assert detail.reopen_button.text() == "Reo&pen"
    qtbot.mouseClick(detail.reopen_button, Qt.MouseButton.LeftButton)
    assert reopened.count() == 1


def test_own_words_are_said_once(listed, rest):
    acknowledged = answered(listed, rest, answer=Answer(Reason.OWN_WORDS, "I know."))
    one = next(one for one in listed(*SESSIONS, acknowledged=acknowledged) if one.key == rest.key)
    assert state_sentence(one) == "Acknowledged on 30 June 2026: “I know.”."


def test_one_that_opened_again_says_that_it_was_acknowledged_before(listed, rest):
    acknowledged = answered(listed, rest)
    moved = [replace(SESSIONS[1], zones=SESSIONS[1].zones, date=SESSIONS[1].date + timedelta(days=1))]
    one = next(one for one in listed(SESSIONS[0], *moved, LATE, acknowledged=acknowledged) if one.key == rest.key)
    assert state_sentence(one) == (
        "Open. You acknowledged it on 30 June 2026; since then the session, or what came before it, has changed."
    )


def test_a_past_one_says_what_that_means(listed):
    old = listed(a_session(TODAY - timedelta(days=99), 60))[0]
    assert state_sentence(old) == "Past: no rule looks back as far as this any more."


# Many, none, reading only


def test_of_many_it_says_how_many_and_how_grave(detail, listed):
    findings = listed(*SESSIONS)
    acknowledged = answered(listed, findings[0])
    detail.show_findings(listed(*SESSIONS, acknowledged=acknowledged), None)
    assert detail._title.text().startswith(f"{len(findings)} findings chosen: ")
    assert detail._state.text() == f"{len(findings) - 1} open, 1 acknowledged"
    assert detail.acknowledge_row.button.text() == f"&Acknowledge {len(findings) - 1} findings"
    assert detail.reopen_button.text() == "Reo&pen 1 finding"
    assert visible(detail) == {"copy_button", "copy_sources_button", "reopen_button", "acknowledge_row"}
    assert rest_words(findings) not in words_of(detail)


def rest_words(findings):
    return findings[0].finding.why


def test_the_gravest_are_counted_first(detail, listed):
    findings = [*listed(a_session(skin_signs=frozenset({SkinSign.PUSTULES}))), *listed(*SESSIONS)]
    detail.show_findings(findings, None)
    words = detail._title.text()
    assert words.index("1 stop") < words.index("warning") < words.index("caution")


def test_with_nothing_chosen_it_says_what_to_do(detail):
    assert words_of(detail).strip() == "Choose a finding to see why it is there, and who says so."
    assert visible(detail) == set()


def test_in_a_logbook_for_reading_nothing_can_be_acknowledged_and_it_says_so(detail, listed, rest):
    acknowledged = answered(listed, rest)
    detail.show_findings(listed(*SESSIONS, acknowledged=acknowledged), None, is_writable=False)
    assert visible(detail) == {"copy_button", "copy_sources_button"}
    assert "open for reading only" in words_of(detail)


# Seen


def test_nothing_is_wider_than_its_place(detail, rest, spans, qtbot):
    detail.resize(detail.minimumWidth(), 700)
    detail.show_findings([rest], strip_of(rest.finding, spans))
    qtbot.waitUntil(lambda: detail._scroll.widget().width() <= detail._scroll.viewport().width())
    for label in detail.findChildren(QLabel):
        if label.isVisibleTo(detail):
            assert label.mapTo(detail, label.rect().topRight()).x() <= detail.width()


def test_the_icon_takes_the_colours_of_now(detail, rest, qapp):
    detail.show_findings([rest], None)
    apply_theme(qapp, load_theme("dark"))
    detail.restyle()
    dark = detail._icon.pixmap().toImage()
    apply_theme(qapp, load_theme("light"))
    detail.restyle()
    assert detail._icon.pixmap().toImage() != dark


def test_a_screen_reader_is_told_names_and_values(detail, rest):
    detail.show_findings([rest], None)
    names = {label.accessibleName() for label in detail.facts.findChildren(QLabel) if label.accessibleName()}
    assert "Its depth there: 0.6 mm" in names
    assert detail.accessibleName()
    assert rest.record.zones[0].zone is Zone.CROWN
