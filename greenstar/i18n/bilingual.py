"""People's text that says one thing in two languages: `Wuxi store 044 · 无锡门店 044`."""

from greenstar.i18n.catalogue import LANGUAGES
from greenstar.i18n.phrase import Text

_BETWEEN = " · "
_WIDE = "\u2e80"  # Chinese begins here


def in_language(text: str, language: str) -> str:
    """The half that is in the reader's language; all of it, unless one half is Chinese and the other one is not."""
    halves = text.split(_BETWEEN)
    if len(halves) != 2:
        return text
    chinese = [max(half, default="") >= _WIDE for half in halves]
    if chinese[0] == chinese[1]:
        return text
    return halves[chinese.index(language.partition("-")[0] == "zh")]


def in_each_language(text: str) -> Text:
    """The text as each reader has it, for a sentence that is put into words later."""
    return Text({language: in_language(text, language) for language in LANGUAGES})
