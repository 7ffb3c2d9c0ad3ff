"""`greenstar rank`: the ranking. Loads no scheme, no scoring: a ranking is read from what the database keeps."""

from greenstar.cli.framework import output
from greenstar.cli.framework.declaring import TEXT, as_json, command, option
from greenstar.cli.session import Session
from greenstar.reports.league import ranking_table
from greenstar.reports.ranking import ranking_json
from greenstar.services.results.ranking import league


@command("rank", about="cli.about_rank", examples=("greenstar rank --region East", "greenstar rank --drafts --json"))
@option("--region", type=TEXT, metavar="R", words="cli.opt_region")
@option("--drafts", is_flag=True, words="cli.opt_drafts")
@as_json()
def rank(session: Session, *, region: str | None, drafts: bool, as_json: bool) -> None:
    """Print the ranking of the cycle."""
    with session.workspace(write=False) as workspace:
        ranking = league(workspace, region=region, drafts=drafts)
    for left_out in ranking.notes:
        output.note(session.catalogue.render(left_out))
    if as_json:
        output.document(ranking_json(ranking, session.catalogue))
        return
    output.draw(ranking_table(ranking, session.catalogue, with_status=drafts))
    if not ranking.stores:
        output.note(session.text("cli.nothing_to_rank", cycle=ranking.cycle))
