"""What every question type can do: read an answer, write it, judge it."""

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from decimal import Decimal
from random import Random
from typing import Any, ClassVar, Generic, TypeVar

from greenstar.assessment.cell import CellScalar
from greenstar.assessment.model import Answer
from greenstar.errors import Hint
from greenstar.i18n.phrase import Phrase, Text
from greenstar.scheme.document import Option, Question, QuestionType
from greenstar.scheme.question_types import kind_of
from greenstar.scheme.rules.types import Kind
from greenstar.scheme.yaml_tree import Scalar

A = TypeVar("A", bound=Answer)
Stored = bool | str | list[str] | dict[str, str]
"""An answer as JSON keeps it; a mapping is a number, its `value` with the `formula` that it came from."""

Words = Text | Phrase | str | bool | date | list[Text | str]
"""An answer as `Catalogue.write` puts it into a language."""

MOST_SHOWN = 40  # characters of a refused value


class Refused(Exception):
    """A value that is no answer to its question."""

    def __init__(self, key: str, hint: Hint = None, **values: Any) -> None:
        super().__init__(key)
        self.message = Phrase(key, **values)
        self.hint = hint


class Doubtful(Refused):
    """A text that can be read in two ways, which only whoever typed it can decide between."""

    def __init__(self, readings: tuple[Answer, Answer], **values: Any) -> None:
        super().__init__("answers.doubtful", **values)
        self.readings = readings


class AnswerType(ABC, Generic[A]):
    """One question, and what its answers are.

    An answer is read from four sources. All refuse (Refused) what is no answer or outside the question's bounds, but
    `from_json`, which knows no bounds, as what was once taken stays an answer.
    """

    name: ClassVar[QuestionType]
    python_type: ClassVar[type]
    by_picking: ClassVar[bool] = False
    """Whether it is answered by picking, not by typing."""
    several: ClassVar[bool] = False
    """Whether several options may be picked."""
    may_stay_empty: ClassVar[bool] = False
    """Whether its criterion is complete without an answer, as long as no rule reads it."""

    def __init__(self, question: Question, options: Mapping[str, Option]) -> None:
        self.question = question
        self.options = options

    # -- reading

    @abstractmethod
    def from_file(self, value: Any) -> A:
        """The answer that a value of a YAML or JSON file gives."""

    @abstractmethod
    def from_text(self, text: str) -> A:
        """The answer that a person typed: into a cell of a table, or on the command line.

        Doubtful: it can be read in two ways.
        """

    def from_field(self, text: str) -> A:
        """The answer that a person typed where its reading is shown at once: as `from_text`, and numbers calculate."""
        return self.from_text(text)

    @abstractmethod
    def from_json(self, value: Any) -> A | None:
        """The answer that `to_json` wrote, perhaps for a question that asked otherwise: None where it fits no more."""

    # -- cells of tables

    def text_of_cell(self, text: str) -> str:
        """What a cell says in one of people's ways, as it would be typed; as it stands where it says nothing else.

        Refused: it can be two options.
        """
        return text

    def from_cell(self, cell: CellScalar) -> A:
        """The answer that a cell of a spreadsheet gives.

        A number, or a day, that the spreadsheet itself knows as such is never in doubt; a text is read as typed.
        """
        return self.from_text(self.text_of_cell(cell))

    @abstractmethod
    def allowed_in_cell(self, language: str) -> Phrase:
        """What may be written into a cell of a form."""

    def choices_in_cell(self, language: str) -> tuple[str | bool, ...]:  # noqa: ARG002 - most types have no list
        """All that may be, where a cell can have a list of it."""
        return ()

    # -- writing

    @abstractmethod
    def to_text(self, answer: A) -> str:
        """The answer as it would be typed; `from_field` reads it as itself."""

    def as_read(self, answer: A) -> Words | None:  # noqa: ARG002 - what is typed mostly shows how it is read
        """The answer as whoever types it is shown how that is read; None where the text itself shows it."""
        return None

    def to_json(self, answer: A) -> Stored:
        """The answer as JSON keeps it; a number as text."""
        return self.to_text(answer)

    def to_file(self, answer: A) -> Any:
        """The answer as an answers file writes it. A number that no float writes in plain digits is a Decimal."""
        return self.to_json(answer)

    def to_cell(self, answer: A) -> bool | int | float | Decimal | str:
        """The answer in a cell of a table. A number that no float writes in plain digits is a Decimal."""
        return self.to_text(answer)

    @abstractmethod
    def words(self, answer: A, none_ticked: Phrase | str = "") -> Words:
        """The answer as people read it: options by their labels, numbers in full with their unit."""

    def words_of_stored(self, value: Any, none_ticked: Phrase | str = "") -> Words:
        """The same of stored JSON; what the question knows nothing of, as it stands."""
        answer = self.from_json(value)
        if answer is None:
            return str(value.get("value", value) if isinstance(value, dict) else value)
        return self.words(answer, none_ticked)

    # -- judging

    def accepts(self, answer: Answer) -> bool:
        """Whether a value in memory is an answer of this type."""
        return isinstance(answer, self.python_type)

    def refusal(self, answer: A) -> Refused | None:  # noqa: ARG002 - most types have no bounds
        """Why an answer of this type is outside the question's bounds, or None."""
        return None

    def warning(self, answer: A) -> Phrase | None:  # noqa: ARG002 - most types know nothing of what is usual
        """Why an answer is unusual, or None."""
        return None

    # -- rules and points

    @property
    def kind(self) -> Kind:
        """The kind of its answers in rules."""
        return kind_of(self.question, self.options)

    @staticmethod
    def in_rules(answer: Any) -> Any:
        """An answer as rules compute with it."""
        return answer

    @staticmethod
    def ticked(answer: Any) -> tuple[str, ...]:  # noqa: ARG004 - most types have no options
        """The options that an answer ticks."""
        return ()

    # -- making answers up

    def ladder(self) -> list[A]:
        """Answers in their own order, from nothing to all; empty where there is no short list of them."""
        return []

    @abstractmethod
    def candidates(self, mentioned: Collection[Any]) -> Iterable[A]:
        """Answers worth trying where a level is sought, the first to begin with.

        `mentioned`: the figures and texts that stand in the rules which read the question, and the edges of its score.
        """

    @abstractmethod
    def example(self, random: Random) -> A:
        """An answer of an invented visit."""


def quoted(value: Any) -> str:
    """A file's value in a refusal: shortened, in quotes where it stood in quotes."""
    if isinstance(value, Scalar):
        return value[:MOST_SHOWN] if value.plain else f'"{value[:MOST_SHOWN]}"'
    return "[...]" if isinstance(value, list) else "{...}"


def only_scalar(value: Any) -> Scalar:
    """A file's value where a single one is expected."""
    if not isinstance(value, Scalar):
        raise Refused("answers.expected_text", found=quoted(value))
    return value
