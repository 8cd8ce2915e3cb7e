"""The strip: everything where its number is, the same in a table and in sentences, at any width and size of letters."""

from dataclasses import replace
from datetime import timedelta

import pytest
from builders import TODAY, a_session
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QColor, QHelpEvent, QImage
from PySide6.QtWidgets import QApplication, QLabel, QToolTip

from logbook.domain.history import History
from logbook.domain.vocabulary import Setting
from logbook.guidance.judge import judge
from logbook.guidance.rule import Case
from logbook.guidance.spans import load_spans
from logbook.guidance.strip import amount, depth_strip, strip_of
from logbook.ui.theme import apply_theme, load_theme
from logbook.ui.widgets.span_drawing import EVIDENCE_ROLE, LINE_ROLE, OWN_ROLE, TOLD_ROLE
from logbook.ui.widgets.span_strip import SpanStrip
from logbook.ui.widgets.verdict_panel import GRADES


@pytest.fixture(scope="module")
def spans(rules):
    return load_spans(rules.sources)


@pytest.fixture
def strip_for(rules, spans):
    """Return the strip of the finding of a rule on a session after others."""

    def make(rule, session, *earlier):
        verdict = judge(rules, Case(session, History([*earlier])))
        (finding,) = (finding for finding in verdict.findings if finding.rule.id == rule)
        return strip_of(finding, spans)

    return make


@pytest.fixture
def rest(strip_for):
    """Twelve days after 1.5 mm at home."""
    return strip_for("I01", a_session(depth=25), a_session(TODAY - timedelta(days=12), 150))


@pytest.fixture
def depth(strip_for):
    """1.0 mm at home."""
    return strip_for("D01", a_session(depth=100))


@pytest.fixture
def widget(qtbot):
    widget = SpanStrip()
    qtbot.addWidget(widget)
    widget.resize(700, 900)
    widget.show()
    return widget


def show(widget, strip, width=700):
    widget.show_strip(strip)
    widget.resize(width, widget.layout().totalHeightForWidth(width))
    QApplication.processEvents()
    return widget.drawing.places()


def picture(widget):
    """Paint the drawing alone, on a ground that no role has."""
    image = QImage(widget.drawing.size(), QImage.Format.Format_ARGB32)
    image.fill(QColor("#ff00ff"))
    widget.drawing.render(image, QPoint(), renderFlags=widget.drawing.RenderFlag.DrawChildren)
    return image


def has(image, x, y, role, theme="light", reach=1):
    """Tell whether the colour of *role* is at a place, give or take *reach* pixels."""
    wanted = load_theme(theme).colour(role)
    places = [(round(x) + dx, round(y) + dy) for dx in range(-reach, reach + 1) for dy in range(-reach, reach + 1)]
    return any(_is_near(image.pixelColor(*place), wanted) for place in places if image.valid(*place))


def _is_near(one, other):
    return max(abs(a - b) for a, b in zip(one.getRgb(), other.getRgb(), strict=True)) < 40


def rows_with_bars(places):
    return [row for row in places.rows if row.bar]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 700])
def test_each_bar_reaches_from_its_least_to_its_most(widget, rest, qapp, theme, width):
    apply_theme(qapp, load_theme(theme))
    try:
        places = show(widget, rest, width)
        image = picture(widget)
    finally:
        apply_theme(qapp, load_theme("light"))
    assert places.is_stacked is (width == 320)
    for row in rows_with_bars(places):
        role = EVIDENCE_ROLE if row.bar.is_evidence else TOLD_ROLE
        y, ring = places.middle(row), places.line / 4
        if row.bar.least == row.bar.most:
            assert has(image, places.x(row.bar.least) - ring, y, role, theme)
            assert has(image, places.x(row.bar.least) + ring, y, role, theme)
            assert not has(image, places.x(row.bar.least) + 2 * ring, y, role, theme)
        else:
            for value in {row.bar.least, row.bar.most} - {rest.own, rest.line}:  # they run over it
                assert has(image, places.x(value), y, role, theme)
            assert not has(image, places.x(row.bar.least) - 5, y, role, theme)
            assert not has(image, places.x(row.bar.most) + 5, y, role, theme)


def test_evidence_is_filled_and_hearsay_hollow(widget, rest):
    places = show(widget, rest)
    image = picture(widget)
    middles = {
        (row.bar.label, row.bar.is_evidence): (
            places.x(row.bar.least) * 0.7 + places.x(row.bar.most) * 0.3,
            places.middle(row),
        )
        for row in rows_with_bars(places)
        if row.bar.most - row.bar.least > 10
    }
    assert {is_evidence for _, is_evidence in middles} == {True, False}
    for (label, is_evidence), (x, y) in middles.items():
        role = EVIDENCE_ROLE if is_evidence else TOLD_ROLE
        assert has(image, x, y, role, reach=0) is is_evidence, label


@pytest.mark.parametrize("width", [320, 700])
@pytest.mark.parametrize("which", ["rest", "depth"])
def test_the_own_point_and_the_line_of_the_rule_are_where_their_numbers_are(widget, which, width, request):
    strip = request.getfixturevalue(which)
    places = show(widget, strip, width)
    image = picture(widget)
    mark = places.flags - places.line / 2
    assert has(image, places.x(strip.own), mark, OWN_ROLE, reach=0)
    assert has(image, places.x(strip.own) + places.line / 4, mark, OWN_ROLE)  # a diamond, not only a line
    last = rows_with_bars(places)[-1]
    for value, role in ((strip.own, OWN_ROLE), (strip.line, LINE_ROLE)):
        high = range(round(places.middle(last) - places.line / 2), round(places.middle(last) + places.line / 2))
        assert any(has(image, places.x(value), y, role) for y in high), role
    assert places.x(strip.own) != places.x(strip.line)


def test_each_row_has_its_own_name_and_not_what_it_says(widget, rest):
    def painted_with(**change):
        bars = [replace(group, bars=tuple(replace(bar, **change) for bar in group.bars)) for group in rest.groups]
        show(widget, replace(rest, groups=tuple(bars)))
        return picture(widget)

    assert painted_with(detail="Something else.") == painted_with()
    assert painted_with(label="Dhurat 2014") != painted_with(label="Dhurat 2013")


def test_the_line_of_the_rule_is_dashed_and_the_own_one_is_not(widget, rest):
    places = show(widget, rest)
    image = picture(widget)
    top, bottom = max(places.stretches, key=lambda stretch: stretch[1] - stretch[0])
    bars = [places.middle(row) for row in rows_with_bars(places)]
    free = [y for y in range(round(top), round(bottom)) if all(abs(y - bar) > places.line / 3 for bar in bars)]

    def is_painted(value, y):
        x = round(places.x(value))
        return any(image.pixelColor(at, y) != QColor("#ff00ff") for at in (x - 1, x))

    assert {is_painted(rest.line, y) for y in free} == {True, False}
    assert {is_painted(rest.own, y) for y in free} == {True}


def test_no_line_runs_through_a_heading_or_below_a_label_that_stands_above_its_bar(widget, depth):
    places = show(widget, depth, 320)
    for row in places.rows:
        words_end = row.top + places.line if row.bar else row.bottom
        assert all(bottom <= row.top or top >= words_end for top, bottom in places.stretches), row


def test_a_strip_without_an_own_point_draws_only_the_line(widget, rules, spans):
    strip = depth_strip(spans, rules.of("D01"))
    places = show(widget, strip)
    assert places.flags == 2 * places.line + 4  # one line of words, and the place of the mark
    assert len(widget.text()) > 100
    cells = [widget.table.item(row, 0) for row in range(widget.table.rowCount())]
    assert "This session" not in [cell.text() for cell in cells if cell]


@pytest.mark.parametrize("width", [320, 480, 700, 1400])
@pytest.mark.parametrize("points", [9, 20])
@pytest.mark.parametrize("which", ["rest", "depth"])
def test_nothing_is_cut_off_at_any_width_and_size_of_letters(widget, which, points, width, request):
    strip = request.getfixturevalue(which)
    font = widget.font()
    font.setPointSize(points)
    widget.setFont(font)
    widget.drawing.setFont(font)
    places = show(widget, strip, width)
    metrics = widget.drawing.fontMetrics()
    assert widget.drawing.height() >= places.height
    assert places.height >= places.bottom + metrics.height()
    assert places.ends[0] < places.ends[1]
    for words in (strip.own_words, strip.line_words):
        assert places.flag(words).width() + places.line <= places.width
        assert places.flag(words).height() >= metrics.height() * (metrics.horizontalAdvance(words) // places.width)
    for bar in strip.bars:
        beside = 0 if places.is_stacked else places.label
        assert beside + metrics.horizontalAdvance(places.words(bar)) <= places.width
        assert places.ends[0] <= places.x(bar.least) <= places.x(bar.most) <= places.ends[1]
    last = metrics.horizontalAdvance(amount(places.ticks[-1], strip.unit))
    number = metrics.horizontalAdvance(amount(places.ticks[-1], strip.unit).split()[0])
    assert places.x(places.ticks[-1]) - number / 2 + last <= places.width == width
    apart = places.x(places.ticks[1]) - places.x(places.ticks[0])
    assert apart > number, "the numbers of the axis touch"


def test_the_axis_begins_at_nothing_and_has_round_numbers(widget, rest, depth):
    places = show(widget, rest)
    assert places.ticks[0] == 0
    assert all(tick % 7 == 0 for tick in places.ticks)
    assert places.ticks[-1] >= max(bar.most for bar in rest.bars) == 90
    places = show(widget, depth)
    assert all(tick % 25 == 0 for tick in places.ticks)
    assert 250 <= places.ticks[-1] <= 300


def test_a_point_beyond_all_sources_is_still_on_the_axis(widget, strip_for):
    strip = strip_for("D01", a_session(depth=450))
    places = show(widget, strip)
    assert places.ticks[-1] >= 450


def test_the_table_says_the_same_as_the_bars(widget, rest, qtbot):
    show(widget, rest)
    assert not widget.table.isVisible()
    widget.table_button.setFocus()
    qtbot.keyClick(widget.table_button, Qt.Key.Key_Space)
    assert widget.table.isVisible()
    rows = table_rows(widget)
    assert rows[0][:3] == ["This session", "12 days", "12 days"]
    assert rows[1][0] == "Published rule"
    assert rows[1][-1] == "Published rule: clear from 21 days"
    assert len(rows) == 2 + len(rest.bars)
    for cells, bar in zip(rows[2:], rest.bars, strict=True):
        setting = "At home" if bar.setting is Setting.HOME else "Supervised by a clinician"
        grade = f"{bar.grade}, {GRADES[bar.grade]}"
        least, most = amount(bar.least, rest.unit), amount(bar.most, rest.unit)
        assert cells == [bar.label, least, most, setting, grade, bar.detail]
    qtbot.keyClick(widget.table_button, Qt.Key.Key_Space)
    assert not widget.table.isVisible()


def table_rows(widget):
    table = widget.table
    return [
        [table.item(row, column).text() for column in range(table.columnCount())] for row in range(table.rowCount())
    ]


def test_the_table_follows_the_strip_while_it_is_open_and_when_it_opens(widget, rest, depth):
    show(widget, rest)
    widget.table_button.click()
    show(widget, depth)
    assert len(table_rows(widget)) == 2 + len(depth.bars)
    widget.table_button.click()
    show(widget, rest)
    widget.table_button.click()
    assert table_rows(widget)[0][1] == "12 days"


@pytest.mark.parametrize("width", [400, 1000])
def test_the_table_is_as_high_as_its_rows_and_none_of_its_words_is_cut(widget, rest, width):
    show(widget, rest, width)
    widget.table_button.click()
    show(widget, rest, width)
    table = widget.table
    assert table.verticalScrollBar().maximum() == 0
    inner = table.horizontalHeader().height() + sum(table.rowHeight(row) for row in range(table.rowCount()))
    assert 0 <= table.height() - inner <= 2 * table.frameWidth() + table.horizontalScrollBar().sizeHint().height() + 1
    metrics = table.fontMetrics()
    for row in range(table.rowCount()):
        for column in range(table.columnCount()):
            text = table.item(row, column).text()
            box = table.visualItemRect(table.item(row, column)).adjusted(9, 0, -9, 0)
            box.setHeight(10_000)
            wrapped = metrics.boundingRect(box, Qt.TextFlag.TextWordWrap, text)
            assert wrapped.height() <= table.rowHeight(row), text
            assert wrapped.width() <= box.width(), text
    assert (table.horizontalScrollBar().maximum() == 0) is (width == 1000)


def test_tab_goes_from_the_button_through_the_table_and_out(widget, rest, qtbot):
    show(widget, rest)
    widget.table_button.click()
    widget.activateWindow()
    qtbot.waitUntil(widget.isActiveWindow)
    widget.table_button.setFocus()
    qtbot.keyClick(widget.table_button, Qt.Key.Key_Tab)
    assert widget.table.hasFocus()
    qtbot.keyClick(widget.table, Qt.Key.Key_Down)
    assert widget.table.currentRow() >= 0
    qtbot.keyClick(widget.table, Qt.Key.Key_Tab)
    assert not widget.table.hasFocus()


def test_it_is_said_aloud_whole(widget, rest):
    show(widget, rest)
    assert widget.text() == widget.accessibleDescription() == rest.text
    assert widget.accessibleName() == rest.title
    assert widget.table_button.accessibleDescription() == rest.text
    assert widget.table_button.accessibleName() == f"{rest.title}: as a table"
    assert widget.table.accessibleName() == rest.title
    for bar in rest.bars:
        assert bar.label in widget.text()


def test_a_strip_that_was_never_shown_is_empty(widget):
    assert widget.text() == ""
    assert widget.drawing.places() is None
    assert widget.drawing.heightForWidth(400) == 0
    widget.table_button.click()
    assert widget.table.rowCount() == 0


def test_a_row_tells_what_its_source_says_and_a_heading_nothing(widget, rest, qtbot):
    places = show(widget, rest)

    def tip_at(row):
        at = QPoint(20, (row.top + row.bottom) // 2)
        place = widget.drawing.mapToGlobal(at)
        QApplication.sendEvent(widget.drawing, QHelpEvent(QEvent.Type.ToolTip, at, place))
        return QToolTip.text()

    bars = rows_with_bars(places)
    assert tip_at(bars[0]) == f"<p>{bars[0].bar.detail}</p>"
    assert tip_at(bars[-1]) == f"<p>{bars[-1].bar.detail}</p>"
    tip_at(places.rows[0])
    qtbot.waitUntil(lambda: QToolTip.text() == "")


def test_no_label_takes_words_for_markup(widget, rest):
    show(widget, rest)
    for label in widget.findChildren(QLabel):
        assert label.textFormat() is Qt.TextFormat.PlainText
