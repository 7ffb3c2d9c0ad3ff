"""What does not decompose: rules that read the points of other criteria, so that one step moves more than its own."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from greenstar.numbers import ONE, ZERO
from greenstar.ranking.ways.demands import Demands
from greenstar.ranking.ways.ladders import Ladder, Rung
from greenstar.scheme.model import Scheme, Step
from greenstar.scheme.parts import points_of, rules_of
from greenstar.scheme.rules.expression import RESULT_NAMES, Rule
from greenstar.scoring.graph import Graph
from greenstar.scoring.groups import redistributed
from greenstar.scoring.score import Worked, standing_of
from greenstar.scoring.scorecard import Outcome
from greenstar.scoring.standing import Standing


@dataclass(frozen=True)
class Coupling:
    """What moves when criteria are improved, besides these themselves: the steps of scoring that come out otherwise."""

    scheme: Scheme
    steps: frozenset[Step] = frozenset()

    @cached_property
    def moved(self) -> frozenset[str]:
        """The criteria whose points may change."""
        return frozenset(step.id for step in self.steps if step.kind in ("criterion", "applies"))

    @cached_property
    def unsure(self) -> frozenset[str]:
        """The criteria of which it may change whether they apply."""
        return frozenset(step.id for step in self.steps if step.kind == "applies")

    def moves(self, rule: Rule) -> bool:
        """Whether the value of a level's rule may change."""
        scheme = self.scheme
        if rule.look_ups or any(name in RESULT_NAMES and not scheme.has_name(name) for name in rule.names):
            return True
        reads = scheme.names_behind(rule)
        return any(step.id in reads for step in self.steps)

    def rules(self, demands: Demands) -> tuple[str, ...]:
        """The rules, as they are written, that cannot be planned."""
        reading = [rule for criterion in self.scheme.criteria.values() for rule in rules_of(criterion)]
        reading += [value.of for value in self.scheme.values.values()]
        texts = [rule.text for rule in demands.rules if self.moves(rule)]
        texts += [rule.text for rule in reading if rule.look_ups] if self.steps else []
        return tuple(dict.fromkeys(texts))


def coupling_of(scheme: Scheme, ladders: Mapping[str, Ladder]) -> Coupling:
    """What moves when any of the criteria that can be improved is."""
    if not scheme.looked_up:
        return Coupling(scheme)
    graph = Graph(scheme)
    improved = [name for name, ladder in ladders.items() if len(ladder.rungs) > 1]
    steps = {step for name in improved for step in graph.after(Step("criterion", name))[1:]}
    return Coupling(scheme, frozenset(step for step in steps if step.kind != "group"))


def at_their_best(standing: Standing, coupling: Coupling) -> Standing:
    """The visit with all that may move met in full: no way can make more of it, whatever moves."""
    if not coupling.moved:
        return standing
    scheme = standing.scheme
    scores = {name: replace(score) for name, score in standing.scores.items()}
    for name, score in scores.items():
        score.points = score.earned
        score.available = points_of(scheme.criteria[name]) if score.applies else ZERO
        if name in coupling.moved:
            worth = points_of(scheme.criteria[name])
            score.outcome, score.points, score.available = Outcome.MET, worth, worth
            score.earned = score.best = worth
    for group in scheme.groups.values():
        redistributed(scheme, group, scores)
    return standing_of(scheme, standing.visit, Worked(standing.environment, scores))


def ladders_at_best(scheme: Scheme, coupling: Coupling, ladders: Mapping[str, Ladder]) -> dict[str, Ladder]:
    """The ladders with all that may move on its highest rung where it stands."""
    moved = {}
    for name in coupling.moved:
        worth = points_of(scheme.criteria[name])
        highest = Rung(worth, ZERO, met=True, share=ONE if worth else ZERO)
        climbs = ladders[name].rungs[1:] if name in ladders else ()
        moved[name] = Ladder(name, False, (highest, *climbs))
    return {**ladders, **moved}
