"""Exact numbers: read as written, kept as fractions, rounded only for a reader.

Nothing here is a float: no store misses a star by 1e-16.
"""

import re
from bisect import bisect
from collections.abc import Iterable, Iterator, Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from math import inf

NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?", re.ASCII)
MOST_BITS = 14_000  # of a numerator or denominator: 4,215 digits, a little less than Python writes out
_MOST_DIGITS = 40
_MOST_WRITTEN = 6  # decimals of a threshold
_EXACT, _EXACT_BITS = Context(prec=400), 1_000  # all digits of a numerator of so many bits, and a hundred decimals
_QUICK, _QUICK_BITS = 1e9, 40  # smaller figures are floats to far more than two decimals
_NEAR = 0.02  # of an edge: rounding to two decimals goes less far
_NEARLY_THE_NEXT = Fraction("999.95")  # of a unit of bytes: it would read 1000.0
_GROUPED_PLACES = ((1000, 0), (10, 1), (1, 2))  # decimals of figures that are at least so large
_BETWEEN_GROUPS = "\N{NO-BREAK SPACE}"
ZERO, ONE, HUNDRED = Fraction(0), Fraction(1), Fraction(100)


def read_number(text: str) -> Fraction | None:
    """The number that `text` writes in decimal digits (`12`, `-0.5`), or None.

    No exponents, no `1_000`, no `0x1F`, no `.5`; at most 40 characters.
    """
    if len(text) > _MOST_DIGITS or not NUMBER.fullmatch(text):
        return None
    whole, _, decimals = text.partition(".")  # quicker than letting `Fraction` read the text once more
    return Fraction(int(whole + decimals), 10 ** len(decimals))


def by_denominator(figures: Iterable[Fraction]) -> Iterator[Fraction]:
    """One figure for each denominator: what those with it come to. Whole numbers are added much quicker."""
    sums: dict[int, int] = {}
    for figure in figures:
        denominator = figure.denominator
        sums[denominator] = sums.get(denominator, 0) + figure.numerator
    for denominator, numerator in sums.items():
        yield Fraction(numerator, denominator)


def is_too_large(value: Fraction) -> bool:
    """Whether an exact figure has more digits than are worked with; no measurement comes near."""
    return value.numerator.bit_length() > MOST_BITS or value.denominator.bit_length() > MOST_BITS


def rounded(value: Fraction, places: int = 2, misses: Iterable[Fraction] = ()) -> Decimal:
    """`value` to `places` decimals, half up; cut instead where rounding would reach a figure it misses.

    `misses` holds the thresholds that must not seem reached: 84.999 stays 84.99 before 85. Where thresholds lie so
    close that no figure of so many places stands between them, it gets more places: 84.996 between 84.99 and 85.
    """
    exact = _EXACT if value.numerator.bit_length() < _EXACT_BITS else Context(prec=value.numerator.bit_length())
    digits = exact.divide(Decimal(value.numerator), Decimal(value.denominator))
    is_exact = 10**places % value.denominator == 0  # then nothing is rounded, and no edge seems reached
    edges = [] if is_exact else [edge for edge in misses if edge != value]
    for more in range(places, places + _MOST_DIGITS):
        step = Decimal(1).scaleb(-more)
        for way in (ROUND_HALF_UP, ROUND_FLOOR, ROUND_CEILING):
            result = digits.quantize(step, way, exact)
            if not edges or _on_its_side(value, Fraction(result), edges):
                return result
    return digits.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, exact)  # no threshold is written with so many


def _on_its_side(value: Fraction, told: Fraction, edges: Iterable[Fraction]) -> bool:
    """Whether what is told lies below the edges that the value is below, and above those that it is above."""
    return all(told < edge if value < edge else told > edge for edge in edges)


def rounded_text(value: Fraction, places: int = 2, misses: Iterable[Fraction] = ()) -> str:
    """`value` for a reader: rounded, without trailing zeros (`76.25`, `12`)."""
    if value.denominator == 1:  # a ranking writes thousands of these
        return str(value.numerator)
    text = f"{rounded(value, places, misses):f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def hundredths(numerator: int, denominator: int, edges: Sequence[float]) -> int | None:
    """A figure in hundredths, half up: as `rounded` has it, in no time. `edges`: those that it may miss, sorted.

    None where that may not be all: below zero, very large, or near an edge.
    """
    number = numerator / denominator if numerator.bit_length() - denominator.bit_length() < _QUICK_BITS else inf
    if not 0 <= number < _QUICK or bisect(edges, number - _NEAR) != bisect(edges, number + _NEAR):
        return None
    return (200 * numerator + denominator) // (2 * denominator)


def grouped(value: Fraction) -> str:
    """`value` for a reader, however large: `1 234 567`, `123.4`, `12.3`, `1.23`, `0.012`; thousands are parted."""
    size = abs(value)
    places = next((places for least, places in _GROUPED_PLACES if size >= least), 3)
    text = f"{rounded(value, places):,f}".replace(",", _BETWEEN_GROUPS)
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def as_number(value: Fraction, places: int = 2, misses: Iterable[Fraction] = ()) -> int | float:
    """`value` as a JSON or spreadsheet number: rounded like `rounded_text`, whole where it is whole."""
    result = rounded(value, places, misses)
    return int(result) if result == result.to_integral_value() else float(result)


def signed(value: Fraction, places: int = 2) -> str:
    """A difference for a reader: `+2.5`, `-0.75`, `0`; a little is never nothing."""
    return f"{'+' if value > 0 else ''}{rounded_text(value, places, (ZERO,))}"


def percent_shown(share: Fraction, misses: Iterable[Fraction] = (), places: int = 1) -> str:
    """A share of 1 for a reader, to a tenth of a percent: `66.7 %`. `misses` are shares too."""
    return f"{rounded_text(share * HUNDRED, places, (edge * HUNDRED for edge in misses))} %"


def as_percent(share: Fraction, misses: Iterable[Fraction] = ()) -> int | float:
    """A share of 1 as a JSON or spreadsheet number of 100: 66.67. 100 only when it is all; `misses` are shares too."""
    return as_number(share * HUNDRED, misses=[*(edge * HUNDRED for edge in misses), HUNDRED])


def size_shown(size: int, misses: Iterable[int] = ()) -> str:
    """A number of bytes as people read it: 840 B, 12.3 kB, 1.2 MB; above 1000 of one unit in the next."""
    figure, unit = Fraction(size), 1
    name = "B"
    for larger in ("kB", "MB", "GB"):
        if figure < (1000 if unit == 1 else _NEARLY_THE_NEXT):
            break
        unit, name = unit * 1000, larger
        figure = Fraction(size, unit)
    return f"{rounded(figure, 0 if unit == 1 else 1, [Fraction(edge, unit) for edge in misses]):f} {name}"


def decimals(value: Fraction) -> int:
    """How many decimals a figure is written with; 0 where they have no end, or more than anybody writes."""
    return next((places for places in range(_MOST_WRITTEN + 1) if 10**places % value.denominator == 0), 0)


def written(value: Fraction) -> str:
    """`value` in full as its author wrote it, where it has a finite decimal form; else as a fraction."""
    denominator = value.denominator
    if denominator == 1:
        return str(value.numerator)
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


def nearest_float(value: Fraction) -> float:
    """The nearest float, infinite where there is none so large. Of two figures the larger never has the smaller one."""
    try:
        return float(value)
    except OverflowError:
        return inf if value > 0 else -inf


def exact_text(value: Fraction | None) -> str | None:
    """An exact figure as text, as records and the storage keep it: `305/4`; None for none."""
    return None if value is None else str(value)


def exact_figure(text: str | None) -> Fraction | None:
    """The figure that `exact_text` wrote."""
    if text is None:
        return None
    numerator, _, denominator = text.partition(
        "/"
    )  # a ranking reads thousands: `Fraction(text)` takes three times as long
    return Fraction(int(numerator), int(denominator or 1))
