"""Rules looked at token by token before Python's parser sees them: nothing reaches it that the format does not have."""

import re
from keyword import kwlist
from typing import Any

from greenstar.errors import Hint
from greenstar.i18n.phrase import Phrase
from greenstar.numbers import read_number, written
from greenstar.scheme.slips import day_meant, plain_hint

_TOKEN = re.compile(
    r"""[ \t\r\n]+|"[^"\\\n]*"|'[^'\\\n]*'|[A-Za-z_][A-Za-z0-9_]*|[0-9]+(\.[0-9]+)?(?![A-Za-z0-9_.%])"""
    r"""|<=|>=|==|!=|//|\*\*|[-+*/()<>\[\],]"""
)
_REFUSED = {"//": "rules.no_floor", "**": "rules.no_power"}
_HINTS = (
    (re.compile(r"&&"), "and"),
    (re.compile(r"\|\|"), "or"),
    (re.compile(r"!(?!=)"), "not"),
    (re.compile(r"≥=?|＞[=＝]"), ">="),
    (re.compile(r"≤=?|＜[=＝]"), "<="),
    (re.compile(r"＞"), ">"),
    (re.compile(r"＜"), "<"),
    (re.compile(r"[≠]"), "!="),
    (re.compile(r"[=＝]+"), "=="),
    (re.compile(r"[×✕·]"), "*"),
    (re.compile(r"[÷]"), "/"),
    (re.compile(r"[–—−－]"), "-"),
    (re.compile(r"[“”‘’「」]"), '"'),
    (re.compile(r"[（]"), "("),
    (re.compile(r"[）]"), ")"),
    (re.compile(r"[，、]"), ","),
    (re.compile(r"且|并且"), "and"),
    (re.compile(r"或者?"), "or"),
    (re.compile(r"非|不是"), "not"),
)
_A_DAY = "2026-05-12"
_QUOTES = ('"', "'")
_PERCENT = re.compile(r"([0-9]+(\.[0-9]+)?)\s*%", re.ASCII)
_WORDS = frozenset(("and", "or", "not", "if", "else", "in"))
_SPACE = re.compile(r"\s")
_DAY = re.compile(r"[0-9]{4}([-/.])[0-9]{1,2}\1[0-9]{1,2}(?![0-9.])", re.ASCII)
_FIGURE = re.compile(r"[\w.．]+")  # with whatever is written together with it
_PYTHON_ONLY = frozenset(kwlist) - _WORDS
_LOWER = _WORDS | {"true", "false"}  # names are in lower case, so `AND` can be none


class RuleError(Exception):
    """What is wrong in a rule, at which character (from 0), and what would be right."""

    def __init__(self, offset: int, key: str, hint: Hint = None, **values: Any) -> None:
        super().__init__(key)
        self.offset = offset
        self.message = Phrase(key, **values)
        self.hint = hint


def screen(text: str) -> None:
    """Refuse every token that the format does not have, and say what would be right in its place."""
    at, before = 0, ""
    for token in _TOKEN.finditer(text):
        if token.start() > at:
            break  # what stands here is no token
        word = token[0]
        day = _day_at(text, at) if word[0].isdigit() else None
        if day:
            raise bare_day(at, day)
        if word in _REFUSED:
            raise RuleError(at, _REFUSED[word])
        if word in _PYTHON_ONLY or (word not in _LOWER and word.lower() in _LOWER):
            better = word.lower() if word.lower() in _LOWER else None
            raise RuleError(at, "rules.no_word", Phrase("rules.write", right=better) if better else None, word=word)
        if word[0] in _QUOTES and _takes_no_text(before):
            raise RuleError(at, "rules.syntax")
        before = before if word.isspace() else word
        at = token.end()
    if at < len(text):
        raise _foreign(text, at)


def _takes_no_text(before: str) -> bool:
    """Whether a text after this token would have a prefix (`b"x"`), or be glued to the text before it."""
    return before.endswith(_QUOTES) or (before.isidentifier() and before not in _WORDS)


def _day_at(text: str, at: int) -> str | None:
    """The day that stands here and that no calculation could be: 2015-01-01 has figures that begin with 0."""
    match = _DAY.match(text, at)
    is_day = match is not None and (match[1] == "." or re.search(r"[-/]0", match[0]))
    return match[0] if match is not None and is_day else None


def bare_day(at: int, written: str) -> RuleError:
    """A day that stands in a rule without quotes."""
    return RuleError(
        at, "rules.bare_day", Phrase("rules.write", right=f'"{day_meant(written) or _A_DAY}"'), found=written
    )


def _foreign(text: str, at: int) -> RuleError:
    if _SPACE.match(text, at):
        return RuleError(at, "rules.odd_space", code=f"U+{ord(text[at]):04X}")
    day = _day_at(text, at)
    if day:
        return bare_day(at, day)
    percent = _PERCENT.match(text, at)
    if percent:
        value = read_number(percent[1])
        right = written(value / 100) if value is not None else "0.6"
        return RuleError(at, "rules.percent", Phrase("rules.write", right=right), found=percent[0])
    for pattern, right in _HINTS:
        match = pattern.match(text, at)
        if match:
            return RuleError(at, "rules.foreign", Phrase("rules.write", right=right), found=match[0])
    figure = _FIGURE.match(text, at)
    if figure and (text[at].isdigit() or text[at : at + 2].lstrip(".").isdigit()):
        return RuleError(at, "rules.not_a_number", plain_hint(figure[0]), found=figure[0])
    return RuleError(at, "rules.foreign", found=text[at])
