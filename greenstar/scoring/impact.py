"""What hangs on a criterion: the points that it can still bring, and what it costs where it is left as it is.

Of the two views of a visit, now (what is open earns nothing) and best (what is open earns everything):

    it brings    total(now, with it in full) - total(now), or what else a level lacks
    it costs     total(best) - total(best, with it as now), and the levels that are possible only with it

All else stays as it is in the view, and groups, weights, caps and means have their say: what two criteria bring
together need not be the sum of what each brings alone. What is left open counts as not met, and as open where a level
asks that nothing be. A level's rule that reads answers themselves is taken as undecided for as long as they are open.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from greenstar.assessment.model import Finding, Visit
from greenstar.numbers import ONE, ZERO
from greenstar.scheme.document import Criterion, FindingLimit, Requires
from greenstar.scheme.model import Scheme, points_of
from greenstar.scoring.groups import Tally, at_best, now
from greenstar.scoring.levels import LevelCheck
from greenstar.scoring.score import Worked, score, work_out
from greenstar.scoring.scorecard import CriterionScore, Outcome, Unmet
from greenstar.scoring.standing import Standing

Scores = Mapping[str, CriterionScore]
View = Callable[[CriterionScore], Fraction]


@dataclass(frozen=True, slots=True)
class Loss:
    """What is lost of the best that is possible: points of the total, and how many levels."""

    points: Fraction
    levels: int


class Impact:
    """What hangs on the criteria, files and findings of one visit; each is worked out when it is asked for."""

    def __init__(self, scheme: Scheme, visit: Visit, worked: Worked | None = None) -> None:
        self.scheme = scheme
        self.environment, self.scores = worked = worked or work_out(scheme, visit)
        self.card = score(scheme, visit, worked)
        tallies = Tally(scheme, self.scores, now).add_up(), Tally(scheme, self.scores, at_best).add_up()
        self._standing = Standing(scheme, visit, self.environment, self.scores, *tallies)
        self._order: list[str | None] = [None, *(level.id for level in scheme.levels)]
        self._held = frozenset(level.id for level in self.card.levels if level.holds)
        self._fulfilled: dict[str, Tally] = {}

    # -- criteria

    def loss_of(self, *criteria: str) -> Loss:
        """What these criteria together cost where they are left as they are."""
        still_open = [name for name in criteria if self.scores[name].open]
        if not still_open:
            return Loss(ZERO, 0)
        without, best = self._as_now(still_open), self.card.best.level
        possible = self._highest(_Check(without, complete=False), self._held)
        return Loss(_figure(self._standing.best) - _figure(without.best), self._steps(possible, best))

    def brings(self, unmet: Unmet, criterion: str) -> Fraction | None:
        """By how much a criterion in full moves what a level lacks, in the level's own terms; None: it is no figure."""
        match unmet.requirement:
            case "total" | "each_category" | "categories":
                return self._moved(unmet, self._in_full(criterion)) - self._moved(unmet, self._standing.now)
            case "criteria":
                return points_of(self.scheme.criteria[criterion]) - self.scores[criterion].earned
            case "evidence":
                return Fraction(1, len(_to_prove(self._standing)))
            case "any_of":
                return ONE
        return None

    # -- evidence, findings, and levels out of reach

    @property
    def lost_without_evidence(self) -> int:
        """The levels that are lost where a single criterion is left without a verified file and no other one is."""
        return self._steps(self._highest(_OneUnproved(self._standing)), self.card.best.level)

    def lost_by(self, finding: Finding) -> int:
        """The levels that an open finding costs, one of the visit or one more, where none of its kind is closed.

        All others are closed, as they are in the best that is still possible.
        """
        visit = self._standing.visit
        findings = visit.findings if finding in visit.findings else (*visit.findings, finding)
        worse = replace(self._standing, visit=replace(visit, findings=findings))
        return self._steps(self._highest(_LeftOpen(worse, finding.counts_as)), self.card.best.level)

    def out_of_reach(self, level: str) -> tuple[Unmet, ...]:
        """What a level lacks even if all that is open is fulfilled; nothing where it is still possible."""
        check = LevelCheck(self._standing, optimistic=True)
        for lower, result in zip(self.scheme.levels, self.card.levels, strict=True):
            if lower.id == level:
                return () if result.possible else check.unmet(lower.requires)
            if result.possible:
                check.holding.add(lower.id)
        return ()

    # -- other views of the visit

    def _in_full(self, criterion: str) -> Tally:
        """The points of now with this criterion at full points."""
        if criterion not in self._fulfilled:
            score = self.scores[criterion]
            scores = {**self.scores, criterion: self._full(criterion) if score.applies else score}
            touched = {self.scheme.category_of[criterion]}
            self._fulfilled[criterion] = self._tally(self._standing.now, scores, now, touched)
        return self._fulfilled[criterion]

    def _full(self, criterion: str) -> CriterionScore:
        score, worth = self.scores[criterion], points_of(self.scheme.criteria[criterion])
        return replace(score, outcome=Outcome.MET, points=score.available, earned=worth, best=worth)

    def _as_now(self, criteria: Iterable[str]) -> Standing:
        """The visit with these open ones not met."""
        before = self._standing
        failed = {name: replace(self.scores[name], outcome=Outcome.NOT_MET, best=ZERO) for name in criteria}
        scores = {**self.scores, **failed}
        touched = {self.scheme.category_of[name] for name in failed}
        shares = {key: share for key, share in before.shares_applying.items() if key[0] not in touched}
        best = self._tally(before.best, scores, at_best, touched)
        return replace(before, scores=scores, best=best, shares_applying=shares)

    def _tally(self, before: Tally, scores: Scores, view: View, touched: Collection[str]) -> Tally:
        """The points with other scores; only the categories that they stand in are added up again."""
        tally = Tally(self.scheme, scores, view)
        category_of = self.scheme.category_of
        tally.groups = {name: group for name, group in before.groups.items() if category_of[name] not in touched}
        return tally.add_up()

    def _highest(self, check: "_Check", held: Collection[str] = ()) -> str | None:
        """The highest level that holds in a check, or is held anyway."""
        highest = None
        for level in self.scheme.levels:
            if level.id in held or check.holds(level.requires):
                check.holding.add(level.id)
                highest = level.id
        return highest

    def _steps(self, low: str | None, high: str | None) -> int:
        return self._order.index(high) - self._order.index(low)

    def _moved(self, unmet: Unmet, tally: Tally) -> Fraction:
        """The figure that an unmet threshold speaks of."""
        if unmet.requirement == "total":
            return (tally.share if unmet.percent else tally.total) or ZERO
        group = tally.groups[unmet.subject]
        return (group.share if unmet.percent else group.points) or ZERO


class _Check(LevelCheck):
    """Whether a level holds in the best that is possible. `complete`: whether nothing stays open."""

    def __init__(self, standing: Standing, *, complete: bool = True) -> None:
        super().__init__(standing, optimistic=True)
        self.complete = complete

    def holds(self, requires: Requires) -> bool:
        """Whether nothing of it is lacking."""
        return (self.complete or not requires.complete) and next(self._unmet(requires), None) is None


class _OneUnproved(_Check):
    """All that lists evidence has a verified file, but one."""

    def _evidence(self, requires: Requires) -> Iterator[Unmet]:
        asked = len(_to_prove(self.standing))
        if asked and requires.evidence is not None and 1 - Fraction(1, asked) < requires.evidence:
            yield Unmet("evidence")


class _LeftOpen(_Check):
    """The best that is possible where no finding that counts towards these limits is closed."""

    def __init__(self, standing: Standing, limits: Collection[FindingLimit]) -> None:
        super().__init__(standing)
        self.limits = limits

    def _findings(self, requires: Requires) -> Iterator[Unmet]:
        for limit in self.limits:
            most = requires.findings.get(limit)
            still_open = sum(limit in finding.counts_as for finding in self.standing.visit.findings)
            if most is not None and still_open > most:
                yield Unmet("findings", limit)


def _to_prove(standing: Standing) -> list[Criterion]:
    """The criteria that list evidence and apply."""
    return [
        criterion
        for criterion in standing.scheme.criteria.values()
        if criterion.evidence and standing.scores[criterion.id].applies
    ]


def _figure(tally: Tally) -> Fraction:
    return tally.total or ZERO
