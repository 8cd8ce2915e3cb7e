"""Days as a locale writes them: in its order, with its months, and never to be taken for another."""

from datetime import date

import pytest
from PySide6.QtCore import QLocale

from logbook.ui.widgets.locale_days import day_words

DAY = date(2026, 12, 9)


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("en_GB", "9 Dec 2026"),
        ("en_US", "Dec 9, 2026"),
        ("de_DE", "9 Dez 2026"),
        ("es_ES", "9 dic 2026"),
        ("sv_SE", "2026 dec. 9"),
        ("ja_JP", "2026 12月 9"),
        ("C", "9 Dec 2026"),
    ],
)
def test_a_day(name, written):
    assert day_words(QLocale(name)).day(DAY) == written


@pytest.mark.parametrize("name", ["en_GB", "en_US", "de_DE", "fr_FR", "pl_PL", "ru_RU", "ja_JP", "ar_EG", "fa_IR", "C"])
def test_no_two_days_are_written_alike(name):
    words = day_words(QLocale(name))
    year = [date.fromordinal(DAY.toordinal() + n) for n in range(366)]
    assert len({words.day(day) for day in year}) == 366
    assert len(set(words.months)) == 12
    assert all(words.months)


def test_the_same_locale_gives_the_same_words():
    assert day_words(QLocale("en_US")).months == day_words(QLocale("en_US")).months
