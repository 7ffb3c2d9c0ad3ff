"""The league that is shown: of a closed cycle the one that was kept, else as it is now.

Imports nothing heavy: `greenstar rank` waits for it.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

from greenstar.i18n.phrase import Phrase
from greenstar.numbers import ZERO, exact_figure
from greenstar.ranking.kept import Difference, Kept, Place, differences
from greenstar.ranking.league import ClosedStore, LeagueEntry, Ranked, Ranking
from greenstar.ranking.stored import reason
from greenstar.record.canonical import sha256_of
from greenstar.record.timestamps import local_day
from greenstar.services.results.ranking import league
from greenstar.services.workspace import Workspace
from greenstar.storage.protocols.closings import ClosingRow
from greenstar.text import folded

_MOST_NAMED = 5  # stores that stand otherwise now; all are in the JSON


def shown_league(
    workspace: Workspace, *, region: str | None = None, drafts: bool = False, cycle: str | None = None
) -> Ranking:
    """As `league`; of a closed cycle the kept one, and in `kept` where it would differ now.

    With `drafts` it is the league as it is now, whatever was kept: none was ever kept with drafts.
    """
    cycle = cycle or workspace.cycle
    closing = workspace.storage.closings.latest(cycle)
    if closing is None or closing.reopened_at is not None:
        return league(workspace, region=region, drafts=drafts, cycle=cycle)
    if drafts or sha256_of(closing.sealed) != closing.seal:
        now = league(workspace, region=region, drafts=drafts, cycle=cycle)
        key = "cycles.with_drafts" if drafts else "cycles.document_changed"
        return replace(now, notes=(*now.notes, Phrase(key, cycle=cycle)))
    return _kept_league(workspace, closing, cycle, region)


def _kept_league(workspace: Workspace, closing: ClosingRow, cycle: str, region: str | None) -> Ranking:
    document: Mapping[str, Any] = json.loads(closing.sealed)
    plain = _asked_for(workspace, document["leagues"])
    now = league(workspace, region=region, cycle=cycle, rules=plain["scheme"]["rules"])
    stores = tuple(_stores(workspace, plain, region))
    closed = tuple(_closed_store(store) for store in plain["closed_stores"] if _is_in(store, region))
    kept = Kept(
        closing.at, closing.by, closing.revision, closing.seal, tuple(differences(_places(stores), _places(now.stores)))
    )
    notes = tuple(_notes(cycle, kept, len(document["leagues"]) - 1))
    return replace(now, stores=stores, closed=closed, notes=notes, kept=kept)


def _asked_for(workspace: Workspace, leagues: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
    """The league under the scheme that was asked for, else the one of most stores, which comes first."""
    named = workspace.named_scheme
    if named is None or any(plain["scheme"]["name"] == named for plain in leagues):
        return next(plain for plain in leagues if named in (None, plain["scheme"]["name"]))
    rules = workspace.scheme.rules_sha256
    nothing = {"scheme": {"rules": rules}, "rank_by": [], "stores": [], "closed_stores": []}
    return next((plain for plain in leagues if plain["scheme"]["rules"] == rules), nothing)


def _is_in(store: Mapping[str, Any], region: str | None) -> bool:
    return region is None or folded(store["region"]) == folded(region)


def _stores(workspace: Workspace, plain: Mapping[str, Any], region: str | None) -> Iterator[Ranked]:
    """The stores of a region in their order; their places are those within it."""
    own = [store for store in plain["stores"] if _is_in(store, region)]
    numbers = workspace.storage.closings.assessments_of([store["seal"] for store in own])
    place, before = 0, None
    for count, store in enumerate(own, 1):
        if store["rank"] != before:
            place, before = count, store["rank"]
        yield Ranked(place, _entry(store, plain["rank_by"], numbers.get(store["seal"], 0)))


def _entry(plain: Mapping[str, Any], rank_by: Sequence[str], assessment: int) -> LeagueEntry:
    return LeagueEntry(
        assessment=assessment,
        store=plain["store"],
        name=plain["name"],
        region=plain["region"],
        total=exact_figure(plain["total"]),
        level=plain["level"],
        stars=plain["stars"],
        candidate=plain["lighthouse"],
        why_not=tuple(map(reason, plain["why_not"])),
        keys={name: exact_figure(plain["keys"][name]) for name in rank_by},
        available=_points(plain["available"]),
        status=plain["status"],
        not_applicable_points=_points(plain["not_applicable_points"]),
        excused_points=_points(plain["excused_points"]),
    )


def _places(stores: Iterable[Ranked]) -> dict[str, Place]:
    return {ranked.entry.store: Place(ranked.rank, ranked.entry.total, ranked.entry.level) for ranked in stores}


def _points(text: str | None) -> Fraction:
    return exact_figure(text) or ZERO


def _closed_store(plain: Mapping[str, Any]) -> ClosedStore:
    return ClosedStore(plain["store"], plain["name"], plain["region"], date.fromisoformat(plain["closed"]))


# -- what is said of it


def _notes(cycle: str, kept: Kept, others: int) -> Iterator[Phrase]:
    yield Phrase("cycles.kept", cycle=cycle, day=local_day(kept.at), who=kept.by, revision=kept.revision)
    changed = [each for each in kept.differences if each.by_itself]
    if kept.differences:
        named: object = [_difference(each) for each in (changed or kept.differences)[:_MOST_NAMED]]
        if len(changed) > _MOST_NAMED:
            named = Phrase("cycles.and_more", stores=named, more=len(changed) - _MOST_NAMED)
        moved = len(kept.differences) - len(changed) if changed else 0
        yield Phrase("cycles.differs_and_moves" if moved else "cycles.differs", stores=named, count=moved)
    if others:
        yield Phrase("cycles.other_leagues", count=others)


def _difference(difference: Difference) -> Phrase:
    """What is otherwise at a store, in a few words."""
    store, rank, now = difference.store, difference.rank, difference.rank_now
    if now is None:
        return Phrase("cycles.no_place_now", store=store, rank=rank)
    if rank is None:
        return Phrase("cycles.place_only_now", store=store, now=now)
    if rank == now:
        return Phrase("cycles.figures_now", store=store, rank=rank)
    return Phrase("cycles.place_now", store=store, rank=rank, now=now)
