"""Fronts: of all that can be done in a part of a scheme, what earns more than everything of no more cost.

A front is kept for each state of the level's counters (`any_of`: how many of a list are met), rising in cost and value.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

Counts = tuple[int, ...]
Join = Callable[[Any, Any], Any]


class Combination(NamedTuple):
    """A cost, what it earns, and what it consists of: a rung, nothing, or a pair of such."""

    cost: int
    value: Any
    trace: Any


class NamedRung(NamedTuple):
    """A criterion, and the place of a rung in its ladder."""

    criterion: str
    place: int


Rows = list[Combination]
Fronts = dict[Counts, Rows]


def merged(first: Fronts, second: Fronts, join: Join, most: int, full: Counts) -> Fronts:
    """Both parts at once, up to a cost of `most`. `join` makes one value of two; counts stop at `full`."""
    if not first or not second:
        return {}
    if not full:
        (rows,), (others,) = first.values(), second.values()
        return {(): _best(_joined({}, rows, others, join, most))}
    by_counts: dict[Counts, dict[int, Combination]] = {}
    for counts, rows in sorted(first.items(), reverse=True):
        for other_counts, others in second.items():
            together = tuple(
                min(three[0], three[1] + three[2]) for three in zip(full, counts, other_counts, strict=True)
            )
            _joined(by_counts.setdefault(together, {}), rows, others, join, most)
    return {counts: _best(by_cost) for counts, by_cost in by_counts.items()}


def _joined(into: dict[int, Combination], rows: Rows, others: Rows, join: Join, most: int) -> dict[int, Combination]:
    for cost, value, trace in reversed(rows):  # of equals, what stands first in the file does more
        left = most - cost
        for other_cost, other_value, other_trace in others:
            if other_cost > left:
                break
            together, earned = cost + other_cost, join(value, other_value)
            known = into.get(together)
            if known is None or earned > known[1]:
                into[together] = Combination(together, earned, (trace, other_trace))
    return into


def _best(by_cost: dict[int, Combination]) -> Rows:
    """The entries that are worth more than all of less cost."""
    rows: Rows = []
    highest = None
    for cost in sorted(by_cost):
        entry = by_cost[cost]
        if highest is None or entry[1] > highest:
            highest = entry[1]
            rows.append(entry)
    return rows


def front(entries: Iterable[tuple[Counts, Combination]]) -> Fronts:
    """The fronts of single entries, each with its counts."""
    by_counts: dict[Counts, dict[int, Combination]] = {}
    for counts, entry in entries:
        by_cost = by_counts.setdefault(counts, {})
        if entry.cost not in by_cost or entry.value > by_cost[entry.cost].value:
            by_cost[entry.cost] = entry
    return {counts: _best(by_cost) for counts, by_cost in by_counts.items()}


def kept(fronts: Fronts, least: Any) -> Fronts:
    """Only what is worth so much."""
    left = {counts: [entry for entry in rows if entry[1] >= least] for counts, rows in fronts.items()}
    return {counts: rows for counts, rows in left.items() if rows}


def mapped(fronts: Fronts, change: Callable[[Any], Any]) -> Fronts:
    """The fronts with other values; `change` never turns their order round."""
    return {
        counts: _best({cost: Combination(cost, change(value), trace) for cost, value, trace in rows})
        for counts, rows in fronts.items()
    }


def rungs_in(trace: Any) -> Iterator[NamedRung]:
    """The rungs that an entry consists of."""
    waiting = [trace]
    while waiting:
        part = waiting.pop()
        if isinstance(part, NamedRung):
            yield part
        elif part is not None:
            waiting += part
