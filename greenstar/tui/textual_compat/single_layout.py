"""A screen is laid out once for what changed, not twice, and styled once as it comes up.

Textual lays a new screen out as it comes up, again when it is told its own size, and once more because every widget's
`virtual_size`, which the layout itself has just found out, asks for a layout (`Reactive(layout=True)`). It lays out the
screens below as well. And what it has just laid out and painted it paints once more, for the same reason. Where a
widget that asks for a layout is laid out before its turn, for another reason, and is then filled again, Textual goes on
with the height that it measured in between. Five private parts are at work: `_screen_resized` lays out, whatever it
laid out before; `_refresh_layout` is the one way to a layout; `_layout_required` of a widget says that it asks for one,
`_layout_updates` which of them, and `_repaint_required` that it asks to be painted.

Every widget is styled as it is mounted. Textual styles all of them again when the screen comes up, for screens that it
keeps aside while the colours change; a screen of ours is made anew each time, or stays among those that change.
"""

from textual.events import ScreenResume
from textual.geometry import Size
from textual.screen import ScreenResultType
from textual.widget import Widget
from typing_extensions import override

from greenstar.tui.textual_compat.focus_styles import FocusStyles
from greenstar.tui.textual_compat.front_compositor import FrontCompositor
from greenstar.tui.textual_compat.noted_at_once import NotedAtOnce
from greenstar.tui.textual_compat.paint_timer import PaintsSoon


class SingleLayout(FocusStyles[ScreenResultType], NotedAtOnce[ScreenResultType], PaintsSoon[ScreenResultType]):
    """Lays out only for a new size, or for what a widget wants to show otherwise."""

    _laid_out_for: Size | None = None

    def __init__(self, name: str | None = None, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 Textual's name
        super().__init__(name, id, classes)
        self._compositor = FrontCompositor()

    def on_screen_resume(self, event: ScreenResume) -> None:
        """Nothing is styled again; Textual's own handler comes after this one."""
        event.refresh_styles = False

    @override
    def _screen_resized(self, size: Size) -> None:
        if size != self._laid_out_for:
            super()._screen_resized(size)

    @override
    def _refresh_layout(self, size: Size | None = None, scroll: bool = False) -> None:
        if self._repaint_required:  # the layout paints: all of it, where all was to be painted anyway
            self._repaint_required = False
            self._dirty_widgets.add(self)
        before = {widget: _asks(widget) for widget in self.walk_children(Widget, with_self=True)}
        super()._refresh_layout(size, scroll)
        self._laid_out_for = self.outer_size
        for widget in self._compositor.full_map:  # scroll bars as well, which are nobody's children
            layout, paint, bars = before.get(widget, (False, False, _bars(widget)))
            if layout:
                widget._layout_updates += 1  # noqa: SLF001 - what it asks from now on is not this layout
            if _bars(widget) != bars:
                continue
            if not layout:
                widget._layout_required = False  # noqa: SLF001 - it asked within this layout, and got it
            if not paint:
                widget._repaint_required = False  # noqa: SLF001 - likewise


def _asks(widget: Widget) -> tuple[bool, bool, tuple[bool, bool]]:
    """Whether a widget asks for a layout, and to be painted; and which scroll bars it has."""
    return widget._layout_required, widget._repaint_required, _bars(widget)  # noqa: SLF001 - nothing public says so


def _bars(widget: Widget) -> tuple[bool, bool]:
    kept = vars(widget)  # where Textual keeps them: to ask it takes six calls for each, and all widgets are asked
    return kept.get("_reactive_show_vertical_scrollbar", False), kept.get("_reactive_show_horizontal_scrollbar", False)
