"""From a finding to what is drawn: the person's own point, our line, the session's own setting first, D apart."""

from datetime import timedelta

import pytest
from builders import TODAY, a_session

from logbook.domain.history import History
from logbook.domain.session import Session, ZonePass
from logbook.domain.units import Depth
from logbook.domain.vocabulary import Setting, Zone
from logbook.guidance.judge import judge
from logbook.guidance.loader import load_rules
from logbook.guidance.rule import Case, Finding, Unit
from logbook.guidance.spans import Spans, load_spans
from logbook.guidance.strip import Strip, depth_strip, rest_strip, span_words, strip_of

RULES = load_rules()
SPANS = load_spans(RULES.sources)


def finding_of(rule: str, session: Session, *earlier: Session) -> Finding:
    verdict = judge(RULES, Case(session, History([*earlier])))
    (found,) = (finding for finding in verdict.findings if finding.rule.id == rule)
    return found


def days_after(depth: int | None, days: int, setting: Setting | None = Setting.HOME) -> Finding:
    earlier = a_session(TODAY - timedelta(days=days), depth, setting=setting)
    rule = "I02" if setting is Setting.SUPERVISED else "I01"
    return finding_of(rule, a_session(depth=25, setting=setting), earlier)


def strip(finding: Finding) -> Strip:
    drawn = strip_of(finding, SPANS)
    assert drawn is not None
    return drawn


@pytest.mark.parametrize(
    ("depth", "clear"), [(25, 1), (30, 1), (50, 7), (51, 14), (100, 14), (101, 21), (150, 21), (200, 28)]
)
def test_a_rest_at_home_has_the_days_and_where_the_rule_becomes_clear(depth: int, clear: int) -> None:
    drawn = strip(days_after(depth, 0))
    assert (drawn.unit, drawn.own, drawn.line) == (Unit.DAYS, 0, clear)
    assert drawn.own_words == "This session: 0 days"
    assert drawn.line_words == f"Published rule: clear from {clear} day{'s' if clear > 1 else ''}"


def test_a_rest_under_supervision_has_its_own_line() -> None:
    drawn = strip(days_after(150, 8, Setting.SUPERVISED))
    assert (drawn.own, drawn.line) == (8, 21)
    assert drawn.title == "Days between sessions after 1.5 mm, as sources name them"


def test_the_depth_that_counts_is_the_one_of_the_earlier_session() -> None:
    earlier = a_session(TODAY - timedelta(days=4), 150)
    drawn = strip(finding_of("I01", a_session(depth=50), earlier))
    assert (drawn.own, drawn.line) == (4, 21)
    assert "Jha 2018" in [bar.label for bar in drawn.bars]


def test_a_depth_at_home_has_the_deepest_zone_and_where_the_rule_begins() -> None:
    places = (ZonePass(Zone.CROWN, Depth(60)), ZonePass(Zone.HAIRLINE, Depth(90)))
    drawn = strip(finding_of("D01", a_session(zones=places)))
    assert (drawn.unit, drawn.own, drawn.line) == (Unit.DEPTH, 90, 30)
    assert drawn.own_words == "This session: 0.9 mm"
    assert drawn.line_words == "Published rule: nothing said up to 0.3 mm"


def test_a_depth_under_supervision_has_its_own_line() -> None:
    drawn = strip(finding_of("D02", a_session(depth=200, setting=Setting.SUPERVISED)))
    assert (drawn.own, drawn.line) == (200, 150)


def test_the_own_setting_comes_first_and_hearsay_last() -> None:
    at_home = [group.heading for group in strip(finding_of("D01", a_session(depth=100))).groups]
    assert at_home == [
        "Evidence, at home",
        "Evidence, supervised by a clinician",
        "What people are told online, at home; not evidence",
    ]
    supervised = finding_of("D02", a_session(depth=200, setting=Setting.SUPERVISED))
    assert [group.heading for group in strip(supervised).groups] == [at_home[1], at_home[0], at_home[2]]


def test_where_no_evidence_speaks_of_the_own_setting_it_is_said() -> None:
    first, second, *_ = strip(days_after(150, 5)).groups
    assert first.heading == "Evidence, at home: none names a rest after this depth"
    assert first.bars == ()
    assert second.heading == "Evidence, supervised by a clinician"


def test_a_session_without_a_setting_is_compared_as_at_home() -> None:
    drawn = strip(finding_of("D01", a_session(depth=100, setting=None)))
    assert drawn.groups[0].heading == "Evidence, at home"


def test_grade_d_stands_apart_in_every_strip() -> None:
    for finding in (days_after(50, 1), days_after(150, 1), finding_of("D01", a_session(depth=100))):
        for group in strip(finding).groups:
            is_told = group.heading.startswith("What people are told online")
            assert all((bar.grade == "D") is is_told for bar in group.bars)
            assert all(bar.is_evidence is not is_told for bar in group.bars)
            assert len({bar.setting for bar in group.bars}) <= 1


def test_bars_are_what_the_sources_name_with_two_of_one_name_told_apart() -> None:
    drawn = strip(days_after(150, 5))
    named = [*SPANS.rest(150, Setting.HOME), *SPANS.rest(150, Setting.SUPERVISED)]
    assert sorted((bar.least, bar.most, bar.detail) for bar in drawn.bars) == sorted(
        (span.least, span.most, span.says) for span in named
    )
    for group in drawn.groups:
        assert len({bar.label for bar in group.bars}) == len(group.bars)
    assert "necolebitchie.com" not in [bar.label for bar in drawn.bars]  # two pages of one site


def test_nobody_unnamed_is_named() -> None:
    for depth in (25, 50, 100, 150, 200):
        for bar in strip(days_after(depth, 0)).bars:
            assert "not identified" not in bar.label
            assert "PubMed" not in bar.label


def test_everything_is_said_in_sentences() -> None:
    drawn = strip(days_after(150, 5))
    for words in (drawn.title, drawn.own_words, drawn.line_words, "Dhurat 2013, 7 days", "English 2021, 7 to 30 days"):
        assert words in drawn.text
    assert drawn.text.endswith(".")
    assert ".." not in drawn.text
    assert "safe" not in drawn.text.lower()


def test_numbers_have_their_unit() -> None:
    assert span_words(1, 1, Unit.DAYS) == "1 day"
    assert span_words(28, 42, Unit.DAYS) == "28 to 42 days"
    assert span_words(25, 25, Unit.DEPTH) == "0.25 mm"
    assert span_words(25, 100, Unit.DEPTH) == "0.25 to 1.0 mm"


@pytest.mark.parametrize("rule", ["D01", "D02"])
def test_an_unknown_depth_has_no_point_to_draw(rule: str) -> None:
    setting = RULES.of(rule).setting
    assert strip_of(finding_of(rule, a_session(depth=None, setting=setting)), SPANS) is None


def test_a_rest_after_an_unknown_depth_or_a_count_of_dates_is_not_drawn() -> None:
    assert strip_of(days_after(None, 5), SPANS) is None
    often = [a_session(TODAY - timedelta(days=day), 25, Zone.HAIRLINE) for day in (1, 2, 3)]
    finding = finding_of("I01", a_session(depth=25), *often)
    assert finding.variant == "often"
    assert strip_of(finding, SPANS) is None


def test_other_rules_have_no_strip() -> None:
    verdict = judge(RULES, Case(a_session(depth=150, needle_shared=True), History()))
    drawn = {finding.rule.id for finding in verdict.findings if strip_of(finding, SPANS)}
    assert {"H01", "P01", "D01"} <= {finding.rule.id for finding in verdict.findings}
    assert drawn == {"D01"}


def test_nothing_is_drawn_where_no_source_names_anything() -> None:
    assert strip_of(days_after(50, 1), Spans((), ())) is None
    assert strip_of(finding_of("D01", a_session(depth=50)), Spans((), ())) is None


def test_a_choice_that_was_not_lived_yet_has_no_own_point() -> None:
    rest, depth = rest_strip(SPANS, RULES.of("I02"), Depth(25)), depth_strip(SPANS, RULES.of("D01"))
    assert rest is not None
    assert depth is not None
    assert (rest.own, rest.own_words, rest.line) == (None, "", None)
    assert rest.line_words == "Published rule: asks for no rest after this depth"
    assert (depth.own, depth.line) == (None, 30)
