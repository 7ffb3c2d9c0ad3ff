"""What each figure of a scorecard must not seem to reach by rounding: the thresholds, and all there is to earn.

One place for every way out: a figure that reads 66.66 in one reads so in all. Imports nothing heavy.
"""

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from greenstar.scheme.document import Score
    from greenstar.scheme.fields import Threshold
    from greenstar.scheme.levels import Requires
    from greenstar.scheme.model import Scheme
    from greenstar.scoring.scorecard import CriterionScore, Scorecard, Unmet

_ALL = Fraction(1)


class Edges(NamedTuple):
    """The thresholds of one total or group: some in points, some as shares of 1 of what is available."""

    points: tuple[Fraction, ...] = ()
    shares: tuple[Fraction, ...] = ()

    def in_points(self, available: Fraction | None) -> tuple[Fraction, ...]:
        """All of them in points, and all there is to earn, where that is known."""
        if available is None:
            return self.points
        return (*self.points, *(share * available for share in self.shares), available)

    def in_shares(self, available: Fraction | None) -> tuple[Fraction, ...]:
        """All of them as shares of 1, and 1 itself."""
        points = (edge / available for edge in self.points) if available else ()
        return (*self.shares, *points, _ALL)

    def of(self, available: Fraction | None, *, percent: bool) -> tuple[Fraction, ...]:
        """All of them, in points or as shares."""
        return self.in_shares(available) if percent else self.in_points(available)


NO_EDGES = Edges()


class ExcusedEdges(NamedTuple):
    """The most that levels let an assessor take out: in points, or as shares of those that apply by rule.

    `worth`: the points of the file outside bonus groups.
    """

    most: Edges = NO_EDGES
    worth: Fraction = Fraction(0)

    def in_points(self, excused: Fraction, not_applicable: Fraction) -> tuple[Fraction, ...]:
        """All of them in points. `excused`, `not_applicable`: the points of a visit, which the first are a part of."""
        by_rule = self.worth - not_applicable + excused
        return (*self.most.points, *(share * by_rule for share in self.most.shares))


NO_BOUNDS = ExcusedEdges()


def of_total(scheme: "Scheme") -> Edges:
    """The thresholds of the total."""
    totals = (requires.total for requires in scheme.requirements)
    return _sorted(total for total in totals if total is not None)


def of_group(scheme: "Scheme", name: str) -> Edges:
    """The thresholds of a group."""
    return _sorted(threshold for requires in scheme.requirements for threshold in _of_group(requires, name))


def of_criterion(scheme: "Scheme", name: str) -> tuple[Fraction, ...]:
    """The least points that levels ask of a criterion, and all that it is worth in the file."""
    least = [requires.criteria[name] for requires in scheme.requirements if name in requires.criteria]
    return (*least, scheme.criteria[name].points or Fraction(0))


def of_score(scheme: "Scheme", score: "CriterionScore") -> Edges:
    """Those of a criterion's points as they count in its group, where they may be more or less than in the file."""
    return Edges((*of_criterion(scheme, score.id), score.available))


def of_value(score: "Score") -> tuple[Fraction, ...]:
    """The edges at which the figure of a criterion begins to earn more or less."""
    return tuple(edge for edge, _ in score.at_least or score.at_most or score.linear or ())


def of_excused(scheme: "Scheme") -> Edges:
    """The most that levels let an assessor take out."""
    return _sorted(requires.excused for requires in scheme.requirements if requires.excused is not None)


def of_excused_points(scheme: "Scheme") -> ExcusedEdges:
    """The same, for a figure in points."""
    return ExcusedEdges(of_excused(scheme), sum(scheme.points_outside_bonus.values(), Fraction(0)))


class ScorecardEdges:
    """Those of one scorecard, whose groups and criteria may have less to earn than the scheme says."""

    def __init__(self, scheme: "Scheme", card: "Scorecard") -> None:
        self.scheme = scheme
        self.available = card.available
        self._groups = card.groups_by_id
        self._of_total = of_total(scheme)

    def total(self, *, percent: bool = False) -> tuple[Fraction, ...]:
        """Of the total: in points, or as shares."""
        return self._of_total.of(self.available, percent=percent)

    def group(self, name: str, *, percent: bool = False) -> tuple[Fraction, ...]:
        """Of a group: in points, or as shares."""
        return of_group(self.scheme, name).of(self._groups[name].available, percent=percent)

    def requirement(self, unmet: "Unmet") -> tuple[Fraction, ...]:
        """Of the actual figure of a requirement: all that levels ask of the same figure, in its unit."""
        match unmet.requirement:
            case "total":
                return self.total(percent=unmet.percent)
            case "each_category" | "categories":
                return self.group(unmet.subject, percent=unmet.percent)
            case "criteria":
                return of_criterion(self.scheme, unmet.subject)
            case "evidence":
                levels = (requires.evidence for requires in self.scheme.requirements)
                return (*(least for least in levels if least is not None), _ALL)
            case "excused":
                most = of_excused(self.scheme)
                return most.shares if unmet.percent else most.points
        return ()  # a count


def _of_group(requires: "Requires", name: str) -> "Iterator[Threshold]":
    if name in requires.categories:
        yield requires.categories[name]
    each = requires.each_category
    if each is not None:
        yield each if isinstance(each, tuple) else each.min


def _sorted(thresholds: "Iterable[Threshold]") -> Edges:
    known = list(thresholds)
    points = tuple(threshold.value for threshold in known if not threshold.percent)
    return Edges(points, tuple(threshold.value for threshold in known if threshold.percent))
