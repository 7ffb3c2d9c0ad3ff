"""Shares on a line: the total between the edges of the levels, and a category against its gate and others."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from greenstar.reports.svg.drawing import element, picture, words
from greenstar.reports.svg.stars import star

_LONG, _BAR = 640.0, 260.0
_APART = 40.0  # of two labels, to be read


@dataclass(frozen=True)
class Edge:
    """Where a level begins, as a share; its stars, and whether they are reached."""

    share: float
    label: str
    stars: int
    reached: bool


def ruler(
    share: float | None, label: str, edges: Sequence[Edge], *, last: float | None, median: float | None, says: str
) -> str:
    """The total as a long bar, with the edges of the levels above, the last cycle in it and the peers' median."""
    parts = [element("rect", width=_LONG, height=12, rx=6, fill="line")]
    if share is not None:
        parts.append(element("rect", width=max(_LONG * share, 6), height=12, rx=6, fill="green"))
    parts += _edges(edges, _LONG)
    if median is not None:
        parts.append(down(_LONG * median, 26, fill="mute", up=True))
    if last is not None:
        parts.append(ring(_LONG * last, 6, 4.4))
    if share is not None:
        x = _LONG * share
        parts.append(down(x, -2, fill="ink"))
        parts.append(words(label, min(max(x, 20), _LONG - 20), -13, size=13, colour="ink", bold=True))
    return picture((-8, -52, _LONG + 16, 98), says, parts, css_class="ruler")


def _edges(edges: Sequence[Edge], length: float) -> Iterator[str]:
    """Each edge with its stars high above the bar, where the total's own label does not reach them."""
    before = -_APART
    for edge in sorted(edges, key=lambda each: each.share):
        x = length * edge.share
        yield element("line", x1=x, x2=x, y1=-5, y2=17, stroke="ink", stroke_width=1)
        yield element("line", x1=x, x2=x, y1=-30, y2=-5, stroke="line", stroke_width=1)
        at = x - before >= _APART
        yield words(edge.label, x, 42 if at else 52, size=10.5)
        start = x - 6 * (edge.stars - 1)
        for place in range(edge.stars):
            yield star(start + 12 * place, -38, 5.4, reached=edge.reached)
        before = x if at else before


def bar(
    share: float | None, *, bonus: bool, gate: float | None, last: float | None, median: float | None, says: str
) -> str:
    """A category's bar: what it has, the gate of the next level, the last cycle, the median of its peers."""
    parts = [element("rect", width=_BAR, height=8, rx=4, fill="line")]
    if share:
        parts.append(element("rect", width=max(_BAR * share, 4), height=8, rx=4, fill="gold" if bonus else "green"))
    if gate is not None:
        parts.append(element("line", x1=_BAR * gate, x2=_BAR * gate, y1=-4, y2=12, stroke="ink", stroke_width=1.4))
    if median is not None:
        parts.append(down(_BAR * median, 9.5, fill="mute", up=True))
    if last is not None:
        parts.append(ring(_BAR * last, 4, 3.6))
    return picture((-6, -6, _BAR + 12, 24), says, parts, css_class="bar")


def gain_bar(share: float) -> str:
    """How large a gain is beside the largest; its figure stands beside it."""
    fill = "green" if share >= 0.5 else "light"
    parts = [element("rect", y=1, width=max(150 * share, 3), height=7, rx=3.5, fill=fill)]
    return picture((0, 0, 150, 9), "", parts, css_class="gain")


def share_bar(share: float) -> str:
    """A share on its line; its figure stands beside it."""
    parts = [element("rect", y=1, width=150, height=7, rx=3.5, fill="line")]
    if share:
        parts.append(element("rect", y=1, width=max(150 * share, 3), height=7, rx=3.5, fill="green"))
    return picture((0, 0, 150, 9), "", parts, css_class="gain")


def down(x: float, y: float, *, fill: str, up: bool = False) -> str:
    """A small triangle whose tip is at a point: from above, or from below (`up`)."""
    height = 7 if up else -7
    return element("path", d=f"M{x:.1f} {y:.1f}l-4.5 {height}h9z", fill=fill)


def ring(x: float, y: float, radius: float) -> str:
    """A small ring around a point: where one stood in the cycle before."""
    return element("circle", cx=x, cy=y, r=radius, fill="paper", stroke="slate", stroke_width=1.8)
