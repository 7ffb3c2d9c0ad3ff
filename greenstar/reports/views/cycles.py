"""What is left to do in a cycle, in sentences."""

from collections.abc import Iterator

from greenstar.i18n.phrase import Phrase
from greenstar.services.cycles.work_left import WorkLeft

_MOST_NAMED = 12


def left_phrases(left: WorkLeft) -> Iterator[Phrase]:
    """A sentence for each kind of work, with the first stores by name."""
    for kind, stores in left.by_kind.items():
        named: object = stores[:_MOST_NAMED]
        if len(stores) > _MOST_NAMED:
            named = Phrase("cycles.and_more", stores=named, more=len(stores) - _MOST_NAMED)
        yield Phrase(f"cycles.left_{kind}", stores=named, count=len(stores))
