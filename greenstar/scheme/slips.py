"""Signs that look like YAML's and are not, as Chinese keyboards, word processors and spreadsheets write them.

Only looked for where something is wrong: every one of them may stand in a text.
"""

import re
import unicodedata
from collections.abc import Container
from datetime import date
from typing import NamedTuple

from greenstar.i18n.phrase import Phrase

_PLAIN = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "「": '"', "」": '"', "、": ",", "。": "."})
_KEY = r"[A-Za-z0-9][A-Za-z0-9_.-]*"
_ODD_SPACES = "\u00a0\u2002-\u200a\u202f\u205f\u3000"
_SLIPS = (  # the first that a line has is told
    (re.compile(rf"^[ ]*(?P<slip>\t)|^[^\S\t]*(?P<odd>[{_ODD_SPACES}])|[:,\-{{\[] *(?P<behind>[{_ODD_SPACES}])"), ""),
    (re.compile(rf"(?:^\s*(?:- )?|[{{\[,，]\s*){_KEY}(?P<slip>：)"), ": "),
    (re.compile(r"(?:^\s*-?|[:：])\s*(?P<slip>[｛［])"), ""),
    (re.compile(rf"(?P<slip>，)\s*{_KEY}\s*[:：]"), ", "),
    (re.compile(r"(?:^\s*-|[:：])\s*(?P<slip>“)"), '"'),
    (re.compile(rf"^\s*(?:- )?{_KEY}(?P<slip>:)(?=[^\s:])"), ": "),
)
_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})日?")
_DAY_LAST = re.compile(r"(\d{1,2})\.\s*(\d{1,2})\.\s*(\d{4})")


class Slip(NamedTuple):
    """Where in a line, from 0, a sign stands that is not YAML's, and what would be right."""

    offset: int
    hint: Phrase


def plain(text: str) -> str:
    """The text in the signs of YAML and rules, without quotes around it."""
    return unicodedata.normalize("NFKC", text).translate(_PLAIN).strip().strip("\"'")


def plain_hint(text: str) -> Phrase | None:
    """What to write in the place of a text with signs that only look right; None where it has none."""
    right = plain(text)
    return Phrase("rules.write", right=right) if right and right != text.strip() else None


def slip_in(line: str) -> Slip | None:
    """The first sign in a line of a broken file that is probably what broke it."""
    for pattern, right in _SLIPS:
        match = pattern.search(line)
        if match is None:
            continue
        group = match.lastgroup or "slip"
        sign, offset = match[group], match.start(group)
        if sign == "\t":
            return Slip(offset, Phrase("source.tab_hint"))
        if group != "slip":
            return Slip(offset, Phrase("source.space_hint", code=f"U+{ord(sign):04X}"))
        if sign == ":":
            return Slip(offset, Phrase("source.colon_hint"))
        return Slip(offset, Phrase("source.sign_hint", found=sign, right=right.strip() or plain(sign)))
    return None


def key_and_value(text: str) -> tuple[str, str] | None:
    """The two that a key without a value was meant to be, where it holds a colon: `points:2` is `points: 2`."""
    key, colon, value = plain(text).partition(":")
    return (key.strip(), value.strip()) if colon and value.strip() else None


def colon_hint(key: str, value: object, known: Container[str]) -> Phrase | None:
    """What is wrong with the colon behind a known word that a key begins with: `answers： {A-1`, `points:2`."""
    both = key_and_value(key)
    if both is None or both[0] not in known:
        return None
    if value is None:
        return Phrase("rules.write", right=f"{both[0]}: {both[1]}")
    return Phrase("source.sign_hint", found="：", right=":") if "：" in key else Phrase("source.colon_hint")


def space_hint(text: str) -> Phrase | None:
    """A hint at a space in the text that YAML does not know, which nobody sees."""
    match = re.search(f"[{_ODD_SPACES}]", text)
    return Phrase("source.space_hint", code=f"U+{ord(match[0]):04X}") if match else None


def day_meant(text: str) -> str | None:
    """The day that a text writes in another way, such as 1.1.2015 or 2015/1/1, as 2015-01-01; None: it is not clear."""
    match, last = _DAY.fullmatch(text.strip()), _DAY_LAST.fullmatch(text.strip())
    parts = match.groups() if match else last.groups()[::-1] if last else None
    try:
        return date(*map(int, parts)).isoformat() if parts else None
    except ValueError:
        return None
