"""The league that is shown: of a closed cycle the one that was kept, else as it is now.

Imports nothing heavy: `greenstar rank` waits for it.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any, overload

from greenstar.i18n.phrase import PERCENT, Phrase, Quantity
from greenstar.numbers import exact_figure
from greenstar.ranking.kept_ranking import Difference, KeptPlace, KeptRanking, differences
from greenstar.ranking.league import ClosedStore, Ranked, Ranking
from greenstar.ranking.places import places_among
from greenstar.ranking.standing import KEY_COLUMNS, StoreStanding
from greenstar.ranking.stored import StoredLeague
from greenstar.record.timestamps import local_day
from greenstar.services.results.ranking import EVERYTHING, Wanted, league
from greenstar.services.spelling import is_in
from greenstar.services.workspace import Workspace
from greenstar.storage.protocols.closings import ClosingRow

_TO_COMPARE = Wanted(reasons=False, moved=False, left_out=False)
_MOST_NAMED = 5  # stores that stand otherwise now; all are in the JSON


def shown_league(
    workspace: Workspace,
    *,
    region: str | None = None,
    drafts: bool = False,
    cycle: str | None = None,
    wanted: Wanted = EVERYTHING,
) -> Ranking:
    """As `league`; of a closed cycle the kept one, and in `kept` where it would differ now.

    With `drafts` it is the league as it is now, whatever was kept: none was ever kept with drafts. `wanted`: what is
    read of a league as it is now; a kept one is read as a whole.
    """
    cycle = cycle or workspace.cycle
    closing = workspace.storage.closings.latest(cycle)
    if closing is None or not closing.is_closed:
        return league(workspace, region=region, drafts=drafts, cycle=cycle, wanted=wanted)
    if drafts or not closing.is_whole:
        now = league(workspace, region=region, drafts=drafts, cycle=cycle, wanted=wanted)
        key = "cycles.with_drafts" if drafts else "cycles.document_changed"
        return replace(now, notes=(*now.notes, Phrase(key, cycle=cycle)))
    return _kept_league(workspace, closing, cycle, region)


def _kept_league(workspace: Workspace, closing: ClosingRow, cycle: str, region: str | None) -> Ranking:
    document: Mapping[str, Any] = json.loads(closing.sealed)
    plain = _asked_for(workspace, document["leagues"])
    now = league(workspace, region=region, cycle=cycle, rules=plain["scheme"]["rules"], wanted=_TO_COMPARE)
    stores = _stores(workspace, plain, region)
    closed = tuple(_closed_store(store) for store in plain["closed_stores"] if is_in(store["region"], region))
    kept = KeptRanking(
        at=closing.at,
        by=closing.by,
        revision=closing.revision,
        seal=closing.seal,
        differences=tuple(differences(_places(stores), _places(now.stores))),
        settings=plain["settings"] if region is None else None,
    )
    notes = [*_notes(cycle, kept, len(document["leagues"]) - 1)]
    if region is not None and stores and (plain["before"] is not None or plain["settings"] is not None):
        notes.append(Phrase("cycles.of_region"))
    of_all = {"before": plain["before"], "left_out": plain["left_out"]} if region is None else {"before": None}
    return replace(now, stores=stores, closed=closed, notes=tuple(notes), kept=kept, **of_all)


def _asked_for(workspace: Workspace, leagues: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
    """The league under the scheme that was asked for, else the one of most stores, which comes first."""
    named = workspace.named_scheme
    if named is None or any(plain["scheme"]["name"] == named for plain in leagues):
        return next(plain for plain in leagues if named in (None, plain["scheme"]["name"]))
    rules = workspace.scheme.rules_sha256
    nothing: dict[str, Any] = {
        "scheme": {"rules": rules},
        "before": None,
        "left_out": {},
        "settings": None,
        "rank_by": [],
        "stores": [],
        "closed_stores": [],
    }
    return next((plain for plain in leagues if plain["scheme"]["rules"] == rules), nothing)


def _stores(workspace: Workspace, plain: Mapping[str, Any], region: str | None) -> Sequence[Ranked]:
    """The stores of a region in their order; their places are those within it, without ranges or the cycle before."""
    own = [store for store in plain["stores"] if is_in(store["region"], region)]
    numbers = workspace.storage.closings.assessments_of([store["seal"] for store in own])
    places = list(places_among(store["rank"] for store in own))
    standings = [_standing(store, plain["rank_by"], numbers.get(store["seal"], 0)) for store in own]
    before = {store["store"]: store["rank_before"] for store in own if store["rank_before"] is not None}
    if not own:
        return ()
    if region is not None:
        return StoredLeague(places, standings)
    stores = StoredLeague(places, standings, before)
    return stores if plain["settings"] is None else KeptLeague(stores, own)


class KeptLeague(Sequence[Ranked]):
    """A kept league whose places have ranges; each store is made where it is asked for. `plain`: as they were kept."""

    def __init__(self, stores: Sequence[Ranked], plain: Sequence[Mapping[str, Any]]) -> None:
        self._stores = stores
        self._plain = plain

    def __len__(self) -> int:
        """How many stores there are."""
        return len(self._stores)

    @overload
    def __getitem__(self, index: int) -> Ranked: ...

    @overload
    def __getitem__(self, index: slice) -> "KeptLeague": ...

    def __getitem__(self, index: int | slice) -> "Ranked | KeptLeague":
        """One of them, or some."""
        if isinstance(index, slice):
            return KeptLeague(self._stores[index], self._plain[index])
        plain = self._plain[index]
        ranges = {name: plain[name] for name in _RANGES}
        return replace(self._stores[index], **ranges, chance_top=exact_figure(plain["chance_top"]))


_RANGES = ("rank_low", "rank_high", "rank_low_bound", "rank_high_bound", "proved")


def _standing(plain: Mapping[str, Any], rank_by: Sequence[str], assessment: int) -> StoreStanding:
    """A kept store as a database keeps it, to be read where it is shown."""
    return StoreStanding(
        **{name: plain[name] for name in _AS_THEY_ARE},
        assessment=assessment,
        scheme="",
        stale=0,
        candidate=int(plain["lighthouse"]),
        reasons=0,
        first_reason=None,
        why_not=json.dumps(plain["why_not"]),
        keys=json.dumps({name: plain["keys"][name] for name in rank_by}),
        **_NO_NUMBERS,
    )


_AS_THEY_ARE = (
    *("store", "name", "region", "status", "total", "available", "level", "stars"),
    *("not_applicable_points", "excused_points"),
)
# Numbers are what a league is still to be ordered by; this one is in its order.
_NO_NUMBERS: dict[str, Any] = {f"key_{number}": None for number in range(1, KEY_COLUMNS + 1)}


def _places(stores: Iterable[Ranked]) -> dict[str, KeptPlace]:
    return {ranked.entry.store: KeptPlace(ranked.rank, ranked.entry.total, ranked.entry.level) for ranked in stores}


def _closed_store(plain: Mapping[str, Any]) -> ClosedStore:
    return ClosedStore(plain["store"], plain["name"], plain["region"], date.fromisoformat(plain["closed"]))


# -- what is said of it


def _notes(cycle: str, kept: KeptRanking, others: int) -> Iterator[Phrase]:
    yield Phrase("cycles.kept", cycle=cycle, day=local_day(kept.at), who=kept.by, revision=kept.revision)
    if kept.settings is not None:
        share = Quantity(Fraction(kept.settings["weights"]), PERCENT)
        yield Phrase("cycles.ranges", share=share, draws=f"{kept.settings['draws']:,}", seed=kept.settings["seed"])
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
