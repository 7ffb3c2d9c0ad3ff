"""Children that may move in a widget although it stays as large as it was.

Textual keeps where the children of a widget stand by the size of that, until one of them asks for a layout; the widget
itself asks in vain. One private method is at work: `Widget._clear_arrangement_cache` forgets where they stand.
"""

from textual.widget import Widget


def place_anew(widget: Widget) -> None:
    """Ask for a layout of the page, and of what stands in the widget."""
    widget._clear_arrangement_cache()  # noqa: SLF001 - nothing public forgets it
    widget.refresh(layout=True)
