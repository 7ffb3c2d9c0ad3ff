"""The scroll bar of every screen, drawn with few and plain parts, each of them once.

Textual makes it where a widget first needs it, by a name in its own module (`ScrollBar`).
"""

from typing import Any, ClassVar

from rich.segment import Segment
from rich.style import Style as RichStyle
from textual import scrollbar
from textual.css.styles import RulesMap
from textual.scrollbar import ScrollBar, ScrollBarRender
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual
from typing_extensions import override

from greenstar.tui.textual_compat.kept_lines import KeptLines


class PlainScrollBar(ScrollBarRender, Visual):
    """A scroll bar without the block glyphs whose width terminals do not agree on.

    A vertical one is two cells wide, as Textual has it, and drawn in the second alone, so that no figure touches it.
    It hands over its lines itself: three different ones at most. Else Textual has Rich write and part them, which took
    longer than the text of a page.
    """

    VERTICAL_BARS: ClassVar[list[str]] = [" "]
    HORIZONTAL_BARS: ClassVar[list[str]] = [" "]

    @override
    def render_strips(self, width: int, height: int | None, style: Style, options: RenderOptions) -> list[Strip]:
        size = (height or 1) if self.vertical else width
        colours = RichStyle.parse(self.style) if isinstance(self.style, str) else self.style
        bar = self.render_bar(
            size=size,
            virtual_size=self.virtual_size,
            window_size=self.window_size,
            position=self.position,
            thickness=1,
            vertical=self.vertical,
            **({"back_color": colours.bgcolor} if colours.bgcolor is not None else {}),
            **({"bar_color": colours.color} if colours.color is not None else {}),
        )
        ground, cells = style.rich_style, list(bar.segments)[:size]
        if not self.vertical:
            return [Strip([Segment(cell.text, ground + cell.style) for cell in cells], size)] * (height or 1)
        free = [Segment(" " * (width - 1), ground)] if width > 1 else []
        lines = {cell: Strip([*free, Segment(cell.text, ground + cell.style)], width) for cell in set(cells)}
        return [lines[cell] for cell in cells]

    @override
    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        return container_width

    @override
    def get_height(self, rules: RulesMap, width: int) -> int:
        return 1


class _KeptScrollBar(ScrollBar, KeptLines):
    """What surrounds its lines is put there once; it wakes nobody as a page gets longer."""


def draw_plain_scroll_bars() -> None:
    """From now on all widgets that scroll have such a bar."""
    module: Any = scrollbar
    ScrollBar.renderer = PlainScrollBar
    module.ScrollBar = _KeptScrollBar
