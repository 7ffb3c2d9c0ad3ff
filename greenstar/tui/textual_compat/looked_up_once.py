"""What a widget stands in is looked up once: its screen, and the colours behind it.

Textual goes up from a widget to its screen whenever somebody asks how large it is, and adds up the colours and
opacities of all that it stands in whenever it is painted: a sixth of what a page costs. No widget of ours moves to
another screen, and a private counter of the styles (`_cache_key`) goes up with each change of them.
"""

from collections.abc import Hashable

from textual.color import Color
from textual.screen import Screen
from textual.widget import Widget
from typing_extensions import override


class LookedUpOnce(Widget):
    """Remembers it as long as it holds."""

    _own_screen: Screen[object] | None = None
    _colours_behind: tuple[Hashable, tuple[Color, Color], float] | None = None

    @property
    @override
    def screen(self) -> Screen[object]:
        if self._own_screen is None or self._parent is None:  # a widget that is gone has none
            self._own_screen = super().screen
        return self._own_screen

    @property
    @override
    def background_colors(self) -> tuple[Color, Color]:
        return self._behind()[0]

    @property
    @override
    def opacity(self) -> float:
        return self._behind()[1]

    def _behind(self) -> tuple[tuple[Color, Color], float]:
        styled = tuple([node.styles._cache_key for node in self.ancestors_with_self])  # noqa: SLF001 - see above
        if self._colours_behind is None or self._colours_behind[0] != styled:
            self._colours_behind = styled, super().background_colors, super().opacity
        return self._colours_behind[1:]
