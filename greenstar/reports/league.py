"""The ranking for people. Imports nothing heavy: `greenstar rank` waits for it."""

from collections.abc import Iterator, Sequence

from greenstar.i18n.catalogue import Catalogue
from greenstar.ranking.league import Ranked, Ranking
from greenstar.reports.page import Line, Part, Table
from greenstar.reports.ranking import total_of


def ranking_table(ranking: Ranking, catalogue: Catalogue, *, with_status: bool = False) -> Iterator[Part]:
    """What is ranked, then the stores with their places."""
    if ranking.scheme is None or not ranking.stores:
        return
    say = catalogue.say
    title = catalogue.write(ranking.title) if ranking.title is not None else ranking.scheme
    candidates = sum(one.standing.candidate for one in ranking.stores)
    yield Line(f"{title} {ranking.version}", strong=True)
    yield Line(say("reports.ranked", cycle=ranking.cycle, stores=len(ranking.stores), candidates=candidates))
    yield Line()
    heads = [say("reports.head_rank"), say("reports.head_store"), say("reports.head_name"), say("reports.head_region")]
    heads += [say("reports.head_total"), say("reports.head_level")]
    heads += [say("reports.head_status")] if with_status else []
    heads.append(say("reports.head_candidate"))
    rows = [_row(ranking, one, catalogue, with_status=with_status) for one in ranking.stores]
    yield Table(heads, list(rows), numbers=(0, 4))


def _row(ranking: Ranking, one: Ranked, catalogue: Catalogue, *, with_status: bool) -> Sequence[object]:
    standing, total = one.standing, total_of(ranking, one)
    level = ranking.levels.get(standing.level or "")
    row: list[object] = [one.rank, standing.store, standing.name, standing.region]
    row += ["-" if total is None else total, catalogue.write(level) if level is not None else standing.level]
    row += [catalogue.say(f"storage.{standing.status}")] if with_status else []
    return [*row, _candidate(one, catalogue)]


def _candidate(one: Ranked, catalogue: Catalogue) -> str:
    """A tick, or the first reason why not, and how many more there are."""
    reasons = one.standing.why_not
    if one.standing.candidate:
        return "✓"
    if not reasons:
        return ""
    first = catalogue.render(reasons[0])
    return first if len(reasons) == 1 else catalogue.say("reports.and_more", first=first, count=len(reasons) - 1)
