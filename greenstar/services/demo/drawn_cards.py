"""Scorecards that are drawn, not scored: categories have points by chance, and all else follows from them.

For networks so large that inventing answers and scoring them would take hours. Of what the shipped scheme asks, only
totals and categories are looked at; prerequisites, evidence and findings are taken to be in order.
"""

import json
from fractions import Fraction
from random import Random
from typing import Any, NamedTuple

from greenstar.numbers import HUNDRED, ZERO, as_percent, exact_text
from greenstar.ranking.stored import first_reason
from greenstar.scheme.fields import Threshold
from greenstar.scheme.levels import EachCategory, Requires
from greenstar.scheme.model import Scheme
from greenstar.scheme.parts import points_of
from greenstar.scoring.edges import of_group
from greenstar.storage.protocols.scorecards import GroupRow, ScorecardRow

_PARTS = 100  # of a point: so fine are drawn points
_SPREAD = 0.14  # of the shares of a store's categories around its quality
_OF_BONUS = 0.4  # of its quality that a store reaches in bonus categories
_LACKING, _LACKS = "POL", (0, 0, 0, 3, 5, 8)  # the category of which some stores lack a part: so many points of it
_WATER_ENERGY = ("WAT", "ENE")  # of the second key of the ranking


class _Drawn(NamedTuple):
    """A category with its points, in parts, of those that it could have had."""

    parts: int
    available: int
    row: GroupRow


class _Least(NamedTuple):
    """The least that is asked for: a level, a total in points, and shares of categories as fractions of 1."""

    level: str | None
    stars: int
    total: Fraction
    shares: dict[str, Fraction]


class DrawnCards:
    """Draws scorecards under the shipped scheme."""

    def __init__(self, scheme: Scheme, random: Random) -> None:
        self.scheme = scheme
        self._random = random
        self._worth = {
            group.category: int(sum(map(points_of, scheme.criteria_in[group.category]), ZERO))
            for group in scheme.categories
        }
        self._bonus = {group.category for group in scheme.categories if group.bonus}
        levels = [self._least(level.requires, level.id, level.stars) for level in scheme.levels]
        self._levels = levels[::-1]  # the highest first
        self._lighthouse = self._least(scheme.lighthouse.requires, scheme.lighthouse.requires.level, 0)
        self._asked = len(scheme.criteria)
        self._drawn: dict[tuple[str, int, int], _Drawn] = {}
        self._unmet: dict[tuple[str, int, int], str] = {}
        self._first_reasons: dict[str, str | None] = {}

    def _least(self, requires: Requires, level: str | None, stars: int) -> _Least:
        each = requires.each_category
        if isinstance(each, EachCategory):
            each = each.min
        shares = {name: each.value for name in self._worth if each is not None and name not in self._bonus}
        shares |= {name: threshold.value for name, threshold in requires.categories.items()}
        total = requires.total.value if isinstance(requires.total, Threshold) else ZERO
        return _Least(level, stars, total, shares)

    def draw(self, quality: float) -> ScorecardRow:
        """A scorecard of a store that is so good, as a share of 1."""
        lacks = self._random.choice(_LACKS)
        drawn = {
            name: self._group(name, worth - (lacks if name == _LACKING else 0), quality)
            for name, worth in self._worth.items()
        }
        share, total = self._added_up(drawn)
        level = next((level for level in self._levels if _holds(level, total, drawn)), None)
        level_id = level.level if level is not None else None
        unmet = self._lacking(level, drawn)
        water_energy = Fraction(sum(drawn[name].parts for name in _WATER_ENERGY), _PARTS)
        keys = {"total": str(total), "water_energy": str(water_energy), "least_excluded": str(-lacks)}
        return ScorecardRow(
            total=keys["total"],
            total_number=float(total),
            available=str(HUNDRED),
            share=exact_text(share),
            level=level_id,
            stars=level.stars if level is not None else 0,
            candidate=not unmet,
            why_not=_listed(unmet),
            keys=json.dumps(keys),
            key_1=float(total),
            key_2=float(water_energy),
            key_3=float(-lacks),
            key_4=None,
            key_5=None,
            key_6=None,
            reasons=len(unmet),
            first_reason=self._first_reason(unmet),
            answered=self._asked,
            asked=self._asked,
            complete=True,
            not_applicable_points=str(lacks),
            worst=keys["total"],
            worst_level=level_id,
            best=keys["total"],
            best_level=level_id,
            totals_by_policy=None,
            excused_points="0",
            groups=tuple(group.row for group in drawn.values()),
        )

    def _added_up(self, drawn: dict[str, _Drawn]) -> tuple[Fraction, Fraction]:
        """The share of what can be had without bonus, and the total in points, bonus included."""
        counted = [group for name, group in drawn.items() if name not in self._bonus]
        available = sum(group.available for group in counted)
        parts = sum(group.parts for group in counted)
        bonus = sum(drawn[name].parts for name in self._bonus)
        return (
            Fraction(parts, _PARTS * available),
            Fraction(parts * 100 + bonus * available, _PARTS * available),
        )

    def _first_reason(self, unmet: list[str]) -> str | None:
        """The first of what keeps the store from being a candidate, as rankings show it; worked out once for each."""
        if not unmet:
            return None
        if unmet[0] not in self._first_reasons:
            self._first_reasons[unmet[0]] = first_reason(_listed(unmet))
        return self._first_reasons[unmet[0]]

    def _group(self, name: str, available: int, quality: float) -> _Drawn:
        quality *= _OF_BONUS if name in self._bonus else 1
        share = min(max(self._random.gauss(quality, _SPREAD), 0.0), 1.0)
        drawn = (name, available, int(share * available * _PARTS))
        if drawn not in self._drawn:
            self._drawn[drawn] = self._written(*drawn)
        return self._drawn[drawn]

    def _written(self, name: str, available: int, parts: int) -> _Drawn:
        points = Fraction(parts, _PARTS)
        share = points / available
        percent = as_percent(share, of_group(self.scheme, name).in_shares(Fraction(available)))
        numbers = float(points), float(available), float(percent)
        row = GroupRow(name, *numbers, name in self._bonus, str(share), str(points), str(available))
        return _Drawn(parts, available, row)

    def _lacking(self, level: _Least | None, drawn: dict[str, _Drawn]) -> list[str]:
        """What keeps the store from being a candidate, each as it is stored."""
        wanted = self._lighthouse
        unmet = []
        if level is None or level.level != wanted.level:
            unmet.append(self._unmet_level())
        for name, least in wanted.shares.items():
            group = drawn[name]
            if not _reaches(group, least):
                known = (name, group.available, group.parts)
                if known not in self._unmet:
                    self._unmet[known] = self._unmet_category(name, least, group)
                unmet.append(self._unmet[known])
        return unmet

    def _unmet_level(self) -> str:
        level = self._lighthouse.level or ""
        title = self.scheme.level_title(level)
        return _unmet("level", level, title.by_language if title is not None else None)

    def _unmet_category(self, name: str, least: Fraction, group: _Drawn) -> str:
        edges = of_group(self.scheme, name).in_shares(Fraction(group.available))
        return _unmet(
            "categories",
            name,
            self.scheme.groups[name].title.by_language,
            needed=str(least),
            actual=group.row.share,
            percent=True,
            misses=[str(edge) for edge in edges],
        )


def _holds(least: _Least, total: Fraction, drawn: dict[str, _Drawn]) -> bool:
    return total >= least.total and all(_reaches(drawn[name], share) for name, share in least.shares.items())


def _reaches(group: _Drawn, share: Fraction) -> bool:
    return group.parts * share.denominator >= share.numerator * group.available * _PARTS


def _listed(unmet: list[str]) -> str:
    """Requirements as a JSON list, from the texts that they are stored as."""
    return f"[{', '.join(unmet)}]"


def _unmet(requirement: str, subject: str, title: dict[str, str] | None, **figures: Any) -> str:
    """A requirement as `results.scorecards` stores it."""
    nothing: dict[str, Any] = {
        "needed": None,
        "actual": None,
        "percent": False,
        "misses": [],
        "criteria": [],
        "because": None,
    }
    kept = {"requirement": requirement, "subject": subject, "title": title, **nothing, **figures}
    return json.dumps(kept, ensure_ascii=False)
