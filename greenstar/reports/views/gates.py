"""What stands between a visit and a level, as shares: of the total, of each category, and of what is proved."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from greenstar.assessment.model import Visit
from greenstar.i18n.phrase import Text
from greenstar.scheme.fields import Threshold
from greenstar.scheme.levels import EachCategory, Requires
from greenstar.scheme.model import Scheme
from greenstar.scoring.scorecard import Scorecard
from greenstar.scoring.standing import share_applying


@dataclass(frozen=True)
class Gates:
    """What a level asks for at least, as shares of what there is; `total` is None where it asks for no total."""

    total: Fraction | None
    groups: Mapping[str, Fraction]


@dataclass(frozen=True)
class OpenEnds:
    """What else may keep a level: open findings by severity; and of the criteria that list evidence, those proved."""

    findings: Mapping[str, int]
    proved: int
    listing: int


def gates_of(scheme: Scheme, card: Scorecard, level: str) -> Gates:
    """The gates of a level, as they are for this visit: a category that hardly applies may have none."""
    requires = scheme.level_by_id[level].requires
    groups = card.groups_by_id
    gates: dict[str, Fraction] = {}
    for name, threshold in [*_of_each_category(scheme, card, requires), *requires.categories.items()]:
        group = groups[name]
        if group.share is not None and (share := _share(threshold, group.available)) is not None:
            gates[name] = max(share, gates.get(name, share))
    total = requires.total
    return Gates(None if total is None else _share(total, card.available), gates)


def _of_each_category(scheme: Scheme, card: Scorecard, requires: Requires) -> Iterator[tuple[str, Threshold]]:
    each = requires.each_category
    if each is None:
        return
    wanted = each if isinstance(each, EachCategory) else EachCategory.model_construct(min=each)
    for group in scheme.categories:
        name, least = group.category, wanted.where_applies
        if group.bonus or name in wanted.except_:
            continue
        if least is None or share_applying(scheme, card.criteria, name) >= least:
            yield name, wanted.min


def _share(threshold: Threshold, available: Fraction) -> Fraction | None:
    if threshold.percent:
        return threshold.value
    return threshold.value / available if available else None


def open_ends(scheme: Scheme, visit: Visit, card: Scorecard) -> OpenEnds:
    """The open findings of a visit, and how much of its evidence is verified."""
    applying = (criterion for name, criterion in scheme.criteria.items() if card.criteria[name].applies)
    listing = [criterion.id for criterion in applying if criterion.evidence]
    proved = sum(any(file.verified for file in visit.evidence.get(name, ())) for name in listing)
    findings = Counter[str](finding.severity for finding in visit.findings if finding.closed is None)
    return OpenEnds(findings, proved, len(listing))


@dataclass(frozen=True)
class LevelEdge:
    """Where a level begins on the line of the total: as a share of all there is to earn, and in points."""

    id: str
    title: Text
    stars: int
    share: Fraction
    points: Fraction


def level_edges(scheme: Scheme, card: Scorecard) -> tuple[LevelEdge, ...]:
    """The totals that levels ask for, the lowest first; of levels that ask for none there is no edge."""
    edges = []
    for level in scheme.levels:
        total = level.requires.total
        share = None if total is None else _share(total, card.available)
        if share is not None:
            edges.append(LevelEdge(level.id, level.title, level.stars, share, share * card.available))
    return tuple(edges)


def goal_gates(scheme: Scheme, card: Scorecard) -> Gates:
    """The gates of the next level; where the highest is reached, those that it is held by."""
    goal = card.next_level or (card.levels[-1] if card.levels else None)
    return gates_of(scheme, card, goal.id) if goal is not None else Gates(None, {})
