"""The report on two stores as every way out tells it: their comparison, beside their places in the ranking."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from greenstar.i18n.phrase import Text
from greenstar.reports.views.comparison import ComparisonView, VisitCompared, comparison_view
from greenstar.reports.views.gates import LevelEdge, level_edges
from greenstar.services.results.comparison import ComparedSide
from greenstar.services.results.comparison_report import ComparisonMaterial


@dataclass(frozen=True)
class SideView:
    """One of the two. `share`: its total, of all that it could earn; `rank`: None where it has no place."""

    visit: VisitCompared
    level: Text | None
    stars: int
    most_stars: int
    share: Fraction | None
    rank: int | None


@dataclass(frozen=True)
class ComparisonReportView:
    """All that a report on two stores says. `count`: of stores in the ranking; `edges` only where rules are the same.

    `notices`: those of their schemes.
    """

    comparison: ComparisonView
    sides: tuple[SideView, SideView]
    count: int
    edges: tuple[LevelEdge, ...]
    notices: tuple[Text, ...]
    sample: bool

    @property
    def cycle(self) -> str:
        """The cycle of their visits, or both."""
        return " · ".join(dict.fromkeys(visit.cycle for visit in self.comparison.visits))


def comparison_report_view(material: ComparisonMaterial) -> ComparisonReportView:
    """Everything that is said of two stores."""
    comparison, ranking = material.comparison, material.ranking
    view = comparison_view(comparison)
    ranks = {ranked.entry.assessment: ranked.rank for ranked in ranking.stores}
    both = comparison.first, comparison.second
    first, second = (_side(side, visit, ranks) for side, visit in zip(both, view.visits, strict=True))
    notices = [side.scheme.document.notice for side in both]
    known = comparison.same_rules and comparison.first.kept is None
    return ComparisonReportView(
        comparison=view,
        sides=(first, second),
        count=len(ranking.stores),
        edges=level_edges(comparison.first.scheme, comparison.first.card) if known else (),
        notices=tuple(dict.fromkeys(notice for notice in notices if notice is not None)),
        sample=material.sample,
    )


def _side(side: ComparedSide, visit: VisitCompared, ranks: Mapping[int, int]) -> SideView:
    total, available = visit.total.value, visit.available.value
    return SideView(
        visit=visit,
        level=side.scheme.level_title(side.level),
        stars=side.scheme.stars_of(side.level),
        most_stars=side.scheme.most_stars,
        share=None if total is None or not available else total / available,
        rank=None if side.row is None else ranks.get(side.row.id),
    )
