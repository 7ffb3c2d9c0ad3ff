"""`greenstar agreement`: how far assessors agree."""

from greenstar.cli.framework import output
from greenstar.cli.framework.commands import command
from greenstar.cli.framework.parameters import REGION, as_json, option
from greenstar.cli.session import Session
from greenstar.reports.json.agreement import agreement_json
from greenstar.reports.text.agreement import agreement_page
from greenstar.services.agreement.agreement import agreement as compared


@command(
    "agreement",
    about="agreement.about",
    examples=("greenstar agreement --cycle 2026", "greenstar agreement --region East --json"),
)
@option("--region", type=REGION, metavar="R", words="cli.opt_region")
@as_json()
def agreement(session: Session, *, region: str | None, as_json: bool) -> None:
    """Compare what was assessed twice in the cycle."""
    with session.workspace(write=False) as workspace:
        session.refuse_unknown_scheme(workspace)
        result = compared(workspace, region)
    if as_json:
        output.document(agreement_json(result, session.catalogue))
    else:
        output.draw(agreement_page(result, session.catalogue))
    if result.scheme is None:
        output.note(session.text("agreement.nothing", cycle=result.cycle))
