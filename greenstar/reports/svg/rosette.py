"""A rosette as on banknotes, drawn from a seal: no two visits have the same, and the same visit always has it again."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import cos, gcd, pi, sin

from greenstar.reports.svg.drawing import element, picture

RADIUS = 500


@dataclass(frozen=True)
class _Band:
    """A band of strands around the middle: its radius and half its width, and how its lines are drawn.

    `lobes`: the least number, and of how many more the seal chooses; `rounds` likewise. Each line is drawn `times`,
    turned a little each time.
    """

    radius: int
    half: int
    lobes: tuple[int, int]
    rounds: tuple[int, int]
    times: int
    opacity: str


_BANDS = (
    _Band(428, 60, (47, 24), (7, 7), 2, "0.62"),
    _Band(362, 36, (37, 20), (5, 6), 2, "0.62"),
    _Band(402, 88, (19, 12), (4, 4), 3, "0.5"),
)
_STEPS = 4  # curves of a lobe


def rosette(seal: str) -> str:
    """The rosette of a seal in hexadecimal digits; an ornament, with nothing to be read in it."""
    signs = bytes.fromhex(seal)
    strands = [strand for place, band in enumerate(_BANDS) for strand in _strands(band, signs[5 * place :])]
    rims = [
        element("circle", r=radius, fill="none", stroke="green", stroke_width=width, stroke_opacity="0.8")
        for radius, width in ((RADIUS - 4, 2.2), (RADIUS - 10, 0.9), (318, 0.9), (312, 2.2))
    ]
    size = 2 * RADIUS
    return picture((-RADIUS, -RADIUS, size, size), "", [*strands, *rims], css_class="rosette")


def _strands(band: _Band, signs: bytes) -> Iterator[str]:
    """One closed line that goes round several times, nearer and farther in turn, and the same turned a little."""
    lobes = band.lobes[0] + signs[0] % band.lobes[1]
    rounds = band.rounds[0] + signs[1] % band.rounds[1]
    while gcd(lobes, rounds) > 1:
        rounds += 1
    path = _path(_points(band, lobes, rounds, signs))
    for time in range(band.times):
        turned = {"transform": f"rotate({360 * time / band.times / lobes:.3f})"} if time else {}
        paint = {"stroke_width": "1.15", "stroke_opacity": band.opacity}
        yield element("path", d=path, fill="none", stroke="green", **paint, **turned)


def _points(band: _Band, lobes: int, rounds: int, signs: bytes) -> list[tuple[float, float, float, float]]:
    """Points of the line, each with a third of the way to the next as its direction."""
    ripple, waves, start = signs[2] / 255 * 0.3, 2 + signs[3] % 4, signs[4] / 255 * 2 * pi
    count, speed = lobes * _STEPS, lobes / rounds
    step = 2 * pi * rounds / count
    third = step / 3
    points = []
    for place in range(count + 1):
        turn = place * step
        wave, swing = waves * turn + start, turn * speed
        beat, near = 1 - ripple + ripple * cos(wave), cos(swing)
        radius = band.radius + band.half * beat * near
        slope = -band.half * (beat * speed * sin(swing) + ripple * waves * sin(wave) * near)
        across, down = cos(turn), sin(turn)
        run, rise = slope * across - radius * down, slope * down + radius * across
        points.append((radius * across, radius * down, run * third, rise * third))
    return points


def _path(points: Sequence[tuple[float, float, float, float]]) -> str:
    """A smooth line through points that know their direction."""
    (x, y, run, rise), (x2, y2, run2, rise2), *others = points
    start = f"M{x:.0f} {y:.0f}C{x + run:.0f} {y + rise:.0f} {x2 - run2:.0f} {y2 - rise2:.0f} {x2:.0f} {y2:.0f}"
    return start + "S" + " ".join(f"{x - run:.0f} {y - rise:.0f} {x:.0f} {y:.0f}" for x, y, run, rise in others)
