"""Which language the command line speaks: `--lang`, else that of the settings file, else that of the locale."""

import locale
import os
import re
import sys
from collections.abc import Sequence

from greenstar.i18n.catalogue import LANGUAGE_TAG, LANGUAGES
from greenstar.services.settings.settings import configured


def language_of(arguments: Sequence[str] | None = None) -> str:
    """The language that the arguments ask for, wherever `--lang` stands among them; else the one that is set.

    Help and errors of usage are written before click has read the options, so they are looked at here.
    """
    words = list(sys.argv[1:] if arguments is None else arguments)
    for at, argument in enumerate(words):
        if argument == "--":
            break
        asked = argument.removeprefix("--lang=") if argument.startswith("--lang=") else None
        if argument == "--lang" and at + 1 < len(words):
            asked = words[at + 1]
        if asked is not None and is_language(asked):
            return asked
    return chosen_language()


def chosen_language() -> str:
    """The language of the settings file, else that of the locale."""
    return configured("language") or of_locale()


def is_language(text: str) -> bool:
    """Whether a text names a language, such as en or zh-Hans; a scheme may have any."""
    return LANGUAGE_TAG.fullmatch(text) is not None


def of_locale() -> str:
    """The language that the environment, or else the system, names; the first of all where that is none of them."""
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(variable)
        if value:
            return _named_by(value)
    return _named_by(locale.getlocale()[0] or "")


def _named_by(name: str) -> str:
    """The language of a locale such as zh_CN.UTF-8 or, on Windows, Chinese (Simplified)_China."""
    word = re.split("[^a-z]", name.lower(), maxsplit=1)[0]
    return next((code for code, language in LANGUAGES.items() if word in (code, language.name)), next(iter(LANGUAGES)))
