"""Runs the server until it is told to end."""

import asyncio
import signal
from collections.abc import Callable, Sequence

from aiohttp import web

from greenstar.errors import BadInput
from greenstar.i18n.catalogue import Catalogue
from greenstar.services.settings.browser import uploads
from greenstar.web.guard import HOSTS, Guard
from greenstar.web.server import Server
from greenstar.web.sessions import Sessions
from greenstar.web.uploads import Uploads

_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def serve(command: Sequence[str], catalogue: Catalogue, port: int, announce: Callable[[str], object]) -> None:
    """Serve programs that `command` starts; `announce` is told the address. Returns once a signal ended all of it.

    BadInput: somebody listens at that port already. `port` 0: any that is free.
    """
    asyncio.run(_serve(command, catalogue, port, announce))


async def _serve(command: Sequence[str], catalogue: Catalogue, port: int, announce: Callable[[str], object]) -> None:
    told_to_end, loop = asyncio.Event(), asyncio.get_running_loop()
    for number in _SIGNALS:
        if signal.getsignal(number) != signal.SIG_IGN:  # whoever started it under `nohup` wants it so
            loop.add_signal_handler(number, told_to_end.set)
    guard, sessions, arrived = Guard(catalogue), Sessions(command), Uploads(uploads())
    arrived.tidy()
    server = Server(guard, sessions, arrived, catalogue)
    runner = web.AppRunner(server.app(), handle_signals=False, access_log=None, shutdown_timeout=0.5)
    await runner.setup()
    try:
        guard.port = await _listen(runner, port)
        announce(guard.address)
        await told_to_end.wait()
    finally:
        await sessions.end()
        await runner.cleanup()


async def _listen(runner: web.AppRunner, port: int) -> int:
    """Listen on loopback; the port."""
    try:
        await web.TCPSite(runner, HOSTS[0], port).start()
    except OSError as error:
        raise BadInput("web.port_taken", port=str(port), technical=error.strerror or str(error)) from error
    listening: int = runner.addresses[0][1]
    return listening
