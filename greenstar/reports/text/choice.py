"""The choice of lighthouse stores beside the plain first: what it covers and costs, then who it is."""

from collections.abc import Iterator

from greenstar.i18n.bilingual import in_language
from greenstar.i18n.catalogue import Catalogue
from greenstar.i18n.places import place_in
from greenstar.reports.text.page import Block, Table, TextLine
from greenstar.reports.views.choice import ChoiceView
from greenstar.reports.views.peers import kind_words
from greenstar.reports.views.ranking import RankingView


def choice_page(ranking: RankingView, view: ChoiceView, catalogue: Catalogue) -> Iterator[Block]:
    """The sentences, then a row for each store that is chosen or among the plain first."""
    say = catalogue.say
    yield TextLine(f"{catalogue.write(ranking.title)} {ranking.version}")
    first, *others = (catalogue.render(sentence) for sentence in view.sentences)
    yield TextLine(first, strong=True)
    yield from map(TextLine, others)
    yield TextLine()
    heads = [say(f"reports.head_{name}") for name in ("rank", "store", "name", "region", "total")]
    plain = say("choice.head_plain", count=len(view.choice.plain.stores))
    table = Table(
        [*heads, say("choice.head_chosen"), plain, say("choice.head_kind")], numbers=(0, 4), names=(2,), spare=(4, 3)
    )
    totals = {store.store: store.total.text for store in ranking.stores if store.candidate}
    for row in view.rows:
        entry = row.ranked.entry
        marks = ["✓" if marked else "" for marked in (row.chosen, row.plain)]
        name = in_language(entry.name, catalogue.language)
        region, kind = place_in(entry.region, catalogue.language), catalogue.write(kind_words(row.kind))
        table.rows.append([row.ranked.rank, entry.store, name, region, totals[entry.store], *marks, kind])
    yield table
