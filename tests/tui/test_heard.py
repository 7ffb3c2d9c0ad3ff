"""Messages of Textual that do nothing are not sent; the others come in their order, and as they always did."""

from collections.abc import Iterator
from typing import Any
from unittest.mock import patch

import pytest
from textual import on
from textual.app import App
from textual.containers import Vertical
from textual.message import Message
from textual.message_pump import MessagePump
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input

from greenstar.tui.common.panel import Frame
from greenstar.tui.common.text import Words
from greenstar.tui.textual_compat.fixed_input import FixedInput

_dispatch = MessagePump._dispatch_message


class Box(Vertical, Frame):
    """Hears nothing of its own."""


class Measuring(Words):
    """Is told its size."""

    sizes = 0

    def on_resize(self) -> None:
        """Count them."""
        self.sizes += 1


class Asked(Message):
    """Nobody between it and the screen takes it."""


class Hearing(Screen[None]):
    """A field and words in two boxes, one in the other."""

    def __init__(self) -> None:
        super().__init__()
        self.order = list[str]()

    def compose(self) -> Iterator[Widget]:
        """All of them."""
        yield Box(Box(Words(), Measuring(), FixedInput(), id="inner"), id="outer")

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        self.order.append(event.value)

    @on(Asked)
    def _asked(self) -> None:
        self.order.append("asked")


@pytest.fixture
def taken() -> Iterator[list[tuple[str, str]]]:
    """Each message that was taken by a widget: its kind and the widget's."""
    done = list[tuple[str, str]]()

    async def noted(node: MessagePump, message: Any) -> None:
        done.append((type(message).__name__, type(node).__name__))
        await _dispatch(node, message)

    with patch.object(MessagePump, "_dispatch_message", noted):
        yield done


async def test_a_layout_tells_a_widget_only_what_it_does_something_with(taken: list[tuple[str, str]]) -> None:
    async with App[None]().run_test(size=(40, 10)) as pilot:
        screen = Hearing()
        await pilot.app.push_screen(screen)
        words, measuring = screen.query(Words)
        field = screen.query_one(FixedInput)
        assert isinstance(measuring, Measuring)
        for each in (words, measuring):
            each.say("words")
        field.focus()
        await pilot.pause()
        assert (measuring.sizes, field.has_focus) == (1, True)
        await pilot.resize_terminal(30, 10)
        field.display = words.display = False
        await pilot.pause()
        assert (measuring.sizes, field.has_focus) == (2, False)  # as Textual has it
        kinds = {kind for kind, widget in taken if widget in {"Words", "Box"}}
        assert kinds.isdisjoint({"Show", "Hide", "Resize"})


async def test_a_widget_that_is_hidden_in_the_turn_in_which_it_is_given_the_cursor_does_not_keep_it() -> None:
    async with App[None]().run_test(size=(40, 10)) as pilot:
        screen = Hearing()
        await pilot.app.push_screen(screen)
        await pilot.pause()
        field = screen.query_one(FixedInput)
        screen.set_focus(None)
        await pilot.pause()
        screen.set_focus(field)
        field.display = False
        screen._refresh_layout()
        await pilot.pause()
        assert (screen.focused, field.has_focus) == (None, False)


async def test_what_comes_up_passes_the_boxes_that_do_nothing_with_it_and_overtakes_nothing(
    taken: list[tuple[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    async with App[None]().run_test(size=(40, 10)) as pilot:
        screen = Hearing()
        await pilot.app.push_screen(screen)
        field, outer = screen.query_one(FixedInput), screen.query_one("#outer")
        field.focus()
        await pilot.pause()
        taken.clear()
        await pilot.press("1")
        assert screen.order == ["1"]
        assert ("Changed", "Box") not in taken
        with monkeypatch.context() as held:  # one box has something to do before
            held.setattr(Box, "message_queue_size", property(lambda box: int(box is outer)))
            field.post_message(Asked())
        await pilot.pause()
        assert (screen.order, taken.count(("Asked", "Box"))) == (["1", "asked"], 1)
        with field.prevent(Input.Changed):
            field.value = "2"
        outer.call_next(screen.query_one("#inner").post_message, Asked().set_sender(outer))
        await pilot.pause()
        assert screen.order == ["1", "asked"]  # Textual hands nothing on past its sender
        with monkeypatch.context() as closing:
            closing.setattr(field, "_closing", True)
            assert not field.post_message(Asked())
        await pilot.pause()
        assert screen.order == ["1", "asked"]  # nor what is sent to a widget that is going
