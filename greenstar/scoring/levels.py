"""Which level is reached, and what the others lack."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from greenstar.assessment.model import Visit
from greenstar.scheme.document import SEVERITIES, Criterion, EachCategory, Group, Requires
from greenstar.scheme.fields import Threshold
from greenstar.scheme.model import Scheme, points_of
from greenstar.scheme.rules.evaluation import Interval, Unknown, bounds
from greenstar.scheme.rules.expression import Rule
from greenstar.scoring.environment import Environment
from greenstar.scoring.groups import ZERO, Tally
from greenstar.scoring.scorecard import CriterionScore, Outcome, Unmet


@dataclass
class Standing:
    """All that the requirements of levels look at: one visit, now and at best."""

    scheme: Scheme
    visit: Visit
    environment: Environment
    scores: Mapping[str, CriterionScore]
    now: Tally
    best: Tally
    not_applicable_points: Fraction
    shares_applying: dict[tuple[str, bool], Fraction] = field(default_factory=dict)

    def applying(self, group: str, *, possibly: bool = False) -> Fraction:
        """The share of a group's points that apply; `possibly`: where all that is open turned out not to apply."""
        known = self.shares_applying.get((group, possibly))
        if known is None:
            known = self.shares_applying[group, possibly] = self._applying(group, possibly)
        return known

    def _applying(self, group: str, possibly: bool) -> Fraction:
        available = counted = ZERO
        for criterion in self.scheme.criteria_in[group]:
            score = self.scores[criterion.id]
            if criterion.points:
                available += criterion.points
                if score.applies and not (possibly and score.open):
                    counted += criterion.points
        return counted / available if available else ZERO

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


class LevelCheck:
    """Checks the requirements of levels against a standing; `optimistic`: against the best that is possible."""

    def __init__(self, standing: Standing, *, optimistic: bool) -> None:
        self.standing = standing
        self.scheme = standing.scheme
        self.optimistic = optimistic
        self.tally = standing.best if optimistic else standing.now
        self.holding: set[str] = set()

    def unmet(self, requires: Requires) -> tuple[Unmet, ...]:
        """Everything that the requirements lack."""
        return tuple(self._unmet(requires))

    def _unmet(self, requires: Requires) -> Iterator[Unmet]:
        if requires.level is not None and requires.level not in self.holding:
            yield Unmet("level", requires.level)
        if requires.total is not None:
            yield from self._total(requires.total)
        yield from self._each_category(requires)
        for name, threshold in requires.categories.items():
            yield from self._group("categories", name, threshold)
        yield from self._criteria(requires)
        yield from self._findings(requires)
        yield from self._evidence(requires)
        if requires.complete and not self.optimistic:
            still_open = tuple(score.id for score in self.standing.scores.values() if score.open)
            if still_open:
                yield Unmet("complete", needed=ZERO, actual=Fraction(len(still_open)), criteria=still_open)
        yield from self._prerequisites(requires)
        yield from self._when(requires)

    def _total(self, threshold: Threshold) -> Iterator[Unmet]:
        actual = self.tally.share if threshold.percent else self.tally.total
        if actual is None or actual < threshold.value:
            yield Unmet("total", "", threshold.value, actual, threshold.percent, self._closers())

    def _closers(self, group: str | None = None) -> tuple[str, ...]:
        if self.optimistic:
            return ()
        return self.standing.gains(self.scheme.criteria_in[group] if group else None)

    def _each_category(self, requires: Requires) -> Iterator[Unmet]:
        each = requires.each_category
        if each is None:
            return
        wanted = each if isinstance(each, EachCategory) else EachCategory.model_construct(min=each)
        for group in self.scheme.categories:
            if group.bonus or group.category in wanted.except_ or self._hardly_applies(group, wanted.where_applies):
                continue
            yield from self._group("each_category", group.category, wanted.min)

    def _hardly_applies(self, group: Group, least: Fraction | None) -> bool:
        return least is not None and self.standing.applying(group.category, possibly=self.optimistic) < least

    def _group(self, requirement: str, name: str, threshold: Threshold) -> Iterator[Unmet]:
        group = self.tally.groups[name]
        if group.share is None:
            return  # what does not apply is held met
        actual = group.share if threshold.percent else group.points
        if actual < threshold.value:
            closers = self._closers(name)
            yield Unmet(requirement, name, threshold.value, actual, threshold.percent, closers)

    def _criteria(self, requires: Requires) -> Iterator[Unmet]:
        for name, least in requires.criteria.items():
            score = self.standing.scores[name]
            actual = score.best if self.optimistic else score.earned
            if score.applies and actual < least:
                yield Unmet("criteria", name, least, actual, criteria=(name,))
        for choice in requires.choices:
            chosen = [self.standing.scores[name] for name in choice.of]
            met = sum(score.outcome is Outcome.MET or (self.optimistic and score.open) for score in chosen)
            if met < choice.at_least:
                closers = tuple(score.id for score in chosen if score.applies and score.outcome is not Outcome.MET)
                yield Unmet("any_of", "", Fraction(choice.at_least), Fraction(met), criteria=closers)

    def _findings(self, requires: Requires) -> Iterator[Unmet]:
        """Findings that are open; at best each can still be closed, as evidence can still be verified."""
        if self.optimistic:
            return
        for severity in SEVERITIES:
            most = requires.findings.get(severity)
            if most is None:
                continue
            findings = [
                finding
                for finding in self.standing.visit.findings
                if finding.severity == severity and finding.closed is None
            ]
            if len(findings) > most:
                criteria = tuple(dict.fromkeys(finding.criterion for finding in findings))
                yield Unmet("findings", severity, Fraction(most), Fraction(len(findings)), criteria=criteria)

    def _evidence(self, requires: Requires) -> Iterator[Unmet]:
        """Of the criteria that list evidence, answered or still open: the share with a verified file."""
        if requires.evidence is None or self.optimistic:
            return
        asked = [
            criterion.id
            for criterion in self.scheme.criteria.values()
            if criterion.evidence and self.standing.scores[criterion.id].applies
        ]
        kept = self.standing.visit.evidence
        lacking = tuple(name for name in asked if not any(file.verified for file in kept.get(name, ())))
        if asked:
            actual = 1 - Fraction(len(lacking), len(asked))
            if actual < requires.evidence:
                yield Unmet("evidence", "", requires.evidence, actual, percent=True, criteria=lacking)

    def _prerequisites(self, requires: Requires) -> Iterator[Unmet]:
        wanted = requires.prerequisites
        if wanted == "none":
            return
        for criterion in self.scheme.criteria.values():
            if not criterion.prerequisite or (wanted != "all" and criterion.id not in wanted):
                continue
            score = self.standing.scores[criterion.id]
            if score.outcome is Outcome.NOT_MET or (score.open and not self.optimistic):
                yield Unmet("prerequisites", criterion.id, criteria=(criterion.id,))

    def _when(self, requires: Requires) -> Iterator[Unmet]:
        if requires.when is None:
            return
        result = when(self.standing, requires)
        if result is False or (isinstance(result, Unknown) and not (self.optimistic and result.open)):
            yield Unmet("when", requires.when.text, because=requires.because)


def when(standing: Standing, requires: Requires) -> Any:
    """The value of a level's `when`: figures that may still move are intervals, so nothing open decides it."""
    assert requires.when is not None
    return result_of(requires.when, standing)


def result_of(rule: Rule, standing: Standing, *, moving: bool = True) -> Any:
    """The value of a rule over the result of scoring; `moving`: figures that may still move are intervals."""
    figures = _figures(standing, rule)
    if not moving:
        figures = {name: figure.low if isinstance(figure, Interval) else figure for name, figure in figures.items()}
    values = {**standing.environment.values, **figures}
    return bounds(rule, values, standing.environment.absent)


def _figures(standing: Standing, rule: Rule) -> dict[Any, Any]:
    """The `total`, `not_applicable_points`, `points` and `share` that the rule names, exact or as intervals."""
    figures: dict[Any, Any] = {}
    now, best = standing.now, standing.best
    if "total" in rule.names and now.total is not None and best.total is not None:
        figures["total"] = _between(now.total, best.total)
    if "not_applicable_points" in rule.names:
        still = [points_of(standing.scheme.criteria[score.id]) for score in standing.scores.values() if score.open]
        excused = standing.not_applicable_points
        figures["not_applicable_points"] = _between(excused, excused + sum(still, ZERO))
    for function, name in rule.look_ups:
        low, high = _points_and_share(standing, name)[function == "share"]
        if low is not None and high is not None:
            figures[function, name] = _between(low, high)
    return figures


Ends = tuple[Fraction | None, Fraction | None]


def _points_and_share(standing: Standing, name: str) -> tuple[Ends, Ends]:
    """The points, and the share, of a criterion or group: now and at best."""
    if name in standing.scheme.groups:
        low, high = standing.now.groups[name], standing.best.groups[name]
        return (low.points, high.points), (low.share, high.share)
    score, worth = standing.scores[name], points_of(standing.scheme.criteria[name])
    counts = score.applies and worth
    return (score.earned, score.best), (score.earned / worth, score.best / worth) if counts else (None, None)


def _between(low: Fraction, high: Fraction) -> Fraction | Interval:
    return low if low == high else Interval(min(low, high), max(low, high))
