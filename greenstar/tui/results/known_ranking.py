"""A ranking as it was read, and what is worked out beside it once it stands there."""

from greenstar.i18n.catalogue import Catalogue
from greenstar.ranking.league import Ranking
from greenstar.reports.views.agreement import alike_phrase
from greenstar.reports.views.ranked_store import RankedStore
from greenstar.reports.views.ranking import RankingView, ranking_view
from greenstar.reports.views.sureness import SurenessView
from greenstar.services.agreement.agreement import PlacesAlike
from greenstar.services.results.ranking import ranked_cycles
from greenstar.services.workspace import Workspace
from greenstar.tui.results.ranking_filter import RankingFilter
from greenstar.tui.results.ranking_lines import PlaceRemarks, range_phrase
from greenstar.tui.results.ranking_movement import Movements


class KnownRanking:
    """`asked`: the ranking for which more is worked out; `view`: how it is shown by now."""

    def __init__(self, workspace: Workspace, asked: Ranking, view: RankingView) -> None:
        self.asked, self.view = asked, view
        self._alike = PlacesAlike({})
        self._movements = Movements(workspace, asked)
        self._ranges: SurenessView | None = None

    def know_ranges(self, ranges: SurenessView) -> None:
        """Show the places that other weights give."""
        self._ranges, self.view = ranges, ranking_view(ranges.sureness.ranking)

    def know_places(self, alike: PlacesAlike) -> None:
        """Tell which places cannot be told apart."""
        self._alike = alike

    def said_of(self, store: RankedStore) -> PlaceRemarks:
        """What is known of a store's place."""
        return PlaceRemarks(
            alike_phrase(self._alike, store.store), range_phrase(self._ranges, store), self._movements.phrase(store)
        )

    def said(self, catalogue: Catalogue) -> str:
        """What is said of the ranking as a whole, a line each."""
        notes = [*self.view.notes, *([self.view.not_ranked] if self.view.not_ranked is not None else [])]
        return "\n".join(f"! {catalogue.render(note)}" for note in notes)


def why_empty(workspace: Workspace, chosen: RankingFilter, catalogue: Catalogue) -> str:
    """Why a list is empty, and which keys show more."""
    say = catalogue.say
    if chosen.region is not None or chosen.on:
        return say("compare.nothing_matches")
    others = [cycle for cycle in ranked_cycles(workspace) if cycle != chosen.cycle]
    ways = [] if chosen.drafts else [say("compare.drafts_too", cycle=chosen.cycle)]
    if others:
        ways.append(say("compare.ranked_cycles", count=len(others), cycles=others))
    return "\n".join([say("tui.no_ranking"), *ways])
