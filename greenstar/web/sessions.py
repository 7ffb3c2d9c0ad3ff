"""The programs that run behind the pages. A browser may leave, crash, or come back: its program goes on meanwhile."""

import asyncio
import secrets
import signal
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from greenstar.web.modes import TerminalModes
from greenstar.web.program import Program, Size
from greenstar.web.viewer import Viewer

MOST_SESSIONS = 8
_MOST_SHOWN = 100  # files that can be looked at, of one session
_PATIENCE = 35.0  # seconds: a program that is told to end may wait half a minute for a disk


class BrowserSession:
    """One program, the browser that shows it, and the files that it lets that browser look at."""

    def __init__(self, program: Program) -> None:
        self.id = secrets.token_urlsafe(16)
        self.viewer: Viewer | None = None
        self.files: dict[str, Path] = {}
        self._program, self._modes = program, TerminalModes()
        program.printed, program.told = self._printed, self._told

    # -- browsers

    def attach(self, size: Size, *, anew: bool) -> Viewer:
        """Show the program in a browser, and in no other any more; `anew`: it was just started."""
        if self.viewer is not None:
            self.viewer.leave(elsewhere=True)
        self.viewer = Viewer(self._catch_up)
        self.viewer.tell(session=self.id)
        if not anew:
            self._program.resize(size)
            self.viewer.fall_behind()
        return self.viewer

    def detach(self, viewer: Viewer) -> None:
        """The browser is gone, unless another took its place already."""
        if self.viewer is viewer:
            self.viewer = None

    def _catch_up(self) -> bytes:
        self._program.tell(redraw=True)
        return self._modes.put_back()

    # -- between browser and program

    async def type(self, keys: bytes) -> None:
        """Give the program what somebody typed, as fast as it reads."""
        await self._program.type(keys)

    def resize(self, size: Size) -> None:
        """The window has another size now."""
        self._program.resize(size)

    def file_arrived(self, path: Path) -> None:
        """Tell the program of a file that was uploaded."""
        self._program.tell(arrived=str(path))

    def _printed(self, output: bytes) -> None:
        self._modes.read(output)
        if self.viewer is not None:
            self.viewer.show(output)

    def _told(self, message: dict[str, Any]) -> None:
        path = message.get("show")
        if not isinstance(path, str):
            return
        name = secrets.token_urlsafe(16)
        self.files[name] = Path(path)
        while len(self.files) > _MOST_SHOWN:
            del self.files[next(iter(self.files))]
        if self.viewer is not None:
            self.viewer.tell(open=f"/files/{self.id}/{name}", name=Path(path).name)

    # -- the end

    async def ended(self) -> int:
        """Wait for the program's end, and tell the browser; the exit code."""
        code = await self._program.ended()
        if self.viewer is not None:
            self.viewer.leave(ended=code)
        return code

    def signal(self, number: signal.Signals) -> None:
        """Send the program a signal."""
        self._program.signal(number)


class Sessions:
    """All of them. `command` starts a program."""

    def __init__(self, command: Sequence[str], most: int = MOST_SESSIONS) -> None:
        self._command, self._most = command, most
        self._running: dict[str, tuple[BrowserSession, asyncio.Task[None]]] = {}
        self._starting = asyncio.Lock()

    def get(self, session: str) -> BrowserSession | None:
        """The session of that id, if its program runs still."""
        entry = self._running.get(session)
        return entry[0] if entry is not None else None

    async def attach(self, wanted: str, size: Size) -> tuple[BrowserSession, Viewer] | None:
        """The session that a page had, else one that no browser shows, else a new one. None: there are enough.

        OSError: it cannot be started.
        """
        async with self._starting:
            left_alone = (session for session, _ in reversed(self._running.values()) if session.viewer is None)
            session = self.get(wanted) or next(left_alone, None)
            anew = session is None
            if session is None:
                if len(self._running) >= self._most:
                    return None
                session = BrowserSession(await Program.start(self._command, size))
                self._running[session.id] = session, asyncio.create_task(self._watch(session))
            return session, session.attach(size, anew=anew)

    async def _watch(self, session: BrowserSession) -> None:
        await session.ended()
        del self._running[session.id]

    async def end(self, patience: float = _PATIENCE) -> None:
        """Tell all programs to end, and wait until each has stored what was typed in it."""
        for number, seconds in ((signal.SIGTERM, patience), (signal.SIGKILL, 1.0)):
            watching = [watch for _, watch in self._running.values()]
            for session, _ in self._running.values():
                session.signal(number)
            if watching:
                with suppress(TimeoutError):
                    await asyncio.wait(watching, timeout=seconds)
