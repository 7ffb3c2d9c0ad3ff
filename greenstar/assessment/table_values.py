"""How a cell of a table says an answer: as it would be typed, or as spreadsheets and people write it besides."""

import re
import unicodedata
from collections.abc import Iterator, Mapping

from greenstar.assessment.answer_types import Refused
from greenstar.assessment.answer_types.base import MOST_SHOWN
from greenstar.assessment.answer_types.boolean import read_truth
from greenstar.assessment.spreadsheet.removal import takes_away
from greenstar.i18n.catalogue import LANGUAGES, Catalogue
from greenstar.scheme.document import Option, Question
from greenstar.scheme.model import Scheme
from greenstar.text import folded

_YES_NO = {"1": "yes", "√": "yes", "✓": "yes", "0": "no", "×": "no", "✗": "no"}
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})[日号]?(?: 0?0:00(?::00)?)?", re.ASCII)
_BETWEEN_ENTRIES = re.compile("[;；\n]")
_BETWEEN = re.compile("[;,；，、/|\n]")
_NO_OPTION = "[]"


def as_typed(scheme: Scheme, question: Question, text: str) -> str:
    """What a cell says, as it would be typed into the question's field; as it stands where nothing else is known.

    Refused: it can be two options.
    """
    match question.type:
        case "boolean":
            return _YES_NO.get(text, text)
        case "date":
            return as_day(text)
        case "choice":
            return _option(scheme.options(question), text) or text
        case "multiple":
            return ";".join(_ticked(scheme.options(question), text))
    return text


def as_truth(text: str) -> bool:
    """Yes or no, however a spreadsheet or a person writes it. Refused: it is neither."""
    return read_truth(_YES_NO.get(text, text))


def as_day(text: str) -> str:
    """A day as 2026-05-12, however a spreadsheet writes it; what is no day as it stands."""
    match = _DAY.fullmatch(unicodedata.normalize("NFKC", text))
    return f"{match[1]}-{int(match[2]):02}-{int(match[3]):02}" if match else text


def option_words(options: Mapping[str, Option], language: str, *, several: bool) -> dict[str, str]:
    """What to write for each option so that it is read as that option: its label, else its id.

    `several`: it may stand among others, so its label holds nothing that parts them.
    """
    words = {name: option.label.in_(language).strip() for name, option in options.items()}
    clear = (
        name
        for name, word in words.items()
        if _meant(options, word) == [name] and not (several and _BETWEEN_ENTRIES.search(word)) and not takes_away(word)
    )
    return {str(name): str(name) for name in words} | {str(name): words[name] for name in clear}


def names_option(options: Mapping[str, Option], text: str) -> bool:
    """Whether some option is called so, by its id or its label in any language."""
    return bool(_meant(options, text))


def no_option(options: Mapping[str, Option], language: str) -> str:
    """What to write where none of several options is ticked."""
    word = _none(language)
    return _NO_OPTION if _meant(options, word) else word


def _ticked(options: Mapping[str, Option], text: str) -> Iterator[str]:
    """The options that a text lists; none where it says so.

    A label may hold a comma or a stroke, so semicolons and line ends part options first, and the others what is left.
    """
    if _option(options, text) is None and folded(text) in _says_none():
        return
    for entry in [text] if _option(options, text) else _BETWEEN_ENTRIES.split(text):
        parts = [entry] if _option(options, entry) else _BETWEEN.split(entry)
        yield from (_option(options, part) or part.strip() for part in parts if part.strip())


def _says_none() -> set[str]:
    return {_NO_OPTION, *(folded(_none(language)) for language in LANGUAGES)}


def _none(language: str) -> str:
    return Catalogue(language).say("words.none")


def _option(options: Mapping[str, Option], text: str) -> str | None:
    """The id of the option that is called so, by its id or its label in any language; None: none is."""
    meant = _meant(options, text)
    if len(meant) > 1:
        raise Refused("answers.two_options", found=text[:MOST_SHOWN], options=tuple(meant))
    return meant[0] if meant else None


def _meant(options: Mapping[str, Option], text: str) -> list[str]:
    """The ids of the options that a text can mean; an id as it stands means itself."""
    if text in options:
        return [text]
    wanted = folded(text)
    return [
        name
        for name, option in options.items()
        if wanted in (folded(name), *map(folded, option.label.by_language.values()))
    ]
