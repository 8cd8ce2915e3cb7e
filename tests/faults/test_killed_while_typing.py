"""Row 21: whoever types, and is cut off by kill -9, finds it again, but for five seconds at most."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from faults.conftest import Figure
from faults.disk import python_environment
from faults.how_many import quick_and_deep

from logbook.services.drafts import Drafts
from logbook.storage.database import Database

TYPING = Path(__file__).with_name("typing_program.py")
MOST_LOST = 5.0  # seconds
# At the first letters, before anything was kept, as something is, between, and at length.
MOMENTS = (0.3, 2.2, 3.05, 3.7, 4.9)

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no signals")


@quick_and_deep(quick=2, deep=25)
def test_kill_9_in_the_middle_of_typing_loses_five_seconds_at_most(count: int, tmp_path: Path, figure: Figure) -> None:
    lost, letters = [], 0
    for number in range(count):
        path = tmp_path / f"{number}.sqlite"
        Database.open(path).close()
        seconds, kept = lost_after(path, MOMENTS[(number + 1) % len(MOMENTS)] + number * 0.07)
        lost.append(seconds)
        letters += kept
    assert max(lost) <= MOST_LOST
    assert letters > 0
    figure(f"{count} kills in the middle of typing: at most {max(lost):.1f} s of it lost, {letters:,} letters kept")


def lost_after(path: Path, seconds: float) -> tuple[float, int]:
    """Kill a program that types, after so many *seconds*; return the seconds of typing not kept, and letters kept."""
    typed = []
    arguments = [sys.executable, str(TYPING), str(path)]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True, env=python_environment()) as program:
        assert program.stdout
        assert program.stdout.readline() == "ready\n"
        until = time.monotonic() + seconds
        for line in program.stdout:
            moment, words = line.split(" ", 1)
            typed.append((float(moment), words.strip()))
            if time.monotonic() > until:
                program.send_signal(signal.SIGKILL)
                break
        killed = time.time()
        program.wait()
    found = Drafts(path).read().sessions
    kept = found[0].draft.session.notes if found else ""
    # Letters that were typed while the last line was on its way may be kept too.
    assert kept.startswith(typed[-1][1]) or typed[-1][1].startswith(kept), (kept, typed[-1])
    missing = [moment for moment, words in typed if len(words) > len(kept)]
    return (killed - min(missing) if missing else 0.0), len(kept)
