"""The categories as a radar: now, in the cycle before, and the median of the peers."""

from collections.abc import Sequence
from math import cos, pi, sin

from greenstar.reports.svg.drawing import element, number, picture, words

LEAST_AXES = 3
"""With fewer there is nothing to be seen."""
_RADIUS = 78.0


def radar(
    names: Sequence[str],
    now: Sequence[float],
    last: Sequence[float | None],
    median: Sequence[float | None],
    says: str,
) -> str:
    """An axis for each name, shares from 0 in the middle to 1; a line that lacks a point is not drawn."""
    turns = [2 * pi * place / len(names) - pi / 2 for place in range(len(names))]
    rings = [
        element("circle", r=_RADIUS * part / 4, fill="none", stroke="line", stroke_width=0.8) for part in range(1, 5)
    ]
    axes = [
        element("line", x2=_RADIUS * cos(turn), y2=_RADIUS * sin(turn), stroke="line", stroke_width=0.8)
        for turn in turns
    ]
    labels = [
        words(name, (_RADIUS + 13) * cos(turn), (_RADIUS + 11) * sin(turn) + 3, size=9.5)
        for name, turn in zip(names, turns, strict=True)
    ]
    parts = [*rings, *axes, *labels]
    if (points := _points(median, turns)) is not None:
        parts.append(_line(points, "mute", stroke_width=1.1, stroke_dasharray="1 2.4"))
    if (points := _points(now, turns)) is not None:
        parts.append(
            element("polygon", points=points, fill="green", stroke="green", stroke_width=1.7, fill_opacity="0.14")
        )
    if (points := _points(last, turns)) is not None:
        parts.append(_line(points, "slate", stroke_width=1.3, stroke_dasharray="4 2.6"))
    return picture((-112, -102, 224, 204), says, parts, css_class="radar")


def _line(points: str, colour: str, **attributes: float | str) -> str:
    return element("polygon", points=points, fill="none", stroke=colour, **attributes)


def _points(shares: Sequence[float | None], turns: Sequence[float]) -> str | None:
    if any(share is None for share in shares):
        return None
    pairs = [(_RADIUS * (share or 0), turn) for share, turn in zip(shares, turns, strict=True)]
    return " ".join(f"{number(size * cos(turn))},{number(size * sin(turn))}" for size, turn in pairs)
