"""Bounds in words, with digits in groups of three: between 0 and 100 000, at most 100, at least 0."""

from collections.abc import Callable
from fractions import Fraction

from greenstar.assessment.number_readings import grouped
from greenstar.i18n.phrase import Phrase
from greenstar.numbers import written


def bounds_in_words(
    low: Fraction | None, high: Fraction | None, write: Callable[[Fraction], str] = written
) -> Phrase | None:
    """Bounds as `write` writes them, in groups; None where there are none."""
    if low is not None and high is not None:
        return Phrase("answers.between", low=grouped(write(low)), high=grouped(write(high)))
    if high is not None:
        return Phrase("answers.at_most", high=grouped(write(high)))
    return None if low is None else Phrase("answers.at_least", low=grouped(write(low)))
