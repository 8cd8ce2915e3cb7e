from dataclasses import replace
from datetime import date

from builders import a_session
from storage.records import a_person, full_records

from logbook.services.differences import difference

BEFORE = a_session("2026-02-01")
LATER = a_session("2026-05-03")


def test_the_same_records_in_another_order_are_no_difference():
    records = full_records()
    found = difference(records, records[::-1])
    assert found.is_nothing
    assert found.sentence == "It holds exactly what your logbook holds now."


def test_what_goes_comes_back_and_changes_is_counted_and_named():
    person = a_person()
    now = [person, BEFORE, LATER]
    then = [replace(BEFORE, notes="as it was"), a_session("2026-06-01"), a_session("2026-06-02"), person]
    found = difference(now, then)
    assert (found.lost, found.back, found.changed) == ({"sessions": 1}, {"sessions": 2}, {"sessions": 1})
    assert found.newest_lost == date(2026, 5, 3)
    assert found.sentence == (
        "Restoring it would take away 1 session, bring back 2 sessions and change back 1 session. "
        "The latest session that it takes away or changes is of 3 May 2026."
    )


def test_where_nothing_is_taken_away_no_day_is_named():
    found = difference([], full_records())
    assert found.newest_lost is None
    assert found.sentence == (
        "Restoring it would bring back 1 person, 1 device, 1 cartridge, 1 session, 1 shedding record, 1 life event, "
        "1 agreed limit, 1 acknowledgement, 1 routine, 1 planned session and 1 deleted record."
    )
