"""Charts as files: the picture at print size, and its numbers."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from logbook.assets import find, read_toml
from logbook.charts.chart import Table
from logbook.charts.printing import FORMS, Sheet, render
from logbook.charts.style import Style
from logbook.domain.errors import UnreadableFile
from logbook.services.csv_table import guarded, whole_binary, write_table

NUMBERS: Final = ".csv"
PRINT_SIZE: Final = 8.0  # of text, in points


def print_style(families: tuple[str, ...] = ()) -> Style:
    """Return the look of charts on paper, which is light whatever the window wears."""
    roles: Mapping[str, str] = read_toml(find("themes/light.toml"))["roles"]
    return Style(roles, families, PRINT_SIZE)


def write_chart(path: Path, sheet: Sheet, table: Table, style: Style) -> None:
    """Write the picture of *sheet* to *path*, or *table*, its numbers, where the name ends in ``.csv``.

    Raises:
        UnreadableFile: the name ends in none of the forms that a chart can have.
        StorageError: the file cannot be written; then nothing of it is.
    """
    form = path.suffix.lower()
    if form == NUMBERS:
        write_table(path, table.titles, ([guarded(cell) for cell in row] for row in table.rows))
        return
    if form.removeprefix(".") not in FORMS:
        raise UnreadableFile(f"{path.name} ends in none of .png, .svg, .pdf and .csv.")
    data = render(sheet, style, form.removeprefix("."))
    with whole_binary(path) as stream:
        stream.write(data)
