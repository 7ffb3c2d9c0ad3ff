"""Peers: stores of one kind, by the facts that decide what applies to a store. They never change a score or a star.

A store is compared with those that have the same facts. Where these are too few, facts are left out one at a time, the
one that decides least points first, until five peers are there.
"""

import ast
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from greenstar.assessment.model import Answer, Store, Visit
from greenstar.numbers import ZERO
from greenstar.scheme.model import Scheme, Step, points_of
from greenstar.scheme.rules.evaluation import Unknown
from greenstar.scheme.rules.expression import VISITED, Rule, source_of
from greenstar.scheme.rules.printing import printed
from greenstar.scoring.environment import Environment

LEAST_PEERS = 5
_COMPARED_AS_THEY_ARE = ("boolean", "choice")
Kind = tuple[bool | str | None, ...]
"""What a store is by each trait, in the order of the traits; None: not known, or not asked."""


@dataclass(frozen=True)
class Trait:
    """What a store is, as far as it decides what applies to it.

    A fact that is answered by yes or no or by an option; or (`rule`) a condition on other facts, as `rain_mm >= 400`:
    figures are compared by what they decide. `points` are those of the file of the criteria whose applying hangs on
    it; `asked_points` those of the criteria in which it decides no more than whether a question is asked.
    """

    id: str
    rule: Rule | None
    points: Fraction
    asked_points: Fraction


@dataclass(frozen=True)
class Peers:
    """The peers of a store, by code and without itself. `alike`: the traits that all of them share with it.

    `dropped`: the traits that were left out, in that order; `kind` is the store's own, by trait. There are fewer than
    five peers only where there are fewer other stores.
    """

    store: str
    peers: tuple[str, ...]
    alike: tuple[Trait, ...]
    dropped: tuple[Trait, ...]
    kind: Mapping[str, bool | str | None]


class Kinds:
    """Tells what kind a store is, under one scheme. `traits`: those that decide most points first.

    `read`: the facts that a kind is told by; `by_day`: the day of the visit counts as well.
    """

    def __init__(self, scheme: Scheme) -> None:
        self.scheme = scheme
        self.traits = _traits(scheme)
        rules = [trait.rule for trait in self.traits if trait.rule is not None]
        names = {trait.id for trait in self.traits}.union(*(scheme.names_behind(rule) for rule in rules))
        known = [step for step in scheme.order if step.kind in ("fact", "value")]
        needed = _reached(scheme, (step for step in known if step.id in names))
        self._steps = [step for step in known if step in needed]
        self.read = frozenset(step.id for step in self._steps if step.kind == "fact")
        self.by_day = VISITED in names and not scheme.has_name(VISITED)

    def of(self, facts: Mapping[str, Answer], visited: date | None = None) -> Kind:
        """The kind of a store with these facts; `visited`: the day on which it was so."""
        environment = Environment(self.scheme, Visit(Store("", ""), visited=visited, facts=facts))
        for step in self._steps:
            if step.kind == "fact":
                environment.fact(step.id)
            else:
                environment.value(step.id)
        return tuple(self._value(trait, environment) for trait in self.traits)

    @staticmethod
    def _value(trait: Trait, environment: Environment) -> bool | str | None:
        if trait.rule is None:
            fact: bool | str | None = environment.values.get(trait.id)
            return fact
        holds: bool | Unknown = environment.rule(trait.rule)
        return None if isinstance(holds, Unknown) else holds


def peers_of(store: str, kinds: Mapping[str, Kind], traits: tuple[Trait, ...], least: int = LEAST_PEERS) -> Peers:
    """The stores of the store's kind, at least `least` where there are as many others at all.

    `kinds`: of all stores by code, the store itself among them. What is not known of the store is not compared.
    """
    own = kinds[store]
    compared = [place for place, value in enumerate(own) if value is not None]
    shared = {code: _shared(own, kind, compared) for code, kind in kinds.items() if code != store}
    most = sorted(shared.values(), reverse=True)
    kept = most[least - 1] if len(most) >= least else 0
    return Peers(
        store,
        peers=tuple(code for code, count in shared.items() if count >= kept),
        alike=tuple(traits[place] for place in compared[:kept]),
        dropped=tuple(traits[place] for place in reversed(compared[kept:])),
        kind={trait.id: value for trait, value in zip(traits, own, strict=True)},
    )


def _shared(own: Kind, other: Kind, compared: list[int]) -> int:
    """How many traits, from the first on, are the same without one between that is not."""
    return next((count for count, place in enumerate(compared) if own[place] != other[place]), len(compared))


def _traits(scheme: Scheme) -> tuple[Trait, ...]:
    """The traits of a scheme, those that decide most points first, else in the order of the file."""
    rules: dict[str, Rule | None] = {}
    points: dict[str, Fraction] = defaultdict(Fraction)
    asked_points: dict[str, Fraction] = defaultdict(Fraction)
    for criterion in scheme.criteria.values():
        applies = _deciding(scheme, [Step("applies", criterion.id)])
        asked = _deciding(scheme, [Step("question", name) for name in scheme.questions_of[criterion.id]])
        rules |= applies | asked
        for name in applies:
            points[name] += points_of(criterion)
        for name in asked.keys() - applies.keys():
            asked_points[name] += points_of(criterion)
    in_file = {name: place for place, name in enumerate(scheme.facts)}
    order = sorted(rules, key=lambda name: (-points[name], -asked_points[name], in_file.get(name, len(in_file)), name))
    return tuple(Trait(name, rules[name], points.get(name, ZERO), asked_points.get(name, ZERO)) for name in order)


def _deciding(scheme: Scheme, steps: Iterable[Step]) -> dict[str, Rule | None]:
    """The traits that these steps need, directly or through named quantities and answers, with their conditions."""
    traits: dict[str, Rule | None] = {}
    for step in _reached(scheme, steps):
        if step.kind == "fact":
            if scheme.facts[step.id].type in _COMPARED_AS_THEY_ARE:
                traits[step.id] = None
            continue
        rule = _rule_of(scheme, step)
        for node in _comparisons(rule.tree) if rule is not None else ():
            condition = Rule(source_of(node, rule.text)) if rule is not None else None
            if condition is not None and _is_of_figures(scheme, condition):
                traits[printed(condition)] = condition
    return traits


def _reached(scheme: Scheme, steps: Iterable[Step]) -> set[Step]:
    """These steps and all that they need in turn."""
    reached: set[Step] = set()
    waiting = list(steps)
    while waiting:
        step = waiting.pop()
        if step not in reached:
            reached.add(step)
            waiting += scheme.needs[step]
    return reached


def _rule_of(scheme: Scheme, step: Step) -> Rule | None:
    """The rule by which something applies, is asked or is worked out."""
    if step.kind == "applies":
        return scheme.criteria[step.id].applies_if
    if step.kind == "value":
        return scheme.values[step.id].of
    return scheme.questions[step.id].ask_if if step.kind == "question" else None


def _comparisons(node: ast.AST) -> Iterator[ast.Compare]:
    """The comparisons of which a condition is made."""
    if isinstance(node, ast.Compare):
        yield node
    elif isinstance(node, ast.BoolOp | ast.UnaryOp | ast.IfExp):
        for part in ast.iter_child_nodes(node):
            yield from _comparisons(part)


def _is_of_figures(scheme: Scheme, condition: Rule) -> bool:
    """Whether a condition can be told from facts alone, and at least one of them is not compared as it is."""
    names = scheme.names_behind(condition)
    if condition.look_ups or condition.chosen or not names <= {*scheme.facts, *scheme.values, VISITED}:
        return False
    facts = [scheme.facts[name] for name in names & scheme.facts.keys()]
    return any(fact.type not in _COMPARED_AS_THEY_ARE for fact in facts)
