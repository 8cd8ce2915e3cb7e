"""A program in whose form somebody types letter after letter, and that says after each what stands there."""

import os
import sys
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from logbook.start import Program

LETTERS = "The quick brown fox jumps over the lazy dog. "

app = QApplication([])
program = Program(app, Path(sys.argv[1]))
count = 0


def type_one() -> None:
    global count  # noqa: PLW0603 - a program of one page
    if program.desk is None or program.desk.draft_keeping._drafts is None or program.window.sessions is None:
        return
    if count == 0:
        sys.stdout.write("ready\n")
    notes = program.window.sessions.form.notes
    QTest.keyClicks(notes, LETTERS[count % len(LETTERS)])
    count += 1
    sys.stdout.write(f"{time.time()} {notes.toPlainText()}\n")
    sys.stdout.flush()


clock = QTimer(interval=40)
clock.timeout.connect(type_one)
clock.start()
app.exec()
