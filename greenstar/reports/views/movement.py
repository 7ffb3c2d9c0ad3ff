"""How far a store moved since the cycle before, and why, as a phrase."""

from collections.abc import Iterable, Sequence

from greenstar.i18n.phrase import Phrase
from greenstar.numbers import signed
from greenstar.ranking.movement import Cause

_MOST_NAMED = 3  # criteria


def movement_phrase(moved: int | None, before: str | None, causes: Sequence[Cause] | None) -> Phrase | None:
    """By how many places a store went up or down, and the criteria that moved it most; None: it had no place before.

    `causes` are None where they are not known.
    """
    if moved is None or before is None:
        return None
    way = "up" if moved > 0 else "down" if moved < 0 else "not"
    said = Phrase(f"ranking.moved_{way}", count=abs(moved), cycle=before)
    if not moved or causes is None:
        return said
    if not causes:
        return Phrase("ranking.moved_by_others", moved=said)
    return Phrase("ranking.moved_by", moved=said, causes=causes_phrase(causes))


def causes_phrase(causes: Sequence[Cause]) -> Phrase:
    """The criteria that moved a store most, each with the points that it earns more or less."""
    more = len(causes) - _MOST_NAMED
    key = "ranking.causes_and_more" if more > 0 else "ranking.causes"
    return Phrase(key, causes=list(_named(causes[:_MOST_NAMED])), count=more)


def _named(causes: Iterable[Cause]) -> Iterable[str]:
    return (f"{cause.criterion} {signed(cause.difference)}" for cause in causes)
