"""Which language the command line speaks: `--lang`, else that of the locale."""

import locale
import os
import sys
from collections.abc import Sequence

from greenstar.i18n.catalogue import LANGUAGES

_CHINESE = ("zh", "chinese")


def language_of(arguments: Sequence[str] | None = None) -> str:
    """The language that the arguments ask for, wherever `--lang` stands among them; else that of the locale.

    Help and errors of usage are written before click has read the options, so they are looked at here.
    """
    words = list(sys.argv[1:] if arguments is None else arguments)
    for at, argument in enumerate(words):
        if argument == "--":
            break
        asked = argument.removeprefix("--lang=") if argument.startswith("--lang=") else None
        if argument == "--lang" and at + 1 < len(words):
            asked = words[at + 1]
        if asked in LANGUAGES:
            return str(asked)
    return of_locale()


def of_locale() -> str:
    """Chinese where the environment, or else the system, says so; English everywhere else."""
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(variable)
        if value:
            return _matching(value)
    return _matching(locale.getlocale()[0] or "")


def _matching(name: str) -> str:
    return "zh" if name.lower().startswith(_CHINESE) else "en"
