"""A browser that shows a program: what it is still to be sent. One that does not read keeps nobody waiting."""

import asyncio
import json
from collections import deque
from collections.abc import Callable
from typing import Any

from aiohttp import web

MOST_WAITING = 1 << 20  # bytes that wait for a browser; more, and it gets the screen as it is once it reads again
_AT_ONCE = 1 << 16


class Viewer:
    """`catch_up` gives what an emptied terminal needs first, and has the program draw its screen again."""

    def __init__(self, catch_up: Callable[[], bytes]) -> None:
        self._catch_up = catch_up
        self._waiting: deque[bytes | str] = deque()
        self._bytes = 0
        self._behind = self._leaving = False
        self._more = asyncio.Event()

    def show(self, output: bytes) -> None:
        """What the program printed."""
        if self._behind:
            return
        self._waiting.append(output)
        self._bytes += len(output)
        if self._bytes > MOST_WAITING:
            self.fall_behind()
        self._more.set()

    def fall_behind(self) -> None:
        """Drop the frames that wait: the last is drawn again instead."""
        messages = [waiting for waiting in self._waiting if isinstance(waiting, str)]
        self._waiting, self._bytes, self._behind = deque(messages), 0, True
        self._more.set()

    def tell(self, **message: Any) -> None:
        """What is no output."""
        self._waiting.append(json.dumps(message))
        self._more.set()

    def leave(self, **message: Any) -> None:
        """Say why, and go."""
        self.tell(**message)
        self._leaving = True

    async def send(self, socket: web.WebSocketResponse) -> None:
        """Send all that there is to send until the browser or the program leaves."""
        while not socket.closed:
            await self._more.wait()
            self._more.clear()
            while (waiting := self._next()) is not None:
                if isinstance(waiting, bytes):
                    await socket.send_bytes(waiting)
                else:
                    await socket.send_str(waiting)
            if self._leaving:
                return

    def _next(self) -> bytes | str | None:
        if self._waiting and isinstance(self._waiting[0], str):
            return self._waiting.popleft()
        if self._behind:
            self._behind = False
            return self._catch_up()
        return self._next_output() if self._waiting else None

    def _next_output(self) -> bytes:
        first = self._waiting.popleft()
        assert isinstance(first, bytes)
        pieces, size = [first], len(first)
        while self._waiting and isinstance(self._waiting[0], bytes) and size < _AT_ONCE:
            piece = self._waiting.popleft()
            assert isinstance(piece, bytes)
            pieces.append(piece)
            size += len(piece)
        self._bytes -= size
        return b"".join(pieces)
