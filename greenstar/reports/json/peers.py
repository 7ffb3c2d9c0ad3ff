"""A store among its peers for programs: what `rank --like STORE --json` adds to the ranking."""

from typing import Any

from greenstar.i18n.catalogue import Catalogue
from greenstar.reports.json.ranking import ranking_json
from greenstar.reports.views.peers import PeersView, TraitView
from greenstar.reports.views.ranking import RankingView


def like_json(ranking: RankingView, peers: PeersView, catalogue: Catalogue) -> dict[str, Any]:
    """The ranking with the store and its peers alone, each with its place among them; `like` says who they are."""
    document = ranking_json(ranking, catalogue)
    among = {ranked.entry.store: ranked.rank for ranked in peers.stores}
    document["stores"] = [
        {**store, "place_among_peers": among[store["store"]]} for store in document["stores"] if store["store"] in among
    ]
    return {**document, "like": peers_json(peers, catalogue)}


def peers_json(peers: PeersView, catalogue: Catalogue) -> dict[str, Any]:
    """Who the peers are, and what they reach."""
    return {
        "store": peers.store,
        "place": peers.place,
        "shared": peers.shared,
        "of": peers.count,
        "few": peers.few,
        "sentence": catalogue.render(peers.sentence),
        "alike": [_trait(trait, catalogue) for trait in peers.alike],
        "dropped": [_trait(trait, catalogue) for trait in peers.dropped],
        "groups": [
            {
                "id": group.id,
                "title": catalogue.write(group.title),
                "percent": group.share.number,
                "median": group.median.number,
            }
            for group in peers.groups
        ],
    }


def _trait(trait: TraitView, catalogue: Catalogue) -> dict[str, Any]:
    return {
        "fact": trait.id,
        "title": catalogue.write(trait.words),
        "value": trait.value,
        "points": trait.points.number,
    }
