"""Writes pictures of a terminal, one after the other, as one animated SVG: no script, no font, nothing from outside.

A line that many pictures share is drawn once. Whoever wants no motion sees a single picture.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby
from typing import NamedTuple

from rich.segment import Segment
from rich.style import Style
from rich.terminal_theme import TerminalTheme
from textual.strip import Strip

from greenstar.text import cell_width

_CELL, _LINE, _FONT, _MARGIN = 8.4, 16.5, 14, 12
_SPREAD = 4  # letters, from which a text is spread over its cells: fonts differ by less than a dot in each
_BASE = 13  # from the top of a line to the foot of its letters
_FONTS = "ui-monospace,'SF Mono',Menlo,Consolas,'DejaVu Sans Mono','Noto Sans Mono CJK SC',monospace"


class Run(NamedTuple):
    """Characters of one look; `looks`: of the letters, as a style sheet writes them."""

    text: str
    looks: str
    ground: str

    @property
    def cells(self) -> int:
        """How wide it is."""
        return cell_width(self.text)


Line = tuple[Run, ...]


@dataclass(frozen=True)
class Picture:
    """What a terminal shows, and for how many seconds."""

    lines: tuple[Line, ...]
    seconds: float


def lines_of(strips: Iterable[Strip], theme: TerminalTheme, ground: str) -> tuple[Line, ...]:
    """What the strips of a screen show on a ground of that colour."""
    lines = ((run for segment in strip for run in _runs(segment, theme)) for strip in strips)
    grounded = ((run._replace(ground="") if run.ground == ground.lower() else run for run in line) for line in lines)
    return tuple(_joined(line) for line in grounded)


def _joined(runs: Iterable[Run]) -> Line:
    """Runs of one look as one: spaces take any colour."""
    joined: list[Run] = []
    for run in runs:
        wide = cell_width(run.text[:1])
        if joined and joined[-1][1:] == run[1:] and cell_width(joined[-1].text[:1]) == wide:
            joined[-1] = joined[-1]._replace(text=joined[-1].text + run.text)
        else:
            joined.append(run)
    return tuple(joined)


def _runs(segment: Segment, theme: TerminalTheme) -> Iterator[Run]:
    """A segment, its wide characters apart: only what is equally wide is spread evenly."""
    style = segment.style or Style()
    colours = style.color, style.bgcolor
    fore, ground = ("" if colour is None else _hex(colour.get_truecolor(theme)) for colour in colours)
    fore = fore or theme.foreground_color.hex
    if style.reverse:
        fore, ground = ground or theme.background_color.hex, fore
    looks = f"fill:{fore}" + (";font-weight:700" if style.bold else "")
    looks += ";text-decoration:underline" if style.underline else ""
    looks += ";opacity:.6" if style.dim else ""
    for _, letters in groupby(segment.text, key=cell_width):
        yield Run("".join(letters), looks, ground)


def _hex(colour: tuple[int, int, int]) -> str:
    return "#{:02x}{:02x}{:02x}".format(*colour)


def animated(pictures: Sequence[Picture], title: str, ground: str, still: Picture) -> str:
    """The pictures as SVG text; `still`: the one that is shown to those who want no motion."""
    pictures = list(_merged(pictures))
    lines = list(dict.fromkeys(line for picture in pictures for line in picture.lines if _shows(line)))
    looks = {look: f"c{number}" for number, look in enumerate(sorted({run.looks for line in lines for run in line}))}
    names = {line: f"l{number}" for number, line in enumerate(lines)}
    at = next(number for number, picture in enumerate(pictures) if picture.lines == still.lines)
    styles = [
        f"text{{font:{_FONT}px {_FONTS};white-space:pre}}",
        f".w{{font-size:{_FONT + 2}px;letter-spacing:{2 * _CELL - _FONT - 2:.1f}px}}",  # two cells in any font
        *(f".{name}{{{look}}}" for look, name in looks.items()),
        f".p{{visibility:hidden;animation:{sum(picture.seconds for picture in pictures):g}s step-end infinite}}",
        *_keyframes(pictures),
        f"@media(prefers-reduced-motion:reduce){{.p{{animation:none!important}}#p{at}{{visibility:visible}}}}",
    ]
    width = max(sum(run.cells for run in line) for line in lines) * _CELL + 2 * _MARGIN
    height = len(pictures[0].lines) * _LINE + 2 * _MARGIN
    attributes = f'xml:space="preserve" viewBox="0 0 {width:g} {height:g}" role="img" aria-label="{escape(title)}"'
    svg = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {attributes}>',
        f"<title>{escape(title)}</title><style>",
        *styles,
        "</style><defs>",
        *(_drawn(line, name, looks) for line, name in names.items()),
        f'</defs><rect width="100%" height="100%" rx="8" fill="{ground}"/>',
        f'<g transform="translate({_MARGIN} {_MARGIN})">',
        *(_placed(number, picture, names) for number, picture in enumerate(pictures)),
        "</g></svg>",
        "",
    ]
    return "\n".join(svg)


def _keyframes(pictures: Sequence[Picture]) -> Iterator[str]:
    """When each picture is seen, in parts of the whole."""
    whole = sum(picture.seconds for picture in pictures)
    begins = 0.0
    for number, picture in enumerate(pictures):
        ends = begins + 100 * picture.seconds / whole
        hidden = "0%{visibility:hidden}" if number else ""
        seen = f"{hidden}{begins:.3f}%{{visibility:visible}}{ends:.3f}%{{visibility:hidden}}"
        yield f"@keyframes p{number}{{{seen}}}#p{number}{{animation-name:p{number}}}"
        begins = ends


def _placed(number: int, picture: Picture, names: Mapping[Line, str]) -> str:
    """A picture, of lines that are drawn already."""
    rows = ((row, names[line]) for row, line in enumerate(picture.lines) if line in names)
    uses = "".join(f'<use href="#{name}" y="{row * _LINE + _BASE:g}"/>' for row, name in rows)
    return f'<g class="p" id="p{number}">{uses}</g>'


def _merged(pictures: Sequence[Picture]) -> Iterator[Picture]:
    """Pictures that differ from the one before."""
    for lines, same in groupby(pictures, key=lambda picture: picture.lines):
        yield Picture(lines, sum(picture.seconds for picture in same))


def _shows(line: Line) -> bool:
    return any(run.ground or run.text.strip() for run in line)


def _drawn(line: Line, name: str, looks: Mapping[str, str]) -> str:
    """A line at the top of the picture: its grounds, then its letters."""
    grounds, letters, at = [], [], 0
    for ground, run_of in groupby(line, key=lambda run: run.ground):
        cells = sum(run.cells for run in run_of)
        if ground:
            box = f'x="{at * _CELL:g}" y="-{_BASE}" width="{cells * _CELL + 0.2:g}" height="{_LINE}"'
            grounds.append(f'<rect {box} fill="{ground}"/>')
        at += cells
    at = 0
    for run in line:
        text = run.text.strip(" ")
        if text:
            left = at + len(run.text) - len(run.text.lstrip(" "))
            wide = " w" if cell_width(text[0]) > 1 else ""
            attributes = f'class="{looks[run.looks]}{wide}" x="{left * _CELL:g}"'
            attributes += "" if wide or len(text) < _SPREAD else f' textLength="{cell_width(text) * _CELL:g}"'
            letters.append(f"<text {attributes}>{escape(text, quote=False)}</text>")
        at += run.cells
    return f'<g id="{name}">{"".join(grounds)}{"".join(letters)}</g>'
