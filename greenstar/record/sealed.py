"""The sealed document: all that was submitted, in one spelling, so that its SHA-256 proves it."""

from collections.abc import Mapping
from typing import Any

from greenstar.assessment.model import Visit
from greenstar.numbers import exact_text
from greenstar.record.canonical import canonical
from greenstar.record.plain import plain_visit
from greenstar.scheme.model import Scheme
from greenstar.scoring.scorecard import Scorecard

FORMAT = 1  # of what is sealed


def sealed_document(
    scheme: Scheme,
    visit: Visit,
    card: Scorecard,
    *,
    revision: int,
    submitted: str,
    follow_up: Mapping[str, Any] | None = None,
) -> str:
    """The canonical JSON text of a visit, its scorecard, and its rules by hash. `plain.visit_from` reads the visit.

    `follow_up`: the revision differs from the one before by findings that were closed since. It says the seal that it
    goes on from (`replaces`), the ids of those findings (`closed`), and why (`because`).
    """
    return canonical(
        {
            "format": FORMAT,
            "revision": revision,
            "submitted": submitted,
            "scheme": {"name": scheme.name, "version": scheme.version, "sha256": scheme.sha256},
            "scorecard": _figures(card),
            **plain_visit(visit, scheme),
            **({"follow_up": dict(follow_up)} if follow_up is not None else {}),
        }
    )


def _figures(card: Scorecard) -> dict[str, Any]:
    """A scorecard's figures, exact: they can be worked out again from the rest, and must come out the same."""
    return {
        "total": exact_text(card.total),
        "available": str(card.available),
        "share": exact_text(card.share),
        "level": card.level,
        "stars": card.stars,
        "lighthouse": card.lighthouse,
        "answered": card.answered,
        "asked": card.asked,
        "not_applicable_points": str(card.not_applicable_points),
        "keys": {name: exact_text(value) for name, value in card.keys.items()},
        "groups": {
            group.id: {
                "points": str(group.points),
                "available": str(group.available),
                "share": exact_text(group.share),
            }
            for group in card.groups
        },
        "criteria": {
            score.id: {"outcome": score.outcome, "points": str(score.points), "available": str(score.available)}
            for score in card.criteria.values()
        },
    }
