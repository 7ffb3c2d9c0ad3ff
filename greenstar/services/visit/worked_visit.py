"""A visit worked out under its scheme: what it comes to, what it would come to, and what is asked; in memory only."""

from collections.abc import Mapping
from copy import copy
from dataclasses import replace
from functools import cached_property
from typing import Self, TypeVar

from greenstar.assessment.answer_types import Refused
from greenstar.assessment.calculated import calculated_alike, without_formula
from greenstar.assessment.model import Answer, Visit
from greenstar.assessment.reasons import says_something
from greenstar.errors import BadInput
from greenstar.scheme.model import Scheme
from greenstar.scoring.checks import Complaint, complaints, of_criterion
from greenstar.scoring.impact import Impact
from greenstar.scoring.incremental import incremental_of
from greenstar.scoring.score import Worked, scorecard_of, standing_of, work_out
from greenstar.scoring.scorecard import Scorecard
from greenstar.scoring.standing import Standing
from greenstar.services.visit.codec import fit_text
from greenstar.services.visit.questions import is_asked, questions_put

V = TypeVar("V")


class WorkedVisit:
    """One visit, and what follows from it. It never changes: a change of the visit makes another one."""

    def __init__(self, scheme: Scheme, visit: Visit, worked: Worked | None = None) -> None:
        self.scheme = scheme
        self.visit = visit
        self.steps = worked or work_out(scheme, visit)

    @cached_property
    def _standing(self) -> Standing:
        return standing_of(self.scheme, self.visit, self.steps)

    @cached_property
    def scorecard(self) -> Scorecard:
        """What the visit comes to; added up when it is asked for, as an answer must be on disk before that."""
        return scorecard_of(self._standing)

    @cached_property
    def impact(self) -> Impact:
        """What hangs on what is still to be done."""
        return Impact(self._standing, self.scorecard)

    @cached_property
    def complaints(self) -> list[Complaint]:
        """What the checks object to in the visit as it stands."""
        return complaints(self.scheme, self.visit, self.steps)

    def complaints_at(self, criterion: str) -> list[Complaint]:
        """What the checks of one criterion object to; nothing where it does not apply."""
        environment, scores = self.steps
        return list(of_criterion(self.scheme, environment, criterion)) if scores[criterion].applies else []

    @property
    def asked(self) -> set[str]:
        """The questions that are put to this store as things stand: of criteria that apply, and not ruled out."""
        environment, scores = self.steps
        applying = [name for name, criterion in scores.items() if criterion.applies]
        names = {name for criterion in applying for name in self.scheme.questions_of[criterion]}
        return {name for name in names if is_asked(self.scheme, environment, name)}

    def questions_at(self, criterion: str) -> list[str]:
        """The questions to put at a criterion, after the facts that it waits for."""
        return questions_put(self.scheme, self.steps.environment, criterion)

    # -- another one in its place

    def with_answer(self, question: str, value: Answer | None) -> "WorkedVisit":
        """The visit with another answer; only what follows from it is worked out again."""
        visit = replace(self.visit, answers=with_entry(self.visit.answers, question, value))
        worked = incremental_of(self.scheme).after(self.steps, visit, question)
        return WorkedVisit(self.scheme, visit, worked)

    def answered(self, question: str, value: Answer | None) -> "WorkedVisit":
        """As `with_answer`. Refused: a check of the scheme refuses the answer."""
        answered = self.with_answer(question, value)
        refusal = self.refusal_of(answered, question) if value is not None else None
        if refusal is not None:
            raise refusal
        return answered

    def with_fact(self, name: str, value: Answer | None) -> "WorkedVisit":
        """The visit with another fact about its store; how it was calculated is not kept."""
        plain = None if value is None else without_formula(value)
        return WorkedVisit(self.scheme, replace(self.visit, facts=with_entry(self.visit.facts, name, plain)))

    def reason_for(self, criterion: str, reason: str | None) -> str | None:
        """Why a criterion does not apply, as it is kept; None: it does after all.

        BadInput: the scheme forbids it, or the reason says nothing and is not the one that it has.
        """
        clean = None if reason is None else fit_text(reason)
        if clean is not None:
            if self.scheme.policy(self.scheme.criteria[criterion]) == "forbid":
                raise BadInput("answers.not_applicable_forbidden", id=criterion)
            if not clean:
                raise BadInput("storage.reason_needed", criterion=criterion)
            if clean != self.visit.not_applicable.get(criterion) and not says_something(clean):
                raise BadInput("storage.reason_says_nothing", criterion=criterion)
        return clean

    def excused(self, criterion: str, reason: str | None) -> "WorkedVisit":
        """The visit with a criterion that does not apply, for a reason; None: that applies after all."""
        reasons = with_entry(self.visit.not_applicable, criterion, reason)
        return WorkedVisit(self.scheme, replace(self.visit, not_applicable=reasons))

    def with_notes(self, notes: Mapping[str, str]) -> Self:
        """The visit with other notes, from which nothing else follows."""
        noted = copy(self)
        noted.visit = replace(self.visit, notes=notes)
        return noted

    def preview(self, name: str, value: Answer | None) -> Scorecard:
        """What the visit would come to with another answer or fact.

        An answer that a check refuses changes nothing: it may be half of one that it would not refuse.
        """
        if name in self.scheme.facts:
            return self.with_fact(name, value).scorecard
        answered = self.with_answer(name, value)
        if value is not None and self.refusal_of(answered, name) is not None:
            return self.scorecard
        return answered.scorecard

    def refusal(self, question: str, value: Answer) -> Refused | None:
        """Why a check of the scheme would refuse an answer, or None."""
        return self.refusal_of(self.with_answer(question, value), question)

    def refusal_of(self, answered: "WorkedVisit", question: str) -> Refused | None:
        """Why a check refuses what `with_answer` made of this visit, or None."""
        complaint = incremental_of(self.scheme).refused_by(self.steps, answered.steps, question)
        if complaint is None:
            return None
        return Refused("answers.refused_by_check", criterion=complaint.criterion, because=complaint.because)

    def holds(self, scheme: Scheme, visit: Visit) -> bool:
        """Whether this is just that visit under that scheme, down to how its numbers were come by."""
        own = self.visit
        return self.scheme is scheme and own == visit and calculated_alike(own.answers, visit.answers)


_LATELY = 4  # visits
_lately: tuple[WorkedVisit, ...] = ()  # those that were opened last


def opened(scheme: Scheme, visit: Visit) -> WorkedVisit:
    """A visit that is opened, worked out; one that was opened lately, and is as it was, is not worked out again."""
    global _lately  # noqa: PLW0603 - replaced as a whole, as several threads may open visits
    for worked in _lately:
        if worked.holds(scheme, visit):
            return worked
    worked = WorkedVisit(scheme, visit)
    _lately = (worked, *_lately[: _LATELY - 1])
    return worked


def with_entry(mapping: Mapping[str, V], key: str, value: V | None) -> dict[str, V]:
    """A copy with an entry added, changed, or (None) removed."""
    changed = dict(mapping)
    if value is None:
        changed.pop(key, None)
    else:
        changed[key] = value
    return changed
