"""A visit worked out again after one answer changed: only what depends on it. What the rest came to is taken over."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from greenstar.assessment.model import Visit
from greenstar.i18n.phrase import Text
from greenstar.scheme.model import Scheme, Step
from greenstar.scheme.rules.expression import Rule
from greenstar.scoring.checks import Complaint
from greenstar.scoring.environment import Environment, keys_of
from greenstar.scoring.graph import Graph
from greenstar.scoring.score import Worked, carry_out


@dataclass(frozen=True)
class _Following:
    """What an answer changes: steps; what they had worked out, by its keys and criteria; rules that may refuse it."""

    steps: Sequence[Step]
    keys: Sequence[Any]
    criteria: Sequence[str]
    refusing: Sequence[tuple[str, Rule, Text]]


class IncrementalScoring:
    """Works out visits of one scheme again after an answer."""

    def __init__(self, scheme: Scheme) -> None:
        self.scheme = scheme
        self.graph = Graph(scheme)
        self._following: dict[str, _Following] = {}

    def after(self, before: Worked, visit: Visit, question: str) -> Worked:
        """What `work_out` gives for `visit`, which differs from that of `before` in the answer to one question."""
        old, following = before.environment, self._after(question)
        environment = Environment(self.scheme, visit)
        environment.values, environment.absent = dict(old.values), dict(old.absent)
        environment.applies, environment.undecided = dict(old.applies), set(old.undecided)
        environment.missing, environment.long_figures = dict(old.missing), old.long_figures
        scores = dict(before.scores)
        for key in following.keys:
            environment.values.pop(key, None)
            environment.absent.pop(key, None)
        for criterion in following.criteria:
            environment.undecided.discard(criterion)
            environment.missing.pop(criterion, None)
        carry_out(environment, scores, following.steps)
        return Worked(environment, scores)

    def refused_by(self, before: Worked, after: Worked, question: str) -> Complaint | None:
        """What a check refuses now and did not before, or None."""
        for name, rule, because in self._after(question).refusing:
            if not after.scores[name].applies or after.environment.rule(rule) is not True:
                continue
            if not before.scores[name].applies or before.environment.rule(rule) is not True:
                return Complaint(name, True, because)
        return None

    def _after(self, question: str) -> _Following:
        if question not in self._following:
            steps = self._steps_after(question)
            touched = {step.id for step in steps if step.kind == "checks"}
            self._following[question] = _Following(
                steps,
                [key for step in steps for key in keys_of(step)],
                list({self.scheme.criterion_of[step.id]: None for step in steps if step.kind == "question"}),
                [
                    (id_, check.refuse, check.because)
                    for id_, criterion in self.scheme.criteria.items()
                    for check in criterion.checks
                    if id_ in touched and check.refuse is not None
                ],
            )
        return self._following[question]

    def _steps_after(self, question: str) -> tuple[Step, ...]:
        """The steps that an answer changes; with its criteria their group, which gives those that do not apply points.

        Where it shares their points out, all of its criteria: sharing out begins with points as they were earned.
        """
        steps = set(self.graph.after(Step("question", question)))
        groups = {self.scheme.parent[step.id] for step in steps if step.kind == "criterion"}
        for group in groups:
            steps.add(Step("group", group))
            members = self.scheme.groups[group].criteria
            if any(self.scheme.policy(member) == "redistribute" for member in members):
                steps |= {Step("criterion", member.id) for member in members}
        return self.graph.in_order(steps)


@lru_cache(maxsize=8)
def incremental_of(scheme: Scheme) -> IncrementalScoring:
    """The `IncrementalScoring` of a scheme, made once."""
    return IncrementalScoring(scheme)
