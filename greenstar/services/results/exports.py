"""The tables that others build on: scores, answers, findings, ranking. Their columns are promises: only ever added to.

Values are texts, numbers, truth values or None; how a file spells them is the writer's business.
"""

import json
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from greenstar.assessment.answer_types import answer_type
from greenstar.assessment.model import Status
from greenstar.i18n.catalogue import Catalogue
from greenstar.numbers import as_number, as_percent
from greenstar.ranking.stored import figure
from greenstar.record.timestamps import written_time
from greenstar.scoring.score import score, work_out
from greenstar.services.results import scorecards as cards
from greenstar.services.results.documents import answers_documents, answers_json
from greenstar.services.results.ranking import league
from greenstar.services.results.rescoring import counting, scheme_and_visit
from greenstar.services.workspace import Workspace
from greenstar.storage.protocols.assessments import AssessmentRow

__all__ = ["answer_rows", "answers_documents", "answers_json", "finding_rows", "ranking_rows", "score_rows"]

Row = dict[str, Any]


# -- scores ------------------------------------------------------------------------------------------------------


def score_rows(workspace: Workspace) -> list[Row]:
    """One row a visit of the cycle, its categories in columns."""
    return [_score_row(workspace, row) for row in counting(workspace)]


def _score_row(workspace: Workspace, row: AssessmentRow) -> Row:
    scheme = workspace.storage.schemes.get(row.scheme)
    assert scheme is not None
    edges = json.loads(scheme["summary"])["edges"]
    card, groups = _kept(workspace, row)
    store = workspace.storage.stores.get(row.store) or {}
    found = {
        "store": row.store,
        "name": store["name"],
        "city": store["city"],
        "region": store["region"],
        "cycle": row.cycle,
        "scheme": row.scheme_name,
        "version": scheme["version"],
        "status": str(row.status),
        "assessor": row.assessor,
        "visited": row.visited.isoformat() if row.visited else None,
        "submitted": written_time(row.submitted_at) if row.submitted_at else None,
        "total": _number(card["total"], edges["total"]),
        "available": _number(card["available"]),
        "percent": _percent(card["share"], edges["share"]),
        "level": card["level"],
        "stars": card["stars"],
        "lighthouse": bool(card["candidate"]),
        "answered": card["answered"],
        "asked": card["asked"],
        "not_applicable_points": _number(card["not_applicable_points"]),
    }
    for group in groups:
        found[f"{group['group']}_points"] = _whole(group["points"])
        found[f"{group['group']}_available"] = _whole(group["available"])
        found[f"{group['group']}_percent"] = _whole(group["percent"])
    return found


def _kept(workspace: Workspace, row: AssessmentRow) -> tuple[Row, list[Row]]:
    """A visit's figures, scored again where the ones that are kept are older than its last change."""
    card = workspace.storage.scorecards.get(row.id)
    last = workspace.storage.events.newest_of_store(row.store)
    if card is None or (row.status is Status.DRAFT and card["event"] < last):
        scheme, visit = scheme_and_visit(workspace, row)
        fresh = score(scheme, visit)
        return cards.row(scheme, fresh), cards.groups(fresh)
    kept = {group["group"]: group for group in workspace.storage.scorecards.groups(row.id)}
    order = json.loads((workspace.storage.schemes.get(row.scheme) or {})["summary"])["categories"]
    return card, [kept[group["id"]] for group in order]


def _number(text: str | None, edges: list[str] | None = None) -> int | float | None:
    value = figure(text)
    return None if value is None else as_number(value, misses=[Fraction(edge) for edge in edges or ()])


def _percent(text: str | None, edges: list[str]) -> int | float | None:
    value = figure(text)
    return None if value is None else as_percent(value, [Fraction(edge) for edge in edges])


def _whole(value: float | None) -> int | float | None:
    """A number without `.0` where it is whole."""
    return int(value) if value is not None and value == int(value) else value


# -- answers -----------------------------------------------------------------------------------------------------


def answer_rows(workspace: Workspace, language: str = "en") -> list[Row]:
    """One row a question of every visit of the cycle; a value that is not there, or was not asked for, is None."""
    catalogue = Catalogue(language)
    return [one for row in counting(workspace) for one in _answer_rows(workspace, row, catalogue)]


def _answer_rows(workspace: Workspace, row: AssessmentRow, catalogue: Catalogue) -> Iterator[Row]:
    scheme, visit = scheme_and_visit(workspace, row)
    worked = work_out(scheme, visit)
    card = score(scheme, visit, worked)
    kept = {one["key"]: one for one in workspace.storage.contents.full("answer", row.id)}
    for name, question in scheme.questions.items():
        criterion = scheme.criterion_of[name]
        found = card.criteria[criterion]
        asked = name in worked.environment.values and name in visit.answers
        yield {
            "store": row.store,
            "cycle": row.cycle,
            "criterion": criterion,
            "question": name,
            "value": answer_type(scheme, question).to_cell(visit.answers[name]) if asked else None,
            "unit": question.unit.in_(catalogue.language) if question.unit is not None else None,
            "answered_at": kept[name]["at"] if asked else None,
            "assessor": kept[name]["by"] if asked else None,
            "note": visit.notes.get(criterion),
            "points": as_number(found.points),
            "available": as_number(found.available),
            "outcome": str(found.outcome),
            "reason": catalogue.render(found.reason),
        }


# -- findings and ranking ----------------------------------------------------------------------------------------


def finding_rows(workspace: Workspace) -> list[Row]:
    """One row a finding of every visit of the cycle."""
    return [
        {
            "store": row.store,
            "cycle": row.cycle,
            "criterion": one["criterion"],
            "severity": one["severity"],
            "text": one["text"],
            "action": one["action"],
            "due": one["due"],
            "closed": one["closed"],
            "found_at": one["found_at"],
            "assessor": one["by"],
        }
        for row in counting(workspace)
        for one in workspace.storage.contents.entries("finding", row.id)
    ]


def ranking_rows(
    workspace: Workspace, *, region: str | None = None, drafts: bool = False, language: str = "en"
) -> list[Row]:
    """One row a store, in the order of the league."""
    ranking = league(workspace, region=region, drafts=drafts)
    catalogue = Catalogue(language)
    separator = catalogue.say("ranking.separator")
    found = []
    for ranked in ranking.stores:
        one = ranked.standing
        found.append(
            {
                "rank": ranked.rank,
                "store": one.store,
                "name": one.name,
                "region": one.region,
                "total": None if one.total is None else as_number(one.total, misses=ranking.edges),
                "level": one.level,
                "candidate": one.candidate,
                "why_not": separator.join(catalogue.render(reason) for reason in one.why_not),
                "rank_low": ranked.rank_low,
                "rank_high": ranked.rank_high,
                **{
                    f"by_{name}": None if value is None else as_number(value, misses=_misses(name, ranking.edges))
                    for name, value in one.keys.items()
                },
            }
        )
    return found


def _misses(key: str, edges: tuple[Fraction, ...]) -> tuple[Fraction, ...]:
    return edges if key == "total" else ()
