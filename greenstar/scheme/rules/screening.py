"""Rules looked at token by token before Python's parser sees them: nothing reaches it that the format does not have."""

import re
from keyword import kwlist
from typing import Any

from greenstar.errors import Hint
from greenstar.i18n.phrase import Phrase
from greenstar.numbers import read_number, written

_TOKEN = re.compile(
    r"""\s+|"[^"\\\n]*"|'[^'\\\n]*'|[A-Za-z_][A-Za-z0-9_]*|[0-9]+(\.[0-9]+)?(?![A-Za-z0-9_.%])"""
    r"""|<=|>=|==|!=|//|\*\*|[-+*/()<>\[\],]"""
)
_REFUSED = {"//": "rules.no_floor", "**": "rules.no_power"}
_HINTS = (
    (re.compile(r"&&"), "and"),
    (re.compile(r"\|\|"), "or"),
    (re.compile(r"!(?!=)"), "not"),
    (re.compile(r"[≥＞]=?|＝"), ">="),
    (re.compile(r"[≤＜]=?"), "<="),
    (re.compile(r"[≠]"), "!="),
    (re.compile(r"="), "=="),
    (re.compile(r"[×✕·]"), "*"),
    (re.compile(r"[÷]"), "/"),
    (re.compile(r"[–—−－]"), "-"),
    (re.compile(r"[“”‘’「」]"), '"'),
    (re.compile(r"[（]"), "("),
    (re.compile(r"[）]"), ")"),
    (re.compile(r"[，、]"), ","),
)
_QUOTES = ('"', "'")
_PERCENT = re.compile(r"([0-9]+(\.[0-9]+)?)\s*%", re.ASCII)
_WORDS = frozenset(("and", "or", "not", "if", "else", "in"))
_PYTHON_ONLY = frozenset(kwlist) - _WORDS


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
    while at < len(text):
        token = _TOKEN.match(text, at)
        if token is None:
            raise _foreign(text, at)
        word = token.group()
        if word in _REFUSED:
            raise RuleError(at, _REFUSED[word])
        if word in _PYTHON_ONLY:
            better = {"True": "true", "False": "false"}.get(word)
            raise RuleError(at, "rules.no_word", Phrase("rules.write", right=better) if better else None, word=word)
        if word[0] in _QUOTES and _takes_no_text(before):
            raise RuleError(at, "rules.syntax")
        before = before if word.isspace() else word
        at = token.end()


def _takes_no_text(before: str) -> bool:
    """Whether a text after this token would have a prefix (`b"x"`), or be glued to the text before it."""
    return before.endswith(_QUOTES) or (before.isidentifier() and before not in _WORDS)


def _foreign(text: str, at: int) -> RuleError:
    percent = _PERCENT.match(text, at)
    if percent:
        value = read_number(percent[1])
        right = written(value / 100) if value is not None else "0.6"
        return RuleError(at, "rules.percent", Phrase("rules.write", right=right), found=percent[0])
    for pattern, right in _HINTS:
        match = pattern.match(text, at)
        if match:
            return RuleError(at, "rules.foreign", Phrase("rules.write", right=right), found=match[0])
    if text[at].isdigit() or text[at : at + 2].lstrip(".").isdigit():
        return RuleError(at, "rules.not_a_number", found=re.match(r"[\w.]+", text[at:])[0])  # type: ignore[index]
    return RuleError(at, "rules.foreign", found=text[at])
