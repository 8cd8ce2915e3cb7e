"""What a person does on the first days, with the keyboard alone, in a real window."""

import datetime as dt
import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from end_to_end.screen import (
    PATIENCE_S,
    Program,
    Screen,
    clean_environment,
    colour,
    command,
    everything,
    read,
)

from logbook.domain.vocabulary import Reason, Setting, Severity, Zone

pytestmark = pytest.mark.xvfb

WARNING, STOP = colour("light", "warning_ground"), colour("light", "stop_ground")
HEADLINE_PIXELS = 8_000
MIDDLE = 410  # of the window: the headline stands above, the question for a reason below, in the colour of a warning
TOO_DEEP = "D01"


def sessions(database: Path) -> list[dict[str, Any]]:
    names = ("id", "date", "setting", "zone", "depth", "version", "severity", "findings")
    found = read(
        database,
        "SELECT id, date, setting, zone, depth_hundredths, given_version, given_severity, given_findings "
        "FROM session JOIN session_zone ON session_id = id ORDER BY id, position",
    )
    return [dict(zip(names, row, strict=True)) for row in found]


def acknowledgements(database: Path) -> list[tuple[Any, ...]]:
    return read(database, "SELECT record_id, rule, severity, reason, words FROM acknowledgement")


def log_the_crown(program: Program, screen: Screen, depth: str) -> None:
    """Fill in the form from the depth, where the cursor stands, backwards; wait for the warning."""
    screen.write(depth)
    screen.press("shift+Tab", "space", *["Down"] * list(Zone).index(Zone.CROWN), "space", "Escape")
    screen.press("shift+Tab", *["Down"] * (1 + list(Setting).index(Setting.HOME)))
    program.until("the headline warns", lambda: screen.count(WARNING) > HEADLINE_PIXELS)


def asks_for_a_reason(screen: Screen) -> bool:
    return screen.count(WARNING, top=MIDDLE) > HEADLINE_PIXELS


def save_with_a_reason(program: Program, screen: Screen, words: str) -> None:
    """Save, be asked, choose the second reason, write *words*, save."""
    screen.press("ctrl+s")
    program.until("a reason is asked for", lambda: asks_for_a_reason(screen))
    screen.press("Down", "Tab")
    screen.write(words)
    screen.press("ctrl+s")


def choose_first_found(screen: Screen, words: str) -> None:
    """Search, and choose the first row of what is found."""
    screen.press("ctrl+f")
    screen.write(words)
    screen.press("alt+1", "Home", "Down", "Up")


def test_log_a_session_take_it_back_and_find_it_again(screen: Screen, database: Path, tmp_path: Path) -> None:
    first_day = dt.date.today().isoformat()
    with Program(screen, database, tmp_path) as program:
        nothing = everything(database)
        assert sessions(database) == []
        assert screen.count(WARNING) < HEADLINE_PIXELS

        log_the_crown(program, screen, "1,5")
        save_with_a_reason(program, screen, "only to see")
        program.until("the session is in the file", lambda: len(sessions(database)) == 1)
        (session,) = sessions(database)
        assert session["date"] in (first_day, dt.date.today().isoformat())
        assert (session["setting"], session["zone"], session["depth"]) == (Setting.HOME, Zone.CROWN, 150)
        assert session["severity"] == Severity.WARNING
        assert session["version"]
        findings = {finding["rule"]: finding["severity"] for finding in json.loads(session["findings"])}
        assert findings[TOO_DEEP] == Severity.WARNING.word
        reason = Reason.CLINICIAN_AGREED
        assert acknowledgements(database) == [(session["id"], TOO_DEEP, Severity.WARNING, reason, "only to see")]

        saved = everything(database)
        screen.press("ctrl+z")
        program.until("undo takes it back", lambda: sessions(database) == [])
        assert everything(database) == nothing
        screen.press("ctrl+shift+z")
        program.until("redo brings it back", lambda: len(sessions(database)) == 1)
        assert everything(database) == saved

        screen.press("ctrl+q")
        assert program.ended() == 0
        assert program.said() == ""

    with Program(screen, database, tmp_path) as program:
        assert everything(database) == saved
        choose_first_found(screen, "hairline")  # it is not found there, so that nothing can be deleted
        screen.press("ctrl+Delete")
        choose_first_found(screen, "crown")
        screen.press("alt+2")
        screen.write("0,25")
        screen.press("ctrl+s")
        program.until("the change is in the file", lambda: sessions(database)[0]["depth"] == 25)
        assert [one["id"] for one in sessions(database)] == [session["id"]]
        screen.press("alt+1", "ctrl+Delete")
        program.until("it is deleted", lambda: sessions(database) == [])
        screen.press("ctrl+z")
        program.until("it is there again", lambda: len(sessions(database)) == 1)
        screen.press("ctrl+q")
        assert program.ended() == 0
        assert program.said() == ""


def test_no_session_is_in_the_file_before_the_reason_is_given(screen: Screen, database: Path, tmp_path: Path) -> None:
    with Program(screen, database, tmp_path) as program:
        log_the_crown(program, screen, "1,5")
        screen.press("ctrl+s")
        program.until("a reason is asked for", lambda: asks_for_a_reason(screen))
        assert sessions(database) == []
        screen.press("Escape")
        program.until("the question is gone", lambda: not asks_for_a_reason(screen))
        assert sessions(database) == []
        save_with_a_reason(program, screen, "after all")
        program.until("the session is in the file", lambda: len(sessions(database)) == 1)


def test_what_was_saved_survives_a_kill(screen: Screen, database: Path, tmp_path: Path) -> None:
    with Program(screen, database, tmp_path) as program:
        log_the_crown(program, screen, "1,5")
        save_with_a_reason(program, screen, "first")
        program.until("the first is saved", lambda: len(sessions(database)) == 1 and not asks_for_a_reason(screen))
        screen.press("ctrl+r")
        program.until("the headline forbids it", lambda: screen.count(STOP) > HEADLINE_PIXELS)
        save_with_a_reason(program, screen, "second")
        program.until("the second is saved", lambda: len(sessions(database)) == 2 and not asks_for_a_reason(screen))
        saved = sessions(database)
        screen.press("ctrl+r")
        save_with_a_reason(program, screen, "third")
        program.kill()  # whether the third is there is open; what is there, is whole

    with Program(screen, database, tmp_path) as program:
        assert read(database, "PRAGMA integrity_check") == [("ok",)]
        assert read(database, "PRAGMA foreign_key_check") == []
        found = sessions(database)
        assert [one for one in found if one in saved] == saved
        assert len(found) <= 3
        assert {words for *_, words in acknowledgements(database)} >= {"first", "second"}
        assert {one["id"] for one in found} == {record for record, *_ in acknowledgements(database)}
        choose_first_found(screen, "crown")
        screen.press("ctrl+Delete")
        program.until("the latest can be deleted", lambda: len(sessions(database)) == len(found) - 1)


def test_two_starts_in_a_row_look_alike(screen: Screen, database: Path, tmp_path: Path) -> None:
    dark, light = colour("dark", "window"), colour("light", "window")
    for start in range(2):
        with Program(screen, database, tmp_path) as program:
            if start == 0:
                program.until("it begins in light colours", lambda: screen.count(light) > HEADLINE_PIXELS)
                screen.press("alt+v", "d")
            program.until("the colours that were chosen", lambda: screen.count(dark) > HEADLINE_PIXELS)
            assert screen.count(light) < HEADLINE_PIXELS
            screen.press("ctrl+q")
            assert program.ended() == 0
            assert program.said() == ""


@pytest.mark.parametrize("display", [None, ":987"])
@pytest.mark.parametrize("platform", [None, "xcb"])
def test_without_a_display_it_says_so_in_a_sentence(
    display: str | None, platform: str | None, database: Path, tmp_path: Path
) -> None:
    more = {name: value for name, value in (("DISPLAY", display), ("QT_QPA_PLATFORM", platform)) if value}
    ran = subprocess.run(
        command("--database", database),
        cwd=tmp_path,
        env=clean_environment(tmp_path, **more),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=False,
    )
    assert (ran.returncode, ran.stdout) == (2, "")
    (sentence,) = ran.stderr.splitlines()
    assert sentence.startswith("No window can be opened")
    assert sentence.endswith(".")
    assert (display or "no display is set") in sentence
    assert not database.exists()
