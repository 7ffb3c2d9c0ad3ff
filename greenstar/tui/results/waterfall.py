"""A comparison's totals as a waterfall: from one total to the other, a step a category, and what each comes of."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from textual.content import Content

from greenstar.i18n.catalogue import Catalogue
from greenstar.numbers import rounded_text
from greenstar.reports.views.comparison import CategoryCompared, ComparisonView, WaterfallStep, waterfall
from greenstar.reports.views.figures import Figure
from greenstar.text import cell_width
from greenstar.tui.common.lines import columns, shortened
from greenstar.tui.glyphs import Sign

_BOTH, _LEFT, _RIGHT = Sign("━", "="), Sign("╸", "-"), Sign("╺", "-")
_GAP = 1
_SIDE, _SIGNED = 8, 8
_WORTH = 13
_LABEL, _LONG_LABEL = 12, 40  # cells of a category's name: at least, and where there is room
_CHART, _LONG_CHART = 8, 22  # cells of the chart: at least, and before a name has more than half of the room
_ROOMY = 96  # cells from which the points that a category can bring are told
_MARGIN = Fraction(1, 12)  # of the chart, left and right of what moves


@dataclass(frozen=True)
class Waterfall:
    """The lines of it, for one language and width; `names`: what tells the two apart."""

    comparison: ComparisonView
    names: tuple[str, str]
    catalogue: Catalogue
    width: int

    @cached_property
    def steps(self) -> tuple[WaterfallStep, ...]:
        """The way from the second total to the first."""
        return waterfall(self.comparison)

    @cached_property
    def weighs(self) -> bool:
        """Whether a category can bring one of them more than the other."""
        return any(category.by_worth.value for category in self.comparison.categories)

    @cached_property
    def cells(self) -> list[int]:
        """Cells of the name, both shares, both worths, by share, by worth, the chart, and the points."""
        worth = _WORTH if self.weighs and self.width >= _ROOMY else 0
        split = -_SIGNED if self.weighs else 0
        cells = [0, -_SIDE, -_SIDE, -worth, split, split, 0, -_SIGNED]
        room = self.width - sum(map(abs, cells)) - _GAP * (sum(map(bool, cells)) + 1)
        names = (self.catalogue.write(category.title) for category in self.comparison.categories)
        longest = max((cell_width(name) for name in names), default=0) + 4
        cells[0] = min(max(room // 2, room - _LONG_CHART, _LABEL), max(longest, _LABEL), _LONG_LABEL)
        cells[6] = max(room - cells[0], _CHART) if self.steps else 0
        return cells

    def lines(self) -> Iterator[Content]:
        """Heads, the second total, a line a category, the first total; and what the two kinds of difference are."""
        yield self._heads()
        if self.steps:
            yield self._total(1)
        for category in self.comparison.categories:
            step = next((step for step in self.steps if step.category is category), None)
            yield self._category(category, step)
        for step in self.steps:
            if step.category is None:
                words = Content.styled(self.catalogue.say("compare.the_rest"), "$muted")
                bar = self._bar(step.before, step.after)
                yield self._line([words, *[""] * 5, bar, signed_points(step.after - step.before)])
        if self.steps:
            yield self._total(0)

    def _line(self, contents: Sequence[Content | str]) -> Content:
        return columns(list(zip(contents, self.cells, strict=True)), _GAP)

    def _heads(self) -> Content:
        say = self.catalogue.say
        first, second = (shortened(Content.styled(name, "bold"), _SIDE) for name in self.names)
        heads = [Content.styled(say(f"compare.{key}"), "$muted") for key in ("worth", "by_share", "by_worth")]
        low, high = (rounded_text(end, 0) for end in self._ends)
        width = self.cells[6]
        axis = Content.styled(f"{low}{high.rjust(max(width - len(low), 0))}", "$faint")
        return self._line(["", first, second, *heads, axis, Content.styled(say("tui.store_points"), "$muted")])

    def _total(self, side: int) -> Content:
        """One of the totals, as where the steps begin or end."""
        total = self.comparison.visits[side].total
        name = Content.styled(self.names[side], "bold")
        bar = self._bar(self._ends[0], total.value or Fraction(0), "$primary")
        return self._line([name, *[""] * 5, bar, Content.styled(total.text, "bold")])

    def _category(self, category: CategoryCompared, step: WaterfallStep | None) -> Content:
        name = Content.assemble((category.id, "bold"), " ", (self.catalogue.write(category.title), "$muted"))
        shares = [self._share(share) for share in category.shares]
        worth = "  ".join("-" if points.value is None else rounded_text(points.value, 1) for points in category.worth)
        bar = self._bar(step.before, step.after) if step is not None else ""
        parts = [Content.styled(figure.signed, "$muted") for figure in (category.by_share, category.by_worth)]
        apart = category.apart.value
        points = "" if apart is None else signed_points(apart)
        return self._line([name, *shares, Content.styled(worth, "$muted"), *parts, bar, points])

    def _share(self, share: Figure) -> Content:
        if share.value is None:
            return Content.styled(self.catalogue.say("tui.na_short"), "$faint")
        return Content(share.text)

    @cached_property
    def _ends(self) -> tuple[Fraction, Fraction]:
        """What the chart shows: all running totals, with a margin."""
        values = [value for step in self.steps for value in (step.before, step.after)]
        if not values:
            return Fraction(0), Fraction(1)
        margin = max((max(values) - min(values)) * _MARGIN, Fraction(1, 2))
        return min(values) - margin, max(values) + margin

    def _bar(self, before: Fraction, after: Fraction, style: str = "") -> Content:
        low, high = self._ends
        start, end = sorted(float((value - low) / (high - low)) for value in (before, after))
        return span_line(start, end, self.cells[6], style or ("$success" if after >= before else "$error"))


def signed_points(points: Fraction) -> Content:
    """A difference, in the colour of a gain or of a loss."""
    style = "bold $success" if points > 0 else "bold $error" if points < 0 else "$faint"
    return Content.styled(Figure(points).signed, style)


def span_line(start: float, end: float, width: int, style: str) -> Content:
    """What lies between two shares of a line, precise to half a cell; something is never nothing."""
    first = max(0, min(round(start * 2 * width), 2 * width))
    last = max(0, min(round(end * 2 * width), 2 * width))
    if first == last and end > start:
        first, last = (first, first + 1) if first < 2 * width else (first - 1, first)
    marks = []
    for cell in range(width):
        left, right = (first <= half < last for half in (2 * cell, 2 * cell + 1))
        marks.append(_BOTH.mark if left and right else _LEFT.mark if left else _RIGHT.mark if right else " ")
    return Content.styled("".join(marks), style)
