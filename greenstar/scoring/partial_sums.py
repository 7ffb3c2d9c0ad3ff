"""Totals in which a few criteria have other points: only the groups around them are added up again, from their sums."""

from collections import ChainMap, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from fractions import Fraction

from greenstar.errors import BadInput
from greenstar.numbers import HUNDRED, ZERO, is_too_large
from greenstar.scheme.document import Method
from greenstar.scheme.model import ROOT, Scheme
from greenstar.scheme.parts import points_of
from greenstar.scoring.groups import Part, Totals, bonus_points, part_of, parts_of_root, share_of
from greenstar.scoring.scorecard import CriterionScore, GroupScore


class PartialSums:
    """One view of a visit, added up; `earned` gives a criterion's points in it. What a group consists of is kept."""

    def __init__(
        self,
        scheme: Scheme,
        scores: Mapping[str, CriterionScore],
        earned: Callable[[CriterionScore], Fraction],
        totals: Totals,
    ) -> None:
        self.scheme = scheme
        self.totals = totals
        self._scores, self._earned = scores, earned
        self._place = {name: place for place, name in enumerate(scheme.groups)}  # a group's own groups come after it
        self._sums: dict[str, _Sums] = {}

    def with_points(self, points: Mapping[str, Fraction]) -> Totals:
        """The totals with other points of these criteria, as they count in their groups; there is as much to earn.

        BadInput: a figure has more digits than are worked with.
        """
        before, parent = self.totals, self.scheme.parent
        changed: defaultdict[str, dict[str, Fraction]] = defaultdict(dict)
        for name, figure in points.items():
            changed[parent[name]][name] = figure
        groups: dict[str, GroupScore] = {}
        for name in sorted(self.around(points), key=self._place.__getitem__, reverse=True):
            group = before.groups[name]
            share = self._sums_of(name).share_with(changed[name])
            if share == group.share or share is None:
                continue
            figure = share * self._worth(name)
            most = self.scheme.groups[name].max if group.bonus else None
            figure = figure if most is None else min(figure, most)
            groups[name] = replace(group, points=figure, share=share, groups=())
            changed[parent[name]][name] = figure
        share = self._sums_of(ROOT).share_with(changed[ROOT])
        all_groups = ChainMap(groups, before.groups)  # type: ignore[arg-type]  # the second is only read
        total = None if share is None else share * self._worth(ROOT) + bonus_points(self.scheme, all_groups)
        return replace(before, groups=all_groups, share=share, total=total)

    def around(self, criteria: Iterable[str]) -> set[str]:
        """The groups in which these criteria stand, at any depth."""
        around: set[str] = set()
        for name in criteria:
            group = self.scheme.parent[name]
            while group != ROOT and group not in around:
                around.add(group)
                group = self.scheme.parent[group]
        return around

    def _worth(self, name: str) -> Fraction:
        """The points that a share of 1 stands for."""
        worth = self.scheme.scoring.points if name == ROOT else self.scheme.groups[name].points
        return worth if worth is not None else self._sums_of(name).available

    def _sums_of(self, name: str) -> "_Sums":
        if name not in self._sums:
            method = self.scheme.scoring.method if name == ROOT else self.scheme.groups[name].method
            self._sums[name] = _Sums(method, self._parts_of(name))
        return self._sums[name]

    def _parts_of(self, name: str) -> dict[str, Part]:
        """What a group consists of, in the order in which it is added up."""
        if name == ROOT:
            return parts_of_root(self.scheme, self.totals.groups)
        group = self.scheme.groups[name]
        own = (criterion for criterion in group.criteria if points_of(criterion))
        parts = {criterion.id: part_of(criterion, self._scores, self._earned) for criterion in own}
        for child in (self.totals.groups[child.category] for child in group.categories):
            parts[child.id] = Part(child.points, child.available, child.weight)
        return parts


class _Sums:
    """What the parts of one group come to by its method."""

    def __init__(self, method: Method, parts: Mapping[str, Part]) -> None:
        self.method = method
        self.parts = {name: part for name, part in parts.items() if part.available}
        counting = list(self.parts.values())
        self.share = share_of(method, counting) if counting else None
        self._weights = sum((self._whole(part) for part in counting), ZERO)
        self._rising: list[tuple[Fraction, str]] = []
        if method == "min":
            self._rising = sorted((part.points / part.available, name) for name, part in self.parts.items())

    @property
    def available(self) -> Fraction:
        """The points that a group of this method has to earn where its file names none."""
        return self._weights if self.method == "sum" else HUNDRED

    def _whole(self, part: Part) -> Fraction:
        """What a part counts for among the others."""
        return part.available * part.weight if self.method == "sum" else part.weight

    def share_with(self, points: Mapping[str, Fraction]) -> Fraction | None:
        """The share that they make with other points of some parts."""
        changed = {name: figure for name, figure in points.items() if name in self.parts}
        if not changed or self.share is None:
            return self.share
        if self.method == "min":
            kept = next((share for share, name in self._rising if name not in changed), None)
            others = (figure / self.parts[name].available for name, figure in changed.items())
            return min(others) if kept is None else min(kept, *others)
        if self.method == "geometric":
            parts = [
                replace(part, points=changed[name]) if name in changed else part for name, part in self.parts.items()
            ]
            return share_of(self.method, parts)
        share = self.share
        for name, figure in changed.items():
            part = self.parts[name]
            share += (figure - part.points) / part.available * self._whole(part) / self._weights
        if is_too_large(share):
            raise BadInput("scoring.too_large")
        return share
