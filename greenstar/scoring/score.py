"""`score(scheme, visit)`: the whole result of a visit, in one pure call."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from fractions import Fraction
from types import MappingProxyType
from typing import NamedTuple

from greenstar.assessment.model import Visit
from greenstar.i18n.phrase import Phrase
from greenstar.scheme.document import Criterion
from greenstar.scheme.levels import RankKey
from greenstar.scheme.model import Scheme, Step
from greenstar.scheme.parts import points_of
from greenstar.scheme.rules.evaluation import Unknown
from greenstar.scoring.criteria import score_criterion
from greenstar.scoring.environment import Environment
from greenstar.scoring.explain.unmet import NO_RULE
from greenstar.scoring.groups import Tally, at_best, now, redistributed
from greenstar.scoring.levels import LevelCheck
from greenstar.scoring.look_ups import looked_up_in_criterion, looked_up_in_group
from greenstar.scoring.scorecard import Bound, CriterionScore, LevelResult, Scorecard, Unmet
from greenstar.scoring.standing import Standing, result_of

_NOTICE_SHARE = Fraction(1, 4)


class Worked(NamedTuple):
    """A visit worked out: everything by name, and every criterion's score."""

    environment: Environment
    scores: dict[str, CriterionScore]


def score(scheme: Scheme, visit: Visit, worked: Worked | None = None) -> Scorecard:
    """The scorecard of `visit` under `scheme`: exact, explained, with the worst and best still possible.

    Points are fractions of points; shares are fractions of 1. Nothing is read or written, and no clock is asked.
    `worked` is what `work_out` gave for the same visit, where it is at hand.
    """
    return scorecard_of(standing_of(scheme, visit, worked or work_out(scheme, visit)))


def scorecard_of(standing: Standing) -> Scorecard:
    """The scorecard of a visit that stands so."""
    scheme, environment, scores = standing.scheme, standing.environment, standing.scores
    current, best = standing.now, standing.best
    levels, level, worst_level, best_level = _levels(standing)
    lighthouse_unmet = _lighthouse(standing, levels)
    applying = [result for result in scores.values() if result.applies]
    return Scorecard(
        scheme=scheme.name,
        version=scheme.version,
        scheme_sha256=scheme.sha256,
        total=current.total,
        available=current.available,
        share=current.share,
        rooted=current.rooted,
        level=level,
        stars=scheme.stars_of(level),
        lighthouse=not lighthouse_unmet,
        lighthouse_unmet=lighthouse_unmet,
        answered=sum(not result.open for result in applying),
        asked=len(applying),
        worst=Bound(current.total, worst_level),
        best=Bound(best.total, best_level),
        groups=tuple(current.groups[category.category] for category in scheme.categories),
        criteria=scores,
        levels=levels,
        notices=_notices(standing),
        keys=_keys(standing),
        values={name: environment.values.get(name, environment.absent.get(name)) for name in scheme.values},
        not_applicable_points=standing.not_applicable_points,
        excused_points=standing.excused_points,
    )


def standing_of(scheme: Scheme, visit: Visit, worked: Worked) -> Standing:
    """What the requirements of levels look at: the visit with its points, now and at best."""
    environment, scores = worked
    current = Tally(scheme, scores, now).add_up()
    open_left = any(result.open for result in scores.values())
    best = Tally(scheme, scores, at_best).add_up() if open_left else current
    return Standing(scheme, visit, environment, scores, current, best)


_NONE: Mapping[str, CriterionScore] = MappingProxyType({})


def work_out(scheme: Scheme, visit: Visit, instead: Mapping[str, CriterionScore] = _NONE) -> Worked:
    """Everything by name, and every criterion's score, in the scheme's order of working out.

    `instead`: the scores that criteria have instead of those that their answers give, wherever they apply.
    """
    environment = Environment(scheme, visit)
    scores: dict[str, CriterionScore] = {}
    carry_out(environment, scores, scheme.order, instead)
    return Worked(environment, {name: scores[name] for name in scheme.criteria})


def carry_out(
    environment: Environment,
    scores: dict[str, CriterionScore],
    steps: Iterable[Step],
    instead: Mapping[str, CriterionScore] = _NONE,
) -> None:
    """Work these steps out, in this order, into `environment` and `scores`. `instead`: as `work_out`."""
    scheme = environment.scheme
    looked_up = scheme.looked_up
    for kind, name in steps:
        if kind == "question":
            environment.question(name, scheme.criterion_of[name], scheme.questions[name])
        elif kind == "criterion":
            scores[name] = score_criterion(scheme.criteria[name], environment)
            if name in instead and environment.applies[name] is True:
                scores[name] = replace(instead[name], available=scores[name].available, points=instead[name].earned)
            if name in looked_up:
                _put_criterion(environment, scheme.criteria[name], scores[name])
        elif kind == "applies":
            environment.criterion(name)
        elif kind == "chosen":
            environment.chosen(*name.split())
        elif kind == "value":
            environment.value(name)
        elif kind == "fact":
            environment.fact(name)
        elif kind == "group":
            redistributed(scheme, scheme.groups[name], scores)
            if name in looked_up:
                _put_group(environment, scheme, name, scores)


def _put_criterion(environment: Environment, criterion: Criterion, result: CriterionScore) -> None:
    """What `points` and `share` of a criterion give in later rules."""
    for function, value in looked_up_in_criterion(environment, criterion, result).items():
        environment.put((function, criterion.id), value)


def _put_group(environment: Environment, scheme: Scheme, name: str, scores: Mapping[str, CriterionScore]) -> None:
    """What `points` and `share` of a group give in later rules: unknown while anything in it is open."""
    low = Tally(scheme, scores, now).group(scheme.groups[name])
    high = Tally(scheme, scores, at_best).group(scheme.groups[name])
    for function, value in looked_up_in_group(environment, scheme.groups[name], scores, low, high).items():
        environment.put((function, name), value)


def _levels(standing: Standing) -> tuple[tuple[LevelResult, ...], str | None, str | None, str | None]:
    """Every level, and the highest that holds now, at worst (`complete` then holds), and at best."""
    surely, maybe = LevelCheck(standing, optimistic=False), LevelCheck(standing, optimistic=True)
    at_worst: set[str] = set()
    results, reached, worst_level, best_level = [], None, None, None
    for level in standing.scheme.levels:
        unmet = surely.unmet(level.requires)
        possible = not unmet or not maybe.unmet(level.requires)
        if not unmet:
            surely.holding.add(level.id)
            reached = level.id
        if all(_mends_itself(lack, at_worst) for lack in unmet):
            at_worst.add(level.id)
            worst_level = level.id
        if possible:
            maybe.holding.add(level.id)
            best_level = level.id
        results.append(LevelResult(level.id, not unmet, possible, unmet))
    return tuple(results), reached, worst_level, best_level


def _mends_itself(lack: Unmet, at_worst: set[str]) -> bool:
    """Whether what is unmet holds as soon as nothing is open: `complete`, or a lower level that lacks only this."""
    return lack.requirement == "complete" or (lack.requirement == "level" and lack.subject in at_worst)


def _lighthouse(standing: Standing, levels: tuple[LevelResult, ...]) -> tuple[Unmet, ...]:
    """What keeps the store from being a candidate; nobody is one where the scheme has no rule for it."""
    if not standing.scheme.names_lighthouse_stores:
        return (Unmet(NO_RULE),)
    check = LevelCheck(standing, optimistic=False)
    check.holding = {level.id for level in levels if level.holds}
    return check.unmet(standing.scheme.lighthouse.requires)


def _notices(standing: Standing) -> tuple[Phrase, ...]:
    """Where more than a quarter of a category's points are not applicable."""
    notices, in_group = [], standing.scheme.criteria_in
    for group in standing.scheme.categories:
        missing = 1 - standing.applying(group.category)
        if (
            not group.bonus
            and missing > _NOTICE_SHARE
            and any(points_of(criterion) for criterion in in_group[group.category])
        ):
            notices.append(Phrase("scoring.much_not_applicable", group=group.title, id=group.category))
    return tuple(notices)


def _keys(standing: Standing) -> dict[str, Fraction | None]:
    """The keys of the ranking, as they stand now; None where one is unknown."""
    keys: dict[str, Fraction | None] = {}
    for key in standing.scheme.lighthouse.rank_by:
        if not isinstance(key, RankKey):
            keys["total"] = standing.now.total
            continue
        value = result_of(key.of, standing, as_now=True)
        keys[key.id] = None if isinstance(value, Unknown) else value
    return keys
