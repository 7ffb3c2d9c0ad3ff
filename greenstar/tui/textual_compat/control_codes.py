"""Nothing that a text holds is obeyed by the terminal: neither in what is drawn, nor in a field.

Textual takes a few control codes out of what it draws (`_strip_control_codes`), but leaves escapes and marks that
reorder a line. Here they are shown instead, as `terminal_text` shows them. Text fields draw in another way and count
cells by themselves: a filter of lines, the last place before the terminal, replaces there what takes cells, and drops
what takes none.
"""

from collections.abc import Sequence
from typing import Any

from rich.segment import Segment
from textual import content
from textual.app import App
from textual.color import Color
from textual.filter import LineFilter
from typing_extensions import override

from greenstar.text import cell_width, terminal_text


def show_control_codes() -> None:
    """From now on all content shows the codes in its text."""
    module: Any = content
    module._strip_control_codes = terminal_text  # noqa: SLF001 - there is no public place to ask for it


class SafeLines(App[None]):
    """An app that hands no line to the terminal which it would not merely show."""

    _unseen = None

    @override
    def get_line_filters(self) -> Sequence[LineFilter]:
        self._unseen = self._unseen or _Unseen()
        return [*super().get_line_filters(), self._unseen]


class _Unseen(LineFilter):
    """Takes out of a line what is not to be seen; it stays as wide as it is."""

    @override
    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        return [_safe(segment) for segment in segments]


def _safe(segment: Segment) -> Segment:
    text = segment.text
    if segment.control or text.isprintable() or terminal_text(text) == text:
        return segment
    shown = ((character, terminal_text(character)) for character in text)
    safe = "".join(mark if mark == character else mark * cell_width(character) for character, mark in shown)
    return Segment(safe, segment.style)
