"""The screen as a picture in which every sign stands in its cells.

Rich spreads a text over as many cells as it has letters, where a Chinese sign takes two: browsers then squeeze it into
half its room.
"""

import re
from collections.abc import Iterator
from html import escape, unescape
from itertools import groupby

from textual.app import App

from greenstar.text import cell_width

_CELL, _WIDE = 12.2, 22  # how wide Rich draws a cell, and how large a sign of two is drawn
_SPREAD = f'style="font-size:{_WIDE}px;letter-spacing:{2 * _CELL - _WIDE:.1f}px"'
_TEXT = re.compile(r'<text class="([^"]+)" x="([^"]+)" y="([^"]+)" textLength="[^"]+"([^>]*)>(.*?)</text>')
_NO_BREAK = "\N{NO-BREAK SPACE}"


def screenshot(app: App[None]) -> str:
    """What the screen shows, as SVG."""
    return in_cells(app.export_screenshot())


def in_cells(svg: str) -> str:
    """The picture with each text in pieces of narrow and of wide signs, each beginning in its own cell."""
    return _TEXT.sub(lambda text: "".join(_pieces(*text.groups())), svg)


def _pieces(looks: str, x: str, y: str, clipped: str, words: str) -> Iterator[str]:
    at = float(x)
    for wide, signs in groupby(unescape(words), key=lambda sign: cell_width(sign) > 1):
        text = "".join(signs)
        shown = text.lstrip(f" {_NO_BREAK}")
        if shown:
            begins = at + _CELL * (len(text) - len(shown))
            width = _SPREAD if wide else f'textLength="{_CELL * cell_width(shown):g}"'
            yield f'<text class="{looks}" x="{begins:g}" y="{y}" {width}{clipped}>{escape(shown)}</text>'
        at += _CELL * cell_width(text)
