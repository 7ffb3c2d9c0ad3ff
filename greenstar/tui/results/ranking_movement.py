"""Why the store under the cursor of a ranking moved: looked up for one store at a time, which takes no while."""

from greenstar.errors import GreenStarError
from greenstar.i18n.phrase import Phrase
from greenstar.ranking.league import Ranking
from greenstar.reports.views.movement import movement_phrase
from greenstar.reports.views.ranked_store import RankedStore
from greenstar.services.results.movement import movement_causes
from greenstar.services.workspace import Workspace


class Movements:
    """The movements of a ranking, each looked up once."""

    def __init__(self, workspace: Workspace, ranking: Ranking) -> None:
        self._workspace = workspace
        self._ranking = ranking
        self._known: dict[str, Phrase | None] = {}

    def phrase(self, store: RankedStore) -> Phrase | None:
        """How far a store moved since the cycle before, and by which criteria; None: it had no place there."""
        if store.store not in self._known:
            self._known[store.store] = self._looked_up(store)
        return self._known[store.store]

    def _looked_up(self, store: RankedStore) -> Phrase | None:
        if not store.moved:
            return movement_phrase(store.moved, self._ranking.before, None)
        try:
            causes = movement_causes(self._workspace, self._ranking, [store.store])
        except GreenStarError:  # how far it moved is told all the same
            causes = {}
        return movement_phrase(store.moved, self._ranking.before, causes.get(store.store))
