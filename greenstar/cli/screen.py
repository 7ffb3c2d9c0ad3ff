"""`greenstar` and `greenstar assess`: the screen."""

from importlib import import_module

from greenstar.cli import output
from greenstar.cli.declaring import command, store_argument
from greenstar.cli.session import Session
from greenstar.errors import BadInput


@command("assess", about="cli.about_assess", examples=("greenstar assess WX-001",))
@store_argument()
def assess(session: Session, store: str) -> None:
    """Open one store's visit, where it was left."""
    open_screen(session, store)


def open_screen(session: Session, store: str | None = None) -> None:
    """The screen on the session's database, at a store's visit where one is given."""
    if not output.is_terminal():
        raise BadInput("cli.no_terminal")
    from greenstar.services.stores import find_store  # noqa: PLC0415  (not before it is known that it is needed)

    with session.workspace(write=True) as workspace:
        if store is not None:
            store = find_store(workspace, store).code
        # The two front ends do not know each other: the screen is found by its name, and only here.
        import_module("greenstar.tui").run(workspace, session.lang, store)
