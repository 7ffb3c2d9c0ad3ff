"""Two visits side by side: where their totals part, criterion by criterion, in points of the total."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from greenstar.assessment.model import Visit
from greenstar.errors import BadInput
from greenstar.numbers import ZERO, exact_figure
from greenstar.ranking.swap import Swaps, swaps
from greenstar.scheme.model import ROOT, Scheme
from greenstar.scheme.parts import points_of
from greenstar.scoring.contributions import contributions, wholes
from greenstar.scoring.score import score
from greenstar.scoring.scorecard import Scorecard
from greenstar.services.results.stored_visits import visits
from greenstar.services.schemes.counterparts import Counterparts, counterparts
from greenstar.services.stores.stores import find_store
from greenstar.services.visit.opening import current
from greenstar.services.workspace import Workspace
from greenstar.storage.protocols.assessments import AssessmentRow
from greenstar.storage.protocols.scorecards import ScorecardRow


@dataclass(frozen=True)
class ComparedSide:
    """One of the two: a visit, its rules and its result.

    `kept`: the figures that it is ranked by, where these are all there is: its answers are not here.
    """

    scheme: Scheme
    visit: Visit
    card: Scorecard
    row: AssessmentRow | None = None
    kept: ScorecardRow | None = None

    @property
    def total(self) -> Fraction | None:
        """What it comes to."""
        return self.card.total if self.kept is None else exact_figure(self.kept.total)

    @property
    def level(self) -> str | None:
        """The highest level that holds."""
        return self.card.level if self.kept is None else self.kept.level


@dataclass(frozen=True)
class PointsApart:
    """What the first has more than the second in a criterion or group, in points of the total.

    None: it is part of a group that counts as a whole, or there is no total.
    """

    id: str
    points: Fraction | None


@dataclass(frozen=True)
class CategoryApart:
    """A category that both have: what the first has more, and how many points of the total it can bring each of them.

    Where fewer other criteria apply it can bring more. None: there is no total, or it is no sum of its categories.
    """

    id: str
    points: Fraction | None
    worth: tuple[Fraction | None, Fraction | None]


@dataclass(frozen=True)
class Comparison:
    """The first against the second. `differing`, `wholes`, `weighing` and `apart` add up to `total`.

    `categories` are those that both have. `prerequisites` and `differing` (the largest first) are the criteria that
    both have and that are not alike; `wholes` the groups that are no sum of their parts. `weighing` is what the
    criteria that are alike differ in, as others do not apply; `apart` what the criteria bring in that only one has.
    All go by the ids of the first; `names` says what the second calls them.
    """

    first: ComparedSide
    second: ComparedSide
    names: Counterparts
    categories: tuple[CategoryApart, ...]
    prerequisites: tuple[str, ...]
    differing: tuple[PointsApart, ...]
    wholes: tuple[PointsApart, ...]
    alike: int
    weighing: Fraction
    only_one_has: int
    apart: Fraction
    total: Fraction | None

    @property
    def same_rules(self) -> bool:
        """Whether both were scored by the same rules, however these are worded."""
        return self.first.scheme.rules_sha256 == self.second.scheme.rules_sha256

    @cached_property
    def swaps(self) -> Swaps | None:
        """What changes of one weight do to their order; None under different rules, which have no weight in common."""
        return swaps(self.first.scheme, self.first.card, self.second.card) if self.same_rules else None


def side_of(workspace: Workspace, assessment: int) -> ComparedSide:
    """A visit as it stands, or as it was sealed, with its result."""
    row = workspace.storage.assessments.get(assessment)
    ((_, scheme, visit),) = visits(workspace.storage, {row.id: row.scheme})
    results_only = workspace.storage.contents.results_only([row.id])
    known = workspace.storage.scorecards.of(list(results_only))
    return ComparedSide(scheme, visit, score(scheme, visit), row, known[row.id].row if row.id in known else None)


def sides_of_stores(workspace: Workspace, first: str, second: str) -> tuple[ComparedSide, ComparedSide]:
    """The visits of two stores in the workspace's cycle: those that count, else those that were worked on last.

    BadInput: there is no such store, it has no visit in the cycle, or both are the same.
    """
    codes = find_store(workspace, first).code, find_store(workspace, second).code
    if codes[0] == codes[1]:
        raise BadInput("compare.same_store", store=codes[0])
    return _side_of_store(workspace, codes[0]), _side_of_store(workspace, codes[1])


def _side_of_store(workspace: Workspace, code: str) -> ComparedSide:
    row = current(workspace, code)
    if row is None:
        raise BadInput("storage.no_visit", store=code, cycle=workspace.cycle)
    revisions = (known for known in workspace.storage.assessments.of_store(code) if known.cycle == row.cycle)
    counting = (known for known in revisions if known.counts and known.scheme_name == row.scheme_name)
    return side_of(workspace, next(counting, row).id)


def compare(first: ComparedSide, second: ComparedSide) -> Comparison:
    """Compare two visits; under different rules only in what both have."""
    names = counterparts(first.scheme, second.scheme)
    if first.kept is not None or second.kept is not None:
        return _of_results(first, second, names)
    shared = [name for name in first.scheme.criteria if names.of(name) in second.scheme.criteria]
    unlike = [name for name in shared if _counted(first, name) != _counted(second, names.of(name))]
    by_criterion, by_category, worth, total = _differences(first, second, names)
    gates = {name for name in unlike if first.scheme.criteria[name].prerequisite}
    differing = [PointsApart(name, by_criterion.get(name)) for name in unlike if name not in gates]
    whole = [
        name for name in by_criterion if name == ROOT or name in first.scheme.groups or name in second.scheme.groups
    ]
    told = {*shared, *whole}
    return Comparison(
        first,
        second,
        names,
        categories=tuple(
            CategoryApart(group.category, by_category.get(group.category), worth.get(group.category, (None, None)))
            for group in first.scheme.categories
            if names.of(group.category) in {category.category for category in second.scheme.categories}
        ),
        prerequisites=tuple(name for name in unlike if name in gates),
        differing=tuple(sorted(differing, key=lambda criterion: _size(first, second, criterion, names))),
        wholes=tuple(PointsApart(name, by_criterion[name]) for name in whole if by_criterion[name]),
        alike=len(shared) - len(unlike),
        weighing=sum((by_criterion.get(name, ZERO) for name in set(shared) - set(unlike)), ZERO),
        only_one_has=len(first.scheme.criteria) + len(second.scheme.criteria) - 2 * len(shared),
        apart=sum((points for name, points in by_criterion.items() if name not in told), ZERO),
        total=total,
    )


def _of_results(first: ComparedSide, second: ComparedSide, names: Counterparts) -> Comparison:
    """Of two visits of which at least one is nothing but its result, only the totals can be compared."""
    total, other = first.total, second.total
    return Comparison(
        first,
        second,
        names,
        categories=(),
        prerequisites=(),
        differing=(),
        wholes=(),
        alike=0,
        weighing=ZERO,
        only_one_has=0,
        apart=ZERO,
        total=None if total is None or other is None else total - other,
    )


def _counted(side: ComparedSide, criterion: str) -> tuple[object, ...]:
    """What of a criterion two visits may differ in."""
    result = side.card.criteria[criterion]
    return result.outcome, result.earned, points_of(side.scheme.criteria[criterion])


_Worth = dict[str, tuple[Fraction | None, Fraction | None]]


def _differences(
    first: ComparedSide, second: ComparedSide, names: Counterparts
) -> tuple[dict[str, Fraction], dict[str, Fraction], _Worth, Fraction | None]:
    """By criterion (or group that counts as a whole), by category, what categories can bring, and in all."""
    if first.card.total is None or second.card.total is None:
        return {}, {}, {}, None
    whole = wholes(first.scheme, first.card) | names.in_first(wholes(second.scheme, second.card)).keys()
    ours = contributions(first.scheme, first.card, whole)
    theirs = contributions(second.scheme, second.card, {names.of(name) for name in whole})
    total = first.card.total - second.card.total
    by_part, by_category = (
        _less(own, {name: other[theirs_name] for name, theirs_name in names.in_first(other).items()})
        for own, other in ((ours.by_part, theirs.by_part), (ours.by_category, theirs.by_category))
    )
    worth: _Worth = {name: (points, theirs.worth.get(names.of(name))) for name, points in ours.worth.items()}
    return by_part, by_category, worth, total


def _less(first: Mapping[str, Fraction], second: Mapping[str, Fraction]) -> dict[str, Fraction]:
    return {name: first.get(name, ZERO) - second.get(name, ZERO) for name in {**first, **second}}


def _size(
    first: ComparedSide, second: ComparedSide, criterion: PointsApart, names: Counterparts
) -> tuple[bool, Fraction]:
    """The largest first; what has no figure of its own comes last, by the points of the file."""
    if criterion.points is not None:
        return False, -abs(criterion.points)
    return True, -abs(first.card.criteria[criterion.id].earned - second.card.criteria[names.of(criterion.id)].earned)
