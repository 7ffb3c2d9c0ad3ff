"""The journal as programs up to 0.2 kept it: one chain of all events of a database, by the numbers of their rows.

What was hashed then is verified as it was hashed then.
"""

import json
from collections.abc import Iterable
from typing import Any

from greenstar.record.canonical import sha256_of
from greenstar.record.event import Event

OLD_COLUMNS = (
    *("id", "store", "assessment", "at", "by", "kind", "subject", "was", "became", "because", "undoes", "previous"),
)
"""What was hashed of an event, by the names that it was kept and hashed under."""
OLD_ONLY = ("id", "store", "assessment", "undoes", "previous")
"""Those that an event says otherwise today, and that are kept beside it as they were."""
JOURNAL_CARRIED_OVER = "journal_carried_over"
"""The kind of the event that says what was carried over, and whether it held."""
START = "0" * 64
"""What stood before the first event."""


def old_hash_of(columns: tuple[Any, ...]) -> str:
    """The hash of an event's `OLD_COLUMNS`; those that held nothing stayed out."""
    content = {name: value for name, value in zip(OLD_COLUMNS, columns, strict=True) if value is not None}
    return sha256_of(json.dumps(content, ensure_ascii=False, separators=(",", ":"), sort_keys=True))


class OldChain:
    """The events of such a journal, one after the other: whether each follows from the one before."""

    def __init__(self) -> None:
        self.count = 0
        self.head = START
        self.first_broken: int | None = None

    def follow(self, columns: tuple[Any, ...], sha256: str) -> None:
        """The next event by its `OLD_COLUMNS`, and the hash that it was kept with; the first is number 1."""
        self.count += 1
        number, previous = columns[0], columns[-1]
        follows = number == self.count and previous == self.head and sha256 == old_hash_of(columns)
        if not follows and self.first_broken is None:
            self.first_broken = self.count
        self.head = sha256


def old_columns_of(event: Event) -> tuple[tuple[Any, ...], str]:
    """What an event that was carried over was hashed by in its old journal (`OLD_COLUMNS`), and its hash there."""
    old = json.loads(event.carried or "{}")
    names = {"was": "before", "became": "after"}
    columns = (old.get(name) if name in OLD_ONLY else getattr(event, names.get(name, name)) for name in OLD_COLUMNS)
    return tuple(columns), old.get("hash", "")


def first_not_following(events: Iterable[Event]) -> int | None:
    """The number of the first event that was carried over from one database and that does not hold, of those here.

    Where some of that journal came with a bundle, others are missing; each is looked at with its neighbour. None: all
    of them hold.
    """
    last, head = 0, START
    for columns, sha256 in sorted(map(old_columns_of, events), key=lambda carried: carried[0][0]):
        number, previous = columns[0], columns[-1]
        beside = number == last + 1
        if number <= last or sha256 != old_hash_of(columns) or (beside and previous != head):
            return int(number)
        last, head = number, sha256
    return None


def old_chain(events: Iterable[Event]) -> OldChain:
    """The old journal of one database, from all events that were carried over from it, in whichever order."""
    chain = OldChain()
    for columns, sha256 in sorted(map(old_columns_of, events), key=lambda carried: carried[0][0]):
        chain.follow(columns, sha256)
    return chain
