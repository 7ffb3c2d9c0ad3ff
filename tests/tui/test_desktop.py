"""The machine at which a person sits, where that is not this one: a browser, by way of the server."""

import asyncio
import json
import socket
from pathlib import Path

import pytest

from greenstar.services.settings.browser import VARIABLE
from greenstar.tui.desktop.browser_desktop import BrowserDesktop, desktop_here
from greenstar.tui.desktop.local_desktop import LocalDesktop


async def test_a_program_behind_a_browser_has_files_shown_there_and_hears_of_uploads() -> None:
    server, line = socket.socketpair()
    copied: list[str] = []
    desktop = BrowserDesktop(line, LocalDesktop(copied.append))
    heard: list[Path | str] = []
    with line:
        with server:
            assert desktop.show_file(Path("/tmp/水表.jpg"))
            assert json.loads(server.recv(1000)) == {"show": "/tmp/水表.jpg"}
            desktop.listen(heard.append, lambda: heard.append("redraw"))
            server.sendall(b'cut off\n{"arrived": "/tmp/a.jpg"}\n{"redr')
            server.sendall(b'aw": true}\n')
            async with asyncio.timeout(10):
                while len(heard) < 2:  # noqa: ASYNC110 - what is waited for tells nobody
                    await asyncio.sleep(0)
        assert heard == [Path("/tmp/a.jpg"), "redraw"]
        assert not desktop.show_file(Path("/tmp/a.jpg"))  # nobody is at the other end any more
        await asyncio.sleep(0)
    desktop.copy_text("a text")
    assert copied == ["a text"]


async def test_a_server_that_ends_before_it_has_read_all_is_gone_and_that_is_no_mistake() -> None:
    server, line = socket.socketpair()
    desktop, mistakes = BrowserDesktop(line, LocalDesktop(lambda _: None)), list[object]()
    asyncio.get_running_loop().set_exception_handler(lambda _, context: mistakes.append(context))
    with line:
        with server:
            desktop.listen(str, str)
            assert desktop.show_file(Path("/tmp/a.jpg"))
        for _ in range(5):
            await asyncio.sleep(0)
        assert not desktop.show_file(Path("/tmp/a.jpg"))
    assert not mistakes


def test_without_a_browser_the_machine_is_this_one(monkeypatch: pytest.MonkeyPatch) -> None:
    for text in ("", "none", "987"):
        monkeypatch.setenv(VARIABLE, text)
        assert isinstance(desktop_here(print), LocalDesktop)
