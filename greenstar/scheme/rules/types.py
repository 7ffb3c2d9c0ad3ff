"""What kind of value each rule gives; comparing or adding unlike kinds is refused when the scheme is read."""

import ast
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

from greenstar.errors import Hint
from greenstar.i18n.phrase import Phrase
from greenstar.scheme.fields import is_date
from greenstar.scheme.rules.expression import LOOK_UPS, RESULT_NAMES, VISITED, Rule, function_of, offset_of, source_of
from greenstar.scheme.rules.screening import RuleError, bare_day
from greenstar.scheme.slips import day_meant
from greenstar.scheme.suggestions import did_you_mean


@dataclass(frozen=True)
class Kind:
    """The kind of a value; of a choice or multiple also the ids of its options."""

    name: str
    options: frozenset[str] = frozenset()

    @property
    def label(self) -> Phrase:
        """The kind's name in a sentence."""
        return Phrase(f"rules.kind_{self.name}")


NUMBER, BOOLEAN, TEXT, DATE = Kind("number"), Kind("boolean"), Kind("text"), Kind("date")
CHOICE, MULTIPLE = Kind("choice"), Kind("multiple")  # of any options
_TRUTHS = {"yes": "true", "no": "false"}  # as people say it


@dataclass(frozen=True)
class Names:
    """What a rule may speak of: the kinds of names, lone questions by their criterion, and ids that earn points.

    `groups`: the lone questions in each group.
    """

    kinds: Mapping[str, Kind]
    lone: Mapping[str, Kind]
    scored: frozenset[str]
    groups: Mapping[str, Sequence[str]] = field(default_factory=dict)


def with_kinds_of_values(names: Names, values: Mapping[str, Rule]) -> Names:
    """`names` with the kinds of named quantities, which only their rules tell; a wrong rule counts as a number."""
    kinds = dict(names.kinds)
    waiting = dict(values)
    while waiting:
        ready = [name for name, rule in waiting.items() if not (rule.names & waiting.keys())] or list(waiting)
        for name in ready:
            rule = waiting.pop(name)
            try:
                kinds[name] = _Checker(rule.text, replace(names, kinds=kinds), False).kind(rule.tree)
            except RuleError:
                kinds[name] = NUMBER
    return replace(names, kinds=kinds)


def check_rule(rule: Rule, names: Names, wanted: Kind | None, *, after_scoring: bool = False) -> None:
    """Refuse (RuleError) unknown names, unlike kinds, and a result that is not `wanted`.

    `after_scoring`: `total`, `not_applicable_points` and `excused_points` may be named.
    """
    checker = _Checker(rule.text, names, after_scoring)
    kind = checker.kind(rule.tree)
    if wanted is not None and kind.name != wanted.name:
        raise RuleError(0, "rules.result_kind", wanted=wanted.label, found=kind.label)


class _Checker:
    def __init__(self, text: str, names: Names, after_scoring: bool) -> None:
        self.text = text
        self.names = names
        self.after_scoring = after_scoring

    def refuse(self, node: ast.AST, key: str, hint: Hint = None, **values: Any) -> RuleError:
        return RuleError(offset_of(node, self.text), key, hint, **values)

    def kind(self, node: Any) -> Kind:
        handler: Callable[[Any], Kind] = getattr(self, f"_{type(node).__name__.lower()}")
        return handler(node)

    def want(self, node: ast.expr, *wanted: str) -> Kind:
        kind = self.kind(node)
        if kind.name not in wanted:
            kinds = tuple(Kind(name).label for name in wanted)
            raise self.refuse(node, "rules.kind", wanted=kinds, found=kind.label)
        return kind

    def _name(self, node: ast.Name) -> Kind:
        if node.id in ("true", "false"):
            return BOOLEAN
        kind = self.names.kinds.get(node.id)
        if kind is not None:
            return kind
        if node.id == VISITED:
            return DATE
        if node.id not in RESULT_NAMES:
            meant = _TRUTHS.get(node.id)
            hint: Hint = Phrase("rules.write", right=meant) if meant else did_you_mean(node.id, self.names.kinds)
            raise self.refuse(node, "rules.unknown_name", hint, name=node.id)
        if not self.after_scoring:
            raise self.refuse(node, "rules.only_after_scoring", name=node.id)
        return NUMBER

    def _constant(self, node: ast.Constant) -> Kind:
        return NUMBER if isinstance(node.value, Fraction) else TEXT

    def _call(self, node: ast.Call) -> Kind:
        function = function_of(node)
        if function == "count":
            self.want(node.args[0], "multiple")
        elif function == "chosen":
            self._chosen(*node.args)
        elif function in LOOK_UPS:
            return self._look_up(node.args[0], function)
        elif function in ("years", "months"):
            for argument in node.args:
                self._day(argument)
        else:
            for argument in node.args:
                self.want(argument, "number")
        return NUMBER

    def _look_up(self, argument: Any, function: str) -> Kind:
        name = argument.value
        if function == "answer":
            kind = self.names.lone.get(name)
            if kind is None:
                hint = did_you_mean(name, self.names.lone)
                raise self.refuse(argument, "rules.no_lone_question", hint, name=name)
            return kind
        if name not in self.names.scored:
            raise self.refuse(argument, "rules.unknown_id", did_you_mean(name, self.names.scored), name=name)
        return NUMBER

    def _chosen(self, option: Any, group: Any = None) -> None:
        """An option that some criterion's lone choice has: of all criteria, or of those in a group."""
        if group is not None and group.value not in self.names.groups:
            hint = did_you_mean(group.value, self.names.groups)
            raise self.refuse(group, "rules.unknown_group", hint, name=group.value)
        lone = self.names.lone if group is None else self.names.groups[group.value]
        kinds = [self.names.lone[name] for name in lone]
        options = frozenset[str]().union(*(kind.options for kind in kinds if kind.name == "choice"))
        if option.value not in options:
            hint = did_you_mean(option.value, options)
            raise self.refuse(option, "rules.nobody_chooses", hint, name=option.value)

    def _day(self, node: ast.expr) -> None:
        """A date: a name, or a text in quotes that is one."""
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            self._known_literal(node, DATE)
        else:
            self.want(node, "date")

    def _boolop(self, node: ast.BoolOp) -> Kind:
        for part in node.values:
            self.want(part, "boolean")
        return BOOLEAN

    def _unaryop(self, node: ast.UnaryOp) -> Kind:
        return self.want(node.operand, "boolean" if isinstance(node.op, ast.Not) else "number")

    def _binop(self, node: ast.BinOp) -> Kind:
        self.want(node.left, "number")
        return self.want(node.right, "number")

    def _ifexp(self, node: ast.IfExp) -> Kind:
        self.want(node.test, "boolean")
        first, second = self.kind(node.body), self.kind(node.orelse)
        if first.name != second.name:
            raise self.refuse(node.orelse, "rules.unlike", left=first.label, right=second.label)
        return first

    def _compare(self, node: ast.Compare) -> Kind:
        left = node.left
        for operator, right in zip(node.ops, node.comparators, strict=True):
            if isinstance(operator, (ast.In, ast.NotIn)):
                self._membership(left, right)
            else:
                self._comparison(left, operator, right)
            left = right
        return BOOLEAN

    def _membership(self, left: ast.expr, right: ast.expr) -> None:
        if isinstance(right, ast.List):
            for part in right.elts:
                self._alike(left, part)
            return
        kind = self.want(right, "multiple")
        if not isinstance(left, ast.Constant) or not isinstance(left.value, str):
            raise self.refuse(left, "rules.option_in_quotes")
        self._known_literal(left, kind)

    def _comparison(self, left: ast.expr, operator: ast.cmpop, right: ast.expr) -> None:
        kind = self._alike(left, right)
        equality = isinstance(operator, (ast.Eq, ast.NotEq))
        if not equality and kind.name not in ("number", "date"):
            raise self.refuse(left, "rules.not_ordered", found=kind.label)

    def _alike(self, left: ast.expr, right: ast.expr) -> Kind:
        """The one kind of both sides; a text in quotes may stand for an option or a date."""
        first, second = self.kind(left), self.kind(right)
        for kind, other, literal in ((first, second, right), (second, first, left)):
            if isinstance(literal, ast.Constant) and other is TEXT and kind.name in ("choice", "date"):
                self._known_literal(literal, kind)
                return kind
        if first.name != second.name or first.name == "multiple":
            if DATE in (first, second):
                number = right if first is DATE else left
                if day_meant(source_of(number, self.text)):
                    raise bare_day(offset_of(number, self.text), source_of(number, self.text))
            raise self.refuse(right, "rules.unlike", left=first.label, right=second.label)
        return first

    def _known_literal(self, literal: ast.Constant, kind: Kind) -> None:
        word = str(literal.value)
        if kind is DATE:
            if not is_date(word):
                right = day_meant(word)
                day = Phrase("rules.write", right=f'"{right}"') if right else None
                raise self.refuse(literal, "rules.not_a_day", day, found=word)
        elif word not in kind.options:
            hint = did_you_mean(word, kind.options)
            raise self.refuse(literal, "rules.unknown_option", hint, name=word, allowed=tuple(sorted(kind.options)))
