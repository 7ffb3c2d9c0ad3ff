"""What the network adds up to, as every way out tells it: figures with their units, and how each has changed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from greenstar.i18n.phrase import Phrase, Text
from greenstar.numbers import HUNDRED, ZERO, grouped, percent_shown, signed
from greenstar.ranking.indicators import IndicatorTotal
from greenstar.scheme.document import Indicator
from greenstar.scheme.question_types import is_percent
from greenstar.services.results.indicators import NetworkIndicators


@dataclass(frozen=True)
class IndicatorFigure:
    """A figure over stores: its total, or its ratio. `stores` know it; `change` is over those known in both cycles.

    `change` is a share of what it was, of a figure in per cent the difference in points; `good`: it goes the better
    way (None: neither, or there is no change).
    """

    value: Fraction | None
    unit: Text | None
    stores: int
    change: Fraction | None
    good: bool | None

    @property
    def percent(self) -> bool:
        """Whether it is a share of 1, told of 100."""
        return is_percent(self.unit)

    @property
    def text(self) -> str:
        """For a reader, without its unit but for `%`: `1 234 567`, `66.7 %`, a dash where there is none."""
        if self.value is None:
            return "-"
        return percent_shown(self.value) if self.percent else grouped(self.value)

    @property
    def shown_unit(self) -> Text | str:
        """The unit beside the figure; nothing where it stands in it."""
        return "" if self.unit is None or self.percent else self.unit

    @property
    def change_phrase(self) -> Phrase | None:
        """The change for a reader; None: there is none."""
        if self.change is None:
            return None
        shown = signed(self.change * HUNDRED, 1)
        return Phrase("indicators.points" if self.percent else "indicators.per_cent", change=shown)


@dataclass(frozen=True)
class IndicatorView:
    """An indicator over stores; `ratio` is None where it is held against nothing."""

    id: str
    indicator: Indicator
    total: IndicatorTotal
    figure: IndicatorFigure
    ratio: IndicatorFigure | None

    @property
    def figures(self) -> Iterator[IndicatorFigure]:
        """Its total, then its ratio."""
        yield self.figure
        if self.ratio is not None:
            yield self.ratio


@dataclass(frozen=True)
class RegionView:
    """The indicators over the stores of a region."""

    region: str
    stores: int
    indicators: tuple[IndicatorView, ...]


@dataclass(frozen=True)
class IndicatorsView:
    """All of them, over all stores and over those of each region, the region of most stores first."""

    network: NetworkIndicators
    indicators: tuple[IndicatorView, ...]
    regions: tuple[RegionView, ...]


def indicators_view(network: NetworkIndicators) -> IndicatorsView:
    """The indicators in the order of the scheme."""
    known = {} if network.scheme is None else network.scheme.indicators
    regions = sorted(network.regions, key=lambda totals: (-totals.stores, totals.region))
    return IndicatorsView(
        network=network,
        indicators=_views(known, network.totals or {}),
        regions=tuple(RegionView(here.region, here.stores, _views(known, here.totals)) for here in regions),
    )


def _views(known: Mapping[str, Indicator], totals: Mapping[str, IndicatorTotal]) -> tuple[IndicatorView, ...]:
    return tuple(_view(name, known[name], total) for name, total in totals.items())


def _view(name: str, indicator: Indicator, total: IndicatorTotal) -> IndicatorView:
    amount, now, before = total.amount, total.now, total.before
    change = _change(indicator.unit, before.value, now.value, total.change)
    figure = _figure(indicator, indicator.unit, amount.value, amount.stores, change)
    ratio = None
    if indicator.per is not None:
        change = _change(indicator.per.unit, before.ratio, now.ratio, total.ratio_change)
        ratio = _figure(indicator, indicator.per.unit, amount.ratio, amount.ratio_stores, change)
    return IndicatorView(name, indicator, total, figure, ratio)


def _change(
    unit: Text | None, before: Fraction | None, now: Fraction | None, share: Fraction | None
) -> Fraction | None:
    if not is_percent(unit):
        return share
    return None if before is None or now is None else now - before


def _figure(
    indicator: Indicator, unit: Text | None, value: Fraction | None, stores: int, change: Fraction | None
) -> IndicatorFigure:
    good = (change < ZERO) == (indicator.better == "less") if change and indicator.better is not None else None
    return IndicatorFigure(value, unit, stores, change, good)
