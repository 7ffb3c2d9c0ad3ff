"""`greenstar simulate NEW`: what a draft of a scheme would do to every stored visit. Nothing is changed."""

import click

from greenstar.cli.framework import output
from greenstar.cli.framework.commands import command
from greenstar.cli.framework.parameters import as_json
from greenstar.cli.framework.progress import StderrProgress
from greenstar.cli.session import Session
from greenstar.reports.json.simulation import simulation_json
from greenstar.reports.text.simulation import simulation_page
from greenstar.scheme.loader import read_scheme
from greenstar.services.schemes.check import path_of
from greenstar.services.schemes.simulate import simulate as run


@command(
    "simulate", about="simulate.about", examples=("greenstar simulate my-draft/", "greenstar simulate my-draft/ --json")
)
@click.argument("new", metavar="NEW")
@as_json()
def simulate(session: Session, new: str, as_json: bool) -> None:
    """Score all stored visits under the draft, and print what changes."""
    scheme = read_scheme(path_of(new))
    with session.workspace(write=False) as workspace, StderrProgress(session.text("simulate.progress")) as progress:
        session.refuse_unknown_scheme(workspace)
        simulation = run(workspace, scheme, progress)
        session.note_empty_cycle(workspace)
    if as_json:
        output.document(simulation_json(simulation, session.catalogue))
    else:
        output.draw(simulation_page(simulation, session.catalogue))
