"""The ranking for programs. Imports nothing heavy: `greenstar rank` waits for it."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from fractions import Fraction
from typing import Any

from greenstar.i18n.catalogue import Catalogue
from greenstar.numbers import as_percent
from greenstar.ranking.kept_ranking import KeptRanking
from greenstar.ranking.league import ClosedStore
from greenstar.ranking.movement import Cause
from greenstar.reports.views.figures import Figure
from greenstar.reports.views.ranked_store import RankedStore
from greenstar.reports.views.ranking import RankingView


def ranking_json(
    ranking: RankingView, catalogue: Catalogue, causes: Mapping[str, Sequence[Cause]] | None = None
) -> dict[str, Any]:
    """`rank --json`. `causes`: why stores moved, where that was looked up."""
    return {
        "scheme": ranking.scheme,
        "version": ranking.version,
        "cycle": ranking.cycle,
        "stores": [_store(store, catalogue, (causes or {}).get(store.store, ())) for store in ranking.stores],
        "notes": [catalogue.render(note) for note in ranking.notes],
        "unranked": [_closed(store) for store in ranking.closed],
        "left_out": dict(ranking.left_out),
        "before": ranking.before,
        "kept": _kept_json(ranking.kept),
    }


def _kept_json(kept: KeptRanking | None) -> dict[str, Any] | None:
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
    return {
        "at": kept.at,
        "by": kept.by,
        "revision": kept.revision,
        "seal": kept.seal,
        "settings": None if kept.settings is None else _settings(kept.settings),
        "differs": differing,
    }


def _settings(kept: Mapping[str, Any]) -> dict[str, Any]:
    """As `rank --sure --json` has them: weights in percent."""
    return {**kept, "weights": as_percent(Fraction(kept["weights"]))}


def _closed(store: ClosedStore) -> dict[str, Any]:
    return {**asdict(store), "closed": store.closed.isoformat()}


def _cause(cause: Cause) -> dict[str, Any]:
    return {"criterion": cause.criterion, "before": Figure(cause.before).number, "after": Figure(cause.after).number}


def _store(store: RankedStore, catalogue: Catalogue, causes: Sequence[Cause]) -> dict[str, Any]:
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
        "rank_low_bound": store.ranked.rank_low_bound,
        "rank_high_bound": store.ranked.rank_high_bound,
        "proved": store.ranked.proved,
        "chance_top": store.chance_top,
        "moved": store.moved,
        "moved_by": [_cause(cause) for cause in causes],
    }
