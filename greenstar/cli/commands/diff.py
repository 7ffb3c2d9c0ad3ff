"""`greenstar diff OLD NEW`: what changed between two versions of a scheme."""

import click

from greenstar.cli.framework import output
from greenstar.cli.framework.commands import command
from greenstar.cli.framework.parameters import as_json
from greenstar.cli.session import Session
from greenstar.reports.json.scheme_diff import scheme_diff_json
from greenstar.reports.text.scheme_diff import scheme_diff_lines
from greenstar.scheme.loader import read_scheme
from greenstar.services.schemes.check import path_of
from greenstar.services.schemes.diff import diff as compare


@command("diff", about="diff.about", examples=("greenstar diff leading-green-star my-draft/",))
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@as_json()
def diff(session: Session, old: str, new: str, as_json: bool) -> None:
    """Compare two schemes; that they differ is no error."""
    difference = compare(read_scheme(path_of(old)), read_scheme(path_of(new)))
    if as_json:
        output.document(scheme_diff_json(difference, session.catalogue))
    else:
        for line in scheme_diff_lines(difference, session.catalogue):
            output.say(line)
