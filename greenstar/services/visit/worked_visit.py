"""A visit worked out under its scheme: what it comes to, what it would come to, and what is asked; in memory only."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

from greenstar.assessment.answer_types import Refused
from greenstar.assessment.model import Answer, Visit
from greenstar.scheme.model import Scheme
from greenstar.scoring.checks import Complaint, complaints
from greenstar.scoring.incremental import incremental_of
from greenstar.scoring.score import Worked, score, work_out
from greenstar.scoring.scorecard import Scorecard
from greenstar.services.visit.questions import is_asked, questions_put

V = TypeVar("V")


class WorkedVisit:
    """One visit in memory; `scorecard` and all the rest always follow from `visit`."""

    def __init__(self, scheme: Scheme, visit: Visit) -> None:
        self.scheme = scheme
        self._take(visit)

    def _take(self, visit: Visit, worked: Worked | None = None) -> None:
        """From now on the visit is this, and all that follows from it."""
        self.visit = visit
        self._worked = worked or work_out(self.scheme, visit)
        self._scorecard: Scorecard | None = None
        self._complaints: list[Complaint] | None = None

    @property
    def scorecard(self) -> Scorecard:
        """What the visit comes to; added up when it is asked for, as an answer must be on disk before that."""
        if self._scorecard is None:
            self._scorecard = score(self.scheme, self.visit, self._worked)
        return self._scorecard

    @property
    def complaints(self) -> list[Complaint]:
        """What the checks find in the visit as it stands."""
        if self._complaints is None:
            self._complaints = complaints(self.scheme, self.visit, self._worked)
        return self._complaints

    @property
    def asked(self) -> set[str]:
        """The questions that are put to this store as things stand: of criteria that apply, and not ruled out."""
        environment, scores = self._worked
        applying = [name for name, one in scores.items() if one.applies]
        names = {name for criterion in applying for name in self.scheme.questions_of[criterion]}
        return {name for name in names if is_asked(self.scheme, environment, name)}

    def questions_at(self, criterion: str) -> list[str]:
        """The questions to put at a criterion, after the facts that it waits for."""
        return questions_put(self.scheme, self._worked.environment, criterion)

    def preview(self, name: str, value: Answer | None) -> Scorecard:
        """What the visit would come to with another answer or fact; nothing is kept.

        An answer that a check refuses changes nothing: it may be half of one that it would not refuse.
        """
        if name in self.scheme.facts:
            return score(self.scheme, replace(self.visit, facts=with_entry(self.visit.facts, name, value)))
        worked = self._worked_with(name, value)
        if value is not None and self._refusal(name, worked) is not None:
            return self.scorecard
        return score(self.scheme, worked.environment.visit, worked)

    def refusal(self, question: str, value: Answer) -> Refused | None:
        """Why a check of the scheme would refuse an answer, or None."""
        return self._refusal(question, self._worked_with(question, value))

    def _refusal(self, question: str, worked: Worked) -> Refused | None:
        found = incremental_of(self.scheme).refused_by(self._worked, worked, question)
        if found is None:
            return None
        return Refused("answers.refused_by_check", criterion=found.criterion, because=found.because)

    def _worked_with(self, question: str, value: Answer | None) -> Worked:
        visit = replace(self.visit, answers=with_entry(self.visit.answers, question, value))
        return incremental_of(self.scheme).after(self._worked, visit, question)


def with_entry(mapping: Mapping[str, V], key: str, value: V | None) -> dict[str, V]:
    """A copy with one entry more, changed, or (None) fewer."""
    found = dict(mapping)
    if value is None:
        found.pop(key, None)
    else:
        found[key] = value
    return found
