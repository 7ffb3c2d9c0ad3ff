"""What a window too small to work in shows instead; nothing behind it is lost."""

from textual.content import Content
from textual.widgets import Static

from greenstar.i18n.catalogue import Catalogue
from greenstar.tui.common.lines import wrapped

LEAST_WIDTH, LEAST_HEIGHT = 60, 18
NARROW = [(0, "-too-narrow"), (LEAST_WIDTH, "-narrow")]
LOW = [(0, "-too-low"), (LEAST_HEIGHT, "-low")]
_MARGIN = 2


class TooSmall(Static):
    """Covers the screen while the window is too small, and says as much as there is room for."""

    DEFAULT_CSS = """
    TooSmall {
        layer: cover; width: 100%; height: 100%; background: $background; color: $warning;
        content-align: center middle; text-align: center; display: none;
    }
    """

    def __init__(self) -> None:
        super().__init__(markup=False)
        self._sentences: list[str] = []

    def relabel(self, catalogue: Catalogue) -> None:
        """Take the sentences that say so from this catalogue."""
        room = {"width": LEAST_WIDTH, "height": LEAST_HEIGHT}
        self._sentences = [
            catalogue.say("tui.too_small", **room),
            catalogue.say("navigation.too_small_short", **room),
            f"{LEAST_WIDTH}x{LEAST_HEIGHT}",
        ]
        self._write()

    def on_resize(self) -> None:
        """Another sentence may be the longest that fits."""
        self._write()

    def _write(self) -> None:
        """The longest that fits; lines are broken here, as Textual's own wrapping drops Chinese without spaces."""
        width, height = self.app.size
        fitting = [wrapped(sentence, max(width - _MARGIN, 2)) for sentence in self._sentences]
        lines = next((lines for lines in fitting if len(lines) <= height), fitting[-1] if fitting else [])
        self.update(Content("\n").join(lines))
