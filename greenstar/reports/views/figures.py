"""Figures of a scorecard: exact, each with the edges that it must not seem to reach by rounding.

Imports nothing heavy: `greenstar rank` waits for it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Context, Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from greenstar.i18n.phrase import Quantity, Text
from greenstar.numbers import as_number, as_percent, percent_shown, shown, signed

if TYPE_CHECKING:
    from greenstar.scheme.document import Requires
    from greenstar.scheme.fields import Threshold
    from greenstar.scheme.model import Scheme
    from greenstar.scoring.scorecard import GroupScore, Scorecard

Number = int | float
_FIFTEEN = Context(prec=15)
_ALL = Fraction(1)
_PERCENT = Text({"en": "%"})


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that may be unknown. `percent`: it is a share of 1, told of 100; `misses` are then shares too."""

    value: Fraction | None
    misses: tuple[Fraction, ...] = ()
    percent: bool = False

    @property
    def number(self) -> Number | None:
        """For JSON and spreadsheets: to two places, whole where it is whole."""
        if self.value is None:
            return None
        return as_percent(self.value, self.misses) if self.percent else as_number(self.value, misses=self.misses)

    @property
    def text(self) -> str:
        """For a reader: `76.25`, `66.7 %`, a dash where there is none."""
        if self.value is None:
            return "-"
        return percent_shown(self.value, (*self.misses, _ALL)) if self.percent else shown(self.value, 2, self.misses)

    @property
    def signed(self) -> str:
        """For a reader, as a difference: `+2.5`, `-3 %`; nothing where there is none."""
        if self.value is None:
            return ""
        return f"{signed(self.value * 100, 1)} %" if self.percent else signed(self.value)

    @property
    def quantity(self) -> Quantity:
        """For a sentence. ValueError: there is none."""
        if self.value is None:
            raise ValueError("no figure")
        return Quantity(self.value, _PERCENT if self.percent else None, self.misses)


class ScorecardFigures:
    """The figures of one scorecard, with the thresholds of its scheme as edges."""

    def __init__(self, scheme: "Scheme", card: "Scorecard") -> None:
        self.card = card
        self._requirements: list[Requires] = [level.requires for level in scheme.levels]
        self._requirements.append(scheme.lighthouse.requires)
        self._thresholds = [requires.total for requires in self._requirements if requires.total is not None]

    def total(self, value: Fraction | None) -> Figure:
        """A total in points."""
        available = self.card.available
        return Figure(value, (*_in_points(self._thresholds, available), available))

    def percent(self) -> Figure:
        """The root's share."""
        return Figure(self.card.share, tuple(_in_shares(self._thresholds, self.card.available)), percent=True)

    def exact(self) -> str | None:
        """The total in full: a fraction, or 15 digits where a root was taken."""
        total = self.card.total
        if total is None or not self.card.rooted:
            return None if total is None else str(total)
        digits = _FIFTEEN.divide(Decimal(total.numerator), Decimal(total.denominator))
        return f"{digits.normalize(_FIFTEEN):f}"

    def group_points(self, group: "GroupScore") -> Figure:
        """What a group earned."""
        return Figure(group.points, (*_in_points(self._of_group(group.id), group.available), group.available))

    def group_percent(self, group: "GroupScore") -> Figure:
        """What a group earned, as a share of what it could."""
        return Figure(group.share, tuple(_in_shares(self._of_group(group.id), group.available)), percent=True)

    def criterion_points(self, name: str, worth: Fraction) -> Figure:
        """What a criterion earned, as it counts; `worth`: its points in the file."""
        score = self.card.criteria[name]
        least = [requires.criteria[name] for requires in self._requirements if name in requires.criteria]
        return Figure(score.points, (*least, score.available, worth))

    def _of_group(self, name: str) -> "list[Threshold]":
        return [threshold for requires in self._requirements for threshold in _thresholds_of(requires, name)]


def total_under(scheme: "Scheme", total: Fraction | None) -> Figure:
    """A total that was kept, without the rest of its scorecard."""
    thresholds = [level.requires.total for level in scheme.levels if level.requires.total is not None]
    return Figure(total, tuple(threshold.value for threshold in thresholds if not threshold.percent))


def share_figure(share: Fraction | None) -> Figure:
    """A share that was kept, without the rest of its scorecard."""
    return Figure(share, percent=True)


def level_under(scheme: "Scheme", level: str | None) -> Text | str:
    """A level's title; its id, where it is of another scheme; nothing where there is none."""
    titles = (known.title for known in scheme.levels if known.id == level)
    return next(titles, level or "")


def step(share: Fraction, earlier: Fraction) -> str:
    """By how many percentage points a share moved: `+4`, `-7`, `=`; a small step to a tenth."""
    moved = (share - earlier) * 100
    return signed(moved, 0 if abs(moved) >= 1 else 1) if moved else "="


def _in_points(thresholds: "Iterable[Threshold]", available: Fraction) -> Iterator[Fraction]:
    return (edge.value * available if edge.percent else edge.value for edge in thresholds)


def _in_shares(thresholds: "Iterable[Threshold]", available: Fraction) -> Iterator[Fraction]:
    return (edge.value if edge.percent else edge.value / available for edge in thresholds if available)


def _thresholds_of(requires: "Requires", name: str) -> "Iterator[Threshold]":
    """What the requirements hold a group to."""
    if name in requires.categories:
        yield requires.categories[name]
    each = requires.each_category
    if each is not None:
        yield each if isinstance(each, tuple) else each.min
