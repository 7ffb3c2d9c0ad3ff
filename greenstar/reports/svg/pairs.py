"""Two of the same beside each other: totals on a line, the shares of a category, a step from one total to the other."""

from collections.abc import Sequence

from greenstar.reports.svg.drawing import element, picture, words
from greenstar.reports.svg.lines import Edge
from greenstar.reports.svg.stars import star

_LONG, _BAR, _STEP = 640.0, 200.0, 120.0


def duel(totals: Sequence[tuple[float | None, str]], edges: Sequence[Edge], says: str) -> str:
    """Two totals on a line, each a share with its label: the first above it, the second below."""
    parts = [element("rect", width=_LONG, height=6, rx=3, fill="line")]
    for edge in edges:
        x = _LONG * edge.share
        parts.append(element("line", x1=x, x2=x, y1=-4, y2=10, stroke="ink", stroke_width=1))
        parts += [star(x - 6 * (edge.stars - 1) + 12 * place, -40, 5.4, reached=True) for place in range(edge.stars)]
        parts.append(words(edge.label, x, -18, size=10.5))
    for (share, label), fill, y in zip(totals, ("green", "slate"), (-60, 28), strict=True):
        if share is not None:
            x = _LONG * min(share, 1)
            ends = (-54, 3) if y < 0 else (3, 16)
            parts.append(element("line", x1=x, x2=x, y1=ends[0], y2=ends[1], stroke=fill, stroke_width=1.4))
            parts.append(element("circle", cx=x, cy=3, r=6, fill=fill, stroke="paper", stroke_width=1.6))
            room = 3.6 * len(label)
            parts.append(words(label, min(max(x, room), _LONG - room), y, size=12.5, colour=fill, bold=True))
    return picture((-8, -80, _LONG + 16, 114), says, parts, css_class="duel")


def pair_bar(shares: Sequence[float | None], says: str) -> str:
    """The shares of a category: the first above, the second below."""
    parts = []
    for share, fill, y in zip(shares, ("green", "slate"), (0.0, 7.0), strict=True):
        parts.append(element("rect", y=y, width=_BAR, height=5, rx=2.5, fill="line"))
        if share:
            parts.append(element("rect", y=y, width=max(_BAR * min(share, 1), 3), height=5, rx=2.5, fill=fill))
    return picture((0, -1, _BAR, 14), says, parts, css_class="pair-bar")


def step_bar(before: float, after: float) -> str:
    """Where a running total goes from and to, as shares of the whole way; its figure stands beside it."""
    left, right = sorted((_STEP * before, _STEP * after))
    fill = "green" if after >= before else "rust"
    parts = [
        element("line", x2=_STEP, y1=5, y2=5, stroke="line", stroke_width=1),
        element("rect", x=left, y=1, width=max(right - left, 1), height=8, rx=1.5, fill=fill),
    ]
    return picture((-2, 0, _STEP + 4, 10), "", parts, css_class="step-bar")
