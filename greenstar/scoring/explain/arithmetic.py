"""Lines of arithmetic for a pocket calculator: how a group's parts make the whole, and a figure the points."""

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import Any, NamedTuple

from greenstar.i18n.phrase import Phrase, Quantity
from greenstar.numbers import HUNDRED, ONE, ZERO, written
from greenstar.scheme.document import Method, Score
from greenstar.scoring.explain.explanation import Explanation
from greenstar.scoring.groups import Part, share_of
from greenstar.scoring.scorecard import GroupScore


class Term(NamedTuple):
    """A part of a group: `points` of `available`, at `weight`."""

    id: str
    points: Fraction
    available: Fraction
    weight: Fraction


def term_of(score: GroupScore) -> Term:
    """A group as a part of the one around it."""
    return Term(score.id, score.points, score.available, score.weight)


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
    total = written(sum((figure * weight for figure, weight in pairs), ZERO))
    return total if parts == [total] else f"{' + '.join(parts)} = {total}"


def _shares(method: Method, terms: list[Term], weights: Fraction) -> str:
    shares = [(written(term.points / term.available), term.weight) for term in terms]
    if method == "mean":
        return " + ".join(share if weight == ONE else f"{written(weight)} × {share}" for share, weight in shares)
    if method == "min":
        return ", ".join(share for share, _ in shares)
    return " × ".join(f"({share})^({written(weight / weights)})" for share, weight in shares)


def score_steps(score: Score, value: Any) -> Iterator[Explanation]:
    """The steps of a score, the reached one and the next among them."""
    for kind, steps in (("at_least", score.at_least), ("at_most", score.at_most), ("linear", score.linear)):
        for edge, worth in steps or ():
            reached = isinstance(value, Fraction) and (value >= edge if kind == "at_least" else value <= edge)
            step = "step" if kind == "linear" else "step_reached" if reached else "step_not_reached"
            condition = Phrase(f"explain.edge_{kind}", edge=Quantity(edge, score.unit, as_written=True))
            yield Explanation(Phrase(f"explain.{step}", condition=condition, points=written(worth)))


def written_value(value: Any) -> str:
    """A value as it stands in a rule."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Fraction):
        return written(value)
    return f'"{value}"' if isinstance(value, str) else "[" + ", ".join(f'"{option}"' for option in value) + "]"
