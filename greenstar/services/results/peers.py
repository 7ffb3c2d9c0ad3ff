"""The peers of a store in a ranking: who they are, its place among them, and what they reach by category."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from statistics import median

from greenstar.errors import BadInput
from greenstar.numbers import exact_figure
from greenstar.ranking.league import Ranked, Ranking
from greenstar.ranking.peers import Kind, Kinds, Peers, peers_among
from greenstar.ranking.places import places_among
from greenstar.scheme.model import Scheme
from greenstar.services.schemes.registry import scheme_by_rules
from greenstar.services.visit.codec import read_facts
from greenstar.services.workspace import Workspace
from greenstar.storage.protocols.storage import Storage


@dataclass(frozen=True)
class AmongPeers:
    """A store among its peers: all of them with their places among themselves, and in the ranking (`places`).

    `shares` are the store's own by category, `medians` those of the peers to which the category applies; exact.
    """

    scheme: Scheme
    peers: Peers
    ranked: tuple[Ranked, ...]
    places: Mapping[str, int]
    shares: Mapping[str, Fraction | None]
    medians: Mapping[str, Fraction]

    @property
    def own(self) -> Ranked:
        """The store itself, in its place among them."""
        return next(ranked for ranked in self.ranked if ranked.entry.store == self.peers.store)


def among_peers(workspace: Workspace, ranking: Ranking, store: str) -> AmongPeers:
    """The store of that code among its peers in a ranking. BadInput: it has no place there."""
    by_code = {ranked.entry.store: ranked for ranked in ranking.stores}
    if store not in by_code or ranking.rules is None:
        raise _not_ranked(ranking, store)
    storage, scheme = workspace.storage, scheme_by_rules(workspace.storage, ranking.rules)
    kinds, visits = Kinds(scheme), {code: ranked.entry.assessment for code, ranked in by_code.items()}
    own = kinds_of(storage, kinds, {store: visits[store]}, ranking.cycle)[store]
    peers = find_peers(storage, kinds, visits, (store, own), ranking.cycle)
    those = {store, *peers.peers}
    ranked = [ranked for code, ranked in by_code.items() if code in those]
    places = places_among(store.rank for store in ranked)
    shares = _shares(storage, {code: visits[code] for code in those})
    return AmongPeers(
        scheme=scheme,
        peers=peers,
        ranked=tuple(Ranked(place, store.entry) for place, store in zip(places, ranked, strict=True)),
        places={code: by_code[code].rank for code in those},
        shares=shares[store],
        medians=_medians(scheme, [shares[code] for code in peers.peers]),
    )


def find_peers(storage: Storage, kinds: Kinds, visits: Mapping[str, int], store: tuple[str, Kind], cycle: str) -> Peers:
    """The peers of a store (its code and kind) among those of these visits of a cycle, which are by code.

    Reads no more facts than it takes to find them.
    """
    code, own = store

    def alike(place: int, stores: Sequence[str]) -> Sequence[str]:
        values = _values(storage, kinds, place, [visits[code] for code in stores], cycle)
        return [code for code in stores if values[visits[code]] == own[place]]

    return peers_among(code, own, [other for other in visits if other != code], kinds.traits, alike)


def kinds_of(storage: Storage, kinds: Kinds, visits: Mapping[str, int], cycle: str) -> dict[str, Kind]:
    """The kind of each store, by what its visit of the cycle says of it."""
    values = [_values(storage, kinds, place, [*visits.values()], cycle) for place in range(len(kinds.traits))]
    return {store: tuple(by_visit[visit] for by_visit in values) for store, visit in visits.items()}


def _values(
    storage: Storage, kinds: Kinds, place: int, visits: Sequence[int], cycle: str
) -> dict[int, bool | str | None]:
    """What stores are by the trait at that place, by their visits of the cycle."""
    texts = storage.contents.texts_at("fact", visits, kinds.read[place])
    days = {row.id: row.visited for row in storage.assessments.listed(cycle)} if kinds.by_day else {}
    known: dict[object, bool | str | None] = {}
    values = {}
    for visit, facts in texts.items():
        key = (*sorted(facts.items()), days.get(visit))
        if key not in known:
            known[key] = kinds.value(place, read_facts(kinds.scheme, facts), days.get(visit))
        values[visit] = known[key]
    return values


def _not_ranked(ranking: Ranking, store: str) -> BadInput:
    closed = next((known.closed for known in ranking.closed if known.store == store), None)
    if closed is not None:
        return BadInput("peers.closed", store=store, cycle=ranking.cycle, day=closed)
    return BadInput("peers.not_ranked", store=store, cycle=ranking.cycle)


_SharesOf = dict[str, Fraction | None]


def _shares(storage: Storage, visits: Mapping[str, int]) -> dict[str, _SharesOf]:
    """The shares by category of each store, as its scorecard was kept; nothing of a visit that is not here any more."""
    kept = storage.scorecards.shares([*visits.values()])
    return {
        store: {group: exact_figure(share) for group, share in kept.get(visit, {}).items()}
        for store, visit in visits.items()
    }


def _medians(scheme: Scheme, stores: list[_SharesOf]) -> dict[str, Fraction]:
    """The median by category of those to which it applies, in the order of the scheme."""
    known = {
        group.category: [share for shares in stores if (share := shares.get(group.category)) is not None]
        for group in scheme.categories
    }
    return {group: median(shares) for group, shares in known.items() if shares}
