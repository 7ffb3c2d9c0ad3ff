"""The way of a store to a level: over its visit as it stands, with what the stores like it already do."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from greenstar.assessment.model import Visit
from greenstar.errors import BadInput
from greenstar.ranking.league import Ranking
from greenstar.ranking.peers import Kinds
from greenstar.ranking.ways.way import MOST_WAYS, NO_PEERS, PeerPoints, Ways, ways_to
from greenstar.scheme.levels import Level
from greenstar.scheme.model import Scheme
from greenstar.scheme.suggestions import sentence_end
from greenstar.scoring.score import standing_of, work_out
from greenstar.scoring.scorecard import CriterionScore, Outcome, Scorecard
from greenstar.scoring.standing import Standing
from greenstar.services.progress import Progress, unwatched
from greenstar.services.results.peers import find_peers
from greenstar.services.results.ranking import league
from greenstar.services.results.stored_visits import visits
from greenstar.services.schemes.registry import scheme_by_rules
from greenstar.services.workspace import Workspace

MOST_PEERS = 100
"""Peers whose visits are worked out for one answer: enough to say how many do something, in a tenth of a second."""


def level_named(scheme: Scheme, name: str) -> Level:
    """The level of that id, in whatever case. BadInput: there is none."""
    if not scheme.levels:
        raise BadInput("ways.no_levels", scheme=scheme.name)
    by_id = {level.id: level for level in scheme.levels}
    in_any_case = (level for level in scheme.levels if level.id.lower() == name.lower())
    level = by_id.get(name) or next(in_any_case, None)
    if level is None:
        raise BadInput("ways.unknown_level", id=name, known=tuple(by_id), hint=sentence_end(name, by_id))
    return level


def next_level(scheme: Scheme, card: Scorecard) -> Level | None:
    """The level above the highest that holds; None where that is the last, or there are no levels."""
    result = card.next_level
    return None if result is None else level_named(scheme, result.id)


def standing_now(scheme: Scheme, visit: Visit) -> Standing:
    """Where a visit stands."""
    return standing_of(scheme, visit, work_out(scheme, visit))


def ways_of(standing: Standing, level: Level, workspace: Workspace | None = None, *, instead: int = MOST_WAYS) -> Ways:
    """The ways of a visit, with `instead` others; of a stored one (`workspace`) with its peers in the league."""
    visit = standing.visit
    peers = NO_PEERS if workspace is None else peers_of_store(workspace, standing.scheme, visit)
    return ways_to(standing, level, peers, instead=instead)


def peers_of_store(workspace: Workspace, scheme: Scheme, visit: Visit) -> PeerPoints:
    """What the stores of its kind earn in the league of its cycle, whether it has a place there itself or not."""
    ranking, code, storage = league(workspace, cycle=visit.cycle or None), visit.store.code, workspace.storage
    if ranking.rules != scheme.rules_sha256:
        return NO_PEERS
    kinds, entries = Kinds(scheme), (ranked.entry for ranked in ranking.stores)
    store, by_code = (code, kinds.of(visit.facts, visit.visited)), {entry.store: entry.assessment for entry in entries}
    return peers_in(workspace, ranking, find_peers(storage, kinds, by_code, store, ranking.cycle).peers)


def peers_in(workspace: Workspace, ranking: Ranking, codes: Collection[str]) -> PeerPoints:
    """What these stores of a ranking earn by criterion; of very many, some from all over the ranking."""
    chosen = set(codes)
    numbers = [ranked.entry.assessment for ranked in ranking.stores if ranked.entry.store in chosen]
    numbers = numbers[:: max(1, -(-len(numbers) // MOST_PEERS))]
    schemes = _schemes(workspace, ranking, set(numbers))
    return _earning(work_out(scheme, visit).scores for _, scheme, visit in visits(workspace.storage, schemes))


def _schemes(workspace: Workspace, ranking: Ranking, assessments: Collection[int]) -> dict[int, str]:
    """The hash of each one's scheme: the rules are the same, and the words may not be.

    Those of which only the result is kept are left out.
    """
    rows = workspace.storage.assessments.listed(ranking.cycle)
    results_only = workspace.storage.contents.results_only(list(assessments))
    return {row.id: row.scheme for row in rows if row.id in assessments and row.id not in results_only}


def _earning(stores: Iterable[Mapping[str, CriterionScore]]) -> PeerPoints:
    """What stores earn, from their scores by criterion."""
    number, points = 0, dict[str, list[Fraction]]()
    for scores in stores:
        number += 1
        for name, score in scores.items():
            if score.applies:
                met = score.outcome is Outcome.MET
                points.setdefault(name, []).append(Fraction(met) if not score.available else score.earned)
    return PeerPoints(number, {name: tuple(theirs) for name, theirs in points.items()})


# -- the network -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Lifting:
    """A criterion and how many stores it lifts: in whose cheapest way it stands, and to whom it is the whole way."""

    criterion: str
    stores: int
    alone: int


@dataclass(frozen=True)
class NetworkWays:
    """What lifts the stores of a league to a level. `criteria`: those that stand in most ways first.

    `held`, `out_of_reach` and `unplanned` count the stores that need no way, and those for which there is none.
    """

    ranking: Ranking
    scheme: Scheme
    level: Level
    stores: int
    held: int
    out_of_reach: int
    unplanned: int
    criteria: tuple[Lifting, ...]


def network_ways(
    workspace: Workspace, level: str, *, region: str | None = None, progress: Progress = unwatched
) -> NetworkWays:
    """The cheapest way of each store of the league, added up by criterion. BadInput: no visit, or no such level."""
    ranking = league(workspace, region=region)
    stores = {ranked.entry.assessment: ranked.entry.store for ranked in ranking.stores}
    if not stores or ranking.rules is None:
        raise BadInput("ways.nothing_submitted", cycle=ranking.cycle)
    scheme = scheme_by_rules(workspace.storage, ranking.rules)
    wanted = level_named(scheme, level)
    peers, schemes = peers_in(workspace, ranking, stores.values()), _schemes(workspace, ranking, stores)
    if not schemes:
        raise BadInput("ways.results_only", cycle=ranking.cycle, count=len(stores))
    counts, whole, kinds = Counter[str](), Counter[str](), Counter[str]()
    for done, (_, words, visit) in enumerate(visits(workspace.storage, schemes), 1):
        ways = ways_to(standing_now(words, visit), level_named(words, wanted.id), peers, instead=0)
        progress(done, len(schemes))
        kinds[_kind(ways)] += 1
        if ways.way is not None:
            criteria = {step.criterion for step in ways.way.steps if step.kind in ("criterion", "prerequisite")}
            counts.update(criteria)
            whole.update(criteria if len(ways.way.steps) == 1 else ())
    place = {name: number for number, name in enumerate(scheme.criteria)}
    order = sorted(counts, key=lambda name: (-counts[name], -whole[name], place[name]))
    return NetworkWays(
        ranking=ranking,
        scheme=scheme,
        level=wanted,
        stores=len(schemes),
        held=kinds["held"],
        out_of_reach=kinds["out_of_reach"],
        unplanned=kinds["unplanned"],
        criteria=tuple(Lifting(name, counts[name], whole[name]) for name in order),
    )


def _kind(ways: Ways) -> str:
    """Whether there is a way, and why not."""
    if ways.way is not None:
        return "way"
    return "held" if ways.held else "out_of_reach" if ways.out_of_reach else "unplanned"
