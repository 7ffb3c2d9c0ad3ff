"""Indicators: rules over facts, values and answers, which give figures that can be added up."""

from collections.abc import Iterator

from greenstar.numbers import ONE
from greenstar.scheme.document import Indicator
from greenstar.scheme.question_types import is_percent
from greenstar.scheme.rules.expression import Rule
from greenstar.scheme.validation.index import Index, Path


def check_indicators(index: Index) -> None:
    """Rules that look at points, percentages that are added up, and ratios in per cent that are multiplied."""
    for name, indicator in index.document.indicators.items():
        path = ("indicators", name)
        for rule, place in rules_of_indicator(indicator, path):
            if rule.look_ups:
                function, subject = min(rule.look_ups)
                index.refuse(place, "validation.indicator_of_points", what=f'{function}("{subject}")')
        if indicator.total == "sum" and is_percent(indicator.unit):
            index.refuse((*path, "unit"), "validation.percent_added_up")
        per = indicator.per
        if per is not None and is_percent(per.unit) and per.times != ONE:
            index.refuse((*path, "per", "times"), "validation.percent_times")


def rules_of_indicator(indicator: Indicator, path: Path) -> Iterator[tuple[Rule, Path]]:
    """Its rules, each with its place."""
    yield indicator.of, (*path, "of")
    if indicator.per is not None:
        yield indicator.per.of, (*path, "per", "of")
