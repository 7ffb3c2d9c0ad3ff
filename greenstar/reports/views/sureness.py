"""How sure places are, in sentences: with the settings that they were worked out with."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate
from math import sqrt

from greenstar.i18n.phrase import PERCENT, Phrase, Quantity
from greenstar.numbers import as_number, percent_shown, rounded
from greenstar.reports.views.figures import Figure
from greenstar.services.results.sureness import StoreSureness, Sureness

_ALL, _NONE = Fraction(1), Fraction(0)


@dataclass(frozen=True)
class SurePlace:
    """What is said of one store's place."""

    rank: int
    count: int
    sure: StoreSureness
    view: "SurenessView"

    @property
    def range(self) -> Phrase:
        """Which places other weights give it, and how sure that is."""
        sure = self.sure
        key = "sure.reached"
        if sure.proved:
            key = "sure.stays" if sure.low == sure.high else "sure.proved"
        places = {"low": sure.low, "high": sure.high, "low_bound": sure.low_bound, "high_bound": sure.high_bound}
        return Phrase(key, rank=self.rank, count=self.count, share=self.view.share, **places)

    @property
    def in_short(self) -> Phrase:
        """Its range and its chance in one line; that it has a place is known."""
        sure, first = self.sure, self.view.sureness.settings.first
        key = "sure.short"
        if sure.proved:
            key = "sure.short_stays" if sure.low == sure.high else "sure.short_proved"
        values = {name: getattr(sure, name) for name in ("low", "high", "low_bound", "high_bound")}
        chance = percent_shown(sure.chance, (_ALL, _NONE))
        return Phrase(key, share=self.view.share, first=first, chance=chance, **values)

    @property
    def chance(self) -> Phrase:
        """How often it is among the first few."""
        settings, chance = self.view.sureness.settings, self.sure.chance
        values = {"first": settings.first, "draws": f"{settings.draws:,}", "seed": settings.seed}
        if chance in (_ALL, _NONE):
            return Phrase("sure.chance_all" if chance else "sure.chance_none", **values)
        percent = percent_shown(chance, (_ALL, _NONE))
        return Phrase("sure.chance", chance=percent, error=self.error, **values)

    @property
    def error(self) -> str:
        """The standard error of the chance, in points of a hundred."""
        chance, draws = float(self.sure.chance), self.view.sureness.settings.draws
        return f"{rounded(Fraction(100 * sqrt(chance * (1 - chance) / draws)), 1, (_NONE,)):f}"

    @property
    def drawn(self) -> Phrase | None:
        """The places that nine of ten weightings give it, those in the middle; None: they were not counted."""
        counts = self.sure.drawn
        if not counts:
            return None
        low, high = _reaching(counts, sorted(counts)), _reaching(counts, sorted(counts, reverse=True))
        draws = f"{self.view.sureness.settings.draws:,}"
        return Phrase("sure.drawn_one" if low == high else "sure.drawn", low=low, high=high, draws=draws)

    @property
    def policies(self) -> Phrase | None:
        """Its places under other policies for what does not apply; None where that changes nothing, or is not known."""
        policies = self.sure.policies
        if policies["award"] is None or policies["zero"] is None:
            return None
        if {policies["award"], policies["zero"], policies["redistribute"] or self.rank} == {self.rank}:
            return None
        key = "sure.policies" if policies["redistribute"] is None else "sure.policies_shared"
        return Phrase(key, **policies)

    @property
    def answers(self) -> Phrase | None:
        """Its places whatever is answered to what is open; None where that changes nothing, or is not known."""
        ends = self.sure.answers
        if ends is None or ends == (self.rank, self.rank):
            return None
        return Phrase("sure.answers", low=ends[0], high=ends[1])

    @property
    def level(self) -> Phrase | None:
        """What weights make of its level; None where the scheme has none, or it is not known."""
        reach = self.sure.reach
        if not self.view.sureness.ranking.ladder or reach.low is None or not reach.exact:
            return None
        key = "sure.level_stays" if reach.stable else "sure.level_rises" if reach.keeps else "sure.level_falls"
        return Phrase(key, low=Figure(reach.low).quantity, high=Figure(reach.high).quantity)

    @property
    def sentences(self) -> Iterator[Phrase]:
        """All that is to be said."""
        yield self.range
        yield from (phrase for phrase in (self.chance, self.policies, self.answers, self.level) if phrase is not None)


@dataclass(frozen=True)
class SurenessView:
    """A ranking's ranges as every way out tells them."""

    sureness: Sureness

    @property
    def share(self) -> Quantity:
        """How far each weight goes, as a percentage."""
        return Quantity(self.sureness.settings.share, PERCENT)

    @property
    def settings(self) -> Phrase:
        """What the ranges were worked out with."""
        settings = self.sureness.settings
        return Phrase(
            "sure.settings" if self.sureness.corners else "sure.settings_without_corners",
            share=self.share,
            draws=f"{settings.draws:,}",
            seed=settings.seed,
            groups=tuple(self.sureness.weights),
            count=len(self.sureness.weights),
        )

    @property
    def hint(self) -> Phrase | None:
        """What is to be known of this method of the root; None: nothing."""
        method = self.sureness.method
        return Phrase(f"sure.method_{method}") if method in ("min", "geometric") else None

    def place(self, store: str, rank: int) -> SurePlace:
        """What is said of a store."""
        return SurePlace(rank, len(self.sureness.stores), self.sureness.stores[store], self)


def _reaching(counts: Mapping[int, int], places: Sequence[int]) -> int:
    """The first of these places up to which at least a twentieth of the weightings lie."""
    most = sum(counts.values()) / 20
    so_far = accumulate(counts[place] for place in places)
    return next(place for place, count in zip(places, so_far, strict=True) if count >= most)


def number(value: Fraction | None) -> int | float | None:
    """A figure for programs."""
    return None if value is None else as_number(value, 6)
