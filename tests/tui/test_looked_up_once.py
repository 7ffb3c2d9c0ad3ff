"""What a widget stands in is looked up once, and again once it is otherwise."""

from collections.abc import Iterator

import pytest
from textual.app import App
from textual.containers import Container
from textual.dom import NoScreen
from textual.widget import Widget
from textual.widgets import Static

from greenstar.tui.textual_compat.kept_lines import KeptLines


class Ours(Static, KeptLines):
    """One of ours, which looks as Textual's own beside it."""


class Pair(App[None]):
    """One of each, in two boxes."""

    CSS = "Static { background: red 20%; } #inner { background: blue 50%; } .loud Static { background: green; }"

    def compose(self) -> Iterator[Widget]:
        """Both of them."""
        with Container(), Container(id="inner"):
            yield Static("theirs")
            yield Ours("ours")


async def test_colours_behind_a_widget_follow_what_is_changed_around_it_and_one_that_is_gone_has_no_screen() -> None:
    async with Pair().run_test() as pilot:
        ours, inner = pilot.app.query_one(Ours), pilot.app.query_one("#inner")
        theirs = pilot.app.query(Static).first()
        seen = set()
        assert ours.screen is theirs.screen
        for change in (
            lambda: None,
            lambda: setattr(inner.styles, "opacity", 0.5),
            lambda: setattr(pilot.app.screen.styles, "background", "white"),
            lambda: inner.add_class("loud"),
            lambda: setattr(ours.styles, "background", "green"),
        ):
            change()
            await pilot.pause()
            looks = (ours.background_colors, ours.opacity)
            assert looks == (theirs.background_colors, theirs.opacity) == (ours.background_colors, ours.opacity)
            seen.add(looks)
        assert len(seen) == 4
        await ours.remove()
        with pytest.raises(NoScreen):
            ours.screen  # noqa: B018 - it is asked for
