"""How sure places are, as a table; below it what is said of the first and of the candidates."""

from collections.abc import Iterator, Sequence

from greenstar.i18n.bilingual import in_language
from greenstar.i18n.catalogue import Catalogue
from greenstar.numbers import ONE, ZERO, percent_shown
from greenstar.reports.text.page import Block, Table, TextLine
from greenstar.reports.views.ranked_store import RankedStore
from greenstar.reports.views.ranking import ranking_view
from greenstar.reports.views.sureness import SurenessView, SurePlace

_HEADS = ("rank", "store", "name", "total", "reached", "possible", "chance", "award", "zero")


def sureness_page(view: SurenessView, catalogue: Catalogue) -> Iterator[Block]:
    """The ranges of all stores, with their settings; nothing where there is no ranking."""
    ranking, say = ranking_view(view.sureness.ranking), catalogue.say
    if ranking.scheme is None or not ranking.stores:
        return
    yield TextLine(f"{catalogue.write(ranking.title)} {ranking.version}", strong=True)
    yield TextLine(say("reports.ranked_only", cycle=ranking.cycle, stores=len(ranking.stores)))
    yield TextLine(catalogue.render(view.settings))
    if view.hint is not None:
        yield TextLine(catalogue.render(view.hint))
    yield TextLine()
    told = [(store, view.place(store.store, store.rank)) for store in ranking.stores]
    first = view.sureness.settings.first
    heads = [say(f"reports.head_{name}") for name in _HEADS[:4]]
    heads += [say(f"sure.head_{name}", first=first) for name in _HEADS[4:]]
    yield Table(heads, [_row(store, place, catalogue) for store, place in told], numbers=(0, 3, 6, 7, 8), names=(2,))
    yield TextLine()
    yield TextLine(say("sure.legend", first=first), faint=True)
    for store, place in told:
        if place.sure.told:
            yield TextLine()
            name = in_language(store.name, catalogue.language)
            yield TextLine(f"{store.store} {name}", strong=True)
            yield from (TextLine(catalogue.render(phrase)) for phrase in place.sentences)


def _row(store: RankedStore, place: SurePlace, catalogue: Catalogue) -> Sequence[object]:
    sure = place.sure
    possible = "✓" if sure.proved else _range(sure.low_bound, sure.high_bound)
    return [
        store.rank,
        store.store,
        in_language(store.name, catalogue.language),
        store.total.text,
        _range(sure.low, sure.high),
        possible,
        percent_shown(sure.chance, (ZERO, ONE)),
        sure.policies["award"],
        sure.policies["zero"],
    ]


def _range(low: int, high: int) -> str:
    return str(low) if low == high else f"{low}–{high}"
