"""What hangs on a criterion: the points that it can still bring, and what it costs where it is left as it is.

Of the two views of a visit, now (what is open earns nothing) and best (what is open earns everything):

    it brings    total(now, with it in full) - total(now), or what else a level lacks
    it costs     total(best) - total(best, with it as now), and the levels that are possible only with it

All else stays as it is in the view, and groups, weights, caps and means have their say: what two criteria bring
together need not be the sum of what each brings alone. What is left open counts as not met, and as open where a level
asks that nothing be. A level's rule that reads answers themselves is taken as undecided for as long as they are open.
"""

from collections import ChainMap, Counter
from collections.abc import Callable, Collection
from copy import copy
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property

from greenstar.assessment.model import Finding
from greenstar.numbers import ONE, ZERO
from greenstar.scheme.levels import Level
from greenstar.scheme.parts import points_of
from greenstar.scoring.groups import Totals, at_best, now
from greenstar.scoring.levels import LevelCheck
from greenstar.scoring.partial_sums import PartialSums
from greenstar.scoring.scorecard import Outcome, Scorecard, Unmet
from greenstar.scoring.standing import Standing, points_outside_bonus

_OF_ONE = ("each_category", "categories", "criteria", "prerequisites")  # requirements of a single group or criterion


@dataclass(frozen=True, slots=True)
class Loss:
    """What is lost of the best that is possible: points of the total, and how many levels."""

    points: Fraction
    levels: int


class Impact:
    """What hangs on the criteria, files and findings of one visit; each is worked out when it is asked for.

    `card` is the scorecard of a visit that stands so.

    For a single criterion no more is worked out than what depends on it: a visit may have thousands that are open.
    """

    def __init__(self, standing: Standing, card: Scorecard) -> None:
        scheme = self.scheme = standing.scheme
        self.scores, self.card = standing.scores, card
        self._standing = standing
        self._now = PartialSums(scheme, self.scores, now, standing.now)
        self._best = PartialSums(scheme, self.scores, at_best, standing.best)
        self._order: list[str | None] = [None, *(level.id for level in scheme.levels)]
        self._held = frozenset(level.id for level in self.card.levels if level.holds)
        self._fulfilled: dict[str, Totals] = {}

    # -- criteria

    def loss_of(self, *criteria: str) -> Loss:
        """What these criteria together cost where they are left as they are."""
        still_open = [name for name in criteria if self.scores[name].open]
        if not still_open:
            return Loss(ZERO, 0)
        without = self._left_open(still_open)
        touched = {*still_open, *self._best.around(still_open)}
        check = self._at_best(without, touched)

        def holds(level: Level) -> bool:
            requires = level.requires
            elsewhere = (lack for lack in self._lacking[level.id] if _is_elsewhere(lack, touched))
            return not requires.complete and not any(elsewhere) and check.holds(requires)

        lost = (self._standing.best.total or ZERO) - (without.best.total or ZERO)
        return Loss(lost, self._levels_lost(holds, self._held))

    def brings(self, unmet: Unmet, criterion: str) -> Fraction | None:
        """By how much a criterion in full moves what a level lacks, in the level's own terms; None: it is no figure."""
        match unmet.requirement:
            case "total" | "each_category" | "categories":
                return _moved(unmet, self._in_full(criterion)) - _moved(unmet, self._standing.now)
            case "criteria":
                return points_of(self.scheme.criteria[criterion]) - self.scores[criterion].earned
            case "evidence":
                return Fraction(1, self._to_prove)
            case "any_of":
                return ONE
        return None

    # -- evidence, findings, and levels out of reach

    @property
    def lost_without_evidence(self) -> int:
        """The levels that are lost where a single criterion is left without a verified file and no other one is."""
        asked = self._to_prove

        def holds(level: Level) -> bool:
            least = level.requires.evidence
            enough = not asked or least is None or 1 - Fraction(1, asked) >= least
            return enough and not self._lacking[level.id]

        return self._levels_lost(holds)

    def lost_by(self, finding: Finding) -> int:
        """The levels that an open finding costs, one of the visit or one more, where none of its kind is closed.

        All others are closed, as they are in the best that is still possible.
        """
        findings, limits = self._findings, finding.counts_as
        more = 0 if finding in findings else 1

        def holds(level: Level) -> bool:
            most = ((limit, level.requires.findings.get(limit)) for limit in limits)
            kept = all(least is None or self._open_findings[limit] + more <= least for limit, least in most)
            return kept and not self._lacking[level.id]

        return self._levels_lost(holds)

    def out_of_reach(self, level: str) -> tuple[Unmet, ...]:
        """What a level lacks even if all that is open is fulfilled; nothing where it is still possible."""
        check = LevelCheck(self._standing, optimistic=True)
        for lower, result in zip(self.scheme.levels, self.card.levels, strict=True):
            if lower.id == level:
                return () if result.possible else check.unmet(lower.requires)
            if result.possible:
                check.holding.add(lower.id)
        return ()

    # -- what the visit is and has

    @cached_property
    def _lacking(self) -> dict[str, tuple[Unmet, ...]]:
        """What each level lacks in the best that is possible, but for the level below."""
        check = self._at_best(self._standing)
        return {level.id: check.unmet(level.requires) for level in self.scheme.levels}

    def _at_best(self, standing: Standing, only: set[str] | None = None) -> LevelCheck:
        """Checks what levels lack in the best that is possible, but for the level below (see `_levels_lost`)."""
        check = LevelCheck(standing, optimistic=True, only=only)
        check.holding = {level.id for level in self.scheme.levels}
        return check

    @cached_property
    def _to_prove(self) -> int:
        """How many criteria list evidence and apply."""
        criteria = self.scheme.criteria.values()
        return sum(bool(criterion.evidence) and self.scores[criterion.id].applies for criterion in criteria)

    @cached_property
    def _findings(self) -> frozenset[Finding]:
        return frozenset(self._standing.visit.findings)

    @cached_property
    def _open_findings(self) -> Counter[str]:
        """How many open findings count towards each limit."""
        return Counter(limit for finding in self._standing.visit.findings for limit in finding.counts_as)

    # -- other views of the visit

    def _in_full(self, criterion: str) -> Totals:
        """The points of now with this criterion at full points."""
        if criterion not in self._fulfilled:
            score = self.scores[criterion]
            points = {criterion: score.available} if score.applies else {}
            self._fulfilled[criterion] = self._now.with_points(points)
        return self._fulfilled[criterion]

    def _left_open(self, criteria: Collection[str]) -> Standing:
        """The visit with these open ones not met. All else that is known of it stays as it is."""
        before, scheme = self._standing, self.scheme
        standing = copy(before)
        not_met = {name: replace(self.scores[name], outcome=Outcome.NOT_MET, best=ZERO) for name in criteria}
        standing.scores = ChainMap(not_met, before.scores)  # type: ignore[arg-type]  # only read
        standing.best = self._best.with_points(dict.fromkeys(criteria, ZERO))
        shares: dict[tuple[str, bool], Fraction] = {}
        for name in criteria:  # what is not open any more cannot turn out not to apply
            category, points = scheme.category_of[name], points_of(scheme.criteria[name])
            if points:
                share = shares.get((category, True), before.applying(category, possibly=True))
                shares[category, True] = share + points / scheme.points_in[category]
        standing.shares_applying = ChainMap(shares, before.shares_applying)
        dropping = (self.scores[name] for name in criteria if before.environment.may_drop_out(name))
        standing.droppable_points = before.droppable_points - points_outside_bonus(scheme, dropping)
        return standing

    def _levels_lost(self, holds: Callable[[Level], bool], held: Collection[str] = ()) -> int:
        """How many levels lie between the best that is possible and the highest that holds so, or is held anyway."""
        holding: set[str | None] = {None}
        highest = None
        for level in self.scheme.levels:
            if level.id in held or (level.requires.level in holding and holds(level)):
                holding.add(level.id)
                highest = level.id
        return self._order.index(self.card.best.level) - self._order.index(highest)


def _is_elsewhere(lack: Unmet, touched: Collection[str]) -> bool:
    """Whether something is lacking that does not depend on these criteria and groups."""
    return lack.requirement == "excused" or (lack.requirement in _OF_ONE and lack.subject not in touched)


def _moved(unmet: Unmet, totals: Totals) -> Fraction:
    """The figure that an unmet threshold speaks of."""
    if unmet.requirement == "total":
        return (totals.share if unmet.percent else totals.total) or ZERO
    group = totals.groups[unmet.subject]
    return (group.share if unmet.percent else group.points) or ZERO
