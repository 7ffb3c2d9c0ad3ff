"""The answers worth trying for a question: its ends, its options, and the figures at which a rule may turn."""

import ast
from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction
from functools import cached_property
from itertools import islice
from typing import Any

from greenstar.assessment.answer_types import answer_type
from greenstar.assessment.model import Answer
from greenstar.scheme.document import Question
from greenstar.scheme.model import Scheme
from greenstar.scheme.parts import rules_of
from greenstar.scheme.rules.expression import Rule

_MOST = 40


class Candidates:
    """Answers to try, by the name of a fact or question; the first is the one to begin with."""

    def __init__(self, scheme: Scheme) -> None:
        self.scheme = scheme
        self._values: dict[str, dict[Answer, None]] = {}
        self._more: dict[str, Iterator[Answer]] = {}

    def of(self, name: str) -> list[Answer]:
        """Those of one question, none twice."""
        return list(self.one_by_one(name))

    def one_by_one(self, name: str) -> Iterator[Answer]:
        """The same, each worked out when it is its turn: mostly the first few do."""
        if name not in self._values:
            question = self.scheme.asked(name)
            self._values[name], self._more[name] = {}, islice(self._of(name, question), _MOST)
        known = self._values[name]
        yield from list(known)
        for answer in self._more[name]:
            if answer not in known:
                known[answer] = None
                yield answer

    def _of(self, name: str, question: Question) -> Iterator[Answer]:
        return iter(answer_type(self.scheme, question).candidates(self._mentioned[name]))

    @cached_property
    def _mentioned(self) -> dict[str, set[Any]]:
        """The figures and texts that stand in the same rule as a name, and the edges of its criterion."""
        mentioned: dict[str, set[Any]] = defaultdict(set)
        for rule, edges in self._rules():
            constants = {node.value for node in ast.walk(rule.tree) if isinstance(node, ast.Constant)}
            for name in self.scheme.names_behind(rule):
                mentioned[name] |= edges | constants
        return mentioned

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
        for requires in scheme.requirements:
            if requires.when is not None:
                yield requires.when, set()
