"""The peers of a store in a ranking: who they are, its place among them, and what they reach by category."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from statistics import median

from greenstar.errors import BadInput
from greenstar.numbers import exact_figure
from greenstar.ranking.league import LeagueEntry, Ranked, Ranking, rank
from greenstar.ranking.peers import Kind, Kinds, Peers, peers_of
from greenstar.scheme.model import Scheme
from greenstar.services.schemes import registry
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
    kinds = Kinds(scheme)
    entries = {code: ranked.entry for code, ranked in by_code.items()}
    peers = peers_of(store, kinds_of(storage, kinds, entries.values(), ranking.cycle), kinds.traits)
    shares = _shares(storage, [entries[code] for code in (store, *peers.peers)])
    return AmongPeers(
        scheme=scheme,
        peers=peers,
        ranked=rank(entries[code] for code in (store, *peers.peers)),
        places={code: by_code[code].rank for code in (store, *peers.peers)},
        shares=shares[store],
        medians=_medians(scheme, [shares[code] for code in peers.peers]),
    )


def _not_ranked(ranking: Ranking, store: str) -> BadInput:
    closed = next((known.closed for known in ranking.closed if known.store == store), None)
    if closed is not None:
        return BadInput("peers.closed", store=store, cycle=ranking.cycle, day=closed)
    return BadInput("peers.not_ranked", store=store, cycle=ranking.cycle)


def scheme_by_rules(storage: Storage, rules: str) -> Scheme:
    """The scheme of those rules, in their last words."""
    return registry.stored(storage, [row.sha256 for row in storage.schemes.all() if row.rules == rules][-1])


def kinds_of(storage: Storage, kinds: Kinds, entries: Iterable[LeagueEntry], cycle: str) -> dict[str, Kind]:
    """The kind of each store, by what its visit of the cycle says of it."""
    visits = {entry.store: entry.assessment for entry in entries}
    facts = storage.contents.full("fact", [*visits.values()])
    days = {row.id: row.visited for row in storage.assessments.listed(cycle)} if kinds.by_day else {}
    texts = {
        visit: {row["key"]: row["value"] for row in rows if row["key"] in kinds.read} for visit, rows in facts.items()
    }
    return {store: kinds.of(read_facts(kinds.scheme, texts[visit]), days.get(visit)) for store, visit in visits.items()}


_SharesOf = dict[str, Fraction | None]


def _shares(storage: Storage, entries: Iterable[LeagueEntry]) -> dict[str, _SharesOf]:
    """The shares by category of each store, as its scorecard was kept; nothing of a visit that is not here any more."""
    visits = {entry.store: entry.assessment for entry in entries}
    cards = storage.scorecards.of([*visits.values()])
    groups = {visit: card.row.groups for visit, card in cards.items()}
    return {
        store: {group.group: exact_figure(group.share) for group in groups.get(visit, ()) if not group.bonus}
        for store, visit in visits.items()
    }


def _medians(scheme: Scheme, stores: list[_SharesOf]) -> dict[str, Fraction]:
    """The median by category of those to which it applies, in the order of the scheme."""
    known = {
        group.category: [share for shares in stores if (share := shares.get(group.category)) is not None]
        for group in scheme.categories
    }
    return {group: median(shares) for group, shares in known.items() if shares}
