"""What is chosen on the Charts page survives the file it is kept in, and whatever else stands in that file."""

from datetime import date

import pytest

from logbook.domain.vocabulary import SheddingMethod
from logbook.ui.pages.chart_choices import ChartChoices, ChartName, remember_choices, remembered_choices
from logbook.ui.widgets.range_row import Preset
from logbook.ui.window_state import WindowState


@pytest.fixture
def path(tmp_path):
    return tmp_path / "window.ini"


def through_the_file(choices, path):
    state = WindowState(path)
    remember_choices(choices, state)
    state._settings.sync()
    del state
    return remembered_choices(WindowState(path))


@pytest.mark.parametrize(
    "choices",
    [
        ChartChoices(),
        ChartChoices(ChartName.AROUND, Preset.ALL, wash="", method=SheddingMethod.PULL_TEST),
        ChartChoices(ChartName.SHEDDING, second=SheddingMethod.SINCLAIR, wash="3+", is_table=True),
        ChartChoices(preset=Preset.OWN, days=(date(2026, 1, 2), date(2026, 3, 4))),
        ChartChoices(hidden={ChartName.DEPTH: frozenset({"crown"}), ChartName.LOAD: frozenset({"a", "b"})}),
    ],
)
def test_what_is_chosen_is_there_again(choices, path):
    assert through_the_file(choices, path) == choices


def test_nothing_is_written_where_nothing_was_chosen(path):
    chosen = ChartChoices(ChartName.LOAD, Preset.WEEKS, is_table=True).hiding(frozenset({"crown"}))
    through_the_file(chosen, path)
    assert "charts" in path.read_text()
    assert through_the_file(ChartChoices(), path) == ChartChoices()
    assert "charts" not in path.read_text()


def test_what_cannot_be_read_was_never_chosen(path):
    path.write_text(
        "[charts]\nchart=pie\nrange=own\ndays=yesterday tomorrow\nmethod=a, b\nsecond_method=guess\nwash=3+\ntable=no\n"
    )
    assert remembered_choices(WindowState(path)) == ChartChoices()


def test_days_the_wrong_way_round_were_never_chosen(path):
    path.write_text("[charts]\nrange=own\ndays=2026-03-04 2026-01-02\n")
    assert remembered_choices(WindowState(path)) == ChartChoices()


def test_switching_off_is_for_one_chart(path):
    choices = ChartChoices(ChartName.LOAD).hiding(frozenset({"crown"}))
    assert choices.hidden_here() == {"crown"}
    assert ChartChoices(ChartName.DEPTH, hidden=choices.hidden).hidden_here() == frozenset()
