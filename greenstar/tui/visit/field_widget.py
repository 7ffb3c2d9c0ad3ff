"""The widget that draws the face of a field, and places what takes the answer in it."""

from textual.app import ComposeResult, RenderResult
from textual.content import Content
from textual.geometry import NULL_SPACING, Offset, Size
from textual.layout import ArrangeResult, Layout, WidgetPlacement
from textual.widget import Widget
from typing_extensions import override

from greenstar.tui.textual_compat.kept_lines import KeptLines, KeptText
from greenstar.tui.textual_compat.moving_children import MovingChildren
from greenstar.tui.visit.field_face import Drawn, FieldFace


class FieldWidget(MovingChildren, KeptLines):
    """Lines of words, and one other widget among them."""

    DEFAULT_CSS = """
    FieldWidget { height: auto; text-wrap: nowrap; text-overflow: clip; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.face = FieldFace()
        self._shown: Drawn | None = None  # when it was laid out or changed last

    @override
    def compose(self) -> ComposeResult:
        yield self.face.options
        yield self.face.line

    @property
    @override
    def layout(self) -> Layout:
        return _AMONG_WORDS

    def drawn(self, width: int) -> Drawn:
        """Its lines, and where among them the answer is taken, in so many cells."""
        return self.face.drawn(width, here=self.has_focus_within)

    @override
    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        self._shown = self.drawn(width)
        return len(self._shown.lines)

    @override
    def render(self) -> RenderResult:
        return KeptText(Content("\n").join(self.drawn(self.content_size.width).lines), self.app)

    def show_another(self) -> None:
        """Another question stands here: it is drawn when it is laid out, not before."""
        self._shown = None
        self.place_anew()

    def draw(self) -> None:
        """Draw it if it looks otherwise by now; lay out the page if it has more or fewer lines."""
        if self._shown is None:
            return
        before, self._shown = self._shown, self.drawn(self.content_size.width)
        if not self._shown.is_shaped_as(before):
            self.place_anew()
        elif not self._shown.is_same(before):
            self.refresh()


class _AmongWords(Layout):
    """What takes the answer stands where the lines of its field leave room for it."""

    @override
    def arrange(self, parent: Widget, children: list[Widget], size: Size, greedy: bool = True) -> ArrangeResult:
        assert isinstance(parent, FieldWidget)
        editor = parent.drawn(size.width).editor
        return [WidgetPlacement(editor, Offset(), NULL_SPACING, child) for child in children]


_AMONG_WORDS = _AmongWords()
