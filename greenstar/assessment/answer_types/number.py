"""A number, within bounds, with a unit. A percentage is typed and kept as 86.7, and is 0.867 in rules."""

import re
import unicodedata
from collections.abc import Collection, Iterator
from decimal import Decimal
from fractions import Fraction
from random import Random
from typing import Any

from typing_extensions import override

from greenstar.assessment.answer_types.base import MOST_SHOWN, AnswerType, Refused, Words, quoted
from greenstar.i18n.phrase import Phrase
from greenstar.numbers import read_number, written
from greenstar.scheme.model import is_percent, limits
from greenstar.scheme.yaml_tree import Scalar

_STORED = re.compile(
    r"-?[0-9]+([./][0-9]+)?", re.ASCII
)  # as `written` writes: no exponent, which could fill the memory
_ROUND = tuple(Fraction(part) * 10**power for power in range(7) for part in (1, 2, 5))


class NumberType(AnswerType[Fraction]):
    """An answer is a Fraction, as rules compute with it."""

    name = "number"
    python_type = Fraction

    def _in_rules(self, typed: Fraction) -> Fraction:
        """A number in the unit in which it is typed, as rules compute with it: a percentage is a share of 1."""
        return typed / 100 if is_percent(self.question.unit) else typed

    def _as_typed(self, answer: Fraction) -> Fraction:
        return answer * 100 if is_percent(self.question.unit) else answer

    # -- reading

    @override
    def from_file(self, value: Any) -> Fraction:
        if not isinstance(value, Scalar) or not value.plain:
            raise Refused("answers.expected_number", found=quoted(value))
        return self._read(value)

    @override
    def from_text(self, text: str) -> Fraction:
        """A decimal comma and full-width digits are understood, as is a `%` after a percentage."""
        plain = unicodedata.normalize("NFKC", text).strip()
        if is_percent(self.question.unit):
            plain = plain.removesuffix("%").rstrip()
        plain = plain.replace(" ", "").replace("\u202f", "")
        if plain.count(",") == 1 and "." not in plain and len(plain.rsplit(",", 1)[1]) != 3:
            plain = plain.replace(",", ".")
        return self._read(plain)

    def _read(self, text: str) -> Fraction:
        number = read_number(text)
        if number is None:
            raise Refused("answers.expected_number", found=text[:MOST_SHOWN])
        answer = self._in_rules(number)
        refused = self._refusal(answer, text)
        if refused is not None:
            raise refused
        return answer

    @override
    def from_json(self, value: Any) -> Fraction | None:
        if not isinstance(value, str) or not _STORED.fullmatch(value):
            return None
        try:
            return self._in_rules(Fraction(value))
        except (ValueError, ZeroDivisionError):
            return None

    # -- writing

    @override
    def to_text(self, answer: Fraction) -> str:
        return written(self._as_typed(answer))

    @override
    def to_file(self, answer: Fraction) -> int | float | Decimal:
        text = self.to_text(answer)
        if "." not in text:
            return int(text)
        return float(text) if repr(float(text)) == text else Decimal(text)

    @override
    def to_cell(self, answer: Fraction) -> int | float:
        number = float(self.to_text(answer))
        return int(number) if number.is_integer() else number

    @override
    def words(self, answer: Fraction, none_ticked: Phrase | str = "") -> Words:
        number, unit = self.to_text(answer), self.question.unit
        return number if unit is None else Phrase("answers.with_unit", number=number, unit=unit)

    # -- judging

    @override
    def refusal(self, answer: Fraction) -> Refused | None:
        return self._refusal(answer, None)

    def _refusal(self, answer: Fraction, typed: str | None) -> Refused | None:
        """Why it is no answer. `typed`: as it was typed, where somebody did."""
        if self.question.whole and answer.denominator != 1:
            return Refused("answers.expected_whole", found=(typed or self.to_text(answer))[:MOST_SHOWN])
        low, high = limits(self.question)
        if (low is not None and answer < low) or (high is not None and answer > high):
            return Refused("answers.outside", found=typed or self.to_text(answer), bounds=self._range(low, high))
        return None

    @override
    def warning(self, answer: Fraction) -> Phrase | None:
        if self.question.plausible is None:
            return None
        low, high = self.question.plausible
        return None if low <= answer <= high else Phrase("answers.implausible", bounds=self._range(low, high))

    def _range(self, low: Fraction | None, high: Fraction | None) -> Phrase:
        """Bounds in words, in the unit in which the number is typed."""
        if high is not None and low is not None:
            return Phrase("answers.between", low=self.to_text(low), high=self.to_text(high))
        if high is not None:
            return Phrase("answers.at_most", high=self.to_text(high))
        return Phrase("answers.at_least", low=self.to_text(low or Fraction(0)))

    # -- making answers up

    @override
    def candidates(self, mentioned: Collection[Any]) -> Iterator[Fraction]:
        """A usual figure first, then the ends, then those at which a rule turns and just beside, then round ones."""
        figures = sorted(value for value in mentioned if isinstance(value, Fraction))
        low, high = limits(self.question)
        plausible = self.question.plausible or []
        ends = [end for end in (low, high) if end is not None]
        beside = [figure + step for figure in figures for step in (1, -1)]
        between = (
            [low + (high - low) * part / 10 for part in range(1, 10)] if low is not None and high is not None else []
        )
        for figure in (self._usual(), *ends, *plausible, *figures, *beside, *between, *_ROUND):
            answer = self._typeable(figure)
            if (low is None or answer >= low) and (high is None or answer <= high):
                yield answer

    def _usual(self) -> Fraction:
        low, high = limits(self.question)
        if self.question.plausible:
            return sum(self.question.plausible, Fraction(0)) / 2
        if low is not None:
            return low
        return high if high is not None else Fraction(1)

    def _typeable(self, figure: Fraction) -> Fraction:
        """The nearest figure that somebody can type: whole where it must be, else with at most four decimals."""
        typed = self._as_typed(figure)
        return self._in_rules(Fraction(round(typed)) if self.question.whole else round(typed, 4))

    @override
    def example(self, random: Random) -> Fraction:
        low, high = limits(self.question)
        low = Fraction(0) if low is None else low
        high = low + 100 if high is None else high
        return self._typeable(low + (high - low) * Fraction(random.randrange(101), 100))
