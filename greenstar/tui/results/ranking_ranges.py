"""The ranges of places under other weights: worked out on a thread of its own, once the ranking stands there."""

from collections.abc import Callable
from functools import partial

from textual.message import Message
from textual.message_pump import MessagePump

from greenstar.errors import GreenStarError
from greenstar.ranking.league import Ranking
from greenstar.ranking.uncertainty.settings import Stopped, SureSettings
from greenstar.reports.views.sureness import SurenessView
from greenstar.services.results.sureness import can_be_sure, how_sure
from greenstar.services.workspace import Workspace
from greenstar.tui.common.threads import start_for

MOST_STORES = 2_000  # of a ranking whose ranges are worked out without being asked for
_SETTINGS = SureSettings(seconds=2)  # of proving: what is still open then is told as such


class RangesKnown(Message):
    """The ranges of a ranking are known; None: they cannot be worked out."""

    def __init__(self, ranking: Ranking, view: SurenessView | None) -> None:
        super().__init__()
        self.ranking = ranking
        self.view = view


def ask_for_ranges(node: MessagePump, workspace: Workspace, ranking: Ranking, stopped: Callable[[], bool]) -> None:
    """Have `RangesKnown` posted once they are; never, where NumPy is not here, or there are too many stores.

    `stopped` is asked now and then whether nobody waits for them any more: then nothing is posted that is known.
    A ranking that was kept when its cycle closed has the ranges of that day.
    """
    if ranking.kept is None and 0 < len(ranking.stores) <= MOST_STORES and can_be_sure():
        start_for(node, partial(_ranges_known, workspace, ranking, stopped))


def _ranges_known(workspace: Workspace, ranking: Ranking, stopped: Callable[[], bool]) -> RangesKnown:
    try:
        with workspace.again() as own:
            return RangesKnown(ranking, SurenessView(how_sure(own, ranking, _SETTINGS, stopped=stopped)))
    except (GreenStarError, Stopped):  # the ranking stands there; `rank --sure` says why it has no ranges
        return RangesKnown(ranking, None)
