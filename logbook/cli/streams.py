"""The two streams that a command writes to, which may speak another encoding or have nobody at the other end."""

import io
import os
import sys


def speak_utf_8() -> None:
    """Have the same bytes written on every machine, whatever its locale."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def let_go_of_output() -> None:
    """Drop what can no longer be written; the interpreter would complain of it when it ends."""
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except OSError:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
