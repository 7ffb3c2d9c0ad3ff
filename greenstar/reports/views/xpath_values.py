"""The values of a rule as XPath: conditions, figures, texts and days, each with what must hold so that it is known."""

from collections.abc import Iterable
from fractions import Fraction
from typing import Any, NamedTuple

from greenstar.numbers import written

TRUE, FALSE = "true()", "false()"


class Untranslatable(Exception):
    """A rule that no phone can work out."""


class Truth(NamedTuple):
    """When a condition is true, and when it is false; where neither holds it is unknown."""

    yes: str
    no: str


class XPathNumber(NamedTuple):
    """A number, what must hold so that it is known, and whether a phone has it exactly, as it was written."""

    text: str
    known: tuple[str, ...] = ()
    plain: bool = False


class XPathText(NamedTuple):
    """A text or the id of an option, and what must hold so that it is known."""

    text: str
    known: tuple[str, ...] = ()


class Day(NamedTuple):
    """A day: its year, month and day as numbers, and what must hold so that it is known."""

    year: str
    month: str
    day: str
    known: tuple[str, ...] = ()

    @property
    def number(self) -> str:
        """A number that orders days."""
        return f"({self.year} * 10000 + {self.month} * 100 + {self.day})"


def all_of(parts: Iterable[str]) -> str:
    """All conditions at once."""
    distinct = [part for part in dict.fromkeys(parts) if part != TRUE]
    if FALSE in distinct:
        return FALSE
    return _joined(distinct, " and ") or TRUE


def any_of(parts: Iterable[str]) -> str:
    """At least one of the conditions."""
    distinct = [part for part in dict.fromkeys(parts) if part != FALSE]
    if TRUE in distinct:
        return TRUE
    return _joined(distinct, " or ") or FALSE


def _joined(parts: list[str], word: str) -> str:
    return f"({word.join(parts)})" if len(parts) > 1 else "".join(parts)


def quoted(text: Any) -> str:
    """A text in quotes; XPath has no way to write both kinds of quotes in one."""
    words = str(text)
    if ("'" in words and '"' in words) or "${" in words:
        raise Untranslatable
    return f'"{words}"' if "'" in words else f"'{words}'"


def number(value: Fraction) -> XPathNumber:
    """A figure that stands in the rule itself."""
    text = written(value)
    return XPathNumber(f"({text.replace('/', ' div ')})") if "/" in text else XPathNumber(text, plain=True)


def months(start: Day, end: Day, *, years: bool) -> XPathNumber:
    """The full months from one day to another, or years; below 0 where the other comes earlier."""

    def between(first: Day, last: Day) -> str:
        whole = f"({last.year} - {first.year}) * 12 + {last.month} - {first.month}"
        return f"({whole} - if({last.day} < {first.day}, 1, 0))"

    full = f"if({start.number} <= {end.number}, {between(start, end)}, 0 - {between(end, start)})"
    return XPathNumber(f"int({full} div 12)" if years else full, (*start.known, *end.known))
