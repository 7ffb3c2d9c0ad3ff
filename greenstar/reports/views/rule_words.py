"""A rule in people's words: questions by what they ask, options by their labels; what has no words stays as it is."""

import ast
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from greenstar.i18n.catalogue import Catalogue
from greenstar.i18n.phrase import Quantity
from greenstar.reports.views.criteria import words_for
from greenstar.scheme.document import Question
from greenstar.scheme.model import Scheme
from greenstar.scheme.rules.expression import Rule, looked_up_by, source_of

_COMPARISONS: dict[type[ast.AST], str] = {
    ast.Eq: "is",
    ast.NotEq: "is_not",
    ast.Lt: "less",
    ast.LtE: "at_most",
    ast.Gt: "more",
    ast.GtE: "at_least",
}


def asked_if(scheme: Scheme, rules: Sequence[Rule | None], catalogue: Catalogue) -> str:
    """`only if …`: all of the rules must hold; empty where there is none."""
    wordings = [_Wording(scheme, rule, catalogue) for rule in rules if rule is not None]
    if not wordings:
        return ""
    conditions = [wording.whole(joined=len(wordings) > 1) for wording in wordings]
    return catalogue.say("form.only_if", rule=catalogue.say("form.rule_and").join(conditions))


class _Wording:
    """Puts one rule into words, part by part."""

    def __init__(self, scheme: Scheme, rule: Rule, catalogue: Catalogue) -> None:
        self.scheme = scheme
        self.rule = rule
        self.catalogue = catalogue

    def whole(self, *, joined: bool) -> str:
        """All of the rule. `joined`: with others, all of which must hold."""
        return self._part(self.rule.tree) if joined else self.condition(self.rule.tree)

    def condition(self, node: Any) -> str:
        """What is true or false."""
        match node:
            case ast.BoolOp():
                word = "form.rule_and" if isinstance(node.op, ast.And) else "form.rule_or"
                return self.catalogue.say(word).join(map(self._part, node.values))
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                if self._name(operand):
                    return self.catalogue.say("form.rule_no", what=self._term(operand))
                return self.catalogue.say("form.rule_not", rule=self.condition(operand))
            case ast.Compare(ops=[operator], comparators=[right]):
                return self._comparison(node, operator, right)
        if self._name(node):
            return self.catalogue.say("form.rule_yes", what=self._term(node))
        return source_of(node, self.rule.text)

    def _part(self, node: Any) -> str:
        """One of several conditions, in brackets where it is made of several itself."""
        words = self.condition(node)
        return self.catalogue.say("form.rule_brackets", rule=words) if isinstance(node, ast.BoolOp) else words

    def _comparison(self, node: Any, operator: ast.cmpop, right: Any) -> str:
        say, left = self.catalogue.say, node.left
        about = self._question(left) or self._question(right)
        if isinstance(operator, ast.In | ast.NotIn):
            among = "among" if isinstance(operator, ast.In) else "not_among"
            if isinstance(right, ast.List):
                options = [self._term(option, about) for option in right.elts]
                return say(f"form.rule_{among}", what=self._term(left), options=options)
            ticked = "ticked" if isinstance(operator, ast.In) else "not_ticked"
            return say(f"form.rule_{ticked}", what=self._term(right), option=self._term(left, about))
        values = {"what": self._term(left, about), "value": self._term(right, about)}
        return say(f"form.rule_{_COMPARISONS[type(operator)]}", **values)

    def _term(self, node: Any, about: Question | None = None) -> str:
        """What is compared; `about`: the question that it is compared with."""
        name = self._name(node)
        words = words_for(self.scheme, name) if name else None
        if words is not None:
            return self.catalogue.say("form.rule_quoted", text=words)
        if not isinstance(node, ast.Constant):
            return source_of(node, self.rule.text)
        value: Any = node.value
        if isinstance(value, Fraction):
            return self.catalogue.write(Quantity(value, about.unit if about is not None else None))
        options = self.scheme.options(about) if about is not None else {}
        return self.catalogue.say("form.rule_quoted", text=options[value].label if value in options else value)

    def _question(self, node: Any) -> Question | None:
        name = self._name(node)
        return self.scheme.questions.get(name) or self.scheme.facts.get(name) if name else None

    def _name(self, node: Any) -> str:
        """The fact, question or value that a part of the rule reads as it is; empty where it reads none."""
        if isinstance(node, ast.Name):
            return node.id
        key = looked_up_by(node) if isinstance(node, ast.Call) else None
        return key if isinstance(key, str) else ""
