"""Reads the guidance files, and refuses whatever in them is not understood, all of it at once."""

import dataclasses
import hashlib
import re
import string
import tomllib
import types
import typing
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from logbook.assets import find, read_toml
from logbook.domain.errors import RuleError, RuleProblem
from logbook.domain.vocabulary import Setting, Severity
from logbook.guidance.predicates import PREDICATES
from logbook.guidance.rule import BySetting, Message, Predicate, Rule, Rules, Source

_RULE_KEYS: Final = {"id", "title", "negotiable", "predicate", "params", "messages", "sources", "examples"}
_SOURCE_FIELDS: Final = {field.name: field for field in dataclasses.fields(Source)}
_GRADES: Final = ("A", "B", "C", "D")
_EXPECTED: Final = {*(severity.word for severity in Severity), "unjudged"}
_NOT_RULES: Final = "sources.toml"


def load_rules(folder: Path | None = None) -> Rules:
    """Return the guidance in *folder*, by default the one the program ships with.

    Raises:
        RuleError: something in the files is not understood; it lists everything that is not.
    """
    return _Loader(folder or find("guidance")).load()


class _Mistyped(Exception):
    """A parameter that does not fit its field; the message says where and why."""


class _Loader:
    """One reading of one folder; collects what is wrong until the end."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._problems: list[RuleProblem] = []
        self._file = ""
        self._lines: list[str] = []  # of the file
        self._params: dict[str, Mapping[str, Any]] = {}  # by rule, as they stand in the files read so far

    def load(self) -> Rules:
        sources = self._sources()
        rules: dict[str, Rule] = {}
        for path in sorted(self._folder.glob("*.toml")):
            if path.name != _NOT_RULES:
                for table in self._tables(path, "rule"):
                    if (rule := self._rule(table, sources, rules)) is not None:
                        rules[rule.id] = rule
        version = self._version()
        if not rules and not self._problems:
            self._file, self._lines = str(self._folder), []
            self._refuse("—", "there is no rule in it")
        if self._problems:
            raise RuleError(self._problems)
        edition = f"{version}+{self._mark()}"
        return Rules(version, tuple(rules[key] for key in sorted(rules)), sources, edition, self._folder)

    def _mark(self) -> str:
        """Return eight hex digits that any change to the files changes."""
        content = hashlib.sha256()
        for path in sorted(self._folder.rglob("*.toml")):
            content.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
        return content.hexdigest()[:8]

    def _refuse(self, rule: str, message: str) -> None:
        self._problems.append(RuleProblem(self._file, rule, message, self._line_of(rule, message)))

    def _line_of(self, rule: str, message: str) -> int | None:
        """Return the line of what *message* names in the table of *rule*, or of the table itself; from 1."""
        begins = re.compile(rf'\s*(?:id|key)\s*=\s*"{re.escape(rule)}"')
        start = next((n for n, line in enumerate(self._lines) if begins.match(line)), None)
        if start is None:
            return None
        names = {name.split(".")[-1] for name in re.findall(r"[\w.]+", message)}
        for number, line in enumerate(self._lines[start + 1 :], start + 2):
            if re.match(r"\[\[(rule|source)\]\]", line):
                break
            if (key := re.match(r"\s*(?:\[+)?([\w.]+)", line)) and key[1].split(".")[-1] in names:
                return number
        return start + 1

    def _version(self) -> str:
        self._file, self._lines = "VERSION", []
        try:
            return (self._folder / "VERSION").read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError):
            self._refuse("—", "the version of the guidance is missing")
            return ""

    def _tables(self, path: Path, name: str) -> Sequence[Mapping[str, Any]]:
        """Return the tables called *name*, the only thing that may be in the file."""
        self._file, self._lines = path.name, []
        try:
            content = read_toml(path)
            self._lines = path.read_text(encoding="utf-8").splitlines()
        except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
            self._refuse("—", f"it cannot be read: {error}")
            return ()
        for key in content.keys() - {name}:
            self._refuse("—", f"“{key}” is not known; a file holds [[{name}]] tables only")
        tables = content.get(name, [])
        if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
            self._refuse("—", f"“{name}” must be written as [[{name}]]")
            return ()
        return tables

    # Sources

    def _sources(self) -> dict[str, Source]:
        sources: dict[str, Source] = {}
        for table in self._tables(self._folder / _NOT_RULES, "source"):
            key = str(table.get("key", "a source without a key"))
            if wrong := list(_wrong_in_source(table)):
                for message in wrong:
                    self._refuse(key, message)
            elif key in sources:
                self._refuse(key, "this key is there twice")
            else:
                sources[key] = Source(**table)
        return sources

    # Rules

    def _rule(self, table: Mapping[str, Any], sources: Mapping[str, Source], known: Mapping[str, Rule]) -> Rule | None:
        rule_id = str(table.get("id", "a rule without an id"))
        before = len(self._problems)
        for key in sorted(_RULE_KEYS - table.keys()):
            self._refuse(rule_id, f"“{key}” is missing")
        for key in sorted(table.keys() - _RULE_KEYS - {"setting"}):
            self._refuse(rule_id, f"“{key}” is not known")
        if rule_id in known:
            self._refuse(rule_id, "this id is there twice")
        setting = self._setting(rule_id, table.get("setting"))
        own_sources = self._rule_sources(rule_id, table.get("sources"), sources)
        examples = self._examples(rule_id, table.get("examples"))
        predicate = PREDICATES.get(str(table.get("predicate")))
        if predicate is None:
            self._refuse(rule_id, f"the predicate “{table.get('predicate')}” is not known")
            return None
        parameters = self._parameters(rule_id, predicate, self._shared(rule_id, table.get("params", {})))
        self._silences(rule_id, parameters)
        is_negotiable = self._negotiable(rule_id, table.get("negotiable"), predicate)
        messages = self._messages(rule_id, predicate, parameters, table.get("messages", {}))
        if len(self._problems) > before:
            return None
        title = str(table["title"])
        family = self._file.removesuffix(".toml")
        return Rule(
            rule_id, title, predicate, parameters, setting, messages, own_sources, examples, family, is_negotiable
        )

    def _negotiable(self, rule_id: str, value: Any, predicate: Predicate) -> bool:
        if value is not None and not isinstance(value, bool):
            self._refuse(rule_id, "“negotiable” must be true or false")
        elif value and not hasattr(predicate.parameters, "lines"):
            self._refuse(rule_id, "“negotiable” is true, but none of its numbers is a line that can be moved")
        return value is True

    def _setting(self, rule_id: str, value: Any) -> Setting | None:
        if value is None or value in list(Setting):
            return Setting(value) if value else None
        self._refuse(rule_id, f"the setting “{value}” is not known")
        return None

    def _rule_sources(self, rule_id: str, keys: Any, sources: Mapping[str, Source]) -> tuple[Source, ...]:
        if not isinstance(keys, list) or not keys:
            self._refuse(rule_id, "it has no source")
            return ()
        if not all(isinstance(key, str) for key in keys):
            self._refuse(rule_id, "its sources must be keys")
            return ()
        for key in keys:
            if key not in sources:
                self._refuse(rule_id, f"the source “{key}” is not in {_NOT_RULES}")
        own = [sources[key] for key in keys if key in sources]
        return tuple(sorted(own, key=lambda source: (source.grade, -(source.year or 0), source.key)))

    def _examples(self, rule_id: str, examples: Any) -> tuple[Mapping[str, Any], ...]:
        if not isinstance(examples, list) or not examples:
            self._refuse(rule_id, "it has no example")
            return ()
        for number, example in enumerate(examples, 1):
            if not isinstance(example, dict) or str(example.get("expect")) not in _EXPECTED:
                self._refuse(rule_id, f"example {number} must expect one of {', '.join(sorted(_EXPECTED))}")
        return tuple(examples)

    def _parameters(self, rule_id: str, predicate: Predicate, table: Any) -> Any:
        try:
            return _build(predicate.parameters, table, "params")
        except _Mistyped as error:
            self._refuse(rule_id, str(error))
            return None

    def _shared(self, rule_id: str, table: Any) -> Any:
        """Return the parameters with every ``{ as = "S02" }`` replaced by what that earlier rule has there."""
        if not isinstance(table, dict):
            return table
        own = dict(table)
        for name, value in table.items():
            if isinstance(value, dict) and value.keys() == {"as"}:
                others = self._params.get(str(value["as"]), {})
                if name in others:
                    own[name] = others[name]
                else:
                    self._refuse(rule_id, f"params.{name}: no rule “{value['as']}” that stands before it has one")
        self._params[rule_id] = own
        return own

    def _silences(self, rule_id: str, parameters: Any) -> None:
        for other in getattr(parameters, "silences", ()):
            if other not in self._params:
                self._refuse(rule_id, f"params.silences: no rule “{other}” stands before it")

    def _messages(self, rule_id: str, predicate: Predicate, parameters: Any, table: Any) -> dict[str, Message]:
        messages: dict[str, Message] = {}
        if not isinstance(table, dict):
            self._refuse(rule_id, "“messages” must be a table")
            return messages
        for variant, parts in table.items():
            try:
                messages[variant] = _build(Message, parts, f"messages.{variant}")
            except _Mistyped as error:
                self._refuse(rule_id, str(error))
        if parameters is None:
            return messages
        variants = predicate.variants(parameters)
        for variant in sorted(variants.keys() - table.keys()):
            self._refuse(rule_id, f"the message “{variant}” is missing")
        for variant in sorted(table.keys() - variants.keys()):
            self._refuse(rule_id, f"the message “{variant}” is not known")
        for variant in messages.keys() & variants.keys():
            for wrong in _wrong_placeholders(messages[variant], variants[variant]):
                self._refuse(rule_id, f"the message “{variant}”: {wrong}")
        return messages


def _wrong_in_source(table: Mapping[str, Any]) -> Iterable[str]:
    for name, field in _SOURCE_FIELDS.items():
        if name not in table and field.default is dataclasses.MISSING:
            yield f"“{name}” is missing"
        elif name in table and type(table[name]) is not (int if name == "year" else str):
            yield f"“{name}” has the wrong type"
    for name in table.keys() - _SOURCE_FIELDS.keys():
        yield f"“{name}” is not known"
    if table.get("grade") not in _GRADES:
        yield f"the grade “{table.get('grade')}” is not one of {', '.join(_GRADES)}"


def _wrong_placeholders(message: Message, facts: Iterable[str]) -> Iterable[str]:
    numbers = {fact[:-1] for fact in facts if fact.endswith("#")}
    known = numbers | {fact for fact in facts if not fact.endswith("#")}
    for part in (message.found, message.why, message.clean):
        try:
            fields = [field for field in string.Formatter().parse(part) if field[1] is not None]
        except ValueError as error:
            yield f"its braces do not match ({error})"
            continue
        for _, name, form, conversion in fields:
            if name not in known:
                yield f"“{{{name}}}” is not known; it may use {', '.join(sorted(known))}"
            elif conversion or (form and (form != "capital" if name not in numbers else not form.isalpha())):
                yield f"“{{{name}}}” cannot be written in that way"
    if not message.found:
        yield "it says nothing"


def _build(kind: Any, value: Any, where: str) -> Any:
    """Return *value*, as TOML gave it, as the type *kind*.

    Raises:
        _Mistyped: it does not fit; the message says where.
    """
    if isinstance(kind, types.UnionType):
        return _build(next(one for one in typing.get_args(kind) if one is not type(None)), value, where)
    if typing.get_origin(kind) is tuple:
        if not isinstance(value, list) or not value:
            raise _Mistyped(f"{where} must be a list with something in it")
        return tuple(_build(typing.get_args(kind)[0], one, f"{where}[{place}]") for place, one in enumerate(value))
    if kind is BySetting and isinstance(value, str):
        return BySetting(_build(Severity, value, where), _build(Severity, value, where))
    if dataclasses.is_dataclass(kind):
        return _build_dataclass(kind, value, where)
    return _build_plain(kind, value, where)


def _build_dataclass(kind: Any, value: Any, where: str) -> Any:
    if not isinstance(value, dict):
        raise _Mistyped(f"{where} must be a table")
    hints = typing.get_type_hints(kind)
    fields = {field.name: field for field in dataclasses.fields(kind)}
    wrong = [f"{where}.{name} is not known" for name in sorted(value.keys() - fields.keys())]
    wrong += [
        f"{where}.{name} is missing"
        for name, field in fields.items()
        if name not in value and field.default is dataclasses.MISSING
    ]
    built = {}
    for name in fields.keys() & value.keys():
        try:
            built[name] = _build(hints[name], value[name], f"{where}.{name}")
        except _Mistyped as error:
            wrong.append(str(error))
    if wrong:
        raise _Mistyped("; ".join(wrong))
    try:
        return kind(**built)
    except ValueError as error:
        raise _Mistyped(f"{where}: {error}") from error


def _build_plain(kind: Any, value: Any, where: str) -> Any:
    if kind is Severity:
        words = {severity.word: severity for severity in Severity}
        if not isinstance(value, str) or value not in words:
            raise _Mistyped(f"{where}: the severity “{value}” is not one of {', '.join(words)}")
        return words[value]
    if issubclass(kind, StrEnum):
        if not isinstance(value, str) or value not in list(kind):
            raise _Mistyped(f"{where}: “{value}” is not one of {', '.join(kind)}")
        return kind(value)
    wanted = str if issubclass(kind, str) else int
    if not isinstance(value, wanted) or isinstance(value, bool):
        raise _Mistyped(f"{where} must be {'a text' if wanted is str else 'a whole number'}, not {value!r}")
    return kind(value)
