"""`greenstar demo`: a sample network, its ranking, and where to go from there."""

import click

from greenstar.cli.commands.screen import open_screen
from greenstar.cli.framework import output
from greenstar.cli.framework.commands import command
from greenstar.cli.framework.parameters import Count, option
from greenstar.cli.framework.progress import StderrProgress
from greenstar.cli.session import Session
from greenstar.errors import BadInput
from greenstar.reports.text.ranking import ranking_page
from greenstar.reports.views.ranking import ranking_view
from greenstar.services.demo.beside import sample_folder
from greenstar.services.demo.network import MOST_STORES, STORES, Demo, make_demo
from greenstar.services.results.ranking import EVERYTHING, Wanted, league
from greenstar.services.settings import settings

_FIRST = 20  # stores of a very large network that are printed
_IN_FULL = ("", " rank --region East", " explain WX-001 WAT-06", " stores list", " export scores -o scores.csv")
_LARGE = ("", " rank --region East", " export ranking -o ranking.csv", " export scores -o scores.csv")


@command("demo", about="cli.about_demo", examples=("greenstar demo", "greenstar demo /tmp/network --stores 1000"))
@click.argument("folder", required=False, metavar="[DIR]")
@option("--stores", type=Count(1, MOST_STORES), metavar="N", words="cli.opt_stores")
@option("--again", is_flag=True, words="cli.opt_again")
def demo(session: Session, folder: str | None, stores: int | None, *, again: bool) -> None:
    """Make the sample network, print its ranking, and open the screen on it where there is a terminal."""
    if session.db is not None:  # it makes a database of its own, and would leave that one alone without a word
        raise BadInput("cli.demo_takes_no_db", db=session.db)
    where = settings.expand_home(folder) if folder else sample_folder()
    with StderrProgress(session.text("cli.demo_makes")) as progress:
        made = make_demo(where, stores=STORES if stores is None else stores, again=again, progress=progress)
    session.db = str(made.path)
    with session.workspace(write=False) as workspace:
        ranking = ranking_view(league(workspace, wanted=EVERYTHING if made.in_full else Wanted(first=_FIRST)))
        session.note_empty_cycle(workspace)
    output.draw(ranking_page(ranking, session.catalogue))
    output.finish()
    _tell_of_sample(session, made)
    if output.can_draw():
        open_screen(session, ask_name=False)


def _tell_of_sample(session: Session, made: Demo) -> None:
    """What it is, where it lies, and what to type next."""
    place = f'"{session.db}"' if " " in str(session.db) else session.db
    output.note("")
    key = "cli.demo_is" if made.in_full else "cli.demo_is_large"
    output.note(session.text(key, stores=made.stores, visits=made.visits, cycles=made.cycles, path=session.db))
    output.note(session.text("cli.demo_next"))
    for words in _IN_FULL if made.in_full else _LARGE:
        output.note(f"  greenstar --db {place}{words}")
