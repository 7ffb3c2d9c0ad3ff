"""Reads calculations as people type them: `1284.62-1284.58`, `（12.5+13.1）÷2`. Exact, and bounded by their length."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from greenstar.assessment.answer_types.base import MOST_SHOWN, Refused
from greenstar.assessment.number_readings import number_readings, plain_signs, undoubted
from greenstar.numbers import rounded, written

MOST_CHARACTERS = 200
PLACES = 6  # decimals of a result that has no end
_MOST_DIGITS = 40  # of a result, as of a number that is typed
_SIGNS = str.maketrans("（）＋＊／＝–—", "()+*/=--")
_STARTS = frozenset("0123456789.,(-+=")
_SEEN_IN = re.compile(r".[-]|[+*/×÷()^=]", re.DOTALL)
_DAY = re.compile(r"[0-9]{4}([-/.])[0-9]{1,2}\1[0-9]{1,2}|[0-9]{1,2}([-/.])[0-9]{1,2}\2[0-9]{4}", re.ASCII)
_TOKEN = re.compile(r"(?P<number>[0-9.,](?:[0-9., ]*[0-9.,])?)|(?P<sign>[-+*/×÷()])|(?P<other>[^-+*/×÷() 0-9.,]+)")
_PRECEDENCE = {"+": 1, "-": 1, "*": 2, "×": 2, "/": 2, "÷": 2, "negative": 3}


@dataclass(frozen=True)
class Reading:
    """One way to read a formula: its exact result, and a spelling that can be read in no other way."""

    result: Fraction
    spelling: str


@dataclass(frozen=True)
class _Token:
    """A number or a sign. `place`: its first character, from 1; `readings`: what a number can mean."""

    text: str
    place: int
    readings: tuple[Fraction, ...] = ()


def plain_formula(text: str) -> str:
    """A text with ASCII digits, signs and brackets for full-width ones, and no blanks around."""
    return plain_signs(text.translate(_SIGNS))


def is_formula(plain: str) -> bool:
    """Whether a text that is no number was meant as a calculation, be it a wrong one."""
    return plain[:1] in _STARTS and bool(_SEEN_IN.search(plain)) and (plain[0] in "=(" or any(map(str.isdigit, plain)))


def formula_readings(plain: str) -> list[Reading]:
    """What a formula in plain signs comes to: one result, or two where its numbers can be read in two ways.

    A number with one `.` or `,` and three digits behind it is read as the others of the formula are, if they tell;
    else first all such numbers have decimals, then all are in groups of three. Refused: it cannot be calculated.
    """
    if len(plain) > MOST_CHARACTERS:
        raise Refused("answers.formula_too_long", most=str(MOST_CHARACTERS), found=str(len(plain)))
    if _DAY.fullmatch(plain):
        raise Refused("answers.formula_like_a_day", found=plain)
    start = 1 if plain.startswith("=") else 0
    tokens = list(_tokens(plain, start))
    doubtful = [token for token in tokens if len(token.readings) > 1]
    mark = _decimal_mark(tokens)
    if not doubtful or mark is not None:
        return [Reading(_result(tokens, [_as_others(token, mark) for token in tokens]), _kept_text(plain, start))]
    choices = [[token.readings[index] if token.readings else None for token in tokens] for index in (0, -1)]
    readings = [Reading(_result(tokens, choice), _spelled(plain, tokens, choice)[start:]) for choice in choices]
    return readings[:1] if readings[0].result == readings[1].result else readings


def as_answer(result: Fraction) -> Fraction:
    """A result as a number that can be written: as it is, or rounded to `PLACES` decimals where it has no end.

    Refused: it has more digits than any measurement.
    """
    text = written(result)
    answer = result if "/" not in text and len(text) <= _MOST_DIGITS else Fraction(rounded(result, PLACES))
    if len(written(answer)) > _MOST_DIGITS:
        raise Refused("answers.formula_too_large")
    return answer


def is_exact(formula: str, answer: Fraction) -> bool:
    """Whether a formula comes to a number without rounding, as far as it can be read."""
    try:
        return any(reading.result == answer for reading in formula_readings(formula))
    except Refused:
        return True


def _kept_text(plain: str, start: int) -> str:
    """A formula as it is kept: the sign before it only where it would be read otherwise without."""
    rest = plain[start:].lstrip(" ")
    return plain if _DAY.fullmatch(rest) or not is_formula(rest) else rest


# -- numbers and signs -------------------------------------------------------------------------------------------


def _tokens(plain: str, start: int) -> Iterator[_Token]:
    for match in _TOKEN.finditer(plain, start):
        text, place = match.group(), match.start() + 1
        if match["other"]:
            raise Refused("answers.formula_sign", place=str(place), found=text[:MOST_SHOWN])
        readings = number_readings(text) if match["number"] else ()
        if match["number"] and not readings:
            raise Refused("answers.formula_number", place=str(place), found=text[:MOST_SHOWN])
        yield _Token(text, place, readings)


def _decimal_mark(tokens: Sequence[_Token]) -> str | None:
    """The mark before decimals, as the numbers tell that can be read in one way; None: they do not."""
    marks = set[str]()
    for token in tokens:
        inside = [sign for sign in token.text if sign in ".,"]
        if len(token.readings) != 1 or not inside:
            continue
        parts_groups = len(inside) > 1 and len(set(inside)) == 1
        marks.add(inside[-1] if not parts_groups else "." if inside[-1] == "," else ",")
    return marks.pop() if len(marks) == 1 else None


def _as_others(token: _Token, mark: str | None) -> Fraction | None:
    """What a number means where that is the mark before decimals; None of a sign."""
    if not token.readings:
        return None
    return token.readings[0] if mark is None or mark in token.text else token.readings[-1]


def _spelled(plain: str, tokens: Sequence[_Token], choice: Sequence[Fraction | None]) -> str:
    """The formula with numbers that can be read in two ways spelled as they are meant."""
    for token, number in reversed(list(zip(tokens, choice, strict=True))):
        if len(token.readings) > 1 and number is not None:
            digits = token.text.replace(",", ".")
            spelling = undoubted(digits) if number == token.readings[0] else written(number)
            plain = plain[: token.place - 1] + spelling + plain[token.place - 1 + len(token.text) :]
    return plain


# -- what it comes to --------------------------------------------------------------------------------------------


class _Calculation:
    """Two stacks, so that no number of brackets exhausts the program's own."""

    def __init__(self) -> None:
        self._numbers: list[Fraction] = []
        self._signs: list[_Token] = []
        self._wants_number = True

    def take(self, token: _Token, number: Fraction | None) -> None:
        """The next number or sign."""
        if self._wants_number:
            self._start(token, number)
        elif token.text == ")":
            self._close(token)
        elif token.text in _PRECEDENCE:
            self._work_out(_PRECEDENCE[token.text])
            self._signs.append(token)
            self._wants_number = True
        else:
            raise Refused("answers.formula_no_sign", place=str(token.place), found=token.text[:MOST_SHOWN])

    def result(self) -> Fraction:
        """What all of it comes to."""
        if self._wants_number:
            raise Refused("answers.formula_ends")
        self._work_out(0)
        if self._signs:
            raise Refused("answers.formula_opens", place=str(self._signs[-1].place))
        return self._numbers.pop()

    def _start(self, token: _Token, number: Fraction | None) -> None:
        if number is not None:
            self._numbers.append(number)
            self._wants_number = False
        elif token.text == "(":
            self._signs.append(token)
        elif token.text == "-":
            self._signs.append(_Token("negative", token.place))
        else:
            raise Refused("answers.formula_missing", place=str(token.place), found=token.text)

    def _close(self, token: _Token) -> None:
        self._work_out(0)
        if not self._signs:
            raise Refused("answers.formula_closes", place=str(token.place))
        self._signs.pop()

    def _work_out(self, least: int) -> None:
        """Do what stands open since the last bracket and binds at least so tightly."""
        while self._signs and _PRECEDENCE.get(self._signs[-1].text, -1) >= least:
            sign, right = self._signs.pop(), self._numbers.pop()
            self._numbers.append(-right if sign.text == "negative" else _applied(self._numbers.pop(), sign, right))


def _applied(left: Fraction, sign: _Token, right: Fraction) -> Fraction:
    match sign.text:
        case "+":
            return left + right
        case "-":
            return left - right
        case "*" | "×":
            return left * right
    if right == 0:
        raise Refused("answers.formula_zero", place=str(sign.place))
    return left / right


def _result(tokens: Sequence[_Token], numbers: Sequence[Fraction | None]) -> Fraction:
    calculation = _Calculation()
    for token, number in zip(tokens, numbers, strict=True):
        calculation.take(token, number)
    return calculation.result()
