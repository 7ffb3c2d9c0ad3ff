"""The most points that each group, and the whole scheme, can ever give: what a level asks for must lie within."""

from collections.abc import Iterable
from fractions import Fraction

from greenstar.numbers import HUNDRED, ZERO
from greenstar.scheme.document import Document, Group, Method
from greenstar.scheme.parts import points_of, weight_of


class Worth:
    """`groups`: the points of each group where everything in it applies and is earned in full; `total`: of them all.

    The total is that with all which bonus groups can add.
    """

    def __init__(self, document: Document) -> None:
        self.groups: dict[str, Fraction] = {}
        for category in document.categories:
            self._add(category)
        counted = [group for group in document.categories if not group.bonus]
        extra = sum((self.groups[group.category] for group in document.categories if group.bonus), ZERO)
        self.total = _most(document.scoring.method, document.scoring.points, self._weighted(counted)) + extra

    def _add(self, group: Group) -> None:
        for child in group.categories:
            self._add(child)
        criteria = sum((weight_of(criterion) * points_of(criterion) for criterion in group.criteria), ZERO)
        most = _most(group.method, group.points, criteria + self._weighted(group.categories))
        self.groups[group.category] = most if group.max is None else min(most, group.max)

    def _weighted(self, groups: Iterable[Group]) -> Fraction:
        return sum((weight_of(group) * self.groups[group.category] for group in groups), ZERO)


def _most(method: Method, worth: Fraction | None, added_up: Fraction) -> Fraction:
    """What a group is worth; a sum without `points`, what its parts add up to."""
    if worth is not None:
        return worth
    return added_up if method == "sum" else HUNDRED
