"""Reading a ranking: at once where it is short, else on a thread of its own, as a league of thousands takes seconds."""

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
from greenstar.tui.results.ranking_filter import RankingFilter

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


def is_long(workspace: Workspace) -> bool:
    """Whether a ranking may take a while."""
    return len(workspace.storage.stores.codes()) > AT_ONCE


def ask_for_ranking(node: MessagePump, workspace: Workspace, chosen: RankingFilter) -> None:
    """Have `RankingRead` posted."""
    start_for(node, partial(_ranking_elsewhere, workspace, chosen))


def ask_for_together(
    node: MessagePump, workspace: Workspace, ranking: Ranking, view: RankingView, region: str | None
) -> None:
    """Have `TogetherRead` posted."""
    start_for(node, partial(_together_elsewhere, workspace, ranking, view, region))


def read_ranking(workspace: Workspace, chosen: RankingFilter) -> RankingRead:
    """The ranking of a cycle."""
    read_at = workspace.storage.events.last_number()
    try:
        ranking = shown_league(workspace, region=chosen.region, drafts=chosen.drafts, cycle=chosen.cycle)
    except GreenStarError as error:
        return RankingRead(chosen, why=error.message)
    return RankingRead(chosen, ranking, ranking_view(ranking), read_at)


def read_together(workspace: Workspace, ranking: Ranking, view: RankingView, region: str | None) -> TogetherRead:
    """What its stores come to together."""
    try:
        return TogetherRead(view, network_view(view, network_figures(workspace, ranking, region=region)))
    except GreenStarError as error:
        return TogetherRead(view, why=error.message)


def _ranking_elsewhere(workspace: Workspace, chosen: RankingFilter) -> RankingRead:
    """On a storage opened anew, for a thread."""
    try:
        with workspace.again() as own:
            return read_ranking(own, chosen)
    except GreenStarError as error:
        return RankingRead(chosen, why=error.message)


def _together_elsewhere(workspace: Workspace, ranking: Ranking, view: RankingView, region: str | None) -> TogetherRead:
    try:
        with workspace.again() as own:
            return read_together(own, ranking, view, region)
    except GreenStarError as error:
        return TogetherRead(view, why=error.message)
