"""The built-in guide and the hints: texts of the program that are read whole, or refused with all that is wrong."""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from logbook.assets import find, read_toml
from logbook.domain.errors import UnreadableFile
from logbook.services.guide_words import GuideWords

_FOLDER: Final = "guide"
_HINTS: Final = "hints.toml"
_FILE_NAME: Final = re.compile(r"\d\d-([a-z]+)\.md")  # the number is the place in the list
_TITLE: Final = re.compile(r"# (\S.*)")
_HEADING: Final = re.compile(r"#+ ")
_PLACE: Final = re.compile(r"\{([^{}]*)\}")
_LINK: Final = re.compile(r"\]\(([^)]*)\)")
_FOREIGN: Final = re.compile(r"</?[a-z]|!\[|[a-z]+://|www\.")  # what a guide that is ours alone has no use for
_MARKUP: Final = re.compile(r"([!-/:-@\[-`{-~])")  # every sign that Markdown may take for its own


@dataclass(frozen=True, slots=True)
class Chapter:
    """One chapter, as it is shown."""

    name: str  # by which pages, dialogs and links ask for it
    title: str
    text: str  # Markdown, its title included


def load_guide(words: GuideWords, folder: Path | None = None) -> tuple[Chapter, ...]:
    """Return the chapters in *folder*, by default those the program ships with, with *words* in their places.

    Raises:
        UnreadableFile: something in them is not understood; it lists everything that is not.
    """
    reading = _Reading(words)
    paths = sorted((folder or _shipped()).glob("*.md"))
    chapters = [chapter for path in paths if (chapter := reading.chapter(path))]
    reading.check(chapters)
    return tuple(chapters)


def load_hints(words: GuideWords, folder: Path | None = None) -> dict[str, str]:
    """Return the hints in *folder*, each by the name of its page, with *words* in their places.

    Raises:
        UnreadableFile: something in them is not understood; it lists everything that is not.
    """
    reading = _Reading(words)
    hints = reading.hints((folder or _shipped()) / _HINTS)
    reading.check()
    return hints


def _shipped() -> Path:
    try:
        return find(_FOLDER)
    except FileNotFoundError as error:
        raise UnreadableFile(str(error)) from error


class _Reading:
    """One reading of the texts; collects what is wrong until the end."""

    def __init__(self, words: GuideWords) -> None:
        self._words = words
        self._problems: list[str] = []
        self._links: list[tuple[str, str]] = []  # where one stands, and the chapter it leads to

    def chapter(self, path: Path) -> Chapter | None:
        """Return what is in a file, or nothing where it is no chapter."""
        named = _FILE_NAME.fullmatch(path.name)
        if named is None:
            self._refuse(path.name, "a chapter is named as 01-sessions.md is")
            return None
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            self._refuse(path.name, f"it cannot be read: {error}")
            return None
        titled = _TITLE.fullmatch(lines[0]) if lines else None
        if titled is None or not any(line.strip() for line in lines[1:]):
            self._refuse(path.name, "it begins with “# ” and its title, and a text follows")
            return None
        for number, line in enumerate(lines[1:], 2):
            if _HEADING.match(line) and not line.startswith("## "):
                self._refuse(f"{path.name}, line {number}", "a heading in a chapter begins with “## ”")
        read = [self._line(line, f"{path.name}, line {number}") for number, line in enumerate(lines, 1)]
        return Chapter(named[1], titled[1].strip(), "\n".join(read) + "\n")

    def hints(self, path: Path) -> dict[str, str]:
        """Return what is in the file of the hints."""
        try:
            content = read_toml(path)
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            self._refuse(path.name, f"it cannot be read: {error}")
            return {}
        return {name: self._hint(text, f"{path.name}: {name}") for name, text in content.items()}

    def check(self, chapters: Iterable[Chapter] | None = None) -> None:
        """Raise an error if anything was wrong, or if a link leads to none of *chapters*."""
        if chapters is not None:
            names = [chapter.name for chapter in chapters]
            for name in sorted({name for name in names if names.count(name) > 1}):
                self._refuse("The guide", f"two chapters are named “{name}”")
            for where, target in self._links:
                if target not in names:
                    self._refuse(where, f"there is no chapter “{target}”")
            if not names and not self._problems:
                self._refuse("The guide", "there is no chapter in it")
        if self._problems:
            raise UnreadableFile("The guide cannot be shown. " + " · ".join(self._problems))

    def _hint(self, text: Any, where: str) -> str:
        if not isinstance(text, str) or not text.strip():
            self._refuse(where, "a hint is a text")
            return ""
        return _PLACE.sub(lambda place: self._plain(place[1], where), text)

    def _line(self, line: str, where: str) -> str:
        """Return a *line* of a chapter with words in its places."""
        if _FOREIGN.search(line):
            self._refuse(where, "nothing but text and links to chapters may stand here")
        if {"{", "}"} & set(_PLACE.sub("", line)):
            self._refuse(where, "a brace has no other")
        self._links += [(where, target) for target in _LINK.findall(line)]
        if alone := _PLACE.fullmatch(line.strip()):
            said = self._words.say(alone[1])
            if isinstance(said, tuple):
                return "\n".join(f"- {_literally(item)}" for item in said)
        return _PLACE.sub(lambda place: _literally(self._plain(place[1], where)), line)

    def _plain(self, place: str, where: str) -> str:
        said = self._words.say(place)
        if isinstance(said, str):
            return said
        self._refuse(where, f"“{{{place}}}” {'stands in a line of its own' if said else 'is not known'}")
        return ""

    def _refuse(self, where: str, why: str) -> None:
        self._problems.append(f"{where}: {why}")


def _literally(text: str) -> str:
    """Return *text* as Markdown that shows it sign by sign."""
    return _MARKUP.sub(r"\\\1", text)
