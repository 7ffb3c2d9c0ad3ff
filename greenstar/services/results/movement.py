"""Why stores moved since the cycle before, from what was sealed: both visits of each are read."""

from collections.abc import Iterable

from greenstar.ranking.league import Ranking
from greenstar.ranking.movement import Cause, causes
from greenstar.services.workspace import Workspace
from greenstar.storage.protocols.standings import Scope

_AT_ONCE = 250  # stores


def movement_causes(
    workspace: Workspace, ranking: Ranking, stores: Iterable[str] | None = None
) -> dict[str, tuple[Cause, ...]]:
    """The criteria that earn other points than in the cycle before, by store: of these stores, or of all that moved.

    Nothing of a draft, which is not sealed.
    """
    if ranking.before is None or ranking.rules is None:
        return {}
    wanted = list(stores) if stores is not None else [ranked.entry.store for ranked in ranking.stores if ranked.moved]
    now, before = Scope(ranking.cycle, ranking.rules), Scope(ranking.before, ranking.rules)
    by_store: dict[str, tuple[Cause, ...]] = {}
    for start in range(0, len(wanted), _AT_ONCE):
        some = wanted[start : start + _AT_ONCE]
        earned, earlier = (workspace.storage.standings.earned(scope, some) for scope in (now, before))
        by_store |= {
            store: causes(earlier[store], earned[store]) for store in some if store in earned and store in earlier
        }
    return by_store
