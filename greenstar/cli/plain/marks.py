"""Commands that change what is recorded at a criterion, beside its answers; and those that take changes back."""

from collections.abc import Callable

from greenstar.assessment.answer_types import type_of
from greenstar.cli.plain.sitting import NotTaken, Sitting
from greenstar.i18n.phrase import Phrase
from greenstar.services.visit.history import history
from greenstar.services.visit.undoing import redo_last, undo_last
from greenstar.services.visit.visit import OpenVisit

REMOVES = "-"
"""What alone stands for nothing, where nothing at all asks what there is."""


def still_so(sitting: Sitting, _: str) -> None:
    """The last cycle's answer is this one's as well."""
    visit, name = sitting.visit, sitting.question
    previous = visit.previous.answers.get(name) if visit.previous is not None and name is not None else None
    if name is None or previous is None:
        raise NotTaken(Phrase("tui.no_previous"))
    question = visit.scheme.questions.get(name)
    if question is not None and question.period is not None:
        assert visit.previous is not None
        key = "tui.new_choice" if type_of(question).by_picking else "tui.new_figure"
        raise NotTaken(Phrase(key, cycle=visit.previous.cycle))
    sitting.record(name, previous)


def clear(sitting: Sitting, _: str) -> None:
    """Take the answer away; what is half typed too."""
    if sitting.question is None:
        raise NotTaken(Phrase("plain.nothing_asked"))
    sitting.keep_half_typed(sitting.question, None)
    sitting.record(sitting.question, None)


def note(sitting: Sitting, text: str) -> None:
    """Write the note, take it away, or read it."""
    criterion = sitting.criterion
    if text:
        sitting.visit.note(criterion, "" if text == REMOVES else text)
        sitting.say("plain.note_removed" if text == REMOVES else "plain.note_recorded", id=criterion)
        return
    noted = sitting.visit.visit.notes.get(criterion)
    sitting.say("words.labelled", label=Phrase("tui.note"), text=noted or Phrase("tui.none"))


def not_applicable(sitting: Sitting, text: str) -> None:
    """Say why the criterion does not apply, or take that back."""
    visit, criterion = sitting.visit, sitting.criterion
    marked = criterion in visit.visit.not_applicable
    if not marked and not visit.scorecard.criteria[criterion].applies:
        raise NotTaken(Phrase("plain.na_already", id=criterion))
    visit.mark_not_applicable(criterion, None if text == REMOVES else text)
    sitting.question = None
    if text == REMOVES:
        sitting.say("plain.na_taken_back", id=criterion)
        sitting.show_criterion()
    else:
        sitting.say("plain.na_recorded", id=criterion, reason=text)
        sitting.step(1)


def flag(sitting: Sitting, _: str) -> None:
    """Flag the criterion to come back to, or take the flag away."""
    flagged = sitting.criterion not in sitting.visit.flags
    sitting.visit.flag(sitting.criterion, on=flagged)
    sitting.say("tui.flagged" if flagged else "tui.unflagged", id=sitting.criterion)


def undo(sitting: Sitting, _: str) -> None:
    """Take the last change back, and go to where it was."""
    _take_back(sitting, undo_last)


def redo(sitting: Sitting, _: str) -> None:
    """Take the last undo back, and go to where it was."""
    _take_back(sitting, redo_last)


def _take_back(sitting: Sitting, change: Callable[[OpenVisit], Phrase]) -> None:
    visit, before = sitting.visit, sitting.visit.seen
    sitting.tell(change(visit))
    if visit.seen == before:
        return
    event = history(visit)[0]
    subject = event.subject or ""
    if event.kind == "answer" and subject in visit.scheme.criterion_of:
        sitting.go_to(visit.scheme.criterion_of[subject], subject)
    elif subject in visit.scheme.criteria:
        sitting.go_to(subject)
    else:
        sitting.show_criterion()
