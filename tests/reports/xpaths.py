"""XPath as a phone works it out, as far as the program writes it: an answer that is missing is an empty text."""

import math
import re
from collections.abc import Mapping
from datetime import date
from typing import Any

_TOKEN = re.compile(r"'[^']*'|\"[^\"]*\"|\$\{([^}]+)\}|<=|>=|!=|=|[a-z][a-z-]*\(|[A-Za-z]+|[0-9.]+|.", re.DOTALL)
_WORDS = {"=": "==", "div": "/", "true(": "true(", "if(": "if_(", "int(": "int_(", "not(": "not_("}


def worked_out(xpath: str, fields: Mapping[str, str]) -> Any:
    """The value of an expression, with what stands in the fields."""
    tokens = [_python(match[0], match[1]) for match in _TOKEN.finditer(xpath)]
    names = {"cell": lambda name: Operand(fields.get(name, "")), **_FUNCTIONS}
    return eval("".join(tokens), {"__builtins__": {}}, names)


def _python(token: str, name: str | None) -> str:
    if name:
        return f"cell({name!r})"
    if token[0].isdigit():
        return f"number_({token!r})"
    return _WORDS.get(token, token.replace("-", "_") if token.endswith("(") else token)


class Operand:
    """A value that compares and reckons as in XPath: a text against a text, else numbers."""

    def __init__(self, value: str | float) -> None:
        self.value = value

    @property
    def number(self) -> float:
        if isinstance(self.value, str):
            return float(self.value) if self.value else math.nan
        return self.value

    def _with(self, other: Any) -> float:
        return other.number if isinstance(other, Operand) else float(other)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, str):
            return str(self.value) == other
        if isinstance(other, Operand) and isinstance(self.value, str) and isinstance(other.value, str):
            return self.value == other.value
        return self.number == self._with(other)

    def __ne__(self, other: object) -> bool:
        return not self == other

    __hash__ = None  # type: ignore[assignment]  # nothing is looked up by it

    def __lt__(self, other: Any) -> bool:
        return self.number < self._with(other)

    def __le__(self, other: Any) -> bool:
        return self.number <= self._with(other)

    def __gt__(self, other: Any) -> bool:
        return self.number > self._with(other)

    def __ge__(self, other: Any) -> bool:
        return self.number >= self._with(other)

    def __add__(self, other: Any) -> "Operand":
        return Operand(self.number + self._with(other))

    def __sub__(self, other: Any) -> "Operand":
        return Operand(self.number - self._with(other))

    def __mul__(self, other: Any) -> "Operand":
        return Operand(self.number * self._with(other))

    def __truediv__(self, other: Any) -> "Operand":
        divisor = self._with(other)
        return Operand(self.number / divisor if divisor else math.nan)


def _of(value: Any) -> float:
    return value.number if isinstance(value, Operand) else float(value)


def _rounded(value: Any, places: int) -> Operand:
    number = _of(value)
    return Operand(number if math.isnan(number) else round(number, int(_of(places))))


def _whole(value: Any) -> Operand:
    number = _of(value)
    return Operand(number if math.isnan(number) else float(int(number)))


_FUNCTIONS = {
    "true": lambda: True,
    "false": lambda: False,
    "not_": lambda condition: not condition,
    "if_": lambda test, first, second: first if test else second,
    "number": lambda value: Operand(_of(value)),
    "number_": lambda text: Operand(float(text)),
    "round": _rounded,
    "int_": _whole,
    "abs": lambda value: Operand(abs(_of(value))),
    "min": lambda *values: Operand(min(map(_of, values))),
    "max": lambda *values: Operand(max(map(_of, values))),
    "selected": lambda field, option: option in str(field.value).split(),
    "count_selected": lambda field: Operand(float(len(str(field.value).split()))),
    "string_length": lambda field: Operand(float(len(str(field.value)))),
    "format_date": lambda field, sign: Operand(
        date.fromisoformat(str(field.value)).strftime(sign) if field.value else ""
    ),
}
