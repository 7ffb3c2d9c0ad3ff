"""A scorecard for programs."""

from collections.abc import Iterable
from typing import Any

from greenstar.i18n.catalogue import Catalogue
from greenstar.reports.views.requirements import RequirementView
from greenstar.reports.views.scorecard import BoundView, CriterionView, GroupView, LevelView, ScorecardView


def scorecard_json(card: ScorecardView, catalogue: Catalogue) -> dict[str, Any]:
    """`score --json`: the whole scorecard, its sentences in the catalogue's language."""
    summary = card.summary
    return {
        "scheme": card.scheme,
        "version": card.version,
        "scheme_sha256": card.sha256,
        "rules_sha256": card.rules_sha256,
        "store": card.store,
        "cycle": card.cycle or None,
        "total": summary.total.number,
        "total_exact": card.exact,
        "available": summary.available.number,
        "percent": card.percent.number,
        "level": summary.now.level,
        "stars": card.stars,
        "lighthouse": card.candidate,
        "complete": summary.complete,
        "answered": summary.answered,
        "asked": summary.asked,
        "worst": _bound(summary.worst),
        "best": _bound(summary.best),
        "groups": [_group(group) for group in summary.groups],
        "criteria": [_criterion(criterion, catalogue) for criterion in card.criteria],
        "levels": [_level(level, catalogue) for level in card.levels],
        "lighthouse_unmet": _lacks(card.candidate_lacks, catalogue),
        "notices": [catalogue.render(notice) for notice in card.notices],
        "not_applicable_points": summary.not_applicable.number,
        "excused_points": summary.excused.number,
    }


def _bound(bound: BoundView) -> dict[str, Any]:
    return {"total": bound.total.number, "level": bound.level}


def _group(group: GroupView) -> dict[str, Any]:
    return {
        "id": group.id,
        "points": group.points.number,
        "available": group.available.number,
        "percent": group.percent.number,
        "weight": group.weight.number,
        "bonus": group.bonus,
        "groups": [_group(inner) for inner in group.groups],
    }


def _criterion(criterion: CriterionView, catalogue: Catalogue) -> dict[str, Any]:
    return {
        "id": criterion.id,
        "outcome": str(criterion.outcome),
        "points": criterion.points.number,
        "available": criterion.available.number,
        "reason": catalogue.render(criterion.reason),
        "excused": criterion.excused,
    }


def _level(level: LevelView, catalogue: Catalogue) -> dict[str, Any]:
    return {
        "id": level.id,
        "holds": level.holds,
        "possible": level.possible,
        "unmet": _lacks(level.lacks, catalogue),
    }


def _lacks(requirements: Iterable[RequirementView], catalogue: Catalogue) -> list[dict[str, Any]]:
    return [
        {
            "requirement": requirement.requirement,
            "subject": requirement.subject or None,
            "needed": requirement.needed.number,
            "actual": requirement.actual.number,
            "unit": "%" if requirement.needed.percent else None,
            "criteria": list(requirement.criteria),
            "reason": catalogue.render(requirement.sentence),
        }
        for requirement in requirements
    ]
