"""A chart with its options, its legend and its words: all of the Charts page that waits for matplotlib."""

from dataclasses import replace
from datetime import date
from itertools import pairwise

from PySide6.QtCore import QCoreApplication, QEvent, QLocale, Signal
from PySide6.QtGui import QFont, QFontInfo
from PySide6.QtWidgets import QComboBox, QSizePolicy, QStackedLayout, QVBoxLayout, QWidget

from logbook.charts.around import WashState
from logbook.charts.chart import Told
from logbook.charts.style import Style
from logbook.domain.vocabulary import SheddingMethod
from logbook.ui.pages.chart_choices import ChartChoices
from logbook.ui.pages.chart_list import Option
from logbook.ui.pages.chart_sharing import copy_chart, export_chart
from logbook.ui.pages.chart_source import ChartSource, ShownChart
from logbook.ui.store import Store
from logbook.ui.theme import SPACING, current_theme
from logbook.ui.widgets.chart_canvas import ChartCanvas
from logbook.ui.widgets.chart_options import ChartOptions
from logbook.ui.widgets.chart_table import ChartTable
from logbook.ui.widgets.day_window import DayWindow
from logbook.ui.widgets.find_row import FindRow
from logbook.ui.widgets.legend_row import LegendRow
from logbook.ui.widgets.locale_days import day_words
from logbook.ui.widgets.read_out import ReadOut
from logbook.ui.widgets.words import words_label


class ChartPanel(QWidget):
    """Shows what of a store is chosen.

    Signals:
        choices_changed: the person chose something here; carries all that is chosen now.
        view_changed: the person moved or magnified the days; carries the first and the last.
        record_wanted: the person wants to see a record; carries its id.
    """

    choices_changed = Signal(object)
    view_changed = Signal(object, object)
    record_wanted = Signal(str)

    def __init__(self, store: Store) -> None:
        """Show nothing yet of *store*."""
        super().__init__()
        self._source = ChartSource(store, day_words(QLocale()))
        self._choices = ChartChoices()
        self._days: tuple[date, date] | None = None
        self._style = _style_of(self.font())
        self.shown: ShownChart | None = None
        # In the order in which Tab goes from one to the next.
        self.options, self.legend, self.canvas, self.table = ChartOptions(), LegendRow(), ChartCanvas(), ChartTable()
        self.read_out, self.sentence, self.said = ReadOut(), words_label(is_selectable=True), words_label("muted")
        self.said.setMinimumHeight(self.said.fontMetrics().lineSpacing())  # so that the chart keeps its size
        self._lay_out()
        self._listen()

    def show_chart(self, choices: ChartChoices, days: tuple[date, date]) -> None:
        """Show what is chosen, of *days*; what is shown already is not drawn again."""
        is_same = choices.is_table is self._choices.is_table and self.canvas.looked_at == DayWindow.of(*days)
        self._choices, self._days = choices, days
        self._show_options()
        made = self._source.make(choices, days)
        if not is_same or made != self.shown:
            self._show(made)

    def forget(self) -> None:
        """Forget what was made of records that changed since; what is shown next is made anew."""
        self._source.forget()

    def restyle(self) -> None:
        """Draw again in the colours and letters of now."""
        style = _style_of(self.font())
        if style != self._style:
            self._style = style
            if self.shown:
                self._show(self.shown)

    def copy(self) -> None:
        """Put the chart on the clipboard."""
        if self.shown:
            copy_chart(self.shown, self._style)

    def export(self) -> str:
        """Write the chart to a file that is asked for, and return what is to be said of it."""
        return export_chart(self, self.shown, self._style) if self.shown else ""

    def focus_first(self) -> None:
        """Go to the chart, or to its table."""
        (self.table if self._choices.is_table else self.canvas).setFocus()

    # What is shown

    def _show(self, shown: ShownChart) -> None:
        self.shown = shown
        is_table, sentence = self._choices.is_table, shown.sentence
        self.legend.show_keys(shown.keys(self._style), self._style, shown.view.hidden)
        self.legend.setVisible(bool(self.legend.chips) and not is_table)
        self._order_tabs()
        self.sentence.setText(sentence)
        self.canvas.tell(f"Chart: {shown.title}", sentence)
        self._stack.setCurrentWidget(self.table if is_table else self.canvas)
        self.read_out.setVisible(not is_table)
        self.said.setVisible(not is_table)
        # The canvas has its size before it is drawn, or it would be drawn twice.
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
        self.canvas.show_chart(shown.chart.draw, shown.series, shown.view, self._style)
        if is_table:
            self.table.show_table(shown.table, f"{shown.title}: Enter opens the record")

    def _order_tabs(self) -> None:
        """Have Tab go on from the legend, whose chips may be newer than all else, to what stands below it."""
        below: list[QWidget] = [*list(self.legend.chips.values())[-1:], self.canvas, self.table, self.read_out.link]
        for before, after in pairwise(below):
            QWidget.setTabOrder(before, after)

    def _show_options(self) -> None:
        if self._days is None:
            return
        source, choices = self._source, self._choices
        wanted, asked = source.wanted(choices, self._days), source.options_of(choices)
        boxes: dict[Option, QComboBox] = {
            Option.METHOD: self.options.method,
            Option.SECOND: self.options.second,
            Option.WASH: self.options.wash,
        }
        self.options.offer([box for option, box in boxes.items() if option in asked])
        if asked:
            self.options.show_methods(wanted.method, wanted.second, source.counts)
        if Option.WASH in asked:
            self.options.show_wash(wanted.wash, source.washes(wanted.method))

    def _drawn(self) -> None:
        self.said.setText(self.canvas.drawing.said)

    def _pointed(self, told: Told | None) -> None:
        if told is None:
            self.read_out.show_hint(has_marks=any(len(marks.x) for marks in self.canvas.drawing.marks))
        else:
            link = self._source.link_words(told.record_id) if told.record_id else ""
            self.read_out.show_words(told.words, told.record_id, link)

    # What the person does

    def _hide(self, names: frozenset[str]) -> None:
        self.choices_changed.emit(self._choices.hiding(names))

    def _want_method(self, method: SheddingMethod) -> None:
        self.choices_changed.emit(replace(self._choices, method=method, wash=None))

    def _want_second(self, method: SheddingMethod | None) -> None:
        self.choices_changed.emit(replace(self._choices, second=method))

    def _want_wash(self, wash: WashState) -> None:
        self.choices_changed.emit(replace(self._choices, wash=wash.value))

    # The making

    def _lay_out(self) -> None:
        body = QWidget()
        body.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._stack = QStackedLayout(body)
        self._stack.addWidget(self.canvas)
        self._stack.addWidget(self.table)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACING)
        for part in (self.options, self.legend):
            layout.addWidget(part)
        layout.addWidget(FindRow(self.table))
        layout.addWidget(body, 1)
        for label in (self.read_out, self.sentence, self.said):
            layout.addWidget(label)

    def _listen(self) -> None:
        self.canvas.drawn.connect(self._drawn)
        self.canvas.pointed.connect(self._pointed)
        self.canvas.view_changed.connect(self.view_changed)
        for part in (self.canvas, self.table, self.read_out):
            part.record_wanted.connect(self.record_wanted)
        self.legend.toggled.connect(self._hide)
        self.options.method_wanted.connect(self._want_method)
        self.options.second_wanted.connect(self._want_second)
        self.options.wash_wanted.connect(self._want_wash)


def _style_of(font: QFont) -> Style:
    info = QFontInfo(font)
    return Style(current_theme().roles, (info.family(),), round(info.pointSizeF(), 1))
