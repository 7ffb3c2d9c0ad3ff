"""What each step of working a visit out needs: the one place that says so.

The order of working out, what is worked out anew after one answer, the questions and facts behind a criterion:
all of these follow `Scheme.needs`, which is written here. A circle of needs is refused.
"""

from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter

from greenstar.scheme.model import Step
from greenstar.scheme.parts import questions_in
from greenstar.scheme.rules.expression import VISITED, Rule
from greenstar.scheme.validation.index import Index, Path
from greenstar.scheme.validation.rules import all_rules


def needs_of(index: Index) -> dict[Step, tuple[Step, ...]]:
    """The steps that each step needs; each step comes after all it needs.

    Nothing, and a problem noted, where rules need each other in a circle.
    """
    everything = dict(_needs(index))
    needs = {step: tuple(other for other in needed if other in everything) for step, needed in everything.items()}
    try:
        return {step: needs[step] for step in TopologicalSorter(needs).static_order()}
    except CycleError as error:
        circle: list[Step] = error.args[1]
        named = [step for step in circle if step.kind != "applies"] or circle
        names = tuple(dict.fromkeys(step.id for step in named))
        index.refuse(_path_of(index, circle[0]), "validation.circle", names=names)
        return {}


def _path_of(index: Index, step: Step) -> Path:
    if step.kind in ("fact", "value"):
        return (f"{step.kind}s", step.id)
    return index.asked[step.id][1] if step.kind == "question" and step.id in index.asked else index.paths[step.id]


def _needs(index: Index) -> Iterator[tuple[Step, list[Step]]]:
    for name, fact in index.document.facts.items():
        yield Step("fact", name), _read(index, fact.ask_if)
    for name, value in index.document.values.items():
        yield Step("value", name), _read(index, value.of)
    for identifier, criterion in index.criteria.items():
        applies = Step("applies", identifier)
        yield applies, _read(index, criterion.applies_if)
        questions = questions_in(criterion)
        for name, question in questions.items():
            yield Step("question", name), [applies, *_read(index, question.ask_if)]
        own = [applies, *(Step("question", name) for name in questions)]
        of = criterion.score.of if criterion.score else None  # by default a number of its own
        yield Step("criterion", identifier), [*own, *_read(index, criterion.met_if, of)]
    for identifier, group in index.groups.items():
        inside = [Step("criterion", criterion.id) for criterion in group.criteria]
        yield Step("group", identifier), [*inside, *(Step("group", child.category) for child in group.categories)]
    for _, *ids in sorted({key for rule, *_ in all_rules(index) for key in rule.chosen}):
        yield Step("chosen", " ".join(ids)), [Step("question", name) for name in index.lone_choices(*ids)]
    for identifier, criterion in index.criteria.items():
        if criterion.checks:
            rules = [rule for check in criterion.checks for rule in (check.refuse, check.warn)]
            yield Step("checks", identifier), [Step("applies", identifier), *_read(index, *rules)]


def _read(index: Index, *rules: Rule | None) -> list[Step]:
    """What rules read, as steps."""
    steps = []
    for rule in rules:
        if rule is not None:
            steps += [_step_of(index, name) for name in sorted(rule.names) if not _is_the_day(index, name)]
            steps += [Step("chosen", " ".join(ids)) for _, *ids in sorted(rule.chosen)]
            steps += [Step("group" if part in index.groups else "criterion", part) for _, part in sorted(rule.look_ups)]
    return steps


def _is_the_day(index: Index, name: str) -> bool:
    """Whether a name is the day of the visit: nothing in the scheme has it."""
    if name != VISITED:
        return False
    named = (index.document.facts, index.document.values, index.asked, index.criteria)
    return not any(name in names for names in named)


def _step_of(index: Index, name: str) -> Step:
    if name in index.document.facts:
        return Step("fact", name)
    return Step("value" if name in index.document.values else "question", name)
