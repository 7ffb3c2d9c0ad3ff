"""What a scheme has of a name that somebody gave; where it has nothing, the nearest name is told."""

from greenstar.errors import BadInput
from greenstar.scheme.document import Fact, Question
from greenstar.scheme.model import Scheme
from greenstar.scheme.suggestions import sentence_end


def question_named(scheme: Scheme, name: str) -> Question:
    """The question of that name. BadInput: there is none."""
    question = scheme.questions.get(name)
    if question is None:
        raise BadInput("storage.unknown_question", name=name, hint=sentence_end(name, scheme.questions))
    return question


def fact_named(scheme: Scheme, name: str) -> Fact:
    """The fact of that name. BadInput: there is none."""
    fact = scheme.facts.get(name)
    if fact is None:
        raise BadInput("storage.unknown_fact", name=name, hint=sentence_end(name, scheme.facts))
    return fact


def refuse_unknown_criterion(scheme: Scheme, name: str) -> None:
    """Refuse (BadInput) the name of a criterion that the scheme does not have."""
    if name not in scheme.criteria:
        raise BadInput("storage.unknown_criterion", name=name, hint=sentence_end(name, scheme.criteria))
