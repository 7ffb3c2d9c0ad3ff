"""What we rely on in Textual without its promise: each is there, of that shape, and does what we need."""

import ast
import asyncio
import importlib
import inspect
import os
import pkgutil
import signal
import sys
import textwrap
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache
from io import BytesIO, TextIOWrapper
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from rich.cells import cell_len
from rich.segment import Segment
from textual import content
from textual._xterm_parser import XTermParser
from textual.app import App, ComposeResult
from textual.color import Color
from textual.containers import VerticalScroll
from textual.content import Content
from textual.drivers import linux_driver
from textual.drivers._writer_thread import MAX_QUEUED_WRITES
from textual.events import Key, Paste
from textual.geometry import Size
from textual.layout import Layout
from textual.message import Message
from textual.message_pump import MessagePump
from textual.screen import ModalScreen, Screen
from textual.widget import Widget
from textual.widgets import Input, Static
from typing_extensions import override

import greenstar.tui
from greenstar.errors import BadInput
from greenstar.i18n.phrase import Phrase
from greenstar.tui import glyphs
from greenstar.tui.common.dialog import Dialog
from greenstar.tui.common.text import Words
from greenstar.tui.textual_compat.alt_keys import know_alt_keys, small
from greenstar.tui.textual_compat.border_words import show_foot, show_title
from greenstar.tui.textual_compat.control_codes import SafeLines, show_control_codes
from greenstar.tui.textual_compat.ending import (
    is_gone,
    outlive_output,
    resume_only_after_a_pause,
    watch_for_the_end,
)
from greenstar.tui.textual_compat.error_boundary import AppErrorBoundary, ErrorBoundary
from greenstar.tui.textual_compat.noted_at_once import NotedAtOnce
from greenstar.tui.textual_compat.odd_keys import ignore_odd_keys
from greenstar.tui.textual_compat.plain_signs import PlainLines
from greenstar.tui.textual_compat.single_layout import SingleLayout
from greenstar.tui.textual_compat.slow_line import SlowLineParser, escape_delay, outwait_slow_lines
from greenstar.tui.textual_compat.terminal_input import decode_as_terminal
from greenstar.tui.textual_compat.type_ahead import TypeAhead
from tests.rows import rows
from tests.tui.painting import painting

COMPAT = "greenstar.tui.textual_compat"


class Told:
    """A host that only remembers what is said."""

    def __init__(self) -> None:
        self.sentences: list[str] = []

    def damage(self) -> None:
        """Nothing is damaged."""

    def notify(self, phrase: Phrase, *, wrong: bool = False) -> None:
        """Remember it."""
        self.sentences.append(f"{'! ' if wrong else ''}{phrase.key}")


# -- nothing else does


def _modules() -> Iterator[Any]:
    for module in pkgutil.walk_packages(greenstar.tui.__path__, "greenstar.tui."):
        if not module.name.startswith(COMPAT):
            yield importlib.import_module(module.name)


@cache
def _private(cls: type) -> set[str]:
    """The names with one leading underscore that a class defines, or that its methods use of themselves."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(cls)))
    used = {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "self"
    }
    return {name for name in used | set(vars(cls)) if name.startswith("_") and not name.startswith("__")}


@pytest.fixture(scope="module")
def of_textual() -> dict[type, set[str]]:
    """The private names of Textual's classes, by class."""
    known: dict[type, set[str]] = {}
    for module in _modules():
        for cls in _own_classes(module):
            known |= {base: _private(base) for base in _of_textual(cls) if base not in known}
    return known


def _own_classes(module: Any) -> list[type]:
    return [cls for cls in vars(module).values() if isinstance(cls, type) and cls.__module__ == module.__name__]


def _of_textual(cls: type) -> list[type]:
    return [base for base in cls.__mro__ if base.__module__.split(".")[0] == "textual"]


def test_no_class_of_the_screen_uses_or_hides_a_private_name_of_textual(of_textual: dict[type, set[str]]) -> None:
    class Empty(Input, Screen[None]):  # what Textual itself puts into every class
        """Nothing of its own."""

    class EmptyLayout(Layout):  # and Python into those of an abstract class
        """Nothing of its own."""

    touched = {
        f"{module.__name__}.{cls.__name__}.{name}"
        for module in _modules()
        for cls in _own_classes(module)
        for base in _of_textual(cls)
        for name in (_private(cls) & of_textual[base]) - {*vars(Empty), *vars(EmptyLayout)}
    }
    assert not touched


def test_no_module_of_the_screen_imports_a_private_name_of_textual() -> None:
    imported = [
        f"{module.__name__}: {node.module}"
        for module in _modules()
        for node in ast.walk(ast.parse(Path(module.__file__).read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "textual"
        if "._" in f".{node.module}" or any(alias.name.startswith("_") for alias in node.names)
    ]
    assert not imported


# -- alt keys


def test_textual_keeps_its_key_sequences_in_a_table_and_reads_alt_and_a_letter_from_it_at_once() -> None:
    from textual._ansi_sequences import ANSI_SEQUENCES_KEYS  # noqa: PLC0415 - what is tested

    known = ANSI_SEQUENCES_KEYS["\x1b[A"]
    assert isinstance(known, tuple)
    assert known[0].value == "up"
    know_alt_keys()
    messages = list(XTermParser().feed("\x1bb\x1bb\x1br\x1b.\x1b/"))
    keys = [message.key for message in messages if isinstance(message, Key)]
    assert keys == ["alt+b", "alt+b", "alt+r", "alt+full_stop", "alt+slash"]


@pytest.mark.parametrize(
    "sequence",
    ["\x1b[110:78;3u", "\x1b[9999999;1u", "\x1b[97;1:1;97u", "\x1b[97;1;9999999u", "\x1b[57~", "\x1b[97;5~"],
)
def test_a_key_in_a_form_that_cannot_be_read_is_ignored(monkeypatch: pytest.MonkeyPatch, sequence: str) -> None:
    monkeypatch.setattr(XTermParser, "_parse_extended_key", XTermParser._parse_extended_key)  # put back at the end
    ignore_odd_keys()
    messages = list(XTermParser().feed(f"a{sequence}b"))
    assert [message.key for message in messages if isinstance(message, Key)] == ["a", "b"]


def test_a_key_that_can_be_read_is_still_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(XTermParser, "_parse_extended_key", XTermParser._parse_extended_key)
    ignore_odd_keys()
    messages = list(XTermParser().feed("\x1b[110;3u\x1b[19~\x1b[3;5~\x1b[24~"))
    assert [message.key for message in messages if isinstance(message, Key)] == ["alt+n", "f8", "ctrl+delete", "f12"]


def test_capitals_are_the_same_keys_held_ones_too() -> None:
    know_alt_keys()
    read = _keys(SlowLineParser(), "\x1bZ\x1bZ", "\x1bO", "\x1bO\x1bP", "\x1bX\x1b[A", pause=0)
    assert read == ["alt+z", "alt+z", "alt+o", "alt+o", "alt+p", "alt+x", "up"]
    assert [small(key) for key in ("alt+shift+z", "alt+Z", "alt+up", "Z", "alt+shift+up", "ctrl+alt+A")] == [
        *("alt+z", "alt+z", "alt+up", "Z", "alt+shift+up", "ctrl+alt+a")
    ]


# -- a slow line


def _keys(parser: SlowLineParser, *parts: str, pause: float) -> list[str]:
    """The keys (or kinds of messages) that come of what is read in parts, `pause` seconds after each other."""
    messages: list[Message] = []
    for part in parts:
        messages += parser.feed(part)
        parser._since -= pause
        messages += parser.tick()
    parser._since -= 60
    messages += parser.tick()
    return [message.key if isinstance(message, Key) else type(message).__name__ for message in messages]


@pytest.mark.parametrize("sequence", ["\x1b[19~", "\x1b[<35;10;10M", "\x1b[A", "\x1bOP", "\x1b[122;67u"])
def test_a_sequence_in_two_parts_is_one_and_a_part_that_comes_too_late_is_no_text(sequence: str) -> None:
    whole = _keys(SlowLineParser(), sequence, "a", pause=0)
    for cut in range(1, len(sequence)):
        parts = sequence[:cut], sequence[cut:]
        assert _keys(SlowLineParser(), *parts, "a", pause=escape_delay() * 0.9) == whole
        late = _keys(SlowLineParser(), *parts, "a", pause=escape_delay())
        given_up = {"\x1b": ["escape"], "\x1bO": ["alt+o"]}.get(sequence[:cut], [])
        assert late == [*given_up, "a"]


def test_the_rest_of_a_rest_is_dropped_as_well_and_what_somebody_types_is_not() -> None:
    late = escape_delay()
    assert _keys(SlowLineParser(), "\x1b", "[<35;1", "0;10", "M", "a", pause=late) == ["escape", "a"]
    assert _keys(SlowLineParser(), "\x1b", "[", "O", "K", pause=late) == ["escape", "left_square_bracket", "O", "K"]
    assert _keys(SlowLineParser(), "\x1b", "\x1b", "\x1b[A", pause=late) == ["escape", "escape", "up"]
    parser = SlowLineParser()
    assert _keys(parser, "\x1b", pause=late) == ["escape"]
    parser._until -= 60
    assert _keys(parser, "[A]", pause=0) == ["left_square_bracket", "A", "right_square_bracket"]


def test_over_a_network_an_escape_waits_longer_unless_the_user_says_how_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ESCDELAY", raising=False)
    monkeypatch.delenv("SSH_CONNECTION", raising=False)
    here = escape_delay()
    monkeypatch.setenv("SSH_CONNECTION", "10.0.0.1 50000 10.0.0.2 22")
    assert escape_delay() > here
    monkeypatch.setenv("ESCDELAY", "100")
    assert escape_delay() == here


def test_the_driver_makes_its_parser_by_a_name_in_its_own_module(monkeypatch: pytest.MonkeyPatch) -> None:
    module: Any = linux_driver
    monkeypatch.setattr(module, "XTermParser", module.XTermParser)  # put back at the end
    source = inspect.getsource(linux_driver.LinuxDriver)
    assert "XTermParser(" in source
    assert "tick()" in source
    outwait_slow_lines(linux_driver.LinuxDriver)
    assert module.XTermParser is SlowLineParser


# -- bytes of another encoding


@pytest.mark.parametrize(
    ("terminal", "sent", "read"),
    [
        ("utf-8", "上".encode("gbk") + b"a\xe4\xb8|\x8a", "\ufffd\ufffda上"),
        ("gbk", "上海".encode("gbk") + b"\x81|[[A\x1b[A", "上海乕[A\x1b[A"),  # a half that looks like a bracket
        ("GB2312", "上镕".encode("gbk"), "上镕"),
        ("big5", "上海".encode("big5"), "上海"),
    ],
)
def test_what_the_terminal_sends_is_read_in_its_own_encoding(
    monkeypatch: pytest.MonkeyPatch, terminal: str, sent: bytes, read: str
) -> None:
    module: Any = linux_driver
    monkeypatch.setattr(module, "getincrementaldecoder", module.getincrementaldecoder)  # put back at the end
    assert "getincrementaldecoder(" in inspect.getsource(linux_driver.LinuxDriver)
    decode_as_terminal(linux_driver.LinuxDriver)
    monkeypatch.setattr(sys, "__stdin__", TextIOWrapper(BytesIO(), encoding=terminal))
    decode = module.getincrementaldecoder("utf-8")().decode
    assert "".join(decode(part) for part in sent.split(b"|")) == read


# -- the end


def test_a_terminal_is_gone_once_its_other_side_is() -> None:
    other, own = os.openpty()
    assert not is_gone(own)
    os.write(other, b"typed ahead")
    assert not is_gone(own)
    os.close(other)
    assert is_gone(own)
    os.close(own)


def test_what_a_terminal_that_is_gone_does_not_take_is_dropped_and_nothing_waits_for_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    module: Any = linux_driver
    monkeypatch.setattr(module, "WriterThread", module.WriterThread)  # put back at the end
    assert "WriterThread(" in inspect.getsource(linux_driver.LinuxDriver)
    outlive_output(linux_driver.LinuxDriver)
    other, own = os.openpty()
    os.close(other)
    file = os.fdopen(own, "w", encoding="utf-8")
    writer = module.WriterThread(file)
    writer.start()
    for _ in range(MAX_QUEUED_WRITES * 2):
        writer.write("frame")
    writer.stop()
    with suppress(OSError):  # what it could not write
        file.close()


class Pausing(linux_driver.LinuxDriver):
    """The driver of a terminal, without one."""

    def __init__(self) -> None:
        self._auto_restart, self._must_signal_resume = True, False
        self.resumed = 0

    @override
    def resume_application_mode(self) -> None:
        self.resumed += 1


def test_a_signal_to_go_on_resumes_only_a_screen_that_was_suspended() -> None:
    """Else a second thread reads the keyboard, and a program without a terminal never ends."""
    resume_only_after_a_pause(Pausing)
    resume_only_after_a_pause(Pausing)
    driver = Pausing()
    driver._sigcont_application()
    assert driver.resumed == 0
    driver._must_signal_resume = True
    driver._sigcont_application()
    assert driver.resumed == 1


def test_textual_itself_resumes_at_any_signal_to_go_on_and_notes_a_pause() -> None:
    source = inspect.getsource(linux_driver)
    assert "        if self._auto_restart:\n            self.resume_application_mode()" in source
    assert "self._must_signal_resume = True" in source


ENDING = (signal.SIGHUP, signal.SIGINT, signal.SIGQUIT, signal.SIGTERM)


@pytest.mark.parametrize("number", ENDING)
async def test_a_signal_ends_the_program_with_its_number_in_the_exit_code(
    number: signal.Signals, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks: list[Callable[[], None]] = []
    codes: asyncio.Queue[int] = asyncio.Queue()
    app: Any = SimpleNamespace(is_headless=False, set_interval=lambda _, look: looks.append(look))
    other, own = os.openpty()
    loop = asyncio.get_running_loop()
    monkeypatch.setattr(sys, "__stdin__", SimpleNamespace(fileno=lambda: own))
    before = signal.signal(number, signal.SIG_DFL)  # in the background of some shells it is ignored
    watch_for_the_end(app, codes.put_nowait)
    os.kill(os.getpid(), number)
    assert await codes.get() == 128 + number
    looks[0]()
    assert codes.empty()
    os.close(other)
    looks[0]()
    assert codes.get_nowait() == 128 + signal.SIGHUP
    os.close(own)
    for handled in ENDING:
        loop.remove_signal_handler(handled)
    signal.signal(number, before)


# -- control codes


def test_content_takes_control_codes_out_by_a_name_in_its_own_module(monkeypatch: pytest.MonkeyPatch) -> None:
    module: Any = content
    monkeypatch.setattr(module, "_strip_control_codes", module._strip_control_codes)  # put back at the end
    show_control_codes()
    shown = Content.assemble("a\x1b[2J", ("\x9b\u202eb", "bold"))
    assert (shown.plain, shown.cell_length) == ("a·[2J··b", 8)


async def test_a_field_hands_nothing_to_the_terminal_that_it_would_obey() -> None:
    class Safe(SafeLines):
        """A field with a text from elsewhere."""

        @override
        def compose(self) -> Iterator[Input]:
            yield Input("a\x1b]0;title\x9bb\u202ec")

    async with Safe().run_test() as pilot:
        lines = pilot.app.screen._compositor.render_strips()
    assert "a]0;titlebc" in "".join(line.text for line in lines)
    assert len({line.cell_length for line in lines}) == 1


async def test_where_signs_are_plain_no_line_holds_another_whoever_wrote_it(monkeypatch: pytest.MonkeyPatch) -> None:
    class Plain(PlainLines):
        """A text of ours, and a field with a person's."""

        @override
        def compose(self) -> Iterator[Widget]:
            yield Static("12 m³ ÷ 3 → 合格…")
            yield Input("±5 °C × 2")

    drawn = dict[str, str]()
    for signs, encoding in (("rich", "utf-8"), ("plain", "utf-8"), ("ascii", "ascii")):
        monkeypatch.setattr(glyphs, "in_use", lambda signs=signs: signs.replace("ascii", "plain"))
        monkeypatch.setattr(sys, "__stderr__", TextIOWrapper(BytesIO(), encoding))
        async with Plain().run_test() as pilot:
            lines = pilot.app.screen._compositor.render_strips()
        drawn[signs] = "".join(line.text for line in lines)
        assert len({line.cell_length for line in lines}) == 1
    assert "12 m3 / 3 > 合格." in drawn["plain"]
    assert "12 m3 / 3 > ????." in drawn["ascii"]
    assert "~5  C x 2" in drawn["plain"]
    assert "12 m³ ÷ 3 → 合格…" in drawn["rich"]
    assert "±5 °C × 2" in drawn["rich"]


@rows(
    ("encoding", "text", "sent"),
    [
        ("gbk", "👨\u200d👩\u200d👧y", "??y"),
        ("gbk", "❤\ufe0f ok", "?? ok"),
        ("ascii", "1\ufe0f\u20e3 中e\u0301", "1  ??e"),
        ("utf-8", "❤\ufe0f → 中", "❤\ufe0f > 中"),
    ],
)
def test_what_is_drawn_as_one_sign_of_many_is_sent_as_wide_and_nothing_after_it_is_cut(
    encoding: str, text: str, sent: str
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "__stderr__", TextIOWrapper(BytesIO(), encoding))
        patch.setattr(glyphs, "in_use", lambda: "plain")
        signs = PlainLines().get_line_filters()[-1]
    (segment,) = signs.apply([Segment(text)], Color(0, 0, 0))
    assert (segment.text, segment.cell_length) == (sent, cell_len(text))


# -- errors


class Ask(Message):
    """Something to be handled."""


class Guarded(ErrorBoundary, Screen[None]):
    """A screen whose handler fails; the one of its base class goes on."""

    def on_ask(self) -> None:
        """Fail for a user's reasons."""
        raise BadInput("tui.is_read_only")


class GuardedApp(AppErrorBoundary):
    """An app with that screen."""

    def __init__(self) -> None:
        super().__init__()
        self.host = Told()

    @override
    def get_default_screen(self) -> Screen[Any]:
        return Guarded()


def test_handlers_are_dispatched_as_pairs_of_a_class_and_a_bound_method() -> None:
    screen = Guarded()
    pairs: list[tuple[type, Any]] = list(MessagePump._get_dispatch_methods(screen, "on_ask", Ask()))
    assert [(cls, method.__self__) for cls, method in pairs] == [(Guarded, screen)]


async def test_an_error_of_a_handler_or_a_timer_is_told_and_ends_nothing() -> None:
    def fail() -> None:
        raise BadInput("tui.nothing_open")

    app = GuardedApp()
    async with app.run_test() as pilot:
        app.screen.post_message(Ask())
        await pilot.pause()
        app.screen.set_timer(0.001, fail)
        app.screen.call_later(fail)
        await pilot.pause(0.05)
        assert app.is_running
    assert app.host.sentences[0] == "! tui.is_read_only"
    assert set(app.host.sentences[1:]) == {"! tui.nothing_open"}


async def test_any_other_error_still_ends_the_program() -> None:
    def fail() -> None:
        raise ZeroDivisionError

    app = GuardedApp()

    async def run() -> None:
        async with app.run_test() as pilot:
            app.screen.call_later(fail)
            await pilot.pause()

    with pytest.raises(ZeroDivisionError):
        await run()


# -- typing ahead


class Slow(TypeAhead):
    """A field that is cleared by a key of the app, which comes to it later than letters do."""

    @override
    def compose(self) -> Iterator[Input]:
        yield Input()

    def key_f2(self) -> None:
        """Clear the field."""
        self.query_one(Input).value = ""

    @override
    def look_through(self, event: Paste) -> None:
        event.text = event.text.upper()


async def test_keys_and_pastes_keep_their_order_with_what_they_cause() -> None:
    app = Slow()
    async with app.run_test() as pilot:
        app.post_message(Key("a", "a"))
        app.post_message(Key("f2", None))
        app.post_message(Key("b", "b"))
        app.post_message(Paste("c"))
        await pilot.pause()
        while app._held is not None:
            await pilot.pause()
        assert app.query_one(Input).value == "bC"


async def test_keys_that_are_held_as_the_program_ends_are_let_go_of_in_silence() -> None:
    app = Slow()
    async with app.run_test():
        app.exit()
    app._held = [Key("b", "b")]
    await app._release()
    assert app._held is None


async def test_a_key_that_is_handed_to_the_focused_widget_says_that_it_is_forwarded() -> None:
    forwarded: list[bool] = []

    class Watched(Input):
        async def on_event(self, event: Any) -> None:
            if isinstance(event, Key):
                forwarded.append(event.is_forwarded)
            await super().on_event(event)

    class Watching(App[None]):
        @override
        def compose(self) -> Iterator[Input]:
            yield Watched()

    async with Watching().run_test() as pilot:
        await pilot.press("a")
    assert forwarded == [True]


# -- one layout


class _Page:
    """A few widgets, some of which ask for another layout by being laid out."""

    def compose(self) -> Iterator[Widget]:
        """Lines that scroll."""
        yield VerticalScroll(*(Static(f"line {number}") for number in range(3)))


class _Twice(_Page, Screen[None]):
    """As Textual has it."""


class _Once(_Page, SingleLayout[None]):
    """As we have it."""


@pytest.mark.parametrize(("kind", "again"), [(_Twice, True), (_Once, False)])
async def test_textual_lays_a_screen_out_again_for_its_own_size_and_for_its_own_layout(
    kind: type[Screen[None]], again: bool
) -> None:
    app = App[None]()
    async with app.run_test(size=(40, 10)) as pilot:
        screen = kind()
        await app.push_screen(screen)
        await pilot.pause()
        with painting() as done:
            screen._screen_resized(Size(40, 10))
        assert (done.screens == [screen]) is again
        await pilot.pause()
        screen._refresh_layout(Size(30, 10))
        assert any(widget._layout_required for widget in screen.query(Static)) is again


class _OnceDialog(ModalScreen[None], SingleLayout[None]):
    """The bases of a dialog of ours, in their order."""


@pytest.mark.parametrize(("kind", "again"), [(_Twice, True), (_Once, False), (_OnceDialog, False)])
async def test_textual_styles_a_screen_again_as_it_comes_up(
    kind: type[Screen[None]], again: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    styled: list[Widget] = []
    monkeypatch.setattr(Screen, "update_node_styles", lambda screen, **_: styled.append(screen))
    app = App[None]()
    async with app.run_test(size=(40, 10)) as pilot:
        screen = kind()
        await app.push_screen(screen)
        await pilot.pause()
        assert (screen in styled) is again


def test_a_dialog_of_ours_is_styled_once_and_keeps_the_styles_of_a_modal_screen() -> None:
    assert issubclass(Dialog, SingleLayout)
    assert ModalScreen in Dialog._css_bases(Dialog)


async def test_a_screen_of_ours_shows_all_and_is_laid_out_again_when_something_asks_for_it() -> None:
    app = App[None]()
    async with app.run_test(size=(40, 10)) as pilot:
        screen = _Once()
        await app.push_screen(screen)
        await pilot.pause()
        first, scroller = screen.query(Static).first(), screen.query_one(VerticalScroll)
        assert first.size.width == 40
        with painting() as done:
            first.update("\n".join("abcdefghijkl"))
            await pilot.pause()
        assert (first.size.height, scroller.show_vertical_scrollbar) == (12, True)
        assert first.size.width == scroller.scrollable_content_region.width < 40
        assert done.layouts == 2  # one for the lines, one for the scroll bar that they brought
        await pilot.resize_terminal(30, 10)
        await pilot.pause()
        assert first.size.width == scroller.scrollable_content_region.width < 30


@pytest.mark.parametrize(("kind", "lines"), [(_Twice, 2), (_Once, 3)])
async def test_what_is_filled_again_before_anybody_asked_what_it_wants_is_measured_again(
    kind: type[Screen[None]], lines: int
) -> None:
    app = App[None]()
    async with app.run_test(size=(40, 10)) as pilot:
        screen = kind()
        await app.push_screen(screen)
        await pilot.pause()
        first = screen.query(Static).first()
        first.update("a\nb")
        screen._refresh_layout(Size(30, 10))  # for another reason
        assert first.size.height == 2
        first.update("a\nb\nc")
        await pilot.pause()
        assert first.size.height == lines  # Textual goes by the height that it measured in between


# -- words in a border


class Bordered(App[None]):
    """A panel with something in it."""

    CSS = "#panel { border: round red; padding: 1 2; width: 20; height: 6; }"

    def compose(self) -> ComposeResult:
        """All of it."""
        yield VerticalScroll(Static("inside"), id="panel")


async def test_words_in_a_border_are_drawn_alone() -> None:
    app = Bordered()
    async with app.run_test(size=(40, 10)) as pilot:
        panel, compositor = app.query_one("#panel"), app.screen._compositor
        show_title(panel, Content("above"))
        show_foot(panel, Content("below"))
        assert [region.height for region in panel._exchange_repaint_regions()] == [1, 1]
        show_title(panel, Content("above"))
        show_foot(panel, Content("below"))
        await pilot.pause()
        lines = [strip.text for strip in compositor.render_strips()]
        assert "above" in lines[0]
        assert "below" in lines[5]
        assert "inside" in lines[2]
        assert "border_title" in inspect.getsource(Widget)


async def test_a_screen_notes_at_once_what_is_to_be_painted_and_laid_out_and_asks_what_was_filled_in_one_turn() -> None:
    class Noting(NotedAtOnce[None]):
        def compose(self) -> Iterator[Widget]:
            yield Static("static")
            yield Words()

    async with App[None]().run_test(size=(20, 3)) as pilot:
        screen = Noting()
        await pilot.app.push_screen(screen)
        await pilot.pause()
        words = screen.query_one(Words)
        words.say("words")
        assert words.message_queue_size == 0  # it does not wake itself
        screen.on_idle()
        assert (words in screen._dirty_widgets, screen._layout_required) == (True, True)
        await pilot.pause()
        assert [strip.text.strip() for strip in screen._compositor.render_strips()] == ["static", "words", ""]
        called = list[str]()
        words.call_next(called.append, "called")
        words.refresh()
        await pilot.pause()
        assert called == ["called"]
