"""A list that keeps its order while it is looked at."""

from collections.abc import Hashable, Sequence
from typing import TypeVar

Known = TypeVar("Known", bound=Hashable)


def stable_order(now: Sequence[Known], before: Sequence[Known]) -> list[Known]:
    """What there is now in the order in which it was shown before; what is new follows what it follows now."""
    there = set(now)
    order = [one for one in before if one in there]
    for index, one in enumerate(now):
        if one not in order:
            order.insert(order.index(now[index - 1]) + 1 if index else 0, one)
    return order
