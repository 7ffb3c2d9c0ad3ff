"""Everything that can go wrong for a user, and what the program's exit code then is.

GreenStarError
├── BadInput      exit 2: asked wrongly, or a file that does not hold what it should
│   └── BadFile   with a list of problems, each at its file, line and column
└── StorageError  exit 3: the database or the disk would not
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, NamedTuple

from greenstar.i18n.phrase import Phrase


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


class Mark(NamedTuple):
    """A place in a file; line and column count from 1."""

    file: str
    line: int
    column: int


@dataclass(frozen=True)
class Problem:
    """One thing wrong in a file: where, under which key, what was found, and what would be right."""

    mark: Mark
    key: str
    message: Phrase
    hint: Phrase | None = None


class BadFile(BadInput):
    """A file with problems, in the order of their places; at most `MOST_PROBLEMS` are shown."""

    def __init__(self, problems: Sequence[Problem], lines: dict[str, list[str]] | None = None) -> None:
        super().__init__("errors.bad_file", count=len(problems))
        self.problems = sorted(problems, key=lambda problem: problem.mark)
        self.lines = lines or {}
