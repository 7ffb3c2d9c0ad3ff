"""The stores of a ranking that are marked: two at most, to be laid side by side."""

from collections.abc import Sequence
from typing import NamedTuple

from textual.content import Content

from greenstar.i18n.phrase import Phrase
from greenstar.tui import glyphs


class Marked(NamedTuple):
    """A store that was marked, with its visit of the cycle that was shown."""

    store: str
    cycle: str
    assessment: int

    def in_(self, cycle: str) -> str:
        """Its code, with the cycle where that is another than the one shown."""
        return self.store if self.cycle == cycle else f"{self.store} {self.cycle}"


class MarkedStores:
    """They stay marked when another cycle or other stores are shown."""

    def __init__(self) -> None:
        self.marked: Sequence[Marked] = ()

    def mark(self, here: Marked) -> None:
        """Mark a store, or take its mark back; of three marks the first one goes."""
        others = [mark for mark in self.marked if mark[:2] != here[:2]]
        self.marked = others if len(others) < len(self.marked) else [*others[-1:], here]

    def has(self, store: str | None, cycle: str) -> bool:
        """Whether a store is marked in a cycle."""
        return any(mark[:2] == (store, cycle) for mark in self.marked)

    def words(self, cycle: str) -> Content:
        """Which they are, where one cycle is shown."""
        marks = [f"{glyphs.MARKED.mark} {mark.in_(cycle)}" for mark in self.marked]
        return Content.styled("  ".join(marks), glyphs.MARKED.style)

    def pair(self, here: Marked | None) -> tuple[int, int] | Phrase:
        """The visits of the two that are marked, or of the one that is with the one under the cursor; or why not."""
        pair = [*self.marked]
        if len(pair) == 1 and here is not None:
            pair.append(here)
        if len(pair) < 2:
            return Phrase("compare.mark_first")
        first, second = pair
        if first.assessment == second.assessment:
            return Phrase("compare.mark_another", store=first.store)
        return first.assessment, second.assessment
