"""Krippendorff's alpha: how far several assessors agree on one thing, beyond what chance alone would give.

K. Krippendorff, Computing Krippendorff's Alpha-Reliability (2011). 1 is full agreement, 0 is what chance gives; below 0
they agree less than by chance. All is exact.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Any


class Measure(StrEnum):
    """How two values differ: they are the same or not (options), or by the square of their distance (numbers)."""

    NOMINAL = "nominal"
    INTERVAL = "interval"


class NoAlpha(StrEnum):
    """Why there is no alpha."""

    NOT_COMPARED = "not_compared"  # nothing was assessed by two
    ALL_ALIKE = "all_alike"  # one value everywhere: chance alone would agree as well


@dataclass(frozen=True)
class Alpha:
    """The coefficient, or why there is none; from how many units (stores) that two or more assessed."""

    value: Fraction | None
    why_none: NoAlpha | None
    units: int


def alpha(units: Iterable[Sequence[Any]], measure: Measure) -> Alpha:
    """Of the values that each unit was given, by however many assessors. A unit with a single value does not count.

    Values of `INTERVAL` are Fractions, those of `NOMINAL` whatever can be compared.
    """
    compared = [values for values in units if len(values) > 1]
    if not compared:
        return Alpha(None, NoAlpha.NOT_COMPARED, 0)
    differences = _DIFFERENCES[measure]
    everything = [value for values in compared for value in values]
    expected = differences(everything) / (len(everything) - 1)
    if not expected:
        return Alpha(None, NoAlpha.ALL_ALIKE, len(compared))
    observed = sum((differences(values) / (len(values) - 1) for values in compared), Fraction(0))
    return Alpha(1 - observed / expected, None, len(compared))


def _unlike(values: Sequence[Hashable]) -> Fraction:
    """How many ordered pairs of values are not the same."""
    return Fraction(len(values) ** 2 - sum(count**2 for count in Counter(values).values()))


def _squares(values: Sequence[Fraction]) -> Fraction:
    """The squared distances of all ordered pairs, added up."""
    total = sum(values, Fraction(0))
    return 2 * (len(values) * sum((value**2 for value in values), Fraction(0)) - total**2)


_DIFFERENCES: Mapping[Measure, Callable[[Sequence[Any]], Fraction]] = {
    Measure.NOMINAL: _unlike,
    Measure.INTERVAL: _squares,
}
