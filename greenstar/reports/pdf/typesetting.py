"""Data into a PDF by Typst (extra `pdf`): people's text goes in as data, and is never read as markup."""

import json
import re
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any
from unicodedata import category

from greenstar.errors import BadInput

INSTALL = "pipx inject greenstar typst"
_TEMPLATES = Path(__file__).parent / "templates"
_CREATED = datetime(2026, 1, 1, tzinfo=UTC)  # else each call would give other bytes
_LATIN = ("Noto Sans", "Liberation Sans", "DejaVu Sans", "Arial", "Helvetica", "Libertinus Serif")
_CHINESE = (
    *("Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "Source Han Sans CN", "PingFang SC"),
    *("Microsoft YaHei", "SimHei", "SimSun", "WenQuanYi Micro Hei", "WenQuanYi Zen Hei", "Noto Serif CJK SC"),
)
_UNSHOWN = re.compile(r'the text `"(.+?)"` could not be displayed')
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
_WIDE = "\u2e80"  # Chinese begins here


def typeset(template: str, data: Any) -> bytes:
    """The PDF (PDF/A-2b) that a template makes of data. BadInput: Typst is missing, or a font for Chinese is."""
    try:
        import typst  # noqa: PLC0415 - seldom, and an extra
    except ImportError as error:
        raise BadInput("paper.no_typst", command=INSTALL) from error
    text = json.dumps(data, ensure_ascii=False)
    families = _families()
    fonts = [name for name in (*_LATIN, *_CHINESE) if name in families]
    if any(sign >= _WIDE for sign in text) and not families & {*_CHINESE}:
        raise BadInput("paper.no_font")
    source = (_TEMPLATES / template).read_bytes()
    while True:
        try:
            compiler = typst.Compiler(source, root=_TEMPLATES, font_paths=_fonts())  # each compiles once
            pdf = compiler.compile(
                format="pdf",
                sys_inputs={"data": text, "fonts": json.dumps(fonts)},
                pdf_standards="a-2b",
                timestamp=_CREATED,
            )
        except typst.TypstError as error:
            before, text = text, _without(text, error.diagnostic)
            if text == before:
                raise
        else:
            assert isinstance(pdf, bytes)
            return pdf


def _without(text: str, complaint: str) -> str:
    """The text with a question mark for each sign that no font here has: PDF/A allows none of them.

    What only joins signs, as in a family of emoji, goes with them.
    """
    named = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), "".join(_UNSHOWN.findall(complaint)))
    return text.translate({ord(sign): "?" * (category(sign) != "Cf") for sign in named if not sign.isascii()})


@cache
def _fonts() -> Any:
    """The fonts of this machine, and those that come with Typst; to look for them takes longest."""
    import typst  # noqa: PLC0415 - see above

    return typst.Fonts()


def _families() -> frozenset[str]:
    return frozenset(_fonts().families())
