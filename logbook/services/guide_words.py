"""What the texts of the guide take from elsewhere: keys, places in menus, folders, and the numbers of the rules."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from logbook.domain import labels
from logbook.domain.trash import REST_DAYS
from logbook.domain.units import Depth
from logbook.domain.vocabulary import Severity, Sex, SheddingMethod
from logbook.guidance.predicates.shedding import PublishedRange, PublishedRanges
from logbook.guidance.ranges import ReferenceRange, load_ranges
from logbook.guidance.rule import Rules, Source
from logbook.services.next_in_zones import LAST
from logbook.services.places import (
    default_database,
    drafts_folder,
    last_good_guidance,
    remembered_columns,
    sample_database,
    window_state_file,
)

Said = str | tuple[str, ...]  # words inside a sentence, or the items of a list

_PEOPLE: Final = {Sex.MALE: "men", Sex.FEMALE: "women"}


class GuideWords:
    """Answers what stands in braces in a text, such as ``{key:save}``, ``{folder:backups}``, ``{number:rest_days}``."""

    def __init__(self, rules: Rules, logbook: Path | None, keys: Mapping[str, str], menus: Mapping[str, str]) -> None:
        """Answer from *rules* about the *logbook* that is open; *keys* and *menus* say of actions how to reach them."""
        self._rules = rules
        self._numbers = {
            "rest_days": REST_DAYS,
            "memory_days": rules.memory_days,
            "rules": len(rules.rules),
            "sources": len(rules.sources),
            "usual_sessions": LAST,
        }
        self._answers: dict[str, Callable[[str], Said]] = {
            "key": keys.__getitem__,
            "menu": menus.__getitem__,
            "folder": {name: str(path) for name, path in folders(logbook).items()}.__getitem__,
            "number": self._number,
            "severity": lambda name: labels.title(Severity[name.upper()]),
            "method": lambda name: labels.title(SheddingMethod(name)),
            "grades": _grades,
            "published": self._published,
            "lines": self._lines,
            "sources": self._sources,
        }

    def say(self, place: str) -> Said | None:
        """Return what stands for *place*, such as ``key:save``; None where nothing of that kind or name is known."""
        kind, _, name = place.partition(":")
        try:
            return self._answers[kind](name) or None
        except (KeyError, ValueError, IndexError, AttributeError, TypeError):
            return None

    def _number(self, name: str) -> str:
        """Return a number of the program, or of a rule: its id, then the way to the number in its parameters."""
        if name in self._numbers:
            return f"{self._numbers[name]:,}"
        rule, *way = name.split(".")
        value: Any = self._rules.of(rule).parameters
        for step in way:
            value = value[int(step)] if step.isdigit() else getattr(value, step)
        if isinstance(value, Depth):
            return labels.millimetres(value)
        if isinstance(value, Severity):
            return value.word
        return f"{int(value):,}"

    def _published(self, name: str) -> tuple[str, ...]:
        """Return what each source counts as usual by the method *name*, one item for each."""
        known = load_ranges(self._rules.sources, self._rules.folder / "spans").ranges
        return tuple(_range_words(one) for one in known if one.method == SheddingMethod(name))

    def _lines(self, name: str) -> tuple[str, ...]:
        """Return from when on the rules speak of counts by the method *name*, one item for each kind of people."""
        limits = [rule.parameters for rule in self._rules.of_shedding if isinstance(rule.parameters, PublishedRanges)]
        ranges = [one for limit in limits for one in limit.ranges if one.method == SheddingMethod(name)]
        return tuple(map(_line_words, ranges))

    def _sources(self, name: str) -> str:
        return labels.series(map(_source_words, self._rules.of(name).sources))


def folders(logbook: Path | None = None) -> dict[str, Path]:
    """Return where everything of a person lies, by name; *logbook* is the one that is open, if not their own."""
    opened = logbook or default_database()
    return {
        "logbook": opened,
        "backups": opened.parent / "backups",
        "drafts": drafts_folder(),
        "data": default_database().parent,
        "sample": sample_database(),
        "columns": remembered_columns(),
        "rules": last_good_guidance(),
        "settings": window_state_file(),
    }


def _grades(name: str) -> tuple[str, ...]:
    """Return what one sees at each grade of a method that is a scale."""
    method = SheddingMethod(name)
    return tuple(f"{words}. {labels.grade_caption(method, n)}" for n, words in labels.grades(method).items())


def _range_words(one: ReferenceRange) -> str:
    unit = "Grades" if labels.grades(one.method) else "Hairs"
    people = ""
    if one.sex:
        ages = f" of {one.from_age} to {one.to_age}" if one.from_age is not None else ""
        people = f", for {_PEOPLE[one.sex]}{ages} only"
    return f"{unit} {one.least:,} to {one.most:,}{people}. {one.says} {_source_words(one.source)}."


def _source_words(source: Source) -> str:
    year = f", {source.year}" if source.year else ""
    return f"{source.author}{year} (grade {source.grade})"


def _line_words(one: PublishedRange) -> str:
    first, *more = [f"{labels.word(band.severity)} {{}} {band.over:,}" for band in one.bands]
    unit = "" if labels.grades(one.method) else " hairs"
    bands = "; ".join([first.format(_above(one)) + unit, *(band.format("above") for band in more)])
    people = one.people
    whose = f"{_PEOPLE[people.sex]} aged {people.from_age} to {people.to_age}: " if people else ""
    return labels.capital(f"{whose}{bands}.")


def _above(one: PublishedRange) -> str:
    if one.in_days:
        return f"where {one.counts} counts or more of the last {labels.count(one.in_days, 'day')} average more than"
    if one.counts > 1:
        return f"where the last {one.counts} counts average more than"
    return "above grade" if labels.grades(one.method) else "above"
