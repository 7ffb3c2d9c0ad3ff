"""`greenstar indicators`: what the network adds up to."""

from greenstar.cli.framework import output
from greenstar.cli.framework.commands import command
from greenstar.cli.framework.parameters import REGION, as_json, option
from greenstar.cli.framework.progress import StderrProgress
from greenstar.cli.session import Session
from greenstar.reports.json.indicators import indicators_json
from greenstar.reports.text.indicators import indicators_page
from greenstar.reports.views.indicators import indicators_view
from greenstar.services.results.indicators import NetworkIndicators, network_indicators


@command(
    "indicators",
    about="indicators.about",
    examples=("greenstar indicators --region East", "greenstar indicators --cycle 2026 --json"),
)
@option("--region", type=REGION, metavar="R", words="cli.opt_region")
@as_json()
def indicators(session: Session, *, region: str | None, as_json: bool) -> None:
    """Print what the visits of the cycle that count add up to."""
    with session.workspace(write=False) as workspace, StderrProgress(session.text("indicators.reading")) as progress:
        session.refuse_unknown_scheme(workspace)
        network = network_indicators(workspace, region=region, progress=progress)
    view = indicators_view(network)
    for note in network.notes:
        output.note(session.catalogue.render(note))
    if as_json:
        output.document(indicators_json(view, session.catalogue))
    else:
        output.draw(indicators_page(view, session.catalogue))
    nothing = _nothing(network)
    if nothing is not None:
        scheme = network.scheme
        version = {} if scheme is None else {"scheme": scheme.name, "version": scheme.version}
        output.note(session.text(nothing, cycle=network.cycle, region=region or "", **version))


def _nothing(network: NetworkIndicators) -> str | None:
    """The key of the sentence that says why there is nothing; None: there is something."""
    if network.scheme is not None and not network.scheme.indicators:
        return "indicators.none_in_scheme"
    if network.stores:
        return None
    return "indicators.nothing" if network.region is None else "indicators.nothing_in_region"
