"""The checks of criteria over the answers: `refuse` stops an answer, `warn` asks for a note."""

from collections.abc import Iterator
from dataclasses import dataclass

from greenstar.assessment.answer_types import answer_type
from greenstar.assessment.model import Visit
from greenstar.i18n.phrase import Phrase, Text
from greenstar.scheme.model import Scheme
from greenstar.scoring.environment import Environment
from greenstar.scoring.score import Worked, work_out


@dataclass(frozen=True)
class Complaint:
    """What a check found in the answers of a criterion; `questions` are those of its rule's names asked there."""

    criterion: str
    refuse: bool
    because: Text | Phrase
    questions: tuple[str, ...] = ()


def complaints(scheme: Scheme, visit: Visit, worked: Worked | None = None) -> list[Complaint]:
    """All that the checks of criteria that apply find, and figures outside what is usual, in the scheme's order.

    `worked` is what `work_out` gave for the same visit, where it is at hand.
    """
    environment, scores = worked or work_out(scheme, visit)
    all_complaints: list[Complaint] = []
    for name, score in scores.items():
        if score.applies:
            all_complaints.extend(of_criterion(scheme, environment, name))
    return all_complaints


def of_criterion(scheme: Scheme, environment: Environment, name: str) -> Iterator[Complaint]:
    """What the checks of one criterion that applies find, and its figures outside what is usual."""
    own = scheme.questions_of[name]
    for check in scheme.criteria[name].checks:
        rule = check.refuse if check.refuse is not None else check.warn
        assert rule is not None
        if environment.rule(rule) is True:
            involved = tuple(question for question in own if question in scheme.names_behind(rule))
            yield Complaint(name, check.refuse is not None, check.because, involved)
    for question, content in own.items():
        if question in environment.values:
            warning = answer_type(scheme, content).warning(environment.visit.answers[question])
            if warning is not None:
                yield Complaint(name, False, warning, (question,))
