"""The ranking as rows of a table."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from greenstar.i18n.catalogue import Catalogue
from greenstar.ranking.league import Ranking
from greenstar.ranking.uncertainty.settings import SureSettings
from greenstar.reports.views.ranked_store import RankedStore
from greenstar.reports.views.ranking import RankedStores
from greenstar.services.results.network_columns import LastRankingColumns, RankingColumns


def ranking_rows(
    ranking: Ranking, catalogue: Catalogue, cycle: str, settings: SureSettings | None = None
) -> Iterator[dict[str, Any]]:
    """One row a store, in the order of the league; a column for each key that it is ranked by.

    `settings`: what its ranges were worked out with; those of a kept ranking are known.
    """
    kept = ranking.kept.settings if ranking.kept is not None else None
    if kept is not None:
        share, numbers = Fraction(kept["weights"]), {name: kept[name] for name in ("draws", "seed", "first")}
        settings = SureSettings(share=share, **numbers)
    told = None if settings is None else str(settings)
    return (_row(store, catalogue, cycle, told) for store in RankedStores(ranking))


def _row(store: RankedStore, catalogue: Catalogue, cycle: str, settings: str | None) -> dict[str, Any]:
    own = RankingColumns(
        rank=store.rank,
        store=store.store,
        name=store.name,
        region=store.region,
        total=store.total.number,
        level=store.level,
        candidate=store.candidate,
        why_not=catalogue.say("ranking.separator").join(catalogue.render(reason) for reason in store.why_not),
        rank_low=store.rank_low,
        rank_high=store.rank_high,
    )
    last = LastRankingColumns(
        excused_points=store.excused.number,
        not_applicable_points=store.not_applicable.number,
        tie_broken_by=store.tie_break.key if store.tie_break else None,
        rank_low_bound=store.ranked.rank_low_bound,
        rank_high_bound=store.ranked.rank_high_bound,
        proved=store.ranked.proved,
        chance_top=store.chance_top,
        moved=store.moved,
        settings=settings,
        cycle=cycle,
    )
    keys = {f"by_{name}": figure.number for name, figure in store.keys.items()}
    return {**vars(own), **keys, **vars(last)}
