"""Stars: reached ones are golden, the others hollow."""

from math import cos, pi, sin

from greenstar.reports.svg.drawing import element, number, picture

_INNER = 0.42  # of the outer radius


def star(x: float, y: float, radius: float, *, reached: bool) -> str:
    """One star around a point."""
    turns = [(radius if point % 2 == 0 else radius * _INNER, pi * point / 5 - pi / 2) for point in range(10)]
    points = " ".join(f"{number(x + size * cos(turn))},{number(y + size * sin(turn))}" for size, turn in turns)
    if reached:
        return element("polygon", points=points, fill="gold")
    return element(
        "polygon", points=points, fill="none", stroke="gold", stroke_width=radius / 10, stroke_opacity="0.75"
    )


def stars(reached: int, most: int, says: str) -> str:
    """A row of `most` stars, the first of them reached."""
    width = max(most, 1) * 24
    row = (star(12 + 24 * place, 12, 10.5, reached=place < reached) for place in range(most))
    return picture((0, 0, width, 24), says, row, css_class="stars")
