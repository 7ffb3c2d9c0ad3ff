"""A visit worked out again after one answer changed: only what depends on it. What the rest came to is taken over."""

from functools import lru_cache

from greenstar.assessment.model import Visit
from greenstar.scheme.model import Scheme, Step
from greenstar.scoring.checks import Complaint
from greenstar.scoring.environment import Environment, keys_of
from greenstar.scoring.graph import Graph
from greenstar.scoring.score import Worked, carry_out


class IncrementalScoring:
    """Works out visits of one scheme again after an answer."""

    def __init__(self, scheme: Scheme) -> None:
        self.scheme = scheme
        self.graph = Graph(scheme)
        self._steps: dict[str, tuple[Step, ...]] = {}

    def after(self, before: Worked, visit: Visit, question: str) -> Worked:
        """What `work_out` gives for `visit`, which differs from that of `before` in the answer to one question."""
        old, steps = before.environment, self._steps_after(question)
        environment = Environment(self.scheme, visit)
        environment.values, environment.absent = dict(old.values), dict(old.absent)
        environment.applies, environment.undecided = dict(old.applies), set(old.undecided)
        environment.missing, environment.long_figures = dict(old.missing), old.long_figures
        scores = dict(before.scores)
        for step in steps:
            self._forget(environment, step)
        carry_out(environment, scores, steps)
        return Worked(environment, scores)

    def refused_by(self, before: Worked, after: Worked, question: str) -> Complaint | None:
        """What a check refuses now and did not before, or None."""
        touched = {step.id for step in self._steps_after(question) if step.kind == "checks"}
        for name, criterion in self.scheme.criteria.items():
            if name not in touched or not after.scores[name].applies:
                continue
            for check in criterion.checks:
                if check.refuse is None or after.environment.rule(check.refuse) is not True:
                    continue
                if not before.scores[name].applies or before.environment.rule(check.refuse) is not True:
                    return Complaint(name, True, check.because)
        return None

    def _steps_after(self, question: str) -> tuple[Step, ...]:
        """The steps that an answer changes; with its criteria their group, which gives those that do not apply points.

        Where it shares their points out, all of its criteria: sharing out begins with points as they were earned.
        """
        known = self._steps.get(question)
        if known is None:
            steps = set(self.graph.after(Step("question", question)))
            groups = {self.scheme.parent[step.id] for step in steps if step.kind == "criterion"}
            for group in groups:
                steps.add(Step("group", group))
                members = self.scheme.groups[group].criteria
                if any(self.scheme.policy(member) == "redistribute" for member in members):
                    steps |= {Step("criterion", member.id) for member in members}
            known = self._steps[question] = self.graph.in_order(steps)
        return known

    def _forget(self, environment: Environment, step: Step) -> None:
        """Take out what a step worked out before."""
        for key in keys_of(step):
            environment.values.pop(key, None)
            environment.absent.pop(key, None)
        if step.kind == "question":
            criterion = self.scheme.criterion_of[step.id]
            environment.undecided.discard(criterion)
            environment.missing.pop(criterion, None)


@lru_cache(maxsize=8)
def incremental_of(scheme: Scheme) -> IncrementalScoring:
    """The `IncrementalScoring` of a scheme, made once."""
    return IncrementalScoring(scheme)
