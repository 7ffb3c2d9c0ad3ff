"""The ranges of all places of a league: reached, bounded, and for those that are told of proved; and the chances.

Needs NumPy. Three honest layers: a *reached* place has a weighting of the box that gives it; no place beyond the
*bound* is possible; where both are the same, the range is *proved*.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

import numpy as np

from greenstar.ranking.uncertainty.bounds import Bounds, Rivals
from greenstar.ranking.uncertainty.box import WeightBox
from greenstar.ranking.uncertainty.contest import Contest, Heat
from greenstar.ranking.uncertainty.places import Places, place_under
from greenstar.ranking.uncertainty.proof import Limit, most_ahead, most_behind
from greenstar.ranking.uncertainty.scores import Scores
from greenstar.ranking.uncertainty.settings import Stopped, SureSettings

MOST_PAIRED = 2_000  # stores of which each is held against each other; of more, only those that are told of

Factors = tuple[Fraction, ...]


@dataclass
class PlaceRange:
    """What becomes of a store's place: from `low`, the best, to `high`; each reached by factors that are given.

    `proved`: nothing beyond is possible; nothing beyond `low_bound` and `high_bound` is in any case. `among_first`: in
    how many of the weightings drawn it is among the first few; `drawn`: how often each place came, if asked for.
    """

    low: int
    high: int
    low_bound: int
    high_bound: int
    low_factors: Factors
    high_factors: Factors
    among_first: int
    drawn: Mapping[int, int] = field(default_factory=dict)

    @property
    def proved(self) -> bool:
        """Whether what is reached is all that is possible."""
        return self.low == self.low_bound and self.high == self.high_bound

    def chance(self, draws: int) -> Fraction:
        """The share of the weightings drawn in which it is among the first few."""
        return Fraction(self.among_first, draws)


def place_ranges(
    contest: Contest,
    settings: SureSettings,
    prove: Sequence[int] = (),
    stopped: Callable[[], bool] = lambda: False,
    watched: Collection[int] = (),
) -> list[PlaceRange]:
    """The range of each contestant's place, in their order. `prove`: those whose range is to be proved, in that order.

    Where it cannot be in time, or needs more parts than are looked at, `proved` is False. `watched`: those of which it
    is counted which place the weightings drawn give.
    Stopped: `stopped`, which is asked now and then, said so.
    """
    box = WeightBox(settings.share, len(contest.scoring.groups))
    limit = Limit(settings.seconds, stopped=stopped)
    turns = {store: turn for turn, store in enumerate(prove)}
    ranges: dict[int, PlaceRange] = {}
    for heat in contest.heats:
        if stopped():
            raise Stopped
        ranges.update(_HeatRanges(heat, box, settings, watched).told(turns, limit))
    return [ranges[store] for store in range(len(contest.contestants))]


class _HeatRanges:
    """The ranges of the stores of a heat; places count from 0 within it until they are told."""

    def __init__(self, heat: Heat, box: WeightBox, settings: SureSettings, watched: Collection[int]) -> None:
        self.heat, self.box, self.settings = heat, box, settings
        scores = Scores(heat)
        self.bounds = Bounds(scores, box)
        self.corners = Places(scores, box, box.corners())
        named = [number for number, entry in enumerate(heat.entries) if not {*watched}.isdisjoint(entry.stores)]
        draws = box.draws(settings.draws, settings.seed)
        self.draws = Places(scores, box, draws, settings.first - heat.offset, named)

    def told(self, turns: Mapping[int, int], limit: Limit) -> Iterator[tuple[int, PlaceRange]]:
        """Each store's range; `turns`: when each is to be proved that is."""
        entries = self.heat.entries
        paired = self.heat.stores <= MOST_PAIRED
        low, high = self.bounds.by_totals()
        last = len(turns)
        turn = {number: min(turns.get(store, last) for store in entry.stores) for number, entry in enumerate(entries)}
        for number in sorted(turn, key=turn.__getitem__):
            if limit.stopped():
                raise Stopped
            reached, to_be_proved = self._reached(number), turn[number] < last
            reached.low_bound, reached.high_bound = int(low[number]), int(high[number])
            if paired or to_be_proved:
                rivals = self.bounds.rivals(number)
                reached.low_bound = rivals.always
                reached.high_bound = rivals.always + int(self.bounds.scores.count[rivals.sometimes].sum())
                if to_be_proved:
                    self._prove(number, reached, rivals, limit)
                    self._confirm(number, reached)
            reached.drawn = self._drawn(number, reached)
            for store in entries[number].stores:
                yield store, self._in_league(reached)

    def _reached(self, entry: int) -> PlaceRange:
        """The best and the worst place in all that was tried."""
        best = min((self.corners, self.draws), key=lambda places: int(places.best.place[entry]))
        worst = max((self.corners, self.draws), key=lambda places: int(places.worst.place[entry]))
        return PlaceRange(
            low=int(best.best.place[entry]),
            high=int(worst.worst.place[entry]),
            low_bound=0,
            high_bound=self.heat.stores - 1,
            low_factors=best.witness(int(best.best.line[entry])),
            high_factors=worst.witness(int(worst.worst.line[entry])),
            among_first=int(self.draws.among_first[entry]),
        )

    def _prove(self, entry: int, reached: PlaceRange, rivals: Rivals, limit: Limit) -> None:
        """Search for better and worse places, and for the proof that there are none."""
        if reached.proved or not self.bounds.scores.is_ratio:
            return
        start = np.array([[float(factor) for factor in end] for end in (reached.low_factors, reached.high_factors)])
        always, both = rivals.always, reached.high_bound + reached.low_bound
        ahead = most_ahead(self.bounds, entry, rivals, limit, start=start, known=reached.high - always)
        if ahead.factors is not None:
            reached.high, reached.high_factors = always + ahead.reached, self.box.exact(ahead.factors[1:])
        behind = most_behind(self.bounds, entry, rivals, limit, start=start, known=both - always - reached.low)
        if behind.factors is not None:
            reached.low, reached.low_factors = both - always - behind.reached, self.box.exact(behind.factors[1:])
        reached.high_bound = min(reached.high_bound, always + ahead.bound)
        reached.low_bound = max(reached.low_bound, both - always - behind.bound)

    def _confirm(self, entry: int, reached: PlaceRange) -> None:
        """Count each end once more with all keys: in fractions alone, but for very many stores."""
        for name in ("low", "high"):
            factors = getattr(reached, f"{name}_factors")
            few = self.heat.stores <= MOST_PAIRED
            place = self.heat.place(entry, factors) if few else place_under(self.bounds.scores, entry, factors)
            setattr(reached, name, place)

    def _drawn(self, entry: int, reached: PlaceRange) -> dict[int, int]:
        """How often each place was drawn, within what is reached: floats may put two next to each other wrongly."""
        counts = self.draws.drawn.get(entry)
        if counts is None:
            return {}
        drawn: Counter[int] = Counter()
        for place in np.flatnonzero(counts).tolist():
            drawn[min(max(place, reached.low), reached.high)] += int(counts[place])
        return dict(drawn)

    def _in_league(self, reached: PlaceRange) -> PlaceRange:
        before = self.heat.offset + 1
        return replace(
            reached,
            low=reached.low + before,
            high=reached.high + before,
            low_bound=reached.low_bound + before,
            high_bound=reached.high_bound + before,
            drawn={place + before: count for place, count in reached.drawn.items()},
        )
