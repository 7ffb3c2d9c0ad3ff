"""A browser may leave, come back, crash or stop reading: the program behind its page goes on."""

import asyncio
import json
from pathlib import Path

import pytest
from aiohttp import web
from typing_extensions import override

from greenstar.web.modes import TerminalModes
from greenstar.web.program import Size
from greenstar.web.sessions import Sessions
from greenstar.web.viewer import MOST_WAITING, Viewer
from tests.web.conftest import Serve, python, seen, session_of, until

pytestmark = pytest.mark.process


async def test_a_reload_comes_back_to_the_same_program_with_what_is_half_typed(serve: Serve) -> None:
    server = await serve("sh", "-c", r"printf '\033[?1049h\033[?2026h\033[?25l\033[?25h\033[?2026l'; exec cat")
    await server.let_in()
    terminal = await server.open()
    session = await session_of(terminal)
    await seen(terminal, b"?2026l")
    await terminal.send_bytes("半".encode())
    await seen(terminal, "半".encode())
    await terminal.close()
    again = await server.open(session)
    assert await session_of(again) == session
    assert await seen(again, b"\x1bc\x1b[?1049h\x1b[?25h")  # the other screen is put back, for an empty terminal
    await again.send_bytes(b"typed\r")
    await seen(again, "\n半typed".encode())  # one line: what `cat` was given is whole


async def test_a_page_that_knows_no_session_takes_up_the_one_that_nobody_shows(serve: Serve) -> None:
    server = await serve(most=1)
    await server.let_in()
    terminal = await server.open()
    session = await session_of(terminal)
    refused = await server.open()
    assert await refused.receive_json() == {"enough": True}
    await terminal.close()
    while (
        await session_of(terminal := await server.open()) != session
    ):  # the server sees a moment later that it is gone
        await terminal.close()


async def test_a_session_that_is_opened_twice_is_shown_where_it_was_opened_last(serve: Serve) -> None:
    server = await serve()
    await server.let_in()
    first = await server.open()
    session = await session_of(first)
    second = await server.open(session)
    assert await session_of(second) == session
    assert await first.receive_json() == {"elsewhere": True}
    await second.send_bytes(b"here")
    await seen(second, b"here")


async def test_a_browser_that_reads_nothing_stops_nothing_and_gets_the_screen_as_it_is_then(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("greenstar.web.viewer.MOST_WAITING", 50_000)
    done = tmp_path / "done"
    sessions = Sessions(("sh", "-c", f"head -c 200000 /dev/zero | tr '\\0' x; touch {done}; exec cat"))
    attached = await sessions.attach("", Size(80, 24))
    assert attached is not None
    session, viewer = attached
    await until(done.exists)  # the program printed all of it, though nobody sent anything on
    socket = _Socket()
    sending = asyncio.create_task(viewer.send(socket))
    await until(lambda: b"\x1bc" in socket.sent)
    assert len(socket.sent) < 50_000
    await session.type(b"after all")
    await until(lambda: socket.sent.endswith(b"after all"))
    sending.cancel()
    await sessions.end(patience=1.0)


class _Socket(web.WebSocketResponse):
    """Keeps what a browser would get."""

    closed = False

    def __init__(self) -> None:
        super().__init__()
        self.sent = b""

    @override
    async def send_bytes(self, data: bytes | bytearray | memoryview, compress: int | None = None) -> None:
        self.sent += bytes(data)

    @override
    async def send_str(self, data: str, compress: int | None = None) -> None:
        """A message that is no output."""


async def test_what_is_pasted_waits_for_a_program_that_reads_slowly_and_all_of_it_arrives(
    serve: Serve, tmp_path: Path
) -> None:
    got = tmp_path / "got"
    server = await serve("sh", "-c", f"stty raw -echo; echo ready; sleep 0.1; head -c 700000 > {got}; echo done; cat")
    await server.let_in()
    terminal = await server.open()
    await seen(terminal, b"ready")
    for _ in range(10):
        await terminal.send_bytes(b"0123456789" * 7000)
    await seen(terminal, b"done")
    assert got.read_bytes() == b"0123456789" * 70_000


async def test_the_window_is_as_large_as_the_browser_says_within_reason(
    serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    server = await serve("sh", "-c", 'while read word; do stty size; echo "<$COLUMNS>"; done')
    await server.let_in()
    terminal = await server.open(size="columns=101&rows=31")
    for told, size in ((None, b"31 101"), ("90x20", b"20 90"), ("0x99999", b"500 2"), ("evil", b"500 2")):
        if told is not None:
            await terminal.send_str(told)
        await terminal.send_bytes(b"\r")
        await seen(terminal, size + b"\r\n<>")


async def test_what_the_program_says_last_is_shown_and_its_end_is_told(serve: Serve) -> None:
    server = await serve("sh", "-c", "read word; echo the last words; exit 3")
    await server.let_in()
    terminal = await server.open()
    session = await session_of(terminal)
    await terminal.send_bytes(b"\r")
    await seen(terminal, b"the last words")
    assert await terminal.receive_json() == {"ended": 3}
    assert server.sessions.get(session) is None


async def test_a_program_that_cannot_be_started_is_told(serve: Serve) -> None:
    server = await serve("/nothing/here")
    await server.let_in()
    assert (await (await server.open()).receive_json())["failed"] == "No such file or directory"


async def test_at_the_end_every_program_is_told_and_waited_for(serve: Serve, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    server = await serve(
        "sh", "-c", f"trap 'sleep 0.1; echo typed > {kept}; exit' TERM; echo ready; while :; do sleep 0.02; done"
    )
    await server.let_in()
    terminal = await server.open()
    await seen(terminal, b"ready")
    await terminal.close()
    await server.sessions.end()
    assert kept.read_text() == "typed\n"


async def test_a_file_that_is_uploaded_lies_in_the_folder_and_the_program_is_told(serve: Serve) -> None:
    server = await serve(*python("while True: print(os.read(line, 9999).decode(), flush=True)"))
    await server.let_in()
    terminal = await server.open()
    session = await session_of(terminal)
    for number, name in enumerate(("meter 读数.jpg", "meter 读数.jpg", "../../etc/pass\x1b[2Jwd", "")):
        headers = {
            "X-File-Name": name.encode().hex(" ").replace(" ", "%").join(("%", "")) if name else "",
            **server.origin,
        }
        answer = await server.client.post(f"/files/{session}", data=b"photo %d" % number, headers=headers)
        assert answer.status == 200, await answer.text()
        path = server.folder / (await answer.json())["name"]
        assert path.read_bytes() == b"photo %d" % number
        assert path.stat().st_mode & 0o777 == 0o600
        assert b"arrived" in await seen(terminal, b"}")
    assert sorted(path.name for path in server.folder.iterdir()) == [
        "_",
        "_.._etc_pass[2Jwd",
        "meter 读数-2.jpg",
        "meter 读数.jpg",
    ]


async def test_an_upload_that_is_empty_too_large_or_cut_off_leaves_nothing(
    serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = await serve()
    await server.let_in()
    session = await session_of(await server.open())
    monkeypatch.setattr("greenstar.web.uploads.MOST_BYTES", 10)
    for content, why in ((b"", "is empty"), (b"x" * 11, "at most")):
        headers = {"X-File-Name": "a.jpg", **server.origin}
        answer = await server.client.post(f"/files/{session}", data=content, headers=headers)
        assert answer.status == 422
        assert why in (await answer.json())["why"]
    port = server.guard.port
    _, writer = await asyncio.open_connection("127.0.0.1", port)
    cookie = f"greenstar_{port}={server.guard.token}"
    head = f"POST /files/{session} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nOrigin: http://127.0.0.1:{port}\r\n"
    writer.write(f"{head}Cookie: {cookie}\r\nX-File-Name: cut.jpg\r\nContent-Length: 9\r\n\r\nhalf".encode())
    await until((server.folder / "cut.jpg").exists)
    writer.close()
    await until(lambda: not list(server.folder.iterdir()))
    assert (await server.client.post("/files/none", data=b"x", headers=server.origin)).status == 404


async def test_a_file_that_the_program_shows_is_opened_by_the_browser_and_no_other_file_is(
    serve: Serve, tmp_path: Path
) -> None:
    files = {name: tmp_path / name for name in ("photo 1.jpg", "page.html", "notes.txt", "cert.pdf")}
    for path in files.values():
        path.write_bytes(b"<script>")
    messages = b"".join(json.dumps({"show": str(path)}).encode() + b"\n" for path in files.values())
    server = await serve(*python(f"os.write(line, {messages!r}); sys.stdin.read()"))
    await server.let_in()
    terminal = await server.open()
    await session_of(terminal)
    expected = [
        ("image/jpeg", "inline; filename*=UTF-8''photo%201.jpg", True),
        ("application/octet-stream", "attachment; filename*=UTF-8''page.html", True),
        ("text/plain; charset=utf-8", "inline; filename*=UTF-8''notes.txt", True),
        ("application/pdf", "inline; filename*=UTF-8''cert.pdf", False),
    ]
    for (name, path), (kind, place, sandboxed) in zip(files.items(), expected, strict=True):
        message = await terminal.receive_json()
        assert message["name"] == name
        answer = await server.client.get(message["open"])
        assert (answer.headers["Content-Type"], answer.headers["Content-Disposition"]) == (kind, place)
        assert ("sandbox" in answer.headers["Content-Security-Policy"]) is sandboxed
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert await answer.read() == path.read_bytes()
    path.unlink()
    assert (await server.client.get(message["open"])).status == 404
    assert (await server.client.get(message["open"] + "x")).status == 404


def test_what_is_told_is_not_dropped_with_the_frames() -> None:
    viewer = Viewer(lambda: b"all of it")
    viewer.tell(session="a")
    for _ in range(MOST_WAITING // 1000 + 2):
        viewer.show(b"x" * 1000)
    viewer.tell(ended=0)
    assert [viewer._next() for _ in range(4)] == ['{"session": "a"}', '{"ended": 0}', b"all of it", None]


def test_modes_are_read_though_they_are_cut_anywhere() -> None:
    printed = b"\x1b[?1049h\x1b[?1000;1006hword\x1b[?25l\x1b[?2026h\x1b[?1000l\x1b["
    for cut in range(len(printed)):
        modes = TerminalModes()
        modes.read(printed[:cut])
        modes.read(printed[cut:])
        assert modes.put_back() == b"\x18\x1bc\x1b[?1049h\x1b[?1006h\x1b[?25l\x1b[?1000l"
