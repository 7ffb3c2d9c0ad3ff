"""A second, slow evaluator, written from the format's document alone: what the real one must agree with.

It works on the scheme as plain data (mappings, lists, strings, numbers) and knows no class of the program.
Every figure is worked out by asking for what it needs; nothing is ordered or compiled. What is merely missing is
None; what can never be known in this visit is NEVER.
"""

import ast
import operator
from collections.abc import Callable
from decimal import Decimal, localcontext
from fractions import Fraction
from itertools import pairwise
from typing import Any

Tree = dict[str, Any]
ZERO = Fraction(0)


class Never:
    """Unknown for good."""


NEVER = Never()


def number(value: Any) -> Fraction:
    """A number of the file; `N%` is N/100."""
    text = str(value)
    return Fraction(text[:-1]) / 100 if text.endswith("%") else Fraction(text)


class Naive:
    """One visit under one scheme. `full` says what an open criterion earns: all (best) or nothing (worst, now)."""

    def __init__(self, scheme: Tree, visit: Tree, *, full: bool = False) -> None:
        self.scheme = scheme
        self.visit = visit
        self.full = full
        self.criteria: dict[str, Tree] = {}
        self.groups: dict[str, Tree] = {}
        self.siblings: dict[str, list[Tree]] = {}
        self.bonus: set[str] = set()
        for category in scheme["categories"]:
            self._collect(category, bool(category.get("bonus")))
        self.root = {**scheme.get("scoring", {}), "categories": scheme["categories"]}

    def _collect(self, group: Tree, bonus: bool) -> None:
        self.groups[group["category"]] = group
        for criterion in group.get("criteria", []):
            self.criteria[criterion["id"]] = criterion
            self.siblings[criterion["id"]] = group["criteria"]
            if bonus:
                self.bonus.add(criterion["id"])
        for child in group.get("categories", []):
            self._collect(child, bonus)

    # -- names and rules

    def rule(self, text: Any) -> Any:
        """The value of a rule, None where something is missing, or NEVER where it can never be known."""
        source = str(text)
        return self._node(ast.parse(source, mode="eval").body, source)

    def _node(self, node: Any, source: str) -> Any:
        def part(child: Any) -> Any:
            return self._node(child, source)

        match node:
            case ast.Constant(value=str()):
                return node.value
            case ast.Constant():
                return Fraction(str(ast.get_source_segment(source, node)))
            case ast.Name(id="true" | "false"):
                return node.id == "true"
            case ast.Name():
                return self.name(node.id)
            case ast.BoolOp():
                return _joined([part(child) for child in node.values], isinstance(node.op, ast.Or))
            case ast.UnaryOp():
                value = part(node.operand)
                if value is None or value is NEVER or isinstance(node.op, ast.UAdd):
                    return value
                return not value if isinstance(node.op, ast.Not) else -value
            case ast.BinOp():
                return _arithmetic(node.op, part(node.left), part(node.right))
            case ast.Compare():
                sides = [part(node.left), *(part(child) for child in node.comparators)]
                return _joined([_compared(op, *sides[at : at + 2]) for at, op in enumerate(node.ops)], False)
            case ast.IfExp():
                return _chosen(part(node.test), part(node.body), part(node.orelse))
            case ast.List():
                return [part(child) for child in node.elts]
            case ast.Call(func=ast.Name(id=function)):
                return self._call(function, [part(child) for child in node.args])
        raise AssertionError(ast.dump(node))

    def _call(self, function: str, values: list[Any]) -> Any:
        if NEVER in values or None in values:
            return NEVER if NEVER in values else None
        match function:
            case "chosen":
                return self.times_chosen(*values)
            case "years" | "months":
                months = _months(*values)
                return Fraction(int(months / 12)) if function == "years" else Fraction(months)
            case "answer":
                return self.name(values[0])
            case "points":
                return self.points_known(values[0])
            case "share":
                return self.share_known(values[0])
            case "count":
                return Fraction(len(values[0]))
            case "min":
                return min(values)
            case "max":
                return max(values)
            case "abs":
                return abs(values[0])
            case _:
                rounded = Fraction((abs(values[0]) + Fraction(1, 2)).__floor__())
                return rounded if values[0] >= 0 else -rounded

    def name(self, name: str) -> Any:
        """The value of a fact, a named quantity, a question, or the result of scoring."""
        if name == "total":
            return self.total
        if name == "not_applicable_points":
            return self.not_applicable_points
        if name == "excused_points":
            return self.excused_points
        if name == "visited":
            return self.visit.get("visited")
        if name in self.scheme.get("facts", {}):
            asked = self.condition(self.scheme["facts"][name], "ask_if")
            return self.visit["facts"].get(name) if asked else None if asked is None else NEVER
        if name in self.scheme.get("values", {}):
            return self.rule(self.scheme["values"][name]["of"])
        for identifier, criterion in self.criteria.items():
            if name in questions(criterion):
                if self.applies(identifier) is False or self.asked(identifier, name) is False:
                    return NEVER
                asked = self.applies(identifier) is True and self.asked(identifier, name) is True
                return self.visit["answers"].get(name) if asked else None
        raise AssertionError(name)

    def condition(self, holder: Tree, key: str) -> bool | None:
        """Whether an `applies_if` or `ask_if` holds; one that can never be known does not."""
        result = self.rule(holder[key]) if key in holder else True
        return False if result is NEVER else result

    def times_chosen(self, option: str, group: str | None = None) -> Fraction | None:
        """How many criteria that apply, of all or of a group, were answered with an option by their lone choice."""
        inside = self.criteria if group is None else _within(self.groups[group])
        rows = [name for name in inside if self.criteria[name].get("type") == "choice"]
        rows = [name for name in rows if option in options_of(self.scheme, self.criteria[name])]
        answers = [self.name(name) for name in rows if self.applies(name) is not False]
        return None if None in answers else Fraction(answers.count(option))

    # -- criteria

    def applies(self, identifier: str) -> bool | None:
        """Whether a criterion applies; None while that is open."""
        if identifier in self.visit["not_applicable"]:
            return False
        return self.condition(self.criteria[identifier], "applies_if")

    def asked(self, identifier: str, name: str) -> bool | None:
        """Whether a question is asked; None while that is open."""
        return self.condition(questions(self.criteria[identifier])[name], "ask_if")

    def missing(self, identifier: str) -> bool:
        """Whether an asked question has no answer yet, or it is open what is asked."""
        return any(
            self.asked(identifier, name) is None
            or (self.asked(identifier, name) is True and name not in self.visit["answers"])
            for name, question in questions(self.criteria[identifier]).items()
            if question["type"] not in ("text", "date")  # optional unless a rule names them
        )

    def outcome(self, identifier: str) -> str:
        criterion = self.criteria[identifier]
        if self.applies(identifier) is False:
            return "not_applicable"
        if criterion.get("prerequisite"):
            return self._gate(identifier, criterion)
        earned = self._earned(identifier)
        if earned is None:
            return "not_answered"
        most = number(criterion["points"])
        return "met" if earned == most else "partly_met" if earned > 0 else "not_met"

    def _gate(self, identifier: str, criterion: Tree) -> str:
        if self.applies(identifier) is None:
            return "not_answered"
        if "met_if" in criterion:
            met = self.rule(criterion["met_if"])
            if met is None or (met is NEVER and self.missing(identifier)):
                return "not_answered"
            return "met" if met is True else "not_met"
        asked = [name for name in questions(criterion) if self.asked(identifier, name) is not False]
        gates = [name for name in asked if questions(criterion)[name]["type"] == "boolean"]
        if any(self.name(name) is False for name in gates):
            return "not_met"
        return "not_answered" if any(self.name(name) is None for name in gates) else "met"

    def _earned(self, identifier: str) -> Fraction | None:
        """What the answers earn, of the points in the file; None where the criterion is open."""
        criterion = self.criteria[identifier]
        if self.applies(identifier) is None:
            return None
        if any(self.asked(identifier, name) is None for name in questions(criterion)):
            return None
        most = number(criterion["points"])
        if "score" not in criterion:
            return self._plain(identifier, criterion, most)
        score = criterion["score"]
        numbers = [name for name, question in questions(criterion).items() if question["type"] == "number"]
        value = self.rule(score["of"]) if "of" in score else self.name(numbers[0])
        if value is None or value is NEVER:
            return None if value is None or self.missing(identifier) else ZERO
        return max(ZERO, min(most, _worth(score, value)))

    def _plain(self, identifier: str, criterion: Tree, most: Fraction) -> Fraction | None:
        earned = ZERO
        asked = questions(criterion)
        graded = {name: options_of(self.scheme, question) for name, question in asked.items()}
        graded = {
            name: options for name, options in graded.items() if any("points" in option for option in options.values())
        }
        for name in graded or [name for name, question in asked.items() if question["type"] == "boolean"]:
            if self.asked(identifier, name) is False:
                continue
            answer = self.name(name)
            if answer is None:
                return None
            if answer is True:
                earned += most
            elif answer is not False:
                ticked = [answer] if isinstance(answer, str) else answer
                earned += sum((number(graded[name][option].get("points", 0)) for option in ticked), ZERO)
        return max(ZERO, min(most, earned))

    # -- points in their places

    def policy(self, identifier: str) -> str:
        default = self.scheme.get("scoring", {}).get("not_applicable", "exclude")
        return str(self.criteria[identifier].get("not_applicable", default))

    def scored(self, identifier: str) -> tuple[Fraction, Fraction]:
        """Points and available of a criterion, after what siblings hand over."""
        criterion = self.criteria[identifier]
        if criterion.get("prerequisite"):
            return ZERO, ZERO
        most = number(criterion["points"])
        if self.applies(identifier) is False:
            policy = self.policy(identifier)
            return (most, most) if policy == "award" else (ZERO, most) if policy == "zero" else (ZERO, ZERO)
        earned = self._earned(identifier)
        if earned is None:
            earned = most if self.full else ZERO
        if most == 0:
            return ZERO, ZERO
        worth = most + self._handed_over(identifier)
        return earned * worth / most, worth

    def _handed_over(self, identifier: str) -> Fraction:
        rows = [row for row in self.siblings[identifier] if not row.get("prerequisite") and number(row["points"]) > 0]
        gone = [row for row in rows if self.applies(row["id"]) is False and self.policy(row["id"]) == "redistribute"]
        here = [row for row in rows if self.applies(row["id"]) is not False]
        return sum((number(row["points"]) for row in gone), ZERO) / len(here)

    def group(self, group: Tree) -> tuple[Fraction, Fraction] | None:
        """Points and available of a group; None where nothing in it applies or has points."""
        rows: list[tuple[Fraction, Fraction, Fraction]] = []
        for criterion in group.get("criteria", []):
            points, available = self.scored(criterion["id"])
            rows.append((number(criterion.get("weight", 1)), points, available))
        for child in group.get("categories", []):
            inner = None if child.get("bonus") else self.group(child)
            if inner is not None:
                rows.append((number(child.get("weight", 1)), *inner))
        rows = [row for row in rows if row[2] > 0]
        if not rows:
            return None
        method = group.get("method", "sum")
        points = sum((weight * points for weight, points, _ in rows), ZERO)
        available = sum((weight * available for weight, _, available in rows), ZERO)
        if method == "sum" and "points" not in group:
            return points, available
        weights = sum((weight for weight, _, _ in rows), ZERO)
        shares = [(weight / weights, points / available) for weight, points, available in rows]
        share = {
            "sum": lambda: points / available,
            "mean": lambda: sum((weight * share for weight, share in shares), ZERO),
            "min": lambda: min(share for _, share in shares),
            "geometric": lambda: _geometric(shares),
        }[method]()
        worth = number(group.get("points", 100))
        return share * worth, worth

    def points_known(self, name: str) -> Fraction | None:
        """`points("ID")`: 0 where it does not apply, missing while it may still move."""
        if self.moving(name):
            return None
        if name in self.groups:
            result = self.capped(self.groups[name])
            return result[0] if result else ZERO
        return ZERO if self.applies(name) is False else self._earned(name)

    def share_known(self, name: str) -> Any:
        """`share("ID")`: never known where it does not apply or has no points, missing while it may still move."""
        if name in self.groups:
            result = self.group(self.groups[name])
            return None if self.moving(name) else result[0] / result[1] if result else NEVER
        most = number(self.criteria[name]["points"])
        if not most or self.applies(name) is False:
            return NEVER
        earned = self._earned(name)
        return None if earned is None or self.moving(name) else earned / most

    def moving(self, name: str) -> bool:
        """Whether what a criterion or group earns is still open."""
        if name in self.criteria:
            return self.outcome(name) == "not_answered"
        low, high = (Naive(self.scheme, self.visit, full=full).group(self.groups[name]) for full in (False, True))
        return low != high

    def capped(self, group: Tree) -> tuple[Fraction, Fraction] | None:
        """A group as it counts: a bonus adds at most its `max`."""
        result = self.group(group)
        if result is None or not group.get("bonus"):
            return result
        most = number(group["max"])
        return min(result[0], most), most

    @property
    def total(self) -> Fraction | None:
        root = self.group(self.root)
        if root is None:
            return None
        extra = ZERO
        for category in self.scheme["categories"]:
            result = self.capped(category) if category.get("bonus") else None
            extra += result[0] if result is not None else ZERO
        return root[0] + extra

    @property
    def not_applicable_points(self) -> Fraction:
        gone = [name for name in self.criteria if name not in self.bonus and self.applies(name) is False]
        return self._file_worth(gone)

    @property
    def excused(self) -> list[str]:
        """What the assessor took out, and its rule does not."""
        marked = [name for name in self.visit["not_applicable"] if self.policy(name) != "forbid"]
        return [name for name in marked if self.condition(self.criteria[name], "applies_if") is not False]

    @property
    def excused_points(self) -> Fraction:
        return self._file_worth([name for name in self.excused if name not in self.bonus])

    def _file_worth(self, names: list[str]) -> Fraction:
        return sum((number(self.criteria[name].get("points", 0)) for name in names), ZERO)

    def _excused(self, most: Any) -> bool:
        """At most so many points, or such a share of those that apply by rule. Only of a visit that is complete."""
        if not str(most).endswith("%"):
            return self.excused_points <= number(most)
        counted = [name for name in self.criteria if name not in self.bonus]
        worth = self._file_worth(
            [name for name in counted if self.condition(self.criteria[name], "applies_if") is not False]
        )
        return not worth or self.excused_points / worth <= number(most)

    # -- levels, as they stand now

    @property
    def level(self) -> str | None:
        """The highest level whose requirements all hold."""
        held: list[str] = []
        for level in self.scheme.get("levels", []):
            if self.holds(level.get("requires", {}), held):
                held.append(level["id"])
        return held[-1] if held else None

    def holds(self, requires: Tree, held: list[str]) -> bool:
        checks: dict[str, Callable[[Any], bool]] = {
            "total": lambda least: _reached(self.group(self.root), least, self.total),
            "each_category": self._each_category,
            "categories": lambda wanted: all(
                self.group(self.groups[name]) is None or _reached(self.group(self.groups[name]), least)
                for name, least in wanted.items()
            ),
            "criteria": lambda wanted: all(self._file_points(name) >= number(least) for name, least in wanted.items()),
            "any_of": lambda choices: all(map(self._any_of, choices if isinstance(choices, list) else [choices])),
            "level": lambda name: name in held,
            "findings": lambda wanted: all(
                sum(
                    (kind == "repeated" and taken_over) or kind == severity
                    for severity, taken_over in self.visit["findings"]
                )
                <= int(most)
                for kind, most in wanted.items()
            ),
            "evidence": self._evidence,
            "excused": self._excused,
            "complete": lambda wanted: (
                not wanted or all(self.outcome(name) != "not_answered" for name in self.criteria)
            ),
            "when": lambda rule: self.rule(rule) is True,
            "because": lambda _: True,
            "prerequisites": lambda _: True,
        }
        gates = requires.get("prerequisites", "all")
        every = [name for name, criterion in self.criteria.items() if criterion.get("prerequisite")]
        gated = every if gates == "all" else gates
        met = gates == "none" or all(self.outcome(name) in ("met", "not_applicable") for name in gated)
        return met and all(checks[key](wanted) for key, wanted in requires.items())

    def _each_category(self, wanted: Any) -> bool:
        words = wanted if isinstance(wanted, dict) else {"min": wanted}
        for category in self.scheme["categories"]:
            result = self.group(category)
            if category.get("bonus") or result is None or category["category"] in words.get("except", []):
                continue
            if self._hardly_applies(category, words.get("where_applies", "0%")):
                continue
            if not _reached(result, words["min"]):
                return False
        return True

    def _hardly_applies(self, category: Tree, least: Any) -> bool:
        """Whether less than such a share of a category's points applies."""
        names = _within(category)
        applying = [name for name in names if self.applies(name) is not False]
        worth = self._file_worth(names)
        return (self._file_worth(applying) / worth if worth else ZERO) < number(least)

    def _file_points(self, name: str) -> Fraction:
        most = number(self.criteria[name]["points"])
        return most if self.applies(name) is False else self._earned(name) or ZERO

    def _any_of(self, wanted: Tree) -> bool:
        return sum(self.outcome(name) == "met" for name in wanted["of"]) >= int(wanted["at_least"])

    def _evidence(self, least: Any) -> bool:
        listed = [name for name, criterion in self.criteria.items() if criterion.get("evidence")]
        counted = [name for name in listed if self.outcome(name) != "not_applicable"]
        shown = [name for name in counted if any(self.visit["evidence"].get(name, []))]
        return not counted or Fraction(len(shown), len(counted)) >= number(least)


def questions(criterion: Tree) -> dict[str, Tree]:
    """A criterion's questions; a lone one goes by the criterion's id."""
    return {criterion["id"]: criterion} if "ask" in criterion else criterion.get("questions", {})


def options_of(scheme: Tree, question: Tree) -> dict[str, Tree]:
    written = question.get("options", {})
    options: dict[str, Tree] = scheme["options"][written] if isinstance(written, str) else written
    return options


def _worth(score: Tree, value: Fraction) -> Fraction:
    """What a value earns by steps, by a line, or by itself."""
    for way in ("at_least", "at_most", "linear"):
        if way in score:
            edges = sorted((number(edge), number(points)) for edge, points in score[way].items())
            if way == "linear":
                return _on_line(edges, value)
            reached = [row for row in edges if (value >= row[0] if way == "at_least" else value <= row[0])]
            return (reached[-1] if way == "at_least" else reached[0])[1] if reached else ZERO
    return value


def _on_line(edges: list[tuple[Fraction, Fraction]], value: Fraction) -> Fraction:
    if value <= edges[0][0]:
        return edges[0][1]
    for (left, low), (right, high) in pairwise(edges):
        if value <= right:
            return low + (high - low) * (value - left) / (right - left)
    return edges[-1][1]


def _joined(parts: list[Any], decisive: bool) -> Any:
    """`and` and `or`: what is missing may yet decide; what is never known may not."""
    if decisive in parts:
        return decisive
    return None if None in parts else NEVER if NEVER in parts else not decisive


def _chosen(test: Any, first: Any, second: Any) -> Any:
    """`first if test else second`."""
    if test in (True, False):
        return first if test else second
    if first == second:
        return first
    if test is None:
        return None  # two branches that are never known were the same
    return None if None in (first, second) and NEVER not in (first, second) else NEVER


def _arithmetic(op: ast.operator, left: Any, right: Any) -> Any:
    if NEVER in (left, right) or (isinstance(op, ast.Div) and right == 0):
        return NEVER
    return None if None in (left, right) else _ARITHMETIC[type(op)](left, right)


def _compared(op: ast.cmpop, left: Any, right: Any) -> Any:
    if NEVER in (left, right) or None in (left, right):
        return NEVER if NEVER in (left, right) else None
    return _COMPARISONS[type(op)](left, right)


def _months(first: str, last: str) -> int:
    """The full months between two days."""
    if first > last:
        return -_months(last, first)
    (year, month, day), (to_year, to_month, to_day) = (map(int, text.split("-")) for text in (first, last))
    return (to_year - year) * 12 + to_month - month - (1 if to_day < day else 0)


def _within(group: Tree) -> list[str]:
    inner = [name for child in group.get("categories", []) for name in _within(child)]
    return [*(criterion["id"] for criterion in group.get("criteria", [])), *inner]


_ARITHMETIC: dict[type[ast.operator], Callable[[Fraction, Fraction], Fraction]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}
_COMPARISONS: dict[type[ast.cmpop], Callable[[Any, Any], bool]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.In: lambda left, right: left in right,
    ast.NotIn: lambda left, right: left not in right,
}


def _geometric(shares: list[tuple[Fraction, Fraction]]) -> Fraction:
    """The weighted geometric mean: worked out with 30 digits and rounded to 15."""
    if any(share == 0 for _, share in shares):
        return ZERO
    with localcontext() as context:
        context.prec = 30
        product = Decimal(1)
        for weight, share in shares:
            base = Decimal(share.numerator) / Decimal(share.denominator)
            product *= base ** (Decimal(weight.numerator) / Decimal(weight.denominator))
        context.prec = 15
        return Fraction(+product)


def _reached(result: tuple[Fraction, Fraction] | None, least: Any, points: Fraction | None = None) -> bool:
    """Whether a group has a least amount, in points or as a share of what is available."""
    if result is None:
        return False
    if str(least).endswith("%"):
        return result[0] / result[1] >= number(least)
    return (result[0] if points is None else points) >= number(least)
