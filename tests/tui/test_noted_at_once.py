"""What a widget asks of its screen is noted at once, and painted together."""

from collections.abc import Iterator
from typing import Any

import pytest
from textual import scrollbar
from textual.app import App
from textual.containers import VerticalScroll
from textual.scrollbar import ScrollBar
from textual.widget import Widget
from textual.widgets import Static

from greenstar.tui.common.panel import Frame
from greenstar.tui.textual_compat.scroll_bar import draw_plain_scroll_bars
from greenstar.tui.textual_compat.single_layout import SingleLayout
from tests.tui.painting import painting


class Page(VerticalScroll, Frame):
    """Lines that scroll, beside a bar."""


class Reading(SingleLayout[None]):
    """More lines than there is room for."""

    def compose(self) -> Iterator[Widget]:
        """All of them."""
        yield Page(*(Static("words") for _ in range(20)))


async def test_a_page_that_scrolls_is_painted_once_its_bar_with_its_text(monkeypatch: pytest.MonkeyPatch) -> None:
    module: Any = scrollbar
    for owner, name in ((module, "ScrollBar"), (ScrollBar, "renderer")):
        monkeypatch.setattr(owner, name, getattr(owner, name))  # put back at the end
    draw_plain_scroll_bars()
    app, tops, display = App[None](), list[int](), App._display
    async with app.run_test(size=(20, 8)) as pilot:
        screen = Reading()
        await app.push_screen(screen)
        await pilot.pause()
        page, first = screen.query_one(Page), screen.query(Static).first()
        assert page.show_vertical_scrollbar

        def noted(app: App[Any], painted: Any, update: Any) -> None:
            tops.append(screen.find_widget(first).region.y)
            display(app, painted, update)

        with painting():
            monkeypatch.setattr(App, "_display", noted)
            for top in (3, 6):
                page.scroll_to(y=top, animate=False)
                await pilot.pause(0.05)
        assert tops == [-3, -6]


async def test_a_screen_goes_on_noting_after_a_widget_failed(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_page: Page) -> None:
        raise ZeroDivisionError

    app = App[None]()
    async with app.run_test(size=(20, 8)) as pilot:
        screen = Reading()
        await app.push_screen(screen)
        await pilot.pause()
        with monkeypatch.context() as failing:
            failing.setattr(Page, "_check_refresh", fail)
            screen.note(screen.query_one(Page))
            with pytest.raises(ZeroDivisionError):
                screen.on_idle()
        assert not screen._noting_only
