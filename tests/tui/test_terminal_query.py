"""The terminal is asked once; what it answers is never typed, and what is typed meanwhile is never lost."""

import io
import os
import pty
import sys
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from rich.segment import Segment
from textual.color import Color
from textual.drivers import linux_driver
from textual.events import Key

from greenstar.tui import glyphs
from greenstar.tui.app import GreenStarApp
from greenstar.tui.textual_compat import terminal_query
from greenstar.tui.textual_compat.slow_line import SlowLineParser, escape_delay, outwait_slow_lines
from greenstar.tui.textual_compat.terminal_input import decode_as_terminal, read_before
from greenstar.tui.textual_compat.terminal_query import SIGNS, Terminal, ask_terminal, read_answers
from greenstar.tui.theme import first_look
from tests.rows import rows
from tests.tui.conftest import Open

DARK, LIGHT = b"\x1b]11;rgb:0f0f/1414/1212\x1b\\", b"\x1b]11;rgb:fc/fd/fb\x07"
NARROW, WIDE = (f"\x1b[1;{1 + len(SIGNS) * cells}R".encode() for cells in (1, 2))


@pytest.mark.parametrize(
    ("read", "terminal"),
    [
        (DARK + NARROW, Terminal(dark=True)),
        (LIGHT + WIDE, Terminal(dark=False, simple=True)),
        (NARROW, Terminal()),  # as tmux answers
        (b"", Terminal()),
        ("a上".encode() + DARK + b"b" + NARROW + b"\x1b[A", Terminal(dark=True, typed="a上b\x1b[A".encode())),
        (b"\x1b[?62;4c" + LIGHT + b"\r", Terminal(dark=False, typed=b"\r")),
    ],
)
def test_answers_are_taken_apart_from_what_is_typed(read: bytes, terminal: Terminal) -> None:
    assert read_answers(read) == terminal


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[bytes], None]]:
    """A terminal at the standard input that answers the first write to it with these bytes."""
    ours, theirs = pty.openpty()
    monkeypatch.setenv("TERM", "xterm-256color")
    files = [os.fdopen(os.dup(theirs), "rb", buffering=0), os.fdopen(os.dup(theirs), "wb", buffering=0)]
    for name, file in zip(("__stdin__", "__stderr__"), files, strict=True):
        monkeypatch.setattr(sys, name, file)
    threads = []

    def answers(data: bytes) -> None:
        thread = threading.Thread(target=lambda: os.read(ours, 100) and os.write(ours, data))
        thread.start()
        threads.append(thread)

    yield answers
    os.close(theirs)
    for file in files:
        file.close()
    for thread in threads:
        thread.join()
    os.close(ours)


def test_a_terminal_that_answers_is_believed(terminal: Callable[[bytes], None]) -> None:
    terminal(b"typed ahead" + LIGHT + NARROW)
    assert ask_terminal(wait=5) == Terminal(dark=False, typed=b"typed ahead")


def test_one_that_says_nothing_keeps_nobody_waiting(terminal: Callable[[bytes], None]) -> None:
    terminal(b"")
    assert ask_terminal(wait=0.01) == Terminal()


def test_one_whose_encoding_lacks_our_signs_is_asked_whether_it_is_dark_all_the_same(
    terminal: Callable[[bytes], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(terminal_query, "encoding_of", lambda _: "gbk")
    terminal(LIGHT + b"\x1b[1;1R")
    assert ask_terminal(wait=5) == Terminal(dark=False, simple=True)


@pytest.mark.parametrize("name", ["linux", "dumb"])
def test_a_simple_terminal_is_asked_nothing(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv("TERM", name)
    monkeypatch.delenv("COLORTERM", raising=False)
    assert ask_terminal() == Terminal(simple=True, few_colours=name == "linux")


@rows(("named", "simple"), [({}, True), ({"TERM": ""}, True), ({"WT_SESSION": "8b3c"}, False)])
def test_where_no_terminal_is_named_only_the_newer_one_of_windows_draws_all_signs(
    named: dict[str, str], simple: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "__stdin__", None)
    monkeypatch.setattr(terminal_query, "encoding_of", lambda _: "utf-8")
    for name in ("TERM", "WT_SESSION"):
        monkeypatch.delenv(name, raising=False)
    for name, value in named.items():
        monkeypatch.setenv(name, value)
    assert ask_terminal().simple is simple


@rows(("encoding", "simple"), [("gbk", True), ("latin-1", True), ("utf-8", False)])
def test_a_terminal_whose_encoding_lacks_our_signs_gets_plain_ones(encoding: str, simple: bool) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TERM", "xterm-256color")
        patch.setattr(sys, "__stderr__", io.TextIOWrapper(io.BytesIO(), encoding))
        assert ask_terminal().simple is simple


@rows(("system", "simple"), [("win32", True), ("linux", False)])
def test_the_encoding_is_that_of_the_stream_which_is_drawn_on(system: str, simple: bool) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TERM", "xterm-256color")
        patch.setattr(sys, "platform", system)
        for name, encoding in (("__stdout__", "gbk"), ("__stderr__", "utf-8")):
            patch.setattr(sys, name, io.TextIOWrapper(io.BytesIO(), encoding))
        assert ask_terminal().simple is simple


def test_no_terminal_is_asked_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setattr(sys, "__stdin__", None)
    assert ask_terminal() == Terminal()


def _typed(parser: SlowLineParser, *parts: str, pause: float = 0.0) -> str:
    """The characters that come of what is read in parts, `pause` seconds after each other; other keys as `<name>`."""
    messages = []
    for part in parts:
        messages += [*parser.feed(part)]
        parser._since -= pause
        messages += parser.tick()
    return "".join(key.character or f"<{key.key}>" for key in messages if isinstance(key, Key))


@pytest.mark.parametrize("reply", [DARK.decode(), LIGHT.decode(), "\x1b[?62;4c"])
def test_an_answer_that_comes_late_is_typed_nowhere_however_it_is_cut(reply: str) -> None:
    for cut in range(1, len(reply)):
        parts = f"a{reply[:cut]}", f"{reply[cut:]}b"
        assert _typed(SlowLineParser(), *parts) == "ab"
        if cut > 1:  # else it may be the key
            assert _typed(SlowLineParser(), *parts, pause=escape_delay()) == "ab"
    assert _typed(SlowLineParser(), "1]11;rgb") == "1]11;rgb"


def test_what_was_typed_ahead_comes_first_and_a_character_may_go_on_in_the_driver(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    module: Any = linux_driver
    for name in ("XTermParser", "getincrementaldecoder"):
        monkeypatch.setattr(module, name, getattr(module, name))  # put back at the end
    first, last = "上".encode()[:1], "上".encode()[1:]
    decode_as_terminal(linux_driver.LinuxDriver)
    outwait_slow_lines(linux_driver.LinuxDriver, read_before(b"2026" + first))
    parser, decode = module.XTermParser(), module.getincrementaldecoder("utf-8")().decode
    assert _typed(parser, decode(last + b"!")) == "2026上!"
    assert not module.XTermParser.typed_before
    outwait_slow_lines(linux_driver.LinuxDriver, "x")
    assert "".join(key.character or "" for key in module.XTermParser().tick() if isinstance(key, Key)) == "x"


async def test_the_look_follows_the_terminal_and_so_do_the_signs_unless_they_are_chosen(
    screen: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with screen() as driver:
        workspace = driver.host.workspace
        assert (driver.app.theme, glyphs.in_use()) == ("dark", "rich")
    app, drawn = GreenStarApp(workspace, "en", terminal=Terminal(dark=False, simple=True)), [Segment("a\u00adb")]
    assert (app.theme, glyphs.in_use()) == ("light", "plain")
    for line_filter in app.get_line_filters():
        drawn = line_filter.apply(drawn, Color(0, 0, 0)) if line_filter.enabled else drawn
    assert drawn == [Segment("a.b")]  # what stands for what cannot be seen is plain as well
    assert [first_look("contrast", dark=dark) for dark in (True, False, None)] == ["black", "white", "black"]
    monkeypatch.setattr("greenstar.tui.app.configured", {"look": "black", "glyphs": "rich"}.get)
    assert GreenStarApp(workspace, "en", terminal=Terminal(dark=False, simple=True)).theme == "black"
    assert glyphs.in_use() == "rich"
