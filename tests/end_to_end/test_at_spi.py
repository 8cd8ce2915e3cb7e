"""What a screen reader hears of the real program, and what can be done over its bus without a key or a mouse."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from builders import TODAY, a_session
from end_to_end.at_spi import Heard, need_bus, open_bus
from end_to_end.screen import Program, Screen, read

from logbook import APPLICATION_NAME
from logbook.domain.edit import Edit
from logbook.domain.person import Person
from logbook.guidance.loader import load_rules
from logbook.services.journal import open_journal

pytestmark = pytest.mark.xvfb

_WHOLE = ("table", "list", "menu bar", "combo box")  # what is in these is told by them


@contextmanager
def heard(screen: Screen, database: Path, home: Path) -> Iterator[tuple[Program, Heard]]:
    """Run the program in a window; yield it, and its tree on the bus of a screen reader."""
    need_bus()
    with open_bus(home) as (address, desktop):
        more = {"DBUS_SESSION_BUS_ADDRESS": address, "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1"}
        with Program(screen, database, home, **more) as program:
            program.until("it is on the bus", lambda: bool(desktop.children))
            (tree,) = desktop.children
            yield program, tree


def is_there(tree: Heard, role: str, name: str) -> bool:
    try:
        tree.find(role, name)
    except LookupError:  # it may also have gone this very moment
        return False
    return True


def choose(tree: Heard, menu: str, item: str) -> None:
    """Choose what a menu offers."""
    bar = next(one for one in tree.children[0].children if one.role == "menu bar")
    (offered,) = (one for one in bar.all() if one.role == "menu item" and one.name == menu)
    (wanted,) = (one for one in offered.all() if one.role == "menu item" and one.name == item)
    wanted.press()


def begin_session(program: Program, tree: Heard) -> None:
    choose(tree, "Session", "New session")
    program.until("the form is there", lambda: is_there(tree, "text", "Depth in millimetres"))


def test_save_is_pressed_over_the_bus_and_the_session_is_in_the_file(
    screen: Screen, database: Path, tmp_path: Path
) -> None:
    with heard(screen, database, tmp_path) as (program, tree):
        assert (tree.role, tree.name) == ("application", APPLICATION_NAME)
        begin_session(program, tree)
        assert read(database, "SELECT id FROM session") == []
        screen.write("0,25")  # the cursor stands in the depth
        tree.find("push button", "Save").press()
        program.until("the session is in the file", lambda: len(read(database, "SELECT id FROM session")) == 1)
        assert read(database, "SELECT depth_hundredths FROM session_zone") == [(25,)]
        screen.press("ctrl+q")
        assert program.ended() == 0
        assert program.said() == ""


def test_everything_the_keyboard_can_go_to_has_a_name_and_a_role(
    screen: Screen, database: Path, tmp_path: Path
) -> None:
    with heard(screen, database, tmp_path) as (program, tree):
        begin_session(program, tree)
        stops = [one for one in tree.all(lambda one: one.role not in _WHOLE) if one.is_focusable and one.is_showing]
        assert len(stops) > 20
        assert [str(one) for one in stops if not one.name] == []
        assert [str(one) for one in stops if one.role in ("filler", "unknown", "invalid")] == []


def test_a_chart_is_told_as_a_chart_with_its_sentence(screen: Screen, database: Path, tmp_path: Path) -> None:
    journal = open_journal(database, load_rules())
    (person,) = journal.all(Person)
    journal.apply(Edit.adding("log", [a_session(TODAY, person_id=person.id)]))
    journal.close()
    with heard(screen, database, tmp_path) as (program, tree):
        choose(tree, "View", "Charts")
        program.until("the chart is there", lambda: is_there(tree, "chart", "Chart"))
        assert "1 session" in tree.find("chart", "Chart").description
