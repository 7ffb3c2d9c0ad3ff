"""The journal: events in order, each with the hash of the one before.

Whoever alters or removes an event breaks the chain from there on, and `first_broken` finds the place.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from greenstar.record.event import COLUMNS, Change, hash_of

START = "0" * 64
"""What stands before the first event."""


def chained(
    changes: Iterable[Change], at: str, by: str, *, number: int, previous: str
) -> Iterator[tuple[tuple[Any, ...], str]]:
    """The events that note changes, as `COLUMNS` and hash each. `number` and `previous`: of the last event so far."""
    for change in changes:
        number += 1
        columns = (
            number,
            change.store,
            change.assessment,
            at,
            by,
            change.kind,
            change.subject,
            change.before,
            change.after,
            change.because,
            change.undoes,
            previous,
        )
        previous = hash_of(columns)
        yield columns, previous


def first_broken(events: Iterable[Mapping[str, Any]]) -> int | None:
    """The number of the first event that does not follow from the one before, or None where the chain holds.

    Each event holds its `COLUMNS` and its `hash`; the first is number 1.
    """
    previous = START
    for number, event in enumerate(events, 1):
        columns = tuple(event[name] for name in COLUMNS)
        if event["id"] != number or event["previous"] != previous or event["hash"] != hash_of(columns):
            return number
        previous = event["hash"]
    return None
