"""The ranking for programs. Imports nothing heavy: `greenstar rank` waits for it."""

from typing import Any

from greenstar.i18n.catalogue import Catalogue
from greenstar.numbers import as_number
from greenstar.ranking.league import Ranked, Ranking


def ranking_json(ranking: Ranking, catalogue: Catalogue) -> dict[str, Any]:
    """`rank --json`. Its keys are promises; they are only ever added."""
    return {
        "scheme": ranking.scheme,
        "version": ranking.version,
        "cycle": ranking.cycle,
        "stores": [_store(ranking, one, catalogue) for one in ranking.stores],
        "notes": [catalogue.render(note) for note in ranking.notes],
    }


def _store(ranking: Ranking, one: Ranked, catalogue: Catalogue) -> dict[str, Any]:
    standing = one.standing
    return {
        "rank": one.rank,
        "store": standing.store,
        "name": standing.name,
        "region": standing.region,
        "status": standing.status,
        "total": total_of(ranking, one),
        "level": standing.level,
        "stars": standing.stars,
        "candidate": standing.candidate,
        "why_not": [catalogue.render(reason) for reason in standing.why_not],
        "rank_low": one.rank_low,
        "rank_high": one.rank_high,
        "keys": {name: None if value is None else as_number(value) for name, value in standing.keys.items()},
    }


def total_of(ranking: Ranking, one: Ranked) -> int | float | None:
    """The total of a store, rounded, but never up to a threshold that it misses."""
    total = one.standing.total
    return None if total is None else as_number(total, misses=ranking.edges)
