"""A server to ask, with a small program in the place of the screen."""

import asyncio
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from aiohttp import ClientResponse, ClientWebSocketResponse, CookieJar, WSMsgType, web
from aiohttp.test_utils import TestClient, TestServer

from greenstar.i18n.catalogue import Catalogue
from greenstar.web.guard import Guard
from greenstar.web.server import Server
from greenstar.web.sessions import Sessions
from greenstar.web.uploads import Uploads

CAT = ("cat",)  # in its terminal, what is typed is shown at once


@dataclass
class Running:
    """A server that runs, and a client of it without the token."""

    guard: Guard
    sessions: Sessions
    client: "TestClient[web.Request, web.Application]"
    folder: Path

    @property
    def origin(self) -> dict[str, str]:
        """What a browser says of our own page."""
        return {"Origin": f"http://127.0.0.1:{self.guard.port}"}

    async def let_in(self) -> ClientResponse:
        """Open the address with the token."""
        return await self.client.get(f"/?t={self.guard.token}")

    async def open(self, session: str = "", size: str = "columns=80&rows=24") -> ClientWebSocketResponse:
        """A terminal, as a page opens it."""
        return await self.client.ws_connect(f"/terminal?session={session}&{size}", headers=self.origin)


Serve = Callable[..., Awaitable[Running]]


@pytest.fixture
async def serve(tmp_path: Path) -> AsyncIterator[Serve]:
    """Starts servers, and ends them with all their programs."""
    running: list[Running] = []

    async def start(*command: str, most: int = 8) -> Running:
        guard, sessions = Guard(Catalogue("en")), Sessions(command or CAT, most)
        folder = tmp_path / "uploads"
        server = TestServer(Server(guard, sessions, Uploads(folder), Catalogue("en")).app(), host="127.0.0.1")
        client = TestClient(server, cookie_jar=CookieJar(unsafe=True))  # which keeps cookies of addresses in numbers
        await client.start_server()
        assert server.port is not None
        guard.port = server.port
        running.append(Running(guard, sessions, client, folder))
        return running[-1]

    yield start
    for server in running:
        await server.sessions.end(patience=1.0)
        await server.client.close()


def python(script: str) -> tuple[str, ...]:
    """A program that runs a script, which has `line`, the number of the line to the server."""
    return (sys.executable, "-S", "-c", f"import os, sys, json; line = int(os.environ['GREENSTAR_BROWSER'])\n{script}")


async def session_of(terminal: ClientWebSocketResponse) -> str:
    """The id of the session, which the server tells first."""
    return str((await terminal.receive_json())["session"])


async def seen(terminal: ClientWebSocketResponse, text: bytes) -> bytes:
    """What the terminal shows, once `text` is in it."""
    shown = b""
    while text not in shown:
        message = await terminal.receive(timeout=10)
        assert message.type in (WSMsgType.BINARY, WSMsgType.TEXT), message
        shown += message.data if message.type is WSMsgType.BINARY else b""
    return shown


async def until(holds: Callable[[], bool]) -> None:
    """Wait until something holds. TimeoutError: it does not come about."""
    async with asyncio.timeout(10):
        while not holds():  # noqa: ASYNC110 - what is waited for tells nobody
            await asyncio.sleep(0.005)
