"""A visit as it would be: what is typed is scored in memory, and nothing is stored."""

from collections.abc import Iterator
from dataclasses import replace

from greenstar.assessment.model import Answer, Visit
from greenstar.scheme.model import Scheme
from greenstar.scoring.environment import Environment
from greenstar.scoring.score import work_out


def with_answer(visit: Visit, question: str, value: Answer | None) -> Visit:
    """The visit with one answer changed, or taken away."""
    answers = {name: answer for name, answer in visit.answers.items() if name != question}
    if value is not None:
        answers[question] = value
    return replace(visit, answers=answers)


def with_fact(visit: Visit, fact: str, value: Answer | None) -> Visit:
    """The visit with one fact changed, or taken away."""
    facts = {name: answer for name, answer in visit.facts.items() if name != fact}
    if value is not None:
        facts[fact] = value
    return replace(visit, facts=facts)


def asked(scheme: Scheme, visit: Visit, criterion: str) -> list[str]:
    """The questions to put for a criterion: facts that it waits for, then its own questions that are asked here."""
    environment, _ = work_out(scheme, visit)
    applies = environment.applies[criterion]
    if applies is False:
        return []
    facts = list(_missing_facts(scheme, environment, criterion))
    if applies is not True:
        return facts
    own = [name for name in scheme.questions_of[criterion] if _is_asked(scheme, environment, name)]
    return [*facts, *own]


def asked_facts(scheme: Scheme, visit: Visit) -> list[str]:
    """The facts that are asked of this store."""
    environment, _ = work_out(scheme, visit)
    return [
        name
        for name, fact in scheme.facts.items()
        if name in environment.values or fact.ask_if is None or environment.rule(fact.ask_if) is True
    ]


def _is_asked(scheme: Scheme, environment: Environment, name: str) -> bool:
    rule = scheme.questions[name].ask_if
    return rule is None or environment.rule(rule) is True


def _missing_facts(scheme: Scheme, environment: Environment, criterion: str) -> Iterator[str]:
    """Facts without an answer that the criterion's rules read, directly or through named quantities."""
    found = scheme.criteria[criterion]
    rules = [found.applies_if, found.met_if, scheme.rule_of_score(found)]
    rules += [question.ask_if for question in found.questions.values()]
    behind = scheme.names_behind(*(rule for rule in rules if rule is not None))
    for name, fact in scheme.facts.items():
        unknown = name in behind and name not in environment.values
        if unknown and (fact.ask_if is None or environment.rule(fact.ask_if) is True):
            yield name
