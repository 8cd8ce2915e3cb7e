"""Devices and cartridges, and what about them cannot be."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from builders import TODAY

from logbook.domain.device import Cartridge, Device
from logbook.domain.units import Depth
from logbook.domain.vocabulary import DeviceKind

TOMORROW = TODAY + timedelta(days=1)
ROLLER = Device("r" * 32, DeviceKind.ROLLER)
HEAD = Cartridge("c" * 32, ROLLER.id)


def at_fault(needles):
    return [problem.field for problem in needles.problems(TODAY)]


@pytest.mark.parametrize(
    ("kind", "has_own"),
    [
        (DeviceKind.ROLLER, True),
        (DeviceKind.STAMP, True),
        (DeviceKind.PEN, False),
        (DeviceKind.RADIOFREQUENCY, False),
        (DeviceKind.OTHER, False),
    ],
)
def test_a_roller_and_a_stamp_are_used_up_as_a_whole(kind, has_own):
    assert replace(ROLLER, kind=kind).has_own_needles is has_own


@pytest.mark.parametrize("needles", [ROLLER, HEAD])
@pytest.mark.parametrize(
    ("but", "fields"),
    [
        ({}, []),
        ({"needle_length": Depth(5), "needle_count": 1}, []),
        ({"needle_length": Depth(500), "needle_count": 10_000}, []),
        ({"needle_length": Depth(4)}, ["needle_length"]),
        ({"needle_length": Depth(0)}, ["needle_length"]),
        ({"needle_count": 0}, ["needle_count"]),
        ({"needle_count": 10_001}, ["needle_count"]),
        ({"retired_on": TODAY}, []),
        ({"retired_on": TOMORROW}, ["retired_on"]),
        ({"retired_on": date(1950, 1, 1)}, []),
        ({"retired_on": date(1949, 12, 31)}, ["retired_on"]),
    ],
)
def test_what_cannot_be_is_named_by_its_field(needles, but, fields):
    assert at_fault(replace(needles, **but)) == fields


@pytest.mark.parametrize(
    ("but", "fields"),
    [
        ({"opened_on": TODAY, "retired_on": TODAY}, []),
        ({"opened_on": TOMORROW}, ["opened_on"]),
        ({"opened_on": TODAY, "retired_on": TODAY - timedelta(days=1)}, ["retired_on"]),
        ({"expires_on": TOMORROW}, []),
        ({"expires_on": date(2201, 1, 1)}, ["expires_on"]),
        ({"expires_on": date(1, 1, 1)}, ["expires_on"]),
    ],
)
def test_the_days_of_a_cartridge_follow_one_another(but, fields):
    assert at_fault(replace(HEAD, **but)) == fields


def test_a_length_of_fifteen_asks_for_one_and_a_half():
    (problem,) = replace(ROLLER, needle_length=Depth(1500)).problems(TODAY)
    assert problem.suggestion == "1.5"


def test_a_cartridge_expires_after_its_last_day():
    head = replace(HEAD, expires_on=TODAY)
    assert (head.has_expired(TODAY), head.has_expired(TOMORROW), HEAD.has_expired(TODAY)) == (False, True, False)
