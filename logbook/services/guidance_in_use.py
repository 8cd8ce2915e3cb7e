"""Which guidance is judged by: the files that came with the program, or the last good ones where those are refused."""

import shutil
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from logbook.assets import find
from logbook.domain.errors import RuleError
from logbook.guidance.loader import load_rules
from logbook.guidance.ranges import load_ranges
from logbook.guidance.rule import Rules
from logbook.guidance.spans import load_spans
from logbook.services.places import last_good_guidance

_EDITION: Final = "EDITION"  # of the copy, written last


@dataclass(frozen=True, slots=True)
class GuidanceInUse:
    """The rules that are judged by, and why they are not the newest."""

    rules: Rules
    refused: RuleError | None = None

    @property
    def warning(self) -> str:
        """What a person has to know of it, or nothing."""
        if self.refused is None:
            return ""
        version = self.rules.version
        return f"{self.refused}. Until that is mended, sessions are judged by the last good guidance, {version}."


def load_guidance(shipped: Path | None = None, kept: Path | None = None) -> GuidanceInUse:
    """Return the guidance in *shipped*; where it is refused, the copy of the last good one in *kept*.

    Raises:
        RuleError: the guidance is refused, and no good copy of an earlier one is there.
    """
    copy = kept or last_good_guidance()
    try:
        rules = _load(shipped or find("guidance"))
    except RuleError as refused:
        try:
            return GuidanceInUse(_load(copy), refused)
        except RuleError:
            raise refused from None
    return GuidanceInUse(rules)


def keep_copy(in_use: GuidanceInUse, kept: Path | None = None) -> None:
    """Keep a copy of good guidance in *kept*; where nothing can be written there is none, and nothing else fails."""
    if in_use.refused is None:
        with suppress(OSError):
            _keep(in_use.rules, kept or last_good_guidance())


def _load(folder: Path) -> Rules:
    rules = load_rules(folder)
    load_spans(rules.sources, folder / "spans")
    load_ranges(rules.sources, folder / "spans")
    return rules


def _keep(rules: Rules, copy: Path) -> None:
    """Put a whole copy of the files of *rules* in the place of *copy*, if it is another."""
    with suppress(OSError):
        if (copy / _EDITION).read_text(encoding="utf-8") == rules.edition:
            return
    copy.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tempfile.TemporaryDirectory(prefix=".guidance-", dir=copy.parent) as beside:
        made = Path(beside) / "new"
        shutil.copytree(rules.folder, made)
        (made / _EDITION).write_text(rules.edition, encoding="utf-8")
        if copy.exists():
            copy.replace(Path(beside) / "old")
        made.replace(copy)
