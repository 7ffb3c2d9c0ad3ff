"""A visit to try answers on: what depends on a changed answer is worked out anew, and undone where it is no better.

What a visit costs: answers that checks refuse, then gates that do not hold, then points that are not earned.
"""

from collections.abc import Iterable, Mapping
from copy import copy
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any, NamedTuple

from greenstar.assessment.model import Answer, Evidence, Store, Visit
from greenstar.numbers import ZERO
from greenstar.scheme.model import Scheme, Step
from greenstar.scheme.parts import points_of
from greenstar.scoring.environment import Environment, keys_of
from greenstar.scoring.graph import Graph
from greenstar.scoring.score import carry_out
from greenstar.scoring.scorecard import CriterionScore, Outcome

_DAY = date(2026, 1, 1)
_EXCUSED = Fraction(1, 20)  # of its points: what does not apply is worse than points in full, better than none


class Cost(NamedTuple):
    """What is wrong with a visit; the less the better, the first first."""

    refused: int
    gates: int
    lost: Fraction


FREE = Cost(0, 0, ZERO)


class Trial:
    """One visit, kept worked out while its answers change."""

    def __init__(
        self,
        scheme: Scheme,
        graph: Graph,
        facts: Mapping[str, Answer],
        answers: Mapping[str, Answer],
        away: Mapping[str, str],
    ) -> None:
        self.scheme = scheme
        self.graph = graph
        self.facts, self.answers = dict(facts), dict(answers)
        self.visit = Visit(
            store=Store("WITNESS", "Witness"),
            visited=_DAY,
            facts=self.facts,
            answers=self.answers,
            not_applicable=dict(away),
            evidence={
                name: (Evidence("witness.jpg", verified=True),)
                for name, criterion in scheme.criteria.items()
                if criterion.evidence
            },
        )
        self.environment = Environment(scheme, self.visit)
        self.scores: dict[str, CriterionScore] = {}
        carry_out(self.environment, self.scores, scheme.order)
        self.costs = {name: self._cost(name) for name in scheme.criteria}

    def recorded(self) -> Visit:
        """The visit as somebody would record it: without answers to what is not asked."""
        asked = self.environment.values
        answers = {name: answer for name, answer in self.answers.items() if name in asked}
        facts = {name: fact for name, fact in self.facts.items() if name in asked}
        return replace(self.visit, facts=facts, answers=answers, not_applicable=dict(self.visit.not_applicable))

    def improve(self, changes: Mapping[str, Answer]) -> bool:
        """Give these answers if the visit then costs less; else leave it as it is."""
        steps = self._after(changes)
        touched = self._touched(steps)
        before = _sum(self.costs[name] for name in touched)
        kept = self._snapshot(steps, touched, changes)
        self._put(changes)
        self._forget(steps)
        carry_out(self.environment, self.scores, steps)
        for name in touched:
            self.costs[name] = self._cost(name)
        if _sum(self.costs[name] for name in touched) < before:
            return True
        self._forget(steps)
        self._restore(kept)
        return False

    def _after(self, changes: Mapping[str, Answer]) -> tuple[Step, ...]:
        afters = [self.graph.after(self.graph.step_of(name)) for name in changes]
        return afters[0] if len(afters) == 1 else self.graph.in_order({step for steps in afters for step in steps})

    def _touched(self, steps: Iterable[Step]) -> list[str]:
        """The criteria whose cost may change."""
        return list(dict.fromkeys(step.id for step in steps if step.kind in ("criterion", "checks")))

    def _put(self, changes: Mapping[str, Answer | None]) -> None:
        for name, answer in changes.items():
            kept = self.facts if name in self.scheme.facts else self.answers
            if answer is None:
                del kept[name]
            else:
                kept[name] = answer

    def _snapshot(self, steps: Iterable[Step], touched: Iterable[str], changes: Mapping[str, Answer]) -> "_Kept":
        here = self.environment
        keys = [key for step in steps for key in keys_of(step)]
        criteria = {step.id for step in steps if step.kind in ("criterion", "applies")}
        criteria |= {self.scheme.criterion_of[step.id] for step in steps if step.kind == "question"}
        groups = [step.id for step in steps if step.kind == "group"]
        scored = [criterion.id for name in groups for criterion in self.scheme.criteria_in[name]]
        return _Kept(
            changes={name: self.facts.get(name, self.answers.get(name)) for name in changes},
            values={key: here.values[key] for key in keys if key in here.values},
            absent={key: here.absent[key] for key in keys if key in here.absent},
            applies={name: here.applies[name] for name in criteria},
            undecided=here.undecided & criteria,
            missing={name: here.missing[name] for name in criteria if name in here.missing},
            scores={name: self.scores[name] for name in (*criteria, *scored)},
            costs={name: self.costs[name] for name in touched},
        )

    def _restore(self, kept: "_Kept") -> None:
        here = self.environment
        self._put(kept.changes)
        here.values.update(kept.values)
        here.absent.update(kept.absent)
        here.applies.update(kept.applies)
        here.undecided |= kept.undecided
        here.missing.update(kept.missing)
        self.scores.update(kept.scores)
        self.costs.update(kept.costs)

    def _forget(self, steps: Iterable[Step]) -> None:
        """Take out what the steps have worked out."""
        here = self.environment
        for step in steps:
            for key in keys_of(step):
                here.values.pop(key, None)
                here.absent.pop(key, None)
            if step.kind == "question":
                criterion = self.scheme.criterion_of[step.id]
                here.undecided.discard(criterion)
                here.missing.pop(criterion, None)
            elif step.kind == "group":  # sharing points out changes scores in place
                for member in self.scheme.criteria_in[step.id]:
                    self.scores[member.id] = copy(self.scores[member.id])

    def _cost(self, name: str) -> Cost:
        score, criterion = self.scores[name], self.scheme.criteria[name]
        worth = points_of(criterion)
        if not score.applies:
            policy = self.scheme.policy(criterion)
            return Cost(0, 0, ZERO if policy == "award" else worth if policy == "zero" else worth * _EXCUSED)
        refused = sum(
            check.refuse is not None and self.environment.rule(check.refuse) is True for check in criterion.checks
        )
        gates = int(criterion.prerequisite and score.outcome is not Outcome.MET)
        return Cost(refused, gates, worth - score.earned)


class _Kept(NamedTuple):
    """What was there before a change."""

    changes: Mapping[str, Answer | None]
    values: Mapping[Any, Any]
    absent: Mapping[Any, Any]
    applies: Mapping[str, Any]
    undecided: set[str]
    missing: Mapping[str, list[str]]
    scores: Mapping[str, CriterionScore]
    costs: Mapping[str, Cost]


def _sum(costs: Iterable[Cost]) -> Cost:
    refused, gates, lost = 0, 0, ZERO
    for cost in costs:
        refused, gates, lost = refused + cost.refused, gates + cost.gates, lost + cost.lost
    return Cost(refused, gates, lost)
