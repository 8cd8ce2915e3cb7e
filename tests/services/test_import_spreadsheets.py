"""Ten tables as people keep them: each is read right, or refused with a sentence that helps."""

from datetime import date, time
from pathlib import Path

import pytest

from logbook.domain.errors import UnreadableFile
from logbook.domain.session import Reaction, Session, Topical, ZonePass
from logbook.domain.shedding import SheddingRecord
from logbook.domain.units import Depth
from logbook.domain.vocabulary import DeviceKind, Endpoint, Product, Setting, SheddingMethod, Zone
from logbook.services.exchange import PlannedImport
from logbook.services.importing.cells import Answers
from logbook.services.importing.dates import DateOrder
from logbook.services.importing.look import Preview, look
from logbook.services.importing.numbers import DecimalSign
from logbook.services.importing.plan import plan

FOLDER = Path(__file__).with_name("spreadsheets")
TODAY = date(2026, 6, 30)


def looked(name: str, **how: object) -> Preview:
    return look(FOLDER / name, TODAY, recalls=False, **how)


def planned(name: str, answers: Answers | None = None, **how: object) -> PlannedImport:
    preview = looked(name, answers=answers or Answers())
    return plan(FOLDER / name, preview.columns, preview.answers, (), "ann", TODAY, **how)


def records(found: PlannedImport) -> list[object]:
    return [replacement.after for replacement in found.edit.replacements]


def a_session(
    record: object, day: str, *places: tuple[Zone | None, int | None], passes: int | None = None, **but: object
):
    """Return the session with the id of *record*, which no file tells."""
    zones = tuple(ZonePass(zone, None if depth is None else Depth(depth), passes) for zone, depth in places)
    return Session(record.id, "ann", date.fromisoformat(day), zones=zones, **but)


def problems(found: PlannedImport) -> list[str]:
    return [str(problem) for problem in found.problems]


def test_there_are_ten_and_each_has_its_test():
    tested = Path(__file__).read_text(encoding="utf-8")
    names = [path.name for path in FOLDER.iterdir()]
    assert len(names) == 10
    assert [name for name in names if f'"{name}"' not in tested] == []


def test_a_german_table_with_days_first_and_a_decimal_comma():
    preview = looked("needling_2026_de.csv")
    found = planned("needling_2026_de.csv")

    first, second, third = records(found)
    temples = (Zone.TEMPLE_LEFT, 50), (Zone.TEMPLE_RIGHT, 50)
    assert first == a_session(
        first,
        "2026-03-04",
        (Zone.HAIRLINE, 50),
        *temples,
        passes=6,
        time=time(21, 30),
        device=DeviceKind.ROLLER,
        reaction=Reaction(24 * 60),
        notes="ruhig",
    )
    assert second == a_session(
        second,
        "2026-03-18",
        (Zone.CROWN, 125),
        passes=4,
        time=time(7, 30),
        device=DeviceKind.PEN,
        reaction=Reaction(36 * 60),
        notes="etwas Druckgefühl über dem Wirbel",
    )
    assert third == a_session(
        third, "2026-03-25", (Zone.MID_SCALP, 50), (Zone.OCCIPITAL, 50), passes=6, device=DeviceKind.ROLLER
    )
    assert [(one.proposed, one.because) for one in preview.questions] == [
        (DateOrder.DAY_FIRST, "Only day first fits every date: see line 4, “18.3.2026”.")
    ]
    assert "Tiefe (mm): “0,5 mm” read as 0.50 mm" in map(str, preview.understood)
    assert preview.remarks == ("The file is not UTF-8; it was read as Windows-1252, in which one word is “Gerät”.",)
    assert (preview.row_count, found.added, found.skipped, found.refused) == (3, 3, 0, 0)


def test_an_american_table_under_a_title_and_merged_cells():
    preview = looked("scalp_log_us.csv")

    first, second, third = records(planned("scalp_log_us.csv"))
    roller = {"device": DeviceKind.ROLLER}
    assert first == a_session(first, "2026-02-27", (Zone.CROWN, 50), (Zone.HAIRLINE, 50), notes="fine", **roller)
    assert second == a_session(
        second, "2026-03-04", (Zone.TEMPLE_LEFT, 25), (Zone.TEMPLE_RIGHT, 25), notes='said "ouch" once', **roller
    )
    assert third == a_session(third, "2026-03-11", (Zone.CROWN, 150), device=DeviceKind.PEN)
    assert preview.answers.date_order is DateOrder.MONTH_FIRST
    assert preview.questions[0].because == "Only month first fits every date: see line 4, “02/27/2026”."
    assert "Needle length: “0.5mm” read as 0.50 mm" in map(str, preview.understood)
    assert preview.remarks == (
        "The names of the columns are in line 3; what stands above it is not read: “My needling log”.",
    )


def test_days_that_may_be_months_are_asked_and_never_guessed():
    preview = looked("every_first_of_month.csv")
    unanswered = planned("every_first_of_month.csv")

    [question] = preview.open_questions
    assert question.text == (
        "In which order do the dates have day and month? Line 2, “01/02/2026”, may be several days."
    )
    assert [option.words for option in question.options] == [
        "Day first: “01/02/2026” is 1 February 2026",
        "Month first: “01/02/2026” is 2 January 2026",
    ]
    assert (unanswered.added, unanswered.refused, records(unanswered)) == (0, 3, [])
    assert problems(unanswered)[2] == (
        "line 4, column date: “03/04/2026” may be 3 April 2026 or 4 March 2026; "
        "say in which order the dates have day and month."
    )
    for order, days in {
        DateOrder.DAY_FIRST: ["2026-02-01", "2026-03-02", "2026-04-03"],
        DateOrder.MONTH_FIRST: ["2026-01-02", "2026-02-03", "2026-03-04"],
    }.items():
        answered = records(planned("every_first_of_month.csv", Answers(order)))
        assert [record.date.isoformat() for record in answered] == days


def test_a_table_of_which_a_spreadsheet_turned_half_the_dates_round():
    preview = looked("half_converted.csv")

    [question] = preview.open_questions
    assert question.text.endswith("No order fits all of them: see line 5, “04/28/2026” and line 4, “25/03/2026”.")
    assert problems(planned("half_converted.csv", Answers(DateOrder.DAY_FIRST))) == [
        "line 5, column date: “04/28/2026” is no day when it is read day first; it may be 28 April 2026."
    ]


def test_days_as_a_spreadsheet_counts_them_in_utf_16_with_empty_columns_behind():
    preview = looked("from_excel.txt")

    first, second, third = records(planned("from_excel.txt"))
    assert first == a_session(first, "2026-03-04", (Zone.CROWN, 50))
    assert second == a_session(second, "2026-03-18", (Zone.MID_SCALP, 25))
    assert third == a_session(third, "2026-04-14", (Zone.WHOLE_SCALP, 150))
    assert preview.questions == ()
    assert "Session date: “46085” read as 4 March 2026" in map(str, preview.understood)
    assert preview.remarks == ("The file is written in UTF-16.", "This column is not read: “Depth (µm)”.")


def test_a_schedule_is_no_log():
    preview = looked("my_schedule.csv")

    assert preview.row_count == 3
    assert preview.remarks == (
        "The column “How often” is not read. Intervals are reckoned from the dates.",
        "No column is read as the date. Choose one; where there is none, write a line for each day, with its date.",
    )
    with pytest.raises(
        UnreadableFile, match=r"my_schedule\.csv: No column is read as the date\. .* How often, Zone\.$"
    ):
        planned("my_schedule.csv")


def test_totals_ranges_and_schedules_among_the_rows_are_refused_each_with_its_reason():
    found = planned("needling_with_totals.csv")

    assert problems(found) == [
        "line 3, column Depth: “0.5-1.0” is a range; write the one number that it was.",
        "line 4, column Date: “1/2 weeks” says how often, not on which day. "
        "Write a line for each session, with its date.",
        "line 5, column Passes: “ca. 6” is about a number; write the number alone, and what is uncertain in the notes.",
        "line 5, column Depth: A depth lies between 0.05 and 5.00 mm; 15.00 mm does not. Did you mean 1.5?",
        "line 6, column Date: “Total” is not a date; this looks like a line of totals, which is no record. "
        "Leave it out.",
        "line 7, column Date: The line has no date and looks like one of totals, which is no record. Leave it out.",
        "line 7, column Depth: “sum” is not a number for a depth in millimetres.",
    ]
    assert (found.added, found.skipped, found.refused) == (1, 0, 5)
    assert records(found) == []
    [only] = records(planned("needling_with_totals.csv", leave_out_refused=True))
    assert only == a_session(only, "2026-03-01", (Zone.CROWN, 50), passes=6)


def test_hair_counts_that_say_neither_the_method_nor_the_decimal_sign():
    preview = looked("hair_counts.csv")

    assert [question.about for question in preview.open_questions] == ["decimal", "method"]
    assert preview.questions[0].text == (
        "What stands before the decimals, a point or a comma? Line 5, “1,200” in the column Hairs, "
        "may be one, or a thousand times as much."
    )
    with pytest.raises(UnreadableFile, match="does not say how the hairs were counted; choose the method"):
        planned("hair_counts.csv")
    unsaid = planned("hair_counts.csv", Answers(method=SheddingMethod.DAY_TOTAL))
    assert problems(unsaid) == ["line 5, column Hairs: “1,200” can be read in two ways; a thousand is written as 1200."]
    found = records(planned("hair_counts.csv", Answers(None, DecimalSign.POINT, SheddingMethod.DAY_TOTAL)))
    days = [date(2026, 3, day) for day in (1, 2, 3, 4)]
    values = [
        (200, True, 2, "gave up"),
        (0, False, 1, ""),
        (None, False, 3, "did not count"),
        (1200, False, 4, "clogged drain"),
    ]
    assert found == [
        SheddingRecord(record.id, "ann", day, SheddingMethod.DAY_TOTAL, value, more, days_since_wash=wash, notes=notes)
        for record, day, (value, more, wash, notes) in zip(found, days, values, strict=True)
    ]


def test_quotes_over_lines_own_depths_and_a_word_that_means_two_things():
    found = planned("clinic_and_home.csv", leave_out_refused=True)

    first, second = records(found)
    assert first == a_session(
        first,
        "2026-03-02",
        (Zone.CROWN, 150),
        (Zone.HAIRLINE, 50),
        setting=Setting.SUPERVISED,
        device=DeviceKind.RADIOFREQUENCY,
        topicals=(),
        washed_before=True,
        endpoint=Endpoint.PINPOINT_BLEEDING,
        notes="first line\nsecond line, with a comma",
    )
    assert second == a_session(
        second,
        "2026-03-16",
        (Zone.TEMPLE_LEFT, 25),
        (Zone.TEMPLE_RIGHT, 25),
        setting=Setting.HOME,
        device=DeviceKind.STAMP,
        topicals=(Topical(Product.MINOXIDIL, 24 * 60), Topical(Product.VITAMIN_C)),
        washed_before=False,
        endpoint=Endpoint.ERYTHEMA,
        notes="=SUM(A1:A9)",
    )
    assert problems(found) == [
        "line 6, column Zones: “Scheitel” is not known here; write hairline, left temple, right temple, frontal, "
        "mid-scalp, crown, left side, right side, back of the head, whole scalp, eyebrow, beard edge or eye area."
    ]


def test_decimal_commas_between_commas_and_days_that_are_not_whole():
    found = planned("decimal_commas.csv", leave_out_refused=True)

    first, second = records(found)
    assert first == a_session(first, "2026-03-08", (Zone.CROWN, 50))
    assert second == a_session(second, "2026-03-15", (Zone.CROWN, 50), time=time(21, 30))
    assert problems(found) == [
        "line 2, column zone: The row has 4 cells, the header 3. "
        "A decimal comma between commas needs quotation marks around its cell.",
        "line 5, column date: “2026-03-22T21:30:00Z” has a time zone; "
        "the day it was where you are cannot be told from it.",
        "line 6, column date: “26-03-29” may be 26 March 2029 or 29 March 2026; "
        "say in which order the dates have day and month.",
        "line 7, column date: “4.4.” has no year; write it behind, such as 3.4.2026.",
    ]
    assert planned("decimal_commas.csv", Answers(DateOrder.YEAR_FIRST)).added == 3
