"""What was painted once is not painted again: a screen that comes back, or goes on, mostly shows what it showed before.

To draw a text is to look up each of its styles and to make a piece of a line of each stretch; around it come padding
and border, and then the line is filtered and divided. A screen is made anew whenever it opens, and so was all of that.
What came of it is kept by all that it depends on, the theme among it. Lines are never changed, and what is worked out
from them, such as their pieces, stays with them. One private part is at work: `Widget._styles_cache` puts padding and
border around a line.
"""

from collections.abc import Callable, Hashable
from functools import partial
from itertools import count
from typing import Any, TypeVar

from textual._styles_cache import StylesCache
from textual.app import App
from textual.cache import LRUCache
from textual.color import Color
from textual.content import Content
from textual.css.styles import RenderStyles, StylesBase
from textual.geometry import Size, Spacing
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions
from textual.widget import Widget
from typing_extensions import override

from greenstar.tui.textual_compat.noted_at_once import AskedByScreen

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")

_MOST_TEXTS, _MOST_LINES = 1_000, 3_000  # all pages of a visit in one width and look: some megabytes
_RULES = ("text_align", "text_overflow", "text_wrap", "line_pad")  # all that a text asks of its widget's styles
_RARE = ("outline_top", "outline_right", "outline_bottom", "outline_left", "hatch", "tint", "text_opacity")

_texts: LRUCache[Hashable, list[Strip]] = LRUCache(_MOST_TEXTS)
_lines: LRUCache[tuple[int, int], tuple[Strip, Strip]] = LRUCache(_MOST_LINES)
_surroundings: LRUCache[Hashable, int] = LRUCache(_MOST_LINES)
_numbers = count()


def kept_line(key: Hashable, draw: Callable[[], Strip]) -> Strip:
    """A line that a widget draws by itself; `key`: all that it depends on. It is drawn where it is not kept."""
    return _kept(_texts, key, lambda: [draw()])[0]


def _kept(cache: LRUCache[Key, Value], key: Key, draw: Callable[[], Value]) -> Value:
    drawn = cache.get(key)
    if drawn is None:
        drawn = cache[key] = draw()
    return drawn


class KeptText(Content):
    """A text that is drawn once for each theme, width and style."""

    def __init__(self, content: Content, app: App[Any]) -> None:
        super().__init__(content.plain, list(content.spans), content.cell_length, strip_control_codes=False)
        self._theme = app.theme  # which its styles name colours of

    @override
    def render_strips(self, width: int, height: int | None, style: Style, options: RenderOptions) -> list[Strip]:
        draw = partial(super().render_strips, width, height, style, options)
        if options.selection is not None or options.post_style is not None:
            return draw()
        rules = tuple(map(options.rules.get, _RULES))
        return [*_kept(_texts, (self._theme, self.plain, tuple(self.spans), width, height, style, rules), draw)]


class KeptLines(AskedByScreen):
    """A widget whose lines stay the same ones, as those of `KeptText` do: what surrounds them is put there once."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._styles_cache = _Surrounded()
        self.set_reactive(Widget.auto_links, False)  # none of ours has any: they are not looked for


class _Surrounded(StylesCache):
    """Takes a line as it was painted before in the same surroundings."""

    _surrounding: int | None = None
    _rare: tuple[object, bool] = (
        None,
        False,
    )  # whether it is drawn as before, by what counts its styles
    _top = 0  # lines above its content

    @override
    def render(self, styles: StylesBase, size: Size, *colours: Any, **options: Any) -> list[Strip]:
        self._surrounding = None
        if not self._looks_rare(styles):
            self._top = styles.gutter.top
            sides = size.width, options["content_size"].width, options["padding"], styles.border
            look = *sides, *colours[:2], options["opacity"]
            self._surrounding = _kept(_surroundings, look, partial(next, _numbers))
        return super().render(styles, size, *colours, **options)

    def _looks_rare(self, styles: StylesBase) -> bool:
        changes = styles._cache_key if isinstance(styles, RenderStyles) else None  # noqa: SLF001 - nothing public counts them
        if changes is None or changes != self._rare[0]:
            self._rare = changes, any(map(styles.has_rule, _RARE))
        return self._rare[1]

    @override
    def render_line(
        self,
        styles: StylesBase,
        y: int,
        size: Size,
        content_size: Size,
        padding: Spacing,
        base_background: Color,
        background: Color,
        render_content_line: Callable[[int], Strip],
        *others: Any,
    ) -> Strip:
        inner = y - self._top
        kept = self._surrounding is not None and 0 <= inner < content_size.height
        line = render_content_line(inner) if kept else None
        surrounded = _lines.get((id(line), self._surrounding or 0)) if line is not None else None
        if surrounded is not None:
            return surrounded[1]
        content = (lambda _: line) if line is not None else render_content_line
        drawn = super().render_line(
            styles, y, size, content_size, padding, base_background, background, content, *others
        )
        if line is not None:  # kept with the line itself: as long as that is here, no other has its id
            _lines[id(line), self._surrounding or 0] = line, drawn
        return drawn
