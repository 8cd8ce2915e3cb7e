"""What a count stands beside, in words."""

from datetime import date, timedelta

import pytest
from builders import SAM, TODAY, a_session

from logbook.domain.person import Person
from logbook.domain.session import new_id
from logbook.domain.shedding import SheddingRecord
from logbook.domain.vocabulary import Sex, SheddingMethod
from logbook.guidance.loader import load_rules
from logbook.guidance.ranges import load_ranges
from logbook.services.judged import JudgedHistory
from logbook.services.shedding import own_baseline
from logbook.ui.widgets.reference_panel import ReferencePanel, place_words

RULES = load_rules()
RANGES = load_ranges(RULES.sources)
NOBODY = Person(SAM)


def a_count(value=30, method=SheddingMethod.COMB_60S, day=TODAY, **but):
    return SheddingRecord(new_id(), SAM, day, method, value, **but)


@pytest.fixture
def text(qtbot):
    """Show a record of a person, and return what is read."""

    def of(record, person=NOBODY, counts=()):
        panel = ReferencePanel()
        qtbot.addWidget(panel)
        judged = JudgedHistory(RULES, person, [a_session(TODAY)], counts)
        ranges = RANGES.reference_ranges(record.method, person, record.date)
        panel.show_reference(record, ranges, own_baseline(judged, record))
        panel.show()
        assert panel.accessibleName() == panel.text()
        return panel.text()

    return of


def test_a_mans_range_stands_with_its_source_and_is_no_diagnosis(text):
    said = text(a_count(), Person(SAM, birth_date=date(1996, 1, 1), sex=Sex.MALE))
    assert "Hairs 0 to 78 · 30 lies within" in said
    assert "(Wasko, 2008) · trial · grade B, published paper" in said
    assert "Published for men of 41 to 60 only, so it is not yours." in said
    assert said.endswith("A published range is no diagnosis; your own baseline says more.")


def test_what_is_not_recorded_is_asked_for(text):
    said = text(a_count())
    assert "No range of this method was published for people like you." in said
    assert "Published for men of 20 to 40 only; your birth date and sex are not recorded: Ctrl+P." in said
    said = text(a_count(method=SheddingMethod.DAY_TOTAL))
    assert "Published for women only; your sex is not recorded: Ctrl+P." in said


def test_an_estimate_has_no_range_but_a_baseline(text):
    counts = [a_count(1, SheddingMethod.ESTIMATE, TODAY - timedelta(days=back)) for back in range(1, 8)]
    said = text(a_count(2, SheddingMethod.ESTIMATE), counts=counts)
    assert "Nobody published a range for this method." in said
    assert "Your own baseline\n1: the median of the 28 days before your first session" in said
    assert "diagnosis" not in said


@pytest.mark.parametrize(
    ("value", "is_more", "words"),
    [
        (None, False, ""),
        (49, False, "49 lies below"),
        (50, False, "50 lies within"),
        (100, False, "100 lies within"),
        (101, False, "101 lies above"),
        (60, True, ">60 may lie above"),
        (100, True, ">100 lies above"),
    ],
)
def test_a_count_lies_within_or_it_does_not(value, is_more, words):
    (one,) = (one for one in RANGES.ranges if one.source.key == "AAD")
    assert place_words(one, a_count(value, SheddingMethod.DAY_TOTAL, is_more_than=is_more)) == words


@pytest.mark.parametrize("method", list(SheddingMethod))
def test_nothing_shown_is_a_verdict(text, method):
    said = text(a_count(4, method)).lower()
    assert not any(word in said for word in ("safe", "abnormal", "healthy", "you have", "ill "))
