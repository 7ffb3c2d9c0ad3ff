"""What a criterion comes to, in people's words: questions by their text, not by the name that rules use."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from greenstar.i18n.phrase import Phrase, Quantity, Text
from greenstar.reports.views.figures import Figure, earned_figure
from greenstar.scheme.document import Criterion, Score
from greenstar.scheme.model import Scheme
from greenstar.scheme.parts import points_of
from greenstar.scoring.edges import of_value
from greenstar.scoring.scorecard import CriterionScore, Outcome, Scorecard


@dataclass(frozen=True)
class CriterionResult:
    """What a criterion has, in the points of the file, and why. `worth` is 0 for a prerequisite."""

    id: str
    title: Text
    outcome: Outcome
    prerequisite: bool
    earned: Figure
    worth: Figure
    reason: Phrase


def criterion_result(scheme: Scheme, score: CriterionScore) -> CriterionResult:
    """The result of one criterion; `earned` is unknown while it is open."""
    criterion = scheme.criteria[score.id]
    return CriterionResult(
        id=score.id,
        title=criterion.title,
        outcome=score.outcome,
        prerequisite=criterion.prerequisite,
        earned=Figure(None) if score.open else earned_figure(scheme, score),
        worth=Figure(points_of(criterion)),
        reason=worded(scheme, score.reason),
    )


def unearned(scheme: Scheme, card: Scorecard) -> list[CriterionResult]:
    """The answered criteria that lack points of the file, those that lack most first."""
    missing = {
        score.id: points_of(scheme.criteria[score.id]) - score.earned
        for score in card.criteria.values()
        if score.applies and not score.open
    }
    order = sorted((name for name, points in missing.items() if points > 0), key=lambda name: -missing[name])
    return [criterion_result(scheme, card.criteria[name]) for name in order]


@dataclass(frozen=True)
class Earnings:
    """What the answers of a criterion come to: its figure, what that earns, what would earn more, and why.

    A prerequisite, and what is open or does not apply, has a reason only.
    """

    figure: Quantity | None = None
    earns: Phrase | None = None
    more: Phrase | None = None
    reason: Phrase | None = None


def earnings(scheme: Scheme, score: CriterionScore) -> Earnings:
    """What is told of a criterion while it is answered. No reason repeats the figure."""
    criterion = scheme.criteria[score.id]
    reason = worded(scheme, score.reason)
    if score.open or not score.applies or criterion.prerequisite:
        return Earnings(reason=reason)
    figure = _figure(criterion, score.value)
    told = figure is not None or score.reason.key == "scoring.is_points"
    return Earnings(
        figure=figure,
        earns=Phrase("scoring.earns", points=earned_figure(scheme, score).quantity, available=points_of(criterion)),
        more=_next_step(criterion, score.earned),
        reason=None if told else reason,
    )


def _figure(criterion: Criterion, value: Any) -> Quantity | None:
    score = criterion.score
    if score is None or score.unit is None or not isinstance(value, Fraction):
        return None
    return Quantity(value, score.unit, of_value(score))


def _next_step(criterion: Criterion, earned: Fraction) -> Phrase | None:
    """The nearest edge that would earn more."""
    score = criterion.score
    step = _next_edge(score, earned) if score is not None else None
    if score is None or step is None:
        return None
    key = "scoring.at_least_earns" if score.at_most is None else "scoring.at_most_earns"
    return Phrase(key, edge=Quantity(step[0], score.unit), points=step[1])


def _next_edge(score: Score, earned: Fraction) -> tuple[Fraction, Fraction] | None:
    better = [step for step in score.at_least or () if step[1] > earned]
    if better:
        return better[0]
    better = [step for step in score.at_most or () if step[1] > earned]
    if better:
        return better[-1]
    line = score.linear or ()
    better = [step for step in line if step[1] > earned]
    return better[0] if better and line[0][1] < line[-1][1] else None


def worded(scheme: Scheme, reason: Phrase) -> Phrase:
    """A reason with the words of a question in place of the name that rules use for it."""
    return Phrase(reason.key, **{name: _worded(scheme, name, value) for name, value in reason.values.items()})


def _worded(scheme: Scheme, name: str, value: Any) -> Any:
    if isinstance(value, Phrase):
        return worded(scheme, value)
    if name == "name" and isinstance(value, str):
        return words_for(scheme, value) or value
    return value


def words_for(scheme: Scheme, name: str) -> Text | None:
    """What people call the fact, question or value of that name."""
    question = scheme.facts.get(name) or scheme.questions.get(name)
    if question is not None:
        return question.ask
    return scheme.values[name].title if name in scheme.values else None


def asked_at(scheme: Scheme, reason: Phrase) -> str:
    """The criterion at which the question that a reason speaks of is asked; empty where it speaks of none."""
    for name, value in reason.values.items():
        if isinstance(value, Phrase):
            return asked_at(scheme, value)
        if name == "name" and value in scheme.criterion_of:
            return scheme.criterion_of[value]
    return ""
