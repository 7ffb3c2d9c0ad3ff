"""What of a scorecard is kept, so that a ranking and an export need not score again."""

import json
from fractions import Fraction
from typing import Any

from greenstar.i18n.phrase import Text
from greenstar.numbers import as_number, as_percent
from greenstar.record.canonical import canonical
from greenstar.scheme.model import Scheme
from greenstar.scoring.explain.unmet import title_of
from greenstar.scoring.scorecard import Scorecard, Unmet
from greenstar.storage.protocols.storage import Storage


def keep(storage: Storage, assessment: int, scheme: Scheme, card: Scorecard, *, event: int, at: str) -> None:
    """Keep a scorecard, in the transaction of what it follows from. `event`: the last change that it counts."""
    figures = [tuple(group.values()) for group in groups(card)]
    storage.scorecards.keep({"assessment": assessment, "event": event, "at": at, **row(scheme, card)}, figures)


def row(scheme: Scheme, card: Scorecard) -> dict[str, Any]:
    """A scorecard's figures as the database keeps them."""
    return {
        "total": exact(card.total),
        "total_number": None if card.total is None else float(card.total),
        "available": str(card.available),
        "share": exact(card.share),
        "level": card.level,
        "stars": card.stars,
        "candidate": int(card.lighthouse),
        "why_not": json.dumps([unmet_json(scheme, one) for one in card.lighthouse_unmet], ensure_ascii=False),
        "keys": json.dumps({name: exact(value) for name, value in card.keys.items()}),
        "key_numbers": canonical([None if value is None else float(value) for value in card.keys.values()]),
        "answered": card.answered,
        "asked": card.asked,
        "complete": int(card.complete),
        "not_applicable_points": str(card.not_applicable_points),
    }


def groups(card: Scorecard) -> list[dict[str, Any]]:
    """The figures of a scorecard's categories, as the database keeps them and a reader sees them."""
    return [
        {
            "group": group.id,
            "points": float(as_number(group.points)),
            "available": float(as_number(group.available)),
            "percent": None if group.share is None else float(as_percent(group.share)),
            "bonus": int(group.bonus),
            "share": exact(group.share),
        }
        for group in card.groups
    ]


def exact(value: Fraction | None) -> str | None:
    """An exact figure as text: 305/4."""
    return None if value is None else str(value)


def figure(text: str | None) -> Fraction | None:
    """The exact figure of a text."""
    return None if text is None else Fraction(text)


def unmet_json(scheme: Scheme, unmet: Unmet) -> dict[str, Any]:
    """An unmet requirement as plain values, with the titles of its day; `ranking.kept` reads it."""
    title = title_of(scheme, unmet)
    because = unmet.because
    return {
        "requirement": unmet.requirement,
        "subject": unmet.subject,
        "title": title.by_language if title is not None else None,
        "needed": exact(unmet.needed),
        "actual": exact(unmet.actual),
        "percent": unmet.percent,
        "criteria": list(unmet.criteria),
        "because": because.by_language if isinstance(because, Text) else because,
    }
