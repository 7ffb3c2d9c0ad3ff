"""A typed line as an answer: options by their numbers, ids or words; all else as a field of the screen reads it."""

import re
from collections.abc import Mapping
from typing import Any

from greenstar.assessment.answer_types import AnswerType, type_of
from greenstar.assessment.model import Answer
from greenstar.i18n.catalogue import Catalogue
from greenstar.i18n.phrase import Phrase
from greenstar.scheme.document import Option, Question
from greenstar.scheme.model import Scheme
from greenstar.text import folded

_NONE = "0"
_BETWEEN = re.compile(r"[\s,;，；、]+")


def type_at(scheme: Scheme, name: str) -> AnswerType[Any]:
    """The type of a question or fact."""
    question = scheme.asked(name)
    return type_of(question)(question, dict(scheme.options(question)))


def choices(kind: AnswerType[Any], catalogue: Catalogue) -> list[str]:
    """What there is to pick from, in the order of its numbers."""
    if not kind.by_picking:
        return []
    if not kind.options:
        return [catalogue.say("words.yes"), catalogue.say("words.no")]
    return [_label(option, catalogue) for option in kind.options.values()]


def _label(option: Option, catalogue: Catalogue) -> str:
    label = catalogue.write(option.label)
    if option.points is None:
        return label
    return catalogue.say("plain.option", label=label, points=Phrase("tui.option_points", points=option.points))


def read(kind: AnswerType[Any], text: str) -> Answer:
    """The answer that a line gives. Refused: it gives none; Doubtful: it can be read in two ways."""
    if not kind.by_picking:
        answer: Answer = kind.from_field(text)
        return answer
    if not kind.options:
        picked: Answer = text == "1" if text in ("1", "2") else kind.from_text(text)
        return picked
    if not kind.several:
        chosen: Answer = kind.from_text(_named(kind.options, text))
        return chosen
    words = [word for word in _BETWEEN.split(text) if word]
    whole = _named(kind.options, text)
    if whole in kind.options:
        words = [whole]
    if words == [_NONE] and _NONE not in kind.options:
        words = []
    several: Answer = kind.from_text(";".join(_named(kind.options, word) for word in words))
    return several


def _named(options: Mapping[str, Option], text: str) -> str:
    """The id of the option that has this number, id, or label in any language; else the text."""
    names = list(options)
    if text in options:
        return text
    if text.isascii() and text.isdigit() and len(text) < 6 and 0 < int(text) <= len(names):
        return names[int(text) - 1]
    wanted = folded(text)
    labelled = (name for name, option in options.items() if wanted in map(folded, option.label.by_language.values()))
    return next(labelled, text)


def in_words(kind: AnswerType[Any], answer: Answer | None, catalogue: Catalogue) -> str:
    """An answer as a reader sees it."""
    return (
        catalogue.say("tui.nothing")
        if answer is None
        else catalogue.write(kind.words(answer, Phrase("tui.none_of_these")))
    )


def expected(kind: AnswerType[Any], question: Question, catalogue: Catalogue) -> str:
    """What a line is to hold."""
    if kind.several:
        return catalogue.say("plain.expects_several")
    if kind.by_picking:
        return catalogue.say("plain.expects_choice")
    unit = question.unit
    if unit is not None:
        return catalogue.say("plain.expects_unit", unit=unit)
    return catalogue.say(f"plain.expects_{kind.name}")
