"""What the server answers: the page and its parts, the terminal behind it, files that come, and files to look at."""

import asyncio
import html
import json
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from pathlib import Path
from string import Template
from urllib.parse import unquote

from aiohttp import WSMsgType, web

from greenstar.errors import GreenStarError
from greenstar.i18n.catalogue import Catalogue
from greenstar.web.guard import Guard
from greenstar.web.program import Size
from greenstar.web.sessions import BrowserSession, Sessions
from greenstar.web.shown_files import shown
from greenstar.web.uploads import Uploads
from greenstar.web.viewer import Viewer

PAGE = Path(__file__).parent / "page"
_KINDS = {".mjs": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}
_WORDS = ("attach", "drop", "coming", "came", "failed", "lost", "ended", "again", "elsewhere", "here", "enough", "open")
_MOST_MESSAGE = 1 << 20  # bytes typed or pasted at once
_HEARTBEAT = 20.0  # seconds between two looks whether a browser is still there
_SMALLEST, _LARGEST = Size(2, 2), Size(1000, 500)
_PIECE = 1 << 16


class Server:
    """The routes of one server."""

    def __init__(self, guard: Guard, sessions: Sessions, uploads: Uploads, catalogue: Catalogue) -> None:
        self._guard, self._sessions, self._uploads, self._catalogue = guard, sessions, uploads, catalogue
        self._parts = dict(_parts())
        self._sockets: set[web.WebSocketResponse] = set()

    def app(self) -> web.Application:
        """The application."""
        app = web.Application(middlewares=[self._guard.middleware])
        app.router.add_get("/", self._page)
        app.router.add_get("/page/{name}", self._part)
        app.router.add_get("/terminal", self._terminal)
        app.router.add_post("/files/{session}", self._upload)
        app.router.add_get("/files/{session}/{name}", self._show)
        app.on_shutdown.append(self._hang_up)
        return app

    async def _hang_up(self, _: web.Application) -> None:
        """Wait for no browser that does not answer."""
        for socket in list(self._sockets):
            with suppress(TimeoutError, ConnectionError):
                await asyncio.wait_for(socket.close(code=1001), 0.2)

    # -- the page

    async def _page(self, _: web.Request) -> web.Response:
        words = {word: self._catalogue.say(f"web.{word}") for word in _WORDS}
        values = {
            "language": self._catalogue.own_language,
            "title": self._catalogue.say("tui.program"),
            "attach": words["attach"],
            "terminal": self._catalogue.say("web.terminal"),
        }
        escaped = {name: html.escape(value) for name, value in values.items()}
        in_script = json.dumps(words).replace("<", "\\u003c")
        text = Template((PAGE / "index.html").read_text(encoding="utf-8")).substitute(escaped, words=in_script)
        return web.Response(text=text, content_type="text/html")

    async def _part(self, request: web.Request) -> web.Response:
        part = self._parts.get(request.match_info["name"])
        if part is None:
            raise web.HTTPNotFound
        kind, content = part
        return web.Response(body=content, content_type=kind, charset="utf-8")

    # -- the terminal

    async def _terminal(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse(heartbeat=_HEARTBEAT, max_msg_size=_MOST_MESSAGE, timeout=1.0)
        await socket.prepare(request)
        size = _size(request.query.get("columns"), request.query.get("rows")) or Size(80, 24)
        try:
            attached = await self._sessions.attach(request.query.get("session", ""), size)
        except OSError as error:
            await socket.send_json({"failed": error.strerror or str(error)})
            attached = None
        else:
            if attached is None:
                await socket.send_json({"enough": True})
        if attached is not None:
            self._sockets.add(socket)
            try:
                await self._bridge(socket, *attached)
            finally:
                self._sockets.discard(socket)
        await socket.close()
        return socket

    async def _bridge(self, socket: web.WebSocketResponse, session: BrowserSession, viewer: Viewer) -> None:
        """Between a browser and its program, until either leaves."""
        ways = [asyncio.create_task(viewer.send(socket)), asyncio.create_task(_receive(socket, session))]
        try:
            await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        finally:
            session.detach(viewer)
            for way in ways:
                way.cancel()
            await asyncio.gather(*ways, return_exceptions=True)  # a browser that is gone is no news

    # -- files

    async def _upload(self, request: web.Request) -> web.Response:
        session = self._sessions.get(request.match_info["session"])
        if session is None:
            raise web.HTTPNotFound
        name = unquote(request.headers.get("X-File-Name", ""))
        try:
            path = await self._uploads.take(name, request.content_length, _pieces(request))
        except GreenStarError as error:
            return web.json_response({"why": self._catalogue.render(error.message)}, status=422)
        session.file_arrived(path)
        return web.json_response({"name": path.name})

    async def _show(self, request: web.Request) -> web.StreamResponse:
        session = self._sessions.get(request.match_info["session"])
        path = session.files.get(request.match_info["name"]) if session is not None else None
        if path is None or not path.is_file():
            return web.Response(status=404, text=f"{self._catalogue.say('web.file_gone')}\n")
        return shown(path)


async def _receive(socket: web.WebSocketResponse, session: BrowserSession) -> None:
    """Bytes are typed; a text says how large the window is."""
    async for message in socket:
        if message.type is WSMsgType.BINARY:
            await session.type(message.data)
        elif message.type is WSMsgType.TEXT:
            columns, _, rows = message.data.partition("x")
            size = _size(columns, rows)
            if size is not None:
                session.resize(size)


async def _pieces(request: web.Request) -> AsyncIterator[bytes]:
    async for piece in request.content.iter_chunked(_PIECE):
        yield piece


def _size(columns: str | None, rows: str | None) -> Size | None:
    """The size that a page gives, within reason."""
    texts = [columns or "", rows or ""]
    if not all(text.isascii() and text.isdigit() and len(text) < 6 for text in texts):
        return None
    bounded = (min(max(int(text), least), most) for text, least, most in zip(texts, _SMALLEST, _LARGEST, strict=True))
    return Size(*bounded)


def _parts() -> Iterator[tuple[str, tuple[str, bytes]]]:
    """The files of the page by name, with their kinds."""
    for path in (*PAGE.iterdir(), *(PAGE / "vendor").iterdir()):
        if path.suffix in _KINDS:
            yield path.name, (_KINDS[path.suffix], path.read_bytes())
