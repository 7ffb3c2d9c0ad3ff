"""Which columns of a table have few texts that come again and again: DuckDB keeps such a column as numbers."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from greenstar.services.results.column_kinds import Kind

_MOST, _LONGEST = 2_000, 200  # texts of a column, and characters of a text


class Vocabulary:
    """The texts of each such column, as far as rows were added. None of them has a sign that cannot be printed."""

    def __init__(self, columns: Mapping[str, Kind], nothing: str) -> None:
        """`nothing`: what stands for no value, and is no text."""
        self._names = list(columns)
        self._nothing = nothing
        self._texts: dict[int, set[str]] = {
            place: set() for place, kind in enumerate(columns.values()) if kind == "text"
        }

    def add(self, rows: Sequence[Sequence[Any]]) -> None:
        """The cells of some rows, in the order of the columns."""
        for place, texts in list(self._texts.items()):
            new = {row[place] for row in rows} - texts - {self._nothing}
            if len(texts) + len(new) > _MOST or not _are_plain(new):
                del self._texts[place]
            else:
                texts.update(new)

    def by_column(self) -> dict[str, list[str]]:
        """The texts by the names of their columns, in an order that depends on nothing else."""
        return {self._names[place]: sorted(texts) for place, texts in self._texts.items() if texts}


def _are_plain(texts: Iterable[str]) -> bool:
    return all(len(text) <= _LONGEST and text.isprintable() for text in texts)
