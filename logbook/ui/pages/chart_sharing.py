"""A chart for others: on the clipboard, or as a file."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QMimeData, QStringListModel
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog, QWidget

from logbook.charts.chart import Table
from logbook.charts.printing import render
from logbook.charts.style import Style
from logbook.domain import labels
from logbook.domain.errors import LogbookError
from logbook.services.chart_files import print_style, write_chart
from logbook.ui.alerts import ask, tell_error
from logbook.ui.pages.chart_source import ShownChart

_FORMS: Final = {
    "Picture, PNG (*.png)": ".png",
    "Drawing, SVG (*.svg)": ".svg",
    "Document, PDF (*.pdf)": ".pdf",
    "Numbers, CSV (*.csv)": ".csv",
}


def copy_chart(shown: ShownChart, style: Style) -> None:
    """Put the picture of a chart, as it is printed, and its numbers as text on the clipboard; *style* has the fonts."""
    paper, content = print_style(style.families), _content()
    content.setImageData(QImage.fromData(render(shown.sheet(paper), paper, "png")))
    content.setText(table_text(shown.table))
    QGuiApplication.clipboard().setMimeData(content)


def export_chart(parent: QWidget, shown: ShownChart, style: Style) -> str:
    """Ask for a file and write the chart, or its numbers, to it; return what is to be said of it."""
    name, chosen = QFileDialog.getSaveFileName(
        parent, "Export the chart", f"{shown.title.lower().replace(' ', '-')}.png", ";;".join(_FORMS)
    )
    if not name:
        return ""
    path, paper = Path(name), print_style(style.families)
    if path.suffix.lower() not in _FORMS.values():
        path = path.with_name(f"{path.name}{_FORMS.get(chosen, '.png')}")
        # The dialogue asked about the name without the ending.
        if path.exists() and not ask(parent, "Replace it?", f"{path.name} is there already.", "Replace", loses=True):
            return ""
    try:
        write_chart(path, shown.sheet(paper), shown.table, paper)
    except LogbookError as error:
        tell_error(parent, error)
        return "Nothing was exported."
    what = labels.count(len(shown.table.rows), "row") if path.suffix.lower() == ".csv" else "the chart"
    return f"Exported {what} to {path.name}."


def table_text(table: Table) -> str:
    """Return *table* as text that a spreadsheet takes: a tab between cells, a line for each row."""
    return "\n".join("\t".join(cells) for cells in (table.titles, *table.rows))


def _content() -> QMimeData:
    """Return an empty content for the clipboard that Qt made.

    Where the clipboard is Qt's own, it deletes what it holds after Python has ended, and one that Python made would
    then call for Python.
    """
    model = QStringListModel([""])
    content = model.mimeData([model.index(0)])
    content.clear()
    return content
