"""A number that was calculated, and says how: wherever one computes with it, it is its result."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any, Self

from typing_extensions import override

from greenstar.assessment.model import Answer


class Calculated(Fraction):
    """The result of a formula; it equals any other number of the same value."""

    __slots__ = ("formula",)
    formula: str

    def __new__(cls, result: Fraction, formula: str) -> Self:
        """`result` as rules compute with it; `formula` as it can be typed."""
        made = super().__new__(cls, result)
        made.formula = formula
        return made

    @override
    def __reduce__(self) -> tuple[Any, ...]:
        return Calculated, (Fraction(self), self.formula)

    @override
    def __copy__(self) -> Self:
        return self  # as nothing of it changes

    @override
    def __deepcopy__(self, memo: Any) -> Self:
        return self


def formula_of(answer: Answer | None) -> str | None:
    """How an answer was calculated; None: it was not."""
    return answer.formula if isinstance(answer, Calculated) else None


def without_formula(answer: Answer) -> Answer:
    """The answer alone, however it was come by."""
    return Fraction(answer) if isinstance(answer, Calculated) else answer


def calculated_alike(answers: Mapping[str, Answer], equal: Mapping[str, Answer]) -> bool:
    """Whether equal answers were come by in the same way: a calculated number equals the same one typed by hand."""
    return all(formula_of(answer) == formula_of(equal[name]) for name, answer in answers.items())


def is_same(answer: Answer | None, other: Answer | None) -> bool:
    """Whether two answers are one, and were come by in the same way."""
    return answer == other and formula_of(answer) == formula_of(other)
