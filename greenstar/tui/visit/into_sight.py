"""Scrolls to what the cursor is at, and no further than needed: a page keeps its top in sight as long as it can."""

from textual.containers import VerticalScroll
from textual.widget import Widget


def bring_into_sight(widget: Widget, editor: Widget, cursor_bottom: int, *, whole: bool = False) -> None:
    """Scroll what `widget` stands in, once it is laid out, to show it with all of the `editor` in it.

    The page stands at its top where that shows the editor, although `widget` may go on below, unless it says something
    there that has to be seen (`whole`). Where the widget has more lines than there is room for, it shows from its first
    on, as far as the cursor allows. `cursor_bottom`: the line below the cursor, counted from the top of the editor.
    """
    scroller = next((ancestor for ancestor in widget.ancestors if isinstance(ancestor, VerticalScroll)), None)
    if scroller is None or not widget.region:
        return
    room = scroller.scrollable_content_region.height
    top, start = _line_of(widget, scroller), _line_of(editor, scroller)
    bottom = top + widget.virtual_region.height
    needed = bottom if whole else start + editor.virtual_region.height
    wanted = 0 if needed <= room else min(top, max(bottom - room, 0))
    wanted = max(wanted, start + cursor_bottom - room)
    if wanted != round(scroller.scroll_y):
        scroller.scroll_to(y=wanted, animate=False, immediate=True)


def _line_of(widget: Widget, scroller: Widget) -> int:
    """The first line of a widget, counted from the top of all that is scrolled: it moves only with the layout."""
    line = 0
    while widget is not scroller and isinstance(widget.parent, Widget):
        line += widget.virtual_region.y
        widget = widget.parent
    return line
