"""What a draft would do to stored visits: how many gain and lose, who moves, and what would have to be asked."""

from collections import Counter
from collections.abc import Iterator, Sequence

from greenstar.assessment.cycles import cycle_key
from greenstar.i18n.catalogue import Catalogue
from greenstar.reports.text.page import Block, Table, TextLine
from greenstar.reports.views.figures import total_under
from greenstar.services.schemes.simulate import Simulated, Simulation

_MOST_MOVES = 10  # rank moves that are shown; all stand in the JSON
_MOST_NAMES = 20


def simulation_page(simulation: Simulation, catalogue: Catalogue) -> Iterator[Block]:
    """How many gain and lose, who they are, who moves in the ranking, and what would have to be asked."""
    say, scheme, visits = catalogue.say, simulation.scheme, simulation.visits
    yield TextLine(say("simulate.title", title=scheme.title, version=scheme.version, count=len(visits)), strong=True)
    counts = {move: simulation.count(move) for move in ("gains", "loses", "keeps")}
    yield TextLine(say("simulate.counts", **counts))
    for name, count in simulation.left_out.items():
        yield TextLine(say("simulate.left_out", scheme=name, count=count), faint=True)
    if simulation.results_only:
        yield TextLine(say("simulate.without_answers", count=simulation.results_only), faint=True)
    moving = (visit for visit in visits if visit.move != "keeps")
    changed = sorted(moving, key=lambda visit: (visit.move, cycle_key(visit.cycle)))
    yield from _section(say("simulate.levels"), changed, simulation, catalogue)
    moved = sorted((visit for visit in visits if visit.ranks_up), key=lambda visit: -abs(visit.ranks_up))[:_MOST_MOVES]
    yield from _section(say("simulate.ranks", most=_MOST_MOVES), moved, simulation, catalogue)
    to_ask = simulation.tally("to_ask")
    texts = {name: catalogue.write(scheme.asked(name).ask) for name in to_ask}
    yield from _names("simulate.to_ask", to_ask, texts, catalogue)
    yield from _names("simulate.lost", simulation.tally("lost"), {}, catalogue)
    yield from _names("simulate.unfit", simulation.tally("unfit"), {}, catalogue)


def _section(title: str, visits: Sequence[Simulated], simulation: Simulation, catalogue: Catalogue) -> Iterator[Block]:
    if not visits:
        return
    say = catalogue.say
    yield TextLine()
    yield TextLine(title, strong=True)
    heads = [say(f"reports.head_{name}") for name in ("store", "name", "cycle")]
    heads += [say("simulate.head_level"), say("simulate.head_total"), say("simulate.head_rank")]
    yield Table(heads, [_row(visit, simulation, catalogue) for visit in visits])


def _row(visit: Simulated, simulation: Simulation, catalogue: Catalogue) -> Sequence[object]:
    def change(old: object, new: object) -> str:
        before, after = ("–" if value is None else str(value) for value in (old, new))
        return before if before == after else catalogue.say("simulate.change", was=before, became=after)

    before, after = visit.before, visit.after
    totals = (total_under(simulation.scheme, figures.total, figures.available).number for figures in (before, after))
    levels, ranks = change(before.level, after.level), change(before.rank, after.rank)
    return [visit.store, visit.name, visit.cycle, levels, change(*totals), ranks]


def _names(key: str, names: Counter[str], texts: dict[str, str], catalogue: Catalogue) -> Iterator[Block]:
    if not names:
        return
    yield TextLine()
    yield TextLine(catalogue.say(key, count=len(names)), strong=True)
    heads = [catalogue.say("simulate.head_question"), catalogue.say("simulate.head_visits"), ""]
    rows = [[name, count, texts.get(name, "")] for name, count in names.most_common(_MOST_NAMES)]
    yield Table(heads, list(rows), numbers=(1,))
    if len(names) > _MOST_NAMES:
        yield TextLine(catalogue.say("simulate.more", count=len(names) - _MOST_NAMES), faint=True)
