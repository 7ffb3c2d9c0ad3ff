"""What a figure must not seem to reach by rounding: the thresholds of its scheme, and all there is to earn.

One place for every way out: a figure that reads 66.66 in one reads so in all. Imports nothing heavy.
"""

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from greenstar.scheme.document import Requires
    from greenstar.scheme.fields import Threshold
    from greenstar.scheme.model import Scheme

_ALL = Fraction(1)


class Edges(NamedTuple):
    """The thresholds of one total or group: some in points, some as shares of 1 of what is available."""

    points: tuple[Fraction, ...] = ()
    shares: tuple[Fraction, ...] = ()

    def in_points(self, available: Fraction | None) -> tuple[Fraction, ...]:
        """All of them in points, and all there is to earn, where that is known."""
        if available is None:
            return self.points
        return (*self.points, *(share * available for share in self.shares), available)

    def in_shares(self, available: Fraction | None) -> tuple[Fraction, ...]:
        """All of them as shares of 1, and 1 itself."""
        points = (edge / available for edge in self.points) if available else ()
        return (*self.shares, *points, _ALL)


NO_EDGES = Edges()


def of_total(scheme: "Scheme") -> Edges:
    """The thresholds of the total."""
    totals = (requires.total for requires in _requirements(scheme))
    return _sorted(total for total in totals if total is not None)


def of_group(scheme: "Scheme", name: str) -> Edges:
    """The thresholds of a group."""
    return _sorted(threshold for requires in _requirements(scheme) for threshold in _of_group(requires, name))


def of_criterion(scheme: "Scheme", name: str) -> tuple[Fraction, ...]:
    """The least points that levels ask of a criterion, and all that it is worth in the file."""
    least = [requires.criteria[name] for requires in _requirements(scheme) if name in requires.criteria]
    return (*least, scheme.criteria[name].points or Fraction(0))


def _requirements(scheme: "Scheme") -> "list[Requires]":
    return [*(level.requires for level in scheme.levels), scheme.lighthouse.requires]


def _of_group(requires: "Requires", name: str) -> "Iterator[Threshold]":
    if name in requires.categories:
        yield requires.categories[name]
    each = requires.each_category
    if each is not None:
        yield each if isinstance(each, tuple) else each.min


def _sorted(thresholds: "Iterable[Threshold]") -> Edges:
    known = list(thresholds)
    points = tuple(threshold.value for threshold in known if not threshold.percent)
    return Edges(points, tuple(threshold.value for threshold in known if threshold.percent))
