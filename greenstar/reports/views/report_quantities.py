"""What a visit achieves in quantities, in a report: the indicators of its scheme, and not points."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from greenstar.i18n.phrase import Text
from greenstar.reports.views.indicators import IndicatorFigure
from greenstar.scoring.indicators import Indicators
from greenstar.services.results.report import ReportMaterial


@dataclass(frozen=True)
class QuantityLine:
    """An indicator of which the visit knows the figure; `ratio`: what it is held against, where that is known too."""

    title: Text
    figure: IndicatorFigure
    ratio: IndicatorFigure | None


def quantity_lines(material: ReportMaterial) -> Iterator[QuantityLine]:
    """Those that are known, in the order of the scheme."""
    scheme = material.scheme
    if not scheme.indicators:
        return
    for name, known in Indicators(scheme).of(material.visit).items():
        indicator = scheme.indicators[name]
        if known.value is None:
            continue
        ratio = None
        if indicator.per is not None and known.per:
            ratio = _of_one_store(known.value * indicator.per.times / known.per, indicator.per.unit)
        yield QuantityLine(indicator.title, _of_one_store(known.value, indicator.unit), ratio)


def _of_one_store(value: Fraction, unit: Text | None) -> IndicatorFigure:
    return IndicatorFigure(value, unit, stores=1, change=None, good=None)
