"""The leagues of a cycle as its closing keeps them: places, figures exactly, and the seals that they stand on."""

import json
from collections.abc import Iterator
from typing import Any

from greenstar.ranking.league import ClosedStore, Ranked, Ranking
from greenstar.services.results.ranking import league
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


def _plain_league(workspace: Workspace, ranking: Ranking, listed: list[AssessmentRow]) -> dict[str, Any]:
    rows = {row.id: row for row in listed}
    places = {ranked.entry.assessment: ranked for ranked in ranking.stores}
    cards = workspace.storage.scorecards.of(list(places))
    hashes = sorted({rows[assessment].scheme for assessment in places})
    return {
        "scheme": {"name": ranking.scheme, "version": ranking.version, "rules": ranking.rules, "sha256": hashes},
        "rank_by": list(ranking.keys),
        "before": ranking.before,
        "left_out": dict(ranking.left_out),
        "settings": None,
        "stores": [_plain_store(ranked, rows[name], cards[name].row) for name, ranked in places.items()],
        "closed_stores": list(_plain_closed(ranking.closed)),
    }


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
        "excused_points": card.excused_points,
        "not_applicable_points": card.not_applicable_points,
    }


def _plain_closed(stores: tuple[ClosedStore, ...]) -> Iterator[dict[str, Any]]:
    for closed in stores:
        yield {
            "store": closed.store, "name": closed.name, "region": closed.region, "closed": closed.closed.isoformat()
        }  # fmt: skip
