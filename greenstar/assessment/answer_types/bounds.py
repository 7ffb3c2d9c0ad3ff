"""Bounds in words: between 0 and 100, at most 100, at least 0."""

from collections.abc import Callable
from fractions import Fraction

from greenstar.assessment.number_readings import grouped
from greenstar.i18n.phrase import Phrase
from greenstar.numbers import written


def bounds_in_words(
    low: Fraction | None, high: Fraction | None, write: Callable[[Fraction], str] = written
) -> Phrase | None:
    """Bounds as `write` writes them; None where there are none."""
    if low is not None and high is not None:
        return Phrase("answers.between", low=write(low), high=write(high))
    if high is not None:
        return Phrase("answers.at_most", high=write(high))
    return None if low is None else Phrase("answers.at_least", low=write(low))


def bounds_in_groups(
    low: Fraction | None, high: Fraction | None, write: Callable[[Fraction], str] = written
) -> Phrase | None:
    """The same, with digits in groups of three."""
    return bounds_in_words(low, high, lambda number: grouped(write(number)))
