"""`greenstar rank --sure`: how sure each place is. Loads NumPy and the scheme."""

from greenstar.cli.framework import output
from greenstar.cli.session import Session
from greenstar.ranking.league import Ranking
from greenstar.ranking.uncertainty.settings import SureSettings
from greenstar.reports.json.sureness import sureness_json
from greenstar.reports.text.sureness import sureness_page
from greenstar.reports.views.sureness import SurenessView
from greenstar.services.results.movement import movement_causes
from greenstar.services.results.sureness import how_sure
from greenstar.services.workspace import Workspace


def print_sure(
    session: Session, workspace: Workspace, ranking: Ranking, settings: SureSettings, *, as_json: bool
) -> None:
    """Print the ranges of a ranking."""
    view = SurenessView(how_sure(workspace, ranking, settings))
    if as_json:
        output.document(sureness_json(view, session.catalogue, movement_causes(workspace, ranking)))
    else:
        output.draw(sureness_page(view, session.catalogue))
