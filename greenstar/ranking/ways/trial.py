"""A visit in which steps have been taken, scored anew: criteria raised, findings closed, evidence verified."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from greenstar.assessment.model import Evidence, Visit
from greenstar.numbers import ZERO
from greenstar.ranking.ways.demands import with_lower
from greenstar.ranking.ways.ladders import Ladder, Rung
from greenstar.scheme.levels import Level
from greenstar.scheme.model import Scheme
from greenstar.scheme.parts import points_of
from greenstar.scoring.levels import LevelCheck
from greenstar.scoring.score import Worked, standing_of, work_out
from greenstar.scoring.scorecard import CriterionScore, Outcome, Unmet
from greenstar.scoring.standing import Standing

_SEEN = (Evidence("", verified=True),)


class StepsTaken(NamedTuple):
    """What is done: the rung that each criterion comes to, the findings closed (their places), evidence verified."""

    rungs: Mapping[str, Rung]
    closed: Collection[int] = ()
    verified: Collection[str] = ()


@dataclass(frozen=True)
class WayTrial:
    """A visit as it stands. `anew`: rules read points of others, so that all is worked out again after each step."""

    standing: Standing
    ladders: Mapping[str, Ladder]
    anew: bool = False

    def after(self, steps: StepsTaken) -> Standing:
        """The visit once the steps are taken."""
        scheme, visit = self.standing.scheme, visit_after(self.standing.visit, steps)
        return standing_of(scheme, visit, self._worked(scheme, visit, steps))

    def _worked(self, scheme: Scheme, visit: Visit, steps: StepsTaken) -> Worked:
        before = self.standing.scores
        raised = {name: raised_score(scheme, before[name], rung) for name, rung in steps.rungs.items()}
        if not self.anew:
            return Worked(self.standing.environment, {**before, **raised})
        return work_out(scheme, visit, raised)

    def in_full(self) -> StepsTaken:
        """Everything that can be done."""
        rungs = {name: ladder.rungs[-1] for name, ladder in self.ladders.items() if len(ladder.rungs) > 1}
        visit = self.standing.visit
        return StepsTaken(rungs, range(len(visit.findings)), self.standing.scheme.criteria.keys())


def visit_after(visit: Visit, steps: StepsTaken) -> Visit:
    """The visit with its findings closed and its evidence verified."""
    if not steps.closed and not steps.verified:
        return visit
    findings = tuple(
        replace(finding, closed=date.max) if place in steps.closed else finding
        for place, finding in enumerate(visit.findings)
    )
    evidence = {**visit.evidence, **{name: (*visit.evidence.get(name, ()), *_SEEN) for name in steps.verified}}
    return replace(visit, findings=findings, evidence=evidence)


def raised_score(scheme: Scheme, score: CriterionScore, rung: Rung) -> CriterionScore:
    """The score of a criterion that has come to a rung."""
    worth = points_of(scheme.criteria[score.id])
    below = Outcome.PARTLY_MET if rung.points > 0 else Outcome.NOT_MET
    outcome = Outcome.MET if rung.met else below
    points = rung.points * score.available / worth if worth else ZERO
    return replace(score, outcome=outcome, points=points, earned=rung.points, best=rung.points)


def lacking(standing: Standing, level: Level) -> tuple[Unmet, ...]:
    """What the level and the lower ones that it asks for lack; nothing where it holds."""
    check = LevelCheck(standing, optimistic=False)
    unmet: list[Unmet] = []
    for part in reversed(list(with_lower(standing.scheme, level))):
        unmet += (lack for lack in check.unmet(part.requires) if lack not in unmet)
        check.holding.add(part.id)  # what it lacks is told in its own words
    return tuple(unmet)
