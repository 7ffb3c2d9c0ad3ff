"""What a report on a whole cycle is made of: gathered from the database, nothing of it worded yet."""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from greenstar.errors import BadInput
from greenstar.numbers import exact_figure
from greenstar.ranking.league import Ranking
from greenstar.ranking.movement import Cause
from greenstar.scheme.model import Scheme
from greenstar.scoring.scorecard import Outcome
from greenstar.services.cycles.shown_league import shown_league
from greenstar.services.demo.sample import is_sample
from greenstar.services.progress import Progress, unwatched
from greenstar.services.results.choice import LighthouseChoice, choose_lighthouses
from greenstar.services.results.indicators import NetworkIndicators, network_indicators
from greenstar.services.results.movement import movement_causes
from greenstar.services.results.network import NetworkFigures, network_figures
from greenstar.services.results.ranking import spellings
from greenstar.services.results.report import quick_ranges
from greenstar.services.results.sureness import Sureness
from greenstar.services.schemes.registry import scheme_by_rules
from greenstar.services.workspace import Workspace
from greenstar.storage.protocols.due import DueRow
from greenstar.storage.protocols.standings import Scope

CHOSEN = 5
"""Lighthouse stores that are chosen, unless it is said how many."""
MOST_MOVERS = 3
"""Stores that climbed, and that fell, of which it is told why: those that moved farthest."""
_AT_ONCE = 250  # stores

Shares = Mapping[str, Sequence[Fraction]]
"""By category, the shares of the stores to which it applies."""


@dataclass(frozen=True)
class CriterionEarned:
    """A criterion where it applies: the sum of the stores' shares, how many they are, and how many have all of it."""

    shares: Fraction
    stores: int
    in_full: int


@dataclass(frozen=True)
class NetworkMaterial:
    """All that a report says of a cycle, in all regions or in one: then places and movement are those within it.

    `sureness` is None where ranges are not known. `shares_before` and `levels_before` (by store) are of the cycle
    before under the same rules, and empty where there is none. `criteria` by id: those that any store earns points for.
    `movers`: the stores that moved farthest, up and down, each with why. `choice`: None where there is no candidate.
    `findings`: those that are open now, with `today` to tell which are overdue. `sample`: all of it is invented.
    """

    ranking: Ranking
    region: str | None
    scheme: Scheme
    sample: bool
    today: date
    figures: NetworkFigures
    sureness: Sureness | None
    shares: Shares
    shares_before: Shares
    levels_before: Mapping[str, str | None]
    criteria: Mapping[str, CriterionEarned]
    movers: Mapping[str, Sequence[Cause]]
    choice: LighthouseChoice | None
    findings: Sequence[DueRow]
    indicators: NetworkIndicators


def gather_network(
    workspace: Workspace,
    *,
    region: str | None = None,
    choose: int = CHOSEN,
    progress: Progress = unwatched,
) -> NetworkMaterial:
    """Everything for the report on the workspace's cycle, with a choice of so many lighthouse stores.

    `progress` counts the visits that are read for indicators. BadInput: no visit of the cycle counts, or none of the
    region, or there is no such region.
    """
    ranking = shown_league(workspace, region=region)
    if not ranking.stores or ranking.rules is None:
        nothing = "network_report.nothing" if region is None else "network_report.nothing_in_region"
        raise BadInput(nothing, cycle=ranking.cycle, region=region or "")
    before = _before(workspace, ranking, region)
    return NetworkMaterial(
        ranking=ranking,
        region=None if region is None else ranking.stores[0].entry.region,  # as it is spelt
        scheme=scheme_by_rules(workspace.storage, ranking.rules),
        sample=is_sample(workspace),
        today=workspace.today(),
        figures=network_figures(workspace, ranking, region=region),
        sureness=quick_ranges(workspace, ranking) if ranking.stores[0].rank_low is None else None,  # else it was kept
        shares=_shares(workspace, [ranked.entry.assessment for ranked in ranking.stores]),
        shares_before=_shares(workspace, list(before)),
        levels_before=dict(before.values()),
        criteria=_criteria(workspace, ranking),
        movers=movement_causes(workspace, ranking, _movers(ranking)),
        choice=choose_lighthouses(workspace, ranking, choose),
        findings=workspace.storage.due.open_findings(ranking.cycle),
        indicators=network_indicators(workspace, region=region, progress=progress),
    )


def _before(workspace: Workspace, ranking: Ranking, region: str | None) -> dict[int, tuple[str, str | None]]:
    """Each visit of the cycle before under the same rules, in the region, with its store and level."""
    if ranking.before is None or ranking.rules is None:
        return {}
    regions = None if region is None else spellings(workspace, region)
    scope = Scope(ranking.before, ranking.rules, regions=regions)
    rows = workspace.storage.standings.league(scope, reasons=False)
    return {row.assessment: (row.store, row.level) for row in rows}


def _shares(workspace: Workspace, assessments: Sequence[int]) -> Shares:
    by_category = defaultdict[str, list[Fraction]](list)
    for kept in workspace.storage.scorecards.shares(assessments).values():
        for category, share in kept.items():
            exact = exact_figure(share)
            if exact is not None:
                by_category[category].append(exact)
    return by_category


def _criteria(workspace: Workspace, ranking: Ranking) -> dict[str, CriterionEarned]:
    """What each criterion earned at the stores of a ranking, by what was sealed."""
    assert ranking.rules is not None
    scope, stores = Scope(ranking.cycle, ranking.rules), [ranked.entry.store for ranked in ranking.stores]
    counted = defaultdict[str, list[tuple[str, str]]](list)
    for start in range(0, len(stores), _AT_ONCE):
        for text in workspace.storage.standings.earned(scope, stores[start : start + _AT_ONCE]).values():
            for name, score in json.loads(text).items():
                if score["outcome"] != Outcome.NOT_APPLICABLE:
                    counted[name].append((score["points"], score["available"]))
    return {name: earned for name, pairs in counted.items() if (earned := _earned(pairs)) is not None}


def _earned(pairs: Sequence[tuple[str, str]]) -> CriterionEarned | None:
    """Of pairs of points earned and available; None: there are no points in it. Most stores have the same few pairs."""
    shares = {pair: _share(*pair) for pair in {*pairs}}
    known = [share for pair in pairs if (share := shares[pair]) is not None]
    return CriterionEarned(sum(known, Fraction(0)), len(known), sum(share >= 1 for share in known)) if known else None


def _share(points: str, available: str) -> Fraction | None:
    worth = Fraction(available)
    return Fraction(points) / worth if worth else None


def _movers(ranking: Ranking) -> list[str]:
    """The stores that moved farthest: those that climbed first, then those that fell."""
    moved = [(ranked.moved, ranked.entry.store) for ranked in ranking.stores if ranked.moved]
    climbed = sorted((-places, store) for places, store in moved if places > 0)
    fell = sorted((places, store) for places, store in moved if places < 0)
    return [store for _, store in (*climbed[:MOST_MOVERS], *fell[:MOST_MOVERS])]
