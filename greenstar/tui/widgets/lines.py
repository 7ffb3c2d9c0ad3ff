"""Lines that are filled in place: the frame around every screen."""

from textual.content import Content
from textual.widgets import Static


class Line(Static):
    """Text of a height that does not change with what it says: filling it costs no layout."""

    DEFAULT_CSS = """
    Line { height: 1; text-wrap: nowrap; text-overflow: clip; }
    """

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 Textual's name
        super().__init__(id=id, classes=classes, markup=False)
        self._said: Content | str = ""

    def say(self, content: Content | str) -> None:
        """Show `content`, if it is not what is shown already."""
        if isinstance(content, Content) and isinstance(self._said, Content):
            if content.is_same(self._said):
                return
        elif content == self._said:
            return
        self._said = content
        self.update(content, layout=False)


class Words(Line):
    """Text that wraps, and takes the lines it needs; gone while it says nothing."""

    DEFAULT_CSS = """
    Words { height: auto; text-wrap: wrap; display: none; }
    Words.-filled { display: block; }
    """

    def say(self, content: Content | str) -> None:
        """Show `content`, if it is not what is shown already."""
        if isinstance(content, str):
            content = Content(content)
        if isinstance(self._said, Content) and content.is_same(self._said):
            return
        self._said = content
        self.set_class(bool(content), "-filled")
        self.update(content)
