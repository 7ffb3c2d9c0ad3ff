"""How a group's parts make the whole, as one line of arithmetic for a pocket calculator."""

from collections.abc import Iterable
from fractions import Fraction
from typing import NamedTuple

from greenstar.i18n.phrase import Phrase
from greenstar.numbers import written
from greenstar.scheme.document import Method
from greenstar.scoring.groups import HUNDRED, ONE, ZERO, Part, share_of


class Term(NamedTuple):
    """A part of a group: `points` of `available`, at `weight`."""

    id: str
    points: Fraction
    available: Fraction
    weight: Fraction


def combination(method: Method, worth: Fraction | None, terms: Iterable[Term]) -> Phrase | None:
    """The arithmetic of a group worth `worth` points (None: a sum of its own); None where nothing applies."""
    counting = [term for term in terms if term.available]
    if not counting:
        return None
    share = share_of(method, [Part(term.points, term.available, term.weight) for term in counting])
    if method == "sum" and worth is None:
        return Phrase("explain.sum_own", points=_points(counting), available=_available(counting))
    worth = HUNDRED if worth is None else worth
    values = {"share": written(share), "worth": written(worth), "result": written(share * worth)}
    if method == "sum":
        return Phrase("explain.sum", points=_points(counting), available=_available(counting), **values)
    weights = sum((term.weight for term in counting), ZERO)
    return Phrase(f"explain.{method}", terms=_shares(method, counting, weights), weights=written(weights), **values)


def _points(terms: list[Term]) -> str:
    return _added([(term.points, term.weight) for term in terms])


def _available(terms: list[Term]) -> str:
    return _added([(term.available, term.weight) for term in terms])


def _added(pairs: list[tuple[Fraction, Fraction]]) -> str:
    """`9 + 2 × 17.5 = 44`; a weight of 1 is not said."""
    parts = [written(figure) if weight == ONE else f"{written(weight)} × {written(figure)}" for figure, weight in pairs]
    whole = written(sum((figure * weight for figure, weight in pairs), ZERO))
    return whole if parts == [whole] else f"{' + '.join(parts)} = {whole}"


def _shares(method: Method, terms: list[Term], weights: Fraction) -> str:
    shares = [(written(term.points / term.available), term.weight) for term in terms]
    if method == "mean":
        return " + ".join(share if weight == ONE else f"{written(weight)} × {share}" for share, weight in shares)
    if method == "min":
        return ", ".join(share for share, _ in shares)
    return " × ".join(f"({share})^({written(weight / weights)})" for share, weight in shares)
