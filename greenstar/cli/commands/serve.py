"""`greenstar serve`: the screen in a browser on this machine."""

import sys
from importlib import import_module
from importlib.util import find_spec

from greenstar.cli.framework import output
from greenstar.cli.framework.commands import command
from greenstar.cli.framework.open_files import FOR_A_SCREEN, need_open_files
from greenstar.cli.framework.parameters import EVERYWHERE, Count, option
from greenstar.cli.session import Session
from greenstar.errors import BadInput

_HIGHEST_PORT = 65535


@command("serve", about="cli.about_serve", examples=("greenstar serve", "greenstar serve --port 8020"))
@option("--port", type=Count(0, _HIGHEST_PORT), default=0, metavar="N", words="cli.opt_port")
def serve(session: Session, *, port: int) -> None:
    """Serve the screen until a signal ends it; the address is the result."""
    if find_spec("pty") is None or sys.platform == "win32":
        raise BadInput("web.needs_posix")
    if find_spec("aiohttp") is None:
        raise BadInput("web.needs_extra")
    need_open_files(FOR_A_SCREEN)
    with session.workspace(write=True):
        pass  # what is wrong with the database is said here, and not only in a browser

    def announce(address: str) -> None:
        output.note(session.text("web.serving"))
        output.say(address)
        output.finish()

    # The front ends do not know each other: the server is found by its name, and only here.
    import_module("greenstar.web.serve").serve(_program(session), session.catalogue, port, announce)


def _program(session: Session) -> list[str]:
    """The command that opens the screen, asked as this one was."""
    asked = {name: getattr(session, name.removeprefix("--")) for name in EVERYWHERE}
    options = [text for name, value in asked.items() if value is not None for text in (name, value)]
    return [sys.executable, "-m", "greenstar", *options]
