"""What stands in the border of a panel: its title above, and a word at its foot."""

from textual.content import Content
from textual.widget import Widget

from greenstar.tui.common.lines import shortened
from greenstar.tui.textual_compat.border_words import show_foot, show_title

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
