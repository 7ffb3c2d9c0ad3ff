"""Entries of a league from the scorecards of a database. Imports nothing heavy: `greenstar rank` waits for it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, lru_cache
from typing import Any, overload

from greenstar.i18n.catalogue import LANGUAGES, Catalogue
from greenstar.i18n.phrase import Phrase, Text
from greenstar.numbers import ZERO, exact_figure, nearest_float
from greenstar.ranking.league import LeagueEntry
from greenstar.scoring.explain.unmet import NO_RULE, unmet_message

KEY_COLUMNS = 6  # so many keys of a ranking stand in columns of their own


@dataclass
class KeptUnmet:
    """An unmet requirement as it was kept."""

    requirement: str
    subject: str
    needed: Fraction | None
    actual: Fraction | None
    percent: bool
    because: Any


class KeptReasons(Sequence[Phrase]):
    """The reasons as they were kept, read where one is asked for: of thousands of stores a screen shows a few."""

    def __init__(self, kept: str) -> None:
        self._kept = kept

    @cached_property
    def _lacking(self) -> list[dict[str, Any]]:
        lacking: list[dict[str, Any]] = json.loads(self._kept)
        return lacking

    @cached_property
    def _reasons(self) -> tuple[Phrase, ...]:
        return tuple(map(reason, self._lacking))

    def __len__(self) -> int:
        """How many there are."""
        return len(self._lacking)

    @overload
    def __getitem__(self, index: int) -> Phrase: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[Phrase, ...]: ...

    def __getitem__(self, index: int | slice) -> Phrase | tuple[Phrase, ...]:
        """One or some of them."""
        return self._reasons[index]


_threshold = lru_cache(1024)(exact_figure)
"""A figure of which the same few stand at thousands of stores: what levels ask for, what there is to earn."""


def league_entry(row: Mapping[str, Any]) -> LeagueEntry:
    """What a store brings into the league, from the row of its scorecard."""
    return LeagueEntry(
        assessment=row["assessment"],
        store=row["store"],
        name=row["name"],
        region=row["region"],
        total=exact_figure(row["total"]),
        level=row["level"],
        stars=row["stars"],
        candidate=bool(row["candidate"]),
        why_not=() if row["why_not"] == "[]" else KeptReasons(row["why_not"]),
        keys={name: exact_figure(value) for name, value in json.loads(row["keys"]).items()},
        available=_threshold(row["available"]) or ZERO,
        status=row["status"],
        not_applicable_points=_threshold(row["not_applicable_points"]) or ZERO,
        excused_points=_threshold(row["excused_points"]) or ZERO,
    )


def key_number(keys: str, place: int) -> float | None:
    """A key of the ranking, by its place among the kept ones, as a number to order by; None: unknown, or there is none.

    It keeps the order of exact figures, but different ones may have the same number.
    """
    exact: list[str | None] = list(json.loads(keys).values())
    value = exact_figure(exact[place]) if place < len(exact) else None
    return None if value is None else nearest_float(value)


def first_reason(why_not: str) -> str | None:
    """The first of the kept reasons, written in every language of the program, as JSON: a long list need not read them.

    None where there is none, and where the scheme says nothing of lighthouse stores.
    """
    lacking: list[dict[str, Any]] = json.loads(why_not)
    if not lacking or any(unmet["requirement"] == NO_RULE for unmet in lacking):
        return None
    first = reason(lacking[0])
    return json.dumps({language: Catalogue(language).render(first) for language in LANGUAGES}, ensure_ascii=False)


def reason(kept: Mapping[str, Any]) -> Phrase:
    """The sentence for an unmet requirement, in the titles of its day."""
    because = kept["because"]
    unmet = KeptUnmet(
        requirement=kept["requirement"],
        subject=kept["subject"],
        needed=_threshold(kept["needed"]),
        actual=exact_figure(kept["actual"]),
        percent=kept["percent"],
        because=Text(because) if isinstance(because, dict) else because,
    )
    texts = kept.get("misses", ())  # older databases keep none
    misses = [edge for edge in map(_threshold, texts) if edge is not None]
    return unmet_message(unmet, Text(kept["title"]) if kept["title"] else None, misses)
