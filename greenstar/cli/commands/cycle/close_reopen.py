"""`greenstar cycle close` and `reopen`."""

import click

from greenstar.cli.framework import output
from greenstar.cli.framework.commands import command
from greenstar.cli.framework.parameters import TEXT, Known, as_json, option
from greenstar.cli.session import Session
from greenstar.errors import BadInput, Exit
from greenstar.reports.json.cycles import closed_json, reopened_json
from greenstar.reports.views.cycles import left_phrases
from greenstar.services.cycles import closing
from greenstar.services.cycles.work_left import work_left
from greenstar.services.results.sureness import INSTALL, numpy_loads


@command("close", about="cycles.about_close", examples=("greenstar cycle close 2026",))
@click.argument("named", type=Known("cycle"), metavar="CYCLE")
@option("--yes", is_flag=True, words="cycles.opt_yes")
@as_json()
def close(session: Session, named: str, *, yes: bool, as_json: bool) -> Exit:
    """Keep the ranking of a cycle, where it is meant."""
    with session.workspace(write=True) as workspace:
        cycle = closing.cycle_named(workspace, named)
        closing.refuse_closed(workspace, cycle)
        left = list(left_phrases(work_left(workspace, cycle)))
        for phrase in left:
            output.note(session.catalogue.render(phrase))
        if left and not yes and not output.is_terminal():
            raise BadInput("cycles.ask_first", cycle=cycle)
        if left and not yes and not click.confirm(session.text("cycles.close_all_the_same", cycle=cycle), err=True):
            return Exit.NO
        closed = closing.close(workspace, cycle)
    if not closed.ranges:
        key = "cycles.no_ranges" if numpy_loads() else "cycles.no_ranges_numpy"
        output.note(session.text(key, cycle=cycle, command=INSTALL))
    if as_json:
        output.document(closed_json(closed))
    else:
        values = {"cycle": cycle, "revision": closed.revision, "count": closed.stores, "seal": closed.seal}
        output.say(session.text("cycles.closed", **values))
    return Exit.DONE


@command("reopen", about="cycles.about_reopen", examples=('greenstar cycle reopen 2026 --because "WX-004 was late"',))
@click.argument("named", type=Known("cycle"), metavar="CYCLE")
@option("--because", required=True, type=TEXT, metavar="TEXT", words="cli.opt_because")
@as_json()
def reopen(session: Session, named: str, *, because: str, as_json: bool) -> None:
    """Let the ranking of a cycle follow its visits again."""
    with session.workspace(write=True) as workspace:
        cycle = closing.cycle_named(workspace, named)
        kept = closing.reopen(workspace, cycle, because)
    if as_json:
        output.document(reopened_json(kept))
    else:
        output.say(session.text("cycles.reopened", cycle=cycle, revision=kept.revision))
