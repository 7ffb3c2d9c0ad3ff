"""Finds things by a few letters of their words: whole words first, then parts of words, then words with a slip."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from greenstar.text import folded

MOST_LETTERS = 80  # of what is looked for; nobody types more, and a pasted page is no search
_WORDS = re.compile(r"(?=(?<![^\W_])([^\W_]+(?:-[^\W_]+)*))")  # of WAT-06 both WAT-06 and 06
_WIDE = "\u2e80"  # Chinese begins here; its words stand without spaces
_WHOLE, _START, _WITHIN, _SLIP = 8, 6, 4, 1
_TITLE = 3  # times as much counts what stands in a title
_GAP = 3  # characters that may stand between two Chinese ones that were typed
_TYPED_FROM = 3  # letters from which a slip is allowed for


@dataclass(frozen=True)
class Hit:
    """A thing that matches: its index, how well, and the text that does, where that is not its title."""

    index: int
    rank: int
    text: str = ""


@dataclass(frozen=True)
class _Wanted:
    """A word that is looked for, and a pattern of what may be meant where the word itself stands nowhere."""

    word: str
    nearly: re.Pattern[str] | None

    def rank(self, text: str) -> int:
        """How well a text matches; 0: not at all."""
        if self.word not in text:
            return _SLIP if self.nearly is not None and self.nearly.search(text) else 0
        if self.word[0] >= _WIDE:
            return _WHOLE
        match = _at_start(self.word).search(text)
        if match is None:
            return _WITHIN
        return _WHOLE if match[1] is not None else _START


@dataclass(frozen=True)
class _Part:
    """One text of a thing, as it stands and as it is compared."""

    text: str
    plain: str
    title: bool


class Searcher:
    """Searches things, each given as its titles and its other texts."""

    def __init__(self, things: Iterable[tuple[Sequence[str], Sequence[str]]]) -> None:
        self._things = [
            [_Part(text, folded(text), title=True) for text in titles]
            + [_Part(text, folded(text), title=False) for text in texts]
            for titles, texts in things
        ]
        self._words = {word for parts in self._things for part in parts for word in _WORDS.findall(part.plain)}

    def find(self, typed: str) -> list[Hit]:
        """The things that match every word of `typed`, the best first; all in their order, where nothing is typed."""
        wanted = [self._wanted(word) for word in folded(typed[:MOST_LETTERS]).split()]
        hits = [hit for index in range(len(self._things)) if (hit := self._match(index, wanted)) is not None]
        return sorted(hits, key=lambda hit: -hit.rank)

    def _wanted(self, word: str) -> _Wanted:
        """The word as it is typed, and, where it stands nowhere, the known words that may be meant."""
        known = any(word in part.plain for parts in self._things for part in parts)
        if word[0] >= _WIDE:
            return _Wanted(word, _scattered(word, one_off=not known and len(word) >= _TYPED_FROM))
        alike = [] if known else [other for other in sorted(self._words) if _alike(word, other)]
        return _Wanted(word, re.compile("|".join(alike)) if alike else None)

    def _match(self, index: int, wanted: list[_Wanted]) -> Hit | None:
        rank, where = 0, ""
        for word in wanted:
            ranks = [(word.rank(part.plain) * (_TITLE if part.title else 1), part) for part in self._things[index]]
            best, part = max(ranks, key=lambda ranked: ranked[0])
            if not best:
                return None
            rank += best
            where = where or ("" if part.title else part.text)
        return Hit(index, rank, where)


@lru_cache(1024)
def _at_start(word: str) -> re.Pattern[str]:
    """Matches a text in which a word begins with `word`; group 1 is set where it is that whole word."""
    return re.compile(rf"(?<![^\W_]){re.escape(word)}(?:()(?![^\W_]))?")


@lru_cache(1024)
def _scattered(word: str, *, one_off: bool) -> re.Pattern[str]:
    """Chinese characters in their order, a few others between them; `one_off`: one of them may be another."""
    words = [word[:at] + word[at + 1 :] for at in range(len(word))] if one_off else [word]
    return re.compile("|".join(f".{{0,{_GAP}}}".join(map(re.escape, letters)) for letters in words))


@lru_cache(8192)
def _alike(typed: str, known: str) -> bool:
    """Whether a known word may have been meant: with letters left out, or with a slip or two."""
    if len(typed) < _TYPED_FROM or typed[0] not in known[:2]:
        return False
    if len(typed) * 2 >= len(known) > len(typed) and _in_order(typed, known):
        return True
    return _slips(typed, known) <= (1 if len(typed) < 8 else 2)


def _in_order(typed: str, known: str) -> bool:
    letters = iter(known)
    return typed[0] == known[0] and all(letter in letters for letter in typed)


def _slips(typed: str, known: str) -> int:
    """Letters to add, drop, change or swap until `typed` is the beginning of `known`."""
    before: list[int] = []
    row = list(range(len(known) + 1))
    for at, letter in enumerate(typed, 1):
        new = [at]
        for to, other in enumerate(known, 1):
            cost = min(row[to] + 1, new[to - 1] + 1, row[to - 1] + (letter != other))
            if at > 1 and to > 1 and letter == known[to - 2] and typed[at - 2] == other:
                cost = min(cost, before[to - 2] + 1)
            new.append(cost)
        before, row = row, new
    return min(row)
