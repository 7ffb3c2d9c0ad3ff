"""How a cell of a table says an answer: as it would be typed, or as spreadsheets and people write it besides."""

import re
import unicodedata

from greenstar.scheme.document import Question
from greenstar.scheme.model import Scheme

_YES_NO = {"1": "yes", "√": "yes", "✓": "yes", "0": "no", "×": "no", "✗": "no"}
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?: 0?0:00(?::00)?)?", re.ASCII)
_BETWEEN = re.compile("[;,；，、/|\n]")


def as_typed(scheme: Scheme, question: Question, text: str) -> str:
    """What a cell says, as it would be typed into the question's field; as it stands where nothing else is known."""
    match question.type:
        case "boolean":
            return _YES_NO.get(text, text)
        case "date":
            return _day(text)
        case "choice":
            return _option(scheme, question, text) or text
        case "multiple":
            parts = [part.strip() for part in _BETWEEN.split(text)]
            whole = _option(scheme, question, text)
            return whole or ";".join(_option(scheme, question, part) or part for part in parts if part)
    return text


def _day(text: str) -> str:
    match = _DAY.fullmatch(unicodedata.normalize("NFKC", text))
    return f"{match[1]}-{int(match[2]):02}-{int(match[3]):02}" if match else text


def _option(scheme: Scheme, question: Question, text: str) -> str | None:
    """The id of the option that is called so, by its id or its label in any language; None: none is, or two are."""
    options, wanted = scheme.options(question), _folded(text)
    if text in options:
        return text
    meant = [
        name
        for name, option in options.items()
        if wanted in (_folded(name), *map(_folded, option.label.by_language.values()))
    ]
    return meant[0] if len(meant) == 1 else None


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
