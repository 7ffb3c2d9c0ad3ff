"""Where a visit stands: all that the requirements of levels and the keys of the ranking look at."""

from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import Any

from greenstar.assessment.model import Visit
from greenstar.i18n.phrase import Phrase
from greenstar.numbers import ZERO, by_denominator
from greenstar.scheme.document import Criterion
from greenstar.scheme.model import Scheme
from greenstar.scheme.parts import points_of
from greenstar.scheme.rules.evaluation import Unknown, evaluate
from greenstar.scheme.rules.expression import Rule
from greenstar.scoring.environment import Environment
from greenstar.scoring.groups import Totals
from greenstar.scoring.look_ups import looked_up_in_criterion, looked_up_in_group, number_between, surely_counts
from greenstar.scoring.scorecard import CriterionScore

_MOVING = Phrase("evaluation.undecided")


@dataclass
class Standing:
    """One visit, now and at best. What is added up over all criteria is kept once it was asked for."""

    scheme: Scheme
    visit: Visit
    environment: Environment
    scores: Mapping[str, CriterionScore]
    now: Totals
    best: Totals
    shares_applying: MutableMapping[tuple[str, bool], Fraction] = field(default_factory=dict)

    def applying(self, group: str, *, possibly: bool = False) -> Fraction:
        """The share of a group's points that apply; `possibly`: where all that is open turned out not to apply."""
        known = self.shares_applying.get((group, possibly))
        if known is None:
            known = share_applying(self.scheme, self.scores, group, possibly=possibly)
            self.shares_applying[group, possibly] = known
        return known

    def gains(self, criteria: Iterable[Criterion] | None = None) -> tuple[str, ...]:
        """Criteria that could still earn more, those not answered first, then by how much."""
        chosen = criteria if criteria is not None else self.scheme.criteria.values()
        rows = []
        for criterion in chosen:
            score = self.scores[criterion.id]
            missing = points_of(criterion) - score.earned
            if score.applies and missing > 0:
                rows.append((not score.open, -missing, criterion.id))
        return tuple(identifier for _, _, identifier in sorted(rows))

    # -- what does not apply, in points of the file, outside bonus groups -----------------------------------------

    @cached_property
    def not_applicable_points(self) -> Fraction:
        """Of the criteria that do not apply."""
        return points_outside_bonus(self.scheme, (score for score in self.scores.values() if not score.applies))

    @cached_property
    def excused_points(self) -> Fraction:
        """Of the criteria that the assessor took out."""
        return excused_points(self.scheme, self.scores)

    @cached_property
    def droppable_points(self) -> Fraction:
        """Of what is open and may turn out not to apply."""
        return points_outside_bonus(self.scheme, self.droppable())

    def droppable(self) -> Iterator[CriterionScore]:
        """What is open and may turn out not to apply."""
        return (score for score in self.scores.values() if score.open and self.environment.may_drop_out(score.id))

    def _perhaps_by_rule(self) -> Iterator[CriterionScore]:
        """What the assessor took out, and may turn out not to apply by its rule anyway."""
        for score in self.scores.values():
            rule = self.scheme.criteria[score.id].applies_if
            if score.excused and rule is not None and isinstance(self.environment.condition(rule), Unknown):
                yield score

    @property
    def not_applicable_ends(self) -> tuple[Fraction, Fraction]:
        """The points that do not apply: now, and where all that may turn out so does."""
        return self.not_applicable_points, self.not_applicable_points + self.droppable_points

    @cached_property
    def excused_ends(self) -> tuple[Fraction, Fraction]:
        """The excused points: where all that may turn out not to apply by rule does, and now."""
        excused = self.excused_points
        return excused - points_outside_bonus(self.scheme, self._perhaps_by_rule()), excused

    @cached_property
    def _by_rule_points(self) -> Fraction:
        """Of what applies, or would if the assessor had not taken it out."""
        by_rule = (score for score in self.scores.values() if score.applies or score.excused)
        return points_outside_bonus(self.scheme, by_rule)

    def excused_share(self, *, optimistic: bool) -> Fraction | None:
        """The excused points, of those that apply by rule; None where there are none.

        While it is open whether something applies: the greatest share that may come of it, or (`optimistic`) the least.
        """
        low, high = self.excused_ends
        if not high:
            return high
        if optimistic:
            excused, of = low, self._by_rule_points - (high - low)
        else:
            excused, of = high, self._by_rule_points - self.droppable_points
        return excused / of if of else None


def share_applying(
    scheme: Scheme, scores: Mapping[str, CriterionScore], group: str, *, possibly: bool = False
) -> Fraction:
    """The share of a group's points that apply; `possibly`: where all that is open turned out not to apply."""
    worth, counting = scheme.points_in[group], []
    for criterion in scheme.criteria_in[group]:
        score = scores[criterion.id]
        if criterion.points and score.applies and not (possibly and score.open):
            counting.append(criterion.points)
    return sum(by_denominator(counting), ZERO) / worth if worth else ZERO


def excused_points(scheme: Scheme, scores: Mapping[str, CriterionScore]) -> Fraction:
    """The points of the file, outside bonus groups, of the criteria that the assessor took out."""
    return points_outside_bonus(scheme, (score for score in scores.values() if score.excused))


def points_outside_bonus(scheme: Scheme, scores: Iterable[CriterionScore]) -> Fraction:
    """The points of the file of these criteria, but for those in bonus groups."""
    worth = scheme.points_outside_bonus
    return sum(by_denominator(worth[score.id] for score in scores if score.id in worth), ZERO)


def result_of(rule: Rule, standing: Standing, *, as_now: bool = False) -> Any:
    """The value of a rule over the result of scoring, or Unknown, with what it may still become.

    `as_now`: the figures of the result as they are, although they may still move.
    """
    environment = standing.environment
    values, absent = dict(environment.values), dict(environment.absent)
    for key, (figure, prospect) in _figures(standing, rule).items():
        values.pop(key, None)
        if figure is not None and (as_now or not isinstance(prospect, Unknown)):
            values[key] = figure
        else:
            absent[key] = prospect
    watched, edition = environment.long_figures, environment.scheme.edition
    return evaluate(rule, values, absent, look_ahead=True, watched=watched, edition=edition)


Figure = tuple[Fraction | None, Fraction | Unknown]  # as it is now, and as it may become


def _figures(standing: Standing, rule: Rule) -> dict[Any, Figure]:
    """The results of scoring that the rule names."""
    figures: dict[Any, Figure] = {}
    for name in rule.names & _RESULTS.keys():
        if not standing.scheme.has_name(name):
            figures[name] = _RESULTS[name](standing)
    for function, name in rule.look_ups:
        figures[function, name] = _points_and_share(standing, name)[function]
    return figures


def _total(standing: Standing) -> Figure:
    low, high = standing.now.total, standing.best.total
    if low is None or high is None:
        return None, Unknown(False, Phrase("scoring.does_not_apply"))
    counted = (group for group in standing.scheme.categories if not group.bonus)
    criteria = (criterion for group in counted for criterion in standing.scheme.criteria_in[group.category])
    stays = surely_counts(standing.environment, criteria, standing.scores)
    return low, number_between(low, high, _MOVING, sure=stays)


def _not_applicable(standing: Standing) -> Figure:
    low, high = standing.not_applicable_ends
    return low, number_between(low, high, _MOVING)


def _excused(standing: Standing) -> Figure:
    low, high = standing.excused_ends
    return high, number_between(low, high, _MOVING)


_RESULTS: dict[str, Callable[[Standing], Figure]] = {
    "total": _total,
    "not_applicable_points": _not_applicable,
    "excused_points": _excused,
}


def _points_and_share(standing: Standing, name: str) -> dict[str, Figure]:
    """The points, and the share, of a criterion or group."""
    scheme, environment, scores = standing.scheme, standing.environment, standing.scores
    if name in scheme.groups:
        low, high = standing.now.groups[name], standing.best.groups[name]
        prospects = looked_up_in_group(environment, scheme.groups[name], scores, low, high)
        return {"points": (low.points, prospects["points"]), "share": (low.share, prospects["share"])}
    score, worth = scores[name], points_of(scheme.criteria[name])
    prospects = looked_up_in_criterion(environment, scheme.criteria[name], score)
    share = score.earned / worth if score.applies and worth else None
    return {"points": (score.earned, prospects["points"]), "share": (share, prospects["share"])}
