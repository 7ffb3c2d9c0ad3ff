"""How a storage is, as far as it can be looked at without changing it."""

from collections.abc import Sequence
from dataclasses import dataclass

from greenstar.i18n.phrase import Phrase


@dataclass(frozen=True)
class EvidenceExamined:
    """The evidence files that a database names: how many there are, and how many bytes they have.

    `missing` and `damaged` ones by their names; `unnamed`: how many files lie there that it does not name.
    """

    count: int
    size: int
    missing: Sequence[str]
    damaged: Sequence[str]
    unnamed: int


@dataclass
class Examined:
    """A database as it was found. What is None or empty could not be looked at, or there is nothing of it.

    `trouble`: why it cannot be opened. `versions`: of its tables, and the newest that this program knows. `problems`:
    what SQLite says is wrong in its pages (`with_indices`, or without them), `dangling`: rows that refer to none,
    `broken`: where the journal breaks.
    """

    size: int = 0
    waiting: int = 0
    trouble: Phrase | None = None
    versions: tuple[int, int] | None = None
    problems: Sequence[str] | None = None
    with_indices: bool = False
    dangling: int | None = None
    journal: bool | None = None
    broken: str = ""
    is_copy_in_use: bool = False
    newest: str = ""
    evidence: EvidenceExamined | None = None
