"""What a ranking says of all its stores together, beside their places: mean shares, and totals of the cycle before."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from greenstar.i18n.phrase import Text
from greenstar.numbers import exact_figure
from greenstar.ranking.league import Ranking
from greenstar.services.spelling import is_in
from greenstar.services.workspace import Workspace


@dataclass(frozen=True)
class CategoryMean:
    """A category over all ranked stores to which it applies: the mean of their shares, each store counting the same."""

    id: str
    title: Text | str
    share: Fraction
    stores: int


@dataclass(frozen=True)
class NetworkFigures:
    """The means by category, and the totals of the cycle before under the same rules (`before` names it, else None)."""

    means: tuple[CategoryMean, ...] = ()
    before: str | None = None
    totals_before: tuple[Fraction, ...] = ()


def network_figures(workspace: Workspace, ranking: Ranking, *, region: str | None = None) -> NetworkFigures:
    """What is kept of the stores of a ranking; with `region` the cycle before is that region's too."""
    if ranking.rules is None:
        return NetworkFigures()
    standings = workspace.storage.standings
    titles = _titles(workspace, ranking.rules)
    ranked = [entry.entry.assessment for entry in ranking.stores]
    before = [row for row in standings.totals_before(ranking.cycle, ranking.rules) if is_in(row["region"], region)]
    totals = (exact_figure(row["total"]) for row in before)
    return NetworkFigures(
        means=tuple(
            CategoryMean(
                row["category"], titles.get(row["category"], ""), Fraction(row["percent"]) / 100, row["visits"]
            )
            for row in standings.mean_shares(ranked)
        ),
        before=before[0]["cycle"] if before else None,
        totals_before=tuple(total for total in totals if total is not None),
    )


def _titles(workspace: Workspace, rules: str) -> Mapping[str, Text]:
    """What the categories are called, in the last words of the rules."""
    summaries = [json.loads(row.summary) for row in workspace.storage.schemes.all() if row.rules == rules]
    return {known["id"]: Text(known["title"]) for known in summaries[-1]["categories"]} if summaries else {}
