"""One thing that is left to do in a visit."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from greenstar.messages import Message


class Kind(StrEnum):
    """What sort of thing is left to do."""

    REFUSED = "refused"
    FINDING = "finding"
    OPEN_FINDING = "open_finding"
    UNANSWERED = "unanswered"
    BEFORE = "before"
    FACT = "fact"
    EVIDENCE = "evidence"
    WARNING = "warning"
    HALF_TYPED = "half_typed"
    FLAGGED = "flagged"


BLOCKING = (Kind.REFUSED, Kind.FINDING)
OPEN = (Kind.UNANSWERED, Kind.BEFORE, Kind.FACT)


@dataclass(frozen=True)
class Left:
    """One thing left to do at a criterion ("": at the facts of the store).

    `at` and `question`: where it is done. `levels` and `points`: what leaving it as it is costs, of the best that is
    still possible.
    """

    kind: Kind
    criterion: str
    message: Message
    at: str
    question: str | None = None
    levels: int = 0
    points: Fraction = Fraction(0)

    @property
    def blocks(self) -> bool:
        """Whether the visit cannot be handed in before."""
        return self.kind in BLOCKING
