"""Lines of a given width, put together from pieces. What does not fit is cut, never wrapped."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from textual.content import Content, Span

from greenstar.fitting import breaks
from greenstar.text import cell_width
from greenstar.tui import glyphs

Piece = Content | str


def fit(piece: Piece, width: int) -> Content:
    """The piece in exactly `width` cells; where that is not all of it, it says so by `…`."""
    content = _content(piece)
    return content if content.cell_length == width else shortened(content, width).truncate(max(width, 0), pad=True)


def shortened(piece: Piece, width: int) -> Content:
    """The piece in at most `width` cells; where more than blanks at its end is cut off, it says so by `…`."""
    content, ellipsis = _content(piece), glyphs.ELLIPSIS.mark
    if content.cell_length > width:
        content = content.rstrip()
    if content.cell_length <= width:
        return content
    return Content.assemble(content.truncate(max(width - len(ellipsis), 0)).rstrip(), ellipsis).truncate(max(width, 0))


def both_ends(left: Piece, right: Piece, width: int) -> Content:
    """One piece at the left end and one at the right; the left one gives way."""
    end = _content(right)
    if not end.cell_length:
        return fit(left, width)
    line = Content.assemble(fit(left, width - end.cell_length - 1), " ", end)
    return line if line.cell_length == width else line.truncate(max(width, 0))


def columns(cells: Sequence[tuple[Piece, int]], gap: int = 2) -> Content:
    """Cells side by side, each in its width; a negative width aligns to the right, 0 leaves the cell out."""
    parts: list[Content | str] = []
    for piece, width in cells:
        if not width:
            continue
        content = _content(piece)
        if width < 0:
            content = content.truncate(-width)
            content = content.pad_left(-width - content.cell_length)
        parts += [fit(content, abs(width)), " " * gap]
    return Content.assemble(*parts[:-1])


def beside(left: Sequence[Content], right: Sequence[Content], width: int, gap: int) -> Iterator[Content]:
    """Two blocks of lines side by side: the left one in `width` cells, then a gap."""
    for place in range(max(len(left), len(right))):
        here = left[place] if place < len(left) else ""
        there = right[place] if place < len(right) else Content("")
        yield Content.assemble(fit(here, width), " " * gap, there)


def wrapped(piece: Piece, width: int, hanging: int = 0) -> list[Content]:
    """The piece in lines of at most `width` cells, broken at spaces and between Chinese characters; nothing is lost.

    `hanging`: cells that all lines of a paragraph but its first are set in by.
    """
    content = piece if isinstance(piece, Content) else Content(piece)
    return [*_wrapped(content.plain, tuple(content.spans), width, hanging)]


@lru_cache(maxsize=2_000)  # a page says much that it said before, and asks how high a text is before it shows it
def _wrapped(text: str, spans: tuple[Span, ...], width: int, hanging: int) -> tuple[Content, ...]:
    lines: list[Content] = []
    content = Content(text, [*spans], strip_control_codes=False)
    for paragraph in content.split("\n", allow_blank=True):
        offsets = list(breaks(paragraph.plain, max(width, 2), hanging))
        first, *others = [line.rstrip() for line in paragraph.divide(offsets)]
        lines += [first, *(line.pad_left(hanging) for line in others)]
    return tuple(lines)


def packed(texts: Sequence[str], separator: str, taken: int, width: int, hanging: int) -> list[str]:
    """Texts in a row, broken between them alone.

    `taken`: cells that the first line has not; `hanging`: those that all others are set in by.
    """
    lines, line, room = list[str](), "", width - taken
    for place, text in enumerate(texts):
        longer = f"{line}{separator}{text}" if line else text
        behind = separator.rstrip() if place < len(texts) - 1 else ""
        if not (line or lines) and cell_width(text) > room:  # what does not fit beside the heading stands below it
            lines, room = [""], width - hanging
        if line and cell_width(longer) + cell_width(behind) > room:
            lines.append(f"{line}{separator}".rstrip())
            longer, room = text, width - hanging
        line = longer
    first, *rest = [*lines, line]
    return [first, *(" " * hanging + later for later in rest)]


def _content(piece: Piece) -> Content:
    """People's text is taken as it stands: never as markup, and on one line."""
    if isinstance(piece, Content):
        return piece
    return Content(" ".join(piece.split("\n")))
