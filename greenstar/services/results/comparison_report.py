"""What a report on two stores is made of: their comparison, and the ranking in which they have their places."""

from dataclasses import dataclass

from greenstar.ranking.league import Ranking
from greenstar.services.cycles.shown_league import shown_league
from greenstar.services.demo.sample import is_sample
from greenstar.services.results.comparison import Comparison, compare, sides_of_stores
from greenstar.services.workspace import Workspace


@dataclass(frozen=True)
class ComparisonMaterial:
    """All that a report says of two visits. `sample`: all of the database is invented."""

    comparison: Comparison
    ranking: Ranking
    sample: bool


def gather_comparison(workspace: Workspace, first: str, second: str) -> ComparisonMaterial:
    """Two stores' visits of the cycle. BadInput: there is no such store or visit, or both are the same."""
    comparison = compare(*sides_of_stores(workspace, first, second))
    return ComparisonMaterial(comparison, shown_league(workspace), is_sample(workspace))
