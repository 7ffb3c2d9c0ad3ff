"""The ranking as a table. Imports nothing heavy: `greenstar rank` waits for it."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from greenstar.i18n.catalogue import Catalogue
from greenstar.reports.text.page import Block, Table, TextLine
from greenstar.reports.views.ranking import RankedStore, RankingView


def ranking_page(ranking: RankingView, catalogue: Catalogue, *, with_status: bool = False) -> Iterator[Block]:
    """What is ranked, then the stores with their places; nothing where there are none.

    Where assessors took anything out, a column says how many points. Below: what decided where points seem equal.
    """
    if ranking.scheme is None or not (ranking.stores or ranking.closed):
        return
    say = catalogue.say
    yield TextLine(f"{catalogue.write(ranking.title)} {ranking.version}", strong=True)
    lighthouses = ranking.names_lighthouses
    yield TextLine(
        say("reports.ranked", cycle=ranking.cycle, stores=len(ranking.stores), candidates=ranking.candidates)
        if lighthouses
        else say("reports.ranked_only", cycle=ranking.cycle, stores=len(ranking.stores))
    )
    yield TextLine()
    with_excused = any(store.excused.value for store in ranking.stores)
    excused, status = ["excused"] if with_excused else [], ["status"] if with_status else []
    level, candidate = ["level"] if ranking.levels else [], ["candidate"] if lighthouses else []
    names = ["rank", "store", "name", "region", "total", *excused, *level, *status, *candidate]
    heads = [say(f"reports.head_{name}") for name in names]
    rows: list[Sequence[object]] = [[_CELLS[name](store, catalogue) for name in names] for store in ranking.stores]
    yield Table(heads, rows, numbers=(0, 4, 5) if with_excused else (0, 4))
    yield from _tie_breaks(ranking, catalogue)
    if ranking.not_ranked is not None:
        yield TextLine()
        yield TextLine(catalogue.render(ranking.not_ranked))


def _tie_breaks(ranking: RankingView, catalogue: Catalogue) -> Iterator[Block]:
    """A line for each store that comes behind a neighbour with as many points."""
    behind = [(store.store, tie) for store in ranking.stores if (tie := store.tie_break) and not tie.ahead]
    if behind:
        yield TextLine()
    for code, tie in behind:
        yield TextLine(catalogue.say("words.labelled", label=code, text=tie.phrase), faint=True)


def _candidate(store: RankedStore, catalogue: Catalogue) -> str:
    """A tick, or the first reason why not, and how many more there are."""
    reasons = store.why_not
    if store.candidate:
        return "✓"
    if not reasons or not store.names_lighthouses:
        return ""  # nothing is said of what the scheme does not speak of
    first = catalogue.render(reasons[0])
    return first if len(reasons) == 1 else catalogue.say("reports.and_more", first=first, count=len(reasons) - 1)


_CELLS: Mapping[str, Callable[[RankedStore, Catalogue], object]] = {
    "rank": lambda store, _: store.rank,
    "store": lambda store, _: store.store,
    "name": lambda store, _: store.name,
    "region": lambda store, _: store.region,
    "total": lambda store, _: store.total.text,
    "excused": lambda store, _: store.excused.text,
    "level": lambda store, catalogue: catalogue.write(store.title) if store.title is not None else store.level,
    "status": lambda store, catalogue: catalogue.say(f"storage.{store.status}"),
    "candidate": _candidate,
}
"""What is told of a store, by column."""
