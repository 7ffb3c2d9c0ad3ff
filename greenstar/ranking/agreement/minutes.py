"""Minutes that a criterion takes, from the times at which visits were entered."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

PAUSE = timedelta(minutes=10)
"""Where nothing was entered for longer than this, work was interrupted: that time counts for nothing."""


@dataclass(frozen=True)
class Entered:
    """Something was entered at a criterion, at a time; None: at none (a fact, the header of the visit)."""

    at: datetime
    criterion: str | None


@dataclass(frozen=True)
class Minutes:
    """How long a criterion took: the median of some visits."""

    median: float
    visits: int


def minutes(visits: Iterable[Iterable[Entered]]) -> Mapping[str, Minutes]:
    """Of each criterion. `visits`: what was entered in each, in order, by one hand.

    The time before an entry belongs to its criterion: that is where somebody looked, measured and thought. What came in
    at one moment, from a file, took no time and says nothing.
    """
    taken: dict[str, list[float]] = defaultdict(list)
    for entries in visits:
        for criterion, time in _of_visit(entries).items():
            taken[criterion].append(time / timedelta(minutes=1))
    return {criterion: Minutes(median(times), len(times)) for criterion, times in taken.items()}


def _of_visit(entries: Iterable[Entered]) -> Mapping[str, timedelta]:
    times: dict[str, timedelta] = defaultdict(timedelta)
    before: datetime | None = None
    for entry in entries:
        gap = timedelta() if before is None else entry.at - before
        if entry.criterion is not None and timedelta() < gap <= PAUSE:
            times[entry.criterion] += gap
        before = entry.at
    return times
