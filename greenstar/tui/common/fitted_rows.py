"""A list inside a dialog: as high as it has rows, as far as the window has room for them."""

from collections.abc import Sequence
from typing import Any

from typing_extensions import override

from greenstar.tui.common.rows import Draw, Rows

MOST_ROWS = 16


class FittedRows(Rows):
    """Whoever holds it calls `fit` when the window gets another size."""

    DEFAULT_CSS = """
    FittedRows { background: $panel; & > .rows--cursor { background: $cursor; } }
    """

    def __init__(self, draw: Draw, *, besides: int, least: int = 1, most: int = MOST_ROWS) -> None:
        """`besides`: lines that a window has besides the list; `least` and `most`: of the list."""
        super().__init__(draw)
        self._besides, self._least, self._most = besides, least, most

    @override
    def show(self, rows: Sequence[Any], cursor: int | None = None) -> None:
        super().show(rows, cursor)
        self.fit()

    def fit(self) -> None:
        """Take as many lines as there are rows and room; none where there are no rows."""
        self.display = bool(self.rows)
        room = max(self.app.size.height - self._besides, self._least)
        self.styles.height = max(1, min(len(self.rows), self._most, room))
