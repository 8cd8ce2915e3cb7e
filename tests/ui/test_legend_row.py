"""The legend: what the chart draws, as it draws it, each a switch."""

import numpy as np
import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QSignalSpy, QTest

from logbook.charts.chart import Key
from logbook.charts.frame import area_key
from logbook.charts.key_pictures import key_pictures
from logbook.charts.style import Style
from logbook.domain.vocabulary import Severity, Zone
from logbook.ui.theme import load_theme
from logbook.ui.widgets.legend_row import LegendRow

LIGHT, DARK = (Style(load_theme(name).roles) for name in ("light", "dark"))


def keys(style):
    line = {"color": style.roles["text"], "linestyle": "--"}
    return (
        Key("crown", "Crown", style.zone(Zone.CROWN)),
        Key("found_stop", "Stop found", style.severity(Severity.STOP)),
        Key("median", "Median & n", line),
        area_key(Severity.CAUTION, "Caution by depth", style),
    )


@pytest.fixture
def row(qtbot):
    made = LegendRow()
    qtbot.addWidget(made)
    made.resize(600, 60)
    made.show_keys(keys(LIGHT), LIGHT, ())
    made.show()
    return made


def image_of(row, name):
    chip = row.chips[name]
    return chip.icon().pixmap(chip.iconSize(), row.devicePixelRatioF()).toImage()


def test_each_key_has_a_chip_with_its_words(row):
    assert [chip.text() for chip in row.chips.values()] == [
        "Crown",
        "Stop found",
        "Median && n",
        "Caution by depth",
    ]
    assert row.chips["median"].accessibleName() == "Show Median & n"
    assert all(chip.isChecked() for chip in row.chips.values())


def test_the_pictures_are_what_the_chart_draws():
    crown, stop, median, caution = key_pictures(keys(LIGHT), LIGHT, (40, 24), 96)
    assert crown.shape == (24, 40, 4)

    def colour(picture, x, y):
        return "#{:02x}{:02x}{:02x}".format(*picture[y, x, :3]) if picture[y, x, 3] == 255 else None

    assert colour(crown, 20, 12) == LIGHT.zone(Zone.CROWN)["color"].lower()
    assert colour(crown, 3, 12) is None
    assert colour(stop, 20, 12) is None  # open: the mark inside stays to be seen
    assert stop[:, :, 3].any()
    line = [colour(median, x, 11) for x in range(40)]
    assert LIGHT.roles["text"] in line
    assert None in line[4:36]  # dashed
    assert colour(caution, 20, 12) == LIGHT.roles["caution_ground"]
    edge = [colour(caution, x, 2) for x in range(3, 35)]
    assert 8 < edge.count(LIGHT.roles["caution_ground"]) < 24  # a frame around it, dashed as the line in the chart


def test_no_shape_around_a_mark_is_cut_off(row):
    style = Style(LIGHT.roles, size=row.font().pointSizeF())
    found = [Key(severity.word, "Found", style.severity(severity)) for severity in Severity if severity]
    row.show_keys(found, style, ())
    with_room = key_pictures(found, style, (60, 60), row.logicalDpiX())
    for key, whole in zip(found, with_room, strict=True):
        image = image_of(row, key.name).convertToFormat(QImage.Format.Format_RGBA8888)
        shown = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4)
        assert np.count_nonzero(shown[:, :, 3].any(axis=1)) == np.count_nonzero(whole[:, :, 3].any(axis=1)), key.name


def test_no_picture_reaches_into_that_of_its_neighbour():
    wide = Key("wide", "Wide", {**LIGHT.severity(Severity.STOP), "markersize": 14.0})
    alone = key_pictures([wide], LIGHT, (40, 24), 96)[0]
    between = key_pictures([*keys(LIGHT)[:1], wide, *keys(LIGHT)[:1]], LIGHT, (40, 24), 96)[1]
    assert (alone == between).all()


def test_a_chip_switches_its_key_off_and_on(row):
    toggled = QSignalSpy(row.toggled)
    QTest.mouseClick(row.chips["crown"], Qt.MouseButton.LeftButton)
    assert toggled.at(0) == [frozenset({"crown"})]
    QTest.keyClick(row.chips["median"], Qt.Key.Key_Space)
    assert toggled.at(1) == [frozenset({"crown", "median"})]
    QTest.mouseClick(row.chips["crown"], Qt.MouseButton.LeftButton)
    assert toggled.at(2) == [frozenset({"median"})]


def test_what_is_off_is_struck_through(row):
    row.show_keys(keys(LIGHT), LIGHT, {"crown"})
    assert row.chips["crown"].font().strikeOut()
    assert not row.chips["crown"].isChecked()
    assert not row.chips["median"].font().strikeOut()
    row.show_keys(keys(LIGHT), LIGHT, ())
    assert not row.chips["crown"].font().strikeOut()


def test_showing_says_nothing(row):
    toggled = QSignalSpy(row.toggled)
    row.show_keys(keys(LIGHT), LIGHT, {"crown", "median"})
    assert toggled.count() == 0


def test_what_is_off_in_days_that_are_not_shown_stays_off(row):
    row.show_keys(keys(LIGHT)[1:], LIGHT, {"crown"})
    toggled = QSignalSpy(row.toggled)
    QTest.mouseClick(row.chips["median"], Qt.MouseButton.LeftButton)
    assert toggled.at(0) == [frozenset({"crown", "median"})]


def test_the_same_keys_keep_their_chips_and_the_focus(row, qtbot):
    row.activateWindow()
    chip = row.chips["median"]
    chip.setFocus()
    qtbot.waitUntil(chip.hasFocus)
    row.show_keys(keys(LIGHT), LIGHT, {"crown"})
    assert row.chips["median"] is chip
    assert chip.hasFocus()
    row.show_keys(keys(LIGHT)[:1], LIGHT, ())
    assert list(row.chips) == ["crown"]
    assert not chip.isVisible()


def test_another_theme_paints_them_anew(row):
    before = {name: image_of(row, name) for name in row.chips}
    row.show_keys(keys(DARK), DARK, ())
    assert all(image_of(row, name) != before[name] for name in row.chips)


def test_pictures_are_as_large_as_the_letters(row):
    size = row.chips["crown"].iconSize()
    assert row.fontMetrics().height() < size.height() < size.width() < 3 * size.height()
    assert image_of(row, "crown").size() == QSize(size * row.devicePixelRatioF())


def test_without_a_key_there_is_nothing(row):
    row.show_keys((), LIGHT, ())
    assert row.chips == {}
