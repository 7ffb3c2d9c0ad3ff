"""A scorecard as every way out tells it: figures with their edges, levels with what they lack, reasons as phrases."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from greenstar.assessment.model import Visit
from greenstar.i18n.phrase import Phrase, Text
from greenstar.reports.views.figures import Figure, ScorecardFigures
from greenstar.reports.views.requirements import RequirementView, requirement_views
from greenstar.scheme.model import Scheme
from greenstar.scoring.scorecard import Bound, CriterionScore, GroupScore, LevelResult, Outcome, Scorecard


@dataclass(frozen=True)
class BoundView:
    """A total, and the level that goes with it (None: no level)."""

    total: Figure
    level: str | None
    title: Text | None


@dataclass(frozen=True)
class GroupView:
    """What a group earned. `share` is None where nothing in it applies."""

    id: str
    title: Text
    points: Figure
    available: Figure
    percent: Figure
    share: Fraction | None
    weight: Figure
    bonus: bool
    groups: tuple["GroupView", ...]


@dataclass(frozen=True)
class CriterionView:
    """What a criterion earned, as it counts in its group, and why."""

    id: str
    title: Text
    outcome: Outcome
    points: Figure
    available: Figure
    reason: Phrase
    excused: bool


@dataclass(frozen=True)
class LevelView:
    """A level: whether it holds, whether it still can, and what it lacks."""

    id: str
    title: Text
    stars: int
    holds: bool
    possible: bool
    lacks: tuple[RequirementView, ...]


@dataclass(frozen=True)
class Summary:
    """What is told of a result at first sight. `next_level` is None where the highest is reached.

    `not_applicable`, `excused`: points of the file that do not apply, and those among them that the assessor took out.
    `has_levels`: whether the scheme has any; where not, nothing is told of them.
    """

    total: Figure
    available: Figure
    not_applicable: Figure
    excused: Figure
    now: BoundView
    worst: BoundView
    best: BoundView
    answered: int
    asked: int
    complete: bool
    groups: tuple[GroupView, ...]
    next_level: LevelView | None
    has_levels: bool


@dataclass(frozen=True)
class ScorecardView:
    """The whole result of one visit. `exact`: the total in full; `cycle` is empty where the visit names none.

    `has_candidates`: whether the scheme says who is a candidate for a lighthouse store; where not, nothing is told.
    """

    store: str
    name: str
    cycle: str
    scheme: str
    title: Text
    version: str
    sha256: str
    rules_sha256: str
    summary: Summary
    exact: str | None
    percent: Figure
    stars: int
    has_candidates: bool
    candidate: bool
    candidate_lacks: tuple[RequirementView, ...]
    criteria: tuple[CriterionView, ...]
    levels: tuple[LevelView, ...]
    notices: tuple[Phrase, ...]


def scorecard_view(scheme: Scheme, visit: Visit, card: Scorecard) -> ScorecardView:
    """Everything that a scorecard says."""
    figures = ScorecardFigures(scheme, card)
    return ScorecardView(
        store=visit.store.code,
        name=visit.store.name,
        cycle=visit.cycle,
        scheme=card.scheme,
        title=scheme.title,
        version=card.version,
        sha256=card.scheme_sha256,
        rules_sha256=scheme.rules_sha256,
        summary=summary(scheme, card),
        exact=figures.exact(),
        percent=figures.percent(),
        stars=card.stars,
        has_candidates=scheme.names_lighthouse_stores,
        candidate=card.lighthouse,
        candidate_lacks=requirement_views(scheme, card, card.lighthouse_unmet),
        criteria=tuple(_criterion(scheme, figures, score) for score in card.criteria.values()),
        levels=tuple(level_view(scheme, card, level) for level in card.levels),
        notices=card.notices,
    )


def summary(scheme: Scheme, card: Scorecard) -> Summary:
    """What is told at first sight: quick enough to be made at every key."""
    figures = ScorecardFigures(scheme, card)
    following = card.next_level

    def bound(bound: Bound) -> BoundView:
        return BoundView(figures.total(bound.total), bound.level, scheme.level_title(bound.level))

    return Summary(
        total=figures.total(card.total),
        available=Figure(card.available),
        not_applicable=Figure(card.not_applicable_points),
        excused=figures.excused(),
        now=bound(Bound(card.total, card.level)),
        worst=bound(card.worst),
        best=bound(card.best),
        answered=card.answered,
        asked=card.asked,
        complete=card.complete,
        groups=_groups(scheme, figures, card.groups),
        next_level=level_view(scheme, card, following) if following is not None else None,
        has_levels=bool(scheme.levels),
    )


def away_sentence(result: Summary) -> Phrase | None:
    """How many points do not apply, and by whose word; nothing where all do."""
    if not result.not_applicable.value:
        return None
    points = result.not_applicable.text
    if not result.excused.value:
        return Phrase("reports.not_applicable", points=points)
    return Phrase("reports.excused", points=points, excused=result.excused.text)


def level_view(scheme: Scheme, card: Scorecard, level: LevelResult) -> LevelView:
    """A level with what it lacks."""
    declared = scheme.level_by_id[level.id]
    lacks = requirement_views(scheme, card, level.unmet)
    return LevelView(level.id, declared.title, declared.stars, level.holds, level.possible, lacks)


def _groups(scheme: Scheme, figures: ScorecardFigures, groups: Iterable[GroupScore]) -> tuple[GroupView, ...]:
    return tuple(
        GroupView(
            id=group.id,
            title=scheme.groups[group.id].title,
            points=figures.group_points(group),
            available=Figure(group.available),
            percent=figures.group_percent(group),
            share=group.share,
            weight=Figure(group.weight),
            bonus=group.bonus,
            groups=_groups(scheme, figures, group.groups),
        )
        for group in groups
    )


def _criterion(scheme: Scheme, figures: ScorecardFigures, score: CriterionScore) -> CriterionView:
    criterion = scheme.criteria[score.id]
    points = figures.criterion_points(score.id)
    available = Figure(score.available)
    return CriterionView(score.id, criterion.title, score.outcome, points, available, score.reason, score.excused)
