"""A visit worked out again after one answer changed: only what depends on it. What the rest came to is taken over.

Where something comes to the same as before, what depends on that alone is taken over as well.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from greenstar.assessment.model import Visit
from greenstar.i18n.phrase import Text
from greenstar.scheme.model import Scheme, Step
from greenstar.scheme.rules.expression import Rule
from greenstar.scoring.checks import Complaint
from greenstar.scoring.environment import Environment, keys_of
from greenstar.scoring.graph import Graph
from greenstar.scoring.score import Worked, carry_out
from greenstar.scoring.scorecard import CriterionScore


class _Again(NamedTuple):
    """A step that an answer may change; its keys, and the steps that read it.

    `always`: it is worked out again in any case.
    """

    step: Step
    keys: Sequence[Any]
    readers: frozenset[Step]
    always: bool


@dataclass(frozen=True)
class _Following:
    """What an answer may change: steps in their order. `criteria`: those whose questions are looked up again."""

    steps: Sequence[_Again]
    criteria: Sequence[str]
    refusing: Sequence[tuple[str, Rule, Text]]


class IncrementalScoring:
    """Works out visits of one scheme again after an answer."""

    def __init__(self, scheme: Scheme) -> None:
        self.scheme = scheme
        self.graph = Graph(scheme)
        self._following: dict[tuple[str, bool], _Following] = {}

    def after(self, before: Worked, visit: Visit, question: str) -> Worked:
        """What `work_out` gives for `visit`, which differs from that of `before` in the answer to one question."""
        old, following = before.environment, self._after(before, visit, question)
        environment = Environment(self.scheme, visit)
        environment.values, environment.absent = dict(old.values), dict(old.absent)
        environment.applies, environment.undecided = dict(old.applies), set(old.undecided)
        environment.missing, environment.long_figures = dict(old.missing), old.long_figures
        for criterion in following.criteria:
            environment.undecided.discard(criterion)
            environment.missing.pop(criterion, None)
        after = Worked(environment, dict(before.scores))
        moved: set[Step] = set()  # those that read something else now
        for again in following.steps:
            # Beside a long figure the other rules are worked out in another way.
            if again.always or again.step in moved or environment.long_figures:
                _work_out(again, after)
                if _differs(again, before, after):
                    moved |= again.readers
                elif again.step.kind == "criterion" and not again.always:
                    after.scores[again.step.id] = before.scores[again.step.id]  # with what its group gave it
        return after

    def refused_by(self, before: Worked, after: Worked, question: str) -> Complaint | None:
        """What a check refuses now and did not before, or None."""
        for name, rule, because in self._after(before, after.environment.visit, question).refusing:
            if not after.scores[name].applies or after.environment.rule(rule) is not True:
                continue
            if not before.scores[name].applies or before.environment.rule(rule) is not True:
                return Complaint(name, True, because)
        return None

    def _after(self, before: Worked, visit: Visit, question: str) -> _Following:
        corrected = question in before.environment.visit.answers and question in visit.answers
        known = question, corrected
        if known not in self._following:
            steps = self._steps_after(question, corrected=corrected)
            noted = [step.id for step in steps if step.kind == "question" and not (corrected and step.id == question)]
            self._following[known] = _Following(
                list(self._again(steps)),
                list({self.scheme.criterion_of[name]: None for name in noted}),
                list(self._refusing(steps)),
            )
        return self._following[known]

    def _steps_after(self, question: str, *, corrected: bool) -> tuple[Step, ...]:
        """The steps that an answer may change; with its criteria their group, where that gives them points.

        Where it shares their points out, all of its criteria: sharing out begins with points as they were earned.
        """
        steps = set(self.graph.after(Step("question", question), corrected=corrected))
        for group in {self.scheme.parent[step.id] for step in steps if step.kind == "criterion"}:
            if self._policies(group) & {"award", "zero", "redistribute"}:
                steps.add(Step("group", group))
            if self._shares_out(group):
                steps |= {Step("criterion", member.id) for member in self.scheme.groups[group].criteria}
        return self.graph.in_order(steps)

    def _policies(self, group: str) -> set[str]:
        return {self.scheme.policy(member) for member in self.scheme.groups[group].criteria}

    def _shares_out(self, group: str) -> bool:
        return "redistribute" in self._policies(group)

    def _again(self, steps: Sequence[Step]) -> Iterator[_Again]:
        among = frozenset(step for step in steps if step.kind != "checks")
        for step in steps:
            if step in among:
                yield _Again(step, keys_of(step), self.graph.readers_among(among, step), self._is_always_moved(step))

    def _is_always_moved(self, step: Step) -> bool:
        """Questions, as what is missing is noted of a criterion as a whole, and all that a group shares out anew."""
        if step.kind in ("criterion", "group"):
            return self._shares_out(self.scheme.parent[step.id] if step.kind == "criterion" else step.id)
        return step.kind == "question"

    def _refusing(self, steps: Sequence[Step]) -> Iterator[tuple[str, Rule, Text]]:
        """The rules that may refuse an answer after which these steps come."""
        touched, keys = frozenset(steps), {key for step in steps for key in keys_of(step)}
        for id_, criterion in self.scheme.criteria.items():
            for check in criterion.checks if Step("checks", id_) in touched else ():
                rule = check.refuse
                if rule is not None and (Step("applies", id_) in touched or keys & rule.reads):
                    yield id_, rule, check.because


def _work_out(again: _Again, after: Worked) -> None:
    environment = after.environment
    for key in again.keys:
        environment.values.pop(key, None)
        environment.absent.pop(key, None)
    carry_out(environment, after.scores, (again.step,))


def _differs(again: _Again, before: Worked, after: Worked) -> bool:
    """Whether what a step came to is something else than before, for those that read it."""
    (kind, name), old, new = again.step, before.environment, after.environment
    if kind == "group":
        return True  # others may read its criteria as well
    if kind == "applies" and new.marked(new.scheme.criteria[name]):
        return True  # it does not apply either way, but whether it is excused goes by its rule
    for key in again.keys:
        if not _alike(_known(old, key), _known(new, key)):
            return True
    if kind in ("applies", "criterion") and not _alike(old.applies[name], new.applies[name]):
        return True
    return kind == "criterion" and not _earns_alike(before.scores[name], after.scores[name])


def _known(environment: Environment, key: Any) -> Any:
    """A value, or why there is none; None where nobody asked for it."""
    value = environment.values.get(key)
    return environment.absent.get(key) if value is None else value


def _earns_alike(before: CriterionScore, after: CriterionScore) -> bool:
    """Whether a criterion came to the same, whatever its group makes of that."""
    return (
        before.outcome is after.outcome
        and before.earned == after.earned
        and before.best == after.best
        and before.excused == after.excused
        and _alike(before.value, after.value)
        and before.reason == after.reason
    )


def _alike(before: Any, after: Any) -> bool:
    return before is after or (type(before) is type(after) and before == after)


@lru_cache(maxsize=8)
def incremental_of(scheme: Scheme) -> IncrementalScoring:
    """The `IncrementalScoring` of a scheme, made once."""
    return IncrementalScoring(scheme)
