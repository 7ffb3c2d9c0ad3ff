"""Names that are cut where they do not fit, but never lose what tells them apart from the others of their list."""

from collections.abc import Sequence

from greenstar.text import cell_width
from greenstar.tui import glyphs

_SHORT_WORD = 8  # characters


def cut_at_end(name: str, width: int) -> str:
    """The name in at most `width` cells; what is left out is `…` at its end."""
    if cell_width(name) <= width:
        return name
    return f"{_head(name, width - cell_width(glyphs.ELLIPSIS.mark)).rstrip()}{glyphs.ELLIPSIS.mark}"[: max(width, 0)]


def cut_in_the_middle(name: str, width: int, tail: int) -> str:
    """The name in at most `width` cells, `…` before its last `tail` characters."""
    if cell_width(name) <= width:
        return name
    end = name[len(name) - tail :] if tail else ""
    room = width - cell_width(glyphs.ELLIPSIS.mark) - cell_width(end)
    if room < 1:
        return cut_at_end(end, width)
    return f"{_head(name, room).rstrip()}{glyphs.ELLIPSIS.mark}{end}"


def told_apart(names: Sequence[str], width: int) -> list[str]:
    """Each name in at most `width` cells; those that would look alike keep their ends instead of their middles."""
    cut = {name: cut_at_end(name, width) for name in names}
    alike: dict[str, list[str]] = {}
    for name, short in cut.items():
        alike.setdefault(short, []).append(name)
    for group in alike.values():
        if len(group) > 1:
            tail = _telling(group)
            cut |= {name: cut_in_the_middle(name, width, tail) for name in group}
    return [cut[name] for name in names]


def _telling(names: Sequence[str]) -> int:
    """How many of the last characters tell these names from each other: the last word where it is short."""
    longest = max(len(name) for name in names)
    tail = next((size for size in range(1, longest) if len({name[-size:] for name in names}) == len(names)), longest)
    word = max(len(name) - (name.rfind(" ") + 1) for name in names)
    return max(tail, word) if word <= _SHORT_WORD else tail


def _head(name: str, width: int) -> str:
    """As much of the beginning as fits."""
    used = 0
    for at, character in enumerate(name):
        used += cell_width(character)
        if used > width:
            return name[:at]
    return name
