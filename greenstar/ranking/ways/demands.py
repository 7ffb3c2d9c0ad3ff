"""What a level asks, together with the lower levels that it asks for."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from fractions import Fraction

from greenstar.scheme.fields import Threshold
from greenstar.scheme.levels import AnyOf, EachCategory, Level, Requires
from greenstar.scheme.model import Scheme
from greenstar.scheme.rules.expression import Rule
from greenstar.scoring.standing import Standing


@dataclass
class Demands:
    """What must hold of points, counts and gates: those of findings, evidence and excuses are looked at elsewhere."""

    totals: list[Threshold] = field(default_factory=list)
    groups: dict[str, list[Threshold]] = field(default_factory=dict)
    criteria: dict[str, Fraction] = field(default_factory=dict)
    choices: list[AnyOf] = field(default_factory=list)
    prerequisites: set[str] = field(default_factory=set)
    complete: bool = False
    rules: list[Rule] = field(default_factory=list)


def with_lower(scheme: Scheme, level: Level) -> Iterator[Level]:
    """The level, and those below that it asks for."""
    by_id = {known.id: known for known in scheme.levels}
    needed: Level | None = level
    while needed is not None:
        yield needed
        needed = by_id.get(needed.requires.level) if needed.requires.level is not None else None


def demands_of(standing: Standing, level: Level, unsure: Collection[str] = ()) -> Demands:
    """What the level asks of the visit. `unsure`: criteria of which it may still change whether they apply."""
    demands = Demands()
    for part in with_lower(standing.scheme, level):
        _add(demands, standing, part.requires, unsure)
    return demands


def _add(demands: Demands, standing: Standing, requires: Requires, unsure: Collection[str]) -> None:
    scheme = standing.scheme
    if requires.total is not None:
        demands.totals.append(requires.total)
    for name, threshold in (*_of_each(standing, requires, unsure), *requires.categories.items()):
        demands.groups.setdefault(name, []).append(threshold)
    for name, least in requires.criteria.items():
        demands.criteria[name] = max(least, demands.criteria.get(name, least))
    demands.choices += requires.choices
    if requires.prerequisites == "all":
        demands.prerequisites |= scheme.prerequisites.keys()
    elif requires.prerequisites != "none":
        demands.prerequisites |= set(requires.prerequisites)
    demands.complete = demands.complete or requires.complete
    if requires.when is not None:
        demands.rules.append(requires.when)


def _of_each(standing: Standing, requires: Requires, unsure: Collection[str]) -> Iterator[tuple[str, Threshold]]:
    each = requires.each_category
    if each is None:
        return
    wanted = each if isinstance(each, EachCategory) else EachCategory.model_construct(min=each)
    least = wanted.where_applies
    for group in standing.scheme.categories:
        if group.bonus or group.category in wanted.except_:
            continue
        if least is not None:
            moving = any(criterion.id in unsure for criterion in standing.scheme.criteria_in[group.category])
            if moving or standing.applying(group.category) < least:
                continue
        yield group.category, wanted.min
