from datetime import date
from pathlib import Path

import pytest

from logbook.domain.vocabulary import SheddingMethod
from logbook.services.importing.cells import Answers
from logbook.services.importing.dates import DateOrder
from logbook.services.importing.look import Preview, look
from logbook.services.importing.numbers import DecimalSign

TODAY = date(2026, 6, 30)


@pytest.fixture
def looked(tmp_path: Path):
    def write(*lines: str, **how: object) -> Preview:
        path = tmp_path / "log.csv"
        path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        return look(path, TODAY, recalls=False, **how)

    return write


def test_nothing_is_asked_of_days_that_can_be_only_one(looked):
    assert looked("date", "2026-03-04", "25/03/2026", "04/28/2026", "3/3/26", "4 March 2026").questions == ()


def test_an_order_is_proposed_where_it_is_the_only_one_that_fits_every_date(looked):
    [question] = looked("date", "03/04/2026", "05/04/2026", "13/04/2026").questions
    assert (question.proposed, question.is_open) == (DateOrder.DAY_FIRST, False)
    assert question.because == "Only day first fits every date: see line 4, “13/04/2026”."


def test_one_date_that_fits_neither_order_leaves_the_question_to_the_person(looked):
    preview = looked("date", "03/04/2026", "13/04/2026", "04/13/2026")
    assert [question.proposed for question in preview.open_questions] == [None]


def test_years_of_two_digits_are_asked_in_three_orders_until_a_date_tells(looked):
    [question] = looked("date", "04-03-05").questions
    assert [option.value for option in question.options] == [*DateOrder]
    assert looked("date", "04-03-05", "28-03-05").answers.date_order is DateOrder.DAY_FIRST
    assert looked("date", "04-03-05", "31-12-2025").answers.date_order is DateOrder.DAY_FIRST
    assert looked("date", "04-03-05", "05-31-04").answers.date_order is DateOrder.MONTH_FIRST
    assert looked("date", "24-03-05").answers.date_order is None  # the 24th, or the year


def test_the_persons_answer_goes_before_that_of_the_file(looked):
    lines = ("date", "03/04/2026", "13/04/2026")
    answered = looked(*lines, answers=Answers(DateOrder.MONTH_FIRST))
    assert answered.answers.date_order is DateOrder.MONTH_FIRST
    assert (answered.open_questions, answered.decided) == ((), ())
    assert [question.because for question in looked(*lines).decided] != []
    assert "is no day when it is read month first" in answered.rows[1].cells[0].problem


def test_a_decimal_sign_is_proposed_where_the_same_column_shows_it(looked):
    [question] = looked("date;redness hours", "2026-03-04;1,500", "2026-03-05;1,5").questions
    assert question.proposed is DecimalSign.COMMA
    assert question.because == "The same column has line 3, “1,5”."
    [question] = looked("date;redness hours", "2026-03-04;1,500", "2026-03-05;1.5").questions
    assert question.proposed is DecimalSign.POINT


@pytest.mark.parametrize("others", [("2026-03-05;1.5;1", "2026-03-06;2,5;1"), ("2026-03-05;2;1,5",), ()])
def test_a_decimal_sign_is_asked_where_the_column_shows_none_or_both(looked, others: tuple[str, ...]):
    preview = looked("date;redness hours;passes", "2026-03-04;1,500;1", *others)
    assert [question.about for question in preview.open_questions] == ["decimal"]


def test_two_columns_that_are_open_must_both_show_the_sign(looked):
    lines = ("date;redness hours;passes", "2026-03-04;1,500;1,000", "2026-03-05;1,5;1")
    assert looked(*lines).answers.decimal is None
    assert looked(*lines, "2026-03-06;1;1,0").answers.decimal is DecimalSign.COMMA


def test_a_depth_is_never_a_thousand(looked):
    preview = looked("date;depth", "2026-03-04;1,500")
    assert preview.questions == ()
    assert preview.rows[0].cells[1].read == "1.50 mm"


def test_the_method_is_asked_once_and_not_row_by_row(looked):
    preview = looked("Day;Hairs", "2026-03-04;12")
    assert [question.about for question in preview.open_questions] == ["method"]
    assert preview.rows[0].problems == ()
    answered = looked("Day;Hairs", "2026-03-04;12", answers=Answers(method=SheddingMethod.SINCLAIR))
    assert answered.open_questions == ()
    assert answered.rows[0].cells[1].problem.startswith("12 does not fit this method")


def test_what_is_wrong_with_one_item_of_a_list_stands_at_its_column(looked):
    preview = looked("date;zones", "2026-03-04;crown 25 mm|hairline", "2026-03-05;crown|crown")
    assert preview.rows[0].cells[1].problem.startswith("A depth lies between")
    assert preview.rows[1].cells[1].problem == "Each zone is named once."
    preview = looked("date", "2026-03-04T07:30", "2026-03-05")
    assert [row.problems for row in preview.rows] == [(), ()]


def test_the_line_with_a_date_column_is_the_header_and_not_a_title(looked):
    preview = looked("Notes;;", ";;", "Date;First;Second", "2026-03-04;a;b")
    assert preview.shown == ("date",)
    assert preview.remarks[0] == "The names of the columns are in line 3; what stands above it is not read: “Notes”."


def test_a_sign_at_the_head_of_a_column_may_stand_for_any_column_by_hand(looked):
    preview = looked("Wann;Wie tief", "4 March 2026;0,5")
    assert (preview.shown, preview.row_count) == ((), 1)
    columns = preview.columns.reading("Wann", "date").reading("Wie tief", "depth_mm")
    again = looked("Wann;Wie tief", "4 March 2026;0,5", columns=columns)
    assert [cell.read for cell in again.rows[0].cells] == ["4 March 2026", "0.50 mm"]
