"""What is left of a logbook that is given away: everything that was done, and nothing of who did it."""

import datetime as dt
import re
from pathlib import Path

import pytest
from faults.inventing import TODAY, Inventor

from logbook.domain.edit import Record
from logbook.domain.person import Acknowledgement, Person
from logbook.domain.session import EARLIEST_DATE, Session
from logbook.domain.shedding import SheddingRecord
from logbook.services.anonymous import MOST_DAYS, anonymised
from logbook.services.exchange import export
from logbook.services.logbook_json import read_logbook

MARK = "Tell-tale"


class Marked(Inventor):
    """Writes the mark into every text."""

    def _text(self) -> str:
        return f"{MARK} {super()._text()}"


def written(records: tuple[Record, ...], folder: Path, name: str = "out.json") -> str:
    path = folder / name
    path.unlink(missing_ok=True)
    export(records, path)
    return path.read_text(encoding="utf-8-sig")


@pytest.mark.parametrize("number", range(30))
def test_no_word_of_ones_own_no_id_and_no_date_is_left(tmp_path: Path, number: int):
    records = Marked(number).logbook()
    assert MARK in written(tuple(records), tmp_path)

    found = anonymised(records)
    text = written(found.records, tmp_path)

    assert MARK not in text
    assert MARK not in written(found.records, tmp_path, "out.csv")
    assert not [record.id for record in records if record.id in text]
    assert 30 <= found.days <= MOST_DAYS


@pytest.mark.parametrize("number", range(30))
def test_it_can_be_read_again(tmp_path: Path, number: int):
    found = anonymised(Inventor(number).logbook())
    written(found.records, tmp_path)

    read = read_logbook(tmp_path / "out.json", TODAY)

    assert sorted(read, key=lambda record: record.id) == sorted(found.records, key=lambda record: record.id)


def test_every_date_is_moved_by_the_same_and_what_was_done_stays():
    records = Inventor(3).logbook()
    kept = [record for record in records if not isinstance(record, Acknowledgement)]

    found = anonymised(records, 100)

    assert len(found.records) == len(kept)
    for before, after in zip(kept, found.records, strict=True):
        if isinstance(before, Session) and isinstance(after, Session):
            same = [(one.zones, one.device, one.pressure, one.skin_signs, one.time) for one in (before, after)]
            assert same[0] == same[1]
            assert after.utc_offset_minutes is after.given is None
        if isinstance(before, Session | SheddingRecord) and isinstance(after, Session | SheddingRecord):
            assert after.date == max(EARLIEST_DATE, before.date - dt.timedelta(days=100))


def test_a_day_of_birth_before_the_earliest_session_is_moved_too():
    (person,) = anonymised([Person("a", "Ann", dt.date(1948, 5, 1))], 31).records

    assert isinstance(person, Person)
    assert (person.name, person.birth_date) == ("", dt.date(1948, 3, 31))


def test_records_still_belong_together_and_in_their_order():
    records = [one for one in Inventor(5).logbook() if not isinstance(one, Acknowledgement)]

    found = anonymised(records).records

    new = {before.id: after.id for before, after in zip(records, found, strict=True)}
    assert [new[id_] for id_ in sorted(new)] == sorted(new.values())
    for before, after in zip(records, found, strict=True):
        if isinstance(before, Session) and isinstance(after, Session):
            assert after.person_id == new[before.person_id]
            assert after.device_id == (new[before.device_id] if before.device_id else None)


def test_that_a_count_was_left_out_of_trends_is_kept_and_why_is_not():
    counts = [one for number in range(20) for one in Marked(number).logbook() if isinstance(one, SheddingRecord)]
    assert any(one.excluded_because for one in counts)

    for before, after in zip(counts, anonymised(counts).records, strict=True):
        assert isinstance(after, SheddingRecord)
        assert bool(before.excluded_because) == bool(after.excluded_because)


def test_the_days_are_another_number_each_time():
    assert len({anonymised(()).days for _ in range(50)}) > 10


def test_every_field_of_text_is_thought_of():
    """A new field of text is emptied, or named here on purpose."""
    text = "".join(written_fields())
    assert re.findall(MARK, text) == []


def written_fields() -> list[str]:
    found = [one for number in range(40) for one in anonymised(Marked(number).logbook()).records]
    return [repr(one) for one in found]
