"""What a draft would do to stored visits, for a person and for a program."""

from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any

from greenstar.i18n.catalogue import Catalogue
from greenstar.numbers import as_number
from greenstar.reports.page import Line, Part, Table
from greenstar.services.schemes.simulate import Figures, Simulated, Simulation

_MOST_MOVES = 10  # rank moves that are shown; all stand in the JSON
_MOST_NAMES = 20


def simulation_json(found: Simulation, catalogue: Catalogue) -> dict[str, Any]:
    """`simulate --json`. Its keys are promises; they are only ever added."""
    scheme = found.scheme
    return {
        "scheme": scheme.name,
        "version": scheme.version,
        "scheme_sha256": scheme.sha256,
        "visits": len(found.visits),
        "gains": found.count("gains"),
        "loses": found.count("loses"),
        "keeps": found.count("keeps"),
        "stores": [_visit(one, found) for one in found.visits],
        "lost_answers": dict(found.tally("lost").most_common()),
        "unfit_answers": dict(found.tally("unfit").most_common()),
        "new_questions": [
            {"question": name, "visits": count, "ask": _ask(found, name, catalogue)}
            for name, count in found.tally("to_ask").most_common()
        ],
        "left_out": dict(found.left_out),
    }


def _visit(one: Simulated, found: Simulation) -> dict[str, Any]:
    return {
        "store": one.store,
        "name": one.name,
        "region": one.region,
        "cycle": one.cycle,
        "status": one.status,
        "change": one.move,
        "before": _figures(one.before, found),
        "after": _figures(one.after, found),
        "lost": list(one.lost),
        "unfit": list(one.unfit),
        "to_ask": list(one.to_ask),
    }


def _figures(figures: Figures, found: Simulation) -> dict[str, Any]:
    return {"total": _total(figures.total, found), "level": figures.level, "rank": figures.rank}


def _total(total: Fraction | None, found: Simulation) -> int | float | None:
    edges = (level.requires.total for level in found.scheme.levels)
    misses = [edge.value for edge in edges if edge is not None and not edge.percent]
    return None if total is None else as_number(total, misses=misses)


def _ask(found: Simulation, name: str, catalogue: Catalogue) -> str:
    question = found.scheme.facts.get(name) or found.scheme.questions[name]
    return question.ask.in_(catalogue.language)


def simulation_page(found: Simulation, catalogue: Catalogue) -> Iterator[Part]:
    """How many gain and lose, who they are, who moves in the ranking, and what would have to be asked."""
    say, scheme = catalogue.say, found.scheme
    yield Line(say("simulate.title", title=scheme.title, version=scheme.version, count=len(found.visits)), strong=True)
    counts = {move: found.count(move) for move in ("gains", "loses", "keeps")}
    yield Line(say("simulate.counts", **counts))
    for name, count in found.left_out.items():
        yield Line(say("simulate.left_out", scheme=name, count=count), faint=True)
    changed = sorted((one for one in found.visits if one.move != "keeps"), key=lambda one: (one.move, one.cycle))
    yield from _section(say("simulate.levels"), changed, found, catalogue)
    moved = sorted((one for one in found.visits if one.ranks_up), key=lambda one: -abs(one.ranks_up))[:_MOST_MOVES]
    yield from _section(say("simulate.ranks", most=_MOST_MOVES), moved, found, catalogue)
    asked = found.tally("to_ask")
    yield from _names("simulate.to_ask", asked, {name: _ask(found, name, catalogue) for name in asked}, catalogue)
    yield from _names("simulate.lost", found.tally("lost"), {}, catalogue)
    yield from _names("simulate.unfit", found.tally("unfit"), {}, catalogue)


def _section(title: str, visits: Sequence[Simulated], found: Simulation, catalogue: Catalogue) -> Iterator[Part]:
    if not visits:
        return
    say = catalogue.say
    yield Line()
    yield Line(title, strong=True)
    heads = [say(f"reports.head_{name}") for name in ("store", "name", "cycle")]
    heads += [say("simulate.head_level"), say("simulate.head_total"), say("simulate.head_rank")]
    yield Table(heads, [_row(one, found, catalogue) for one in visits])


def _row(one: Simulated, found: Simulation, catalogue: Catalogue) -> Sequence[object]:
    def change(was: object, became: object) -> str:
        shown = ["–" if value is None else str(value) for value in (was, became)]
        return shown[0] if shown[0] == shown[1] else catalogue.say("simulate.change", was=shown[0], became=shown[1])

    before, after = one.before, one.after
    total = change(_total(before.total, found), _total(after.total, found))
    return [one.store, one.name, one.cycle, change(before.level, after.level), total, change(before.rank, after.rank)]


def _names(key: str, names: Counter[str], texts: dict[str, str], catalogue: Catalogue) -> Iterator[Part]:
    if not names:
        return
    yield Line()
    yield Line(catalogue.say(key, count=len(names)), strong=True)
    heads = [catalogue.say("simulate.head_question"), catalogue.say("simulate.head_visits"), ""]
    rows = [[name, count, texts.get(name, "")] for name, count in names.most_common(_MOST_NAMES)]
    yield Table(heads, list(rows), numbers=(1,))
    if len(names) > _MOST_NAMES:
        yield Line(catalogue.say("simulate.more", count=len(names) - _MOST_NAMES), faint=True)
