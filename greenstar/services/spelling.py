"""One spelling for each store, cycle, region, city and person: the first one that was used."""

from collections.abc import Iterable

from greenstar.text import folded


def as_known(given: str, known: Iterable[str]) -> str:
    """The spelling in `known` that stands for the same as `given`, the first of several; `given`, if there is none.

    A spelling that is known exactly so stands for itself: of two that older programs kept apart, each can be named.
    """
    spellings = list(known)
    if given in spellings:
        return given
    wanted = folded(given)
    return next((spelling for spelling in spellings if folded(spelling) == wanted), given)


def is_in(region: str, wanted: str | None) -> bool:
    """Whether a region is the one that is wanted, in whatever spelling; None: any is."""
    return wanted is None or folded(region) == folded(wanted)
