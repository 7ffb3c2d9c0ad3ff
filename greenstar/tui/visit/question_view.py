"""A question as a page puts it: its options as lines, its answer as text, text as an answer, and last year's answer."""

import json
from dataclasses import dataclass, replace
from functools import cached_property
from string import ascii_lowercase
from typing import Any

from greenstar.assessment.answer_types import AnswerType, type_of
from greenstar.assessment.model import Answer
from greenstar.i18n.catalogue import Catalogue
from greenstar.i18n.phrase import Phrase
from greenstar.scheme.document import Option, Question
from greenstar.tui.common.options import ShownOption

_NONE_OF_THESE = "0"
_KEYS = f"123456789{_NONE_OF_THESE}{ascii_lowercase}"  # of the options, in their order; the rest have the arrows


@dataclass(frozen=True)
class QuestionView:
    """A question and what is answered.

    `text` is what is half typed, if anything, and `trouble` why a check would not have it. `previous` is the answer of
    the last cycle, called `cycle`.
    """

    name: str
    question: Question
    options: dict[str, Option]
    answer: Answer | None
    text: str | None = None
    locked: bool = False
    trouble: Phrase | None = None
    previous: Answer | None = None
    cycle: str = ""

    @cached_property
    def type(self) -> AnswerType[Any]:
        """How its answers are read and written."""
        return type_of(self.question)(self.question, self.options)

    @property
    def by_picking(self) -> bool:
        """Whether it is answered by picking, not by typing."""
        return self.type.by_picking

    @property
    def stays(self) -> bool:
        """Whether the last cycle's answer can be this one's: a figure of the months before a visit is another one."""
        return self.question.period is None

    def with_trouble(self, trouble: Phrase | None) -> "QuestionView":
        """The same question, with why what is half typed is refused."""
        return replace(self, trouble=trouble)

    def choices(self, catalogue: Catalogue) -> list[ShownOption]:
        """What there is to pick from, each with its key."""
        if not self.options:
            return [
                ShownOption(True, catalogue.say("words.yes"), key=catalogue.say("tui.yes_key"), also="是"),
                ShownOption(False, catalogue.say("words.no"), key=catalogue.say("tui.no_key"), also="否"),
            ]
        choices = []
        keys = iter(_KEYS.replace(_NONE_OF_THESE, "") if self.type.several else _KEYS)
        for name, option in self.options.items():
            earns = "" if option.points is None else catalogue.say("tui.option_points", points=option.points)
            choices.append(ShownOption(name, option.label.in_(catalogue.language), earns, next(keys, "")))
        if self.type.several:
            choices.append(ShownOption(None, catalogue.say("tui.none_of_these"), key=_NONE_OF_THESE))
        return choices

    @property
    def unrecorded(self) -> bool:
        """Whether something was picked that the disk would not take."""
        return self.by_picking and self.text is not None

    @property
    def picked(self) -> Answer | None:
        """What is picked, recorded or not."""
        if not self.unrecorded:
            return self.answer
        picked: Answer | None = self.type.from_json(json.loads(self.text or "null"))
        return picked

    def kept_pick(self, picked: Answer | None) -> str:
        """A pick as half-typed text, which `picked` reads."""
        return json.dumps(None if picked is None else self.type.to_json(picked))

    @property
    def as_typed(self) -> str:
        """What stands in its field."""
        return self.text if self.text is not None else self.typed_as(self.answer)

    def typed_as(self, answer: Answer | None) -> str:
        """An answer as it would be typed."""
        return "" if answer is None else self.type.to_text(answer)

    def as_read(self, answer: Answer | None, catalogue: Catalogue) -> str:
        """How a text is read that gives this answer; empty where the text itself shows it."""
        reading = None if answer is None else self.type.as_read(answer)
        return "" if reading is None else catalogue.write(reading)

    def words(self, answer: Answer | None, catalogue: Catalogue) -> str:
        """An answer as a reader sees it: with its unit, and options by their labels."""
        if answer is None:
            return catalogue.say("tui.nothing")
        return catalogue.write(self.type.words(answer, Phrase("tui.none_of_these")))

    def read(self, text: str) -> Answer | None:
        """The answer that a text gives; an empty one gives none. Refused: it is no answer."""
        return self.type.from_field(text) if text.strip() else None
