"""The way to a level on paper: what to do, line by line, and what could be done instead."""

from collections.abc import Iterator

from greenstar.i18n.catalogue import Catalogue
from greenstar.reports.text.page import Block, Branch, Table, TextLine
from greenstar.reports.views.ways import WaysView
from greenstar.services.results.ways import NetworkWays


def ways_page(view: WaysView, catalogue: Catalogue) -> Iterator[Block]:
    """The way of one visit."""
    lines = view.because if view.way is None else view.way.lines
    yield Branch(catalogue.render(view.headline), tuple(Branch(catalogue.render(line)) for line in lines))
    for phrase in (*view.instead, *view.notes):
        yield TextLine(catalogue.render(phrase), faint=phrase in view.notes)


def network_page(ways: NetworkWays, catalogue: Catalogue) -> Iterator[Block]:
    """What lifts most stores of a ranking."""
    say, scheme = catalogue.say, ways.scheme
    yield TextLine(
        say("ways.network", level=ways.level.title, cycle=ways.ranking.cycle, count=ways.stores), strong=True
    )
    yield TextLine(say("ways.network_held", held=str(ways.held), out_of_reach=str(ways.out_of_reach)), faint=True)
    if ways.unplanned:
        yield TextLine(say("ways.network_unplanned", count=str(ways.unplanned)), faint=True)
    if not ways.criteria:
        yield TextLine(say("ways.network_nothing"))
        return
    heads = [say(f"ways.col_{column}") for column in ("criterion", "title", "stores", "alone")]
    table = Table(heads, numbers=(2, 3), names=(1,))
    for lifting in ways.criteria:
        title = catalogue.write(scheme.criteria[lifting.criterion].title)
        table.rows.append([lifting.criterion, title, lifting.stores, lifting.alone or ""])
    yield table
    yield TextLine()
    yield TextLine(say("ways.network_legend"), faint=True)
