"""Figures drawn in cells: shares, progress, ranges, distributions and movements. Pure functions, in both sets of signs.

A share is a number from 0 to 1; what lies outside is drawn as the nearest end. Every drawing is exactly as wide as it
is asked to be. A horizontal line is precise to half a cell.
"""

from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache

from textual.content import Content

from greenstar.text import cell_width
from greenstar.tui import glyphs
from greenstar.tui.glyphs import Sign

TRACK = "$track"
"""The style of what is not reached."""

_FULL, _HALF, _REST, _REST_HALF = Sign("━", "="), Sign("╸", "-"), Sign("━", "."), Sign("╺", ".")
_SPAN, _PLACE, _GRID = Sign("─", "-"), Sign("●", "o"), Sign("·", ".")
_LEVELS = Sign("▁▂▃▄▅▆▇█", "_.:-=+*#")
_EIGHTHS = 8


def style_of_change(difference: Fraction) -> str:
    """The colour of how far a figure moved: a gain, a loss, or neither."""
    return "$success" if difference > 0 else "$warning" if difference < 0 else "$faint"


def halves(share: float, width: int) -> int:
    """How many half cells of a line a share fills: at least one for something, never all before it is all."""
    most = 2 * width
    return most if share >= 1 else max(min(int(share * most), most - 1), int(share > 0))


def share_line(
    share: float,
    width: int,
    style: str = "$success",
    *,
    gate: float | None = None,
    gate_style: str = "$foreground",
    earlier: float | None = None,
) -> Content:
    """A share as a line; `gate`: where a tick stands for what has to be reached; `earlier`: the share last time."""
    ticks = ((earlier, glyphs.LAST, glyphs.LAST.style), (gate, glyphs.GATE, gate_style))
    given = tuple((at, sign.mark, style) for at, sign, style in ticks if at is not None)
    return _share_line(share, width, style, given, glyphs.in_use()) if width > 0 else Content("")


@lru_cache(maxsize=500)  # of the lines beside a page, one or two change with a key
def _share_line(share: float, width: int, style: str, ticks: Sequence[tuple[float, str, str]], _glyphs: str) -> Content:
    """`ticks`: where each stands, as a share, its mark and its style."""
    filled = halves(share, width)
    full, half = divmod(filled, 2)
    parts: list[tuple[str, str]] = [(_FULL.mark * full, style)]
    if half:
        parts.append((_HALF.mark, style))
    rest = width - full - half
    if rest:
        begins = _REST_HALF.mark if full and not half else _REST.mark
        parts.append((begins + _REST.mark * (rest - 1), TRACK))
    line = Content.assemble(*parts)
    for at, mark, style_of_tick in ticks:
        line = _with_tick(line, cell_of(at, width), mark, style_of_tick)
    return line


def _with_tick(line: Content, cell: int, mark: str, style: str) -> Content:
    return Content.assemble(line[:cell], (mark, style), line[cell + 1 :])


def cell_of(share: float, width: int) -> int:
    """The cell of a line that a share falls into; the end of the line belongs to its last cell."""
    return max(0, min(int(share * width), width - 1))


def progress_line(done: int, everything: int, width: int) -> Content:
    """How much of something is done, thin and quiet: a line that is done steps back."""
    share = done / everything if everything else 1.0
    return share_line(share, width, "$faint" if done >= everything else "$primary")


def sparkline(values: Sequence[float], *, low: float | None = None, high: float | None = None) -> Content:
    """Values one after the other, a cell each, as heights between `low` and `high` (their own ends by default)."""
    if not values:
        return Content("")
    least = min(values) if low is None else low
    most = max(values) if high is None else high
    room = (most - least) or 1.0
    marks = [_LEVELS.mark[max(0, min(int((value - least) / room * _EIGHTHS), _EIGHTHS - 1))] for value in values]
    return Content.styled("".join(marks), "$success")


def histogram(counts: Sequence[int], height: int = 1) -> list[Content]:
    """How often each of some classes comes, a cell each, as columns over `height` lines; the highest fills them."""
    most = max(counts, default=0) or 1
    eighths = [max(round(count / most * height * _EIGHTHS), int(count > 0)) for count in counts]
    rows: list[Content] = []
    for row in reversed(range(height)):
        above = [min(max(column - row * _EIGHTHS, 0), _EIGHTHS) for column in eighths]
        rows.append(Content.styled("".join(_LEVELS.mark[part - 1] if part else " " for part in above), "$success"))
    return rows


def range_line(low: int, high: int, at: int, width: int, *, most: int) -> Content:
    """A place within a range, both within all places from 1 to `most`; a dotted grid shows the quarters."""
    if width < 1:
        return Content("")
    room = max(most - 1, 1)

    def cell(place: int) -> int:
        return cell_of((place - 1) / room, width)

    marks = [(" ", "")] * width
    for quarter in range(5):
        marks[cell_of(quarter / 4, width)] = (_GRID.mark, TRACK)
    for place in range(cell(low), cell(high) + 1):
        marks[place] = (_SPAN.mark, "$success")
    marks[cell(at)] = (_PLACE.mark, "bold $success")
    return Content.assemble(*marks)


def ruler(steps: Sequence[tuple[float, str]], width: int, *, share: float, style: str = "$success") -> list[Content]:
    """A line up to `share` with a tick at each step, and under it what each step is called.

    A label stands under its tick, and moves aside where others need room; the first are left out where all have none.
    """
    line = share_line(share, width, style)
    if width < 1:
        return [line, line]
    for at, _ in steps:
        line = _with_tick(line, cell_of(at, width), glyphs.GATE.mark, "$foreground" if share >= at else "$muted")
    return [line, _labels(steps, width, share)]


def _labels(steps: Sequence[tuple[float, str]], width: int, share: float) -> Content:
    placed: list[tuple[int, str, str]] = []
    left = width  # where the label on the right begins, with a blank before it
    for at, label in reversed(steps):
        size = cell_width(label)
        start = min(max(cell_of(at, width) - size // 2, 0), left - size)
        if start < 0:
            break
        placed.insert(0, (start, label, "$muted" if share >= at else "$faint"))
        left = start - 1
    parts: list[tuple[str, str]] = []
    used = 0
    for start, label, style in placed:
        parts += [(" " * (start - used), ""), (label, style)]
        used = start + cell_width(label)
    return Content.assemble(*parts, " " * (width - used))
