"""Lines of a given width, put together from pieces. What does not fit is cut, never wrapped."""

from collections.abc import Sequence

from textual.content import Content

Piece = Content | str


def fit(piece: Piece, width: int) -> Content:
    """The piece in exactly `width` cells."""
    return _content(piece).truncate(max(width, 0), pad=True)


def both_ends(left: Piece, right: Piece, width: int) -> Content:
    """One piece at the left end and one at the right; the left one gives way."""
    end = _content(right)
    if not end.cell_length:
        return fit(left, width)
    return Content.assemble(fit(left, width - end.cell_length - 1), " ", end).truncate(max(width, 0))


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


def _content(piece: Piece) -> Content:
    """People's text is taken as it stands: never as markup, and on one line."""
    if isinstance(piece, Content):
        return piece
    return Content(" ".join(piece.split("\n")))
