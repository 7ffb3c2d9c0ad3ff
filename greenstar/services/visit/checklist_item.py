"""A thing in a visit that is not done: what sort of thing it is, where it is done, and what leaving it costs."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from greenstar.i18n.phrase import Phrase
from greenstar.record.merge import Clash


class ItemKind(StrEnum):
    """What sort of thing is left to do."""

    REFUSED = "refused"
    FINDING = "finding"
    OPEN_FINDING = "open_finding"
    CLASH = "clash"
    UNANSWERED = "unanswered"
    BEFORE = "before"
    FACT = "fact"
    EVIDENCE = "evidence"
    WARNING = "warning"
    ADDED_UP = "added_up"
    HALF_TYPED = "half_typed"
    FLAGGED = "flagged"


BLOCKING = (ItemKind.REFUSED, ItemKind.FINDING)
OPEN = (ItemKind.UNANSWERED, ItemKind.BEFORE, ItemKind.FACT)


@dataclass(frozen=True)
class ChecklistItem:
    """One thing left to do at a criterion ("": at the facts of the store).

    `at` and `question`: where it is done. `levels` and `points`: what leaving it as it is costs, of the best that is
    still possible. `clash`: what it is about, where a person is to settle that. `begun_by`: whose drafts of the visit
    can be taken in.
    """

    kind: ItemKind
    criterion: str
    message: Phrase
    at: str
    question: str | None = None
    levels: int = 0
    points: Fraction = Fraction(0)
    clash: Clash | None = None
    begun_by: tuple[str, ...] = ()

    @property
    def blocks(self) -> bool:
        """Whether the visit cannot be handed in before."""
        return self.kind in BLOCKING
