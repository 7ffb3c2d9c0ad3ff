"""A place among many with its range, and the stores of one kind on the line of totals."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from greenstar.reports.svg.drawing import element, picture, words
from greenstar.reports.svg.lines import Edge, down

_LONG = 640.0
_NARROW = 330.0
_MOST_TICKS = 120
_HIGHEST = 20.0  # of the bars of drawn places
_APART = 26.0  # of two figures below the line
_WORDS_APART = 110.0  # of two marks whose words stand on one line


def place_strip(
    place: int,
    count: int,
    reach: tuple[int, int] | None,
    otherwise: Mapping[int, str],
    says: str,
    *,
    drawn: Mapping[int, int],
) -> str:
    """All places as ticks, the store's as a dot, those that other weights give as a band, others as marks.

    `otherwise`: the words above them by place. `drawn`: how often weightings gave each place, as bars on the band.
    """
    step = _LONG / max(count - 1, 1)

    def at(rank: int) -> float:
        return (rank - 1) * step

    tens = _tens(count)
    ranks: Iterable[int] = range(1, count + 1) if count <= _MOST_TICKS else tens
    parts = [
        element("line", x1=at(rank), x2=at(rank), y1=4, y2=13 if rank in tens else 9, stroke="mute", stroke_width=0.6)
        for rank in ranks
    ]
    parts += [words(str(rank), at(rank), 26, size=10.5) for rank in tens]
    if reach is not None and reach[0] != reach[1]:
        left, right = at(reach[0]) - 4, at(reach[1]) + 4
        parts.append(element("rect", x=left, y=-6, width=right - left, height=8, rx=4, fill="light"))
    rise = _HIGHEST if drawn else 0.0
    parts += _drawn(drawn, at, min(max(step * 0.7, 1.6), 9.0))
    parts += _otherwise(otherwise, at, rise)
    parts.append(element("circle", cx=at(place), cy=-2, r=6, fill="green", stroke="paper", stroke_width=1.6))
    label = min(max(at(place), 4), _LONG - 4)
    parts.append(words(str(place), label, -14 - rise, size=13, colour="ink", bold=True))
    return picture((-14, -53 - rise, _LONG + 28, 85 + rise), says, parts, css_class="strip")


def _drawn(drawn: Mapping[int, int], at: Callable[[int], float], width: float) -> Iterator[str]:
    """A bar for each place, as high as it is often; the most frequent one is the highest."""
    most = max(drawn.values(), default=0)
    for rank, times in sorted(drawn.items()):
        height = max(_HIGHEST * times / most, 0.8)
        yield element("rect", x=at(rank) - width / 2, y=-8 - height, width=width, height=height, fill="light")


def _tens(count: int) -> list[int]:
    """The places that have a figure: first and last, and round ones that stand apart from them."""
    step = next((step for step in (5, 10, 20, 50, 100, 200, 500, 1000, 5000, 10_000) if count / step <= 12), 50_000)
    room = _APART * max(count - 1, 1) / _LONG
    return [1, *(rank for rank in range(step, count, step) if rank - 1 >= room and count - rank >= room), count][
        : count or 1
    ]


def _otherwise(otherwise: Mapping[int, str], at: Callable[[int], float], rise: float) -> list[str]:
    """A mark at each, and its words above it: higher, where they would stand on those before."""
    parts, before, high = [], -1000.0, False
    for rank, name in sorted(otherwise.items()):
        x = at(rank)
        parts.append(element("path", d=f"M{x:.1f} -7l5 5l-5 5l-5 -5z", fill="gold"))
        high = not high and x - before < _WORDS_APART
        parts.append(words(name, min(max(x, 30), _LONG - 30), (-41 if high else -29) - rise, size=9.5, colour="bronze"))
        before = x
    return parts


def dot_plot(
    share: float, label: str, others: Sequence[float], *, median: float | None, edges: Sequence[Edge], says: str
) -> str:
    """The totals of stores of one kind on a line that begins where the lowest of them stands."""
    shares = [share, *others, *(edge.share for edge in edges)]
    low, high = max(min(shares) - 0.03, 0), min(max(*shares, 0.9) + 0.03, 1.1)

    def at(value: float) -> float:
        return (value - low) / (high - low) * _NARROW

    parts = [element("line", x1=0, x2=_NARROW, y1=0, y2=0, stroke="line", stroke_width=1.2)]
    for edge in edges:
        x = at(edge.share)
        parts.append(element("line", x1=x, x2=x, y1=-7, y2=7, stroke="ink", stroke_width=1))
        parts.append(words(edge.label, x, 20, size=10.5))
    parts += [element("circle", cx=at(other), cy=0, r=4.4, fill="mute", fill_opacity="0.38") for other in others]
    if median is not None:
        parts.append(down(at(median), -8, fill="mute"))
    parts.append(element("circle", cx=at(share), cy=0, r=6.4, fill="green", stroke="paper", stroke_width=1.6))
    parts.append(words(label, min(max(at(share), 22), _NARROW - 22), -20, size=13, colour="ink", bold=True))
    return picture((-8, -36, _NARROW + 16, 62), says, parts, css_class="dots")
