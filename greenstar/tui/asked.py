"""A question as a page puts it: its options as lines, its answer as text, and text as an answer."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from greenstar.assessment.answers import as_typed, typed
from greenstar.assessment.model import Answer
from greenstar.messages import Catalogue
from greenstar.scheme.document import Option, Question
from greenstar.tui.widgets.options import Choice

_NONE_OF_THESE = "0"
_MOST_DIGITS = 9


@dataclass(frozen=True)
class Asked:
    """A question, what is answered, and (`text`) what was typed and refused before, if anything."""

    name: str
    question: Question
    options: dict[str, Option]
    answer: Answer | None
    text: str | None = None
    locked: bool = False

    @property
    def by_picking(self) -> bool:
        """Whether it is answered by picking, not by typing."""
        return self.question.type in ("boolean", "choice", "multiple")

    def choices(self, catalogue: Catalogue) -> list[Choice]:
        """What there is to pick from, each with its key."""
        if self.question.type == "boolean":
            return [
                Choice(True, catalogue.say("words.yes"), key=catalogue.say("tui.yes_key")),
                Choice(False, catalogue.say("words.no"), key=catalogue.say("tui.no_key")),
            ]
        choices = []
        for index, (name, option) in enumerate(self.options.items(), 1):
            earns = "" if option.points is None else catalogue.say("tui.option_points", points=option.points)
            key = str(index) if index <= _MOST_DIGITS else ""
            choices.append(Choice(name, option.label.in_(catalogue.language), earns, key))
        if self.question.type == "multiple":
            choices.append(Choice(None, catalogue.say("tui.none_of_these"), key=_NONE_OF_THESE))
        return choices

    @property
    def as_typed(self) -> str:
        """What stands in its field."""
        if self.text is not None:
            return self.text
        match self.answer:
            case None:
                return ""
            case Fraction():
                return as_typed(self.question, self.answer)
            case date():
                return self.answer.isoformat()
            case _:
                return str(self.answer)

    def read(self, text: str) -> Answer | None:
        """The answer that a text gives; an empty one gives none. Refused: it is no answer."""
        return typed(self.question, text) if text.strip() else None
