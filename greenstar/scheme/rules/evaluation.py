"""The value of a rule where not everything is known.

`evaluate` first runs the rule as compiled Python. Only where a value is missing, or a division has nothing to divide
by, is the tree walked with three-valued logic: what does not matter stays out (`false and x` is false), everything
else makes the result `Unknown`. Unknown for good outweighs what is merely missing wherever both are needed.
"""

import ast
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from typing import Any, cast

from typing_extensions import override

from greenstar.i18n.phrase import Phrase
from greenstar.numbers import is_too_large
from greenstar.scheme.edition import EDITION, FIRST
from greenstar.scheme.rules import outlook
from greenstar.scheme.rules.expression import Rule, function_of, looked_up_by, source_of
from greenstar.scheme.rules.functions import ARITHMETIC, COMPARISONS, FUNCTIONS_OF_VALUES, TRUTHS
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
    if not watched:
        try:
            value = rule.calculate(values)
        except (KeyError, ZeroDivisionError):
            pass
        else:
            return _too_large(rule.text) if type(value) is Fraction and is_too_large(value) else value
    way = edition == FIRST, look_ahead
    if way not in rule.in_part:
        reader = _FirstEdition if edition == FIRST else _Reader
        rule.in_part[way] = reader(rule.text, look_ahead).read(rule.tree)
    return rule.in_part[way](values, absent)


def outlook_of(value: Any) -> Outlook:
    """What a value may become: itself, where it is known."""
    if isinstance(value, Unknown):
        return value.outlook if value.open else NEVER
    if isinstance(value, bool):
        return Outlook(truths=frozenset({value}), sure=True)
    return outlook.between(value, value) if isinstance(value, Fraction) else outlook.COMING


Read = Callable[[Mapping[Any, Any], Mapping[Any, Unknown]], Any]
"""A part of a rule as a function of what has a value, and of why the rest has none."""
Lack = Callable[[Unknown, list[Any]], Unknown]
"""What an operation on these parts comes to, of which the first keeps it from being known."""


class _Reader:
    """Makes a function of one rule's tree, part by part; that knows Unknown."""

    zero_first = True  # whether dividing by zero outweighs what is missing

    def __init__(self, text: str, look_ahead: bool) -> None:
        self.text = text
        self.look_ahead = look_ahead

    def read(self, node: Any) -> Read:
        made: Read = getattr(self, _WAYS[type(node)])(node)
        return made

    def _name(self, node: ast.Name) -> Read:
        return _always(TRUTHS[node.id]) if node.id in TRUTHS else _named(node.id)

    def _constant(self, node: ast.Constant) -> Read:
        return _always(node.value)

    def _list(self, node: ast.List) -> Read:
        return _always(tuple(part.value for part in node.elts if isinstance(part, ast.Constant)))

    def _call(self, node: ast.Call) -> Read:
        key, function = looked_up_by(node), function_of(node)
        if key is not None:
            return _named(key)
        arguments, calculate = [self.read(part) for part in node.args], FUNCTIONS_OF_VALUES[function]
        lacking = self._lacking(lambda *parts: outlook.called(function, list(parts)))

        def call(values: Mapping[Any, Any], absent: Mapping[Any, Unknown]) -> Any:
            parts = [argument(values, absent) for argument in arguments]
            unknowns = _unknown_among(parts)
            return lacking(self.needed(unknowns), parts) if unknowns else calculate(*parts)

        return call

    def _junction(self, node: ast.BoolOp) -> Read:
        """`and` is false as soon as one part is, `or` true; else unknown while one part is."""
        decided, links = isinstance(node.op, ast.Or), [self.read(part) for part in node.values]
        joined = self._joined(decided=decided)

        def junction(values: Mapping[Any, Any], absent: Mapping[Any, Unknown]) -> Any:
            parts = []
            for link in links:
                value = link(values, absent)
                if value is decided:
                    return decided
                parts.append(value)
            return joined(parts)

        return junction

    def _arithmetic(self, node: ast.BinOp) -> Read:
        first, second, calculate = self.read(node.left), self.read(node.right), ARITHMETIC[type(node.op)]
        lacking, divides = self._lacking(partial(outlook.combined, node.op)), type(node.op) is ast.Div

        def arithmetic(values: Mapping[Any, Any], absent: Mapping[Any, Unknown]) -> Any:
            left, right = first(values, absent), second(values, absent)
            is_known = type(left) is not Unknown and type(right) is not Unknown
            if divides and right == 0 and (is_known or self.zero_first):
                return Unknown(False, Phrase("evaluation.division", what=source_of(node, self.text)))
            if not is_known:
                return lacking(self.needed(_unknown_among([left, right])), [left, right])
            result = calculate(left, right)
            return _too_large(source_of(node, self.text)) if is_too_large(result) else result

        return arithmetic

    def _comparison(self, node: ast.Compare) -> Read:
        """A chain holds where every link does."""
        first, joined = self.read(node.left), self._joined(decided=False)
        links = [
            (COMPARISONS[type(link)], self.read(part), self._lacking(partial(outlook.compared, link)))
            for link, part in zip(node.ops, node.comparators, strict=True)
        ]

        def comparison(values: Mapping[Any, Any], absent: Mapping[Any, Unknown]) -> Any:
            left, unknowns = first(values, absent), []
            for compare, second, lacking in links:
                right = second(values, absent)
                if type(left) is Unknown or type(right) is Unknown:
                    parts = [left, right]
                    unknowns.append(lacking(self.needed(_unknown_among(parts)), parts))
                elif not compare(left, right):
                    return False
                left = right
            return joined(unknowns)

        return comparison

    def _choice(self, node: ast.IfExp) -> Read:
        """Without knowing the test: what both branches come to; never, where they can never come to the same."""
        tested, body, orelse = self.read(node.test), self.read(node.body), self.read(node.orelse)
        lacking = self._lacking(outlook.either)

        def choice(values: Mapping[Any, Any], absent: Mapping[Any, Unknown]) -> Any:
            test = tested(values, absent)
            if type(test) is not Unknown:
                return body(values, absent) if test else orelse(values, absent)
            parts = [test, body(values, absent), orelse(values, absent)]
            branches = _unknown_among(parts[1:])
            if not branches and parts[1] == parts[2]:
                return parts[1]
            return self.undecided(lacking, branches, parts)

        return choice

    def undecided(self, lacking: Lack, branches: list[Unknown], parts: list[Any]) -> Unknown:
        """What a choice of which the test is unknown comes to, where its branches are not the same."""
        test, closed = parts[0], [part for part in branches if not part.open]
        if not test.open and (closed or not branches):
            return cast("Unknown", test)
        if len(closed) == 2:
            return closed[0]
        return lacking(test if test.open else branches[0], parts)

    def _unary(self, node: ast.UnaryOp) -> Read:
        operand, turns = self.read(node.operand), isinstance(node.op, ast.Not)
        lacking = self._lacking(outlook.inverted if turns else outlook.negated)

        def unary(values: Mapping[Any, Any], absent: Mapping[Any, Unknown]) -> Any:
            value = operand(values, absent)
            if type(value) is Unknown:
                return lacking(value, [value])
            return not value if turns else -value

        return operand if isinstance(node.op, ast.UAdd) else unary

    def needed(self, unknowns: list[Unknown]) -> Unknown:
        """What keeps values that are all needed from coming to anything: first of all what is unknown for good."""
        return _first(unknowns, open_=False)

    def _joined(self, *, decided: bool) -> Callable[[list[Any]], Any]:
        """What parts of `and` and `or` come to, none of which decides: what is still open may yet do so."""
        lacking = self._lacking(lambda *ends: outlook.joined(ends, decided=decided))

        def joined(parts: list[Any]) -> Any:
            unknowns = _unknown_among(parts)
            return lacking(_first(unknowns, open_=True), parts) if unknowns else not decided

        return joined

    def _lacking(self, operation: Callable[..., Outlook]) -> Lack:
        if not self.look_ahead:
            return lambda unknown, _parts: unknown

        def lacking(unknown: Unknown, parts: list[Any]) -> Unknown:
            if not unknown.open:
                return unknown
            return Unknown(True, unknown.reason, operation(*map(outlook_of, parts)))

        return lacking


class _FirstEdition(_Reader):
    """As rules were read up to 0.2: what may still come outweighs what never can, wherever both are needed."""

    zero_first = False

    @override
    def needed(self, unknowns: list[Unknown]) -> Unknown:
        return _first(unknowns, open_=True)

    @override
    def undecided(self, lacking: Lack, branches: list[Unknown], parts: list[Any]) -> Unknown:
        return lacking(parts[0], parts)


def _always(value: Any) -> Read:
    return lambda _values, _absent: value


def _named(key: Any) -> Read:
    def named(values: Mapping[Any, Any], absent: Mapping[Any, Unknown]) -> Any:
        if key in values:
            return values[key]
        unknown = absent.get(key)
        return unknown if unknown is not None else Unknown(True, Phrase("evaluation.missing", name=str(key)))

    return named


def _too_large(text: str) -> Unknown:
    return Unknown(False, Phrase("evaluation.too_large", what=excerpt(text)))


def _unknown_among(values: list[Any]) -> list[Unknown]:
    return [value for value in values if type(value) is Unknown]


def _first(unknowns: list[Unknown], *, open_: bool) -> Unknown:
    """The first that is open, or that is not; else the first of all."""
    for unknown in unknowns:
        if unknown.open is open_:
            return unknown
    return unknowns[0]


_WAYS = {  # by kind of node the method of `_Reader`, which an edition may have in a way of its own
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
