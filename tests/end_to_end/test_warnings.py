"""What a person does about a warning, and before the next session, with the keyboard alone, in a real window."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from end_to_end.screen import Program, Screen, colour, everything, read
from end_to_end.test_first_session import HEADLINE_PIXELS, TOO_DEEP, log_the_crown, save_with_a_reason, sessions

from logbook.domain.vocabulary import Reason, Setting, Severity, Zone

pytestmark = pytest.mark.xvfb

CLEAN, CAUTION, WARNING = (colour("light", f"{word}_ground") for word in ("clean", "caution", "warning"))
EDGE = colour("light", "edge")
FORM_EDGE_PIXELS = 4_000  # of some twenty fields; the planner has half as many
PILL_PIXELS = 500  # of one severity in a table
NO_ADVICE = "P01"
REASON = Reason.ONE_OFF  # the second that is offered
TABS_TO_THE_SETTING = 3  # from the zones
TABS_TO_THE_CALENDAR = 6  # from the setting


def acknowledged(database: Path) -> dict[str, dict[str, Any]]:
    """Return every acknowledgement by its rule."""
    names = ("record_id", "rule", "severity", "facts", "reason", "words")
    rows = read(database, f"SELECT {', '.join(names)} FROM acknowledgement")
    found = [dict(zip(names, row, strict=True)) for row in rows]
    return {one["rule"]: one | {"facts": json.loads(one["facts"])} for one in found}


def plans(database: Path) -> list[tuple[Any, ...]]:
    return read(
        database,
        "SELECT date, setting, zone, depth_hundredths "
        "FROM planned_session JOIN planned_session_zone ON planned_session_id = id",
    )


def lists(screen: Screen, severity: int) -> bool:
    return PILL_PIXELS < screen.count(severity) < HEADLINE_PIXELS


def lists_both(screen: Screen) -> bool:
    """Ask for all findings, which is offered as soon as everything is judged, and tell whether both are listed."""
    screen.press("alt+w")
    return lists(screen, WARNING) and lists(screen, CAUTION)


def log_too_deep(program: Program, screen: Screen, database: Path) -> None:
    """Log a session with a warning, for which a reason is given, and a caution, for which none is asked."""
    log_the_crown(program, screen, "1,5")
    save_with_a_reason(program, screen, "only to see")
    program.until("the session is in the file", lambda: len(sessions(database)) == 1)
    assert acknowledged(database).keys() == {TOO_DEEP}


def choose_the_caution(program: Program, screen: Screen) -> None:
    """Go to the findings, show all of them, and search for the one that nobody asked about."""
    screen.press("ctrl+5")
    program.until("both are listed", lambda: lists_both(screen))
    screen.press("ctrl+f")
    screen.write("advice")
    program.until("one is left", lambda: lists(screen, CAUTION) and not lists(screen, WARNING))
    screen.press("ctrl+5")


def acknowledge_it(program: Program, screen: Screen, database: Path) -> None:
    """Choose the second reason, write words, and answer."""
    screen.press("a", "Down", "Down", "Tab")
    screen.write("asked on Monday")
    screen.press("Return")
    program.until("it is acknowledged in the file", lambda: NO_ADVICE in acknowledged(database))


def test_acknowledge_a_finding_and_find_it_so_the_next_time(screen: Screen, database: Path, tmp_path: Path) -> None:
    with Program(screen, database, tmp_path) as program:
        log_too_deep(program, screen, database)
        choose_the_caution(program, screen)
        acknowledge_it(program, screen, database)
        (session,) = sessions(database)
        answer = acknowledged(database)[NO_ADVICE]
        assert (answer["record_id"], answer["severity"]) == (session["id"], Severity.CAUTION)
        assert (answer["reason"], answer["words"]) == (REASON, "asked on Monday")
        assert answer["facts"]["places"] == [[Zone.CROWN, 150]]
        screen.press("ctrl+q")
        assert program.ended() == 0
        assert program.said() == ""

    saved = everything(database)
    with Program(screen, database, tmp_path) as program:
        choose_the_caution(program, screen)
        screen.press("a", "Down", "Return")  # would acknowledge what is open; of what is not, it opens the session
        program.until("its session is shown", lambda: screen.count(WARNING) > HEADLINE_PIXELS)
        screen.press("ctrl+q")
        assert program.ended() == 0
        assert program.said() == ""
    assert everything(database) == saved


def test_undo_takes_an_acknowledgement_back(screen: Screen, database: Path, tmp_path: Path) -> None:
    with Program(screen, database, tmp_path) as program:
        log_too_deep(program, screen, database)
        logged = everything(database)
        choose_the_caution(program, screen)
        acknowledge_it(program, screen, database)
        saved = everything(database)
        screen.press("ctrl+z")
        program.until("undo takes it back", lambda: NO_ADVICE not in acknowledged(database))
        assert everything(database) == logged
        screen.press("ctrl+shift+z")
        program.until("redo brings it back", lambda: NO_ADVICE in acknowledged(database))
        assert everything(database) == saved
        screen.press("ctrl+z")
        program.until("undo takes it back again", lambda: NO_ADVICE not in acknowledged(database))
        screen.press("ctrl+q")
        assert program.ended() == 0
        assert program.said() == ""
    assert everything(database) == logged


def test_a_plan_is_kept_for_the_day_that_was_chosen(screen: Screen, database: Path, tmp_path: Path) -> None:
    days = {dt.date.today() + dt.timedelta(days=7)}
    with Program(screen, database, tmp_path) as program:
        screen.press("ctrl+6")
        program.until("the form is gone", lambda: screen.count(EDGE) < FORM_EDGE_PIXELS)
        screen.press("Tab")
        screen.write("0,25")
        screen.press("shift+Tab", "space", *["Down"] * list(Zone).index(Zone.CROWN), "space", "Escape")
        screen.press(*["Tab"] * TABS_TO_THE_SETTING, *["Down"] * (1 + list(Setting).index(Setting.HOME)))
        program.until("it is judged", lambda: screen.count(CLEAN) > HEADLINE_PIXELS)
        screen.press(*["Tab"] * TABS_TO_THE_CALENDAR, "Down", "alt+k")
        program.until("the plan is in the file", lambda: len(plans(database)) == 1)
        days.add(dt.date.today() + dt.timedelta(days=7))
        ((day, *planned),) = plans(database)
        assert dt.date.fromisoformat(day) in days
        assert planned == [Setting.HOME, Zone.CROWN, 25]
        assert sessions(database) == []
        screen.press("ctrl+z")
        program.until("undo takes it back", lambda: plans(database) == [])
        screen.press("ctrl+shift+z")
        program.until("redo brings it back", lambda: len(plans(database)) == 1)
        screen.press("ctrl+q")
        assert program.ended() == 0
        assert program.said() == ""
