"""Reading a ranking: at once where it is short, else on a thread of its own, as a league of thousands takes seconds.

What is worked out beside it (places that cannot be told apart, ranges of places) is asked for once it stands there.
"""

from dataclasses import dataclass
from functools import partial

from textual.message import Message
from textual.message_pump import MessagePump

from greenstar.errors import GreenStarError
from greenstar.i18n.phrase import Phrase
from greenstar.ranking.league import Ranking
from greenstar.reports.views.network import NetworkView, network_view
from greenstar.reports.views.ranking import RankingView, ranking_view
from greenstar.services.cycles.shown_league import shown_league
from greenstar.services.results.network import network_figures
from greenstar.services.workspace import Workspace
from greenstar.tui.common.threads import start_for
from greenstar.tui.results.known_ranking import KnownRanking
from greenstar.tui.results.places_alike import PlacesKnown, ask_for_places
from greenstar.tui.results.ranking_filter import RankingFilter
from greenstar.tui.results.ranking_ranges import RangesKnown, ask_for_ranges

AT_ONCE = 12_000  # stores, of which a ranking is read before the next key: what is typed ahead goes into the list


@dataclass
class RankingRead(Message):
    """A ranking was read, of which `read_at` is the last event; or `why` it could not be."""

    chosen: RankingFilter
    ranking: Ranking | None = None
    view: RankingView | None = None
    read_at: int = 0
    why: Phrase | None = None


@dataclass
class TogetherRead(Message):
    """What the stores of a ranking come to together; or `why` that is not known."""

    view: RankingView
    network: NetworkView | None = None
    why: Phrase | None = None


class RankingReader:
    """Reads what a screen shows of a cycle's ranking, and keeps it.

    `chosen`: what is to be shown; `known`: what is shown, None until it is read; `together`: what its stores come to.
    What takes a while is posted to `node`, as `RankingRead`, `TogetherRead`, `PlacesKnown` and `RangesKnown`; each of
    the methods that take such a message says whether it is still waited for.
    """

    def __init__(self, node: MessagePump, workspace: Workspace) -> None:
        self.workspace = workspace
        self.chosen = self._shown = RankingFilter(workspace.cycle)
        self.known: KnownRanking | None = None
        self.together: NetworkView | None = None
        self.is_reading = False
        self._node = node
        self._read_at = 0  # the last event that the ranking takes into account
        self._left = False

    @property
    def is_stale(self) -> bool:
        """Whether something was written since the ranking was read."""
        return self.known is not None and self._read_at != self.workspace.storage.events.last_number()

    def read(self) -> RankingRead | None:
        """Read what is chosen; None: that takes a while, and is posted."""
        self.is_reading = True
        if len(self.workspace.storage.stores.codes()) <= AT_ONCE:
            return _read_ranking(self.workspace, self.chosen)
        # once the screen has said that it reads
        elsewhere = partial(_ranking_elsewhere, self.workspace, self.chosen)
        self._node.call_after_refresh(start_for, self._node, elsewhere)
        return None

    def take_ranking(self, event: RankingRead) -> bool:
        """Know what was read; where it could not be, what was shown before stays chosen."""
        if not self.chosen.same_ranking(event.chosen):
            return False
        self.is_reading = False
        if event.ranking is None or event.view is None:
            self.chosen = self._shown
        else:
            self._shown, self._read_at = event.chosen, event.read_at
            self.known = KnownRanking(self.workspace, event.ranking, event.view)
        return True

    def read_together(self, known: KnownRanking) -> TogetherRead | None:
        """Read what the stores come to together; None: that takes a while and is posted, or nobody waits for it."""
        if known is not self.known:
            return None
        ranking, view, region = known.asked, known.view, self.chosen.region
        if len(ranking.stores) <= AT_ONCE:
            return _read_together(self.workspace, ranking, view, region)
        start_for(self._node, partial(_together_elsewhere, self.workspace, ranking, view, region))
        return None

    def take_together(self, event: TogetherRead) -> bool:
        """Know what the stores come to together, and have worked out what is said beside the ranking."""
        known = self.known
        if known is None or event.view is not known.view:
            return False
        if event.network is not None:
            self.together = event.network
            ask_for_places(self._node, self.workspace, known.asked, self.chosen.region)
            stopped = partial(self._needs_no_more, known)
            ask_for_ranges(self._node, self.workspace, known.asked, stopped=stopped)
        return True

    def _needs_no_more(self, known: KnownRanking) -> bool:
        return self._left or known is not self.known

    def take_places(self, event: PlacesKnown) -> bool:
        """Know which places cannot be told apart."""
        if self.known is None or event.ranking is not self.known.asked:
            return False
        self.known.know_places(event.alike)
        return True

    def take_ranges(self, event: RangesKnown) -> bool:
        """Know the ranges of places."""
        if self.known is None or event.ranking is not self.known.asked or event.view is None:
            return False
        self.known.know_ranges(event.view)
        return True

    def leave(self) -> None:
        """Nobody waits for ranges any more."""
        self._left = True


def _read_ranking(workspace: Workspace, chosen: RankingFilter) -> RankingRead:
    """The ranking of a cycle."""
    read_at = workspace.storage.events.last_number()
    try:
        ranking = shown_league(workspace, region=chosen.region, drafts=chosen.drafts, cycle=chosen.cycle)
    except GreenStarError as error:
        return RankingRead(chosen, why=error.message)
    return RankingRead(chosen, ranking, ranking_view(ranking), read_at)


def _read_together(workspace: Workspace, ranking: Ranking, view: RankingView, region: str | None) -> TogetherRead:
    """What its stores come to together."""
    try:
        return TogetherRead(view, network_view(view, network_figures(workspace, ranking, region=region)))
    except GreenStarError as error:
        return TogetherRead(view, why=error.message)


def _ranking_elsewhere(workspace: Workspace, chosen: RankingFilter) -> RankingRead:
    """On a storage opened anew, for a thread."""
    try:
        with workspace.again() as own:
            return _read_ranking(own, chosen)
    except GreenStarError as error:
        return RankingRead(chosen, why=error.message)


def _together_elsewhere(workspace: Workspace, ranking: Ranking, view: RankingView, region: str | None) -> TogetherRead:
    try:
        with workspace.again() as own:
            return _read_together(own, ranking, view, region)
    except GreenStarError as error:
        return TogetherRead(view, why=error.message)
