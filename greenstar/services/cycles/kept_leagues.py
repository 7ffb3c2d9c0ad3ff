"""The leagues of a cycle as its closing keeps them: places, figures exactly, and the seals that they stand on."""

import json
from collections.abc import Iterator
from typing import Any

from greenstar.errors import BadInput
from greenstar.numbers import exact_text
from greenstar.ranking.league import ClosedStore, Ranked, Ranking
from greenstar.ranking.uncertainty.settings import SureSettings
from greenstar.services.results.ranking import league
from greenstar.services.results.sureness import can_be_sure, how_sure
from greenstar.services.workspace import Workspace
from greenstar.storage.protocols.assessments import AssessmentRow
from greenstar.storage.protocols.scorecards import ScorecardRow


def plain_leagues(workspace: Workspace, cycle: str) -> list[dict[str, Any]]:
    """The leagues of a cycle, one for each set of rules by which visits count; those with most stores come first."""
    listed = [row for row in workspace.storage.assessments.listed(cycle) if row.counts]
    rules_of = {scheme.sha256: scheme.rules for scheme in workspace.storage.schemes.all()}
    leagues = [
        _plain_league(workspace, league(workspace, cycle=cycle, rules=rules), listed)
        for rules in dict.fromkeys(rules_of[row.scheme] for row in listed)
    ]
    return sorted(leagues, key=lambda each: -len(each["stores"]))


def _plain_league(workspace: Workspace, shown: Ranking, listed: list[AssessmentRow]) -> dict[str, Any]:
    rows = {row.id: row for row in listed}
    ranking, settings = _with_ranges(workspace, shown)
    places = {ranked.entry.assessment: ranked for ranked in ranking.stores}
    cards = workspace.storage.scorecards.of(list(places))
    hashes = sorted({rows[assessment].scheme for assessment in places})
    return {
        "scheme": {"name": ranking.scheme, "version": ranking.version, "rules": ranking.rules, "sha256": hashes},
        "rank_by": list(ranking.keys),
        "before": ranking.before,
        "left_out": dict(ranking.left_out),
        "settings": settings,
        "stores": [_plain_store(ranked, rows[name], cards[name].row) for name, ranked in places.items()],
        "closed_stores": list(_plain_closed(ranking.closed)),
    }


def _with_ranges(workspace: Workspace, ranking: Ranking) -> tuple[Ranking, dict[str, Any] | None]:
    """The ranking with the ranges of its places, and what they were worked out with; as it is where that cannot be."""
    if not can_be_sure():
        return ranking, None
    settings = SureSettings()
    try:
        sure = how_sure(workspace, ranking, settings)
    except BadInput:  # a key of the ranking moves with the weights
        return ranking, None
    kept = {"weights": str(settings.share), "draws": settings.draws, "seed": settings.seed, "first": settings.first}
    return sure.ranking, kept


def _plain_store(ranked: Ranked, row: AssessmentRow, card: ScorecardRow) -> dict[str, Any]:
    """A place with all that it rests on. `assessment`: the visit's identity in any database.

    `rank_before`: the store's place in the cycle before.
    """
    return {
        "rank": ranked.rank,
        "rank_before": None if ranked.moved is None else ranked.rank + ranked.moved,
        "store": row.store,
        "name": row.store_name,
        "region": row.region,
        "assessment": row.ulid,
        "revision": row.revision,
        "status": str(row.status),
        "seal": row.seal,
        "total": card.total,
        "available": card.available,
        "level": card.level,
        "stars": card.stars,
        "lighthouse": bool(card.candidate),
        "why_not": json.loads(card.why_not),
        "keys": json.loads(card.keys),
        "rank_low": ranked.rank_low,
        "rank_high": ranked.rank_high,
        "rank_low_bound": ranked.rank_low_bound,
        "rank_high_bound": ranked.rank_high_bound,
        "proved": ranked.proved,
        "chance_top": exact_text(ranked.chance_top),
        "excused_points": str(ranked.entry.excused_points),
        "not_applicable_points": card.not_applicable_points,
    }


def _plain_closed(stores: tuple[ClosedStore, ...]) -> Iterator[dict[str, Any]]:
    for closed in stores:
        yield {
            "store": closed.store, "name": closed.name, "region": closed.region, "closed": closed.closed.isoformat()
        }  # fmt: skip
