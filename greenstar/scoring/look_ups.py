"""What `points("ID")` and `share("ID")` give in rules, and between which ends that lies while something is open."""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from greenstar.i18n.phrase import Phrase
from greenstar.scheme.document import Criterion, Group
from greenstar.scheme.parts import points_of
from greenstar.scheme.rules.evaluation import Unknown
from greenstar.scheme.rules.outlook import between
from greenstar.scoring.environment import Environment
from greenstar.scoring.scorecard import CriterionScore, GroupScore

LookedUp = dict[str, Any]
_NO_SHARE = Unknown(False, Phrase("scoring.does_not_apply"))


def looked_up_in_criterion(environment: Environment, criterion: Criterion, score: CriterionScore) -> LookedUp:
    """The points of a criterion, as the file counts them, and its share of them; of what does not apply, 0 and none."""
    worth = points_of(criterion)
    if not score.open:
        share = score.earned / worth if score.applies and worth else Unknown(False, score.reason)
        return {"points": score.earned, "share": share}
    points = Unknown(True, score.reason, between(score.earned, score.best))
    if not worth:
        return {"points": points, "share": _NO_SHARE}
    stays = not environment.may_drop_out(criterion.id)
    share_outlook = between(score.earned / worth, score.best / worth, sure=stays)
    return {"points": points, "share": Unknown(True, score.reason, share_outlook)}


def looked_up_in_group(
    environment: Environment, group: Group, scores: Mapping[str, CriterionScore], low: GroupScore, high: GroupScore
) -> LookedUp:
    """The points and the share of a group, which now is `low`, and at best `high`; unknown where these differ."""
    if (low.points, low.share) == (high.points, high.share):
        return {"points": low.points, "share": _NO_SHARE if low.share is None else low.share}
    reason = Phrase("scoring.group_open", group=group.title)
    assert low.share is not None
    assert high.share is not None
    stays = surely_counts(environment, environment.scheme.criteria_in[group.category], scores)
    return {
        "points": Unknown(True, reason, between(low.points, high.points)),
        "share": Unknown(True, reason, between(low.share, high.share, sure=stays)),
    }


def surely_counts(
    environment: Environment, criteria: Iterable[Criterion], scores: Mapping[str, CriterionScore]
) -> bool:
    """Whether something in a group has points to earn, however the visit is completed."""
    return any(scores[criterion.id].available and not environment.may_drop_out(criterion.id) for criterion in criteria)


def number_between(low: Fraction, high: Fraction, reason: Phrase, *, sure: bool = True) -> Fraction | Unknown:
    """A figure of which only the ends are known; itself, where they are the same."""
    return low if low == high else Unknown(True, reason, between(low, high, sure=sure))
