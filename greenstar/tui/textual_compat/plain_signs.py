"""Where signs are plain, those in sentences are too: `→` in a guidance, `m³` in a note, `…` in Chinese.

A terminal that draws such a sign two cells wide would push all that follows it out of its place. A filter of lines, the
last place before the terminal, puts another sign of one cell there, so that nothing has to be arranged anew; what is
kept stays as it is. Chinese itself is drawn by every terminal that shows it at all; to one whose encoding has no such
character a question mark is sent, as wide, where Python would send its number.
"""

from collections.abc import Sequence

from rich.cells import set_cell_size, split_graphemes
from rich.segment import Segment
from textual.app import App
from textual.color import Color
from textual.filter import LineFilter
from typing_extensions import override

from greenstar.text import cell_width
from greenstar.tui import glyphs
from greenstar.tui.textual_compat.terminal_query import can_write, drawn_on, encoding_of


class PlainLines(App[None]):
    """An app whose lines hold plain signs alone, where those are in use."""

    _plain_signs = None

    @override
    def get_line_filters(self) -> Sequence[LineFilter]:
        filters = super().get_line_filters()
        if glyphs.in_use() != "plain":
            return filters
        self._plain_signs = self._plain_signs or _PlainSigns()
        return [*filters, self._plain_signs]


class _PlainSigns(LineFilter):
    """Puts plain signs in place of others; the line stays as wide as it is."""

    def __init__(self) -> None:
        super().__init__()
        self._encoding = encoding_of(drawn_on())

    @override
    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        return [
            segment if segment.text.isascii() else Segment(self._plain(segment.text), segment.style)
            for segment in segments
        ]

    def _plain(self, text: str) -> str:
        plain = glyphs.with_plain_signs(text)
        if can_write(plain, self._encoding) and cell_width(plain) == cell_width(text):
            return plain
        spans, _ = split_graphemes(text)  # what is drawn as one sign may be of many: a family, a heart in colour
        return "".join(self._as_wide(text[start:end], width) for start, end, width in spans)

    def _as_wide(self, sign: str, width: int) -> str:
        """What of a sign can be sent, in as many cells as it takes; an accent that cannot is left out."""
        plain = "".join(part for part in glyphs.with_plain_signs(sign) if can_write(part, self._encoding))
        return set_cell_size(plain, width) if cell_width(plain) else "?" * width
