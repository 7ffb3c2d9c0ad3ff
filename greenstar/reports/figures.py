"""Figures of a scorecard as they are shown: rounded to two places, never up to a threshold that they miss."""

from collections.abc import Iterator
from decimal import Context, Decimal
from fractions import Fraction

from greenstar.i18n.catalogue import Catalogue
from greenstar.numbers import as_number
from greenstar.scheme.document import EachCategory, Requires
from greenstar.scheme.fields import Threshold
from greenstar.scheme.model import Scheme, points_of
from greenstar.scoring.explain.tree import title_of
from greenstar.scoring.scorecard import GroupScore, Scorecard

_FIFTEEN = Context(prec=15)
Number = int | float


class Figures:
    """Numbers of one scorecard under its scheme."""

    def __init__(self, scheme: Scheme, card: Scorecard) -> None:
        self.scheme = scheme
        self.card = card
        self.requirements: list[Requires] = [level.requires for level in scheme.levels]
        self.requirements.append(scheme.lighthouse.requires)

    def total(self, value: Fraction | None) -> Number | None:
        """A total in points."""
        return None if value is None else as_number(value, misses=self._total_edges())

    def _total_edges(self) -> list[Fraction]:
        edges = [requires.total for requires in self.requirements if requires.total is not None]
        return [*_in_points(edges, self.card.available), self.card.available]

    def percent(self) -> Number | None:
        """The root's share, of 100."""
        edges = [requires.total for requires in self.requirements if requires.total is not None]
        return _percent(self.card.share, _in_shares(edges, self.card.available))

    def exact(self) -> str | None:
        """The total in full: a fraction, or 15 digits where a root was taken."""
        total = self.card.total
        if total is None:
            return None
        if not self.card.rooted:
            return str(total)
        digits = _FIFTEEN.divide(Decimal(total.numerator), Decimal(total.denominator))
        return f"{digits.normalize(_FIFTEEN):f}"

    def group_points(self, group: GroupScore) -> Number:
        """What a group earned."""
        edges = _in_points(self._group_edges(group.id), group.available)
        return as_number(group.points, misses=[*edges, group.available])

    def group_percent(self, group: GroupScore) -> Number | None:
        """What a group earned, of 100."""
        return _percent(group.share, _in_shares(self._group_edges(group.id), group.available))

    def _group_edges(self, name: str) -> list[Threshold]:
        return [edge for requires in self.requirements for edge in _edges(requires, name)]

    def criterion_points(self, name: str) -> Number:
        """What a criterion earned, as it counts."""
        score = self.card.criteria[name]
        least = [requires.criteria[name] for requires in self.requirements if name in requires.criteria]
        return as_number(score.points, misses=[*least, score.available, points_of(self.scheme.criteria[name])])


def total_under(scheme: Scheme, total: Fraction | None) -> Number | None:
    """A total that was kept, without the rest of its scorecard."""
    edges = [level.requires.total for level in scheme.levels if level.requires.total is not None]
    return None if total is None else as_number(total, misses=[edge.value for edge in edges if not edge.percent])


def level_under(scheme: Scheme, level: str | None, catalogue: Catalogue) -> str:
    """A level's title; its id, where it is of another scheme; nothing where there is none."""
    title = title_of(scheme, level) if level is not None else None
    return catalogue.write(title) if title is not None else level or ""


def plain(value: Fraction | None, *, percent: bool = False, misses: tuple[Fraction | None, ...] = ()) -> Number | None:
    """A number; a share of 1 as one of 100 where `percent`."""
    if value is None:
        return None
    by = 100 if percent else 1
    return as_number(value * by, misses=[edge * by for edge in misses if edge is not None])


def _percent(share: Fraction | None, edges: list[Fraction]) -> Number | None:
    return None if share is None else as_number(share * 100, misses=[*(edge * 100 for edge in edges), Fraction(100)])


def _in_points(edges: list[Threshold], available: Fraction) -> list[Fraction]:
    return [edge.value * available if edge.percent else edge.value for edge in edges]


def _in_shares(edges: list[Threshold], available: Fraction) -> list[Fraction]:
    return [edge.value if edge.percent else edge.value / available for edge in edges if available]


def _edges(requires: Requires, name: str) -> Iterator[Threshold]:
    """The thresholds that the requirements hold a group to."""
    if name in requires.categories:
        yield requires.categories[name]
    each = requires.each_category
    if each is not None:
        yield each.min if isinstance(each, EachCategory) else each
