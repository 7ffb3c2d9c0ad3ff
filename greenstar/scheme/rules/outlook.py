"""What a value that is still open may become: between which ends a number lies, and whether a condition may hold.

Every operation of a rule has its counterpart here. All are on the safe side: an outlook may allow too much, never too
little, since two parts of a rule are taken as independent of each other.
"""

import ast
from collections.abc import Iterable
from fractions import Fraction
from typing import NamedTuple

from greenstar.numbers import half_up, is_too_large

End = Fraction | None
BOTH, NEITHER = frozenset({True, False}), frozenset[bool]()
_SURELY, _NOT = frozenset({True}), frozenset({False})


class Outlook(NamedTuple):
    """A number from `low` to `high` (None: no end is known), or one of `truths`.

    `sure`: it has a value in the end, however the visit is completed.
    """

    low: End = None
    high: End = None
    truths: frozenset[bool] = BOTH
    sure: bool = False

    @property
    def surely_true(self) -> bool:
        """Whether a condition holds in the end, however the visit is completed."""
        return self.sure and self.truths == {True}


ANYTHING = Outlook()
COMING = Outlook(sure=True)
NEVER = Outlook(truths=NEITHER)


def between(low: Fraction, high: Fraction, *, sure: bool = True) -> Outlook:
    """The outlook of a number between two ends."""
    return Outlook(low, high, BOTH, sure)


def negated(value: Outlook) -> Outlook:
    """Of `-value`."""
    if value.low is None and value.high is None:
        return value
    low = None if value.high is None else -value.high
    high = None if value.low is None else -value.low
    return value._replace(low=low, high=high)


def inverted(value: Outlook) -> Outlook:
    """Of `not value`."""
    return value._replace(truths=frozenset(not truth for truth in value.truths))


def combined(operator: ast.operator, left: Outlook, right: Outlook) -> Outlook:
    """Of `left + right`, and so on."""
    sure = left.sure and right.sure
    if isinstance(operator, ast.Sub):
        right = negated(right)
    if isinstance(operator, (ast.Add, ast.Sub)):
        low = None if left.low is None or right.low is None else left.low + right.low
        high = None if left.high is None or right.high is None else left.high + right.high
        return _bounded(low, high, sure=sure)
    divides = isinstance(operator, ast.Div)
    if divides and _may_be_zero(right):
        return ANYTHING
    if left.low is None or left.high is None or right.low is None or right.high is None:
        return COMING if sure else ANYTHING
    corners = [x / y if divides else x * y for x in (left.low, left.high) for y in (right.low, right.high)]
    return _bounded(min(corners), max(corners), sure=sure)


def _bounded(low: Fraction | None, high: Fraction | None, *, sure: bool) -> Outlook:
    """Between two ends, of which one that has too many digits counts as none: then it may also come to nothing."""
    if (low is not None and is_too_large(low)) or (high is not None and is_too_large(high)):
        return ANYTHING
    return Outlook(low, high, BOTH, sure)


def _may_be_zero(value: Outlook) -> bool:
    return (value.low is None or value.low <= 0) and (value.high is None or value.high >= 0)


def smallest(parts: list[Outlook]) -> Outlook:
    """Of `min(...)`: no more than the least of the upper ends."""
    return negated(largest([negated(part) for part in parts]))


def largest(parts: list[Outlook]) -> Outlook:
    """Of `max(...)`: no less than the greatest of the lower ends."""
    lows = [part.low for part in parts if part.low is not None]
    highs = [part.high for part in parts if part.high is not None]
    high = max(highs) if len(highs) == len(parts) else None
    return Outlook(max(lows, default=None), high, sure=all(part.sure for part in parts))


def absolute(value: Outlook) -> Outlook:
    """Of `abs(value)`."""
    away = largest([value, negated(value)])
    return away._replace(low=Fraction(0) if _may_be_zero(value) else away.low)


def rounded(value: Outlook) -> Outlook:
    """Of `round(value)`."""
    low = None if value.low is None else half_up(value.low)
    high = None if value.high is None else half_up(value.high)
    return value._replace(low=low, high=high)


def called(function: str, parts: list[Outlook]) -> Outlook:
    """Of a function of values."""
    match function:
        case "min":
            return smallest(parts)
        case "max":
            return largest(parts)
        case "abs":
            return absolute(parts[0])
        case "round":
            return rounded(parts[0])
    return Outlook(sure=all(part.sure for part in parts))


def joined(parts: Iterable[Outlook], *, decided: bool) -> Outlook:
    """Of parts that one `decided` settles: `and` (by a false one), `or` (by a true one)."""
    parts = list(parts)
    truths = set()
    if any(decided in part.truths for part in parts):
        truths.add(decided)
    if all((not decided) in part.truths for part in parts):
        truths.add(not decided)
    settled = any(part.sure and part.truths == {decided} for part in parts)
    return Outlook(truths=frozenset(truths), sure=settled or all(part.sure for part in parts))


def either(test: Outlook, first: Outlook, second: Outlook) -> Outlook:
    """Of `first if test else second`."""
    branches = [first] if test.truths == _SURELY else [second] if test.truths == _NOT else [first, second]
    valued = [branch for branch in branches if branch.truths or branch != NEVER]
    lows = [branch.low for branch in valued if branch.low is not None]
    highs = [branch.high for branch in valued if branch.high is not None]
    return Outlook(
        min(lows) if lows and len(lows) == len(valued) else None,
        max(highs) if highs and len(highs) == len(valued) else None,
        branches[0].truths | branches[-1].truths,
        test.sure and branches[0].sure and branches[-1].sure,
    )


def compared(operator: ast.cmpop, left: Outlook, right: Outlook) -> Outlook:
    """Of `left < right`, and so on."""
    sure = left.sure and right.sure
    match operator:
        case ast.Gt() | ast.GtE():
            turned = ast.Lt() if isinstance(operator, ast.Gt) else ast.LtE()
            return compared(turned, right, left)
        case ast.Lt():
            return _truths(_below(left.low, right.high), not _below(left.high, right.low, otherwise=False), sure)
        case ast.LtE():
            return _truths(not _below(right.high, left.low, otherwise=False), _below(right.low, left.high), sure)
        case ast.Eq() | ast.NotEq():
            apart = _below(left.high, right.low, otherwise=False) or _below(right.high, left.low, otherwise=False)
            same = left.low is not None and left.low == left.high == right.low == right.high
            alike = _truths(not apart, not same, sure)
            return alike if isinstance(operator, ast.Eq) else inverted(alike)
    return Outlook(sure=sure)


def _below(low: End, high: End, *, otherwise: bool = True) -> bool:
    """Whether one end lies below another; `otherwise`, where one is not known."""
    return otherwise if low is None or high is None else low < high


def _truths(holds: bool, fails: bool, sure: bool) -> Outlook:
    return Outlook(truths=frozenset(truth for truth, may in ((True, holds), (False, fails)) if may), sure=sure)
