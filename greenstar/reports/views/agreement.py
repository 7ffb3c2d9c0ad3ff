"""How far assessors agree, as every way out tells it: figures and sentences, not yet in a language."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from greenstar.i18n.phrase import Phrase, Text
from greenstar.numbers import ONE, ZERO, as_number, as_percent, percent_shown, rounded_text
from greenstar.ranking.agreement.alpha import Alpha
from greenstar.services.agreement.agreement import Agreement, PlacesAlike
from greenstar.services.agreement.criteria import CriterionAgreement

_ALPHA_PLACES = 3
_MOST_NAMED = 6  # criteria
_ENDS = (ONE, ZERO)  # full agreement, and what chance gives: neither is reached by rounding


@dataclass(frozen=True)
class PlaceAlike:
    """A store of the league and the places that it cannot be told apart from."""

    rank: int
    store: str
    total: str
    low: int
    high: int


def alpha_number(alpha: Alpha) -> int | float | None:
    """The coefficient to three places; None: there is none."""
    return None if alpha.value is None else as_number(alpha.value, _ALPHA_PLACES, _ENDS)


def alpha_text(alpha: Alpha) -> str | Phrase:
    """The coefficient for a reader, else in a word why there is none."""
    if alpha.value is None:
        return Phrase(f"agreement.why_{alpha.why_none}")
    return rounded_text(alpha.value, 2, _ENDS)


def places_listed(agreement: Agreement) -> Iterator[PlaceAlike]:
    """All stores of the league whose places are known, in its order."""
    edges = agreement.ranking.edges
    for ranked in agreement.ranking.stores:
        entry = ranked.entry
        if entry.store in agreement.alike.places and entry.total is not None:
            low, high = agreement.alike.places[entry.store]
            total = rounded_text(entry.total, 2, edges.in_points(entry.available))
            yield PlaceAlike(ranked.rank, entry.store, total, low, high)


def alike_phrase(alike: PlacesAlike, store: str) -> Phrase | None:
    """What to tell a store of its place; None: nothing is known of it."""
    if store not in alike.places:
        return None
    low, high = alike.places[store]
    return Phrase("agreement.alike_alone") if low == high else Phrase("agreement.alike", low=low, high=high)


def totals_phrases(agreement: Agreement) -> Iterator[Phrase]:
    """How far totals lie apart, and from where on stores can be told apart."""
    known, alike = agreement.repeatability, agreement.alike
    if not known.known or known.limit is None or known.deviation is None:
        if alike.why_none is not None:
            yield alike.why_none
        return
    yield Phrase("agreement.limit", limit=_rounded(known.limit))
    yield Phrase("agreement.limit_from", deviation=_rounded(known.deviation), count=known.pairs)
    if alike.why_none is not None:
        yield alike.why_none
    elif alike.limit:
        yield Phrase("agreement.apart", limit=_rounded(alike.limit))
    else:
        yield Phrase("agreement.all_apart")


def title_of(agreement: Agreement, criterion: str) -> Text:
    """A criterion's title."""
    assert agreement.scheme is not None
    return agreement.scheme.criteria[criterion].title


def differing(agreement: Agreement) -> list[CriterionAgreement]:
    """The criteria that two assessors answered differently anywhere: those that they differ about most come first."""
    return [criterion for criterion in agreement.criteria if criterion.differing]


def not_compared(agreement: Agreement) -> Phrase | None:
    """The criteria that nobody assessed twice, the first few by name; None: there are none."""
    names = [criterion.criterion for criterion in agreement.criteria if not criterion.stores]
    if not names:
        return None
    named: object = names[:_MOST_NAMED]
    if len(names) > _MOST_NAMED:
        named = Phrase("agreement.and_more", names=named, count=len(names) - _MOST_NAMED)
    return Phrase("agreement.not_compared", criteria=named, count=len(names))


def share_text(share: Fraction | None) -> str:
    """A share for a reader; a dash where there is none."""
    return "-" if share is None else percent_shown(share, _ENDS)


def share_number(share: Fraction | None) -> int | float | None:
    """A share of 100 for a program."""
    return None if share is None else as_percent(share, _ENDS)


def _rounded(value: float) -> Fraction:
    """A figure that is no exact one anyway, to two places."""
    return Fraction(round(value, 2)).limit_denominator(100)
