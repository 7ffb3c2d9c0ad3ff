"""What depends on what in a scheme: which steps to work out anew when one answer changes."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property

from greenstar.scheme.document import Criterion
from greenstar.scheme.model import Scheme, Step, rules_of
from greenstar.scheme.rules.expression import Rule


class Graph:
    """The steps behind and after each name of a scheme."""

    def __init__(self, scheme: Scheme) -> None:
        self.scheme = scheme
        self._place = {step: place for place, step in enumerate(scheme.order)}
        self._readers: dict[Step, list[Step]] = defaultdict(list)
        for step in scheme.order:
            for needed in self._needs(step):
                self._readers[needed].append(step)
        self._after: dict[Step, tuple[Step, ...]] = {}

    def after(self, step: Step) -> tuple[Step, ...]:
        """The step itself and all that must be worked out anew after it, in their order.

        The questions of a criterion come together: whether one is missing is noted of the criterion as a whole.
        """
        found = self._after.get(step)
        if found is None:
            seen: set[Step] = set()
            waiting = [step]
            while waiting:
                one = waiting.pop()
                if one in seen or (one.kind == "group" and one.id not in self.scheme.looked_up):
                    continue
                seen.add(one)
                waiting += self._readers[one]
                if one.kind == "question":
                    waiting += [Step("question", name) for name in self._siblings(one.id)]
            found = self._after[step] = self.in_order(seen)
        return found

    def in_order(self, steps: Iterable[Step]) -> tuple[Step, ...]:
        """The steps, each after all it needs."""
        return tuple(sorted(steps, key=self._place.__getitem__))

    def _siblings(self, question: str) -> Iterable[str]:
        return self.scheme.questions_of[self.scheme.criterion_of[question]]

    def questions_behind(self, criterion: Criterion) -> list[str]:
        """The questions, its own first, that its points and checks depend on."""
        own = self.scheme.questions_of[criterion.id]
        rules = list(rules_of(criterion))
        named = self.scheme.names_behind(*rules) | answered_in(rules)
        others = [name for name in sorted(named) if name in self.scheme.questions and name not in own]
        return [*own, *others]

    @cached_property
    def checked_by(self) -> dict[str, list[str]]:
        """The criteria whose checks read each name."""
        found: dict[str, list[str]] = defaultdict(list)
        for criterion in self.scheme.criteria.values():
            rules = [check.refuse for check in criterion.checks if check.refuse is not None]
            for name in self.scheme.names_behind(*rules) | answered_in(rules):
                found[name].append(criterion.id)
        return found

    def _needs(self, step: Step) -> Iterator[Step]:
        scheme, name = self.scheme, step.id
        match step.kind:
            case "fact":
                yield from self._read_by(scheme.facts[name].ask_if)
            case "value":
                yield from self._read_by(scheme.values[name].of)
            case "applies":
                yield from self._read_by(scheme.criteria[name].applies_if)
            case "question":
                yield Step("applies", scheme.criterion_of[name])
                yield from self._read_by(scheme.questions[name].ask_if)
            case "criterion":
                criterion = scheme.criteria[name]
                yield Step("applies", name)
                yield from (Step("question", question) for question in scheme.questions_of[name])
                yield from self._read_by(criterion.met_if, scheme.rule_of_score(criterion))
            case "group":
                group = scheme.groups[name]
                yield from (Step("criterion", criterion.id) for criterion in group.criteria)
                yield from (Step("group", child.category) for child in group.categories)

    def _read_by(self, *rules: Rule | None) -> Iterator[Step]:
        for rule in rules:
            if rule is None:
                continue
            yield from (self.step_of(name) for name in sorted(rule.names))
            for function, name in sorted(rule.look_ups):
                if function == "answer":
                    yield Step("question", name)
                else:
                    yield Step("group" if name in self.scheme.groups else "criterion", name)

    def step_of(self, name: str) -> Step:
        """The step that works out a fact, value or question."""
        if name in self.scheme.facts:
            return Step("fact", name)
        return Step("value" if name in self.scheme.values else "question", name)


def answered_in(rules: Iterable[Rule]) -> set[str]:
    """The lone questions that rules read by `answer("ID")`."""
    return {name for rule in rules for function, name in rule.look_ups if function == "answer"}
