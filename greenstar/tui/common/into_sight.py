"""Scrolls to what the cursor is at, and no further than needed: a page keeps its top in sight as long as it can."""

from textual.containers import VerticalScroll
from textual.widget import Widget


def bring_into_sight(widget: Widget, cursor_bottom: int) -> None:
    """Scroll what `widget` stands in, once it is laid out; `cursor_bottom`: the line below its cursor, on the screen.

    Where the cursor is in sight at the top of the page, the page stands at its top, although `widget` may go on below.
    """
    scroller = next((ancestor for ancestor in widget.ancestors if isinstance(ancestor, VerticalScroll)), None)
    if scroller is None or not widget.region:
        return
    scrolled = round(scroller.scroll_y)
    if cursor_bottom - scroller.region.y + scrolled <= scroller.scrollable_content_region.height:
        if scrolled:
            scroller.scroll_to(y=0, animate=False, immediate=True)
        return
    widget.scroll_visible(animate=False, immediate=True)
    hidden = cursor_bottom - (round(scroller.scroll_y) - scrolled) - scroller.region.bottom
    if hidden > 0:
        scroller.scroll_relative(y=hidden, animate=False, immediate=True)
