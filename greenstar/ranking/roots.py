"""Where a polynomial of second degree is 0: exactly where that is rational, else between two fractions."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import isqrt

from greenstar.numbers import ONE

_NARROW = Fraction(1, 10**12)  # of a weight: how wide the interval around an irrational root is at most


@dataclass(frozen=True, order=True)
class RealRoot:
    """Where a polynomial is 0: there, or between the two."""

    near: Fraction
    far: Fraction


def solved(square: Fraction, linear: Fraction, constant: Fraction, weight: Fraction) -> Iterator[RealRoot]:
    """The real roots of a polynomial of second degree, each once; the weight lies in no interval around one."""
    if not square:
        if linear:
            root = -constant / linear
            yield RealRoot(root, root)
        return
    under = linear * linear - 4 * square * constant
    if under < 0:
        return
    above, below = isqrt(under.numerator), isqrt(under.denominator)
    if above * above == under.numerator and below * below == under.denominator:
        for sign in {ONE, -ONE} if under else {ONE}:
            root = (-linear + sign * Fraction(above, below)) / (2 * square)
            yield RealRoot(root, root)
        return
    yield from _between(square, linear, under, weight)


def _between(square: Fraction, linear: Fraction, under: Fraction, weight: Fraction) -> Iterator[RealRoot]:
    """Two irrational roots, each between two fractions that are as near as it takes."""
    digits = 10**30
    while True:
        low = Fraction(isqrt(under.numerator * under.denominator * digits * digits), under.denominator * digits)
        high = low + Fraction(1, under.denominator * digits)
        roots = [RealRoot(*sorted((-linear + sign * end) / (2 * square) for end in (low, high))) for sign in (1, -1)]
        if all(_is_narrow(root) and not root.near <= weight <= root.far for root in roots):
            yield from roots
            return
        digits *= 10**10


def _is_narrow(root: RealRoot) -> bool:
    return root.near * root.far > 0 and root.far - root.near < abs(root.near) * _NARROW
