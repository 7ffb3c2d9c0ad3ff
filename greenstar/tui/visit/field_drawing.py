"""Draws the face of a field, and places what takes the answer among its words."""

from textual.content import Content
from textual.geometry import NULL_SPACING, Offset, Size
from textual.layout import ArrangeResult, Layout, WidgetPlacement
from textual.widget import Widget
from typing_extensions import override

from greenstar.tui.textual_compat.moving_children import place_anew
from greenstar.tui.visit.field_face import Drawn, FieldFace


class FieldDrawing(Layout):
    """The layout of a field: lines of words, and one widget where they leave room for it."""

    def __init__(self, field: Widget, face: FieldFace) -> None:
        super().__init__()
        self._field, self._face = field, face
        self._shown: Drawn | None = None  # when it was laid out or changed last

    def drawn(self, width: int) -> Drawn:
        """Its lines, and where among them the answer is taken, in so many cells."""
        return self._face.drawn(width, here=self._field.has_focus_within)

    def text(self, width: int) -> Content:
        """Its lines as they are shown."""
        return Content("\n").join(self.drawn(width).lines)

    @override
    def get_content_height(self, widget: Widget, container: Size, viewport: Size, width: int) -> int:
        self._shown = self.drawn(width)
        return len(self._shown.lines)

    @override
    def arrange(self, parent: Widget, children: list[Widget], size: Size, greedy: bool = True) -> ArrangeResult:
        editor = self.drawn(size.width).editor
        return [WidgetPlacement(editor, Offset(), NULL_SPACING, child) for child in children]

    def show_another(self) -> None:
        """Another question stands here: it is drawn when it is laid out, not before."""
        self._shown = None
        place_anew(self._field)

    def show_changes(self) -> None:
        """Draw it if it looks otherwise by now; lay out the page if it has more or fewer lines."""
        if self._shown is None:
            return
        before, self._shown = self._shown, self.drawn(self._field.content_size.width)
        if not self._shown.is_shaped_as(before):
            place_anew(self._field)
        elif not self._shown.is_same(before):
            self._field.refresh()
