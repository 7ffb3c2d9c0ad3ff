"""Places where something other than the weights is different: a policy for what does not apply, answers that are open.

And what weights can make of the level. Exact; no NumPy.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from greenstar.numbers import ONE, ZERO
from greenstar.ranking.league import LeagueLevel
from greenstar.ranking.uncertainty.contest import ranks
from greenstar.ranking.uncertainty.totals import Contestant, RootScoring, totals_of


def places_with(contestants: Sequence[Contestant], totals: Sequence[Fraction | None]) -> list[int]:
    """Everyone's place if the totals were these, with all keys."""
    order = ranks([(*store.ahead, total, *store.behind) for store, total in zip(contestants, totals, strict=True)])
    ordered = sorted(order)
    return [1 + bisect_left(ordered, place) for place in order]


def places_with_answers(
    contestants: Sequence[Contestant], ends: Sequence[tuple[Fraction | None, Fraction | None]]
) -> list[tuple[int, int]]:
    """The best and the worst place of everyone whatever is answered to what is open; `ends`: least and greatest totals.

    Where nothing is open, all keys decide between two stores; else a total that could be equal may go either way.
    """
    now = places_with(contestants, [store.total for store in contestants])
    is_open = [least != most for least, most in ends]
    if not any(is_open):
        return [(place, place) for place in now]
    closed = sorted(place for place, open_ in zip(now, is_open, strict=True) if not open_)
    least = sorted(_number(low) for (low, _), open_ in zip(ends, is_open, strict=True) if open_)
    most = sorted(_number(high) for (_, high), open_ in zip(ends, is_open, strict=True) if open_)
    totals = sorted(_number(low) for (low, _), open_ in zip(ends, is_open, strict=True) if not open_)
    places = []
    for place, open_, (low, high) in zip(now, is_open, ends, strict=True):
        bottom, top = _number(low), _number(high)
        if open_:
            before = len(totals) - bisect_right(totals, top)
            behind = len(totals) - bisect_left(totals, bottom)
        else:
            before = behind = bisect_left(closed, place)
        surely = before + len(least) - bisect_right(least, top)
        maybe = behind + len(most) - bisect_left(most, bottom) - open_  # itself is no rival
        places.append((1 + surely, 1 + maybe))
    return places


def _number(total: Fraction | None) -> Fraction:
    return Fraction(-1) if total is None else total


@dataclass(frozen=True)
class LevelReach:
    """The lowest and the highest total that weights can make, and what that means for the store's level.

    `keeps`: no weights of the box take the level away; `rises`: some bring the total to where a higher level asks for
    it. Both are about the total alone: no other requirement changes with the weights of the root's groups, but for a
    rule that reads the total: then this is not `exact`.
    """

    low: Fraction | None
    high: Fraction | None
    keeps: bool
    rises: bool
    exact: bool = True

    @property
    def stable(self) -> bool | None:
        """Whether the level stays; None: that is not known."""
        return self.keeps and not self.rises if self.exact else None


def level_reach(
    scoring: RootScoring, contestant: Contestant, share: Fraction, ladder: Sequence[LeagueLevel], level: str | None
) -> LevelReach:
    """What weights can make of a store's total and level. `ladder`: the levels, lowest first."""
    if contestant.total is None:
        return LevelReach(None, None, keeps=True, rises=False)
    low, high = _ends(scoring, contestant, share)
    shares = _share_ends(scoring, contestant, share) if any(step.percent for step in ladder) else (ZERO, ZERO)
    held = next((place for place, step in enumerate(ladder) if step.id == level), -1)
    bottom = [_reached(step, low, shares[0]) for step in ladder]
    top = [_reached(step, high, shares[1]) for step in ladder]
    keeps = all(bottom[: held + 1])
    now = [_reached(step, contestant.total, _share(scoring, contestant)) for step in ladder]
    rises = any(reached and not before for reached, before in zip(top[held + 1 :], now[held + 1 :], strict=True))
    return LevelReach(low, high, keeps=keeps, rises=rises)


def _reached(level: LeagueLevel, total: Fraction, share: Fraction) -> bool:
    return level.total is None or (share if level.percent else total) >= level.total


def _ends(scoring: RootScoring, contestant: Contestant, share: Fraction) -> tuple[Fraction, Fraction]:
    totals = totals_of(scoring)
    row = totals.row(contestant)
    low, high = (totals.end(row, ONE - share, ONE + share, highest=highest).total for highest in (False, True))
    return low, high


def _as_share(scoring: RootScoring, contestant: Contestant) -> tuple[RootScoring, Contestant]:
    """The same store with its share, which knows no bonus, in the place of its total."""
    share = _share(scoring, contestant)
    return replace(scoring, worth=ONE), replace(contestant, bonus=ZERO, total=share)


def _share(scoring: RootScoring, contestant: Contestant) -> Fraction:
    """What it earned of what there was to earn, without the bonus."""
    assert contestant.total is not None
    points = contestant.total - contestant.bonus
    if scoring.method == "sum" and scoring.worth is None:
        available = sum(
            (available * weight for (_, available), weight in zip(contestant.parts, scoring.weights, strict=True)), ZERO
        )
        return points / available if available else ZERO
    return points / (scoring.worth if scoring.worth is not None else Fraction(100))


def _share_ends(scoring: RootScoring, contestant: Contestant, share: Fraction) -> tuple[Fraction, Fraction]:
    return _ends(*_as_share(scoring, contestant), share)
