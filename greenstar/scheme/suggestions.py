"""What was meant: the known word nearest to one that nobody knows."""

from collections.abc import Callable, Iterable
from difflib import get_close_matches

from greenstar.errors import Hint
from greenstar.i18n.phrase import Phrase

_CLOSE, _VERY_CLOSE = 0.6, 0.7  # of 1, as difflib measures how alike two words are


def nearest(word: str, known: Iterable[str], closeness: float = _CLOSE) -> str | None:
    """The known word nearest to `word`, small and capital letters alike; None where no word is near."""
    by_lower = {name.lower(): name for name in known}
    matches = get_close_matches(word.lower(), list(by_lower), 1, closeness)
    return by_lower[matches[0]] if matches else None


def did_you_mean(word: str, known: Iterable[str]) -> Callable[[], Phrase | None]:
    """How to find a sentence of its own about a word in a file: looking takes long, and not every problem is told."""

    def look() -> Phrase | None:
        word_meant = nearest(word, known, _VERY_CLOSE)
        return Phrase("rules.did_you_mean", word=word_meant) if word_meant is not None else None

    return look


def first_hint(*hints: Hint) -> Callable[[], Phrase | None]:
    """How to find the first of several hints that says something."""

    def look() -> Phrase | None:
        said = (hint if hint is None or isinstance(hint, Phrase) else hint() for hint in hints)
        return next((hint for hint in said if hint is not None), None)

    return look


def sentence_end(word: str, known: Iterable[str]) -> Phrase:
    """The end of a sentence about a word that was typed: `; did you mean X?`, or its full stop."""
    word_meant = nearest(word, known)
    return Phrase("storage.no_hint") if word_meant is None else Phrase("storage.did_you_mean", word=word_meant)
