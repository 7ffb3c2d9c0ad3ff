"""How points add up: criteria into groups, groups into the total, exactly.

`Tally` works one view of a visit out: as it is now (every open criterion at 0), or at best (each at full points).
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Context, Decimal
from fractions import Fraction

from greenstar.errors import BadInput
from greenstar.numbers import HUNDRED, ONE, ZERO, by_denominator, is_too_large
from greenstar.scheme.document import Criterion, Group, Method, Policy
from greenstar.scheme.model import Scheme
from greenstar.scheme.parts import points_of, weight_of
from greenstar.scoring.scorecard import CriterionScore, GroupScore

_WIDE, _KEPT = Context(prec=30), Context(prec=15)


@dataclass(slots=True)
class Part:
    """What a criterion or group brings into its parent: `points` of `available`, at `weight`."""

    points: Fraction
    available: Fraction
    weight: Fraction


def redistributed(
    scheme: Scheme, group: Group, scores: Mapping[str, CriterionScore], instead: Policy | None = None
) -> None:
    """Write into `scores` what each criterion of the group counts for, by the policy of those that do not apply.

    `instead`: the policy that takes the place of the scheme's own, but for `forbid`.

    `redistribute`: the points of those that do not apply are shared equally among the siblings that apply and have
    points, whose earned points grow in proportion.
    """
    shared, takers = ZERO, []
    for criterion in group.criteria:
        score, points = scores[criterion.id], points_of(criterion)
        if score.applies:
            if points:
                takers.append((score, points))
            continue
        policy = scheme.policy(criterion)
        if instead is not None and policy != "forbid":
            policy = instead
        if policy == "award":
            score.points = score.available = points
        elif policy == "zero":
            score.available = points
        elif policy == "redistribute":
            shared += points
    if not shared or not takers:
        return
    each = shared / len(takers)
    for score, points in takers:
        score.available = points + each
        score.points = score.earned * score.available / points


@dataclass(slots=True)
class Totals:
    """Points of every group by its id, and of the whole, in one view.

    `rooted`: a root was taken anywhere, so that figures are no longer fractions.
    """

    groups: Mapping[str, GroupScore]
    available: Fraction
    share: Fraction | None
    total: Fraction | None
    rooted: bool


class Tally:
    """Adds up one view. `earned` gives a criterion's points in that view."""

    def __init__(
        self, scheme: Scheme, scores: Mapping[str, CriterionScore], earned: Callable[[CriterionScore], Fraction]
    ) -> None:
        self.scheme = scheme
        self.scores = scores
        self.earned = earned
        self.groups: dict[str, GroupScore] = {}
        self.rooted = False

    def add_up(self) -> Totals:
        """Work everything out."""
        for category in self.scheme.categories:
            self.group(category)
        scoring = self.scheme.scoring
        parts = list(parts_of_root(self.scheme, self.groups).values())
        points, available, share = self._combined(scoring.method, scoring.points, parts)
        total = None if share is None else points + bonus_points(self.scheme, self.groups)
        return Totals(self.groups, available, share, total, self.rooted)

    def group(self, group: Group) -> GroupScore:
        """One group with all in it."""
        inner = tuple(self.group(child) for child in group.categories)
        parts = [part_of(criterion, self.scores, self.earned) for criterion in group.criteria if points_of(criterion)]
        parts += [Part(child.points, child.available, child.weight) for child in inner]
        points, available, share = self._combined(group.method, group.points, parts)
        if group.bonus:
            assert group.max is not None
            points, available = min(points, group.max), group.max
        made = GroupScore(group.category, points, available, share, weight_of(group), group.bonus, inner)
        self.groups[group.category] = made
        return made

    def _combined(
        self, method: Method, worth: Fraction | None, parts: Iterable[Part]
    ) -> tuple[Fraction, Fraction, Fraction | None]:
        """Points, available and share of a group that is worth `worth` points (a sum without: what its parts are)."""
        counting = [part for part in parts if part.available]
        if not counting:
            return ZERO, ZERO, None
        self.rooted = self.rooted or method == "geometric"
        if method == "sum" and worth is None:
            points, available = _sums(counting)
            return points, available, points / available
        share = share_of(method, counting)
        worth = HUNDRED if worth is None else worth
        return share * worth, worth, share


def part_of(
    criterion: Criterion, scores: Mapping[str, CriterionScore], earned: Callable[[CriterionScore], Fraction]
) -> Part:
    """What a criterion brings into its group."""
    score = scores[criterion.id]
    return Part(earned(score), score.available, weight_of(criterion))


def parts_of_root(scheme: Scheme, groups: Mapping[str, GroupScore]) -> dict[str, Part]:
    """What the categories bring into the total; bonus comes on top of it."""
    counted = [groups[group.category] for group in scheme.categories if not group.bonus]
    return {group.id: Part(group.points, group.available, group.weight) for group in counted}


def bonus_points(scheme: Scheme, groups: Mapping[str, GroupScore]) -> Fraction:
    """The points of the bonus groups."""
    return sum((groups[group.category].points for group in scheme.categories if group.bonus), ZERO)


def share_of(method: Method, parts: list[Part]) -> Fraction:
    """The share that parts with something to earn make together: the table of the format's section 3."""
    if method == "sum":
        points, available = _sums(parts)
        return points / available
    shares = [(part.points / part.available, part.weight) for part in parts]
    if method == "min":
        return min(share for share, _ in shares)
    if method == "geometric":
        return geometric_mean(shares)
    weights = added(weight for _, weight in shares)
    return added(share * weight for share, weight in shares) / weights


def _sums(parts: list[Part]) -> tuple[Fraction, Fraction]:
    """The points of the parts, and those to be had, each at its weight. Most weigh 1, which needs no multiplying."""
    points = added(part.points if part.weight is ONE else part.points * part.weight for part in parts)
    return points, added(part.available if part.weight is ONE else part.available * part.weight for part in parts)


def added(figures: Iterable[Fraction]) -> Fraction:
    """The sum. BadInput: it has more digits than are worked with (`numbers.MOST_BITS`)."""
    total = ZERO
    for figure in by_denominator(figures):
        total += figure
        if is_too_large(total):
            raise BadInput("scoring.too_large")
    return total


def geometric_mean(shares: list[tuple[Fraction, Fraction]]) -> Fraction:
    """Π share^(weight/Σ weight): calculated with 30 digits, rounded to 15."""
    if any(share <= 0 for share, _ in shares):
        return ZERO
    weights = sum((weight for _, weight in shares), ZERO)
    logarithm = Decimal(0)
    for share, weight in shares:
        part = _WIDE.ln(_WIDE.divide(Decimal(share.numerator), Decimal(share.denominator)))
        exponent = weight / weights
        factor = _WIDE.divide(Decimal(exponent.numerator), Decimal(exponent.denominator))
        logarithm = _WIDE.add(logarithm, _WIDE.multiply(part, factor))
    return Fraction(_KEPT.plus(_WIDE.exp(logarithm)))


def now(score: CriterionScore) -> Fraction:
    """A criterion's points as they count now."""
    return score.points


def at_best(score: CriterionScore) -> Fraction:
    """A criterion's points if it is open and then earns everything."""
    return score.available if score.open else score.points
