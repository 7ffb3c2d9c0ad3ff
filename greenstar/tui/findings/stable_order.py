"""A list that keeps its order while it is looked at."""

from collections.abc import Hashable, Sequence
from typing import TypeVar

Known = TypeVar("Known", bound=Hashable)


def stable_order(now: Sequence[Known], before: Sequence[Known]) -> list[Known]:
    """What there is now in the order in which it was shown before; what is new follows what it follows now."""
    there = set(now)
    order = [item for item in before if item in there]
    for index, item in enumerate(now):
        if item not in order:
            order.insert(order.index(now[index - 1]) + 1 if index else 0, item)
    return order
