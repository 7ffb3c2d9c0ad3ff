"""Two visits against each other: what each has, by how much they differ, and why."""

from collections.abc import Iterable
from dataclasses import dataclass

from greenstar.i18n.phrase import Phrase, Text
from greenstar.reports.views.criteria import CriterionResult, criterion_result
from greenstar.reports.views.figures import Figure, ScorecardFigures
from greenstar.scheme.model import ROOT, Scheme
from greenstar.services.results.comparison import Comparison, PointsApart, Side


@dataclass(frozen=True)
class VisitCompared:
    """One of the two. `status` is None for a visit that is not stored; `scheme` holds the rules of `level`."""

    store: str
    name: str
    cycle: str
    status: str | None
    scheme: Scheme
    level: str | None
    total: Figure
    available: Figure


@dataclass(frozen=True)
class CategoryCompared:
    """A category that both have; `apart`: what the first has more, in points of the total."""

    id: str
    title: Text
    shares: tuple[Figure, Figure]
    apart: Figure


@dataclass(frozen=True)
class CriterionCompared:
    """A criterion in which they differ; `apart` is unknown where it is part of a group that counts as a whole."""

    id: str
    title: Text
    results: tuple[CriterionResult, CriterionResult]
    apart: Figure


@dataclass(frozen=True)
class WholeCompared:
    """A group, or all categories, that is no sum of its parts."""

    sentence: Phrase
    apart: Figure


@dataclass(frozen=True)
class ComparisonView:
    """The first against the second. What `criteria`, `wholes`, `weighing` and `of_those` tell adds up to `apart`.

    `alike` criteria differ in nothing; `weighing`: what they nevertheless count more or less, as others do not apply
    (None: nothing). `only_one_has`: how many criteria one of them lacks, and `of_those` what these bring in.
    """

    visits: tuple[VisitCompared, VisitCompared]
    same_rules: bool
    categories: tuple[CategoryCompared, ...]
    prerequisites: tuple[CriterionCompared, ...]
    wholes: tuple[WholeCompared, ...]
    criteria: tuple[CriterionCompared, ...]
    alike: int
    weighing: Figure
    only_one_has: int
    of_those: Figure
    apart: Figure


def comparison_view(comparison: Comparison) -> ComparisonView:
    """Everything that a comparison says."""
    return ComparisonView(
        visits=(_visit(comparison.first), _visit(comparison.second)),
        same_rules=comparison.same_rules,
        categories=tuple(_category(comparison, category) for category in comparison.categories),
        prerequisites=tuple(_criteria(comparison, (PointsApart(name, None) for name in comparison.prerequisites))),
        wholes=tuple(_whole(comparison, whole) for whole in comparison.wholes),
        criteria=tuple(_criteria(comparison, comparison.differing)),
        alike=comparison.alike,
        weighing=Figure(comparison.weighing or None),
        only_one_has=comparison.only_one_has,
        of_those=Figure(comparison.apart),
        apart=Figure(comparison.total),
    )


def _visit(side: Side) -> VisitCompared:
    card = side.card
    return VisitCompared(
        store=side.visit.store.code,
        name=side.visit.store.name,
        cycle=side.visit.cycle,
        status=str(side.row.status) if side.row is not None else None,
        scheme=side.scheme,
        level=card.level,
        total=ScorecardFigures(side.scheme, card).total(card.total),
        available=Figure(card.available),
    )


def _category(comparison: Comparison, category: PointsApart) -> CategoryCompared:
    title = comparison.first.scheme.groups[category.id].title
    shares = (_share(comparison.first, category.id), _share(comparison.second, comparison.names.of(category.id)))
    return CategoryCompared(category.id, title, shares, Figure(category.points))


def _share(side: Side, category: str) -> Figure:
    group = next(group for group in side.card.groups if group.id == category)
    return ScorecardFigures(side.scheme, side.card).group_percent(group)


def _criteria(comparison: Comparison, criteria: Iterable[PointsApart]) -> Iterable[CriterionCompared]:
    first, second = comparison.first, comparison.second
    for criterion in criteria:
        results = _result(first, criterion.id), _result(second, comparison.names.of(criterion.id))
        yield CriterionCompared(criterion.id, results[0].title, results, Figure(criterion.points))


def _result(side: Side, criterion: str) -> CriterionResult:
    return criterion_result(side.scheme, side.card.criteria[criterion])


def _whole(comparison: Comparison, whole: PointsApart) -> WholeCompared:
    if whole.id == ROOT:
        return WholeCompared(Phrase("compare.total_as_a_whole"), Figure(whole.points))
    groups = {**comparison.second.scheme.groups, **comparison.first.scheme.groups}
    return WholeCompared(Phrase("compare.as_a_whole", title=groups[whole.id].title), Figure(whole.points))
