"""Text fitted into the cells of a terminal: broken into lines, or cut without losing what tells it from others.

Imports nothing heavy: `greenstar rank` waits for it.
"""

from collections.abc import Iterator, Sequence

from greenstar.text import cell_width

ELLIPSIS = "…"
_WIDE = "\u2e80"  # from here on, a line may be broken beside any character
_NOT_FIRST = "、，。；：？！）」』》％”,.;:?!)%"
_NOT_LAST = "（「『《(“"
_SHORT_WORD = 8  # characters


def breaks(text: str, width: int, hanging: int = 0) -> Iterator[int]:
    """Where to break a text, as offsets: at spaces and between Chinese characters, never before a closing sign.

    From the first of them on there are `hanging` cells less.
    """
    if cell_width(text) <= width:
        return
    plain = text.isascii() and text.isprintable()
    sizes = [1] * len(text) if plain else [cell_width(character) for character in text]
    start, used, best = 0, 0, 0
    for index, (character, size) in enumerate(zip(text, sizes, strict=True)):
        if index > start and _may_break(text[index - 1], character):
            best = index
        if used + size > width and character != " ":
            if best <= start:
                best = index  # one long word: it is cut where the line ends
            yield best
            start, used = best, min(hanging, width - 2) + sum(sizes[best:index])
        used += size


def folded_lines(text: str, width: int) -> Iterator[str]:
    """The text in lines of at most `width` cells."""
    start = 0
    for end in (*breaks(text, max(width, 2)), len(text)):
        yield text[start:end].rstrip()
        start = end


def cut_at_end(name: str, width: int, ellipsis: str = ELLIPSIS) -> str:
    """The name in at most `width` cells; what is left out is `…` at its end."""
    if cell_width(name) <= width:
        return name
    return f"{_head(name, width - cell_width(ellipsis)).rstrip()}{ellipsis}"[: max(width, 0)]


def cut_in_the_middle(name: str, width: int, tail: int, ellipsis: str = ELLIPSIS) -> str:
    """The name in at most `width` cells, `…` before its last `tail` characters."""
    if cell_width(name) <= width:
        return name
    end = name[len(name) - tail :] if tail else ""
    room = width - cell_width(ellipsis) - cell_width(end)
    if room < 1:
        return cut_at_end(end, width, ellipsis)
    return f"{_head(name, room).rstrip()}{ellipsis}{end}"


def told_apart(names: Sequence[str], width: int, ellipsis: str = ELLIPSIS) -> list[str]:
    """Each name in at most `width` cells; those that would look alike keep their ends instead of their middles."""
    cut = {name: cut_at_end(name, width, ellipsis) for name in names}
    alike: dict[str, list[str]] = {}
    for name, short in cut.items():
        alike.setdefault(short, []).append(name)
    for group in alike.values():
        if len(group) > 1:
            tail = _telling(group)
            cut |= {name: cut_in_the_middle(name, width, tail, ellipsis) for name in group}
    return [cut[name] for name in names]


def number_at_end(name: str) -> int:
    """How many characters the number has that a name ends in, as often only that differs; 0: it ends in none."""
    word = name[name.rfind(" ") + 1 :]
    return len(word) if word.isdecimal() and len(word) <= _SHORT_WORD else 0


def _telling(names: Sequence[str]) -> int:
    """How many of the last characters tell these names from each other: the last word where it is short."""
    longest = max(len(name) for name in names)
    tail = next((size for size in range(1, longest) if len({name[-size:] for name in names}) == len(names)), longest)
    word = max(len(name) - (name.rfind(" ") + 1) for name in names)
    return max(tail, word) if word <= _SHORT_WORD else tail


def _may_break(before: str, after: str) -> bool:
    if before == " ":
        return after not in " %·"
    if after == " " or after in _NOT_FIRST or before in _NOT_LAST:
        return False
    return before >= _WIDE or after >= _WIDE


def _head(name: str, width: int) -> str:
    """As much of the beginning as fits."""
    used = 0
    for at, character in enumerate(name):
        used += cell_width(character)
        if used > width:
            return name[:at]
    return name
