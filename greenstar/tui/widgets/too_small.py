"""What a window too small to work in shows instead; nothing behind it is lost."""

from textual.content import Content
from textual.widgets import Static

from greenstar.messages import Catalogue
from greenstar.tui.lines import wrapped

LEAST_WIDTH, LEAST_HEIGHT = 60, 18
_MARGIN = 4


class TooSmall(Static):
    """Covers the screen while the window is too small."""

    DEFAULT_CSS = """
    TooSmall {
        layer: cover; width: 100%; height: 100%; background: $background; color: $warning;
        content-align: center middle; text-align: center; display: none;
    }
    """

    def __init__(self) -> None:
        super().__init__(markup=False)
        self._words = ""

    def relabel(self, catalogue: Catalogue) -> None:
        """Write it in another language."""
        self._words = catalogue.say("tui.too_small", width=LEAST_WIDTH, height=LEAST_HEIGHT)
        self.on_resize()

    def on_resize(self) -> None:
        """Break the lines here: Textual's own wrapping drops Chinese without spaces."""
        self.update(Content("\n").join(wrapped(self._words, max(self.app.size.width - _MARGIN, 2))))
