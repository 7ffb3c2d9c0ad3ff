"""A store among its peers: its place in a sentence, who they are, and what they reach by category."""

from collections.abc import Iterator

from greenstar.i18n.catalogue import Catalogue
from greenstar.reports.text.page import Block, Table, TextLine
from greenstar.reports.views.peers import PeersView
from greenstar.reports.views.ranking import RankingView


def peers_page(ranking: RankingView, peers: PeersView, catalogue: Catalogue) -> Iterator[Block]:
    """The sentence first; below the tables, what they are alike in and what was left out."""
    say, among = catalogue.say, {ranked.entry.store: ranked.rank for ranked in peers.stores}
    yield TextLine(f"{catalogue.write(ranking.title)} {ranking.version}")
    yield TextLine(say("words.labelled", label=peers.store, text=peers.sentence), strong=True)
    yield TextLine()
    heads = [say("peers.head_place"), *(say(f"reports.head_{name}") for name in ("rank", "store", "name", "total"))]
    table = Table([*heads, say("reports.head_level")], numbers=(0, 1, 4))
    for store in ranking.stores.those(lambda entry: entry.store in among):
        level = catalogue.write(store.title) if store.title is not None else store.level
        table.rows.append((among[store.store], store.rank, store.store, store.name, store.total.text, level))
    table.rows.sort(key=lambda row: among[str(row[2])])
    yield table
    yield TextLine()
    yield _categories(peers, catalogue)
    yield TextLine()
    if peers.alike:
        yield TextLine(say("peers.alike", facts=[trait.words for trait in peers.alike]), faint=True)
    yield from (TextLine(catalogue.render(note), faint=True) for note in peers.notes)


def _categories(peers: PeersView, catalogue: Catalogue) -> Table:
    heads = ["reports.category", "reports.title", "peers.head_share", "peers.head_median", "peers.head_apart"]
    table = Table([catalogue.say(head) for head in heads], numbers=(2, 3, 4))
    for group in peers.groups:
        title = catalogue.write(group.title)
        table.rows.append((group.id, title, group.share.text, group.median.text, group.apart.signed))
    return table
