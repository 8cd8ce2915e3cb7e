"""The command that says of each row of a file what published guidance says of it."""

import argparse
import datetime as dt
import json
from collections.abc import Iterable
from itertools import chain

from logbook.cli.asides import say_ignored, say_refused
from logbook.cli.exit_status import DONE, WRONG
from logbook.cli.judged import JudgedCount, JudgedSession, judge_counts, judge_sessions
from logbook.cli.judged_json import count_object, session_object
from logbook.cli.judged_text import count_text, session_text
from logbook.cli.rules_in_use import rules_in_use
from logbook.domain.history import History
from logbook.domain.person import Person
from logbook.domain.session import new_id
from logbook.domain.vocabulary import Sex
from logbook.services.sessions_csv import read_sessions
from logbook.services.shedding_csv import read_shedding


def judge_file(arguments: argparse.Namespace) -> int:
    """Judge the files of *arguments*, print what is said of each row and return the exit status.

    Raises:
        UnreadableFile: one of them cannot be read as a whole.
        RuleError: there is no guidance to judge by.
    """
    today = dt.date.today()
    person = Person(new_id(), birth_date=arguments.birth_date, sex=arguments.sex and Sex(arguments.sex))
    sessions = read_sessions(arguments.file, person.id, today)
    shedding = read_shedding(arguments.shedding, person.id, today) if arguments.shedding else None
    say_ignored(arguments.file, sessions.ignored_columns)
    say_refused(arguments.file, sessions.problems)
    if shedding is not None:
        say_ignored(arguments.shedding, shedding.ignored_columns)
        say_refused(arguments.shedding, shedding.problems)
    if sessions.problems or (shedding is not None and shedding.problems):
        return WRONG
    rules, history = rules_in_use(), History(session for _, session in sessions.rows)
    judged = judge_sessions(rules, sessions.rows, history, person)
    counts = judge_counts(rules, shedding.rows if shedding else (), history, person)
    print(_as_json(judged, counts) if arguments.format == "json" else _as_text(judged, counts))
    return DONE


def _as_json(sessions: Iterable[JudgedSession], counts: Iterable[JudgedCount]) -> str:
    objects = chain(map(session_object, sessions), map(count_object, counts))
    lines = (json.dumps(one, ensure_ascii=False, allow_nan=False) for one in objects)
    text = ",\n".join(lines)
    return f"[\n{text}\n]" if text else "[]"


def _as_text(sessions: Iterable[JudgedSession], counts: Iterable[JudgedCount]) -> str:
    blocks = [*map(session_text, sessions), *map(count_text, counts)]
    return "\n\n".join(blocks) if blocks else "There is no session in the file."
