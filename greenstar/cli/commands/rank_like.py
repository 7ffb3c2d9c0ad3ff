"""`greenstar rank --like STORE`: the store among those of its kind."""

from greenstar.cli.framework import output
from greenstar.cli.session import Session
from greenstar.ranking.league import Ranking
from greenstar.reports.json.peers import like_json
from greenstar.reports.text.peers import peers_page
from greenstar.reports.views.peers import peers_view
from greenstar.reports.views.ranking import ranking_view
from greenstar.services.results.peers import among_peers
from greenstar.services.stores.stores import find_store
from greenstar.services.workspace import Workspace


def print_like(session: Session, workspace: Workspace, ranking: Ranking, store: str, *, as_json: bool) -> None:
    """Print a store among its peers. BadInput: there is no such store, or it has no place in the ranking."""
    peers = peers_view(among_peers(workspace, ranking, find_store(workspace, store).code))
    if as_json:
        output.document(like_json(ranking_view(ranking), peers, session.catalogue))
    else:
        output.draw(peers_page(ranking_view(ranking), peers, session.catalogue))
