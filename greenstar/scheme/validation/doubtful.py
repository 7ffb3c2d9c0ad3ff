"""What in a scheme's file was probably not meant so. Nothing of it is wrong; `check` warns of it, each at its place."""

from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import pairwise
from typing import Any

from greenstar.errors import Problem
from greenstar.i18n.phrase import Phrase, Quantity
from greenstar.numbers import HUNDRED, written
from greenstar.scheme.fields import Threshold
from greenstar.scheme.levels import EachCategory, Requires
from greenstar.scheme.locator import last_key
from greenstar.scheme.validation.index import Index, Path
from greenstar.scheme.validation.rules import all_rules
from greenstar.scheme.yaml_tree import Scalar


def doubts(index: Index, cut_texts: Iterable[Scalar]) -> Iterator[Problem]:
    """Texts cut by a comment, what nothing uses, shares written as points, lists that overlap, steps that earn less."""
    for text in cut_texts:
        yield Problem(text.mark, "", Phrase("check.text_cut"))
    yield from _unused(index)
    for number, level in enumerate(index.document.levels):
        yield from _requires(index, level.requires, ("levels", number, "requires"))
    yield from _requires(index, index.document.lighthouse.requires, ("lighthouse", "requires"))
    yield from _falling_steps(index)


def _doubt(index: Index, path: Path, message: str, *, is_key: bool = False, **values: Any) -> Problem:
    place = index.at.key(path) if is_key else index.at.value(path)
    return Problem(place, last_key(path), Phrase(message, **values))


def _unused(index: Index) -> Iterator[Problem]:
    document = index.document
    read = {name for rule, *_ in all_rules(index) for name in rule.names}
    questions = [*(question for question, _ in index.asked.values()), *index.criteria.values()]
    sets = {question.options for question in questions if isinstance(question.options, str)}
    places = {criterion.place for criterion in index.criteria.values()}
    for key, message, names, used in (
        ("facts", "check.unused_fact", document.facts, read),
        ("values", "check.unused_value", document.values, read),
        ("options", "check.unused_options", document.options, sets),
        ("places", "check.unused_place", document.places, places),
    ):
        for name in names:
            if name not in used:
                yield _doubt(index, (key, name), message, is_key=True, name=str(name))


def _requires(index: Index, requires: Requires, path: Path) -> Iterator[Problem]:
    for threshold, most, here in _thresholds(index, requires):
        if not threshold.percent and 0 < threshold.value < 1 < most:
            share = f"{written(threshold.value * HUNDRED)}%"
            figure = written(threshold.value)
            yield _doubt(index, (*path, *here), "check.share_as_points", figure=figure, share=share)
    seen: set[str] = set()
    for number, choice in enumerate(requires.choices):
        for position, criterion in enumerate(choice.of):
            if criterion in seen:
                here = (*path, "any_of", number, "of", position)
                yield _doubt(index, here, "check.listed_in_both", id=str(criterion))
        seen |= set(choice.of)


def _thresholds(index: Index, requires: Requires) -> Iterator[tuple[Threshold, Fraction, Path]]:
    """Each least or most amount, the most that there is of it, and where it stands."""
    if requires.total is not None:
        yield requires.total, index.worth.total, ("total",)
    if requires.excused is not None:
        yield requires.excused, index.worth.total, ("excused",)
    for name, threshold in requires.categories.items():
        yield threshold, index.worth.groups[name], ("categories", name)
    each, most = requires.each_category, max(index.worth.groups.values())
    if isinstance(each, EachCategory):
        yield each.min, most, ("each_category", "min")
    elif each is not None:
        yield each, most, ("each_category",)


def _falling_steps(index: Index) -> Iterator[Problem]:
    """Steps of which the one further on earns less: `at_least: {5: 3, 10: 2}`."""
    for identifier, criterion in index.criteria.items():
        score = criterion.score
        if score is None:
            continue
        ways = (("at_least", score.at_least or ()), ("at_most", tuple(reversed(score.at_most or ()))))
        for key, steps in ways:
            for (_, before), (edge, points) in pairwise(steps):
                if points < before:
                    mark = index.at.entry((*index.paths[identifier], "score", key), edge)
                    step = Quantity(edge, score.unit)
                    message = Phrase("check.earns_less", edge=step, points=points, before=before)
                    yield Problem(mark, key, message)
