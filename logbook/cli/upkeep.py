"""The commands that look after the file of a logbook: a copy made of it, and a look for damage."""

import argparse
import datetime as dt
from collections.abc import Mapping

from logbook.cli.asides import say
from logbook.cli.exit_status import DONE, NO
from logbook.cli.opening import opened, opened_to_read
from logbook.domain.errors import DatabaseDamaged
from logbook.domain.labels import count, series


def back_up(arguments: argparse.Namespace) -> int:
    """Make one verified copy beside the logbook of *arguments* and return the exit status.

    Raises:
        StorageError: the logbook cannot be read, or the copy not be made.
    """
    from logbook.services.backups import Keeper, Occasion  # noqa: PLC0415 - as in `opening.opened`

    with opened_to_read(arguments.database) as journal:
        keeper = Keeper(journal)
        made = keeper.make(Occasion.MANUAL)
    if keeper.state.other_fault:
        say(keeper.state.other_fault)
    print(f"path: {made.path}")
    print(f"size: {count(made.size, 'byte')}")
    print(f"counts: {_counts(made.counts)}")
    print(f"sha256: {made.sha256}")
    return DONE


def check(arguments: argparse.Namespace) -> int:
    """Look through the logbook of *arguments* and its backups, put right what was asked for, return the exit status.

    Raises:
        StorageError: the logbook cannot be opened, for another reason than damage.
    """
    from logbook.services.checkup import check_up, put_right  # noqa: PLC0415 - as in `opening.opened`

    try:
        with opened(arguments.database, read_only=not arguments.repair) as journal:
            checkup = check_up(journal, dt.datetime.now())
            if arguments.repair and checkup.repairs:
                for done in put_right(journal, checkup):
                    print(f"repair: {done}")
                checkup = check_up(journal, dt.datetime.now())
    except DatabaseDamaged as damage:
        say(str(damage))
        return NO
    for line in checkup.lines:
        print(f"{line.topic}: {_counts(checkup.found.counts) if line.topic == 'counts' else line.words}")
    if checkup.repairs and not arguments.repair:
        print(f"--repair would: {series(checkup.repairs)}")
    return DONE if checkup.is_good else NO


def _counts(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{table} {number}" for table, number in counts.items())
