"""Peers: stores of one kind, by the facts that decide what applies to a store. They never change a score or a star.

A store is compared with those that have the same facts. Where these are too few, facts are left out one at a time, the
one that decides least points first, until five peers are there.
"""

import ast
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from greenstar.assessment.answer_types import type_of
from greenstar.assessment.model import Answer, Store, Visit
from greenstar.numbers import ZERO
from greenstar.scheme.document import Question
from greenstar.scheme.model import Scheme, Step
from greenstar.scheme.parts import points_of
from greenstar.scheme.rules.evaluation import Unknown
from greenstar.scheme.rules.expression import VISITED, Rule, source_of
from greenstar.scheme.rules.printing import printed
from greenstar.scoring.environment import Environment

LEAST_PEERS = 5
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

    `read`: for each trait the facts that it is told by; `by_day`: the day of the visit counts for one of them.
    """

    def __init__(self, scheme: Scheme) -> None:
        self.scheme = scheme
        self.traits = _traits(scheme)
        self._steps = [self._needed(trait) for trait in self.traits]
        self.read = [frozenset(step.id for step in steps if step.kind == "fact") for steps in self._steps]
        names = {name for trait in self.traits if trait.rule is not None for name in scheme.names_behind(trait.rule)}
        self.by_day = VISITED in names and not scheme.has_name(VISITED)

    def _needed(self, trait: Trait) -> list[Step]:
        """What must be worked out for a trait, in this order."""
        scheme = self.scheme
        names = {trait.id} if trait.rule is None else scheme.names_behind(trait.rule)
        known = [step for step in scheme.order if step.kind in ("fact", "value")]
        needed = scheme.needed_by(step for step in known if step.id in names)
        return [step for step in known if step in needed]

    def of(self, facts: Mapping[str, Answer], visited: date | None = None) -> Kind:
        """The kind of a store with these facts; `visited`: the day on which it was so."""
        return tuple(self.value(place, facts, visited) for place in range(len(self.traits)))

    def value(self, place: int, facts: Mapping[str, Answer], visited: date | None = None) -> bool | str | None:
        """What such a store is by the trait at that place."""
        environment = Environment(self.scheme, Visit(Store("", ""), visited=visited, facts=facts))
        for step in self._steps[place]:
            if step.kind == "fact":
                environment.fact(step.id)
            else:
                environment.value(step.id)
        trait = self.traits[place]
        if trait.rule is None:
            fact: bool | str | None = environment.values.get(trait.id)
            return fact
        holds: bool | Unknown = environment.rule(trait.rule)
        return None if isinstance(holds, Unknown) else holds


Alike = Callable[[int, Sequence[str]], Sequence[str]]
"""Those of some stores that are, by the trait at that place, what the store is whose peers are looked for."""


def peers_among(
    store: str,
    own: Kind,
    others: Sequence[str],
    traits: tuple[Trait, ...],
    alike: Alike,
    *,
    least: int = LEAST_PEERS,
) -> Peers:
    """The other stores of the store's kind, at least `least` where there are as many at all.

    What is not known of the store is not compared. Most points first is the order in which traits are asked for: where
    too few are left, this one and all that decide less are those that would have been left out.
    """
    compared = [place for place, value in enumerate(own) if value is not None]
    peers, kept = others, 0
    if len(others) >= least:
        for place in compared:
            fewer = alike(place, peers)
            if len(fewer) < least:
                break
            peers, kept = fewer, kept + 1
    return Peers(
        store,
        peers=tuple(peers),
        alike=tuple(traits[place] for place in compared[:kept]),
        dropped=tuple(traits[place] for place in reversed(compared[kept:])),
        kind={trait.id: value for trait, value in zip(traits, own, strict=True)},
    )


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
    for step in scheme.needed_by(steps):
        if step.kind == "fact":
            if _is_one_of_few(scheme.facts[step.id]):
                traits[step.id] = None
            continue
        rule = _rule_of(scheme, step)
        for node in _comparisons(rule.tree) if rule is not None else ():
            condition = Rule(source_of(node, rule.text)) if rule is not None else None
            if condition is not None and _is_of_figures(scheme, condition):
                traits[printed(condition)] = condition
    return traits


def _is_one_of_few(fact: Question) -> bool:
    """Whether a fact is compared as it is: it is a yes, a no or one option."""
    kind = type_of(fact)
    return kind.by_picking and not kind.several


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
    return not all(map(_is_one_of_few, facts))
