"""Which questions are put: of a criterion, and of a store. What the answers so far rule out is not asked."""

from collections.abc import Iterator

from greenstar.assessment.model import Visit
from greenstar.scheme.model import Scheme, Step
from greenstar.scoring.environment import Environment
from greenstar.scoring.score import work_out


def questions_put(scheme: Scheme, environment: Environment, criterion: str) -> list[str]:
    """The questions to put for a criterion: facts that it waits for, then its own questions that are asked here."""
    applies = environment.applies[criterion]
    if applies is False:
        return []
    facts = list(_missing_facts(scheme, environment, criterion))
    if applies is not True:
        return facts
    return [*facts, *(name for name in scheme.questions_of[criterion] if is_asked(scheme, environment, name))]


def facts_put(scheme: Scheme, visit: Visit) -> list[str]:
    """The facts that are asked of this store."""
    environment, _ = work_out(scheme, visit)
    return [
        name
        for name, fact in scheme.facts.items()
        if name in environment.values or fact.ask_if is None or environment.rule(fact.ask_if) is True
    ]


def is_asked(scheme: Scheme, environment: Environment, question: str) -> bool:
    """Whether a criterion's question is put, as its `ask_if` has it."""
    rule = scheme.questions[question].ask_if
    return rule is None or environment.rule(rule) is True


def _missing_facts(scheme: Scheme, environment: Environment, criterion: str) -> Iterator[str]:
    """Facts without an answer that the criterion's rules read, directly or through named quantities."""
    reads = scheme.read_by(*scheme.steps_of(criterion, checks=False))
    for name, fact in scheme.facts.items():
        unknown = Step("fact", name) in reads and name not in environment.values
        if unknown and (fact.ask_if is None or environment.rule(fact.ask_if) is True):
            yield name
