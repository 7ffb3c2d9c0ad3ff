"""Which places of the ranking cannot be told apart: worked out on a thread of its own, as a league may be long."""

from functools import partial

from textual.message import Message
from textual.message_pump import MessagePump

from greenstar.errors import GreenStarError
from greenstar.ranking.league import Ranking
from greenstar.services.agreement.agreement import PlacesAlike, places_told_apart
from greenstar.services.workspace import Workspace
from greenstar.tui.common.threads import start_for


class PlacesKnown(Message):
    """It is known which places of a ranking cannot be told apart."""

    def __init__(self, ranking: Ranking, alike: PlacesAlike) -> None:
        super().__init__()
        self.ranking = ranking
        self.alike = alike


def ask_for_places(node: MessagePump, workspace: Workspace, ranking: Ranking, region: str | None) -> None:
    """Have `PlacesKnown` posted once it is known; never, where no store was assessed twice."""
    if workspace.storage.double_visits.check_visits(cycle=ranking.cycle):
        start_for(node, partial(places_known, workspace, ranking, region))


def places_known(workspace: Workspace, ranking: Ranking, region: str | None) -> PlacesKnown:
    """What will be posted, on a storage opened anew."""
    try:
        with workspace.again() as own:
            return PlacesKnown(ranking, places_told_apart(own, ranking, region))
    except GreenStarError:  # the ranking stands there; what is only said beside it is left out
        return PlacesKnown(ranking, PlacesAlike({}))
