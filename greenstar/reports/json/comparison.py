"""Two visits against each other, for programs: `compare A B --json`."""

from typing import Any

from greenstar.i18n.catalogue import Catalogue
from greenstar.numbers import exact_text
from greenstar.reports.views.comparison import CategoryCompared, ComparisonView, CriterionCompared, VisitCompared
from greenstar.reports.views.figures import Figure
from greenstar.reports.views.swap import SwapView, WeightChange


def comparison_json(comparison: ComparisonView, catalogue: Catalogue) -> dict[str, Any]:
    """Everything that a comparison says; differences are what the first has more than the second."""
    return {
        "stores": [_visit(visit) for visit in comparison.visits],
        "same_rules": comparison.same_rules,
        "apart": comparison.apart.number,
        "swap": _swap(comparison.swap, catalogue),
        "categories": [_category(category, catalogue) for category in comparison.categories],
        "prerequisites": [_criterion(criterion, catalogue) for criterion in comparison.prerequisites],
        "criteria": [_criterion(criterion, catalogue) for criterion in comparison.criteria],
        "wholes": [
            {"title": catalogue.render(whole.sentence), "apart": whole.apart.number} for whole in comparison.wholes
        ],
        "alike": comparison.alike,
        "weighing": comparison.weighing.number,
        "only_one_has": comparison.only_one_has,
        "of_those": comparison.of_those.number,
        "warnings": [catalogue.render(warning) for warning in comparison.warnings],
    }


def _visit(visit: VisitCompared) -> dict[str, Any]:
    return {
        "store": visit.store,
        "name": visit.name,
        "cycle": visit.cycle,
        "status": visit.status,
        "scheme": visit.scheme.name,
        "version": visit.scheme.version,
        "total": visit.total.number,
        "available": visit.available.number,
        "level": visit.level,
    }


def _swap(swap: SwapView, catalogue: Catalogue) -> dict[str, Any]:
    """What makes them change places, the smallest change first."""
    return {
        "ahead": swap.ahead,
        "sentence": catalogue.render(swap.sentence),
        "changes": [_change(change, catalogue) for change in swap.changes],
        "never": [group for group, _ in swap.never],
        "why": swap.why,
        "notes": [catalogue.render(note) for note in swap.besides],
    }


def _change(change: WeightChange, catalogue: Catalogue) -> dict[str, Any]:
    """`percent`: with so much more (or less, below 0) weight they have changed places; `edge`: from there on, exactly.

    Where the edge is no fraction, it lies between the two weights of `between`.
    """
    swap = change.swap
    return {
        "category": swap.group,
        "title": catalogue.write(change.title),
        "weight": exact_text(swap.weight),
        "percent": float(swap.told * 100),
        "edge": exact_text(swap.far) if swap.exact else None,
        "at_edge": swap.at_edge,
        "between": None if swap.exact else [float(end) for end in sorted((swap.near, swap.far))],
    }


def _category(category: CategoryCompared, catalogue: Catalogue) -> dict[str, Any]:
    return {
        "id": category.id,
        "title": catalogue.write(category.title),
        "percent": _numbers(category.shares),
        "worth": _numbers(category.worth),
        "by_share": category.by_share.number,
        "by_worth": category.by_worth.number,
        "apart": category.apart.number,
    }


def _criterion(criterion: CriterionCompared, catalogue: Catalogue) -> dict[str, Any]:
    return {
        "id": criterion.id,
        "title": catalogue.write(criterion.title),
        "outcomes": [str(result.outcome) for result in criterion.results],
        "points": _numbers([result.earned for result in criterion.results]),
        "reasons": [catalogue.render(result.reason) for result in criterion.results],
        "apart": criterion.apart.number,
    }


def _numbers(figures: "list[Figure] | tuple[Figure, Figure]") -> list[int | float | None]:
    return [figure.number for figure in figures]
