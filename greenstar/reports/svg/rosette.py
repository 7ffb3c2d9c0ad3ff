"""A rosette as on banknotes, drawn from a seal: no two visits have the same, and the same visit always has it again."""

from math import cos, gcd, pi, sin

from greenstar.reports.svg.drawing import element, picture

RADIUS = 500
_BANDS = ((438, 52, 31, 24), (372, 40, 23, 20), (405, 84, 17, 16))
"""Middle and half width of each band; the least number of its lobes, and of how many more the seal chooses."""
_STEPS = 6  # curves of a lobe
_OPACITY = ("0.75", "0.65", "0.4")


def rosette(seal: str) -> str:
    """The rosette of a seal in hexadecimal digits; an ornament, with nothing to be read in it."""
    signs = bytes.fromhex(seal)
    strands = [
        element(
            "path",
            d=_strand(signs[5 * place :], *band),
            fill="none",
            stroke="green",
            stroke_width="1.5",
            stroke_opacity=_OPACITY[place],
        )
        for place, band in enumerate(_BANDS)
    ]
    rims = [
        element("circle", r=radius, fill="none", stroke="green", stroke_width=width, stroke_opacity="0.8")
        for radius, width in ((RADIUS - 4, 2.2), (RADIUS - 10, 0.9), (318, 0.9), (312, 2.2))
    ]
    size = 2 * RADIUS
    return picture((-RADIUS, -RADIUS, size, size), "", [*strands, *rims], css_class="rosette")


def _strand(signs: bytes, middle: int, half: int, least: int, more: int) -> str:
    """One closed line that goes round several times, nearer and farther in turn."""
    lobes = least + signs[0] % more
    rounds = 5 + signs[1] % 6
    while gcd(lobes, rounds) > 1:
        rounds += 1
    ripple, waves, start = signs[2] / 255 * 0.3, 2 + signs[3] % 4, signs[4] / 255 * 2 * pi
    count = lobes * _STEPS
    step = 2 * pi * rounds / count
    points = []
    for place in range(count + 1):
        turn = place * step
        swing = turn * lobes / rounds
        beat = 1 - ripple + ripple * cos(waves * turn + start)
        radius = middle + half * beat * cos(swing)
        slope = -half * (beat * lobes / rounds * sin(swing) + ripple * waves * sin(waves * turn + start) * cos(swing))
        across, down = cos(turn), sin(turn)
        points.append((radius * across, radius * down, slope * across - radius * down, slope * down + radius * across))
    x, y, run, rise = points[0]
    third = step / 3
    path = [f"M{x:.0f} {y:.0f}C{x + run * third:.0f} {y + rise * third:.0f}"]
    x, y, run, rise = points[1]
    path.append(f" {x - run * third:.0f} {y - rise * third:.0f} {x:.0f} {y:.0f}S")
    path.append(
        " ".join(f"{x - run * third:.0f} {y - rise * third:.0f} {x:.0f} {y:.0f}" for x, y, run, rise in points[2:])
    )
    return "".join(path)
