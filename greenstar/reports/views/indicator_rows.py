"""The indicators as rows of a table: over all stores, then region by region."""

from collections.abc import Iterator
from fractions import Fraction

from greenstar.i18n.catalogue import Catalogue
from greenstar.numbers import as_number, as_percent
from greenstar.reports.views.indicators import IndicatorsView, IndicatorView
from greenstar.storage.protocols import Row

_SMALL = Fraction(10)  # below it a figure has more places


def indicator_rows(view: IndicatorsView, catalogue: Catalogue) -> Iterator[Row]:
    """A row an indicator, for all stores (`region` is empty, or the one that was asked for) and for each region."""
    region = view.network.region
    yield from _rows(view, region, view.network.stores, view.indicators, catalogue)
    if region is None:
        for here in view.regions:
            yield from _rows(view, here.region, here.stores, here.indicators, catalogue)


def _rows(
    view: IndicatorsView,
    region: str | None,
    stores: int,
    indicators: tuple[IndicatorView, ...],
    catalogue: Catalogue,
) -> Iterator[Row]:
    network = view.network
    assert network.scheme is not None or not indicators
    for indicator in indicators:
        assert network.scheme is not None
        yield {
            "cycle": network.cycle,
            "scheme": network.scheme.name,
            "version": network.scheme.version,
            "region": region,
            "stores": stores,
            **figures_of(indicator, catalogue),
            "before_cycle": network.before,
        }


def figures_of(view: IndicatorView, catalogue: Catalogue) -> Row:
    """An indicator's own columns."""
    indicator, amount, now, before = view.indicator, view.total.amount, view.total.now, view.total.before
    per, percent = indicator.per, view.figure.percent
    ratio_percent = view.ratio is not None and view.ratio.percent
    return {
        "indicator": view.id,
        "title": indicator.title.in_(catalogue.language),
        "unit": None if indicator.unit is None else indicator.unit.in_(catalogue.language),
        "added_up_as": indicator.total,
        "better": indicator.better,
        "value": _number(amount.value, percent),
        "known": amount.stores,
        "left_out": view.total.left_out,
        "value_now": _number(now.value, percent),
        "value_before": _number(before.value, percent),
        "change_percent": None if view.total.change is None else as_percent(view.total.change),
        "known_in_both": before.stores,
        "ratio": _number(amount.ratio, ratio_percent),
        "ratio_unit": None if per is None else per.unit.in_(catalogue.language),
        "ratio_known": amount.ratio_stores,
        "ratio_now": _number(now.ratio, ratio_percent),
        "ratio_before": _number(before.ratio, ratio_percent),
        "ratio_change_percent": None if view.total.ratio_change is None else as_percent(view.total.ratio_change),
        "ratio_known_in_both": before.ratio_stores,
        "source": None if indicator.source is None else indicator.source.in_(catalogue.language),
    }


def _number(value: Fraction | None, percent: bool) -> int | float | None:
    if value is None:
        return None
    return as_percent(value) if percent else as_number(value, 2 if abs(value) >= _SMALL else 6)
