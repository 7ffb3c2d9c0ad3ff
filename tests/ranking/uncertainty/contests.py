"""Leagues to be unsure about, made up by a seed."""

from fractions import Fraction
from random import Random

from greenstar.ranking.uncertainty.contest import Contest
from greenstar.ranking.uncertainty.totals import Contestant, RootScoring
from greenstar.scoring.groups import Part, share_of

HUNDRED = Fraction(100)
WAYS = (("sum", HUNDRED), ("sum", None), ("mean", None), ("mean", Fraction(50)), ("min", None), ("geometric", HUNDRED))
"""Methods of the root, and what a share of 1 is worth."""


def contest(
    seed: int,
    method: str = "sum",
    worth: Fraction | None = HUNDRED,
    *,
    stores: int = 8,
    groups: int = 3,
    fine: int = 1,
    gaps: bool = True,
) -> Contest:
    """Random stores; points are multiples of 1/`fine`. With `gaps` not everything applies to every store."""
    random = Random(seed)
    weights = tuple(Fraction(random.randint(1, 4)) for _ in range(groups))
    ahead = seed % 3 == 0  # in some leagues a key comes before the total
    made = []
    for number in range(stores):
        available = [Fraction(random.choice((0, 4, 8, 8, 8)) if gaps else 8) for _ in range(groups)]
        points = [Fraction(random.randint(0, int(part) * fine), fine) for part in available]
        bonus = Fraction(random.choice((0, 0, 1, 3)))
        parts = tuple(zip(points, available, strict=True))
        made.append(
            Contestant(
                store=f"S-{number}",
                parts=parts,
                bonus=bonus,
                total=_total(method, worth, parts, weights, bonus),
                ahead=(Fraction(random.randint(0, 1)),) if ahead else (),
                behind=(Fraction(random.randint(0, 2)),),
            )
        )
    return Contest(RootScoring(method, worth, tuple("ABCDEFGHIJKLMNOP"[:groups]), weights), made)


def _total(
    method: str,
    worth: Fraction | None,
    parts: tuple[tuple[Fraction, Fraction], ...],
    weights: tuple[Fraction, ...],
    bonus: Fraction,
) -> Fraction | None:
    """The total as scoring has it."""
    weighed = zip(parts, weights, strict=True)
    counting = [Part(points, available, weight) for (points, available), weight in weighed if available]
    if not counting:
        return None
    if method == "sum" and worth is None:
        return sum((part.points * part.weight for part in counting), bonus)
    return share_of(method, counting) * (HUNDRED if worth is None else worth) + bonus  # type: ignore[arg-type]
