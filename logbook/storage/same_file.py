"""Whether the file at a path is still the one that was opened."""

import os
from pathlib import Path

from logbook.domain.errors import FileReplaced
from logbook.storage.faults import MOVED

_TOO_LATE = "{name} was moved, replaced or removed at the moment of saving; what was to be saved is not in it."


class SameFile:
    """The file that stood at a path once."""

    def __init__(self, path: Path) -> None:
        """Remember the file at *path*.

        Raises:
            OSError: there is none.
        """
        self._path = path
        self._then = path.stat()

    def insist(self, *, is_saved: bool = False) -> None:
        """See to it that the very same file stands there now; *is_saved* if something was just written into it.

        Raises:
            FileReplaced: it does not.
        """
        try:
            is_same = os.path.samestat(self._then, self._path.stat())
        except (FileNotFoundError, NotADirectoryError):
            is_same = False
        if not is_same:
            raise FileReplaced((_TOO_LATE if is_saved else MOVED).format(name=self._path.name))
