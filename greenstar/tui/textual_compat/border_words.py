"""Words in the border of a widget change without all of the widget being drawn anew.

Textual has a property for each of the two (`border_title`, `border_subtitle`), which draws the whole widget again, with
whatever stands in it. It keeps them in private fields, from which a line of the border is drawn.
"""

from textual.content import Content
from textual.geometry import Region
from textual.widget import Widget


def show_title(widget: Widget, words: Content) -> None:
    """Put words into the upper border, and draw that line."""
    widget._border_title = words  # noqa: SLF001 - the property draws more
    _draw(widget, 0)


def show_foot(widget: Widget, words: Content) -> None:
    """Put words into the lower border, and draw that line."""
    widget._border_subtitle = words  # noqa: SLF001 - as above
    _draw(widget, widget.outer_size.height - 1)


def _draw(widget: Widget, row: int) -> None:
    if widget.outer_size:  # else it is drawn for the first time anyway
        line = Region(0, row, widget.outer_size.width, 1)
        widget.refresh(line.translate(-widget.content_offset))
