"""A copy of the logbook file under a name of the person's choice, looked through before it gets that name."""

import os
import secrets
import shutil
from pathlib import Path

from logbook.domain.errors import StorageError
from logbook.services.journal import Journal
from logbook.storage.backup import Backup
from logbook.storage.faults import explained
from logbook.storage.files import settle
from logbook.storage.leftovers import sweep_folders


def copy_logbook(journal: Journal, path: Path) -> Backup:
    """Put a copy of the file of *journal* at *path*, where nothing is yet; return what was counted in it.

    Raises:
        DatabaseDamaged: the file is damaged; it is not copied.
        StorageError: something is there already, or the copy cannot be made; nothing is left of it.
    """
    if os.path.lexists(path):
        # It may be a logbook that somebody has open, and what lies beside it would be taken for the copy's.
        raise StorageError(f"{path.name} is there already; it was left as it is. Choose another name for the copy.")
    if not path.parent.is_dir():
        raise StorageError(f"The folder of {path.name} is not there.")
    sweep_folders(path)
    folder = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        copy = journal.backup(folder)
        with explained(path):
            settle(copy.path, path)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return copy
