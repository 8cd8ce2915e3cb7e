"""The program without its window: judges, moves and checks a log for a script."""

from logbook.cli.program import main

__all__ = ["main"]
