"""What a report on two stores is made of: their comparison, and the ranking in which they have their places."""

from dataclasses import dataclass

from greenstar.ranking.league import Ranking
from greenstar.services.cycles.shown_league import shown_league
from greenstar.services.demo.sample import is_sample
from greenstar.services.results.comparison import ComparedSide, Comparison, compare, side_of, sides_of_stores
from greenstar.services.workspace import Workspace


@dataclass(frozen=True)
class ComparisonMaterial:
    """All that a report says of two visits. `sample`: all of the database is invented."""

    comparison: Comparison
    ranking: Ranking
    sample: bool


def gather_comparison(workspace: Workspace, first: str, second: str) -> ComparisonMaterial:
    """Two stores' visits of the cycle. BadInput: there is no such store or visit, or both are the same."""
    return _material(workspace, *sides_of_stores(workspace, first, second))


def gather_visits(workspace: Workspace, first: int, second: int) -> ComparisonMaterial:
    """Two visits by their numbers, with the ranking of the workspace's cycle, whichever cycles they are of."""
    return _material(workspace, side_of(workspace, first), side_of(workspace, second))


def _material(workspace: Workspace, first: ComparedSide, second: ComparedSide) -> ComparisonMaterial:
    return ComparisonMaterial(compare(first, second), shown_league(workspace), is_sample(workspace))
