"""How the field of each question type looks on a page. A line a type."""

from collections.abc import Mapping
from typing import NamedTuple

from greenstar.scheme.document import QuestionType


class FieldLook(NamedTuple):
    """Where it stands, and what stands in it."""

    beside: bool = False
    """Whether it stands beside a question that is short enough; else it stands under it."""
    options_beside: bool = False
    """Whether the options stand beside each other."""
    long: bool = False
    """Whether a text field takes the whole width."""
    unit: bool = False
    """Whether a unit may stand after the field."""
    placeholder: str | None = None
    """The key of what an empty field says."""


LOOKS: Mapping[QuestionType, FieldLook] = {
    "boolean": FieldLook(beside=True, options_beside=True),
    "choice": FieldLook(),
    "multiple": FieldLook(),
    "number": FieldLook(beside=True, unit=True),
    "text": FieldLook(long=True),
    "date": FieldLook(beside=True, unit=True, placeholder="tui.date_form"),
}
