"""What was painted once is not painted again, and looks as Textual would paint it."""

from collections.abc import Callable
from typing import Any

import pytest
from textual._styles_cache import StylesCache
from textual.app import App, ComposeResult
from textual.content import Content
from textual.geometry import Offset, Region
from textual.pilot import Pilot
from textual.selection import Selection
from textual.strip import Strip
from textual.widget import Widget
from typing_extensions import override

from greenstar.tui.common.rows import Rows
from greenstar.tui.common.text import Line, Words
from greenstar.tui.textual_compat.kept_lines import KeptText
from greenstar.tui.theme import LOOKS


class _Sheet(App[None]):
    CSS = """
    .framed { border: round $primary; padding: 0 2; }
    .gold { border: round $accent; padding: 0 2; }
    .bar { border-left: outer $accent; color: $warning; text-style: italic; }
    .dim { text-opacity: 50%; outline: ascii red; }
    .middle { text-align: center; opacity: 60%; }
    .high { height: 6; padding: 1; }
    """

    def __init__(self) -> None:
        super().__init__()
        for look in LOOKS.values():
            self.register_theme(look)
        self.theme = "dark"

    @override
    def compose(self) -> ComposeResult:
        yield from self.new()

    def new(self) -> list[Widget]:
        said = Content.assemble("A ", ("word", "bold $success"), " of 甲乙 ", ("marked", "on $panel"))
        widgets: list[Widget] = [
            Words(classes=name) for name in ("", "framed", "gold", "bar", "dim", "middle", "framed bar")
        ]
        rows = Rows(lambda row, _: Content.assemble((row, "$muted"), " row"))
        for widget in widgets:
            assert isinstance(widget, Words)
            widget.say(Content("\n").join([said, said]))
        rows.show(["first", "second"])
        line = Line(classes="high")
        line.say(said)
        return [*widgets, rows, line]


def _lines(widget: Widget) -> list[Strip]:
    return widget.render_lines(Region(0, 0, *widget.outer_size))


async def _nothing(_: Pilot[None]) -> None:
    pass


async def _light(pilot: Pilot[None]) -> None:
    pilot.app.theme = "light"


async def _narrow(pilot: Pilot[None]) -> None:
    await pilot.resize_terminal(17, 60)


async def _focus(pilot: Pilot[None]) -> None:
    pilot.app.query(Rows).last().focus()


async def _select(pilot: Pilot[None]) -> None:
    pilot.app.screen.selections = {
        widget: Selection(Offset(1, 0), Offset(3, 1)) for widget in pilot.app.screen.query(Words)
    }


@pytest.mark.parametrize("change", [_nothing, _light, _narrow, _focus, _select], ids=lambda change: change.__name__)
async def test_what_was_painted_before_looks_as_textual_would_paint_it(
    change: Callable[[Pilot[None]], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    app = _Sheet()
    async with app.run_test(size=(60, 60)) as pilot:
        new = app.new()
        await app.mount_all(new)
        await change(pilot)
        await pilot.pause()
        kept = [_lines(widget) for widget in new]
        monkeypatch.setattr(KeptText, "render_strips", Content.render_strips)
        monkeypatch.setattr("greenstar.tui.common.rows.kept_line", lambda _, draw: draw())
        for widget, lines in zip(new, kept, strict=True):
            widget.refresh()
            widget._styles_cache = StylesCache()
            assert _lines(widget) == lines
            assert any(strip.text.strip() for strip in lines)


async def test_a_text_is_drawn_once_in_each_width_style_and_theme(monkeypatch: pytest.MonkeyPatch) -> None:
    app, drawn, render = _Sheet(), list[str](), Content.render_strips

    def noted(content: Content, *how: Any) -> list[Strip]:
        drawn.append(content.plain)
        return render(content, *how)

    monkeypatch.setattr(Content, "render_strips", noted)
    async with app.run_test(size=(61, 60)) as pilot:
        times = []
        for change in (_nothing, _nothing, _light, _nothing, _narrow):
            await change(pilot)
            new = app.new()
            await app.screen.remove_children()
            await app.mount_all(new)
            await pilot.pause()
            for widget in new:
                _lines(widget)
            times.append(len(drawn))
    first, again, light, light_again, narrow = times
    assert again == first
    assert light > again
    assert light_again == light
    assert narrow > light_again
