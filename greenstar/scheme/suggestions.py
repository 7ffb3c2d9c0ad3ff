"""What was meant: the known word nearest to one that nobody knows."""

from collections.abc import Iterable
from difflib import get_close_matches

from greenstar.i18n.phrase import Phrase

_CLOSE, _VERY_CLOSE = 0.6, 0.7  # of 1, as difflib measures how alike two words are


def nearest(word: str, known: Iterable[str], closeness: float = _CLOSE) -> str | None:
    """The known word nearest to `word`, small and capital letters alike; None where no word is near."""
    by_lower = {name.lower(): name for name in known}
    matches = get_close_matches(word.lower(), list(by_lower), 1, closeness)
    return by_lower[matches[0]] if matches else None


def did_you_mean(word: str, known: Iterable[str]) -> Phrase | None:
    """A sentence of its own about a word in a file, or None."""
    word_meant = nearest(word, known, _VERY_CLOSE)
    return Phrase("rules.did_you_mean", word=word_meant) if word_meant is not None else None


def sentence_end(word: str, known: Iterable[str]) -> Phrase:
    """The end of a sentence about a word that was typed: `; did you mean X?`, or its full stop."""
    word_meant = nearest(word, known)
    return Phrase("storage.no_hint") if word_meant is None else Phrase("storage.did_you_mean", word=word_meant)
