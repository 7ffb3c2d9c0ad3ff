"""Levels and the lighthouse: what they name exists, and no level asks less than the one below."""

from fractions import Fraction

from greenstar.scheme.fields import Threshold
from greenstar.scheme.levels import EachCategory, Requires
from greenstar.scheme.parts import points_of
from greenstar.scheme.severities import FINDING_LIMITS
from greenstar.scheme.suggestions import did_you_mean
from greenstar.scheme.validation.index import Index, Path


def check_levels(index: Index) -> None:
    """Check every level and the lighthouse."""
    below: dict[str, Requires] = {}
    for number, level in enumerate(index.document.levels):
        path: Path = ("levels", number)
        if level.id in below:
            index.refuse((*path, "id"), "validation.level_twice", id=level.id)
        _requires(index, level.requires, (*path, "requires"), list(below))
        if below:
            previous = list(below.values())[-1]
            _not_lower(index, level.requires, previous, (*path, "requires"))
        below[level.id] = level.requires
    requires = index.document.lighthouse.requires
    _requires(index, requires, ("lighthouse", "requires"), list(below))


def _requires(index: Index, requires: Requires, path: Path, lower: list[str]) -> None:
    for name in requires.categories:
        if name not in index.groups:
            here, hint = (*path, "categories", name), did_you_mean(name, index.groups)
            index.refuse(here, "validation.unknown_group", hint, is_key=True, id=name)
    for name, points in requires.criteria.items():
        here = (*path, "criteria", name)
        criterion = index.known_criterion(name, here, is_key=True)
        if criterion is not None and points > points_of(criterion):
            index.refuse(here, "validation.edge_worth", worth=points, points=points_of(criterion))
    _each_category(index, requires, path)
    _choices(index, requires, path)
    if requires.level is not None and requires.level not in lower:
        hint = did_you_mean(requires.level, lower)
        index.refuse((*path, "level"), "validation.not_a_lower_level", hint, id=requires.level)
    if isinstance(requires.prerequisites, tuple):
        for number, name in enumerate(requires.prerequisites):
            here = (*path, "prerequisites", number)
            index.known_criterion(name, here)
            if name in index.criteria and not index.criteria[name].prerequisite:
                index.refuse(here, "validation.not_a_prerequisite", id=name)


def _each_category(index: Index, requires: Requires, path: Path) -> None:
    """What is excepted is a category."""
    each = requires.each_category
    if isinstance(each, EachCategory):
        tops = [group.category for group in index.document.categories]
        for number, name in enumerate(each.except_):
            if name not in tops:
                here = (*path, "each_category", "except", number)
                index.refuse(here, "validation.unknown_group", did_you_mean(name, tops), id=name)


def _choices(index: Index, requires: Requires, path: Path) -> None:
    """What is to be chosen among is known, is listed once, and is enough."""
    for number, choice in enumerate(requires.choices):
        where = (*path, "any_of", number) if isinstance(requires.any_of, list) else (*path, "any_of")
        for position, name in enumerate(choice.of):
            index.known_criterion(name, (*where, "of", position))
            if name in choice.of[:position]:
                index.refuse((*where, "of", position), "validation.listed_twice", id=name)
        if choice.at_least > len(choice.of):
            index.refuse((*where, "at_least"), "validation.any_of_too_many", count=choice.at_least, of=len(choice.of))


def _not_lower(index: Index, requires: Requires, below: Requires, path: Path) -> None:
    """No threshold is smaller than the same one at the level below."""
    pairs: list[tuple[Threshold | Fraction | None, Threshold | Fraction | None, Path]] = [
        (requires.total, below.total, (*path, "total")),
        (_least_share(requires), _least_share(below), (*path, "each_category")),
        (requires.evidence, below.evidence, (*path, "evidence")),
    ]
    for name, least in requires.categories.items():
        pairs.append((least, below.categories.get(name), (*path, "categories", name)))
    for name, points in requires.criteria.items():
        pairs.append((points, below.criteria.get(name), (*path, "criteria", name)))
    for here, there, where in pairs:
        alike = isinstance(here, Fraction) or (here and there and here.percent == _percent(there))
        if here is not None and there is not None and alike and _amount(here) < _amount(there):
            index.refuse(where, "validation.lower_than_below")
    if _is_stricter(requires.excused, below.excused):
        index.refuse((*path, "excused"), "validation.lower_than_below")
    for limit in FINDING_LIMITS:
        most, before = requires.findings.get(limit), below.findings.get(limit)
        if most is not None and before is not None and most > before:
            index.refuse((*path, "findings", limit), "validation.lower_than_below")


def _is_stricter(most: Threshold | None, before: Threshold | None) -> bool:
    return bool(most and before and most.percent == before.percent and most.value > before.value)


def _least_share(requires: Requires) -> Threshold | None:
    each = requires.each_category
    return each.min if isinstance(each, EachCategory) else each


def _percent(value: Threshold | Fraction) -> bool:
    return isinstance(value, Threshold) and value.percent


def _amount(value: Threshold | Fraction) -> Fraction:
    return value.value if isinstance(value, Threshold) else value
