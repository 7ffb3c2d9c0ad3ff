"""The directory at the end of a zip file, read without believing it: what no bundle has is refused by what it is."""

import stat
import unicodedata
from typing import IO, NoReturn, Protocol

from greenstar.storage.bundle.layout import (
    CENTRAL,
    CENTRAL_SIGN,
    END,
    END_SIGN,
    FAR,
    LOCAL_SIGN,
    LONGEST_END,
    ZipEntry,
    central_header,
    ending,
    far_directory,
    far_offset,
)
from greenstar.storage.bundle.manifest import MOST_ENTRIES

_LONGEST_NAME = 200
_MOST_DIRECTORY = (MOST_ENTRIES + 1) * (CENTRAL.size + _LONGEST_NAME)
_LONGEST_COMMENT = 1 << 16


class Refuse(Protocol):
    """Raises why a file is no bundle that can be read: `bundle.<problem>`, at an entry."""

    def __call__(self, problem: str, entry: str = "") -> NoReturn:
        """Raise it."""


def read_directory(file: IO[bytes], size: int, refuse: Refuse) -> dict[str, ZipEntry]:
    """The entries of a zip file of so many bytes, by name, as they lie one behind the other."""
    start, count, directory = _located(file, size, refuse)
    entries: dict[str, ZipEntry] = {}
    alike: set[str] = set()
    place = expected = 0
    for _ in range(count):
        entry, place = _read_entry(directory, place, alike, refuse)
        if entry.offset != expected:
            refuse("layout")
        entries[entry.name], expected = entry, entry.end
    if place != len(directory) or expected != start:
        refuse("layout")
    return entries


def _located(file: IO[bytes], size: int, refuse: Refuse) -> tuple[int, int, bytes]:
    """Where the directory begins, how many entries it has, and its bytes."""
    file.seek(0)
    if file.read(4) not in (LOCAL_SIGN, END_SIGN):
        refuse("no_bundle")
    file.seek(max(0, size - LONGEST_END))
    tail = file.read(LONGEST_END)
    if not tail[-END.size :].startswith(END_SIGN):
        refuse("not_ours" if _has_comment(file, size) else "truncated")
    _, _, _, _, count, length, start, _ = END.unpack(tail[-END.size :])
    if count > MOST_ENTRIES + 1 or length > _MOST_DIRECTORY:
        refuse("too_many")
    if start == FAR:
        start = far_directory(tail)
    if start is None or not tail.endswith(ending(count, length, start)):
        refuse("layout")
    if start + length + len(ending(count, length, start)) != size:
        refuse("layout")
    file.seek(start)
    return start, count, file.read(length)


def _has_comment(file: IO[bytes], size: int) -> bool:
    """Whether a zip file ends with a comment, which no bundle has."""
    file.seek(max(0, size - _LONGEST_COMMENT - END.size))
    tail = file.read()
    place = tail.rfind(END_SIGN)
    return 0 <= place <= len(tail) - END.size and END.unpack_from(tail, place)[-1] == len(tail) - place - END.size


def _read_entry(directory: bytes, place: int, alike: set[str], refuse: Refuse) -> tuple[ZipEntry, int]:
    """The entry whose header begins at a place of the directory, and where the next one begins.

    `alike`: the names so far, as systems spell them that take many for one.
    """
    if len(directory) - place < CENTRAL.size or not directory.startswith(CENTRAL_SIGN, place):
        refuse("layout")
    fields = CENTRAL.unpack_from(directory, place)
    _, _, _, flags, method, _, _, crc, packed, size, name_length, extra_length = fields[:12]
    attributes, offset = fields[-2:]
    rest = place + CENTRAL.size
    raw = directory[rest : rest + name_length]
    name = raw.decode("utf-8", "replace")
    _refuse_name(name, refuse)
    same = unicodedata.normalize("NFKC", name).casefold()
    if same in alike:
        refuse("twice", name)
    alike.add(same)
    if stat.S_ISLNK(attributes >> 16):
        refuse("link", name)
    if flags & 1:
        refuse("encrypted", name)
    if method:
        refuse("compressed", name)
    if packed != size:
        refuse("wrong_size", name)
    if offset == FAR:
        offset = far_offset(directory[rest + name_length : rest + name_length + extra_length])
    if offset is None or not name.isascii():
        refuse("layout")
    entry = ZipEntry(name, size, crc, offset)
    header = central_header(entry)
    if not directory.startswith(header, place):
        refuse("layout")
    return entry, place + len(header)


def _refuse_name(name: str, refuse: Refuse) -> None:
    """Names that lead elsewhere, wherever such names are taken for paths."""
    parts = name.replace("\\", "/").split("/")
    if ".." in parts or not parts[0] or ":" in name or "\0" in name:
        refuse("leads_out", name)
