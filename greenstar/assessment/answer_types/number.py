"""A number, within bounds, with a unit. A percentage is typed and kept as 86.7, and is 0.867 in rules."""

import re
from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from random import Random
from typing import Any

from typing_extensions import override

from greenstar.assessment.answer_types.base import MOST_SHOWN, AnswerType, Doubtful, Refused, Words, quoted
from greenstar.assessment.answer_types.bounds import bounds_in_words
from greenstar.assessment.calculated import Calculated, formula_of
from greenstar.assessment.cell import CellScalar, like
from greenstar.assessment.formula import (
    PLACES,
    Reading,
    as_answer,
    formula_readings,
    is_exact,
    is_formula,
    plain_formula,
)
from greenstar.assessment.number_readings import grouped, number_readings, plain_signs, undoubted
from greenstar.i18n.phrase import Phrase
from greenstar.numbers import read_number, written
from greenstar.scheme.parts import limits
from greenstar.scheme.question_types import is_percent
from greenstar.scheme.yaml_tree import Scalar
from greenstar.text import one_line

# As `written` writes: no exponent, which could fill the memory.
_STORED = re.compile(r"(-?[0-9]+)(?:\.([0-9]+)|/([0-9]+))?", re.ASCII)
_ROUND = tuple(Fraction(part) * 10**power for power in range(7) for part in (1, 2, 5))


class NumberType(AnswerType[Fraction]):
    """An answer is a Fraction, as rules compute with it."""

    name = "number"
    python_type = Fraction

    @cached_property
    def _percent(self) -> bool:
        return is_percent(self.question.unit)

    @cached_property
    def _limits(self) -> tuple[Fraction | None, Fraction | None]:
        return limits(self.question)

    def _in_rules(self, typed: Fraction) -> Fraction:
        """A number in the unit in which it is typed, as rules compute with it: a percentage is a share of 1."""
        return typed / 100 if self._percent else typed

    def _as_typed(self, answer: Fraction) -> Fraction:
        return answer * 100 if self._percent else answer

    # -- reading

    @override
    def from_file(self, value: Any) -> Fraction:
        if not isinstance(value, Scalar) or not value.plain:
            raise Refused("answers.expected_number", found=quoted(value))
        number = read_number(value)
        if number is None:
            raise Refused("answers.expected_number", found=value[:MOST_SHOWN])
        return self._within(self._in_rules(number), value)

    @override
    def from_text(self, text: str) -> Fraction:
        """A decimal comma, groups of three, full-width signs, and a `%` after a percentage are understood."""
        answers, typed = self._all_readings(text), one_line(text)[:MOST_SHOWN]
        if not answers:
            raise Refused("answers.expected_number", found=typed)
        return self._chosen(answers, typed)

    @override
    def from_field(self, text: str) -> Fraction:
        """What `from_text` takes, and calculations: a `Calculated`. They come to a figure in the question's unit."""
        plain = plain_formula(text)
        if self._all_readings(plain.removeprefix("=")):
            return self.from_text(plain.removeprefix("="))
        if not is_formula(plain):
            return self.from_text(text)
        readings = formula_readings(self._without_percent(plain))
        return self._chosen([self._calculated(reading) for reading in readings], plain[:MOST_SHOWN])

    def with_formula(self, answer: Fraction, formula: str) -> Calculated:
        """An answer with how it was calculated. Refused: the formula does not come to it, or is none."""
        plain = plain_formula(formula)
        if not is_formula(plain):
            raise Refused("answers.formula_expected", found=one_line(formula)[:MOST_SHOWN])
        results = [self._calculated(reading) for reading in formula_readings(self._without_percent(plain))]
        for result in results:
            if result == answer:
                return result
        raise Refused("answers.formula_gives_other", result=self._written(results[0]), answer=self._written(answer))

    def _calculated(self, reading: Reading) -> Calculated:
        return Calculated(self._in_rules(as_answer(reading.result)), reading.spelling)

    def _chosen(self, answers: Sequence[Fraction], typed: str) -> Fraction:
        """The answer that the question takes. Refused: it takes none; Doubtful: it takes two."""
        match [answer for answer in answers if self.refusal(answer) is None]:
            case [first, second]:
                spellings = {"first": self.to_text(first), "second": self.to_text(second)}
                raise Doubtful((first, second), found=typed, **spellings)
            case [answer]:
                return answer
        return self._within(answers[-1], grouped(self._written(answers[-1])))

    def _all_readings(self, text: str) -> list[Fraction]:
        """What a text can mean, whether the question takes it or not."""
        return [self._in_rules(number) for number in number_readings(self._without_percent(plain_signs(text)))]

    def _without_percent(self, plain: str) -> str:
        """A text without the unit behind it that a percentage may have."""
        return plain.removesuffix("%").rstrip(" ") if self._percent else plain

    def _within(self, answer: Fraction, text: str) -> Fraction:
        refused = self._refusal(answer, text)
        if refused is not None:
            raise refused
        return answer

    @override
    def from_cell(self, cell: CellScalar) -> Fraction:
        if cell.kind == "percent" and self._percent:
            return self.from_file(like(cell, cell[:-1]))
        return self.from_file(cell) if cell.kind in ("number", "percent") else super().from_cell(cell)

    @override
    def allowed_in_cell(self, language: str) -> Phrase:
        bounds = bounds_in_words(*self._limits, self._written)
        if self.question.whole:
            return Phrase("form.allowed_whole_within", bounds=bounds) if bounds else Phrase("form.allowed_whole")
        return bounds or Phrase("form.allowed_number")

    @override
    def from_json(self, value: Any) -> Fraction | None:
        match = _STORED.fullmatch(value) if isinstance(value, str) else None
        if match is None:
            return self._calculated_from(value)
        whole, decimals, denominator = match.groups("")
        try:  # a simulation reads a hundred thousand: `Fraction` would take the text apart once more
            return self._in_rules(Fraction(int(whole + decimals), int(denominator or 1) * 10 ** len(decimals)))
        except (ValueError, ZeroDivisionError):
            return None

    def _calculated_from(self, value: Any) -> Calculated | None:
        """The answer that `to_json` wrote of one that was calculated."""
        match value:
            case {"formula": str(formula), "value": str(text)} if formula:
                result = self.from_json(text)
                return None if result is None else Calculated(result, formula)
        return None

    # -- writing

    def _written(self, answer: Fraction) -> str:
        return written(self._as_typed(answer))

    @override
    def to_text(self, answer: Fraction) -> str:
        """In plain digits; 50.125 as 50.1250 where it could be taken for 50125. What was calculated as its formula."""
        return formula_of(answer) or self._undoubted(answer)

    def _undoubted(self, answer: Fraction) -> str:
        text = self._written(answer)
        others = [reading for reading in self._all_readings(text) if reading != answer]
        return undoubted(text) if any(self.refusal(other) is None for other in others) else text

    @override
    def as_read(self, answer: Fraction) -> Words:
        """In groups of three, with its unit; of a result that was rounded it is said."""
        words = self._with_unit(grouped(self._undoubted(answer)))
        formula = formula_of(answer)
        if formula is None or is_exact(formula, self._as_typed(answer)):
            return words
        return Phrase("answers.rounded", answer=words, places=str(PLACES))

    @override
    def to_json(self, answer: Fraction) -> str | dict[str, str]:
        """In plain digits; with the formula where it was calculated."""
        text, formula = self._written(answer), formula_of(answer)
        return text if formula is None else {"formula": formula, "value": text}

    @override
    def to_file(self, answer: Fraction) -> int | float | Decimal:
        """A float only where it spells the very same digits."""
        text = self._written(answer)
        if "." not in text:
            return int(text)
        return float(text) if repr(float(text)) == text else Decimal(text)

    @override
    def to_cell(self, answer: Fraction) -> int | float | Decimal:
        return self.to_file(answer)

    @override
    def words(self, answer: Fraction, none_ticked: Phrase | str = "") -> Words:
        """In groups of three, with its unit, and behind it how it was calculated."""
        words, formula = self._with_unit(grouped(self._written(answer))), formula_of(answer)
        if formula is None:
            return words
        if is_exact(formula, self._as_typed(answer)):
            return Phrase("answers.calculated", answer=words, formula=formula)
        return Phrase("answers.calculated_rounded", answer=words, formula=formula, places=str(PLACES))

    def _with_unit(self, number: str) -> Phrase | str:
        unit = self.question.unit
        return number if unit is None else Phrase("answers.with_unit", number=number, unit=unit)

    # -- judging

    @override
    def refusal(self, answer: Fraction) -> Refused | None:
        return self._refusal(answer, None)

    def _refusal(self, answer: Fraction, typed: str | None) -> Refused | None:
        """Why it is no answer. `typed`: as it was typed, where somebody did."""
        if self.question.whole and answer.denominator != 1:
            return Refused("answers.expected_whole", found=(typed or self._written(answer))[:MOST_SHOWN])
        low, high = self._limits
        if (low is not None and answer < low) or (high is not None and answer > high):
            return Refused(
                "answers.outside",
                found=typed or grouped(self._written(answer)),
                bounds=bounds_in_words(low, high, self._written),
            )
        return None

    @override
    def warning(self, answer: Fraction) -> Phrase | None:
        if self.question.plausible is None:
            return None
        low, high = self.question.plausible
        return (
            None
            if low <= answer <= high
            else Phrase("answers.implausible", bounds=bounds_in_words(low, high, self._written))
        )

    # -- making answers up

    @override
    def candidates(self, mentioned: Collection[Any]) -> Iterator[Fraction]:
        """A usual figure first, then the ends, then those at which a rule turns and just beside, then round ones."""
        figures = sorted(value for value in mentioned if isinstance(value, Fraction))
        low, high = self._limits
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
        low, high = self._limits
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
        low, high = self._limits
        low = Fraction(0) if low is None else low
        high = low + 100 if high is None else high
        return self._typeable(low + (high - low) * Fraction(random.randrange(101), 100))
