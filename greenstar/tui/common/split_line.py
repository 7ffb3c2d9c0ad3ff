"""A line with something at its left end and something at its right: titles, bands, headings."""

from textual.content import Content

from greenstar.tui.common.lines import Piece, both_ends
from greenstar.tui.common.text import Line


class SplitLine(Line):
    """Two pieces on one line; where both do not fit, the left one is cut."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 Textual's name
        super().__init__(id=id, classes=classes)
        self._left: Piece = ""
        self._right: Piece = ""
        self.expected_width = 0  # of what it shows; what counts until it is laid out

    def show(self, left: Piece, right: Piece = "") -> None:
        """Show these two."""
        self._left, self._right = left, right
        self._write()

    @property
    def cut(self) -> bool:
        """Whether there was no room for all of it."""
        needed = sum(Content.assemble(piece).cell_length for piece in (self._left, self._right))
        return needed >= (self.content_size.width or self.expected_width or needed + 1)

    def on_resize(self) -> None:
        """The right half stands at the right edge of any width."""
        self._write()

    def _write(self) -> None:
        width = self.content_size.width
        if width:
            self.say(Content.assemble(both_ends(self._left, self._right, width)))
