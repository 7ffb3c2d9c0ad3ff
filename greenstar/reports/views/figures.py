"""Figures of a scorecard: exact, each with the edges that it must not seem to reach by rounding.

Imports nothing heavy: `greenstar rank` waits for it.
"""

from dataclasses import dataclass
from decimal import Context, Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from greenstar.i18n.phrase import PERCENT, Quantity, Text
from greenstar.numbers import as_number, as_percent, percent_shown, rounded_text, signed
from greenstar.scoring import edges

if TYPE_CHECKING:
    from greenstar.scheme.model import Scheme
    from greenstar.scoring.scorecard import CriterionScore, GroupScore, Scorecard

Number = int | float
_FIFTEEN = Context(prec=15)
_ALL = Fraction(1)


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
        return (
            percent_shown(self.value, (*self.misses, _ALL))
            if self.percent
            else rounded_text(self.value, 2, self.misses)
        )

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
        return Quantity(self.value, PERCENT if self.percent else None, self.misses)


class ScorecardFigures:
    """The figures of one scorecard, with the thresholds of its scheme as edges."""

    def __init__(self, scheme: "Scheme", card: "Scorecard") -> None:
        self.card = card
        self.scheme = scheme
        self.edges = edges.ScorecardEdges(scheme, card)

    def total(self, value: Fraction | None) -> Figure:
        """A total in points."""
        return Figure(value, self.edges.total())

    def percent(self) -> Figure:
        """The root's share."""
        return Figure(self.card.share, self.edges.total(percent=True), percent=True)

    def exact(self) -> str | None:
        """The total in full: a fraction, or 15 digits where a root was taken."""
        total = self.card.total
        if total is None or not self.card.rooted:
            return None if total is None else str(total)
        digits = _FIFTEEN.divide(Decimal(total.numerator), Decimal(total.denominator))
        return f"{digits.normalize(_FIFTEEN):f}"

    def group_points(self, group: "GroupScore") -> Figure:
        """What a group earned."""
        return Figure(group.points, self.edges.group(group.id))

    def group_percent(self, group: "GroupScore") -> Figure:
        """What a group earned, as a share of what it could."""
        return Figure(group.share, self.edges.group(group.id, percent=True), percent=True)

    def excused(self) -> Figure:
        """The points that the assessor took out."""
        card, most = self.card, edges.of_excused_points(self.scheme)
        return Figure(card.excused_points, most.in_points(card.excused_points, card.not_applicable_points))

    def criterion_points(self, name: str) -> Figure:
        """What a criterion earned, as it counts."""
        score = self.card.criteria[name]
        return Figure(score.points, edges.of_score(self.scheme, score).points)


def earned_figure(scheme: "Scheme", score: "CriterionScore") -> Figure:
    """What a criterion has earned so far, in the points of the file."""
    return Figure(score.earned, edges.of_criterion(scheme, score.id))


def total_under(scheme: "Scheme | None", total: Fraction | None, available: Fraction | None) -> Figure:
    """A total that was kept, without the rest of its scorecard. None: there is no visit that it could be of."""
    return Figure(total, edges.of_total(scheme).in_points(available) if scheme is not None else ())


def share_under(scheme: "Scheme", group: str, share: Fraction | None, available: Fraction | None) -> Figure:
    """A category's share that was kept, of what there was to earn in it, without the rest of its scorecard."""
    return Figure(share, edges.of_group(scheme, group).in_shares(available), percent=True)


def level_under(scheme: "Scheme | None", level: str | None) -> Text | str:
    """A level's title; its id, where it is of another scheme; nothing where there is none."""
    title = scheme.level_title(level) if scheme is not None else None
    return title if title is not None else level or ""


def step(share: Fraction, earlier: Fraction) -> str:
    """By how many percentage points a share moved: `+4`, `-7`, `=`; a small step to a tenth."""
    moved = (share - earlier) * 100
    return signed(moved, 0 if abs(moved) >= 1 else 1) if moved else "="
