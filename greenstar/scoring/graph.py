"""Which steps to work out anew when one answer changes: `Scheme.needs`, read from the other end."""

from collections import defaultdict
from collections.abc import Collection, Iterable

from greenstar.scheme.model import Scheme, Step


class Graph:
    """The steps after each step of a scheme."""

    def __init__(self, scheme: Scheme) -> None:
        self.scheme = scheme
        self._place = {step: place for place, step in enumerate(scheme.needs)}
        self._readers: dict[Step, list[Step]] = defaultdict(list)
        for step, needs in scheme.needs.items():
            for needed in needs:
                self._readers[needed].append(step)
        self._after: dict[tuple[Step, bool], tuple[Step, ...]] = {}

    def after(self, step: Step, *, corrected: bool = False) -> tuple[Step, ...]:
        """The step itself and all that must be worked out anew after it, in their order.

        Groups are among them only where a rule reads their points: the others are added up for each scorecard.
        The questions of a criterion come together: whether one is missing is noted of the criterion as a whole.
        `corrected`: the step is a question that was answered before as well, so that none is missing more or less.
        """
        known = step, corrected
        if known not in self._after:
            steps = self._all_after(step, corrected=corrected)
            read = self.scheme.looked_up
            self._after[known] = self.in_order(step for step in steps if step.kind != "group" or step.id in read)
        return self._after[known]

    def _all_after(self, first: Step, *, corrected: bool) -> set[Step]:
        scheme, steps, waiting = self.scheme, set[Step](), [first]
        while waiting:
            step = waiting.pop()
            if step not in steps:
                steps.add(step)
                waiting += self._readers[step]
                if step.kind == "question" and not (corrected and step == first):
                    waiting += [Step("question", name) for name in scheme.questions_of[scheme.criterion_of[step.id]]]
        return steps

    def readers_among(self, steps: Collection[Step], read: Step) -> frozenset[Step]:
        """Those of the steps that read a step, directly or through others that are not among them."""
        readers, waiting = set[Step](), list(self._readers[read])
        while waiting:
            step = waiting.pop()
            if step in steps:
                readers.add(step)
            else:
                waiting += self._readers[step]
        return frozenset(readers)

    def in_order(self, steps: Iterable[Step]) -> tuple[Step, ...]:
        """The steps, each after all it needs."""
        return tuple(sorted(steps, key=self._place.__getitem__))

    def step_of(self, name: str) -> Step:
        """The step that looks up the answer to a fact or question."""
        return Step("fact" if name in self.scheme.facts else "question", name)
