"""Everything that can go wrong for a user, and what the program's exit code then is.

GreenStarError
├── BadInput      exit 2: asked wrongly, or a file that does not hold what it should
│   └── BadFile   with a list of problems, each at its file, line and column
└── StorageError  exit 3: the database or the disk would not
"""

import errno
from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import IntEnum
from functools import cached_property
from typing import Any, NamedTuple

from greenstar.i18n.phrase import Phrase

INTERRUPTED = 130  # what shells expect of a program that ctrl+c ended
MOST_PROBLEMS = 50  # of one file that are told


class Exit(IntEnum):
    """The exit codes of every command."""

    DONE = 0
    NO = 1
    BAD_INPUT = 2
    STORAGE = 3


class GreenStarError(Exception):
    """Something a user can understand and mend; `message` says what."""

    exit = Exit.BAD_INPUT

    def __init__(self, key: str, /, **values: Any) -> None:
        super().__init__(key, values)
        self.message = Phrase(key, **values)


class BadInput(GreenStarError):
    """Asked wrongly."""


class StorageError(GreenStarError):
    """The database or the disk would not."""

    exit = Exit.STORAGE


_REASONS = {
    errno.ENOENT: "errors.os_no_file",
    errno.EACCES: "errors.os_denied",
    errno.EPERM: "errors.os_not_permitted",
    errno.ENOSPC: "errors.os_no_space",
    errno.EROFS: "errors.os_read_only",
    errno.EIO: "errors.os_input_output",
    errno.EISDIR: "errors.os_is_folder",
    errno.ENOTDIR: "errors.os_no_folder",
    errno.EEXIST: "errors.os_exists",
    errno.ENAMETOOLONG: "errors.os_long_name",
    errno.ELOOP: "errors.os_links",
    errno.EMFILE: "errors.os_many_files",
    errno.ENFILE: "errors.os_many_files",
}


def reason_of(error: BaseException) -> Phrase | str:
    """What the system says of an error, for a sentence: common ones in its language, others in the system's words."""
    if isinstance(error, OSError):
        return Phrase(_REASONS[error.errno]) if error.errno in _REASONS else error.strerror or str(error)
    return str(error)


class Mark(NamedTuple):
    """A place in a file; line and column count from 1. In a spreadsheet they are a cell's row and column in `sheet`."""

    file: str
    line: int
    column: int
    sheet: str = ""


NOWHERE = Mark("", 1, 1)  # of what was read from no file

Lines = Mapping[str, Sequence[str]]
"""The lines of files, by the files' names."""

Hint = Phrase | Callable[[], Phrase | None] | None
"""What would be right: a sentence, or how to look for one, which is done only for what is told."""


class Problem:
    """One thing wrong in a file: where, under which key, what was found, and what would be right."""

    def __init__(self, mark: Mark, key: str, message: Phrase, hint: Hint = None) -> None:
        self.mark = mark
        self.key = key
        self.message = message
        self._hint = hint

    @cached_property
    def hint(self) -> Phrase | None:
        """What would be right, where anything can be said of it."""
        return self._hint if self._hint is None or isinstance(self._hint, Phrase) else self._hint()

    def __repr__(self) -> str:
        return f"Problem({self.mark!r}, {self.key!r}, {self.message!r})"


class BadFile(BadInput):
    """A file with problems: the first `MOST_PROBLEMS`, in the order of their places."""

    def __init__(self, problems: Iterable[Problem], lines: Lines | None = None) -> None:
        self.problems = sorted(problems, key=lambda problem: _in_order(problem.mark))[:MOST_PROBLEMS]
        super().__init__("errors.bad_file", count=len(self.problems))
        self.lines = lines or {}


def _in_order(mark: Mark) -> tuple[str, str, int, int]:
    """What places are sorted by: the sheets of a spreadsheet come one after the other."""
    return mark.file, mark.sheet, mark.line, mark.column
