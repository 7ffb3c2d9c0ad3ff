"""The order in which everything is worked out, so that each comes after all it needs; a circle is refused."""

from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter

from greenstar.scheme.model import Step, questions_in
from greenstar.scheme.rules.expression import Rule
from greenstar.scheme.validation.index import Index, Path


def order_of(whole: Index) -> tuple[Step, ...]:
    """All steps in their order; none, and a problem noted, where rules need each other in a circle."""
    sorter: TopologicalSorter[Step] = TopologicalSorter()
    for step, needs in _dependencies(whole):
        sorter.add(step, *needs)
    try:
        return tuple(sorter.static_order())
    except CycleError as error:
        circle: list[Step] = error.args[1]
        named = [step for step in circle if step.kind != "applies"] or circle
        names = tuple(dict.fromkeys(step.id for step in named))
        whole.refuse(_path_of(whole, circle[0]), "validation.circle", names=names)
        return ()


def _path_of(whole: Index, step: Step) -> Path:
    if step.kind in ("fact", "value"):
        return (f"{step.kind}s", step.id)
    return whole.asked[step.id][1] if step.kind == "question" and step.id in whole.asked else whole.paths[step.id]


def _dependencies(whole: Index) -> Iterator[tuple[Step, list[Step]]]:
    for name, fact in whole.document.facts.items():
        yield Step("fact", name), _needs(whole, fact.ask_if)
    for name, value in whole.document.values.items():
        yield Step("value", name), _needs(whole, value.of)
    for identifier, criterion in whole.criteria.items():
        applies = Step("applies", identifier)
        yield applies, _needs(whole, criterion.applies_if)
        questions = questions_in(criterion)
        for name, question in questions.items():
            yield Step("question", name), [applies, *_needs(whole, question.ask_if)]
        needs = [applies, *(Step("question", name) for name in questions)]
        of = criterion.score.of if criterion.score else None
        yield Step("criterion", identifier), [*needs, *_needs(whole, criterion.met_if), *_needs(whole, of)]
    for identifier, group in whole.groups.items():
        inside = [Step("criterion", criterion.id) for criterion in group.criteria]
        yield Step("group", identifier), [*inside, *(Step("group", child.category) for child in group.categories)]


def _needs(whole: Index, rule: Rule | None) -> list[Step]:
    if rule is None:
        return []
    steps = [_step_of(whole, name) for name in sorted(rule.names)]
    for function, name in sorted(rule.look_ups):
        if function == "answer":
            steps.append(Step("question", name))
        else:
            steps.append(Step("group" if name in whole.groups else "criterion", name))
    return steps


def _step_of(whole: Index, name: str) -> Step:
    if name in whole.document.facts:
        return Step("fact", name)
    return Step("value" if name in whole.document.values else "question", name)
