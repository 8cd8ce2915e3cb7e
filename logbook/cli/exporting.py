"""The command that writes what is in a logbook to a file."""

import argparse

from logbook.cli.asides import say
from logbook.cli.exit_status import DONE
from logbook.cli.opening import opened_to_read
from logbook.cli.whose import named
from logbook.domain.errors import UnreadableFile
from logbook.domain.session import Session
from logbook.services.exchange import CSV, export


def export_logbook(arguments: argparse.Namespace) -> int:
    """Write the logbook to the file of *arguments* and return the exit status.

    Raises:
        UnreadableFile: the file is the logbook itself or of no known kind, or nobody is called so.
        StorageError: the logbook cannot be read.
        OSError: the file cannot be written.
    """
    path, database = arguments.file, arguments.database
    if path.exists() and database.exists() and path.samefile(database):
        raise UnreadableFile(f"{path.name} is the logbook itself; choose another file.")
    with opened_to_read(database) as journal:
        records = journal.everything()
    if arguments.person is not None:
        owner = named(database, records, arguments.person)
        records = [one for one in records if not isinstance(one, Session) or one.person_id == owner.id]
    print(export(records, path))
    people = {record.person_id for record in records if isinstance(record, Session)}
    if path.suffix.lower() == CSV and len(people) > 1:
        say(f"{path.name} holds the sessions of {len(people)} people and cannot tell them apart; JSON can.")
    return DONE
