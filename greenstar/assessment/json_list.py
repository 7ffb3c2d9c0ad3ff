"""A list in JSON, however long: the text of one entry after the other, with little more than that in memory.

An entry is only told apart from the next here, by brackets, quotes and commas; `yaml_tree` reads it.
"""

import codecs
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from greenstar.errors import BadFile, BadInput, Mark, Problem, reason_of
from greenstar.i18n.phrase import Phrase
from greenstar.scheme.source_text import SourceLines, place_after
from greenstar.scheme.yaml_tree import MOST_NODES

_CHUNK = 1 << 20
_BLANK = " \t\r\n"
_SIGN = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"|["\[\]{},]', re.DOTALL)
_OPEN_TEXT = '"'  # what `_SIGN` matches of a text whose end was not read yet


class ListEntry(NamedTuple):
    """The text of an entry, and where it begins."""

    text: str
    start: Mark


def is_list(path: Path) -> bool:
    """Whether a file opens a list with its first sign."""
    try:
        with path.open("rb") as file:
            start = file.read(_CHUNK).removeprefix(codecs.BOM_UTF8)
    except (OSError, ValueError):  # whoever reads the file otherwise says why it cannot be
        return False
    return start.lstrip(_BLANK.encode())[:1] == b"["


def entries_of(path: Path, most: int) -> Iterator[ListEntry]:
    """The entries of the list that a JSON file holds, each of at most `most` characters (whole MiB).

    BadInput, BadFile: the file cannot be read, is no list to its end, or an entry is too large or missing. What
    stands in an entry may still be anything.
    """
    return _Splitter(path, most).entries()


class _Splitter:
    """Cuts a file at the commas of its list.

    `text` is what was read last, `begin` where in it the entry begins that is looked at, and `start` where in the file.
    """

    def __init__(self, path: Path, most: int) -> None:
        self.chunks = _chunks(path)
        self.most = most
        self.text = ""
        self.begin = 0
        self.start = Mark(str(path), 1, 1)

    def entries(self) -> Iterator[ListEntry]:
        """The entries, each as soon as the comma behind it, or the end of the list, was read."""
        self._read()
        at = self.text.index("[") + 1
        self._move(at)
        depth, values = 1, 0
        while depth:
            sign = _SIGN.search(self.text, at)
            if sign is None or sign[0] == _OPEN_TEXT:
                at = (len(self.text) if sign is None else sign.start()) - self.begin
                if not self._read():
                    raise self._refusal("source.open_bracket", len(self.text.rstrip(_BLANK)))
                continue
            at = sign.end()
            match sign[0]:
                case "[" | "{":
                    depth, values = depth + 1, values + 1
                case "]" | "}":
                    depth -= 1
                case ",":
                    values += 1
            if values > MOST_NODES:
                raise self._refusal("source.too_many", self.begin, limit=MOST_NODES)
            if depth == 0 or (depth == 1 and sign[0] == ","):
                yield from self._entry(sign.start(), last=depth == 0)
                self._move(at)
                values = 0
        self._refuse_more()

    def _read(self) -> bool:
        """Read on, and forget all before the entry; whether there was more."""
        if len(self.text) - self.begin > self.most:
            raise self._too_large()
        chunk = next(self.chunks, "")
        self.text = self.text[self.begin :] + chunk
        self.begin = 0
        return bool(chunk)

    def _move(self, end: int) -> None:
        """Begin the next entry at `end`."""
        self.start = place_after(self.text[self.begin : end], self.start)
        self.begin = end

    def _entry(self, end: int, *, last: bool) -> Iterator[ListEntry]:
        text = self.text[self.begin : end]
        entry = text.lstrip(_BLANK)
        if len(text) > self.most:
            raise self._too_large()
        if entry:
            yield ListEntry(entry, place_after(text[: len(text) - len(entry)], self.start))
        elif not last:
            raise self._refusal("source.no_entry", end)

    def _refuse_more(self) -> None:
        """Refuse whatever follows the list."""
        while not self.text[self.begin :].strip(_BLANK):
            self._move(len(self.text))
            if not self._read():
                return
        raise self._refusal("source.after_list", self.begin)

    def _too_large(self) -> BadFile:
        return self._refusal("source.entry_too_large", self.begin, limit=f"{self.most >> 20} MiB")

    def _refusal(self, key: str, at: int, **values: object) -> BadFile:
        """What is wrong, at the first sign from `at` on."""
        rest = self.text[at:]
        place = at + len(rest) - len(rest.lstrip(_BLANK))
        mark = place_after(self.text[self.begin : place], self.start)
        lines = SourceLines(self.text[self.begin :], self.start)
        return BadFile([Problem(mark, "", Phrase(key, **values))], {mark.file: lines})


def _chunks(path: Path) -> Iterator[str]:
    """The text of a UTF-8 file in pieces."""
    decoder = codecs.getincrementaldecoder("utf-8-sig")()
    try:
        with path.open("rb") as file:
            try:
                while raw := file.read(_CHUNK):
                    if text := decoder.decode(raw):
                        yield text
                decoder.decode(b"", final=True)
            except UnicodeDecodeError as error:
                mark = _place_of_byte(path, file.tell() - len(error.object) + error.start)
                raise BadFile([Problem(mark, "", Phrase("source.not_utf8"))]) from error
    except OSError as error:
        raise BadInput("source.unreadable", path=str(path), reason=reason_of(error)) from error


def _place_of_byte(path: Path, offset: int) -> Mark:
    """The line of a byte, and which byte of it that is."""
    line, column = 1, 1
    with path.open("rb") as file:
        while offset:
            raw = file.read(min(offset, _CHUNK))
            offset -= len(raw)
            newlines = raw.count(b"\n")
            line += newlines
            column = len(raw) - raw.rfind(b"\n") if newlines else column + len(raw)
    return Mark(str(path), line, column)
