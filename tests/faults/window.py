"""A program that does in the real window, without a screen, what somebody does in ten minutes, and ends it.

Its argument is a text that stands in everything that is typed; with a second one, all of it is deleted in the end.
"""

import os
import sys
import time
from collections.abc import Callable
from dataclasses import replace

MARKER, DELETES = sys.argv[1], len(sys.argv) > 2
sys.addaudithook(lambda event, arguments: event.startswith("socket.") and os.write(2, f"used {event}\n".encode()))
os.umask(0)

from logbook.app import prepare  # noqa: E402 - a call to the network on the way in is one too

prepare()

from PySide6.QtCore import QTimer  # noqa: E402
from PySide6.QtWidgets import QApplication, QLineEdit, QMessageBox  # noqa: E402

from logbook import start  # noqa: E402
from logbook.domain.edit import Edit, Replacement  # noqa: E402
from logbook.domain.session import Session, ZonePass, new_id  # noqa: E402
from logbook.domain.units import Depth  # noqa: E402
from logbook.domain.vocabulary import Zone  # noqa: E402

boxes: list[str] = []
programs: list[start.Program] = []


def answered(box: QMessageBox) -> int:
    """Say yes to every box, and remember what it told."""
    boxes.append(f"{box.windowTitle()}: {box.text()} {box.detailedText()}")
    yes = [one for one in box.buttons() if box.buttonRole(one) is QMessageBox.ButtonRole.AcceptRole]
    (yes or box.buttons())[0].click()
    return 0


class Watched(start.Program):
    def __init__(self, *arguments: object) -> None:
        super().__init__(*arguments)  # type: ignore[arg-type]
        programs.append(self)


def wait(until: Callable[[], object]) -> None:
    for _ in range(3000):
        QApplication.processEvents()
        if until():
            return
        time.sleep(0.005)
    os._exit(3)  # what was waited for did not happen


def type_everywhere(window: object) -> None:
    for field in window.findChildren(QLineEdit):  # type: ignore[attr-defined]
        if field.isEnabled() and not field.isReadOnly():
            field.setText(MARKER)


def stumble() -> None:
    raise RuntimeError(f"a mistake of ours about {MARKER}")


def live() -> None:
    (program,) = programs
    window = program.window
    wait(lambda: window.sessions is not None and window.sessions.form.isEnabled())
    QApplication.processEvents()
    store = window.store
    assert store is not None
    store.do(Edit("name", (Replacement(store.person, replace(store.person, name=MARKER, advice=MARKER)),)))
    day = store.today()
    sessions = [
        Session(new_id(), store.person.id, day, zones=(ZonePass(Zone.CROWN, Depth(150)),), notes=f"{MARKER} {n}")
        for n in range(30)
    ]
    store.do(Edit.adding("add", sessions))
    for page in ("sessions", "warnings", "planner", "shedding", "charts", "devices", "overview"):
        window.pages.show_page(page)
        QApplication.processEvents()
        if page != "sessions":
            type_everywhere(window)
    window.sessions.form.notes.setPlainText(MARKER)
    QTimer.singleShot(0, stumble)
    wait(lambda: any("nobody expected" in box for box in boxes))
    if DELETES:
        store.do(Edit.removing("delete", store.of_person(Session)))
        store.do(Edit("name", (Replacement(store.person, replace(store.person, name="", advice="")),)))
        sys.stdout.write("deleted\n")
    window.sessions.editor._saved = None
    window.sessions.editor._set_aside.clear()
    window.close()
    QApplication.quit()


QMessageBox.exec = answered  # type: ignore[method-assign]
start.Program = Watched  # type: ignore[misc]
QTimer.singleShot(0, live)
status = start.run(None)
for box in boxes:
    if MARKER in box and "nobody expected" in box:
        sys.stdout.write(f"told: {box}\n")
sys.stdout.write(f"boxes {len(boxes)}\n")
raise SystemExit(status)
