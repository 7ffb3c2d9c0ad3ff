"""What the network adds up to, on 80 columns."""

from collections.abc import Iterator, Sequence

from greenstar.i18n.catalogue import Catalogue
from greenstar.i18n.places import place_in
from greenstar.reports.text.page import Block, Table, TextLine
from greenstar.reports.views.indicators import IndicatorFigure, IndicatorsView, IndicatorView, RegionView
from greenstar.text import cell_width, within_cells

_WIDTH, _GAP = 80, 2
_TITLE, _UNIT, _SHORT = 29, 19, 21  # cells
_GOOD = {True: "✓", False: "!", None: " "}


def indicators_page(view: IndicatorsView, catalogue: Catalogue) -> Iterator[Block]:
    """The figures of all stores, each with its ratio below it; then the totals of the regions."""
    say, network = catalogue.say, view.network
    if network.scheme is None or not view.indicators:
        return
    yield TextLine(f"{catalogue.write(network.scheme.title)} {network.scheme.version}", strong=True)
    where = {} if network.region is None else {"region": place_in(network.region, catalogue.language)}
    key = "indicators.title" if network.region is None else "indicators.title_region"
    yield TextLine(say(key, cycle=network.cycle, count=network.stores, **where))
    yield TextLine()
    heads = [say(f"indicators.head_{name}") for name in ("indicator", "figure", "unit", "stores")]
    changed = say("indicators.head_change", cycle=network.before) if network.before is not None else ""
    rows = [row for indicator in view.indicators for row in _rows(indicator, catalogue)]
    yield Table([*heads, changed], rows, numbers=(1, 3, 4), names=(0,))
    yield TextLine()
    yield TextLine(say("indicators.note_stores"), faint=True)
    if network.before is not None:
        yield TextLine(say("indicators.note_change", cycle=network.before), faint=True)
    known = [place for place, indicator in enumerate(view.indicators) if indicator.figure.value is not None]
    if not known:
        yield TextLine(say("indicators.all_unknown"))
    elif len(view.regions) > 1:
        yield from _regions(view, known, catalogue)


def _rows(view: IndicatorView, catalogue: Catalogue) -> Iterator[Sequence[object]]:
    title = within_cells(catalogue.write(view.indicator.title), _TITLE)
    for place, figure in enumerate(view.figures):
        unit = within_cells(catalogue.write(figure.shown_unit), _UNIT)
        yield ["" if place else title, figure.text, unit, figure.stores, _change(figure, catalogue)]


def _change(figure: IndicatorFigure, catalogue: Catalogue) -> str:
    phrase = figure.change_phrase
    return "" if phrase is None else f"{catalogue.render(phrase)} {_GOOD[figure.good]}"


def _regions(view: IndicatorsView, known: Sequence[int], catalogue: Catalogue) -> Iterator[Block]:
    """The totals region by region, as many as there is room for; of the indicators that any store knows."""
    say = catalogue.say
    yield TextLine()
    yield TextLine(say("indicators.regions"), strong=True)
    titles = [within_cells(catalogue.write(view.indicators[place].indicator.title), _SHORT) for place in known]
    columns, left = [titles], _WIDTH - max(map(cell_width, titles))
    heads = [say("indicators.head_indicator")]
    for region in view.regions:
        head, cells = _column(region, known, catalogue)
        left -= _GAP + max(map(cell_width, [head, *cells]))
        if left < 0:
            break
        heads.append(head)
        columns.append(cells)
    yield Table(heads, list(zip(*columns, strict=True)), numbers=tuple(range(1, len(heads))), names=(0,))
    yield TextLine()
    hidden = len(view.regions) + 1 - len(heads)
    if hidden:
        yield TextLine(say("indicators.more_regions", count=hidden), faint=True)


def _column(region: RegionView, known: Sequence[int], catalogue: Catalogue) -> tuple[str, list[str]]:
    name = place_in(region.region, catalogue.language) or catalogue.say("indicators.no_region")
    return within_cells(name, _SHORT), [region.indicators[place].figure.text for place in known]
