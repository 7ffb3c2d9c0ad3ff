"""Elements of SVG as text. Each colour stands in an attribute for print, and as a class for pages that change it.

A page that has a dark dress says `.f-green { fill: … }`; what has none, as Typst, takes the attribute.
"""

from collections.abc import Iterable
from html import escape

COLOURS = {
    "ink": "#17231e",
    "mute": "#5f6e67",
    "line": "#dde3de",
    "paper": "#ffffff",
    "green": "#1d6b4f",
    "light": "#b9d8c7",
    "gold": "#b0812a",
    "bronze": "#7d5b10",
    "slate": "#56648a",
    "rust": "#a8451f",
}
SANS = "Noto Sans, Noto Sans CJK SC, Source Sans 3, Helvetica Neue, Arial, PingFang SC, Microsoft YaHei, sans-serif"


def element(name: str, *parts: str, fill: str = "", stroke: str = "", **attributes: float | str) -> str:
    """An element; `fill` and `stroke` name a colour, or are `none`. An underscore in a name is a hyphen."""
    classes = " ".join([*([f"f-{fill}"] if fill in COLOURS else []), *([f"s-{stroke}"] if stroke in COLOURS else [])])
    words = [f'{key.replace("_", "-")}="{_text(value)}"' for key, value in attributes.items()]
    words += [f'{key}="{COLOURS.get(name, name)}"' for key, name in (("fill", fill), ("stroke", stroke)) if name]
    words += [f'class="{classes}"'] if classes else []
    start = f"<{name} {' '.join(words)}" if words else f"<{name}"
    return f"{start}>{''.join(parts)}</{name}>" if parts else f"{start}/>"


def picture(box: tuple[float, float, float, float], says: str, parts: Iterable[str], *, css_class: str) -> str:
    """A whole picture; `box` is left, top, width, height. `says`: what it shows, in words; empty for an ornament."""
    left, top, width, height = (number(value) for value in box)
    told = f'role="img" aria-label="{escape(says)}"' if says else 'aria-hidden="true"'
    start = (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="{css_class}" viewBox="{left} {top} {width} {height}" {told}>'
    )
    return f"{start}{''.join(parts)}</svg>"


def words(text: str, x: float, y: float, *, size: float, colour: str = "mute", bold: bool = False) -> str:
    """A line of text whose middle stands at `x`."""
    weight = {"font_weight": "600"} if bold else {}
    place = {"x": number(x), "y": number(y), "font_size": number(size), "font_family": SANS}
    return element("text", escape(text), fill=colour, text_anchor="middle", **place, **weight)


def number(value: float) -> str:
    """A coordinate in few characters."""
    return f"{value:.1f}".removesuffix(".0")


def _text(value: float | str) -> str:
    return value if isinstance(value, str) else number(value)
