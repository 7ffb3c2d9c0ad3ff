"""Places from rows that are in the order of their keys as numbers: what numbers cannot tell apart is compared exactly.

Figures keep their order when they become floats, so only neighbours whose numbers are equal can stand the wrong way
round; all that lie within a billionth of each other are looked at, so that nothing hangs on how a float was rounded.
"""

import json
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, NamedTuple, Protocol, TypeVar

from greenstar.numbers import exact_figure

CLOSE = 1e-9  # of the larger of two numbers, or of 1
Numbers = Sequence[float | None]
_COMMA = ", "  # between two keys in JSON


class Keyed(Protocol):
    """What is placed. `keys`: JSON of all its keys exactly, in the order in which they count; `numbers`: the first few.

    A key that is unknown is null, and None. By `store` those in one place are listed.
    """

    @property
    def store(self) -> str: ...  # noqa: D102 - the class says it

    @property
    def keys(self) -> str: ...  # noqa: D102

    @property
    def numbers(self) -> Numbers: ...  # noqa: D102


Row = TypeVar("Row", bound=Keyed)


class _Seam(NamedTuple):
    """Between two neighbours: the key at which they differ, and whether its numbers leave open which comes first."""

    level: int
    doubtful: bool


_CLEAR, _TIE = _Seam(0, doubtful=False), _Seam(1_000_000, doubtful=False)


def placed(rows: Sequence[Row]) -> tuple[list[int], list[Row]]:
    """Places, from 1 on, and the rows in their true order: higher first, unknown last, those in one place by store.

    `rows` are in the order of their numbers, those with the same ones by `keys`: all there are, or the first of all.
    """
    ordered = list(rows)
    seams = _seams(ordered)
    for start, end in _runs(seams):
        ordered[start:end] = sorted(ordered[start:end], key=_exactly)
        seams[start : end - 1] = _seams(ordered[start:end])
    places = [1] if ordered else []
    for number, seam in enumerate(seams, 2):
        places.append(places[-1] if seam.level == _TIE.level else number)
    return places, ordered


def apart(row: Keyed, other: Keyed) -> bool:
    """Whether the first numbers of two rows show beyond doubt which comes first."""
    return not _close(row.numbers[0], other.numbers[0])


def _seams(rows: Sequence[Keyed]) -> list[_Seam]:
    """Those between neighbours."""
    return [
        _TIE if row.keys == other.keys else _seam(row.keys, row.numbers, other.keys, other.numbers)
        for row, other in pairwise(rows)
    ]


def _seam(keys: str, numbers: Numbers, other_keys: str, other_numbers: Numbers) -> _Seam:
    """Between rows of different keys, which are only read where their texts do not show that the numbers tell enough.

    They do where the keys before the first number that differs are spelt the same.
    """
    for level, number in enumerate(numbers):
        if not _close(number, other_numbers[level]):
            if keys.split(_COMMA, level)[:level] == other_keys.split(_COMMA, level)[:level]:
                return _CLEAR if not level else _Seam(level, doubtful=False)
            break
    for level, (key, other_key) in enumerate(zip(_exact(keys), _exact(other_keys), strict=True)):
        if key != other_key:
            return _Seam(level, level >= len(numbers) or _close(numbers[level], other_numbers[level]))
    return _TIE


def _runs(seams: Sequence[_Seam]) -> Iterator[tuple[int, int]]:
    """Where rows are to be sorted: from one, up to before another. They do not overlap."""
    covered = bytearray(len(seams))
    for level, at in sorted((seam.level, at) for at, seam in enumerate(seams) if seam.doubtful):
        if covered[at]:
            continue
        start, end = at, at + 1
        while start and _linked(seams[start - 1], level):
            start -= 1
        while end < len(seams) and _linked(seams[end], level):
            end += 1
        covered[start:end] = b"\1" * (end - start)
        yield start, end + 1


def _linked(seam: _Seam, level: int) -> bool:
    """Whether two neighbours may change places when the keys from a level on are looked at."""
    return seam.level > level or (seam.level == level and seam.doubtful)


def _close(number: float | None, other: float | None) -> bool:
    if number is None or other is None:
        return number is other
    return number == other or abs(number - other) <= CLOSE * max(1.0, abs(number), abs(other))


def _exact(keys: str) -> list[str | None]:
    return list(json.loads(keys).values())


def _exactly(row: Keyed) -> tuple[list[Any], str]:
    values = map(exact_figure, _exact(row.keys))
    return [(1,) if value is None else (0, -value) for value in values], row.store
