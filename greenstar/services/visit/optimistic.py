"""A visit in memory as it will be once its changes are on disk: shown at once, while they are on their way.

Each function takes a change that is handed to the writer, and refuses what the change itself would refuse.
"""

from greenstar.assessment.model import Answer
from greenstar.services.visit.codec import fit_text
from greenstar.services.visit.visit import OpenVisit
from greenstar.services.visit.worked_visit import with_entry


def answer(visit: OpenVisit, question: str, value: Answer | None) -> None:
    """Another answer. Refused: a check of the scheme refuses it."""
    visit.worked = visit.worked.answered(question, value)


def fact(visit: OpenVisit, name: str, value: Answer | None) -> None:
    """Another fact about the store."""
    visit.worked = visit.worked.with_fact(name, value)


def note(visit: OpenVisit, criterion: str, text: str) -> None:
    """Another note. BadInput: it is too long."""
    visit.worked = visit.worked.with_notes(with_entry(visit.visit.notes, criterion, fit_text(text) or None))


def not_applicable(visit: OpenVisit, criterion: str, reason: str | None) -> None:
    """A criterion that does not apply, or (None) does after all. BadInput: the scheme or its reason forbids that."""
    visit.worked = visit.worked.excused(criterion, visit.worked.reason_for(criterion, reason))


def flag(visit: OpenVisit, criterion: str, *, on: bool) -> None:
    """A criterion with a flag, or without."""
    visit.flags = visit.flags | {criterion} if on else visit.flags - {criterion}
