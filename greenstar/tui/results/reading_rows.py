"""A page that is read from its top, in which the cursor stands only on what can be chosen."""

from collections.abc import Sequence
from typing import Any

from typing_extensions import override

from greenstar.tui.common.rows import Rows


class ReadingRows(Rows):
    """Rows of which those with a `criterion` can be chosen. The others are passed over; it opens at its top."""

    moved = False  # whether a person moved the cursor
    _edge = -1  # what stands above the first row to choose is in sight; with 1, what stands below the last

    @override
    def show(self, rows: Sequence[Any], cursor: int | None = None) -> None:
        stays = cursor is not None or (self._edge >= 0 and _can_be_chosen(rows, self.cursor))
        row, place = self.row, self.cursor
        super().show(rows, cursor if stays else _first(rows))
        if self.moved and self.row == row:  # where what stands above it grew, it stays where the eyes are
            self.scroll_to(y=self.scroll_y + self.cursor - place, animate=False)

    @override
    def _into_view(self) -> None:
        if self._edge < 0 and self.cursor == _first(self.rows):
            self.scroll_to(y=0, animate=False)
        elif self._edge > 0:
            self.scroll_to(y=self.max_scroll_y, animate=False)
        else:
            super()._into_view()

    @override
    def _go(self, index: int) -> None:
        self.moved = True
        first, last = _first(self.rows), _last(self.rows)
        below = self.scroll_offset.y + self.scrollable_content_region.height
        if self.cursor == first >= below and index == first + 1:
            index = first  # it comes into sight before the cursor leaves it
        self._edge = -1 if index < first else int(index > last)
        onward = 1 if index >= self.cursor else -1
        while first < index < last and not _can_be_chosen(self.rows, index):
            index += onward
        super()._go(max(first, min(index, last)))
        self._into_view()

    def reveal(self, last: int) -> None:
        """Bring what stands below the cursor into sight, down to that row, as far as the cursor's row stays."""
        height = self.scrollable_content_region.height
        self.scroll_to(y=max(self.scroll_y, min(self.cursor, last - height + 1)), animate=False)


def _can_be_chosen(rows: Sequence[Any], place: int) -> bool:
    return 0 <= place < len(rows) and getattr(rows[place], "criterion", None) is not None


def _first(rows: Sequence[Any]) -> int:
    return next((place for place in range(len(rows)) if _can_be_chosen(rows, place)), 0)


def _last(rows: Sequence[Any]) -> int:
    return next((place for place in reversed(range(len(rows))) if _can_be_chosen(rows, place)), 0)
