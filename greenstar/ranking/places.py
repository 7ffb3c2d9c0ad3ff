"""Places from rows that are in the order of their keys as numbers: what numbers cannot tell apart is compared exactly.

Figures keep their order when they become floats, so only neighbours whose numbers are equal can stand the wrong way
round; all that lie within a billionth of each other are looked at, so that nothing hangs on how a float was rounded.
"""

import json
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
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


class Numbered(Keyed, Protocol):
    """The same of a visit, which has a number."""

    @property
    def assessment(self) -> int: ...  # noqa: D102


Row = TypeVar("Row", bound=Keyed)


class _Seam(NamedTuple):
    """Between two neighbours: the key at which they differ, and whether its numbers leave open which comes first."""

    level: int
    doubtful: bool


_CLEAR, _TIE = _Seam(0, doubtful=False), _Seam(1_000_000, doubtful=False)


def places_among(ranks: Iterable[int]) -> Iterator[int]:
    """The places of some stores of a ranking among themselves, from 1 on, by their ranks in it, in its order."""
    place, before = 0, 0
    for count, rank in enumerate(ranks, 1):
        place = place if rank == before else count
        before = rank
        yield place


def placed(rows: Iterable[Row]) -> tuple[list[int], list[Row]]:
    """Places, from 1 on, and the rows in their true order: higher first, unknown last, those in one place by store.

    `rows` are in the order of their numbers, those with the same ones by `keys`: all there are, or the first of all.
    """
    ordered = list(rows)
    seams = _seams(ordered)
    for start, end in _runs(seams):
        ordered[start:end] = sorted(ordered[start:end], key=_exactly)
        seams[start : end - 1] = _seams(ordered[start:end])
    return list(_places(seams)) if ordered else [], ordered


def placed_numbers(
    rows: Iterable[Numbered], read: Callable[[Sequence[int]], Iterable[Numbered]]
) -> tuple["array[int]", "array[int]"]:
    """The same places, and the numbers of the visits instead of their rows, of which only two are held at a time.

    `read` gives those again that numbers cannot tell apart.
    """
    numbers, seams, last = array("q"), list[_Seam](), None
    for row in rows:
        if last is not None:
            seams.append(_between(last, row))
        numbers.append(row.assessment)
        last = row
    for start, end in _runs(seams):
        ordered = sorted(read(numbers[start:end]), key=_exactly)
        numbers[start:end] = array("q", (row.assessment for row in ordered))
        seams[start : end - 1] = _seams(ordered)
    return array("i", _places(seams) if numbers else ()), numbers


def _places(seams: Iterable[_Seam]) -> Iterator[int]:
    """Of the rows before, between and behind the seams."""
    place = 1
    yield place
    for number, seam in enumerate(seams, 2):
        place = place if seam.level == _TIE.level else number
        yield place


def apart(row: Keyed, other: Keyed) -> bool:
    """Whether the first numbers of two rows show beyond doubt which comes first."""
    return not _close(row.numbers[0], other.numbers[0])


def _seams(rows: Sequence[Keyed]) -> list[_Seam]:
    """Those between neighbours."""
    return [_between(row, other) for row, other in pairwise(rows)]


def _between(row: Keyed, other: Keyed) -> _Seam:
    return _TIE if row.keys == other.keys else _seam(row.keys, row.numbers, other.keys, other.numbers)


def _seam(keys: str, numbers: Numbers, other_keys: str, other_numbers: Numbers) -> _Seam:
    """Between rows of different keys, which are only read where their texts do not show that the numbers tell enough.

    They do where the keys before the first number that differs are spelt the same.
    """
    for level, number in enumerate(numbers):
        if not _close(number, other_numbers[level]):
            if keys.split(_COMMA, level)[:level] == other_keys.split(_COMMA, level)[:level]:
                return _CLEAR if not level else _known_seam(level, doubtful=False)
            break
    for level, (key, other_key) in enumerate(zip(_exact(keys), _exact(other_keys), strict=True)):
        if key != other_key:
            return _known_seam(level, doubtful=level >= len(numbers) or _close(numbers[level], other_numbers[level]))
    return _TIE


@cache
def _known_seam(level: int, *, doubtful: bool) -> _Seam:
    """There are few, and each is held only once."""
    return _Seam(level, doubtful)


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
