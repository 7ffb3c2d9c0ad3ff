"""Names that are cut where they do not fit, with the screen's sign for what is left out."""

from collections.abc import Sequence

from greenstar import fitting
from greenstar.tui import glyphs


def cut_in_the_middle(name: str, width: int, tail: int) -> str:
    """The name in at most `width` cells, `…` before its last `tail` characters."""
    return fitting.cut_in_the_middle(name, width, tail, glyphs.ELLIPSIS.mark)


def told_apart(names: Sequence[str], width: int) -> list[str]:
    """Each name in at most `width` cells; those that would look alike keep their ends instead of their middles."""
    return fitting.told_apart(names, width, glyphs.ELLIPSIS.mark)
