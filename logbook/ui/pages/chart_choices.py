"""What a person chose to see on the Charts page, and where that is remembered. Nothing here needs matplotlib."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Final, TypeVar

from logbook.domain.vocabulary import SheddingMethod
from logbook.ui.widgets.range_row import Preset
from logbook.ui.window_state import WindowState

_E = TypeVar("_E", bound=StrEnum)

_WASH: Final = "days:"  # before the value of a wash state, which may be empty


class ChartName(StrEnum):
    """The charts there are."""

    DEPTH = "depth"
    INTERVALS = "intervals"
    SHEDDING = "shedding"
    AROUND = "around"
    LOAD = "load"


CHART_WORDS: Final = {
    ChartName.DEPTH: "&Depth",
    ChartName.INTERVALS: "&Intervals",
    ChartName.SHEDDING: "Sheddin&g",
    ChartName.AROUND: "Around sessi&ons",
    ChartName.LOAD: "&Load",
}


@dataclass(frozen=True)
class ChartChoices:
    """What is chosen; None stands for what fits the records best."""

    chart: ChartName = ChartName.DEPTH
    preset: Preset = Preset.YEAR
    days: tuple[date, date] | None = None  # of one's own range
    method: SheddingMethod | None = None
    second: SheddingMethod | None = None  # none
    wash: str | None = None  # value of a wash state
    is_table: bool = False
    hidden: Mapping[ChartName, frozenset[str]] = field(default_factory=dict)  # names of the keys that are off

    def hidden_here(self) -> frozenset[str]:
        """Return what is switched off in the chart that is chosen."""
        return self.hidden.get(self.chart, frozenset())

    def hiding(self, names: frozenset[str]) -> "ChartChoices":
        """Return the choices with exactly *names* switched off in the chart that is chosen."""
        return replace(self, hidden={**self.hidden, self.chart: names})


def remembered_choices(state: WindowState) -> ChartChoices:
    """Return what was chosen last; what cannot be read is as if it had never been chosen."""
    plain = ChartChoices()
    preset = _one_of(Preset, state.choice("charts/range")) or plain.preset
    days = _days(state.choice("charts/days"))
    return ChartChoices(
        _one_of(ChartName, state.choice("charts/chart")) or plain.chart,
        plain.preset if preset is Preset.OWN and days is None else preset,
        days,
        _one_of(SheddingMethod, state.choice("charts/method")),
        _one_of(SheddingMethod, state.choice("charts/second_method")),
        wash.removeprefix(_WASH) if (wash := state.choice("charts/wash")).startswith(_WASH) else None,
        state.choice("charts/table") == "yes",
        {name: _names(words) for name in ChartName if (words := state.choice(f"charts/hidden_{name}"))},
    )


def remember_choices(choices: ChartChoices, state: WindowState) -> None:
    """Keep *choices* for the next time; what was never chosen is not written."""
    plain = ChartChoices()
    state.keep_choice("charts/chart", "" if choices.chart is plain.chart else choices.chart.value)
    state.keep_choice("charts/range", "" if choices.preset is plain.preset else choices.preset.value)
    days = choices.days if choices.preset is Preset.OWN else None
    state.keep_choice("charts/days", " ".join(day.isoformat() for day in days) if days else "")
    state.keep_choice("charts/method", choices.method.value if choices.method else "")
    state.keep_choice("charts/second_method", choices.second.value if choices.second else "")
    state.keep_choice("charts/wash", "" if choices.wash is None else f"{_WASH}{choices.wash}")
    state.keep_choice("charts/table", "yes" if choices.is_table else "")
    for name in ChartName:
        state.keep_choice(f"charts/hidden_{name}", " ".join(sorted(choices.hidden.get(name, ()))))


def _one_of(kind: type[_E], text: str) -> _E | None:
    return kind(text) if text in list(kind) else None


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _days(text: str) -> tuple[date, date] | None:
    try:
        first, last = (date.fromisoformat(part) for part in text.split())
    except ValueError:
        return None
    return (first, last) if first <= last else None
