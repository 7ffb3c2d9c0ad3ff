"""The value of a rule where not everything is known.

`evaluate` first runs the rule as compiled Python. Only where a value is missing, or a division has nothing to divide
by, is the tree walked with three-valued logic: what does not matter stays out (`false and x` is false), everything
else makes the result `Unknown`. In `bounds` a value may also be an `Interval`, of which only the ends are known.
"""

import ast
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, NamedTuple

from greenstar.i18n.phrase import Phrase
from greenstar.numbers import half_up
from greenstar.scheme.rules.expression import Rule, source_of


@dataclass(frozen=True, slots=True)
class Unknown:
    """No value. `open`: an answer or fact that is still to come may give one; `reason` says what is missing."""

    open: bool
    reason: Phrase


class Interval(NamedTuple):
    """A number of which only the bounds are known."""

    low: Fraction
    high: Fraction


def evaluate(rule: Rule, values: Mapping[Any, Any], absent: Mapping[Any, Unknown]) -> Any:
    """The rule's value: Fraction, bool, str, tuple of option ids, date, or `Unknown`.

    `values` holds what has a value, `absent` says for each other name why it has none.
    """
    try:
        return rule.calculate(values)
    except (KeyError, ZeroDivisionError):
        return bounds(rule, values, absent)


def bounds(rule: Rule, values: Mapping[Any, Any], absent: Mapping[Any, Unknown]) -> Any:
    """As `evaluate`, where `values` may hold an `Interval`."""
    return _Walker(rule, values, absent).value(rule.tree)


class _Walker:
    """Walks one rule's tree; knows Unknown and Interval."""

    def __init__(self, rule: Rule, values: Mapping[Any, Any], absent: Mapping[Any, Unknown]) -> None:
        self.rule = rule
        self.values = values
        self.absent = absent

    def value(self, node: Any) -> Any:
        match node:
            case ast.Name(id="true" | "false"):
                return node.id == "true"
            case ast.Name(id=name):
                return self._named(name)
            case ast.Constant():
                return node.value
            case ast.Call(func=ast.Name(id="answer"), args=[ast.Constant(value=name)]):
                return self._named(name)
            case ast.Call(func=ast.Name(id="points" | "share" as function), args=[ast.Constant(value=name)]):
                return self._named((function, name))
            case ast.Call(func=ast.Name(id=function)):
                return self._call(function, [self.value(part) for part in node.args])
            case ast.List():
                return tuple(self.value(part) for part in node.elts)
            case ast.BoolOp():
                return self._junction(node)
            case ast.UnaryOp():
                return _unary(node.op, self.value(node.operand))
            case ast.BinOp():
                return self._arithmetic(node)
            case ast.Compare():
                return self._comparison(node)
            case ast.IfExp():
                return self._choice(node)
        raise AssertionError(ast.dump(node))

    def _named(self, name: Any) -> Any:
        if name in self.values:
            return self.values[name]
        unknown = self.absent.get(name)
        return unknown if unknown is not None else Unknown(True, Phrase("evaluation.missing", name=str(name)))

    def _call(self, function: str, arguments: list[Any]) -> Any:
        unknown = _first_unknown(arguments)
        if unknown is not None:
            return unknown
        if function == "count":
            return Fraction(len(arguments[0]))
        if function in ("min", "max"):
            pick = min if function == "min" else max
            if not any(isinstance(part, Interval) for part in arguments):
                return pick(arguments)
            bounds = [_bounds(part) for part in arguments]
            return Interval(pick(part.low for part in bounds), pick(part.high for part in bounds))
        (value,) = arguments
        if isinstance(value, Interval):
            return _absolute(value) if function == "abs" else Interval(half_up(value.low), half_up(value.high))
        return abs(value) if function == "abs" else half_up(value)

    def _junction(self, node: ast.BoolOp) -> Any:
        """`and` is false as soon as one part is, `or` true; else unknown while one part is."""
        decided = isinstance(node.op, ast.Or)
        unknown = []
        for part in node.values:
            value = self.value(part)
            if isinstance(value, Unknown):
                unknown.append(value)
            elif value is decided:
                return decided
        return _weightiest(unknown) if unknown else not decided

    def _arithmetic(self, node: ast.BinOp) -> Any:
        left, right = self.value(node.left), self.value(node.right)
        unknown = _first_unknown([left, right])
        if unknown is not None:
            return unknown
        if isinstance(node.op, ast.Div) and (_bounds(right).low <= 0 <= _bounds(right).high):
            text = source_of(node, self.rule.text)
            return Unknown(isinstance(right, Interval), Phrase("evaluation.division", what=text))
        if not isinstance(left, Interval) and not isinstance(right, Interval):
            return _apply(node.op, left, right)
        a, b = _bounds(left), _bounds(right)
        corners = [_apply(node.op, x, y) for x in a for y in b]
        return Interval(min(corners), max(corners))

    def _comparison(self, node: ast.Compare) -> Any:
        """A chain holds where every link does."""
        left = self.value(node.left)
        unknown = []
        for operator, part in zip(node.ops, node.comparators, strict=True):
            right = self.value(part)
            link = _first_unknown([left, right]) or _compare(operator, left, right)
            if isinstance(link, Unknown):
                unknown.append(link)
            elif not link:
                return False
            left = right
        return _weightiest(unknown) if unknown else True

    def _choice(self, node: ast.IfExp) -> Any:
        test = self.value(node.test)
        if not isinstance(test, Unknown):
            return self.value(node.body if test else node.orelse)
        first, second = self.value(node.body), self.value(node.orelse)
        return first if first == second and not isinstance(first, Unknown) else test


def _first_unknown(values: list[Any]) -> Unknown | None:
    return _weightiest([value for value in values if isinstance(value, Unknown)])


def _weightiest(unknowns: list[Unknown]) -> Unknown | None:
    """What is still open outweighs what can never be known: once it is there, the rest may not matter."""
    return next((value for value in unknowns if value.open), unknowns[0] if unknowns else None)


def _unary(operator: ast.unaryop, value: Any) -> Any:
    if isinstance(value, Unknown) or isinstance(operator, ast.UAdd):
        return value
    if isinstance(operator, ast.Not):
        return not value
    return Interval(-value.high, -value.low) if isinstance(value, Interval) else -value


def _bounds(value: Any) -> Interval:
    return value if isinstance(value, Interval) else Interval(value, value)


def _absolute(value: Interval) -> Interval:
    low, high = sorted((abs(value.low), abs(value.high)))
    return Interval(Fraction(0) if value.low <= 0 <= value.high else low, high)


def _apply(operator: ast.operator, left: Fraction, right: Fraction) -> Fraction:
    match operator:
        case ast.Add():
            return left + right
        case ast.Sub():
            return left - right
        case ast.Mult():
            return left * right
        case _:
            return left / right


def _compare(operator: ast.cmpop, left: Any, right: Any) -> Any:
    if isinstance(operator, (ast.In, ast.NotIn)):
        return (left in right) is isinstance(operator, ast.In)
    if not isinstance(left, Interval) and not isinstance(right, Interval):
        return _ordered(operator, left, right)
    a, b = _bounds(left), _bounds(right)
    if isinstance(operator, (ast.Eq, ast.NotEq)):
        apart = a.high < b.low or b.high < a.low
        same = a.low == a.high == b.low == b.high
        if apart or same:
            return same is isinstance(operator, ast.Eq)
        return Unknown(True, Phrase("evaluation.undecided"))
    outcomes = {_ordered(operator, x, y) for x in a for y in b}
    return outcomes.pop() if len(outcomes) == 1 else Unknown(True, Phrase("evaluation.undecided"))


def _ordered(operator: ast.cmpop, left: Any, right: Any) -> bool:
    match operator:
        case ast.Eq():
            return bool(left == right)
        case ast.NotEq():
            return bool(left != right)
        case ast.Lt():
            return bool(left < right)
        case ast.LtE():
            return bool(left <= right)
        case ast.Gt():
            return bool(left > right)
        case _:
            return bool(left >= right)
