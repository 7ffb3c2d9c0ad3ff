"""A scorecard as it is stored, so that a ranking and an export need not score again."""

import json
from dataclasses import replace
from typing import Any

from greenstar.i18n.phrase import Text
from greenstar.numbers import as_number, as_percent, exact_text, nearest_float
from greenstar.ranking.standing import KEY_COLUMNS
from greenstar.ranking.stored import first_reason
from greenstar.scheme.model import Scheme
from greenstar.scoring.edges import ScorecardEdges
from greenstar.scoring.explain.unmet import title_of
from greenstar.scoring.policies import totals_by_policy
from greenstar.scoring.scorecard import GroupScore, Scorecard, Unmet
from greenstar.storage.protocols.scorecards import GroupRow, ScorecardRow


def stored_form(scheme: Scheme, card: Scorecard) -> ScorecardRow:
    """A scorecard's figures as they are stored."""
    totals = {policy: exact_text(total) for policy, total in totals_by_policy(scheme, card).items()}
    return replace(plain_form(scheme, card), totals_by_policy=json.dumps(totals))


def plain_form(scheme: Scheme, card: Scorecard) -> ScorecardRow:
    """The same without the totals under other policies, which take longer than all else."""
    edges = ScorecardEdges(scheme, card)
    why_not = json.dumps([_unmet_json(edges, unmet) for unmet in card.lighthouse_unmet], ensure_ascii=False)
    first = first_reason(why_not)
    return ScorecardRow(
        total=exact_text(card.total),
        total_number=None if card.total is None else nearest_float(card.total),
        available=str(card.available),
        share=exact_text(card.share),
        level=card.level,
        stars=card.stars,
        candidate=card.lighthouse,
        why_not=why_not,
        keys=json.dumps({name: exact_text(value) for name, value in card.keys.items()}),
        **_key_columns(card),
        reasons=len(card.lighthouse_unmet) if first is not None else 0,
        first_reason=first,
        answered=card.answered,
        asked=card.asked,
        complete=card.complete,
        not_applicable_points=str(card.not_applicable_points),
        worst=exact_text(card.worst.total),
        worst_level=card.worst.level,
        best=exact_text(card.best.total),
        best_level=card.best.level,
        totals_by_policy=None,
        excused_points=str(card.excused_points),
        groups=tuple(_group_row(edges, group) for group in card.groups),
    )


def _key_columns(card: Scorecard) -> dict[str, float | None]:
    """The first keys as numbers, by their columns."""
    values = list(card.keys.values())[:KEY_COLUMNS]
    padded = [*values, *[None] * (KEY_COLUMNS - len(values))]
    return {f"key_{place}": None if value is None else nearest_float(value) for place, value in enumerate(padded, 1)}


def _group_row(edges: ScorecardEdges, group: GroupScore) -> GroupRow:
    """A category's figures, rounded as everywhere else, and its exact share."""
    return GroupRow(
        group=group.id,
        points=float(as_number(group.points, misses=edges.group(group.id))),
        available=float(as_number(group.available)),
        percent=None if group.share is None else float(as_percent(group.share, edges.group(group.id, percent=True))),
        bonus=group.bonus,
        share=exact_text(group.share),
        points_exact=str(group.points),
        available_exact=str(group.available),
    )


def _unmet_json(edges: ScorecardEdges, unmet: Unmet) -> dict[str, Any]:
    """An unmet requirement as plain values, with the titles of its day; `ranking.stored` reads it."""
    title = title_of(edges.scheme, unmet)
    because = unmet.because
    return {
        "requirement": unmet.requirement,
        "subject": unmet.subject,
        "title": title.by_language if title is not None else None,
        "needed": exact_text(unmet.needed),
        "actual": exact_text(unmet.actual),
        "percent": unmet.percent,
        "misses": [exact_text(edge) for edge in edges.requirement(unmet)],
        "criteria": list(unmet.criteria),
        "because": because.by_language if isinstance(because, Text) else because,
    }
