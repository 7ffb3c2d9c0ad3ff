"""The sign in an answer's cell that takes the recorded answer away: `[remove]`, `[删除]`; an empty cell says nothing.

In brackets no answer looks like it. The bare word is never taken for it, as it may be a text or an option.
"""

from greenstar.i18n.catalogue import LANGUAGES, Catalogue
from greenstar.text import folded

_BRACKETS = str.maketrans("【】〔〕", "[][]")  # as Chinese keyboards write them; full-width ones are folded


def removal_sign(catalogue: Catalogue) -> str:
    """The sign in the reader's language."""
    return f"[{catalogue.say('form.remove')}]"


def takes_away(text: str) -> bool:
    """Whether a cell holds the sign, in whichever language."""
    inside = folded(text).translate(_BRACKETS)
    return inside.startswith("[") and inside.endswith("]") and is_bare_word(inside[1:-1])


def is_bare_word(text: str) -> bool:
    """Whether a cell holds the word of the sign without its brackets."""
    return folded(text) in {folded(Catalogue(language).say("form.remove")) for language in LANGUAGES}
