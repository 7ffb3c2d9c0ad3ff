"""The ranking for programs. Imports nothing heavy: `greenstar rank` waits for it."""

from dataclasses import asdict
from typing import Any

from greenstar.i18n.catalogue import Catalogue
from greenstar.ranking.kept import Kept
from greenstar.ranking.league import ClosedStore
from greenstar.reports.views.figures import Figure
from greenstar.reports.views.ranking import RankedStore, RankingView


def ranking_json(ranking: RankingView, catalogue: Catalogue) -> dict[str, Any]:
    """`rank --json`."""
    return {
        "scheme": ranking.scheme,
        "version": ranking.version,
        "cycle": ranking.cycle,
        "stores": [_store(store, catalogue) for store in ranking.stores],
        "notes": [catalogue.render(note) for note in ranking.notes],
        "unranked": [_closed(store) for store in ranking.closed],
        "kept": _kept(ranking.kept),
    }


def _kept(kept: Kept | None) -> dict[str, Any] | None:
    """When the ranking was kept, and where it would differ if it were worked out again; null: its cycle is open."""
    if kept is None:
        return None
    differing = [
        {
            "store": store.store,
            "rank": store.rank,
            "rank_now": store.rank_now,
            "total": Figure(store.total).number,
            "total_now": Figure(store.total_now).number,
            "level": store.level,
            "level_now": store.level_now,
        }
        for store in kept.differences
    ]
    return {"at": kept.at, "by": kept.by, "revision": kept.revision, "seal": kept.seal, "differs": differing}


def _closed(store: ClosedStore) -> dict[str, Any]:
    return {**asdict(store), "closed": store.closed.isoformat()}


def _store(store: RankedStore, catalogue: Catalogue) -> dict[str, Any]:
    return {
        "rank": store.rank,
        "store": store.store,
        "name": store.name,
        "region": store.region,
        "status": store.status,
        "total": store.total.number,
        "level": store.level,
        "stars": store.stars,
        "candidate": store.candidate,
        "why_not": [catalogue.render(reason) for reason in store.why_not],
        "rank_low": store.rank_low,
        "rank_high": store.rank_high,
        "keys": {name: figure.number for name, figure in store.keys.items()},
        "excused_points": store.excused.number,
        "not_applicable_points": store.not_applicable.number,
        "tie_broken_by": store.tie_break.key if store.tie_break else None,
    }
