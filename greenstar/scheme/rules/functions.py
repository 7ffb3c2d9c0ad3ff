"""What the functions and operators of rules do with values that are known."""

import ast
import operator
from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from greenstar.numbers import half_up

TRUTHS = {"true": True, "false": False}


def whole_years(first: str, last: str) -> Fraction:
    """The full years from one day to another, as ISO texts; below 0 where the other comes earlier."""
    return Fraction(int(whole_months(first, last) / 12))


def whole_months(first: str, last: str) -> Fraction:
    """The full months from one day to another, as ISO texts; below 0 where the other comes earlier."""
    if last < first:
        return -whole_months(last, first)
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    return Fraction((end.year - start.year) * 12 + end.month - start.month - (end.day < start.day))


FUNCTIONS_OF_VALUES: Mapping[str, Callable[..., Any]] = {
    "min": min,
    "max": max,
    "abs": abs,
    "round": half_up,
    "count": lambda ticked: Fraction(len(ticked)),
    "years": whole_years,
    "months": whole_months,
}
ARITHMETIC: Mapping[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}
COMPARISONS: Mapping[type[ast.cmpop], Callable[[Any, Any], bool]] = {
    ast.In: lambda left, right: left in right,
    ast.NotIn: lambda left, right: left not in right,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}
