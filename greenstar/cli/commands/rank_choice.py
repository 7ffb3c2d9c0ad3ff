"""`greenstar rank --choose K`: the lighthouse stores that cover most, beside the plain first."""

from greenstar.cli.framework import output
from greenstar.cli.session import Session
from greenstar.ranking.league import Ranking
from greenstar.reports.json.choice import choice_json
from greenstar.reports.json.ranking import ranking_json
from greenstar.reports.text.choice import choice_page
from greenstar.reports.views.choice import choice_view
from greenstar.reports.views.ranking import ranking_view
from greenstar.services.results.choice import choose_lighthouses
from greenstar.services.workspace import Workspace


def print_choice(session: Session, workspace: Workspace, ranking: Ranking, wanted: int, *, as_json: bool) -> None:
    """Print a choice of so many candidates, or why there is none."""
    made, shown = choose_lighthouses(workspace, ranking, wanted), ranking_view(ranking)
    choice = None if made is None else choice_view(made)
    if as_json:
        choice_document = choice_json(choice, wanted, session.catalogue)
        output.document({**ranking_json(shown, session.catalogue), "choice": choice_document})
    elif choice is not None:
        output.draw(choice_page(shown, choice, session.catalogue))
    if choice is None:
        no_rule = bool(ranking.stores) and not shown.names_lighthouses
        output.note(session.text("choice.no_rule" if no_rule else "choice.no_candidate", cycle=ranking.cycle))
