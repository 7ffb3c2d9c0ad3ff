"""The ranking as a table. Imports nothing heavy: `greenstar rank` waits for it."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from greenstar.i18n.bilingual import in_language
from greenstar.i18n.catalogue import Catalogue
from greenstar.i18n.places import place_in
from greenstar.reports.text.page import Block, Table, TextLine
from greenstar.reports.views.ranked_store import RankedStore, TieBreak
from greenstar.reports.views.ranking import RankingView

_MOST_TIES = 100  # that are told one by one


def ranking_page(ranking: RankingView, catalogue: Catalogue, *, with_status: bool = False) -> Iterator[Block]:
    """What is ranked, then the stores with their places; nothing where there are none.

    Where there was a league in the cycle before, a column says how many places each went up; where assessors took
    anything out, one says how many points. Below: what decided where points seem equal, and who has no place.
    """
    if ranking.scheme is None or not (ranking.stores or ranking.closed):
        return
    say = catalogue.say
    yield TextLine(f"{catalogue.write(ranking.title)} {ranking.version}", strong=True)
    lighthouses = ranking.names_lighthouses
    yield TextLine(
        say(_heading(ranking), cycle=ranking.cycle, stores=len(ranking.stores), candidates=ranking.candidates)
    )
    yield TextLine()
    shown = {
        "moved": ranking.before is not None,
        "excused": ranking.excuses,
        "level": bool(ranking.levels),
        "status": with_status,
        "candidate": lighthouses,
    }
    names = [name for name in _CELLS if shown.get(name, True)]
    cells = [_CELLS[name] for name in names]
    rows: list[Sequence[object]] = []
    ties: list[tuple[str, TieBreak]] = []
    for store in ranking.stores:  # once: there may be a hundred thousand
        rows.append([cell(store, catalogue) for cell in cells])
        if len(ties) <= _MOST_TIES and (tie := store.tie_break_behind):
            ties.append((store.store, tie))
    table = _table(names, [say(f"reports.head_{name}") for name in names], rows)
    yield replace(table, narrow=lambda: _narrow(table, ranking, names, catalogue)) if lighthouses else table
    yield from _tie_breaks(ties, catalogue)
    below = [ranking.moved_since, ranking.not_in_it, ranking.not_ranked]
    if any(below):
        yield TextLine()
    yield from (TextLine(catalogue.render(phrase)) for phrase in below if phrase is not None)


def _heading(ranking: RankingView) -> str:
    """Which sentence says what is ranked."""
    if ranking.first_only:
        return "reports.ranked_first"
    return "reports.ranked" if ranking.names_lighthouses else "reports.ranked_only"


def _narrow(table: Table, ranking: RankingView, names: Sequence[str], catalogue: Catalogue) -> Iterator[Block]:
    """The same with what stores lack in a few letters; the line below says what they mean."""
    at = names.index("candidate")
    together = zip(ranking.stores, table.rows, strict=True)
    rows: list[Sequence[object]] = [[*row[:at], _in_short(store, catalogue), *row[at + 1 :]] for store, row in together]
    heads = [*table.heads[:at], catalogue.say("ranking.head_candidate_short"), *table.heads[at + 1 :]]
    yield _table(names, heads, rows)
    if any(not store.candidate for store in ranking.stores):
        yield TextLine()
        yield TextLine(catalogue.say("ranking.in_short"), faint=True)


def _table(names: Sequence[str], heads: Sequence[str], rows: list[Sequence[object]]) -> Table:
    """The columns `names`: which stand to the right, and which give way where a terminal is too narrow."""

    def places(kind: Collection[str]) -> tuple[int, ...]:
        return tuple(at for at, name in enumerate(names) if name in kind)

    return Table(heads, rows, numbers=places(_NUMBERS), names=places({"name"}), spare=places({"region", "status"}))


def _in_short(store: RankedStore, catalogue: Catalogue) -> str:
    """A tick; or what falls short first and how far it comes, and how many more there are."""
    lacking = store.falls_short
    if lacking is None:
        return "✓" if store.candidate else ""
    more = f" +{len(store.why_not) - 1}" if len(store.why_not) > 1 else ""
    return catalogue.render(lacking) + more


def _tie_breaks(ties: Sequence[tuple[str, TieBreak]], catalogue: Catalogue) -> Iterator[Block]:
    """A line for each store that comes behind a neighbour with as many points; of very many, the first ones."""
    if ties:
        yield TextLine()
    for code, tie in ties[:_MOST_TIES]:
        yield TextLine(catalogue.say("words.labelled", label=code, text=tie.phrase), faint=True)
    if len(ties) > _MOST_TIES:
        yield TextLine(catalogue.say("ranking.more_ties"), faint=True)


def _candidate(store: RankedStore, catalogue: Catalogue) -> str:
    """A tick, or the first reason why not, and how many more there are."""
    if store.candidate:
        return "✓"
    count = len(store.why_not)
    if not count or not store.names_lighthouses:
        return ""  # nothing is said of what the scheme does not speak of
    return _and_more(catalogue, store.first_reason(catalogue), count - 1)


@lru_cache(1024)
def _and_more(catalogue: Catalogue, first: str, count: int) -> str:
    return catalogue.say("reports.and_more", first=first, count=count) if count else first


def _moved(store: RankedStore) -> str:
    """By how many places it went up (`+3`) or down; nothing where it had no place before."""
    return "" if store.moved is None else f"{store.moved:+}" if store.moved else "="


_CELLS: Mapping[str, Callable[[RankedStore, Catalogue], object]] = {
    "rank": lambda store, _: store.rank,
    "moved": lambda store, _: _moved(store),
    "store": lambda store, _: store.store,
    "name": lambda store, catalogue: in_language(store.name, catalogue.language),
    "region": lambda store, catalogue: place_in(store.region, catalogue.language),
    "total": lambda store, _: store.total_text,
    "excused": lambda store, _: store.excused.text,
    "level": lambda store, catalogue: catalogue.write(store.title) if store.title is not None else store.level,
    "status": lambda store, catalogue: catalogue.say(f"storage.{store.status}"),
    "candidate": _candidate,
}
"""What is told of a store, by column, in their order."""
_NUMBERS = {"rank", "moved", "total", "excused"}
