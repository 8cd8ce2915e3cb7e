"""The program without its window: judges, moves and checks a log for a script."""

import argparse
import datetime as dt
import io
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from logbook import APPLICATION_NAME, __version__
from logbook.domain.edit import Record
from logbook.domain.errors import (
    DatabaseDamaged,
    LogbookError,
    NeedsWriting,
    RowProblem,
    StorageError,
    UnreadableFile,
)
from logbook.domain.history import History
from logbook.domain.labels import count, day, series, title, whole_place, word
from logbook.domain.person import Person
from logbook.domain.session import RecordId, Session, ZonePass, new_id
from logbook.domain.shedding import SheddingRecord
from logbook.domain.shedding_history import SheddingHistory
from logbook.domain.units import Unreadable
from logbook.domain.vocabulary import Setting, Sex, SheddingMethod, Zone
from logbook.guidance.judge import NextDates, judge, next_dates_by_zone
from logbook.guidance.rule import Case, Rules, SheddingCase, Verdict, plain_facts
from logbook.services.csv_table import read_date
from logbook.services.exchange import CSV, JSON, PlannedImport, export, plan_import
from logbook.services.guidance_in_use import load_guidance
from logbook.services.importing.cells import NO_ANSWERS, Answers
from logbook.services.importing.columns import REQUIRED
from logbook.services.importing.dates import DateOrder
from logbook.services.importing.numbers import DecimalSign
from logbook.services.importing.source import is_logbook_file
from logbook.services.people import called
from logbook.services.places import default_database
from logbook.services.sessions_csv import read_sessions
from logbook.services.shedding_csv import read_shedding

if TYPE_CHECKING:
    from logbook.services.importing.look import Preview
    from logbook.services.journal import Journal

DONE: Final = 0
NO: Final = 1  # the answer is no
WRONG: Final = 2  # how it was called, or a file that cannot be read
INTERRUPTED: Final = 130  # as a shell counts a program that the keyboard stopped
NOBODY_READS: Final = 141  # and one that wrote into a closed pipe

_NOTHING_FOUND: Final = "No published warning found by these rules."
_USAGE: Final = "Without a command: the window, on your own logbook or on the one of --database FILE"
_STATUS: Final = (
    "exit status: 0 done; 1 the answer is no (damage found, rows refused); 2 wrong usage or an unreadable file"
)


def main(argv: Sequence[str]) -> int:
    """Do what *argv* asks for and return the exit status."""
    _speak_utf_8()
    try:
        status = _run(argv)
        if sys.stdout is not None:
            sys.stdout.flush()
    except KeyboardInterrupt:
        status = INTERRUPTED
    except BrokenPipeError:
        status = NOBODY_READS
    except LogbookError as error:
        status = WRONG
        _say(str(error))
    except OSError as error:
        status = WRONG
        _say(_sentence(error))
    _let_go_of_output()
    return status


def _run(argv: Sequence[str]) -> int:
    try:
        arguments = _parser().parse_args(argv)
    except SystemExit as stop:  # argparse has said what is wrong, or what was asked for
        return int(stop.code or DONE)
    status: int = arguments.run(arguments)
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        "scalp-needling-logbook", description=f"{APPLICATION_NAME}. {_USAGE}.", epilog=_STATUS, allow_abbrev=False
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND", title="commands")

    judging = commands.add_parser("judge", help="say what published guidance says of each session of a CSV")
    judging.add_argument("file", type=_path, metavar="FILE.csv")
    judging.add_argument("--shedding", type=_path, metavar="FILE.csv", help="a CSV of shedding records to judge too")
    judging.add_argument("--birth-date", type=_birth_date, metavar="YYYY-MM-DD")
    judging.add_argument("--sex", choices=[sex.value for sex in Sex])
    judging.add_argument("--format", choices=["text", "json"], default="text")
    judging.set_defaults(run=_judge)

    importing = commands.add_parser("import", help="take in a CSV, or a logbook: all of it or nothing")
    importing.add_argument("file", type=_path, metavar="FILE", help="CSV, JSON of this program, or another logbook")
    importing.add_argument("--person", metavar="NAME", help="whose the rows of a table are, where there are several")
    _add_import_options(importing)
    importing.set_defaults(run=_import)

    exporting = commands.add_parser("export", help="write the sessions as CSV, or everything as JSON")
    exporting.add_argument("file", type=_path, metavar="FILE.csv|FILE.json")
    exporting.add_argument("--person", metavar="NAME", help="whose sessions, where there are several people")
    exporting.set_defaults(run=_export)

    backing_up = commands.add_parser("backup", help="make one verified copy beside the logbook")
    backing_up.set_defaults(run=_backup)

    checking = commands.add_parser("check", help="look through the logbook and its backups for damage")
    checking.add_argument("--repair", action="store_true", help="put right what can be put right without a risk")
    checking.set_defaults(run=_check)

    for command in (importing, exporting, backing_up, checking):
        command.add_argument(
            "--database", type=_path, default=default_database(), metavar="FILE", help="default: %(default)s"
        )
    for command in commands.choices.values():
        command.allow_abbrev = False
    return parser


def _add_import_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--leave-out-refused", action="store_true", help="take in the other rows where some are refused"
    )
    own = parser.add_argument_group(
        "a table of your own", "With any of these, other names and words are read too; what was understood is said."
    )
    own.add_argument("--spreadsheet", action="store_true", help="read it so")
    own.add_argument(
        "--map",
        action="append",
        type=_mapped,
        default=[],
        metavar="COLUMN=NAME",
        help="read the column NAME of the file as COLUMN; without COLUMN, do not read it",
    )
    own.add_argument("--date-order", choices=[order.value for order in DateOrder])
    own.add_argument("--decimal", choices=[sign.value for sign in DecimalSign])
    own.add_argument("--method", choices=[method.value for method in SheddingMethod], help="of all shedding records")


def _mapped(text: str) -> tuple[str, str]:
    column, sign, name = text.partition("=")
    if not sign or not name.strip():
        raise argparse.ArgumentTypeError(f"“{text}” is not of the form COLUMN=NAME")
    return column.strip(), name.strip()


def _path(text: str) -> Path:
    if not text:
        raise argparse.ArgumentTypeError("the name of the file is empty")
    return Path(text)


def _birth_date(text: str) -> dt.date:
    try:
        born = read_date(text)
    except Unreadable as error:
        raise argparse.ArgumentTypeError(str(error)) from error
    if born > dt.date.today():
        raise argparse.ArgumentTypeError(f"{text} lies in the future")
    return born


# Judge


@dataclass(frozen=True, slots=True)
class _Judged:
    """A session of a file with all that is said of it."""

    row: int
    session: Session
    verdict: Verdict
    next: Mapping[Zone, NextDates]


@dataclass(frozen=True, slots=True)
class _JudgedCount:
    """A shedding record of a file with all that is said of it."""

    row: int
    record: SheddingRecord
    verdict: Verdict


def _judge(arguments: argparse.Namespace) -> int:
    today = dt.date.today()
    person = Person(new_id(), birth_date=arguments.birth_date, sex=arguments.sex and Sex(arguments.sex))
    sessions = read_sessions(arguments.file, person.id, today)
    shedding = read_shedding(arguments.shedding, person.id, today) if arguments.shedding else None
    _say_ignored(arguments.file, sessions.ignored_columns)
    _say_refused(arguments.file, sessions.problems)
    if shedding is not None:
        _say_ignored(arguments.shedding, shedding.ignored_columns)
        _say_refused(arguments.shedding, shedding.problems)
    if sessions.problems or (shedding is not None and shedding.problems):
        return WRONG
    rules, history = _rules(), History(session for _, session in sessions.rows)
    judged = _judge_all(rules, sessions.rows, history, person)
    counts = _judge_counts(rules, shedding.rows if shedding else (), history, person)
    if arguments.format == "json":
        objects = chain(map(_session_object, judged), map(_shedding_object, counts))
        lines = (json.dumps(one, ensure_ascii=False, allow_nan=False) for one in objects)
        text = ",\n".join(lines)
        print(f"[\n{text}\n]" if text else "[]")
    else:
        blocks = [*map(_session_text, judged), *map(_shedding_text, counts)]
        print("\n\n".join(blocks) if blocks else "There is no session in the file.")
    return DONE


def _judge_all(rules: Rules, rows: Iterable[tuple[int, Session]], whole: History, person: Person) -> Iterator[_Judged]:
    until = History()  # grown as it goes: to cut the whole anew for each session takes the square of the time
    for row, session in sorted(rows, key=lambda row: row[1].order):
        until.add(session)
        verdict = judge(rules, Case(session, whole, person))
        dates = next_dates_by_zone(rules, until, session.zones, session.setting, session.date)
        yield _Judged(row, session, verdict, dates)


def _judge_counts(
    rules: Rules, rows: Iterable[tuple[int, SheddingRecord]], sessions: History, person: Person
) -> Iterator[_JudgedCount]:
    ordered = sorted(rows, key=lambda row: (row[1].date, row[0]))
    records = SheddingHistory(record for _, record in ordered)
    for row, record in ordered:
        yield _JudgedCount(row, record, judge(rules, SheddingCase(record, records, sessions, person=person)))


def _session_object(judged: _Judged) -> dict[str, Any]:
    verdict = judged.verdict
    assumed = {"assumed": ["setting"]} if verdict.is_setting_assumed else {}
    return {
        "row": judged.row,
        "date": judged.session.date.isoformat(),
        **_verdict_object(verdict),
        "earliest": {zone.value: dates.earliest.isoformat() for zone, dates in judged.next.items()},
        "clear": {zone.value: dates.clear.isoformat() for zone, dates in judged.next.items()},
        **assumed,
    }


def _shedding_object(judged: _JudgedCount) -> dict[str, Any]:
    record = judged.record
    more_than = {"more_than": True} if record.is_more_than else {}
    return {
        "row": judged.row,
        "date": record.date.isoformat(),
        "method": record.method.value,
        "value": record.value,
        **more_than,
        **_verdict_object(judged.verdict),
    }


def _verdict_object(verdict: Verdict) -> dict[str, Any]:
    return {
        "severity": verdict.severity.word,
        "findings": [
            {
                "rule": finding.rule.id,
                "severity": finding.severity.word,
                "message": finding.message,
                "facts": plain_facts(finding.facts),
                "sources": [source.key for source in finding.rule.sources],
            }
            for finding in sorted(verdict.findings, key=lambda finding: finding.rule.id)
        ],
        "unjudged": [
            {"rule": one.rule.id, "missing": list(one.missing)}
            for one in sorted(verdict.unjudged, key=lambda one: one.rule.id)
        ],
    }


def _session_text(judged: _Judged) -> str:
    session, verdict = judged.session, judged.verdict
    lines = [f"{verdict.severity.word}: {day(session.date)}, line {judged.row}: {_places(session)}, {_where(session)}"]
    lines += _verdict_lines(verdict)
    for zone, dates in judged.next.items():
        clear = "" if dates.clear == dates.earliest else f", without any remark from {day(dates.clear)}"
        lines.append(f"  {title(zone)}, as far as rest at this depth goes: next from {day(dates.earliest)}{clear}")
    return "\n".join(lines)


def _places(session: Session) -> str:
    """Return where and how deep *session* went, in words."""
    return series(map(whole_place, session.zones or (ZonePass(None),)))


def _where(session: Session) -> str:
    return word(session.setting) if session.setting else f"setting not recorded, judged as {word(Setting.HOME)}"


def _shedding_text(judged: _JudgedCount) -> str:
    record, severity = judged.record, judged.verdict.severity.word
    value = "not counted" if record.value is None else f"{'more than ' * record.is_more_than}{record.value}"
    counted = f"{severity}: {day(record.date)}, line {judged.row}: shedding by {word(record.method)}: {value}"
    return "\n".join([counted, *_verdict_lines(judged.verdict)])


def _verdict_lines(verdict: Verdict) -> list[str]:
    lines = []
    for finding in verdict.findings:
        lines.append(f"  {finding.rule.id} {finding.severity.word}: {finding.message}")
        lines.append(f"    Sources: {', '.join(source.key for source in finding.rule.sources)}")
    if not verdict.findings:
        lines.append(f"  {_NOTHING_FOUND}")
    wanting: dict[tuple[str, ...], list[str]] = {}
    for one in verdict.unjudged:
        wanting.setdefault(one.missing, []).append(one.rule.id)
    lines += [f"  Not judged for want of {series(missing)}: {', '.join(ids)}" for missing, ids in wanting.items()]
    return lines


# The logbook


def _import(arguments: argparse.Namespace) -> int:
    path, database, takes_the_rest = arguments.file, arguments.database, arguments.leave_out_refused
    is_new = not os.path.lexists(database)
    plan = _planner(arguments)
    if is_new and (problems := plan((), new_id()).problems) and not takes_the_rest:
        return _refuse_import(path, problems)  # before a logbook is made for nothing
    with _opened(database, create=True) as journal:
        present = journal.everything()
        person_id = new_id() if _brings_people(path) else _owner(arguments, present)
        planned = plan(present, person_id)
        if not _is_free(arguments):
            _say_ignored(path, planned.ignored_columns)
        if planned.problems and not takes_the_rest:
            return _refuse_import(path, planned.problems, planned.skipped)
        if planned.edit.replacements and not is_new:
            _copy_first(journal)
        journal.apply(planned.edit)
    if is_new:
        _say(f"{database.name} was not there; a new logbook was made.")
    _say_refused(path, planned.problems)
    print(f"added {planned.added}, skipped {planned.skipped}, refused {planned.refused}")
    return DONE


def _copy_first(journal: "Journal") -> None:
    """Have what is there in a copy before much is added; where that fails, it is said, and keeps nobody from it."""
    from logbook.services.backups import Keeper, Occasion  # noqa: PLC0415 - as in `_opened`

    keeper = Keeper(journal)
    if keeper.has_changed():
        try:
            keeper.make(Occasion.IMPORT)
        except StorageError as error:
            _say(f"No copy was made before the import: {error}")


def _planner(arguments: argparse.Namespace) -> Callable[[Sequence[Record], RecordId], PlannedImport]:
    """Return what plans the import for given records and a person; what was understood of the file is said."""
    path, today = arguments.file, dt.date.today()
    if not (_is_free(arguments) or _brings_people(path)):
        return partial(_plan_published, path, today)
    from logbook.services.importing.plan import plan  # noqa: PLC0415 - SQLAlchemy again, as in `_opened`

    preview = _look(path, today, _answers(arguments), arguments.map)
    open_questions = (question.text for question in preview.open_questions)
    decided = (question.because for question in preview.decided)
    for sentence in (*preview.remarks, *decided, *preview.understood, *open_questions):
        _say(f"{path.name}: {sentence}")
    return lambda present, person_id: plan(
        path,
        preview.columns,
        preview.answers,
        present,
        person_id,
        today,
        leave_out_refused=arguments.leave_out_refused,
    )


def _is_free(arguments: argparse.Namespace) -> bool:
    """Whether the file is read as a table of somebody's own, with other names and words than the published ones."""
    return arguments.spreadsheet or bool(arguments.map) or _answers(arguments) != NO_ANSWERS


def _answers(arguments: argparse.Namespace) -> Answers:
    return Answers(
        arguments.date_order and DateOrder(arguments.date_order),
        arguments.decimal and DecimalSign(arguments.decimal),
        arguments.method and SheddingMethod(arguments.method),
    )


def _plan_published(path: Path, today: dt.date, present: Sequence[Record], person_id: RecordId) -> PlannedImport:
    try:
        return plan_import(path, present, person_id, today)
    except UnreadableFile as refused:
        try:
            columns = _look(path, today).columns
        except UnreadableFile:
            raise refused from None
        if columns is None or REQUIRED not in columns.targets:
            raise
        raise UnreadableFile(f"{refused} If it is a table of your own, add --spreadsheet.") from refused


def _look(
    path: Path, today: dt.date, answers: Answers = NO_ANSWERS, mapped: Iterable[tuple[str, str]] = ()
) -> "Preview":
    from logbook.services.importing.look import look  # noqa: PLC0415 - as in `_opened`

    preview = look(path, today, answers=answers, recalls=False)
    columns = preview.columns
    if columns is None or not mapped:
        return preview
    for column, name in mapped:
        columns = columns.reading(name, column or None)
    return look(path, today, columns=columns, answers=answers)


def _brings_people(path: Path) -> bool:
    return path.suffix.lower() == JSON or is_logbook_file(path)


def _refuse_import(path: Path, problems: Sequence[RowProblem], skipped: int = 0) -> int:
    _say_refused(path, problems)
    print(f"added 0, skipped {skipped}, refused {len({problem.line for problem in problems})}")
    return NO


def _owner(arguments: argparse.Namespace, present: Sequence[Record]) -> RecordId:
    """Return whose sessions the rows of a table are.

    Raises:
        UnreadableFile: it could be one of several people, and none of them was named.
    """
    if arguments.person is not None:
        return _named(arguments.database, present, arguments.person).id
    people = [record for record in present if isinstance(record, Person)]
    if len(people) > 1:
        who = count(len(people), "person").replace("persons", "people")
        raise UnreadableFile(
            f"{arguments.file.name} does not say whose it is, and {arguments.database.name} keeps {who}; "
            "add --person NAME."
        )
    return people[0].id if people else new_id()


def _named(database: Path, present: Sequence[Record], name: str) -> Person:
    """Return the person called *name*.

    Raises:
        UnreadableFile: there is none, or there are two.
    """
    found = called([record for record in present if isinstance(record, Person)], name)
    if len(found) != 1:
        who = "nobody is" if not found else f"{len(found)} people are"
        raise UnreadableFile(f"In {database.name} {who} called {name}.")
    return found[0]


def _export(arguments: argparse.Namespace) -> int:
    path, database = arguments.file, arguments.database
    if path.exists() and database.exists() and path.samefile(database):
        raise UnreadableFile(f"{path.name} is the logbook itself; choose another file.")
    with _read(database) as journal:
        records = journal.everything()
    if arguments.person is not None:
        owner = _named(database, records, arguments.person)
        records = [one for one in records if not isinstance(one, Session) or one.person_id == owner.id]
    print(export(records, path))
    people = {record.person_id for record in records if isinstance(record, Session)}
    if path.suffix.lower() == CSV and len(people) > 1:
        _say(f"{path.name} holds the sessions of {len(people)} people and cannot tell them apart; JSON can.")
    return DONE


def _backup(arguments: argparse.Namespace) -> int:
    from logbook.services.backups import Keeper, Occasion  # noqa: PLC0415 - as in `_opened`

    with _read(arguments.database) as journal:
        keeper = Keeper(journal)
        made = keeper.make(Occasion.MANUAL)
    if keeper.state.other_fault:
        _say(keeper.state.other_fault)
    print(f"path: {made.path}")
    print(f"size: {count(made.size, 'byte')}")
    print(f"counts: {_counts(made.counts)}")
    print(f"sha256: {made.sha256}")
    return DONE


def _check(arguments: argparse.Namespace) -> int:
    from logbook.services.checkup import check_up, put_right  # noqa: PLC0415 - as in `_opened`

    try:
        with _opened(arguments.database, read_only=not arguments.repair) as journal:
            checkup = check_up(journal, dt.datetime.now())
            if arguments.repair and checkup.repairs:
                for done in put_right(journal, checkup):
                    print(f"repair: {done}")
                checkup = check_up(journal, dt.datetime.now())
    except DatabaseDamaged as damage:
        _say(str(damage))
        return NO
    for line in checkup.lines:
        print(f"{line.topic}: {_counts(checkup.found.counts) if line.topic == 'counts' else line.words}")
    if checkup.repairs and not arguments.repair:
        print(f"--repair would: {series(checkup.repairs)}")
    return DONE if checkup.is_good else NO


def _counts(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{table} {number}" for table, number in counts.items())


@contextmanager
def _opened(database: Path, *, create: bool = False, read_only: bool = False) -> "Iterator[Journal]":
    from logbook.services.journal import open_journal  # noqa: PLC0415 - SQLAlchemy takes 0.4 s; judge needs none of it

    with closing(open_journal(database, _rules(), create=create, read_only=read_only)) as journal:
        yield journal


@contextmanager
def _read(database: Path) -> "Iterator[Journal]":
    """Open *database* beside whoever writes it; only what must be put right first needs to be nobody else's."""
    from logbook.services.journal import open_journal  # noqa: PLC0415 - as in `_opened`

    rules = _rules()
    try:
        journal = open_journal(database, rules, create=False, read_only=True)
    except NeedsWriting:
        journal = open_journal(database, rules, create=False)
    with closing(journal):
        yield journal


# What is said beside the answer


def _rules() -> Rules:
    """Return the rules to judge by, and say so where they are not those that the program came with."""
    in_use = load_guidance()
    if in_use.warning:
        _say(in_use.warning)
    return in_use.rules


def _say_ignored(path: Path, columns: Sequence[str]) -> None:
    if columns:
        _say(f"{path.name}, line 1: These columns are not known and are ignored: {', '.join(columns)}.")


def _say_refused(path: Path, problems: Iterable[RowProblem]) -> None:
    for problem in problems:
        _say(f"{path.name}, {problem}")


def _say(sentence: str) -> None:
    """Write one line to standard error, with nothing in it that a terminal would obey."""
    if sys.stderr is not None:
        print("".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in sentence), file=sys.stderr)


def _sentence(error: OSError) -> str:
    if error.strerror is None:
        return str(error)
    if error.filename is None:
        return f"The answer cannot be written: {error.strerror}."
    return f"{Path(os.fsdecode(error.filename)).name} cannot be read or written: {error.strerror}."


def _speak_utf_8() -> None:
    """Have the same bytes written on every machine, whatever its locale."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def _let_go_of_output() -> None:
    """Drop what can no longer be written; the interpreter would complain of it when it ends."""
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except OSError:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
