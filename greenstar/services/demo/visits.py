"""Invented visits: plausible, labelled, and the same for the same seed. They are made from the questions themselves.

A model visit gives the orders of magnitude. Which way is better is measured, not listed: each of its answers is
changed, and the score says whether that helped. A store of some quality then gets better or worse answers, question by
question.
"""

import math
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from random import Random
from typing import Any, NamedTuple

from greenstar.assessment.answer_types import answer_type
from greenstar.assessment.model import Answer, Evidence, Visit
from greenstar.scheme.document import Question
from greenstar.scheme.model import Scheme
from greenstar.scheme.parts import limits
from greenstar.scheme.question_types import is_figure, is_percent
from greenstar.scoring.checks import Complaint, complaints
from greenstar.scoring.groups import Tally, now
from greenstar.scoring.incremental import incremental_of
from greenstar.scoring.score import Worked, work_out
from greenstar.services.demo.following import FOLLOWING, following_figures

# Amounts that grow with a store; a temperature or a share does not.
SIZED = frozenset(("m²", "m³", "kWh", "kWp", "kg", "L", "W", "vehicles", "cars", "pcs", "bins", "spaces", "people"))
_MODEL_QUALITY = 0.85  # how good the model visit counts for
_ATTEMPTS, _GENTLY = 200, 12
_SMALLER = (1.0, 1.0, 0.6, 0.3, 0.1, 0.0)
_NOTE = "Synthetic note: figure confirmed with the store · 合成备注：已与门店核实"


class Draw(NamedTuple):
    """What an answer is drawn with: how well the store does here (0 to 1), and its size in those of the model."""

    random: Random
    mood: float
    size: float


class Inventor:
    """Invents visits to stores under one scheme, from a model visit and others like it."""

    def __init__(self, scheme: Scheme, models: list[Visit]) -> None:
        self.scheme = scheme
        self.model = models[0]
        self.worked = work_out(scheme, self.model)
        self.known: dict[str, Answer] = {}
        for visit in reversed(models):  # the first model has the last word
            self.known |= visit.answers
        self.kinds = {name: self._kinds(name, question) for name, question in scheme.questions.items()}
        self.better = {name: self._better(name, question) for name, question in scheme.questions.items()}

    # -- which way is better -------------------------------------------------------------------------------------

    def _better(self, name: str, question: Question) -> list[Answer] | float:
        """Answers from worst to best; of a number whether more is better (1), worse (-1), or neither (0)."""
        ladder = answer_type(self.scheme, question).ladder()
        return self._ordered(name, ladder) if ladder else self._slope(name, question)

    def _ordered(self, name: str, values: list[Answer]) -> list[Answer]:
        """Values by the score of the model visit with them; those that change nothing keep the model's own."""
        totals = [(self._score_with(name, value), index) for index, value in enumerate(values)]
        if len({total for total, _ in totals}) == 1:
            own = self.known.get(name, values[-1])
            return [own]
        return [values[index] for _, index in sorted(totals)]

    def _kinds(self, name: str, question: Question) -> list[Answer]:
        """The options of a choice that decide what else can be earned: they say what a store is, not how good it is.

        The best of all stores would otherwise wash cars in the one way of which the least is asked.
        """
        if question.type != "choice":
            return []
        ladder = answer_type(self.scheme, question).ladder()
        return ladder if len({self._available_with(name, value) for value in ladder}) > 1 else []

    def _available_with(self, name: str, value: Answer) -> Fraction:
        changed = replace(self.model, answers={**self.model.answers, name: value})
        scores = incremental_of(self.scheme).after(self.worked, changed, name).scores.values()
        return sum((score.available for score in scores if score.applies), Fraction(0))

    def _slope(self, name: str, question: Question) -> float:
        value: Any = self.known.get(name)
        if value is None or not is_figure(question):
            return 0.0
        with_less, with_more = (self._score_with(name, value * factor) for factor in (Fraction(3, 5), Fraction(8, 5)))
        return float((with_more > with_less) - (with_more < with_less))

    def _score_with(self, name: str, value: Answer) -> tuple[int, Fraction]:
        """How good the model visit would be with another answer: whether its gates hold, then its points."""
        changed = replace(self.model, answers={**self.model.answers, name: value})
        scores = incremental_of(self.scheme).after(self.worked, changed, name).scores
        gates = sum(scores[name].outcome == "met" for name in scores if self.scheme.criteria[name].prerequisite)
        return gates, Tally(self.scheme, scores, now).add_up().total or Fraction(0)

    # -- inventing -----------------------------------------------------------------------------------------------

    def visit(self, random: Random, header: Visit, quality: float, size: float) -> Visit:
        """A full visit to a store of that quality (0 to 1), so many times as large as the model's."""
        moods = {name: _clip(random.gauss(quality, 0.16)) for name in self.scheme.criteria}
        answers: dict[str, Answer] = {}
        for name, question in self.scheme.questions.items():
            if name in FOLLOWING:
                continue
            criterion = self.scheme.criterion_of[name]
            gate = self.scheme.criteria[criterion].prerequisite
            mood = _gate_mood(random, quality) if gate else moods[criterion]
            answers[name] = self._answer(name, question, Draw(random, mood, size))
        visit = self._with(header, answers)
        for attempt in range(_ATTEMPTS):
            worked = work_out(self.scheme, visit)
            objections = complaints(self.scheme, visit, worked)
            refused = [complaint for complaint in objections if complaint.refuse]
            if not refused:
                finished = self._finished(random, visit, worked, objections, quality)
                return self._of_its_kind(visit, finished, quality)
            visit = self._with(visit, self._mended(random, refused, size, freely=attempt > _GENTLY))
        raise AssertionError(f"no visit without contradictions: {refused}")

    def _with(self, visit: Visit, answers: Mapping[str, Answer]) -> Visit:
        """The visit with these answers, and the figures that follow from them."""
        visit = replace(visit, answers={**visit.answers, **answers})
        questions = self.scheme.questions
        follow = {name: self.number(questions[name], value) for name, value in following_figures(visit).items()}
        return replace(visit, answers={**visit.answers, **follow})

    def _of_its_kind(self, visit: Visit, finished: Visit, quality: float) -> Visit:
        """The same store, of one kind or another in all its visits; as it was, where that contradicts its answers."""
        own = Random(finished.store.code)  # noqa: S311 - invented data
        answers = {name: own.choice(kinds) for name, kinds in self.kinds.items() if kinds and name in finished.answers}
        visit = self._with(visit, answers)
        worked = work_out(self.scheme, visit)
        objections = complaints(self.scheme, visit, worked)
        if any(complaint.refuse for complaint in objections):
            return finished
        other = self._finished(own, visit, worked, objections, quality)
        evidence = {name: finished.evidence.get(name, pieces) for name, pieces in other.evidence.items()}
        return replace(other, evidence=evidence)

    def _mended(self, random: Random, refused: list[Complaint], size: float, *, freely: bool) -> dict[str, Answer]:
        """New answers to all questions behind the checks that refuse: the model's own, in smaller amounts at random.

        `freely`: other options as well, so that whatever leads to contradictions may not be there at all.
        """
        names: set[str] = set()
        for complaint in refused:
            for check in self.scheme.criteria[complaint.criterion].checks:
                if check.refuse is not None and check.because == complaint.because:
                    names |= self.scheme.names_behind(check.refuse) & self.scheme.questions.keys()
        return {name: self._as_model(random, name, size, freely=freely) for name in sorted(names)}

    def _as_model(self, random: Random, name: str, size: float, *, freely: bool) -> Answer:
        question = self.scheme.questions[name]
        value: Any = self.known.get(name)
        if value is None or (freely and not is_figure(question)):
            mood = random.random() if freely else _MODEL_QUALITY
            return self._answer(name, question, Draw(random, mood, size))
        if is_figure(question):
            return self.number(question, float(value) * _scale(question, size) * random.choice(_SMALLER), usual=False)
        answer: Answer = value
        return answer

    # -- one answer ----------------------------------------------------------------------------------------------

    def _answer(self, name: str, question: Question, draw: Draw) -> Answer:
        better = self.better.get(name, 0.0)
        if isinstance(better, list):
            return better[min(len(better) - 1, int(draw.mood * len(better)))]
        if is_figure(question):
            return self._any_number(name, question, better, draw)
        example: Answer = answer_type(self.scheme, question).example(draw.random)
        return example

    def _any_number(self, name: str, question: Question, slope: float, draw: Draw) -> Fraction:
        value: Any = self.known.get(name)
        if value is None:
            low, high = question.plausible or _bounds(question)
            value = low + (high - low) * Fraction(draw.random.randrange(20, 60), 100)
        factor = math.exp(slope * (draw.mood - _MODEL_QUALITY) * 0.9 + draw.random.gauss(0, 0.04))
        return self.number(question, float(value) * _scale(question, draw.size) * factor)

    def fact(self, random: Random, name: str, question: Question, value: Any, size: float) -> Answer:
        """A fact about a store: like a model's, in its size; else invented."""
        if value is None:
            return self._answer(name, question, Draw(random, 0.5, size))
        if is_figure(question):
            spread = random.uniform(0.85, 1.15) if _scale(question, 0.5) != 1 else 1.0
            return self.number(question, float(value) * _scale(question, size) * spread)
        fact: Answer = value
        return fact

    @staticmethod
    def number(question: Question, value: float, *, usual: bool = True) -> Fraction:
        """A number as a person would type it, within what is usual, or at least possible."""
        low, high = (question.plausible if usual else None) or _bounds(question)
        held = max(float(low), min(float(high), value))
        if question.whole:
            rounded = Fraction(round(held))
        elif is_percent(question.unit):
            rounded = Fraction(round(held * 1000), 1000)
        else:
            digits = 0 if held >= 100 else 1 if held >= 10 else 2
            rounded = Fraction(round(held * 10**digits), 10**digits)
        least, most = _bounds(question)
        return max(least, min(most, rounded))

    # -- evidence, findings, notes -------------------------------------------------------------------------------

    def _finished(
        self, random: Random, visit: Visit, worked: Worked, objections: list[Complaint], quality: float
    ) -> Visit:
        """Only what is asked, evidence for it, and a note where a check asks for one."""
        asked = {name: value for name, value in visit.answers.items() if name in worked.environment.values}
        share = 0.72 + 0.3 * quality
        evidence = {
            criterion.id: (Evidence(f"synthetic-{criterion.id}.jpg", verified=random.random() < share),)
            for criterion in self.scheme.criteria.values()
            if criterion.evidence and worked.scores[criterion.id].applies
        }
        notes = {complaint.criterion: _NOTE for complaint in objections if not complaint.refuse}
        return replace(visit, answers=asked, evidence=evidence, notes=notes)


def _gate_mood(random: Random, quality: float) -> float:
    """Nearly every store keeps the law; the weaker ones sometimes do not."""
    return 0.0 if random.random() < 0.012 * (1 - quality) else 1.0


def _clip(value: float) -> float:
    return max(0.0, min(0.999, value))


def _scale(question: Question, size: float) -> float:
    units = question.unit.by_language.values() if question.unit is not None else ()
    return size if any(unit in SIZED for unit in units) else 1.0


def _bounds(question: Question) -> tuple[Fraction, Fraction]:
    low, high = limits(question)
    return low if low is not None else Fraction(0), high if high is not None else Fraction(1_000_000)
