"""What makes two compared stores change places, in sentences: the one weight, by how much, or that none does."""

from collections.abc import Sequence
from dataclasses import dataclass

from greenstar.i18n.phrase import Phrase, Text
from greenstar.numbers import percent_shown
from greenstar.ranking.swap import Swap
from greenstar.services.results.comparison import Comparison

_MOST_DIGITS = 12  # of a percentage: as many as it takes, which most often is one


@dataclass(frozen=True)
class WeightChange:
    """A category whose weight makes them change places; `percent` is told without a sign, `more`: more weight."""

    title: Text
    swap: Swap
    percent: str
    more: bool

    @property
    def sentence(self) -> Phrase:
        """`They change places if Energy weighs 15.8 % more.`: from there on, whatever the digits behind."""
        way = "more" if self.more else "less"
        if not self.swap.change:
            return Phrase(f"compare.swap_at_once_{way}", title=self.title)
        return Phrase(f"compare.swap_{way}", title=self.title, percent=self.percent)

    @property
    def in_short(self) -> Phrase:
        """`Energy 15.8 % more`, among others."""
        return Phrase(f"compare.swap_part_{'more' if self.more else 'less'}", title=self.title, percent=self.percent)


@dataclass(frozen=True)
class SwapView:
    """What it takes; `ahead`: 1 the first of the two ranks higher, -1 the second, 0 neither or not known.

    `why`: why no change is looked for, or none is known; `sentence` is the one line that says it all, `besides` what
    other weights do, and what is to be known of it.
    """

    ahead: int
    changes: tuple[WeightChange, ...]
    never: tuple[tuple[str, Text], ...]
    why: str | None
    sentence: Phrase
    besides: tuple[Phrase, ...]


def swap_view(comparison: Comparison) -> SwapView:
    """Everything that is said of their changing places."""
    swaps = comparison.swaps
    if comparison.first.kept is not None or comparison.second.kept is not None:
        return SwapView(0, (), (), "kept", Phrase("compare.swap_kept"), ())
    if swaps is None:
        return SwapView(0, (), (), "rules", Phrase("compare.swap_rules"), ())
    titles = {group.category: group.title for group in comparison.first.scheme.categories}
    changes = [_change(titles[swap.group], swap) for swap in swaps.swaps]
    never = tuple((group, titles[group]) for group in swaps.never)
    return SwapView(
        ahead=swaps.ahead,
        changes=tuple(changes),
        never=never,
        why=swaps.why,
        sentence=_sentence(changes, swaps.why),
        besides=tuple(_besides(comparison, changes, never)),
    )


def _change(title: Text, swap: Swap) -> WeightChange:
    return WeightChange(title, swap, percent_shown(abs(swap.told), places=_MOST_DIGITS), swap.told > 0)


def _sentence(changes: Sequence[WeightChange], why: str | None) -> Phrase:
    if changes:
        return changes[0].sentence
    return Phrase("compare.swap_never" if why is None else f"compare.swap_{why}")


def _besides(
    comparison: Comparison, changes: Sequence[WeightChange], never: Sequence[tuple[str, Text]]
) -> Sequence[Phrase]:
    swaps = comparison.swaps
    besides = []
    if len(changes) > 1:
        besides.append(Phrase("compare.swap_others", changes=[change.in_short for change in changes[1:]]))
    if changes and never:
        besides.append(Phrase("compare.swap_never_by", titles=[title for _, title in never], count=len(never)))
    if changes and swaps is not None and swaps.shifts:
        besides.append(Phrase("compare.swap_shifts"))
    if comparison.first.visit.cycle != comparison.second.visit.cycle:
        besides.append(Phrase("compare.swap_cycles"))
    return besides
