"""Exact numbers: read as written, kept as fractions, rounded only for a reader.

Nothing here is a float: no store misses a star by 1e-16.
"""

import re
from collections.abc import Iterable
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Context, Decimal
from fractions import Fraction

NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?", re.ASCII)
MOST_BITS = 14_000  # of a numerator or denominator: 4,215 digits, a little less than Python writes out
_MOST_DIGITS = 40
_EXACT, _EXACT_BITS = Context(prec=400), 1_000  # all digits of a numerator of so many bits, and a hundred decimals
ZERO, ONE, HUNDRED = Fraction(0), Fraction(1), Fraction(100)


def read_number(text: str) -> Fraction | None:
    """The number that `text` writes in decimal digits (`12`, `-0.5`), or None.

    No exponents, no `1_000`, no `0x1F`, no `.5`; at most 40 characters.
    """
    if len(text) > _MOST_DIGITS or not NUMBER.fullmatch(text):
        return None
    return Fraction(text)


def is_too_large(value: Fraction) -> bool:
    """Whether an exact figure has more digits than are worked with; no measurement comes near."""
    return value.numerator.bit_length() > MOST_BITS or value.denominator.bit_length() > MOST_BITS


def rounded(value: Fraction, places: int = 2, misses: Iterable[Fraction] = ()) -> Decimal:
    """`value` to `places` decimals, half up; cut instead where rounding would reach a figure it misses.

    `misses` holds the thresholds that must not seem reached: 84.999 stays 84.99 before 85.
    """
    step = Decimal(1).scaleb(-places)
    exact = _EXACT if value.numerator.bit_length() < _EXACT_BITS else Context(prec=value.numerator.bit_length())
    digits = exact.divide(Decimal(value.numerator), Decimal(value.denominator))
    result = digits.quantize(step, ROUND_HALF_UP, exact)
    for edge in misses:
        if value < edge <= Fraction(result):
            return digits.quantize(step, ROUND_FLOOR, exact)
        if value > edge >= Fraction(result):
            return digits.quantize(step, ROUND_CEILING, exact)
    return result


def shown(value: Fraction, places: int = 2, misses: Iterable[Fraction] = ()) -> str:
    """`value` for a reader: rounded, without trailing zeros (`76.25`, `12`)."""
    text = f"{rounded(value, places, misses):f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def as_number(value: Fraction, places: int = 2, misses: Iterable[Fraction] = ()) -> int | float:
    """`value` as a JSON or spreadsheet number: rounded like `shown`, whole where it is whole."""
    result = rounded(value, places, misses)
    return int(result) if result == result.to_integral_value() else float(result)


def signed(value: Fraction, places: int = 2) -> str:
    """A difference for a reader: `+2.5`, `-0.75`, `0`; a little is never nothing."""
    return f"{'+' if value > 0 else ''}{shown(value, places, (ZERO,))}"


def percent_shown(share: Fraction, misses: Iterable[Fraction] = ()) -> str:
    """A share of 1 for a reader, to a tenth of a percent: `66.7 %`. `misses` are shares too."""
    return f"{shown(share * HUNDRED, 1, (edge * HUNDRED for edge in misses))} %"


def as_percent(share: Fraction, misses: Iterable[Fraction] = ()) -> int | float:
    """A share of 1 as a JSON or spreadsheet number of 100: 66.67. 100 only when it is all; `misses` are shares too."""
    return as_number(share * HUNDRED, misses=[*(edge * HUNDRED for edge in misses), HUNDRED])


def written(value: Fraction) -> str:
    """`value` in full as its author wrote it, where it has a finite decimal form; else as a fraction."""
    denominator = value.denominator
    for factor in (2, 5):
        while denominator % factor == 0:
            denominator //= factor
    if denominator != 1:
        return str(value)
    text = f"{_EXACT.divide(Decimal(value.numerator), Decimal(value.denominator)):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def half_up(value: Fraction) -> Fraction:
    """The nearest whole number; halves go away from zero, as people round."""
    whole = (abs(value) + Fraction(1, 2)).__floor__()
    return Fraction(whole if value >= 0 else -whole)


def exact_text(value: Fraction | None) -> str | None:
    """An exact figure as text, as records and the storage keep it: `305/4`; None for none."""
    return None if value is None else str(value)


def exact_figure(text: str | None) -> Fraction | None:
    """The figure that `exact_text` wrote."""
    return None if text is None else Fraction(text)
