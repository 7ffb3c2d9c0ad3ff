"""A list of lines drawn as they come into view: a thousand cost what ten cost."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, NamedTuple

from rich.segment import Segment
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import Click
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.style import Style
from typing_extensions import override

from greenstar.tui import glyphs
from greenstar.tui.common.lines import fit
from greenstar.tui.textual_compat.kept_lines import KeptLines, kept_line

Draw = Callable[[Any, int], Content]


@dataclass(frozen=True)
class _Painting:
    """A row as it is painted."""

    content: Content
    width: int
    here: bool

    def is_same(self, other: "_Painting") -> bool:
        """Whether the other one looks the same."""
        return (self.width, self.here) == (other.width, other.here) and self.content.is_same(other.content)


class UnderMouse(NamedTuple):
    """The place of the row under the mouse, and how many cells into it."""

    place: int
    column: int


class Rows(ScrollView, KeptLines, can_focus=True):
    """Rows of anything, each drawn as one line by `draw(row, width)`, with a cursor."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "step(-1)", show=False),
        Binding("down", "step(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
        Binding("home", "end(-1)", show=False),
        Binding("end", "end(1)", show=False),
        Binding("enter", "choose", show=False),
    ]
    COMPONENT_CLASSES: ClassVar[set[str]] = {"rows--cursor"}
    DEFAULT_CSS = """
    Rows {
        overflow-x: hidden; overflow-y: auto; height: 1fr;
        text-wrap: nowrap; text-overflow: clip;
        & > .rows--cursor { background: $panel; }
        &:focus > .rows--cursor { background: $cursor; }
    }
    """

    cursor: reactive[int] = reactive(0, init=False)

    class Measured(Message):
        """The rows have another width now."""

    @dataclass
    class Moved(Message):
        """The cursor moved to a row, by a person."""

        row: Any

    @dataclass
    class Chosen(Message):
        """A row was chosen."""

        row: Any

    def __init__(self, draw: Draw, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 Textual's name
        super().__init__(id=id, classes=classes)
        self.draw = draw
        self.rows: Sequence[Any] = ()
        self._drawn: dict[int, _Painting] = {}  # by place, as they were painted last

    # -- what is shown

    def show(self, rows: Sequence[Any], cursor: int | None = None) -> None:
        """Show other rows; the cursor stays at its place where nothing else is said. Equal lines stay as painted."""
        before, self.rows = len(self.rows), rows
        self._measure()
        self.set_reactive(Rows.cursor, max(0, min(self.cursor if cursor is None else cursor, len(rows) - 1)))
        self.touch(max(before, len(rows)))
        self.call_after_refresh(self._into_view)

    def put_cursor(self, index: int) -> None:
        """Move the cursor without telling anyone."""
        self.cursor = max(0, min(index, len(self.rows) - 1))

    @property
    def row(self) -> Any:
        """The row under the cursor, or None."""
        return self.rows[self.cursor] if self.cursor < len(self.rows) else None

    @property
    def row_width(self) -> int:
        """How many cells a row has."""
        return max(self.scrollable_content_region.width - 1, 1)

    def _measure(self) -> None:
        self.virtual_size = Size(self.scrollable_content_region.width, len(self.rows))

    def on_resize(self) -> None:
        """Rows are drawn for their width, and the one under the cursor stays in view."""
        self._measure()
        self._into_view()
        self.post_message(self.Measured())

    def watch_cursor(self, old: int, new: int) -> None:
        """Redraw two lines, no more."""
        self.refresh_line(old)
        self.refresh_line(new)
        self._into_view()

    def _into_view(self) -> None:
        top, height = round(self.scroll_y), self.scrollable_content_region.height
        if self.cursor < top:
            self.scroll_to(y=self.cursor, animate=False)
        elif height and self.cursor >= top + height:
            self.scroll_to(y=self.cursor - height + 1, animate=False)

    def on_focus(self) -> None:
        """The cursor shows."""
        self.refresh()

    def on_blur(self) -> None:
        """The cursor steps back."""
        self.refresh()

    # -- drawing

    @override
    def render(self) -> str:
        """Nothing: it draws by lines."""
        return ""

    @override
    def render_line(self, y: int) -> Strip:
        """One line: the mark of the cursor, and the row."""
        width, index = self.scrollable_content_region.width, y + self.scroll_offset.y
        line = self._painting(index, max(width - 1, 1))
        if line is None:
            self._drawn.pop(index, None)
            return kept_line((self.app.theme, width, self.visual_style), lambda: Strip.blank(width, self.rich_style))
        style = self.visual_style
        if line.here:
            style += self.get_visual_style("rows--cursor")
        self._drawn[index] = line
        key = self.app.theme, line.content.plain, tuple(line.content.spans), line.here, width, style
        return kept_line(key, lambda: self._strip(line, width, style))

    def _strip(self, line: _Painting, width: int, style: Style) -> Strip:
        mark = (glyphs.HERE.mark if line.here else " ", "bold $primary")
        content = Content.assemble(mark, fit(line.content, width - 1))
        pieces = content.render(style, end="", parse_style=self.app.stylesheet.parse_style)
        return Strip([Segment(text, (style + own).rich_style) for text, own in pieces]).adjust_cell_length(
            width, style.rich_style
        )

    def touch(self, most: int | None = None) -> None:
        """Paint those lines in view anew whose content has changed, of the first so many (by default of all rows)."""
        top, height = self.scroll_offset.y, self.scrollable_content_region.height
        for index in range(top, min(top + height, len(self.rows) if most is None else most)):
            self.touch_row(index)

    def touch_row(self, index: int) -> None:
        """Paint a row anew if it looks otherwise than it was painted last."""
        before = self._drawn.get(index)
        now = self._painting(index, self.row_width) if before is not None else None
        if before is None or now is None or not before.is_same(now):
            self.refresh_line(index)

    def _painting(self, index: int, width: int) -> _Painting | None:
        """What stands at a place by now, in so many cells; None where nothing does."""
        if index >= len(self.rows):
            return None
        return _Painting(self.draw(self.rows[index], width), width, index == self.cursor)

    # -- keys and mouse

    def action_step(self, by: int) -> None:
        """Move the cursor by so many rows."""
        self._go(self.cursor + by)

    def action_page(self, by: int) -> None:
        """Move the cursor by a page."""
        self._go(self.cursor + by * max(1, self.scrollable_content_region.height - 1))

    def action_end(self, which: int) -> None:
        """Move the cursor to the first or last row."""
        self._go(0 if which < 0 else len(self.rows) - 1)

    def action_choose(self) -> None:
        """Choose the row under the cursor."""
        if self.rows:
            self.post_message(self.Chosen(self.row))

    def _go(self, index: int) -> None:
        if not self.rows:
            return
        self.put_cursor(index)
        self.post_message(self.Moved(self.row))

    def on_click(self, event: Click) -> None:
        """Choose the row under the mouse."""
        under_mouse = self.under_mouse(event)
        if under_mouse is not None:
            self.put_cursor(under_mouse.place)
            self.post_message(self.Chosen(self.row))

    def under_mouse(self, event: Click) -> UnderMouse | None:
        """Where in the rows the mouse is; None: beside them."""
        offset = event.get_content_offset(self)
        index = -1 if offset is None else offset.y + self.scroll_offset.y
        return None if offset is None or not 0 <= index < len(self.rows) else UnderMouse(index, offset.x)
