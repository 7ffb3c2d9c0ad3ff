"""What does not hold: of which kind, where, and a sentence that says what it means."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum

from greenstar.errors import StorageError, reason_of
from greenstar.i18n.phrase import Phrase
from greenstar.storage.protocols.assessments import AssessmentRow


class Wrong(StrEnum):
    """Kinds of what does not hold; each has another cause, and is told apart."""

    DAMAGED = "damaged"  # the file itself
    STRUCTURE = "structure"  # tables, views or triggers are not this program's
    REWRITTEN = "rewritten"  # something does not have the hash that it had
    TRUNCATED = "truncated"  # something is gone that was followed by something else
    DIFFERS = "differs"  # tables hold something else than the journal gives
    SCHEME = "scheme"
    SCORE = "score"  # worked out again it comes to something else
    UNSIGNED = "unsigned"
    BAD_SIGNATURE = "bad_signature"
    UNKNOWN_SIGNER = "unknown_signer"
    OTHER_SIGNER = "other_signer"  # by the key of somebody else than who it says that it is by
    OUT_OF_TIME = "out_of_time"  # by a key that did not count yet, or no longer
    REVOKED = "revoked"
    OWN_WORK = "own_work"  # decided by whoever had a hand in it, where another has to
    STATEMENT = "statement"
    EVIDENCE = "evidence"
    ROLLED_BACK = "rolled_back"  # it was further on when somebody received it
    CLASH = "clash"


@dataclass(frozen=True)
class ProblemPlace:
    """Where something does not hold: a revision of a visit, a store's page, or (all None) the database as a whole."""

    store: str | None = None
    cycle: str | None = None
    revision: int | None = None

    @classmethod
    def of(cls, row: AssessmentRow) -> "ProblemPlace":
        """The place of a revision."""
        return cls(row.store, row.cycle, row.revision)


@dataclass(frozen=True)
class VerificationProblem:
    """One thing that does not hold."""

    kind: Wrong
    sentence: Phrase
    place: ProblemPlace = ProblemPlace()


_COUNTED = ("visits", "seals", "signatures", "statements", "events", "files", "receipts")


@dataclass
class Verification:
    """What was looked at, and what of it does not hold. `notices`: what is as it was left, and should be known."""

    problems: list[VerificationProblem] = field(default_factory=list)
    notices: list[Phrase] = field(default_factory=list)
    events: int = 0
    visits: int = 0
    seals: int = 0
    signatures: int = 0
    statements: int = 0
    files: int = 0
    receipts: int = 0

    @property
    def holds(self) -> bool:
        """Whether nothing is wrong."""
        return not self.problems

    def add(self, part: "Verification") -> None:
        """Take in what was looked at of a part, and what of it does not hold."""
        for name in vars(part):
            setattr(self, name, getattr(self, name) + getattr(part, name))

    @property
    def checked(self) -> dict[str, int]:
        """How many of each kind were looked at."""
        return {name: getattr(self, name) for name in _COUNTED}

    def wrong(self, kind: Wrong, sentence: Phrase, place: ProblemPlace | None = None) -> None:
        """Note what does not hold."""
        self.problems.append(VerificationProblem(kind, sentence, place or ProblemPlace()))


@contextmanager
def readable(result: Verification, place: ProblemPlace | None = None) -> Iterator[None]:
    """What cannot be read, as it has a form that this program never writes, is told, and all else looked at."""
    try:
        yield
    except StorageError as error:
        result.wrong(Wrong.DAMAGED, error.message, place)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        result.wrong(Wrong.DAMAGED, Phrase("verify.unreadable", technical=reason_of(error)), place)
