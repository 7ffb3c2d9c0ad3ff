"""The value of a rule where not everything is known.

`evaluate` first runs the rule as compiled Python. Only where a value is missing, or a division has nothing to divide
by, is the tree walked with three-valued logic: what does not matter stays out (`false and x` is false), everything
else makes the result `Unknown`. Unknown for good outweighs what is merely missing wherever both are needed.
"""

import ast
import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from typing import Any

from typing_extensions import override

from greenstar.i18n.phrase import Phrase
from greenstar.numbers import is_too_large
from greenstar.scheme.edition import EDITION, FIRST
from greenstar.scheme.rules import outlook
from greenstar.scheme.rules.expression import FUNCTIONS_OF_VALUES, Rule, function_of, looked_up_by, source_of
from greenstar.scheme.rules.outlook import ANYTHING, NEVER, Outlook
from greenstar.text import excerpt


@dataclass(frozen=True, slots=True)
class Unknown:
    """No value, and why. `open`: an answer or fact that is still to come may give one; else it is unknown for good.

    `outlook`: what it may become. It decides nothing here: only the bounds of a visit look at it.
    """

    open: bool
    reason: Phrase
    outlook: Outlook = ANYTHING


def evaluate(
    rule: Rule,
    values: Mapping[Any, Any],
    absent: Mapping[Any, Unknown],
    *,
    look_ahead: bool = False,
    watched: bool = False,
    edition: int = EDITION,
) -> Any:
    """The rule's value: Fraction, bool, str, tuple of option ids, date, or `Unknown`.

    `values` holds what has a value, `absent` says for each other name why it has none. Without `look_ahead` the outlook
    of what is unknown says nothing: most rules are worked out at every key, and nobody asks what they may become.
    `watched`: some value is so long that no step of the rule may grow too large. `edition`: in the first, what is
    merely missing outweighed what is unknown for good.
    """
    walker = _FirstEdition if edition == FIRST else _Walker
    if watched:
        return walker(rule, values, absent, look_ahead).value(rule.tree)
    try:
        value = rule.calculate(values)
    except (KeyError, ZeroDivisionError):
        return walker(rule, values, absent, look_ahead).value(rule.tree)
    return _too_large(rule.text) if type(value) is Fraction and is_too_large(value) else value


def outlook_of(value: Any) -> Outlook:
    """What a value may become: itself, where it is known."""
    if isinstance(value, Unknown):
        return value.outlook if value.open else NEVER
    if isinstance(value, bool):
        return Outlook(truths=frozenset({value}), sure=True)
    return outlook.between(value, value) if isinstance(value, Fraction) else outlook.COMING


class _Walker:
    """Walks one rule's tree; knows Unknown."""

    def __init__(self, rule: Rule, values: Mapping[Any, Any], absent: Mapping[Any, Unknown], look_ahead: bool) -> None:
        self.look_ahead = look_ahead
        self.rule = rule
        self.values = values
        self.absent = absent

    def value(self, node: Any) -> Any:
        return getattr(self, _WAYS[type(node)])(node)

    def _name(self, node: ast.Name) -> Any:
        return _TRUTHS[node.id] if node.id in _TRUTHS else self._named(node.id)

    def _constant(self, node: ast.Constant) -> Any:
        return node.value

    def _list(self, node: ast.List) -> Any:
        return tuple(self.value(part) for part in node.elts)

    def _named(self, key: Any) -> Any:
        if key in self.values:
            return self.values[key]
        unknown = self.absent.get(key)
        return unknown if unknown is not None else Unknown(True, Phrase("evaluation.missing", name=str(key)))

    def _call(self, node: ast.Call) -> Any:
        key, function = looked_up_by(node), function_of(node)
        if key is not None:
            return self._named(key)
        arguments = [self.value(part) for part in node.args]
        unknown = self._lacking(arguments)
        if unknown is None:
            return FUNCTIONS_OF_VALUES[function](*arguments)
        return self._unknown(unknown, lambda *parts: _outlook_of_call(function, list(parts)), arguments)

    def _junction(self, node: ast.BoolOp) -> Any:
        """`and` is false as soon as one part is, `or` true; else unknown while one part is."""
        decided = isinstance(node.op, ast.Or)
        parts = []
        for part in node.values:
            value = self.value(part)
            if value is decided:
                return decided
            parts.append(value)
        return self._joined(parts, decided=decided)

    def _arithmetic(self, node: ast.BinOp) -> Any:
        left, right = self.value(node.left), self.value(node.right)
        if type(node.op) is ast.Div and right == 0:
            return Unknown(False, Phrase("evaluation.division", what=source_of(node, self.rule.text)))
        unknown = self._lacking([left, right])
        if unknown is None:
            result = _ARITHMETIC[type(node.op)](left, right)
            return _too_large(source_of(node, self.rule.text)) if is_too_large(result) else result
        return self._unknown(unknown, partial(outlook.combined, node.op), [left, right])

    def _comparison(self, node: ast.Compare) -> Any:
        """A chain holds where every link does."""
        left = self.value(node.left)
        links = []
        for link, part in zip(node.ops, node.comparators, strict=True):
            right = self.value(part)
            unknown = self._lacking([left, right])
            if unknown is not None:
                links.append(self._unknown(unknown, partial(outlook.compared, link), [left, right]))
            elif not _COMPARISONS[type(link)](left, right):
                return False
            left = right
        return self._joined(links, decided=False)

    def _choice(self, node: ast.IfExp) -> Any:
        """Without knowing the test: what both branches come to; never, where they can never come to the same."""
        test = self.value(node.test)
        if not isinstance(test, Unknown):
            return self.value(node.body if test else node.orelse)
        first, second = self.value(node.body), self.value(node.orelse)
        branches = _unknown_among([first, second])
        if not branches and first == second:
            return first
        closed = [part for part in branches if not part.open]
        if not test.open and (closed or not branches):
            return test
        if len(closed) == 2:
            return closed[0]
        unknown = test if test.open else branches[0]
        return self._unknown(unknown, outlook.either, [test, first, second])

    def _lacking(self, values: list[Any]) -> Unknown | None:
        """What keeps values that are all needed from coming to anything: first of all what is unknown for good."""
        unknowns = _unknown_among(values)
        return _first(unknowns, open_=False) if unknowns else None

    def _joined(self, parts: list[Any], *, decided: bool) -> Any:
        """The parts of `and` and `or`, none of which decides: what is still open may yet do so."""
        unknowns = _unknown_among(parts)
        if not unknowns:
            return not decided
        return self._unknown(_first(unknowns, open_=True), lambda *ends: outlook.joined(ends, decided=decided), parts)

    def _unary(self, node: ast.UnaryOp) -> Any:
        value = self.value(node.operand)
        if isinstance(node.op, ast.UAdd):
            return value
        turns = isinstance(node.op, ast.Not)
        if isinstance(value, Unknown):
            return self._unknown(value, outlook.inverted if turns else outlook.negated, [value])
        return not value if turns else -value

    def _unknown(self, unknown: Unknown, operation: Callable[..., Outlook], parts: list[Any]) -> Unknown:
        """What an operation on these parts comes to, of which `unknown` keeps it from being known."""
        if not unknown.open or not self.look_ahead:
            return unknown
        return Unknown(True, unknown.reason, operation(*map(outlook_of, parts)))


class _FirstEdition(_Walker):
    """As rules were read up to 0.2: what may still come outweighs what never can, wherever both are needed."""

    @override
    def _lacking(self, values: list[Any]) -> Unknown | None:
        unknowns = _unknown_among(values)
        return _first(unknowns, open_=True) if unknowns else None

    @override
    def _arithmetic(self, node: ast.BinOp) -> Any:
        parts = [self.value(node.left), self.value(node.right)]
        unknown = self._lacking(parts)
        if unknown is not None:
            return self._unknown(unknown, partial(outlook.combined, node.op), parts)
        return super()._arithmetic(node)

    @override
    def _choice(self, node: ast.IfExp) -> Any:
        test = self.value(node.test)
        if not isinstance(test, Unknown):
            return self.value(node.body if test else node.orelse)
        first, second = self.value(node.body), self.value(node.orelse)
        if first == second and not isinstance(first, Unknown):
            return first
        return self._unknown(test, outlook.either, [test, first, second])


def _too_large(text: str) -> Unknown:
    return Unknown(False, Phrase("evaluation.too_large", what=excerpt(text)))


def _outlook_of_call(function: str, parts: list[Outlook]) -> Outlook:
    match function:
        case "min":
            return outlook.smallest(parts)
        case "max":
            return outlook.largest(parts)
        case "abs":
            return outlook.absolute(parts[0])
        case "round":
            return outlook.rounded(parts[0])
    return Outlook(sure=all(part.sure for part in parts))


def _unknown_among(values: list[Any]) -> list[Unknown]:
    return [value for value in values if type(value) is Unknown]


def _first(unknowns: list[Unknown], *, open_: bool) -> Unknown:
    """The first that is open, or that is not; else the first of all."""
    for unknown in unknowns:
        if unknown.open is open_:
            return unknown
    return unknowns[0]


_TRUTHS = {"true": True, "false": False}
_WAYS = {  # by kind of node the method of `_Walker`, which an edition may have in a way of its own
    ast.Name: "_name",
    ast.Constant: "_constant",
    ast.Call: "_call",
    ast.List: "_list",
    ast.BoolOp: "_junction",
    ast.UnaryOp: "_unary",
    ast.BinOp: "_arithmetic",
    ast.Compare: "_comparison",
    ast.IfExp: "_choice",
}
_ARITHMETIC: Mapping[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}
_COMPARISONS: Mapping[type[ast.cmpop], Callable[[Any, Any], bool]] = {
    ast.In: lambda left, right: left in right,
    ast.NotIn: lambda left, right: left not in right,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}
