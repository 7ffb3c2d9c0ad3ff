"""Options as people write them into a cell: by id, by label in any language, several of them, or none."""

import re
from collections.abc import Iterator, Mapping

from greenstar.assessment.answer_types.base import MOST_SHOWN, Refused
from greenstar.assessment.spreadsheet.removal import takes_away
from greenstar.i18n.catalogue import LANGUAGES, Catalogue
from greenstar.scheme.document import Option
from greenstar.text import folded

_BETWEEN_ENTRIES = re.compile("[;；\n]")
_BETWEEN = re.compile("[;,；，、/|\n]")
_NO_OPTION = "[]"


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


def options_below(options: Mapping[str, Option], language: str, *, several: bool) -> str:
    """The options, each on a line: what to write for it, and its label where that is its id."""
    catalogue = Catalogue(language)
    labels = {name: option.label.in_(language) for name, option in options.items()}
    return "".join(
        f"\n· {word}"
        if word in (labels[name], labels[name].strip())
        else f"\n· {catalogue.say('form.allowed_option', option=word, label=labels[name])}"
        for name, word in option_words(options, language, several=several).items()
    )


def ticked_options(options: Mapping[str, Option], text: str) -> Iterator[str]:
    """The options that a text lists; none where it says so.

    A label may hold a comma or a stroke, so semicolons and line ends part options first, and the others what is left.
    """
    if named_option(options, text) is None and folded(text) in _says_none():
        return
    for entry in [text] if named_option(options, text) else _BETWEEN_ENTRIES.split(text):
        parts = [entry] if named_option(options, entry) else _BETWEEN.split(entry)
        yield from (named_option(options, part) or part.strip() for part in parts if part.strip())


def _says_none() -> set[str]:
    return {_NO_OPTION, *(folded(_none(language)) for language in LANGUAGES)}


def _none(language: str) -> str:
    return Catalogue(language).say("words.none")


def named_option(options: Mapping[str, Option], text: str) -> str | None:
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
