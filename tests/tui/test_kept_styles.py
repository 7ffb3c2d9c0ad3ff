"""What stands where one like it stood before looks as Textual would have it look, without being asked of all rules."""

from collections.abc import Callable
from typing import Any

import pytest
from textual.app import App, ComposeResult
from textual.containers import Vertical
from textual.css.stylesheet import Stylesheet
from textual.widget import Widget
from textual.widgets import Input, Label
from typing_extensions import override

from greenstar.tui.textual_compat.kept_styles import KeptStyles, keep_styles


class _Sheet(App[None]):
    CSS = """
    Label { width: 50%; height: 2; }
    Label.absent { display: none; }
    Label.high { height: 5; text-style: italic; }
    Label.loud { text-style: bold; }
    #second Label { border: round red; }
    Vertical:focus-within Label { background: blue; }
    Vertical:disabled Label { color: green; }
    .placed:first-child { margin-bottom: 1; }
    Input:light { border: none; }
    """

    def __init__(self) -> None:
        super().__init__()
        keep_styles(self)

    @override
    def compose(self) -> ComposeResult:
        yield Vertical(Input(), Label("a"), Label("b", classes="loud"), id="first")
        yield Vertical(Label("c", classes="placed"), Label("d"), id="second")


def _grow(app: _Sheet) -> list[Widget]:
    new = [Label("e"), Input(), Label("f"), Label("g", classes="loud"), Label("h", classes="placed")]
    app.query_one("#first").mount_all(new[:2])
    app.query_one("#second").mount_all(new[2:], before=0)
    return new


async def _focus(app: _Sheet) -> None:
    app.query_one(Input).focus()


async def _disable(app: _Sheet) -> None:
    app.query_one("#first").disabled = True


async def _light(app: _Sheet) -> None:
    app.theme = "textual-light"


async def _nothing(_: _Sheet) -> None:
    pass


@pytest.mark.parametrize("change", [_nothing, _focus, _disable, _light], ids=lambda change: change.__name__)
async def test_a_new_widget_looks_as_textual_would_have_it_look(change: Callable[[_Sheet], Any]) -> None:
    app = _Sheet()
    async with app.run_test() as pilot:
        _grow(app)
        await pilot.pause()
        await change(app)
        await pilot.pause()
        new = _grow(app)
        await pilot.pause()
        for widget in new:
            before = widget.styles.base.get_rules(), widget._component_styles, widget._has_focus_within
            Stylesheet.apply(app.stylesheet, widget)
            assert (widget.styles.base.get_rules(), widget._component_styles, widget._has_focus_within) == before


async def test_what_looks_like_another_is_not_asked_of_all_rules_again(monkeypatch: pytest.MonkeyPatch) -> None:
    app, asked, apply = _Sheet(), list[Any](), Stylesheet.apply

    def noted(sheet: Stylesheet, node: Any, **how: Any) -> None:
        asked.append(node)
        apply(sheet, node, **how)

    async with app.run_test() as pilot:
        assert isinstance(app.stylesheet, KeptStyles)
        _grow(app)
        await pilot.pause()
        monkeypatch.setattr(Stylesheet, "apply", noted)
        *others, placed = _grow(app)
        assert not set(asked) & {*others}
        assert placed in asked


async def test_what_is_hidden_comes_into_the_layout_as_a_style_shows_it() -> None:
    app = _Sheet()
    async with app.run_test() as pilot:
        for _ in range(2):  # the second is styled as the first was
            label = Label("hidden", classes="absent")
            await app.query_one("#second").mount(label)
            await pilot.pause()
            assert not label.region
            label.remove_class("absent")
            await pilot.pause()
            assert label.region
            await label.remove()


async def test_what_is_styled_again_before_its_first_layout_is_laid_out_as_it_was_styled_last() -> None:
    app = _Sheet()
    async with app.run_test() as pilot:
        for _ in range(2):
            labels = [Label("a"), Label("b")]
            mounted = app.query_one("#second").mount_all(labels)
            labels[0].add_class("high")
            await mounted
            labels[1].add_class("high")
            await pilot.pause()
            assert [label.outer_size.height for label in labels] == [5, 5]
            await app.query_one("#second").remove_children()
