"""A store among its peers: its place in a sentence, who they are, and what they reach by category."""

from collections.abc import Iterator, Sequence

from greenstar.i18n.bilingual import in_language
from greenstar.i18n.catalogue import Catalogue
from greenstar.ranking.league import Ranked
from greenstar.reports.text.page import Block, Table, TextLine
from greenstar.reports.views.peers import PeersView
from greenstar.reports.views.ranking import RankingView

_MOST_ROWS = 40
_FIRST, _AROUND = 5, 10  # of more: so many from the top, and on each side of the store


def peers_page(ranking: RankingView, peers: PeersView, catalogue: Catalogue) -> Iterator[Block]:
    """The sentence first; below the tables, what they are alike in and what was left out."""
    say = catalogue.say
    yield TextLine(f"{catalogue.write(ranking.title)} {ranking.version}")
    yield TextLine(say("words.labelled", label=peers.store, text=peers.sentence), strong=True)
    yield TextLine()
    yield _stores(ranking, peers, catalogue)
    if len(peers.stores) > len(_rows_to_show(peers)):
        yield TextLine(say("peers.not_all", shown=str(len(_rows_to_show(peers))), count=len(peers.stores)), faint=True)
    yield TextLine()
    yield _categories(peers, catalogue)
    yield TextLine()
    if peers.alike:
        yield TextLine(say("peers.alike", facts=[trait.words for trait in peers.alike]), faint=True)
    yield from (TextLine(catalogue.render(note), faint=True) for note in peers.notes)


def _stores(ranking: RankingView, peers: PeersView, catalogue: Catalogue) -> Table:
    among = {ranked.entry.store: ranked.rank for ranked in _rows_to_show(peers)}
    heads = [f"reports.head_{name}" for name in ("rank", "store", "name", "total", "level")]
    table = Table([catalogue.say(head) for head in ("peers.head_place", *heads)], numbers=(0, 1, 4), names=(3,))
    for store in ranking.stores.those(lambda entry: entry.store in among):
        level = catalogue.write(store.title) if store.title is not None else store.level
        name = in_language(store.name, catalogue.language)
        table.rows.append((among[store.store], store.rank, store.store, name, store.total.text, level))
    return table


def _rows_to_show(peers: PeersView) -> Sequence[Ranked]:
    """The first, and those around the store itself; all of them where they are few."""
    if len(peers.stores) <= _MOST_ROWS:
        return peers.stores
    place = next(place for place, ranked in enumerate(peers.stores) if ranked.entry.store == peers.store)
    around = range(max(place - _AROUND, 0), place + _AROUND + 1)
    return [ranked for at, ranked in enumerate(peers.stores) if at < _FIRST or at in around]


def _categories(peers: PeersView, catalogue: Catalogue) -> Table:
    heads = ["reports.category", "reports.title", "peers.head_share", "peers.head_median", "peers.head_apart"]
    table = Table([catalogue.say(head) for head in heads], numbers=(2, 3, 4), names=(1,))
    for group in peers.groups:
        title = catalogue.write(group.title)
        table.rows.append((group.id, title, group.share.text, group.median.text, group.apart.signed))
    return table
