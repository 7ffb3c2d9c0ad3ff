"""How one criterion earns points: its outcome, its points, and the reason in words."""

from fractions import Fraction
from itertools import pairwise
from typing import Any

from greenstar.assessment.answer_types import type_of
from greenstar.i18n.phrase import Phrase, Quantity
from greenstar.numbers import ZERO, is_too_large
from greenstar.scheme.document import Criterion, Score
from greenstar.scheme.fields import Steps
from greenstar.scheme.model import Scheme
from greenstar.scheme.parts import points_of
from greenstar.scheme.question_types import is_yes_no
from greenstar.scheme.rules.evaluation import Unknown
from greenstar.scoring.edges import of_criterion, of_value
from greenstar.scoring.environment import Environment
from greenstar.scoring.scorecard import CriterionScore, Outcome
from greenstar.text import excerpt


def score_criterion(criterion: Criterion, environment: Environment) -> CriterionScore:
    """The criterion's outcome and points, as the file counts them."""
    applies = environment.applies[criterion.id]
    points = points_of(criterion)
    if applies is False:
        return _not_applicable(criterion, environment)
    if isinstance(applies, Unknown):
        return _open(criterion, points, applies.reason)
    if criterion.id in environment.undecided:
        return _open(criterion, points, Phrase("scoring.question_undecided"))
    if criterion.prerequisite:
        return _prerequisite(criterion, environment)
    if criterion.score is None:
        return _plain(criterion, points, environment)
    rule = environment.scheme.rule_of_score(criterion)
    assert rule is not None
    value = environment.rule(rule)
    if isinstance(value, Unknown):
        if value.open or criterion.id in environment.missing:
            return _open(criterion, points, value.reason)
        return _earning_nothing(criterion, points, value.reason)
    earned, reason = _worth(environment.scheme, criterion, criterion.score, value)
    if is_too_large(earned):
        return _earning_nothing(criterion, points, Phrase("evaluation.too_large", what=excerpt(rule.text)))
    return _scored(criterion, earned, points, reason, value)


def _not_applicable(criterion: Criterion, environment: Environment) -> CriterionScore:
    """By the assessor's word with a reason, or by `applies_if`. The policy has its say in the group."""
    excused = environment.marked(criterion) and environment.applies_by_rule(criterion) is not False
    why = environment.visit.not_applicable.get(criterion.id)
    reason = Phrase("scoring.marked_not_applicable", why=why) if excused else Phrase("scoring.does_not_apply")
    return CriterionScore(criterion.id, Outcome.NOT_APPLICABLE, ZERO, ZERO, ZERO, ZERO, reason, excused=excused)


def _open(criterion: Criterion, points: Fraction, reason: Phrase) -> CriterionScore:
    return CriterionScore(criterion.id, Outcome.NOT_ANSWERED, ZERO, points, ZERO, points, reason)


def _earning_nothing(criterion: Criterion, points: Fraction, reason: Phrase) -> CriterionScore:
    """Nothing asked is missing, and still there is no figure."""
    return _scored(criterion, ZERO, points, Phrase("scoring.not_computable", why=reason))


def _scored(
    criterion: Criterion, earned: Fraction, points: Fraction, reason: Phrase, value: Any = None
) -> CriterionScore:
    outcome = Outcome.MET if earned >= points else Outcome.PARTLY_MET if earned > 0 else Outcome.NOT_MET
    return CriterionScore(criterion.id, outcome, earned, points, earned, earned, reason, value)


def _prerequisite(criterion: Criterion, environment: Environment) -> CriterionScore:
    """`met_if` says it; else one false boolean fails it, a missing one leaves it open."""
    if criterion.met_if is not None:
        met = environment.rule(criterion.met_if)
        if isinstance(met, Unknown):
            if met.open or criterion.id in environment.missing:
                return _open(criterion, ZERO, met.reason)
            return _gate(criterion, False, Phrase("scoring.not_computable", why=met.reason))
        return _gate(criterion, met, Phrase("scoring.gate_met" if met else "scoring.gate_not_met"))
    missing = None
    for name, question in environment.scheme.questions_of[criterion.id].items():
        if not is_yes_no(question):
            continue
        answer = environment.values.get(name)
        if answer is False:
            return _gate(criterion, False, Phrase("scoring.gate_no", question=question.ask))
        if answer is None and environment.absent[name].open:
            missing = missing or environment.absent[name].reason
    if missing is not None:
        return _open(criterion, ZERO, missing)
    return _gate(criterion, True, Phrase("scoring.gate_met"))


def _gate(criterion: Criterion, met: bool, reason: Phrase) -> CriterionScore:
    return CriterionScore(criterion.id, Outcome.MET if met else Outcome.NOT_MET, ZERO, ZERO, ZERO, ZERO, reason, met)


def _plain(criterion: Criterion, points: Fraction, environment: Environment) -> CriterionScore:
    """Without `score`: the points of the ticked options add up, or the only boolean earns all."""
    earned, labels, graded = ZERO, [], False
    questions = environment.scheme.questions_of[criterion.id]
    for name, question in questions.items():
        options = environment.scheme.options(question)
        if not any(option.points is not None for option in options.values()):
            continue
        graded = True
        if name not in environment.values:
            if environment.absent[name].open:
                return _open(criterion, points, environment.absent[name].reason)
            continue
        for ticked in type_of(question).ticked(environment.values[name]):
            earned += options[ticked].points or ZERO
            labels.append(options[ticked].label)
    if graded:
        reason = Phrase("scoring.ticked", labels=labels) if labels else Phrase("scoring.nothing_ticked")
        return _scored(criterion, max(ZERO, min(earned, points)), points, reason, earned)
    name = next(name for name, question in questions.items() if is_yes_no(question))
    if name not in environment.values:
        absent = environment.absent[name]
        return (_open if absent.open else _earning_nothing)(criterion, points, absent.reason)
    yes = environment.values[name]
    return _scored(criterion, points if yes else ZERO, points, Phrase("scoring.yes" if yes else "scoring.no"))


# -- from a value to points --------------------------------------------------------------------------------------


def _worth(scheme: Scheme, criterion: Criterion, score: Score, value: Fraction) -> tuple[Fraction, Phrase]:
    """The points that a value earns, held to 0 … those of the criterion, and why."""
    points = points_of(criterion)
    if score.at_least is not None:
        return _at_least(score, score.at_least, value)
    if score.at_most is not None:
        return _at_most(score, score.at_most, value)
    if score.linear is not None:
        earned = max(ZERO, min(interpolated(score.linear, value), points))
        return earned, Phrase("scoring.on_line", value=Quantity(value, score.unit, of_value(score)))
    return max(ZERO, min(value, points)), Phrase(
        "scoring.is_points", value=Quantity(value, score.unit, of_criterion(scheme, criterion.id))
    )


def _at_least(score: Score, steps: Steps, value: Fraction) -> tuple[Fraction, Phrase]:
    reached = None
    for step in steps:
        if value < step[0]:
            shown = Quantity(value, score.unit, (step[0],))
            break
        reached = step
    else:
        shown = Quantity(value, score.unit)
    if reached is None:
        return ZERO, Phrase("scoring.below", value=shown, edge=Quantity(steps[0][0], score.unit, as_written=True))
    return reached[1], Phrase("scoring.at_least", value=shown, edge=Quantity(reached[0], score.unit, as_written=True))


def _at_most(score: Score, steps: Steps, value: Fraction) -> tuple[Fraction, Phrase]:
    missed: tuple[Fraction, ...] = ()
    for edge, worth in steps:
        if value <= edge:
            shown = Quantity(value, score.unit, missed)
            return worth, Phrase("scoring.at_most", value=shown, edge=Quantity(edge, score.unit, as_written=True))
        missed = (edge,)
    shown = Quantity(value, score.unit, missed)
    return ZERO, Phrase("scoring.above", value=shown, edge=Quantity(steps[-1][0], score.unit, as_written=True))


def interpolated(line: Steps, value: Fraction) -> Fraction:
    """The points on straight lines between the given ones; flat outside."""
    if value <= line[0][0]:
        return line[0][1]
    for (x0, y0), (x1, y1) in pairwise(line):
        if value <= x1:
            return y0 + (y1 - y0) * (value - x0) / (x1 - x0)
    return line[-1][1]
