"""Lines that are filled in place: the frame around every screen."""

from textual.app import RenderResult
from textual.content import Content
from textual.geometry import Size
from textual.widgets import Static
from typing_extensions import override

from greenstar.tui.common.clicks import Clickable
from greenstar.tui.common.lines import wrapped
from greenstar.tui.textual_compat.kept_lines import KeptText


class Line(Static, Clickable):
    """Text of a height that does not change with what it says: filling it costs no layout."""

    DEFAULT_CSS = """
    Line { height: 1; text-wrap: nowrap; text-overflow: clip; }
    """

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 Textual's name
        super().__init__(id=id, classes=classes, markup=False)
        self._said: Content | str = ""

    def say(self, content: Content | str, *, resizes: bool = False) -> None:
        """Show `content`, if it is not what is shown already; `resizes`: the line is as wide as what it says."""
        if isinstance(content, Content) and isinstance(self._said, Content):
            if content.is_same(self._said):
                return
        elif content == self._said:
            return
        self._said = content
        self.update(content, layout=resizes)

    @override
    def render(self) -> RenderResult:
        """What it says."""
        said = self.visual
        return KeptText(said, self.app) if isinstance(said, Content) else said


class Words(Clickable):
    """Text that wraps, in Chinese as well, and takes the lines it needs; gone while it says nothing."""

    DEFAULT_CSS = """
    Words { height: auto; width: 1fr; text-wrap: nowrap; text-overflow: clip; }
    """

    def __init__(self, *, id: str | None = None, classes: str | None = None, hanging: int = 0) -> None:  # noqa: A002 Textual's name
        super().__init__(id=id, classes=classes)
        self.hanging = hanging  # cells that all lines of a paragraph but its first are set in by
        self.display = False  # set directly: a class would have it styled anew
        self._said = Content("")
        self._lines: tuple[int, list[Content]] = (0, [])

    def say(self, words: Content | str) -> None:
        """Show `words`, if they are not what is shown already."""
        content = words if isinstance(words, Content) else Content(words)
        if content.is_same(self._said):
            return
        width, before = self._lines
        appears = bool(content) != bool(self._said)
        self._said, self._lines = content, (0, [])
        if content:
            self.styles.clear_rule("display")  # what a stylesheet says of it holds
        else:
            self.display = False
        self.refresh(layout=appears or not width or len(self._wrapped(width)) != len(before))

    def _wrapped(self, width: int) -> list[Content]:
        if self._lines[0] != width:
            self._lines = (width, wrapped(self._said, width, self.hanging))
        return self._lines[1]

    @override
    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as the words need."""
        return len(self._wrapped(width))

    @override
    def render(self) -> RenderResult:
        """The words."""
        return KeptText(Content("\n").join(self._wrapped(max(self.content_size.width, 1))), self.app)
