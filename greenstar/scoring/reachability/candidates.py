"""The answers worth trying for a question: its ends, its options, and the figures at which a rule may turn."""

import ast
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from functools import cached_property
from itertools import combinations, islice
from typing import Any

from greenstar.assessment.model import Answer
from greenstar.scheme.document import Question
from greenstar.scheme.fields import DATE
from greenstar.scheme.model import Scheme, is_percent, limits, rules_of
from greenstar.scheme.rules.expression import Rule

_MOST_COMBINED = 4  # with more options than these, not every combination is tried
_MOST = 40
_ROUND = tuple(Fraction(part) * 10**power for power in range(7) for part in (1, 2, 5))


class Candidates:
    """Answers to try, by the name of a fact or question; the first is the one to begin with."""

    def __init__(self, scheme: Scheme) -> None:
        self.scheme = scheme
        self._found: dict[str, dict[Answer, None]] = {}
        self._more: dict[str, Iterator[Answer]] = {}

    def of(self, name: str) -> list[Answer]:
        """Those of one question, none twice."""
        return list(self.one_by_one(name))

    def one_by_one(self, name: str) -> Iterator[Answer]:
        """The same, each worked out when it is its turn: mostly the first few do."""
        if name not in self._found:
            question = self.scheme.facts.get(name) or self.scheme.questions[name]
            self._found[name], self._more[name] = {}, islice(self._of(name, question), _MOST)
        known = self._found[name]
        yield from list(known)
        for answer in self._more[name]:
            if answer not in known:
                known[answer] = None
                yield answer

    def _of(self, name: str, question: Question) -> Iterator[Answer]:
        match question.type:
            case "boolean":
                yield from (True, False)
            case "choice":
                options = self.scheme.options(question)
                yield from sorted(options, key=lambda option: -(options[option].points or 0))
            case "multiple":
                yield from self._ticked(question)
            case "number":
                yield from _numbers(question, sorted(self._figures[name]))
            case "text":
                yield from self._texts(name, question)
            case "date":
                yield from (date.fromisoformat(text) for text in sorted(self._words[name]) if DATE.fullmatch(text))
                yield date(2026, 1, 1)

    def _ticked(self, question: Question) -> Iterator[tuple[str, ...]]:
        options = tuple(self.scheme.options(question))
        yield options
        sizes = range(len(options) + 1) if len(options) <= _MOST_COMBINED else (len(options) - 1, 1, 0)
        for size in sizes:
            yield from combinations(options, size)

    def _texts(self, name: str, question: Question) -> Iterator[str]:
        low, high = int(question.min or 1), int(question.max or 10_000)
        yield ("witness " * (low // 8 + 1))[: max(low, min(high, 7))].strip().ljust(low, ".")
        yield from (word for word in sorted(self._words[name]) if low <= len(word) <= high)

    @cached_property
    def _figures(self) -> dict[str, set[Fraction]]:
        """The figures that stand in the same rule as a name, or are edges of its criterion."""
        found: dict[str, set[Fraction]] = defaultdict(set)
        for rule, edges in self._rules():
            figures = {value for value in _constants(rule) if isinstance(value, Fraction)}
            for name in self.scheme.names_behind(rule):
                found[name] |= edges | figures
        return found

    @cached_property
    def _words(self) -> dict[str, set[str]]:
        """The texts that stand in the same rule as a name."""
        found: dict[str, set[str]] = defaultdict(set)
        for rule, _ in self._rules():
            words = {value for value in _constants(rule) if isinstance(value, str)}
            for name in self.scheme.names_behind(rule):
                found[name] |= words
        return found

    def _rules(self) -> Iterator[tuple[Rule, set[Fraction]]]:
        scheme = self.scheme
        for criterion in scheme.criteria.values():
            of, score = scheme.rule_of_score(criterion), criterion.score
            steps = (score.at_least, score.at_most, score.linear) if score is not None else ()
            edges = {edge for line in steps if line is not None for edge, _ in line} | {criterion.points or Fraction(0)}
            yield from ((rule, set()) for rule in rules_of(criterion))
            if of is not None:
                yield of, edges
        for question in (*scheme.facts.values(), *scheme.questions.values()):
            if question.ask_if is not None:
                yield question.ask_if, set()
        for requires in (*(level.requires for level in scheme.levels), scheme.lighthouse.requires):
            if requires.when is not None:
                yield requires.when, set()


def _constants(rule: Rule) -> Iterator[Any]:
    return (node.value for node in ast.walk(rule.tree) if isinstance(node, ast.Constant))


def _numbers(question: Question, figures: list[Fraction]) -> Iterator[Fraction]:
    """A usual figure first, then the ends, then those at which a rule turns and just beside, then round ones."""
    low, high = limits(question)
    plausible = question.plausible or []
    ends = [end for end in (low, high) if end is not None]
    usual = (
        sum(plausible, Fraction(0)) / 2 if plausible else low if low is not None else min(ends[-1:] or [Fraction(1)])
    )
    beside = [figure + step for figure in figures for step in (1, -1)]
    between = [low + (high - low) * part / 10 for part in range(1, 10)] if low is not None and high is not None else []
    for figure in (usual, *ends, *plausible, *figures, *beside, *between, *_ROUND):
        found = _fitting(question, figure)
        if (low is None or found >= low) and (high is None or found <= high):
            yield found


def _fitting(question: Question, figure: Fraction) -> Fraction:
    """The figure as somebody can type it: a whole number where it must be, at most four decimals else."""
    typed = figure * 100 if is_percent(question.unit) else figure
    typed = Fraction(round(typed)) if question.whole else Fraction(round(typed * 10**4), 10**4)
    return typed / 100 if is_percent(question.unit) else typed
