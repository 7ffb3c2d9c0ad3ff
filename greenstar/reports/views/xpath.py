"""Rules as XPath, as phones reckon with it.

A rule is true, false or unknown; XPath knows no unknown, and an answer that is missing is an empty text there. So each
condition becomes two: when it is true, and when it is false; each says as well what must be known. A phone reckons
with floating point: what was calculated is compared to nine decimals. What it cannot say is `Untranslatable`.
"""

import ast
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from typing import Any

from greenstar.assessment.answer_types import answer_type
from greenstar.reports.views.xpath_values import (
    FALSE,
    TRUE,
    Day,
    Truth,
    Untranslatable,
    XPathNumber,
    XPathText,
    all_of,
    any_of,
    months,
    number,
    quoted,
)
from greenstar.scheme.model import Scheme
from greenstar.scheme.question_types import is_percent
from greenstar.scheme.rules.expression import VISITED, Rule, looked_up_by
from greenstar.services.phones.fields import none_choice

MOST_CHARACTERS = 8_000  # of a condition
_COMPARED: dict[type[ast.cmpop], tuple[str, str]] = {  # the sign, and the one of the opposite
    ast.Eq: ("=", "!="),
    ast.NotEq: ("!=", "="),
    ast.Lt: ("<", ">="),
    ast.LtE: ("<=", ">"),
    ast.Gt: (">", "<="),
    ast.GtE: (">=", "<"),
}
_ARITHMETIC: dict[type[ast.operator], str] = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "div"}


class Translator:
    """Puts the rules of a scheme into XPath. `refer`: how a fact or question (or the day of the visit) is referred to.

    Named quantities are written out, as a phone cannot say of a calculated field that it is unknown for now.
    """

    def __init__(self, scheme: Scheme, refer: Callable[[str], str]) -> None:
        self.scheme = scheme
        self.refer = refer

    def condition(self, rule: Rule) -> str:
        """When the rule is true. Untranslatable: no phone can say it."""
        text = self._truth(rule.tree).yes
        if len(text) > MOST_CHARACTERS:
            raise Untranslatable
        return text

    # -- kinds

    def _kind(self, node: Any) -> str:
        match node:
            case ast.Constant(value=Fraction()) | ast.BinOp() | ast.UnaryOp(op=ast.USub() | ast.UAdd()):
                return "number"
            case ast.Constant():
                return "text"
            case ast.Name(id="true" | "false") | ast.BoolOp() | ast.Compare() | ast.UnaryOp():
                return "boolean"
            case ast.IfExp():
                return self._kind(node.body)
        name = self._name(node)
        if name is None:
            return "number"
        if name in self.scheme.values:
            return self._kind(self.scheme.values[name].of.tree)
        if name == VISITED and not self.scheme.has_name(name):
            return "date"
        question = self.scheme.facts.get(name) or self.scheme.questions.get(name)
        if question is None:
            raise Untranslatable
        return answer_type(self.scheme, question).kind.name

    def _name(self, node: Any) -> str | None:
        """The fact, value or question that a node reads; None: it reads none. Untranslatable: it reads points."""
        if isinstance(node, ast.Name):
            return node.id
        key = looked_up_by(node) if isinstance(node, ast.Call) else None
        if isinstance(key, tuple):
            raise Untranslatable
        return key

    def _value(self, node: Any) -> Any:
        """The rule of the named quantity that a node reads, if any."""
        name = self._name(node)
        value = self.scheme.values.get(name) if name is not None else None
        return None if value is None else value.of.tree

    def _reference(self, node: Any) -> str:
        name = self._name(node)
        if name is None:
            raise Untranslatable
        return self.refer(name)

    # -- conditions

    def _truth(self, node: Any) -> Truth:
        match node:
            case ast.Name(id="true"):
                return Truth(TRUE, FALSE)
            case ast.Name(id="false"):
                return Truth(FALSE, TRUE)
            case ast.BoolOp():
                parts = [self._truth(part) for part in node.values]
                yes, no = [part.yes for part in parts], [part.no for part in parts]
                is_all = isinstance(node.op, ast.And)
                return Truth(all_of(yes), any_of(no)) if is_all else Truth(any_of(yes), all_of(no))
            case ast.UnaryOp(op=ast.Not()):
                return Truth(*reversed(self._truth(node.operand)))
            case ast.IfExp():
                return self._chosen_truth(*(self._truth(part) for part in (node.test, node.body, node.orelse)))
            case ast.Compare():
                return self._comparison(node)
        value = self._value(node)
        if value is not None:
            return self._truth(value)
        if self._kind(node) != "boolean":
            raise Untranslatable
        reference = self._reference(node)
        return Truth(f"{reference} = 'yes'", f"{reference} = 'no'")

    @staticmethod
    def _chosen_truth(test: Truth, first: Truth, second: Truth) -> Truth:
        yes, no = (
            any_of((all_of((test.yes, one_way)), all_of((test.no, other_way)), all_of((one_way, other_way))))
            for one_way, other_way in zip(first, second, strict=True)
        )
        return Truth(yes, no)

    def _comparison(self, node: ast.Compare) -> Truth:
        sides = [node.left, *node.comparators]
        pairs = [
            self._pair(operator, left, right) for operator, left, right in zip(node.ops, sides, sides[1:], strict=False)
        ]
        return Truth(all_of(pair.yes for pair in pairs), any_of(pair.no for pair in pairs))

    def _pair(self, operator: ast.cmpop, left: Any, right: Any) -> Truth:
        if isinstance(operator, (ast.In, ast.NotIn)):
            among = self._listed(left, right) if isinstance(right, ast.List) else self._ticked(left, right)
            return among if isinstance(operator, ast.In) else Truth(*reversed(among))
        kinds = {self._kind(left), self._kind(right)}
        if "boolean" in kinds:
            return self._same_truth(self._truth(left), self._truth(right), equal=isinstance(operator, ast.Eq))
        sign, opposite = _COMPARED[type(operator)]
        if "number" in kinds:
            first, second = self._figure(left), self._figure(right)
            known = (*first.known, *second.known)
            if first.plain and second.plain:
                a, b = first.text, second.text
            else:
                a, b = f"round({first.text} - {second.text}, 9)", "0"
        elif "date" in kinds:
            before, after = self._day(left), self._day(right)
            a, b, known = before.number, after.number, (*before.known, *after.known)
        else:
            text, other = self._words(left), self._words(right)
            a, b, known = text.text, other.text, (*text.known, *other.known)
            if "''" not in (a, b) and not (text.known and other.known):  # what is missing is no text in quotes
                same, differs = f"{a} = {b}", all_of((*known, f"{a} != {b}"))
                return Truth(same, differs) if sign == "=" else Truth(differs, same)
        return Truth(all_of((*known, f"{a} {sign} {b}")), all_of((*known, f"{a} {opposite} {b}")))

    @staticmethod
    def _same_truth(left: Truth, right: Truth, *, equal: bool) -> Truth:
        same = any_of((all_of((left.yes, right.yes)), all_of((left.no, right.no))))
        other = any_of((all_of((left.yes, right.no)), all_of((left.no, right.yes))))
        return Truth(same, other) if equal else Truth(other, same)

    def _listed(self, left: Any, right: ast.List) -> Truth:
        pairs = [self._pair(ast.Eq(), left, part) for part in right.elts]
        return Truth(any_of(pair.yes for pair in pairs), all_of(pair.no for pair in pairs))

    def _ticked(self, left: Any, right: Any) -> Truth:
        reference, known = self._multiple(right)
        selected = f"selected({reference}, {quoted(left.value)})"
        return Truth(all_of((known, selected)), all_of((known, f"not({selected})")))

    def _multiple(self, node: Any) -> tuple[str, str]:
        """A multiple question, and what must hold so that it is answered."""
        value = self._value(node)
        if value is not None:
            return self._multiple(value)
        reference = self._reference(node)
        return reference, f"{reference} != ''"

    # -- figures, texts, days

    def _figure(self, node: Any) -> XPathNumber:
        match node:
            case ast.Constant(value=Fraction()):
                return number(node.value)
            case ast.UnaryOp(op=ast.USub() | ast.UAdd()):
                part = self._figure(node.operand)
                return part._replace(text=f"(0 - {part.text})") if isinstance(node.op, ast.USub) else part
            case ast.BinOp():
                left, right = self._figure(node.left), self._figure(node.right)
                known = (*left.known, *right.known)
                if isinstance(node.op, ast.Div):
                    known = (*known, *(() if _is_other_than_zero(node.right) else (f"{right.text} != 0",)))
                return XPathNumber(f"({left.text} {_ARITHMETIC[type(node.op)]} {right.text})", known)
            case ast.IfExp():
                return self._chosen_figure(node)
        value = self._value(node)
        if value is not None:
            return self._figure(value)
        if self._name(node) is None:
            return self._call(node.func.id, node.args)
        return self._answered_figure(node)

    def _answered_figure(self, node: Any) -> XPathNumber:
        name, reference = self._name(node), self._reference(node)
        if self._kind(node) != "number" or name is None:
            raise Untranslatable
        known = (f"{reference} != ''",)
        percent = is_percent(self.scheme.asked(name).unit)
        return XPathNumber(f"({reference} div 100)", known) if percent else XPathNumber(reference, known, plain=True)

    def _chosen_figure(self, node: ast.IfExp) -> XPathNumber:
        test, first, second = self._truth(node.test), self._figure(node.body), self._figure(node.orelse)
        both = (*first.known, *second.known, f"round({first.text} - {second.text}, 9) = 0")
        known = any_of((all_of((test.yes, *first.known)), all_of((test.no, *second.known)), all_of(both)))
        return XPathNumber(f"if({test.yes}, {first.text}, {second.text})", (known,))

    def _call(self, function: str, arguments: list[Any]) -> XPathNumber:
        if function in ("years", "months"):
            return months(*(self._day(part) for part in arguments), years=function == "years")
        if function == "count":
            reference, answered = self._multiple(arguments[0])
            none = quoted(none_choice(self._options(arguments[0])))
            return XPathNumber(f"if(selected({reference}, {none}), 0, count-selected({reference}))", (answered,))
        parts = [self._figure(part) for part in arguments]
        known = tuple(condition for part in parts for condition in part.known)
        texts = [part.text for part in parts]
        if function == "round":
            x = texts[0]
            return XPathNumber(f"if({x} >= 0, int({x} + 0.5), int({x} - 0.5))", known)
        return XPathNumber(f"{function}({', '.join(texts)})", known)

    def _options(self, node: Any) -> Any:
        value = self._value(node)
        if value is not None:
            return self._options(value)
        return self.scheme.options(self.scheme.asked(self._name(node) or ""))

    def _words(self, node: Any) -> XPathText:
        if isinstance(node, ast.Constant):
            return XPathText(quoted(node.value))
        if isinstance(node, ast.IfExp):
            raise Untranslatable
        value = self._value(node)
        if value is not None:
            return self._words(value)
        reference = self._reference(node)
        return XPathText(reference, (f"{reference} != ''",))

    def _day(self, node: Any) -> Day:
        if isinstance(node, ast.Constant):
            day = date.fromisoformat(str(node.value))
            return Day(str(day.year), str(day.month), str(day.day))
        if isinstance(node, ast.IfExp):
            raise Untranslatable
        value = self._value(node)
        if value is not None:
            return self._day(value)
        reference = self._reference(node)
        year, month, day_ = (f"number(format-date({reference}, '%{sign}'))" for sign in "Ymd")
        return Day(year, month, day_, (f"{reference} != ''",))


def _is_other_than_zero(node: Any) -> bool:
    return isinstance(node, ast.Constant) and node.value != 0
