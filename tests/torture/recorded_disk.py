"""What a process wrote, as strace told it, and a disk that plays it again up to a power cut.

What was synced is there. What was not is there or not, sector by sector: contents, sizes, and names in folders, each
on its own. That is as bad as POSIX allows, and worse than most file systems are.
"""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

SECTOR = 512
CALLS = (
    *("open", "openat", "creat", "dup", "fcntl", "lseek", "write", "pwrite64", "writev", "pwritev", "ftruncate"),
    *("fallocate", "fsync", "fdatasync", "rename", "renameat", "renameat2", "unlink", "unlinkat", "rmdir"),
    *("mkdir", "mkdirat", "link", "linkat", "copy_file_range", "sendfile"),
)
_LINE = re.compile(r"(\d+) +(\w+)\((.*)\) += (-?\d+)")
_UNFINISHED = re.compile(r"(\d+) +(\w+\(.*?),? *<unfinished \.\.\.>")
_RESUMED = re.compile(r"(\d+) +<\.\.\. \w+ resumed>,? ?(.*)")
_TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')


@dataclass(frozen=True)
class Call:
    """A system call that went well: its texts (names or bytes), its other arguments, and what it returned."""

    name: str
    texts: list[bytes]
    arguments: list[str]
    returned: int


def read_calls(trace: Path) -> Iterator[Call]:
    """The calls of a trace of `strace -f -xx`."""
    begun: dict[str, str] = {}
    with trace.open(encoding="ascii") as lines:
        for line in lines:
            if unfinished := _UNFINISHED.match(line):
                begun[unfinished[1]] = unfinished[2]
                continue
            if resumed := _RESUMED.match(line):
                line = f"{resumed[1]} {begun.pop(resumed[1])}, {resumed[2]}"  # noqa: PLW2901 - the whole of it
            if (call := _LINE.match(line)) and int(call[4]) >= 0:
                texts = [bytes.fromhex(text.replace("\\x", "")) for text in _TEXT.findall(call[3])]
                yield Call(call[2], texts, _TEXT.sub('""', call[3]).split(", "), int(call[4]))


@dataclass(eq=False)
class Content:
    """The bytes of a file: as they are, as they were when they were last synced, and what was done since."""

    now: bytearray = field(default_factory=bytearray)
    synced: bytes = b""
    since: list[tuple[int, bytes | None]] = field(default_factory=list)  # where, and what; None: cut or grown to there

    def write(self, at: int, data: bytes) -> None:
        """Write bytes."""
        _put(self.now, at, data)
        self.since.append((at, data))

    def resize(self, size: int) -> None:
        """Cut or grow it."""
        _resize(self.now, size)
        self.since.append((size, None))

    def sync(self) -> None:
        """All is on the disk."""
        self.synced, self.since = bytes(self.now), []

    def after_cut(self, chance: Random, likely: float) -> bytes:
        """What the disk holds after the power was cut."""
        content = bytearray(self.synced)
        for at, data in self.since:
            if data is None:
                if chance.random() < likely:
                    _resize(content, at)
                continue
            start = at
            while start < at + len(data):
                end = min((start // SECTOR + 1) * SECTOR, at + len(data))
                if chance.random() < likely:
                    _put(content, start, data[start - at : end - at])
                start = end
        return bytes(content)


def _put(content: bytearray, at: int, data: bytes) -> None:
    if at > len(content):
        content.extend(bytes(at - len(content)))
    content[at : at + len(data)] = data


def _resize(content: bytearray, size: int) -> None:
    del content[size:]
    content.extend(bytes(size - len(content)))


@dataclass
class _Opened:
    path: str
    content: Content | None
    at: int = 0
    appends: bool = False


@dataclass(frozen=True)
class _Named:
    """A change in a folder: what has which name from then on (None: nothing), all of it or none."""

    names: dict[str, Content | None]
    folder: str


FOLDER = Content()
"""What stands for a folder among names."""


class RecordedDisk:
    """A folder as calls leave it."""

    def __init__(self, root: str) -> None:
        self.root = root
        self.names: dict[str, Content] = {root: FOLDER}
        self._synced: dict[str, Content] = {root: FOLDER}
        self._since: list[_Named] = []
        self._files: dict[int, _Opened] = {}

    def play(self, call: Call) -> None:
        """Do what a call did."""
        getattr(self, f"_{_ALIKE.get(call.name, call.name)}")(call)

    def after_cut(self, chance: Random) -> dict[str, bytes | None]:
        """The files after the power was cut now, by their paths in the folder; None: it is a folder."""
        likely = chance.choice((0.0, 0.5, 0.9, 1.0, chance.random()))
        names = dict(self._synced)
        in_order = chance.random() < 0.5  # as journals of file systems keep names
        kept = chance.randint(0, len(self._since))
        for number, change in enumerate(self._since):
            if number < kept if in_order else chance.random() < likely:
                _apply(names, change)
        whole = {path for path in names if all(str(up) in names for up in Path(path).parents if self._is_in(str(up)))}
        return {
            os.path.relpath(path, self.root): None if content is FOLDER else content.after_cut(chance, likely)
            for path, content in sorted(names.items())
            if path in whole and path != self.root
        }

    def _is_in(self, path: str) -> bool:
        return path == self.root or path.startswith(self.root + "/")

    def _path(self, call: Call, text: int, folder: int | None = None) -> str:
        path = os.fsdecode(call.texts[text])
        if folder is not None and not path.startswith("/") and call.arguments[folder].isdigit():
            opened = self._files.get(int(call.arguments[folder]))
            path = f"{opened.path}/{path}" if opened is not None else path
        return os.path.normpath(path)

    def _note(self, path: str, names: dict[str, Content | None]) -> None:
        change = _Named(names, str(Path(path).parent))
        _apply(self.names, change)
        self._since.append(change)

    # -- calls

    def _open(self, call: Call) -> None:
        path, flags = self._path(call, 0, 0), call.arguments[2 if call.name == "openat" else 1]
        self._files.pop(call.returned, None)
        if not self._is_in(path):
            return
        content = self.names.get(path)
        if content is None and "O_CREAT" in flags:
            content = Content()
            self._note(path, {path: content})
        if content is not None and content is not FOLDER and "O_TRUNC" in flags and content.now:
            content.resize(0)
        self._files[call.returned] = _Opened(path, content, appends="O_APPEND" in flags)

    def _dup(self, call: Call) -> None:
        is_copy = call.name == "dup" or "F_DUPFD" in call.arguments[1]
        opened = self._opened(call)
        if is_copy and opened is not None:
            self._files[call.returned] = opened
        elif is_copy:
            self._files.pop(call.returned, None)

    def _opened(self, call: Call, argument: int = 0) -> _Opened | None:
        return self._files.get(int(call.arguments[argument]))

    def _lseek(self, call: Call) -> None:
        if (opened := self._opened(call)) is not None:
            opened.at = call.returned

    def _write(self, call: Call) -> None:
        opened = self._opened(call)
        if opened is None or opened.content is None:
            return
        if opened.appends:
            opened.at = len(opened.content.now)
        opened.content.write(opened.at, call.texts[0][: call.returned])
        opened.at += call.returned

    def _pwrite64(self, call: Call) -> None:
        opened = self._opened(call)
        if opened is not None and opened.content is not None:
            opened.content.write(int(call.arguments[3]), call.texts[0][: call.returned])

    def _writev(self, call: Call) -> None:
        assert self._opened(call) is None, f"{call.name} is not played again"

    def _sendfile(self, call: Call) -> None:
        target, source = (0, 1) if call.name == "sendfile" else (2, 0)
        opened, other = self._opened(call, target), self._opened(call, source)
        if opened is None or opened.content is None:
            return
        assert other is not None, "a copy of a file that lies elsewhere is not played again"
        assert other.content is not None
        start = int(call.arguments[2]) if call.arguments[2].isdigit() and call.name == "sendfile" else other.at
        opened.content.write(opened.at, bytes(other.content.now[start : start + call.returned]))
        opened.at += call.returned
        other.at += call.returned

    def _ftruncate(self, call: Call) -> None:
        opened = self._opened(call)
        if opened is not None and opened.content is not None:
            opened.content.resize(int(call.arguments[1]))

    def _fallocate(self, call: Call) -> None:
        opened = self._opened(call)
        if opened is not None and opened.content is not None:
            end = int(call.arguments[2]) + int(call.arguments[3])
            opened.content.resize(max(len(opened.content.now), end))

    def _fsync(self, call: Call) -> None:
        opened = self._opened(call)
        if opened is None or opened.content is None:
            return
        if opened.content is not FOLDER:
            opened.content.sync()
            return
        for change in [change for change in self._since if change.folder == opened.path]:
            _apply(self._synced, change)
            self._since.remove(change)

    def _rename(self, call: Call) -> None:
        at = call.name != "rename"
        before, after = self._path(call, 0, 0 if at else None), self._path(call, 1, 2 if at else None)
        if self._is_in(after):
            assert self.names[before] is not FOLDER, "a folder that gets another name is not played again"
            self._note(after, {before: None, after: self.names[before]})

    def _unlink(self, call: Call) -> None:
        path = self._path(call, 0, 0 if call.name == "unlinkat" else None)
        if self._is_in(path):
            self._note(path, {path: None})

    def _mkdir(self, call: Call) -> None:
        path = self._path(call, 0, 0 if call.name == "mkdirat" else None)
        if self._is_in(path):
            self._note(path, {path: FOLDER})

    def _link(self, call: Call) -> None:
        at = call.name != "link"
        before, after = self._path(call, 0, 0 if at else None), self._path(call, 1, 2 if at else None)
        if self._is_in(after):
            self._note(after, {after: self.names[before]})


def _apply(names: dict[str, Content], change: _Named) -> None:
    for name, content in change.names.items():
        if content is None:
            names.pop(name, None)
        else:
            names[name] = content


_ALIKE = {
    "openat": "open",
    "creat": "open",
    "fcntl": "dup",
    "pwritev": "writev",
    "fdatasync": "fsync",
    "renameat": "rename",
    "renameat2": "rename",
    "unlinkat": "unlink",
    "rmdir": "unlink",
    "mkdirat": "mkdir",
    "linkat": "link",
    "copy_file_range": "sendfile",
}
