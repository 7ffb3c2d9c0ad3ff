"""What an assessor entered, on its way to be recorded."""

from dataclasses import dataclass

from greenstar.assessment.model import Answer


@dataclass(frozen=True)
class AnswerEntry:
    """An answer or a fact, in the place of the one that was `seen`."""

    name: str
    value: Answer | None
    seen: Answer | None


@dataclass(frozen=True)
class NoteEntry:
    """The note to a criterion, in the place of the one that was `seen`."""

    criterion: str
    text: str
    seen: str
