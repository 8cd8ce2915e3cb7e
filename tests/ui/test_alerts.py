"""The boxes that tell and ask."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox

from logbook.ui.alerts import PlainBox
from logbook.ui.theme import apply_theme, load_theme

KINDS = [kind for kind in QMessageBox.Icon if kind is not QMessageBox.Icon.NoIcon]


def test_every_kind_of_box_has_a_picture_of_the_programs_own(qapp, qtbot):
    pictures = []
    for theme in ("light", "dark"):
        apply_theme(qapp, load_theme(theme))
        boxes = [PlainBox(kind, "Title", "Words") for kind in KINDS]
        for box in boxes:
            qtbot.addWidget(box)
        pictures.append([box.iconPixmap().toImage() for box in boxes])
    for light, dark in zip(*pictures, strict=True):
        assert not light.isNull()
        assert light != dark


def test_the_words_of_a_box_are_never_markup(qtbot):
    box = PlainBox(QMessageBox.Icon.Information, "Title", "a <b>note</b>")
    qtbot.addWidget(box)
    assert box.textFormat() is Qt.TextFormat.PlainText
