"""`greenstar`, `greenstar assess` and `greenstar tour`: the screen; and a visit line by line, without one."""

import os
from importlib import import_module
from typing import TYPE_CHECKING

import click

from greenstar.cli.framework import output
from greenstar.cli.framework.commands import command
from greenstar.cli.framework.open_files import FOR_A_SCREEN, need_open_files
from greenstar.cli.framework.parameters import option, store_argument
from greenstar.cli.session import Session
from greenstar.errors import BadInput, StorageError
from greenstar.i18n.catalogue import Catalogue
from greenstar.services.workspace import Workspace

if TYPE_CHECKING:
    from greenstar.cli.plain.sitting import Sitting


@command("assess", about="cli.about_assess", examples=("greenstar assess WX-001", "greenstar assess WX-001 --plain"))
@store_argument()
@option("--plain", is_flag=True, words="cli.opt_plain")
@option("--paper", is_flag=True, words="paper.opt_paper")
def assess(session: Session, store: str, *, plain: bool, paper: bool) -> None:
    """Open one store's visit, where it was left; or key in its form on paper."""
    if paper:
        from greenstar.cli.plain.paper import PaperSitting  # noqa: PLC0415  (the screen does without)

        if plain:
            raise BadInput("paper.with_plain")
        _line_by_line(session, store, PaperSitting)
    elif plain:
        _line_by_line(session, store)
    else:
        open_screen(session, store)


@command("tour", about="cli.about_tour", examples=("greenstar tour", "greenstar tour --lang zh"))
def tour(session: Session) -> None:
    """Play the tour on a sample that is thrown away afterwards."""
    _refuse_without_screen()
    import_module("greenstar.tui").run_tour(session.lang)


def _refuse_without_screen() -> None:
    if not output.is_terminal():
        raise BadInput("cli.no_terminal")
    if not output.can_draw():
        raise BadInput("cli.dumb_terminal", term=os.environ["TERM"])
    need_open_files(FOR_A_SCREEN)


def _line_by_line(session: Session, store: str, sits: "type[Sitting] | None" = None) -> None:
    """The visit on standard input and output, whether or not these are a terminal."""
    from greenstar.cli.plain.conversation import converse  # noqa: PLC0415  (the screen does without)
    from greenstar.services.stores.stores import find_store  # noqa: PLC0415

    with session.workspace(write=True) as workspace:
        store = find_store(workspace, store).code
        if workspace.unnamed and output.somebody_types():
            _ask_name(session, workspace)
        if sits is None:
            converse(workspace, store, session.catalogue)
        else:
            converse(workspace, store, session.catalogue, sits)


def open_screen(session: Session, store: str | None = None, *, ask_name: bool = True) -> None:
    """The screen on the session's database, at a store's visit where one is given."""
    _refuse_without_screen()
    from greenstar.services.stores.stores import find_store  # noqa: PLC0415  (not before it is known that it is needed)

    with session.workspace(write=True) as workspace:
        if store is not None:
            store = find_store(workspace, store).code
        # The two front ends do not know each other: the screen is found by its name, and only here.
        import_module("greenstar.tui").run(workspace, session.lang, store, ask_name=ask_name)


def _ask_name(session: Session, workspace: Workspace) -> None:
    """Ask once who the assessor is; the answer is kept for every later visit."""
    question = Catalogue(session.lang).say("cli.ask_name")
    try:
        workspace.name_assessor(click.prompt(question, default=workspace.assessor, err=True))
    except StorageError as error:  # the name holds for this sitting all the same
        output.note(session.catalogue.render(error.message))
