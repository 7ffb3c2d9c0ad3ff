"""A whole network: how totals lie, levels in a region, a category's spread, and a place with its range."""

from collections.abc import Iterator, Sequence

from greenstar.reports.svg.drawing import element, picture, words
from greenstar.reports.svg.lines import Edge, down, ring
from greenstar.reports.svg.stars import star

_WIDE, _HIGH = 330.0, 92.0
_LEVELS, _SPREAD, _RANGE = 120.0, 260.0, 130.0
_GREENS = (1.0, 0.62, 0.36, 0.2)  # how strong: the highest level is the darkest


def histogram(classes: Sequence[int], edges: Sequence[Edge], median: float | None, says: str) -> str:
    """How many totals lie in each of equal parts of all there is to earn, with the edges of the levels."""
    most, width = max(classes, default=0) or 1, _WIDE / max(len(classes), 1)
    parts = []
    for place, count in enumerate(classes):
        height = _HIGH * count / most
        if count:
            parts.append(
                element("rect", x=place * width + 1, y=-height, width=width - 2, height=height, rx=1.5, fill="green")
            )
            parts.append(words(str(count), (place + 0.5) * width, -height - 4, size=8.5))
    parts.append(element("line", x2=_WIDE, stroke="mute", stroke_width=1))
    parts += [words(label, _WIDE * share, 20, size=9.5) for share, label in ((0.0, "0"), (1.0, "100 %"))]
    parts += _edges(edges)
    if median is not None:
        parts.append(down(_WIDE * min(median, 1), 2, fill="ink", up=True))
    return picture((-16, -_HIGH - 34, _WIDE + 32, _HIGH + 58), says, parts, css_class="histogram")


def _edges(edges: Sequence[Edge]) -> Iterator[str]:
    """Where each level begins, with its stars above the columns and its points below the line."""
    for edge in sorted(edges, key=lambda each: each.share):
        x = _WIDE * edge.share
        yield element(
            "line", x1=x, x2=x, y1=-_HIGH - 14, y2=4, stroke="gold", stroke_width=1.2, stroke_dasharray="2.5 2.5"
        )
        yield words(edge.label, x, 20, size=9.5)
        start = x - 4.5 * (edge.stars - 1)
        for place in range(edge.stars):
            yield star(start + 9 * place, -_HIGH - 22, 4.4, reached=True)


def levels_bar(counts: Sequence[int], says: str) -> str:
    """The stores of a region by level, the highest first and those without one last."""
    everything, parts, x = sum(counts) or 1, [], 0.0
    for place, count in enumerate(counts):
        width = _LEVELS * count / everything
        last = place == len(counts) - 1
        fill, strength = ("line", 1.0) if last else ("green", _GREENS[min(place, len(_GREENS) - 1)])
        if count:
            parts.append(
                element("rect", x=x, width=max(width - 1, 0.6), height=8, fill=fill, fill_opacity=f"{strength:.2f}")
            )
        x += width
    return picture((0, 0, _LEVELS, 8), says, parts, css_class="levels-bar")


def spread(
    ends: tuple[float, float], quarters: tuple[float, float], middle: float, before: float | None, says: str
) -> str:
    """Shares over many stores: from the lowest to the highest, half of them in the thick part, and the middle."""
    (low, high), (lower, upper) = ends, quarters
    parts = [
        element("rect", width=_SPREAD, height=8, rx=4, fill="line"),
        element("line", x1=_SPREAD * low, x2=_SPREAD * high, y1=4, y2=4, stroke="green", stroke_width=1.4),
        element("rect", x=_SPREAD * lower, width=max(_SPREAD * (upper - lower), 2), height=8, rx=2, fill="green"),
    ]
    if before is not None:
        parts.append(ring(_SPREAD * before, 4, 3.6))
    x = _SPREAD * middle
    parts.append(element("line", x1=x, x2=x, y1=-4, y2=12, stroke="paper", stroke_width=4))
    parts.append(element("line", x1=x, x2=x, y1=-4, y2=12, stroke="ink", stroke_width=2))
    return picture((-6, -6, _SPREAD + 12, 20), says, parts, css_class="bar")


def range_bar(rank: int, reach: tuple[int, int] | None, count: int) -> str:
    """A place among all with those that other weights give; its figures stand beside it."""
    step = _RANGE / max(count - 1, 1)
    parts = [element("line", x2=_RANGE, y1=4, y2=4, stroke="line", stroke_width=1)]
    if reach is not None and reach[0] != reach[1]:
        left, right = (reach[0] - 1) * step, (reach[1] - 1) * step
        parts.append(element("rect", x=left, y=1, width=max(right - left, 2), height=6, rx=3, fill="light"))
    parts.append(element("circle", cx=(rank - 1) * step, cy=4, r=3, fill="green"))
    return picture((-4, 0, _RANGE + 8, 8), "", parts, css_class="range")
