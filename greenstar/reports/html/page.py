"""Templates into pages: everything that goes into one is escaped, but for pictures that this program drew."""

import re
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from greenstar.text import held_together

_TEMPLATES = Path(__file__).parent / "templates"
_TEXT = re.compile(r">[^<]*[0-9] [^<]*")  # between two tags, with what may have to be held together
_PLAIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )


def page(template: str, **values: Any) -> str:
    """The page that a template makes of these values, in whose texts numbers and units are held together."""
    head, end, body = _environment().get_template(template).render(values).partition("</head>")
    return head + end + _TEXT.sub(lambda text: held_together(text[0]), body)


@cache
def style(name: str) -> Markup:
    """The rules of a style sheet, to stand in a page."""
    return Markup((_TEMPLATES / name).read_text(encoding="utf-8"))  # noqa: S704 - it is a file of this program


def drawn(svg: str) -> Markup:
    """A picture that this program drew; the words in it are escaped already."""
    return Markup(svg)  # noqa: S704 - see above


def css_text(text: str) -> Markup:
    """A text for `content:` of a style sheet: whatever is in it, it stays text."""
    signs = (sign if sign in _PLAIN else f"\\{ord(sign):x} " for sign in text)
    return Markup(f'"{"".join(signs)}"')  # noqa: S704 - letters, digits, backslashes and spaces only
