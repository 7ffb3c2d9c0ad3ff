"""A hint at what was meant: the nearest known word."""

from collections.abc import Iterable
from difflib import get_close_matches

from greenstar.i18n.phrase import Phrase


def nearest(word: str, known: Iterable[str]) -> Phrase:
    """The end of a sentence: `; did you mean X?`, or its full stop where no word is near."""
    by_lower = {one.lower(): one for one in known}
    near = get_close_matches(word.lower(), list(by_lower), 1, 0.6)
    return Phrase("storage.did_you_mean", word=by_lower[near[0]]) if near else Phrase("storage.no_hint")
