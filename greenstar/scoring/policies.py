"""What a visit would total if the whole scheme treated what does not apply in one way: `exclude`, `award`, and so on.

A policy is a choice of whoever writes the scheme; these totals show how much of a place rests on it. Only the adding up
differs: rules that read the points of other criteria see them as the scheme's own policies have them. A criterion that
forbids its marking stays out where `applies_if` takes it out, under any policy.
"""

from collections.abc import Mapping
from fractions import Fraction

from greenstar.numbers import ZERO
from greenstar.scheme.document import Policy
from greenstar.scheme.model import Scheme
from greenstar.scheme.parts import points_of
from greenstar.scoring.groups import Tally, now, redistributed
from greenstar.scoring.scorecard import CriterionScore, Scorecard

POLICIES: tuple[Policy, ...] = ("exclude", "award", "zero", "redistribute")


def totals_by_policy(scheme: Scheme, card: Scorecard) -> dict[Policy, Fraction | None]:
    """The total under each policy, in points.

    None: there is no total, or the policy is `redistribute` and the scheme has a group that cannot share points out
    (one that is no plain sum, or weighs its criteria).
    """
    if all(score.applies for score in card.criteria.values()):
        totals: dict[Policy, Fraction | None] = dict.fromkeys(POLICIES, card.total)
    else:
        totals = {policy: _total(scheme, card.criteria, policy) for policy in POLICIES}
    if not can_redistribute(scheme):
        totals["redistribute"] = None
    return totals


def can_redistribute(scheme: Scheme) -> bool:
    """Whether `redistribute` could be the policy of the whole scheme."""
    return all(
        group.method == "sum" and all(criterion.weight is None for criterion in group.criteria)
        for group in scheme.groups.values()
        if any(points_of(criterion) for criterion in group.criteria)
    )


def _total(scheme: Scheme, scores: Mapping[str, CriterionScore], policy: Policy) -> Fraction | None:
    fresh = {name: _as_earned(score, scheme) for name, score in scores.items()}
    for group in scheme.groups.values():
        redistributed(scheme, group, fresh, policy)
    return Tally(scheme, fresh, now).add_up().total


def _as_earned(score: CriterionScore, scheme: Scheme) -> CriterionScore:
    """The score as it was before any policy had its say."""
    available = points_of(scheme.criteria[score.id]) if score.applies else ZERO
    earned, best, excused = score.earned, score.best, score.excused
    return CriterionScore(score.id, score.outcome, earned, available, earned, best, score.reason, score.value, excused)
