"""Criteria by how far two assessors agree on them, and those that tell no store from another."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from greenstar.assessment.calculated import without_formula
from greenstar.assessment.model import Answer
from greenstar.ranking.agreement.alpha import Alpha, Measure, alpha
from greenstar.scheme.model import Scheme
from greenstar.scheme.question_types import is_figure, is_in_words
from greenstar.scoring.scorecard import CriterionScore, Outcome
from greenstar.services.agreement.double_visits import Assessed, DoubleVisit
from greenstar.storage.protocols.double_visits import EarnedRow

LEAST_STORES = 5
"""Of a criterion that came out alike at fewer stores nothing can be said."""


class Basis(StrEnum):
    """What two assessors are compared by: their answers, what these earned, or whether the criterion is met."""

    ANSWER = "answer"
    POINTS = "points"
    OUTCOME = "outcome"


@dataclass(frozen=True)
class QuestionAgreement:
    """How far they agree on one question; `differing`: the stores at which their answers differ."""

    question: str
    measure: Measure
    alpha: Alpha
    differing: int


@dataclass(frozen=True)
class CriterionAgreement:
    """How far they agree on a criterion.

    `stores`: at how many two assessors said anything of it; at `differing` of them not the same, and at
    `earning_differently` so that it came to other points, or was met by one and not by the other.
    """

    criterion: str
    basis: Basis
    measure: Measure
    alpha: Alpha
    stores: int
    differing: int
    earning_differently: int
    questions: tuple[QuestionAgreement, ...]


def agreement_on_criteria(scheme: Scheme, doubles: Sequence[DoubleVisit]) -> tuple[CriterionAgreement, ...]:
    """Of each criterion; those that they differ about most come first, those that nobody assessed twice at the end."""
    return tuple(sorted((_of_criterion(scheme, name, doubles) for name in scheme.criteria), key=_most_different))


def _most_different(criterion: CriterionAgreement) -> tuple[bool, Fraction, Fraction]:
    stores = max(criterion.stores, 1)
    differing = -Fraction(criterion.earning_differently, stores), -Fraction(criterion.differing, stores)
    return not criterion.stores, *differing


def _of_criterion(scheme: Scheme, name: str, doubles: Sequence[DoubleVisit]) -> CriterionAgreement:
    said = [[_statement(assessment, name) for assessment in double.assessed] for double in doubles]
    given = [[statement for statement in of_store if statement.anything] for of_store in said]
    compared = [of_store for of_store in given if len(of_store) > 1 and not all(map(_by_rule, of_store))]
    questions = tuple(_of_question(scheme, question, compared) for question in scheme.questions_of[name])
    basis, measure = _basis(scheme, name)
    if basis is Basis.ANSWER:
        (coefficient,) = (question.alpha for question in questions)
    else:
        coefficient = alpha(_units(compared, _EARNED[basis]), measure)
    return CriterionAgreement(
        criterion=name,
        basis=basis,
        measure=measure,
        alpha=coefficient,
        stores=len(compared),
        differing=sum(map(_differ, compared)),
        earning_differently=sum(map(_earn_differently, compared)),
        questions=questions,
    )


# -- what was said of a criterion ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Statement:
    """What one assessor said of a criterion: the answers to what was asked, whether it applies, and what it came to."""

    answers: dict[str, Hashable]
    score: CriterionScore

    @property
    def anything(self) -> bool:
        """Whether anything was said: it was answered in part at least, or taken out."""
        return bool(self.answers) or not self.score.applies

    @property
    def decided(self) -> bool:
        """Whether it is clear what it comes to."""
        return not self.score.open


def _statement(assessment: Assessed, name: str) -> _Statement:
    worked = assessment.worked
    given, score = worked.visit.answers, worked.scorecard.criteria[name]
    asked = assessment.asked.intersection(worked.scheme.questions_of[name], given)
    return _Statement({question: _comparable(given[question]) for question in asked}, score)


def _comparable(answer: Answer) -> Hashable:
    """An answer by what it says: not in which order options were ticked, nor how a number was calculated."""
    return frozenset(answer) if isinstance(answer, tuple) else without_formula(answer)


def _by_rule(statement: _Statement) -> bool:
    """Whether nobody had a say in it: its rule takes it out."""
    return not statement.score.applies and not statement.score.excused


def _differ(of_store: Sequence[_Statement]) -> bool:
    """Whether one says that it applies and another not, or answers to a question differ."""
    if len({(statement.score.applies, statement.score.excused) for statement in of_store}) > 1:
        return True
    questions = {question for statement in of_store for question in statement.answers}
    return any(len(set(_answers(of_store, question))) > 1 for question in questions)


def _answers(of_store: Iterable[_Statement], question: str) -> list[Hashable]:
    return [statement.answers[question] for statement in of_store if question in statement.answers]


def _earn_differently(of_store: Sequence[_Statement]) -> bool:
    decided = [statement.score for statement in of_store if statement.decided]
    return len({(score.outcome, score.earned) for score in decided}) > 1


# -- alpha -----------------------------------------------------------------------------------------------------------


def _basis(scheme: Scheme, name: str) -> tuple[Basis, Measure]:
    """A criterion of one question goes by its answer; one of several by its points, a gate by whether it is met.

    So does one in own words, which two people never write the same.
    """
    questions = list(scheme.questions_of[name])
    if len(questions) == 1 and not is_in_words(scheme.questions[questions[0]]):
        return Basis.ANSWER, _measure(scheme, questions[0])
    if scheme.criteria[name].points:
        return Basis.POINTS, Measure.INTERVAL
    return Basis.OUTCOME, Measure.NOMINAL


def _measure(scheme: Scheme, question: str) -> Measure:
    return Measure.INTERVAL if is_figure(scheme.questions[question]) else Measure.NOMINAL


def _of_question(scheme: Scheme, question: str, compared: Sequence[Sequence[_Statement]]) -> QuestionAgreement:
    answers = [_answers(of_store, question) for of_store in compared]
    measure = _measure(scheme, question)
    differing = sum(len(set(of_store)) > 1 for of_store in answers)
    return QuestionAgreement(question, measure, alpha(answers, measure), differing)


_EARNED: dict[Basis, Callable[[CriterionScore], Hashable]] = {
    Basis.POINTS: lambda score: score.earned,
    Basis.OUTCOME: lambda score: score.outcome,
}


def _units(
    compared: Sequence[Sequence[_Statement]], value: Callable[[CriterionScore], Hashable]
) -> list[list[Hashable]]:
    """What the criterion came to, store by store, where it applies."""
    return [
        [value(statement.score) for statement in of_store if statement.decided and statement.score.applies]
        for of_store in compared
    ]


# -- what never varies -----------------------------------------------------------------------------------------------


def never_varying(scheme: Scheme, earned: Iterable[EarnedRow]) -> dict[str, int]:
    """The criteria with points that came out alike at every store where they apply, and at how many that is."""
    shares: dict[str, set[Fraction]] = defaultdict(set)
    stores: dict[str, int] = defaultdict(int)
    for row in earned:
        available = Fraction(row.available)
        if row.outcome in (Outcome.MET, Outcome.PARTLY_MET, Outcome.NOT_MET) and available:
            shares[row.criterion].add(Fraction(row.points) / available)
            stores[row.criterion] += row.visits
    return {
        name: stores[name]
        for name, criterion in scheme.criteria.items()
        if criterion.points and len(shares[name]) == 1 and stores[name] >= LEAST_STORES
    }
