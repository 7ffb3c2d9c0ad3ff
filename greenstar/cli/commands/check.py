"""`greenstar check`: what is wrong in a scheme, and whether its examples come to what they expect."""

import click

from greenstar.cli.framework import output
from greenstar.cli.framework.commands import command
from greenstar.cli.framework.parameters import as_json, option
from greenstar.cli.session import Session
from greenstar.errors import Exit
from greenstar.reports.json.scheme_check import scheme_check_json
from greenstar.reports.text.scheme_check import scheme_check_lines
from greenstar.resources import SHIPPED_SCHEME
from greenstar.services.schemes.against import against as against_database
from greenstar.services.schemes.check import CheckedScheme, path_of
from greenstar.services.schemes.check import check as check_scheme
from greenstar.services.schemes.sample_visits import save_sample_visits
from greenstar.services.settings.settings import expand_home
from greenstar.services.workspace import Workspace


@command("check", about="cli.about_check", examples=("greenstar check", "greenstar check my-scheme/ --json"))
@click.argument("schemes", nargs=-1, metavar="[SCHEME…]")
@option("--witnesses", metavar="FOLDER", words="check.opt_witnesses")
@option("--against", metavar="DB", words="check.opt_against")
@as_json()
def check(
    session: Session, schemes: tuple[str, ...], witnesses: str | None, against: str | None, *, as_json: bool
) -> Exit:
    """Check schemes, the shipped one by default; the exit code says whether all could be opened, and are well."""
    names = schemes or ((session.scheme,) if session.scheme is not None else ())
    checked = [check_scheme(path_of(name)) for name in names] if names else [check_scheme(SHIPPED_SCHEME)]
    for scheme in checked:
        saved = save_sample_visits(scheme, witnesses) if witnesses is not None else {}
        for level, file in saved.items():
            output.note(session.text("checking.saved", file=str(file), level=level))
    if against is not None:
        _hold_against(checked, against)
    if as_json:
        output.document(scheme_check_json(checked, session.catalogue))
    for scheme in checked:
        if scheme.unopened is not None:
            output.note(session.catalogue.render(scheme.unopened))
        elif not as_json:
            for line in scheme_check_lines(scheme, session.catalogue):
                output.say(line)
    if any(scheme.unopened is not None for scheme in checked):
        return Exit.BAD_INPUT
    return Exit.DONE if all(scheme.ok for scheme in checked) else Exit.NO


def _hold_against(checked: list[CheckedScheme], database: str) -> None:
    """Look what the database has of each scheme that could be read."""
    with Workspace.open(expand_home(database), write=False) as workspace:
        for each in checked:
            if each.scheme is not None:
                each.against = against_database(workspace, each.scheme)
