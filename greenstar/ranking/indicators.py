"""Indicators over many stores: totals, ratios of sums, and the change over the stores known in both cycles.

All figures are exact. A ratio is that of the two sums over the stores that know both, never a mean of ratios.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from statistics import median

from greenstar.scheme.document import Indicator
from greenstar.scoring.indicators import IndicatorValue


@dataclass(frozen=True)
class Amount:
    """What an indicator comes to over some stores: so many know it. None: nobody does, or the ratio is over nothing."""

    value: Fraction | None
    stores: int
    ratio: Fraction | None
    ratio_stores: int


@dataclass(frozen=True)
class IndicatorTotal:
    """An indicator over stores: `left_out` do not know it. `now` and `before`: over those known in both cycles."""

    amount: Amount
    left_out: int
    now: Amount
    before: Amount

    @property
    def change(self) -> Fraction | None:
        """By how much the total changed, as a share of what it was; None: nobody knows both, or it was nothing."""
        return _change(self.before.value, self.now.value)

    @property
    def ratio_change(self) -> Fraction | None:
        """The same of the ratio."""
        return _change(self.before.ratio, self.now.ratio)


def _change(before: Fraction | None, now: Fraction | None) -> Fraction | None:
    return (now - before) / abs(before) if before and now is not None else None


class ExactSum:
    """A sum of fractions in parts of 1, 2, 4, 8 … figures.

    Added one by one, figures of many denominators would take a time that grows with the square of their number.
    """

    def __init__(self) -> None:
        self._parts: list[Fraction | None] = []

    def add(self, figure: Fraction) -> None:
        """Add a figure."""
        for place, part in enumerate(self._parts):
            if part is None:
                self._parts[place] = figure
                return
            figure += part
            self._parts[place] = None
        self._parts.append(figure)

    @property
    def value(self) -> Fraction:
        """What all come to."""
        return sum((part for part in self._parts if part is not None), Fraction(0))


class _Amounts:
    """Adds the figures of one cycle up."""

    def __init__(self, indicator: Indicator) -> None:
        self._indicator = indicator
        self._sum, self._above, self._below = ExactSum(), ExactSum(), ExactSum()
        self._figures: list[Fraction] = []  # only for a median, which no sum gives
        self._stores = self._ratio_stores = 0

    def add(self, figure: Fraction) -> None:
        self._stores += 1
        if self._indicator.total == "median":
            self._figures.append(figure)
        else:
            self._sum.add(figure)

    def add_ratio(self, above: Fraction, below: Fraction) -> None:
        self._ratio_stores += 1
        self._above.add(above)
        self._below.add(below)

    @property
    def amount(self) -> Amount:
        below, per = self._below.value, self._indicator.per
        ratio = self._above.value / below * per.times if per is not None and below else None
        return Amount(self._value() if self._stores else None, self._stores, ratio, self._ratio_stores)

    def _value(self) -> Fraction:
        if self._indicator.total == "median":
            return Fraction(median(self._figures))
        return self._sum.value / self._stores if self._indicator.total == "mean" else self._sum.value


class IndicatorTally:
    """One indicator over stores, each added with its figure now and, where it was known, in the cycle before."""

    def __init__(self, indicator: Indicator) -> None:
        self._all, self._now, self._before = _Amounts(indicator), _Amounts(indicator), _Amounts(indicator)
        self._left_out = 0

    def add(self, now: IndicatorValue, before: IndicatorValue | None) -> None:
        """Add a store."""
        if now.value is None:
            self._left_out += 1
            return
        self._all.add(now.value)
        if now.per is not None:
            self._all.add_ratio(now.value, now.per)
        if before is None or before.value is None:
            return
        self._now.add(now.value)
        self._before.add(before.value)
        if now.per is not None and before.per is not None:
            self._now.add_ratio(now.value, now.per)
            self._before.add_ratio(before.value, before.per)

    @property
    def total(self) -> IndicatorTotal:
        """What all stores come to."""
        return IndicatorTotal(self._all.amount, self._left_out, self._now.amount, self._before.amount)


class StoresTally:
    """All indicators over stores."""

    def __init__(self, indicators: Mapping[str, Indicator]) -> None:
        self.stores = 0
        self._tallies = {name: IndicatorTally(indicator) for name, indicator in indicators.items()}

    def add(self, now: Mapping[str, IndicatorValue], before: Mapping[str, IndicatorValue]) -> None:
        """Add a store; `before` has no figures where it has no visit in the cycle before."""
        self.stores += 1
        for name, tally in self._tallies.items():
            tally.add(now[name], before.get(name))

    @property
    def totals(self) -> dict[str, IndicatorTotal]:
        """Each indicator by its name."""
        return {name: tally.total for name, tally in self._tallies.items()}
