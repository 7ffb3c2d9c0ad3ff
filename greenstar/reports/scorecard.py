"""A scorecard as `score --json` prints it. Its keys are promises; they are only ever added."""

from collections.abc import Sequence
from typing import Any

from greenstar.assessment.model import Visit
from greenstar.i18n.catalogue import Catalogue
from greenstar.reports.figures import Figures, plain
from greenstar.scheme.model import Scheme
from greenstar.scoring.explain.tree import title_of
from greenstar.scoring.explain.unmet import unmet_message
from greenstar.scoring.scorecard import Bound, CriterionScore, GroupScore, LevelResult, Scorecard, Unmet


def scorecard_json(scheme: Scheme, visit: Visit, card: Scorecard, catalogue: Catalogue) -> dict[str, Any]:
    """The whole scorecard; its sentences in the catalogue's language."""
    return _Writer(scheme, card, catalogue).whole(visit)


def unmet_json(scheme: Scheme, found: Sequence[Unmet], catalogue: Catalogue) -> list[dict[str, Any]]:
    """What a level lacks."""
    return [_unmet(scheme, one, catalogue) for one in found]


class _Writer:
    def __init__(self, scheme: Scheme, card: Scorecard, catalogue: Catalogue) -> None:
        self.scheme = scheme
        self.card = card
        self.catalogue = catalogue
        self.figures = Figures(scheme, card)

    def whole(self, visit: Visit) -> dict[str, Any]:
        card, figures = self.card, self.figures
        return {
            "scheme": card.scheme,
            "version": card.version,
            "scheme_sha256": card.scheme_sha256,
            "store": visit.store.code,
            "cycle": visit.cycle or None,
            "total": figures.total(card.total),
            "total_exact": figures.exact(),
            "available": plain(card.available),
            "percent": figures.percent(),
            "level": card.level,
            "stars": card.stars,
            "lighthouse": card.lighthouse,
            "complete": card.complete,
            "answered": card.answered,
            "asked": card.asked,
            "worst": self._bound(card.worst),
            "best": self._bound(card.best),
            "groups": [self._group(group) for group in card.groups],
            "criteria": [self._criterion(score) for score in card.criteria.values()],
            "levels": [self._level(level) for level in card.levels],
            "lighthouse_unmet": unmet_json(self.scheme, card.lighthouse_unmet, self.catalogue),
            "notices": [self.catalogue.render(notice) for notice in card.notices],
        }

    def _bound(self, bound: Bound) -> dict[str, Any]:
        return {"total": self.figures.total(bound.total), "level": bound.level}

    def _group(self, group: GroupScore) -> dict[str, Any]:
        return {
            "id": group.id,
            "points": self.figures.group_points(group),
            "available": plain(group.available),
            "percent": self.figures.group_percent(group),
            "weight": plain(group.weight),
            "bonus": group.bonus,
            "groups": [self._group(inner) for inner in group.groups],
        }

    def _criterion(self, score: CriterionScore) -> dict[str, Any]:
        return {
            "id": score.id,
            "outcome": str(score.outcome),
            "points": self.figures.criterion_points(score.id),
            "available": plain(score.available),
            "reason": self.catalogue.render(score.reason),
        }

    def _level(self, level: LevelResult) -> dict[str, Any]:
        return {
            "id": level.id,
            "holds": level.holds,
            "possible": level.possible,
            "unmet": unmet_json(self.scheme, level.unmet, self.catalogue),
        }


def _unmet(scheme: Scheme, one: Unmet, catalogue: Catalogue) -> dict[str, Any]:
    misses = () if one.needed is None else (one.needed,)
    return {
        "requirement": one.requirement,
        "subject": one.subject or None,
        "needed": plain(one.needed, percent=one.percent),
        "actual": plain(one.actual, percent=one.percent, misses=misses),
        "unit": "%" if one.percent else None,
        "criteria": list(one.criteria),
        "reason": catalogue.render(unmet_message(one, title_of(scheme, one.subject))),
    }
