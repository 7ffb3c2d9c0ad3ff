"""The text of a file: read as UTF-8, where its parts stand, and its lines, to quote beside what is wrong in them."""

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import overload

from typing_extensions import override

from greenstar.errors import BadFile, BadInput, Mark, Problem, reason_of
from greenstar.i18n.phrase import Phrase

MOST_BYTES = 1 << 20


def read_text(path: Path, most: int = MOST_BYTES) -> str:
    """The text of a UTF-8 file of at most `most` bytes (whole MiB). `BadInput` or `BadFile` says what is wrong."""
    name = str(path)
    try:
        if not path.is_file():
            raise BadInput("source.not_a_file" if path.exists() else "source.missing", path=name)
        if path.stat().st_size > most:
            raise BadInput("source.too_large", path=name, limit=f"{most >> 20} MiB")
        data = path.read_bytes()
    except (OSError, ValueError) as error:  # ValueError: a path with a NUL in it
        reason = reason_of(error)
        raise BadInput("source.unreadable", path=name, reason=reason) from error
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        mark = Mark(name, before.count(b"\n") + 1, len(before) - before.rfind(b"\n"))
        raise BadFile([Problem(mark, "", Phrase("source.not_utf8"))]) from error


class PartedLines(Sequence[str]):
    """The lines of a file of which several parts are at hand; what stands in none of them is empty."""

    def __init__(self) -> None:
        self.parts: list[Sequence[str]] = []

    @override
    def __len__(self) -> int:
        return max(map(len, self.parts), default=0)

    @overload
    def __getitem__(self, index: int) -> str: ...

    @overload
    def __getitem__(self, index: slice) -> list[str]: ...

    @override
    def __getitem__(self, index: int | slice) -> str | list[str]:
        if isinstance(index, slice):
            return [self[at] for at in range(*index.indices(len(self)))]
        return next((line for part in self.parts if index < len(part) and (line := part[index])), "")


def place_after(text: str, start: Mark) -> Mark:
    """Where a text ends that begins at `start`."""
    return place_in(start, text.count("\n"), len(text) - text.rfind("\n") - 1)


def place_in(start: Mark, lines: int, column: int) -> Mark:
    """The place so many lines below `start`, and so many characters into that line."""
    return Mark(start.file, start.line + lines, column + (1 if lines else start.column))


class SourceLines(Sequence[str]):
    """The lines of a file, split only when they are asked for; `start`: where the text at hand begins in the file.

    Lines before it are empty, and what stands before it in its own first line is blank.
    """

    def __init__(self, text: str, start: Mark) -> None:
        self._text = text
        self._start = start

    @cached_property
    def _own(self) -> list[str]:
        return self._text.splitlines()

    @override
    def __len__(self) -> int:
        return self._start.line - 1 + len(self._own)

    @overload
    def __getitem__(self, index: int) -> str: ...

    @overload
    def __getitem__(self, index: slice) -> list[str]: ...

    @override
    def __getitem__(self, index: int | slice) -> str | list[str]:
        if isinstance(index, slice):
            return [self[at] for at in range(*index.indices(len(self)))]
        own = index - self._start.line + 1
        if own < 0:
            return ""
        return " " * (self._start.column - 1) + self._own[0] if own == 0 else self._own[own]
