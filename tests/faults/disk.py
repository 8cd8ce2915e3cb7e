"""A disk that forgets at a power cut what it was not told to keep, played from the system calls of a real program.

The calls are those that strace saw, so every one counts: SQLite's, and the program's own links, renames and syncs. What
a call changed is kept for good once the file, or the folder for a name, was synced. Before that a power cut may leave
any of it out, in any combination: no order is promised between two changes, not even of one file, and a write may end
at any sector.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any, Final

import pytest

import logbook

SECTOR: Final = 512
ACKNOWLEDGED: Final = b"acknowledged"
_CALLS: Final = (
    "openat,open,creat,write,pwrite64,writev,pwritev,pwritev2,lseek,ftruncate,truncate,fallocate,fsync,fdatasync,"
    "unlink,unlinkat,rename,renameat,renameat2,link,linkat,symlink,symlinkat,mkdir,mkdirat,rmdir,dup,dup2,dup3,"
    "sendfile,copy_file_range,mmap,sync_file_range"
)
_LINE: Final = re.compile(r"(?P<name>\w+)\((?P<arguments>.*)\) += (?P<answer>-?\d+)(?:<(?P<path>[^>]*)>)?")
_TEXT: Final = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
_HANDLE: Final = re.compile(r"(\d+)<")

Tree = dict[str, bytes | None]  # by path from the root; None: a folder


@dataclass(frozen=True, slots=True)
class Call:
    """One system call that went well."""

    name: str
    handles: tuple[int, ...]
    texts: tuple[bytes, ...]
    numbers: tuple[int, ...]  # those that are arguments of their own, in their order
    words: str  # everything between the brackets
    answer: int


@dataclass(slots=True, eq=False)
class _Node:
    """A file or a folder, whatever its names."""

    content: bytes | None  # what is kept for good; None: a folder
    names: dict[str, "_Node"] = field(default_factory=dict)  # those of a folder that are kept for good


@dataclass(frozen=True, slots=True)
class _Change:
    """Something that is not kept for good yet."""

    node: _Node
    write: tuple[int, bytes] | None = None  # at an offset
    size: int | None = None  # cut or filled up to this
    gone: str | None = None  # a name that was taken away, ...
    named: tuple[str, _Node] | None = None  # ... and one that was given, together


def record(program: str, arguments: Iterable[str | Path], trace: Path) -> list[Call]:
    """Run *program*, Python code, to its good end under strace and return its calls in their order."""
    if shutil.which("strace") is None:
        pytest.skip("strace, which sees what is written and what is synced, is not installed")
    command = ["strace", "-y", "-xx", "-s", "100000000", "-o", str(trace), "-e", f"trace={_CALLS}"]
    python = [sys.executable, "-W", "error", "-c", program, *map(str, arguments)]
    ran = subprocess.run([*command, *python], env=python_environment(), capture_output=True, timeout=600, check=False)
    if b"ptrace" in ran.stderr and ran.returncode:
        pytest.skip(f"strace is not allowed to look on here: {ran.stderr.decode()}")
    assert ran.returncode == 0, ran.stderr.decode()
    with trace.open(encoding="ascii") as lines:
        return [call for line in lines if (call := _call(line)) is not None]


def python_environment() -> dict[str, str]:
    """Return the environment in which a program finds this package, and these tests, from anywhere."""
    paths = Path(logbook.__file__).parents[1], Path(__file__).parents[1]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, paths)), "PYTHONDONTWRITEBYTECODE": "1"}


def _call(line: str) -> Call | None:
    found = _LINE.match(line)
    if found is None or int(found["answer"]) < 0:
        return None
    words = found["arguments"]
    texts = tuple(bytes.fromhex(text.replace("\\x", "")) for text in _TEXT.findall(words))
    bare = _TEXT.sub("", words)
    handles = tuple(int(handle) for handle in _HANDLE.findall(bare))
    numbers = tuple(int(part) for part in bare.split(", ") if part.lstrip("-").isdigit())
    return Call(found["name"], handles, texts, numbers, bare, int(found["answer"]))


class Disk:
    """What lies below one folder, played call by call."""

    def __init__(self, root: Path, tree: Mapping[str, bytes | None]) -> None:
        """Begin with *tree* below *root*, all of it kept for good."""
        self._prefix = f"{root}/".encode()
        self._root = _Node(None)
        for path, content in sorted(tree.items()):
            *above, name = path.split("/")
            self._now(above).names[name] = _Node(content)
        self._handles: dict[int, _Node] = {}
        self._places: dict[int, int] = {}
        self._pending: list[_Change] = []
        self.acknowledged = 0

    def play(self, call: Call) -> bool:
        """Do what *call* does, and return whether it could make a difference to what is left by a power cut."""
        before = len(self._pending), self.acknowledged
        had = tuple(self._pending)
        match call.name:
            case "openat":
                self._open(call)
            case "write" | "pwrite64":
                self._write(call)
            case "lseek" if call.handles[0] in self._handles:
                self._places[call.handles[0]] = call.answer
            case "ftruncate" if call.handles[0] in self._handles:
                self._pending.append(_Change(self._handles[call.handles[0]], size=call.numbers[-1]))
            case "fsync" | "fdatasync" if call.handles[0] in self._handles:
                self._keep(self._handles[call.handles[0]])
            case "unlink" | "rmdir":
                self._forget(call.texts[0])
            case "rename":
                self._rename(*call.texts)
            case "link":
                self._link(*call.texts)
            case "mkdir":
                self._name(call.texts[0], _Node(None))
            case _:
                self._refuse_others(call)
        return (len(self._pending), self.acknowledged) != before or tuple(self._pending) != had

    def states(self, chance: Random, most: int) -> Iterator[Tree]:
        """Go through what a power cut at this moment may leave, in *most* ways picked by *chance* where there are more.

        Nothing of what was not synced, or all of it; and of what came first so much, all but one change, one change
        alone, any others, and all up to a write that was cut at a sector.
        """
        pending = self._pending
        ways = [pending[: place + 1] for place in range(len(pending) - 1)]
        for place, change in enumerate(pending):
            ways.append([*pending[:place], *pending[place + 1 :]])
            ways.append([change])
            ways.append([one for one in pending if chance.random() < 0.5])
            if change.write is not None and len(change.write[1]) > SECTOR:
                offset, data = change.write
                cut = data[: SECTOR * chance.randrange(1, (len(data) - 1) // SECTOR + 1)]
                ways.append([*pending[:place], _Change(change.node, write=(offset, cut))])
        for way in ([], pending, *(ways if len(ways) <= most else chance.sample(ways, most))):
            yield self._left(way)

    def _left(self, changes: Sequence[_Change]) -> Tree:
        contents: dict[int, bytearray] = {}
        names: dict[int, dict[str, _Node]] = {}
        for change in changes:
            node = change.node
            if node.content is None:
                folder = names.setdefault(id(node), dict(node.names))
                _rename_in(folder, change)
            else:
                _write_in(contents.setdefault(id(node), bytearray(node.content)), change)
        return dict(_walk(self._root, "", contents, names))

    def _keep(self, node: _Node) -> None:
        for change in self._pending:
            if change.node is node and node.content is None:
                _rename_in(node.names, change)
            elif change.node is node and node.content is not None:
                content = bytearray(node.content)
                _write_in(content, change)
                node.content = bytes(content)
        self._pending = [change for change in self._pending if change.node is not node]

    def _open(self, call: Call) -> None:
        for known in (self._handles, self._places):
            known.pop(call.answer, None)
        path = call.texts[0]
        if not self._is_mine(path + b"/"):
            return
        node = self._find(path)
        if node is None:
            assert "O_CREAT" in call.words, call
            node = _Node(b"")
            self._name(path, node)
        elif "O_TRUNC" in call.words:
            self._pending.append(_Change(node, size=0))
        assert "O_APPEND" not in call.words, call
        self._handles[call.answer] = node
        self._places[call.answer] = 0

    def _write(self, call: Call) -> None:
        handle = call.handles[0]
        if handle == 1 and call.texts[0].startswith(ACKNOWLEDGED):
            self.acknowledged += 1
        if handle not in self._handles:
            return
        at = call.numbers[-1] if call.name == "pwrite64" else self._places[handle]
        data = call.texts[0][: call.answer]
        self._pending.append(_Change(self._handles[handle], write=(at, data)))
        if call.name == "write":
            self._places[handle] = at + len(data)

    def _forget(self, path: bytes) -> None:
        if self._is_mine(path):
            folder, name = self._place(path)
            self._pending.append(_Change(folder, gone=name))

    def _link(self, path: bytes, other: bytes) -> None:
        if self._is_mine(path):
            node = self._find(path)
            assert node is not None, path
            self._name(other, node)

    def _rename(self, path: bytes, other: bytes) -> None:
        if not self._is_mine(path):
            return
        node = self._find(path)
        assert node is not None, path
        (folder, name), (target, new) = self._place(path), self._place(other)
        assert folder is target, "a move between folders is two changes, which nothing here keeps together"
        self._pending.append(_Change(folder, gone=name, named=(new, node)))

    def _name(self, path: bytes, node: _Node) -> None:
        if self._is_mine(path):
            folder, name = self._place(path)
            self._pending.append(_Change(folder, named=(name, node)))

    def _refuse_others(self, call: Call) -> None:
        mine = any(handle in self._handles for handle in call.handles) or any(map(self._is_mine, call.texts))
        is_reading = call.name in ("lseek", "ftruncate", "fsync", "fdatasync") or (
            call.name == "mmap" and "PROT_WRITE" not in call.words
        )
        assert is_reading or not mine, f"a call that is not known here: {call}"

    def _is_mine(self, path: bytes) -> bool:
        return path.startswith(self._prefix)

    def _place(self, path: bytes) -> tuple[_Node, str]:
        *above, name = os.fsdecode(path.removeprefix(self._prefix)).split("/")
        return self._now(above), name

    def _find(self, path: bytes) -> _Node | None:
        if path + b"/" == self._prefix:
            return self._root
        folder, name = self._place(path)
        return self._names_now(folder).get(name)

    def _now(self, above: Iterable[str]) -> _Node:
        node = self._root
        for name in above:
            node = self._names_now(node)[name]
        return node

    def _names_now(self, folder: _Node) -> dict[str, _Node]:
        names = dict(folder.names)
        for change in getattr(self, "_pending", ()):
            if change.node is folder:
                _rename_in(names, change)
        return names


def _rename_in(names: dict[str, _Node], change: _Change) -> None:
    if change.gone is not None:
        names.pop(change.gone, None)
    if change.named is not None:
        name, node = change.named
        names[name] = node


def _write_in(content: bytearray, change: _Change) -> None:
    if change.size is not None:
        del content[change.size :]
        content.extend(bytes(change.size - len(content)))
    if change.write is not None:
        offset, data = change.write
        content.extend(bytes(max(0, offset - len(content))))
        content[offset : offset + len(data)] = data


def _walk(
    folder: _Node, path: str, contents: Mapping[int, bytearray], names: Mapping[int, Mapping[str, _Node]]
) -> Iterator[tuple[str, Any]]:
    for name, node in names.get(id(folder), folder.names).items():
        if node.content is None:
            yield f"{path}{name}", None
            yield from _walk(node, f"{path}{name}/", contents, names)
        else:
            yield f"{path}{name}", bytes(contents.get(id(node), node.content))


def read_tree(root: Path) -> Tree:
    """Return what lies below *root*."""
    return {path.relative_to(root).as_posix(): None if path.is_dir() else path.read_bytes() for path in root.rglob("*")}


def write_tree(root: Path, tree: Tree) -> None:
    """Have *root* hold *tree* and nothing else, readable by the owner alone."""
    shutil.rmtree(root, ignore_errors=True)
    root.mkdir(mode=0o700)
    for path, content in sorted(tree.items()):
        if content is None:
            (root / path).mkdir(mode=0o700)
        else:
            (root / path).write_bytes(content)
            (root / path).chmod(0o600)
