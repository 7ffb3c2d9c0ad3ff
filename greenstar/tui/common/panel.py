"""What stands in the border of a panel: its title above, and a word at its foot."""

from textual.content import Content
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget
from typing_extensions import override

from greenstar.tui.common.lines import shortened
from greenstar.tui.textual_compat.border_words import show_foot, show_title
from greenstar.tui.textual_compat.noted_at_once import AskedByScreen

_CORNERS = 6  # cells of the border that a title leaves free


class PanelWords:
    """Writes them, if they are not what stands there already."""

    def __init__(self, panel: Widget) -> None:
        self._panel = panel
        panel.add_class("panel", update=panel.is_attached)  # else it is styled as it comes up
        self._title, self._foot = Content(""), Content("")

    def title(self, words: Content, width: int = 0) -> None:
        """The title; `width`: of the panel, where a title that is too long is to be cut for it."""
        words = shortened(words, width - _CORNERS) if width > _CORNERS else words
        if not words.is_same(self._title):
            self._title = words
            show_title(self._panel, words)

    def foot(self, words: Content) -> None:
        """What stands at the right end of the lower border."""
        if not words.is_same(self._foot):
            self._foot = words
            show_foot(self._panel, words)


class Frame(AskedByScreen):
    """Holds other widgets, and draws nothing but a border: between its first line and its last all lines are one.

    It is the last base of a class: only those of the first are styled as that base is.
    """

    @override
    def render_lines(self, crop: Region) -> list[Strip]:
        last, between = self.outer_size.height - 1, list[Strip]()
        strips: list[Strip] = []
        for y in crop.line_range:
            if 0 < y < last and between:
                strips += between
                continue
            line = super().render_lines(Region(crop.x, y, crop.width, 1))
            strips += line
            if 0 < y < last:
                between = line
        return strips
