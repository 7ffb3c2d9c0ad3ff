"""A widget whose children may move although it stays as large as it was.

Textual keeps where the children of a widget stand by the size of that, until one of them asks for a layout; the widget
itself asks in vain. One private method is at work: `Widget._clear_arrangement_cache` forgets where they stand.
"""

from textual.widget import Widget


class MovingChildren(Widget):
    """Can have its children placed anew."""

    def place_anew(self) -> None:
        """Ask for a layout of the page, and of what stands in here."""
        self._clear_arrangement_cache()
        self.refresh(layout=True)
