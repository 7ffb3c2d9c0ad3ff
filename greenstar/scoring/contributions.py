"""What each criterion brings into the total: its points after the weights of the groups it stands in.

Sums and means are made of their parts, exactly. The smallest of several shares, a root, and a bonus that is cut at its
most are not: such a group counts as a whole.
"""

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from fractions import Fraction

from greenstar.numbers import HUNDRED, ONE, ZERO
from greenstar.scheme.document import Group, Method
from greenstar.scheme.model import ROOT, Scheme
from greenstar.scheme.parts import weight_of
from greenstar.scoring.scorecard import Scorecard

_OF_PARTS = ("sum", "mean")


@dataclass(frozen=True)
class Contributor:
    """A criterion or group within its group."""

    id: str
    points: Fraction
    available: Fraction
    weight: Fraction
    group: Group | None = None


@dataclass
class Contributions:
    """Points of the total by criterion, or by group where it counts as a whole; and by category.

    `by_part` adds up to the total, and so does `by_category`; `worth` is the most that each category can bring.
    """

    by_part: dict[str, Fraction] = field(default_factory=dict)
    by_category: dict[str, Fraction] = field(default_factory=dict)
    worth: dict[str, Fraction] = field(default_factory=dict)


def wholes(scheme: Scheme, card: Scorecard) -> set[str]:
    """The groups of a visit that are no sum of their parts; the total itself may be one."""
    walk = _Walk(card, set())
    names = {ROOT} if scheme.scoring.method not in _OF_PARTS else set()
    for group in scheme.groups.values():
        if group.method not in _OF_PARTS or (group.bonus and group.max is not None and walk.uncut(group) > group.max):
            names.add(group.category)
    return names


def contributions(scheme: Scheme, card: Scorecard, whole_groups: AbstractSet[str]) -> Contributions:
    """The total in its parts; each group of `whole_groups` is one part."""
    walk = _Walk(card, whole_groups)
    bonus = [walk.of_group(group) for group in scheme.categories if group.bonus]
    counted = [walk.of_group(group) for group in scheme.categories if not group.bonus]
    if ROOT in whole_groups:
        walk.result.by_part[ROOT] = (card.total or ZERO) - sum((part.points for part in bonus), ZERO)
    else:
        for part, each in _factors(scheme.scoring.method, scheme.scoring.points, counted):
            walk.category(part, each)
    for part in bonus:
        walk.category(part, ONE)
    return walk.result


class _Walk:
    """From the total down into its parts."""

    def __init__(self, card: Scorecard, whole_groups: AbstractSet[str]) -> None:
        self.card = card
        self.whole_groups = whole_groups
        self.scores = card.groups_by_id
        self.result = Contributions()

    def category(self, part: Contributor, each: Fraction) -> None:
        """A part of the total of which one point counts for `each` points."""
        self.result.by_category[part.id] = part.points * each
        self.result.worth[part.id] = part.available * each
        self._put(part, each)

    def _put(self, part: Contributor, each: Fraction) -> None:
        if part.group is None or part.id in self.whole_groups:
            self.result.by_part[part.id] = part.points * each
            return
        for inner, share in _factors(part.group.method, part.group.points, self._parts(part.group)):
            self._put(inner, share * each)

    def uncut(self, group: Group) -> Fraction:
        """What the parts of a sum or mean come to."""
        factors = _factors(group.method, group.points, self._parts(group))
        return sum((part.points * each for part, each in factors), ZERO)

    def _parts(self, group: Group) -> list[Contributor]:
        parts = []
        for criterion in group.criteria:
            score = self.card.criteria[criterion.id]
            parts.append(Contributor(criterion.id, score.points, score.available, weight_of(criterion)))
        return parts + [self.of_group(child) for child in group.categories]

    def of_group(self, group: Group) -> Contributor:
        """A group, as a part of the one around it."""
        score = self.scores[group.category]
        return Contributor(group.category, score.points, score.available, score.weight, group)


def _factors(
    method: Method, worth: Fraction | None, parts: list[Contributor]
) -> Iterator[tuple[Contributor, Fraction]]:
    """What one point of each part counts for in its group; 0 where there is nothing to earn."""
    counting = [part for part in parts if part.available]
    weights = sum((part.weight for part in counting), ZERO)
    available = sum((part.available * part.weight for part in counting), ZERO)
    for part in parts:
        if not part.available:
            yield part, ZERO
        elif method == "mean":
            yield part, (HUNDRED if worth is None else worth) * part.weight / (part.available * weights)
        elif worth is None:
            yield part, part.weight
        else:
            yield part, worth * part.weight / available
