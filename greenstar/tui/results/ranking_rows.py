"""The stores of a ranking, a line each, with lines between the levels; a click into the first column marks a store."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, overload

from textual.binding import Binding, BindingType
from textual.events import Click, Key, Paste
from textual.message import Message
from typing_extensions import override

from greenstar.reports.views.network import LevelLine
from greenstar.reports.views.ranked_store import RankedStore
from greenstar.reports.views.ranking import RankedStores
from greenstar.tui.common.rows import Draw, Rows

MARK = 1  # cells of the first column
LeagueRow = RankedStore | LevelLine


class WithLines(Sequence[LeagueRow]):
    """Stores, with the lines between them in their places: none is made before it comes into view."""

    def __init__(self, stores: Sequence[RankedStore], lines: Sequence[LevelLine]) -> None:
        self._stores = stores
        ordered = sorted(lines, key=lambda line: line.place)
        self._lines = {line.place + before: line for before, line in enumerate(ordered)}

    @override
    def __len__(self) -> int:
        return len(self._stores) + len(self._lines)

    @overload
    def __getitem__(self, index: int) -> LeagueRow: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[LeagueRow]: ...

    @override
    def __getitem__(self, index: int | slice) -> LeagueRow | Sequence[LeagueRow]:
        if isinstance(index, slice):
            return [self[place] for place in range(*index.indices(len(self)))]
        if index in self._lines:
            return self._lines[index]
        return self._stores[index - sum(place < index for place in self._lines)]


class LeagueRows(Rows):
    """The list of a ranking. The cursor stands on stores only."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("space", "ask_mark", show=False)]

    class MarkAsked(Message):
        """The store under the cursor is to be marked, or its mark taken back."""

    @dataclass
    class Typed(Message):
        """A letter was typed, or several were pasted; empty: the last one is to go."""

        text: str

    def __init__(self, draw: Draw) -> None:
        super().__init__(draw)
        self.stores: Sequence[RankedStore] = ()

    def show_stores(self, stores: RankedStores, lines: Sequence[LevelLine], at: str | None) -> None:
        """Show stores, and lines between them; the cursor on the store `at`, where it is among them, else on top."""
        self.stores = stores
        place = stores.place_of(at) or 0 if at is not None else 0
        self.show(WithLines(stores, lines), place + sum(line.place <= place for line in lines))

    def same_stores(self, stores: RankedStores, lines: Sequence[LevelLine]) -> None:
        """The same stores with more to tell of each: cursor and view stay where they are."""
        self.stores = stores
        self.rows = WithLines(stores, lines)
        self.touch(len(self.rows))

    @property
    def store(self) -> RankedStore | None:
        """The store under the cursor."""
        row = self.row
        return row if isinstance(row, RankedStore) else None

    @override
    def _go(self, index: int) -> None:
        onward = 1 if index >= self.cursor else -1
        while 0 <= index < len(self.rows) and isinstance(self.rows[index], LevelLine):
            index += onward
        super()._go(index)

    def on_key(self, event: Key) -> None:
        """What is typed searches; the space bar marks."""
        if event.key == "backspace" or (event.is_printable and event.character and not event.character.isspace()):
            event.stop()
            self.post_message(self.Typed("" if event.key == "backspace" else event.character or ""))

    def on_paste(self, event: Paste) -> None:
        """What is pasted searches too."""
        event.stop()
        if text := "".join(event.text.split()):
            self.post_message(self.Typed(text))

    def action_ask_mark(self) -> None:
        """The space bar ticks, as it does in every list."""
        self.post_message(self.MarkAsked())

    def on_click(self, event: Click) -> None:
        """In the column of marks a click marks; elsewhere it chooses."""
        under_mouse = self.under_mouse(event)
        if under_mouse is None or isinstance(self.rows[under_mouse.place], LevelLine):
            event.prevent_default()
        elif under_mouse.column <= MARK + 1:
            event.prevent_default()
            self.put_cursor(under_mouse.place)
            self.post_message(self.MarkAsked())
