"""What may be written into a cell of a form."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from greenstar.scheme.document import QuestionType

CellValue = str | int | float | date


@dataclass(frozen=True)
class FormCell:
    """What may be written into a cell. `choices`: all that may be. `low`, `high`: bounds of a number, as typed."""

    kind: QuestionType = "text"
    unit: str = ""
    allowed: str = ""
    choices: tuple[str, ...] = ()
    low: Fraction | None = None
    high: Fraction | None = None
    whole: bool = False
