"""Two visits against each other: what each has, by how much they differ, and why."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from greenstar.i18n.phrase import Phrase, Text
from greenstar.numbers import exact_figure
from greenstar.reports.views.criteria import CriterionResult, criterion_result
from greenstar.reports.views.figures import Figure, ScorecardFigures
from greenstar.reports.views.swap import SwapView, swap_view
from greenstar.scheme.model import ROOT, Scheme
from greenstar.services.results.comparison import CategoryApart, ComparedSide, Comparison, PointsApart


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
    """A category that both have; `apart`: what the first has more, in points of the total.

    `worth`: how many points of the total it can bring each: more, where fewer other criteria apply. `apart` is what
    comes `by_share`, of a larger share at the mean worth, and `by_worth`, of a greater worth at the mean share;
    both are unknown where it applies to only one of them.
    """

    id: str
    title: Text
    shares: tuple[Figure, Figure]
    worth: tuple[Figure, Figure]
    by_share: Figure
    by_worth: Figure
    apart: Figure


@dataclass(frozen=True)
class WaterfallStep:
    """From one total to the other: a category takes the running total from `before` to `after`.

    `category` is None where it is what no category that both have tells.
    """

    category: CategoryCompared | None
    before: Fraction
    after: Fraction


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
    `swap`: what change of one weight makes them change places. `warnings`: of what there is nothing to compare.
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
    swap: SwapView
    warnings: tuple[Phrase, ...] = ()

    @property
    def results_only(self) -> bool:
        """Whether of one of the two there is only the result, so that nothing but the totals is compared."""
        return bool(self.warnings)

    @property
    def rest(self) -> Iterator[tuple[Phrase, Figure]]:
        """What else the difference is made of, beside criteria: a line and its points each."""
        for whole in self.wholes:
            yield whole.sentence, whole.apart
        if self.weighing.value is not None:
            yield Phrase("compare.weighing"), self.weighing
        if self.only_one_has and self.of_those.value is not None:
            yield Phrase("compare.apart", count=self.only_one_has), self.of_those


def earned_words(result: CriterionResult) -> Phrase | str:
    """`2/3`; of what has no points the outcome."""
    if result.outcome == "not_applicable":
        return Phrase("compare.not_applicable")
    if result.prerequisite or result.earned.value is None:
        return Phrase(f"outcome.{result.outcome}")
    return f"{result.earned.text}/{result.worth.text}"


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
        swap=swap_view(comparison),
        warnings=tuple(_warnings(comparison)),
    )


def _warnings(comparison: Comparison) -> Iterator[Phrase]:
    for side in (comparison.first, comparison.second):
        if side.kept is not None:
            yield Phrase("compare.result_only", store=side.visit.store.code, points=Figure(side.total).text)


def waterfall(comparison: ComparisonView) -> tuple[WaterfallStep, ...]:
    """The way from the second total to the first, a step a category, the rest last; none where there is no sum."""
    first, second = (visit.total.value for visit in comparison.visits)
    known = [category for category in comparison.categories if category.apart.value is not None]
    if first is None or second is None or not known:
        return ()
    steps, running = [], second
    for category in known:
        after = running + (category.apart.value or 0)
        steps.append(WaterfallStep(category, running, after))
        running = after
    return (*steps, WaterfallStep(None, running, first)) if running != first else tuple(steps)


def _visit(side: ComparedSide) -> VisitCompared:
    card = side.card
    return VisitCompared(
        store=side.visit.store.code,
        name=side.visit.store.name,
        cycle=side.visit.cycle,
        status=str(side.row.status) if side.row is not None else None,
        scheme=side.scheme,
        level=side.level,
        total=ScorecardFigures(side.scheme, card).total(side.total),
        available=Figure(card.available if side.kept is None else exact_figure(side.kept.available)),
    )


def _category(comparison: Comparison, category: CategoryApart) -> CategoryCompared:
    title = comparison.first.scheme.groups[category.id].title
    shares = (_share(comparison.first, category.id), _share(comparison.second, comparison.names.of(category.id)))
    worth = Figure(category.worth[0]), Figure(category.worth[1])
    by_share, by_worth = _by_share_and_worth(shares, worth)
    return CategoryCompared(category.id, title, shares, worth, by_share, by_worth, Figure(category.points))


def _by_share_and_worth(shares: tuple[Figure, Figure], worth: tuple[Figure, Figure]) -> tuple[Figure, Figure]:
    """A difference of products in its two parts, neither side favoured: they add up to it exactly."""
    share, other_share, points, other_points = (figure.value for figure in (*shares, *worth))
    if share is None or other_share is None or points is None or other_points is None:
        return Figure(None), Figure(None)
    by_share = (share - other_share) * (points + other_points) / 2
    return Figure(by_share), Figure((points - other_points) * (share + other_share) / 2)


def _share(side: ComparedSide, category: str) -> Figure:
    group = next(group for group in side.card.groups if group.id == category)
    return ScorecardFigures(side.scheme, side.card).group_percent(group)


def _criteria(comparison: Comparison, criteria: Iterable[PointsApart]) -> Iterable[CriterionCompared]:
    first, second = comparison.first, comparison.second
    for criterion in criteria:
        results = _result(first, criterion.id), _result(second, comparison.names.of(criterion.id))
        yield CriterionCompared(criterion.id, results[0].title, results, Figure(criterion.points))


def _result(side: ComparedSide, criterion: str) -> CriterionResult:
    return criterion_result(side.scheme, side.card.criteria[criterion])


def _whole(comparison: Comparison, whole: PointsApart) -> WholeCompared:
    if whole.id == ROOT:
        return WholeCompared(Phrase("compare.total_as_a_whole"), Figure(whole.points))
    groups = {**comparison.second.scheme.groups, **comparison.first.scheme.groups}
    return WholeCompared(Phrase("compare.as_a_whole", title=groups[whole.id].title), Figure(whole.points))
