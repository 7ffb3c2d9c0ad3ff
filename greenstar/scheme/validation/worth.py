"""The most points that a group, and the whole scheme, can ever give: what a level asks for must lie within."""

from fractions import Fraction

from greenstar.scheme.document import Document, Group, Method
from greenstar.scheme.model import points_of

_ONE, _HUNDRED = Fraction(1), Fraction(100)


def most_of_group(group: Group) -> Fraction:
    """The points of the group where everything in it applies and is earned in full."""
    criteria = sum(((criterion.weight or _ONE) * points_of(criterion) for criterion in group.criteria), Fraction(0))
    most = _most(group.method, group.points, criteria + _weighted(group.categories))
    return most if group.max is None else min(most, group.max)


def most_in_total(document: Document) -> Fraction:
    """The highest total, with all that bonus groups can add."""
    counted = [group for group in document.categories if not group.bonus]
    extra = sum((most_of_group(group) for group in document.categories if group.bonus), Fraction(0))
    return _most(document.scoring.method, document.scoring.points, _weighted(counted)) + extra


def _weighted(groups: list[Group]) -> Fraction:
    return sum(((group.weight or _ONE) * most_of_group(group) for group in groups), Fraction(0))


def _most(method: Method, worth: Fraction | None, added_up: Fraction) -> Fraction:
    """What a group is worth; a sum without `points`, what its parts add up to."""
    if worth is not None:
        return worth
    return added_up if method == "sum" else _HUNDRED
