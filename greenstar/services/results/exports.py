"""The tables that others build on: scores, criteria, answers, findings. Their columns are promises: only ever added to.

Values are texts, numbers, truth values or None; how a file spells them is the writer's business. An answer that no
float writes in plain digits is a Decimal.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction

from greenstar.assessment.answer_types import answer_type
from greenstar.assessment.calculated import formula_of
from greenstar.assessment.model import Visit
from greenstar.i18n.catalogue import Catalogue
from greenstar.numbers import as_number, as_percent, exact_figure
from greenstar.record.timestamps import written_time
from greenstar.scheme.model import Scheme
from greenstar.scoring.edges import Edges, of_score
from greenstar.scoring.score import score, work_out
from greenstar.scoring.scorecard import CriterionScore
from greenstar.services.results.columns import (
    AnswerColumns,
    CriterionColumns,
    FindingColumns,
    LastScoreColumns,
    ScoreColumns,
)
from greenstar.services.results.documents import answers_documents, answers_json
from greenstar.services.results.ranking import edges_in, excused_edges_in
from greenstar.services.results.stored_visits import (
    counting_or_drafts,
    excused_again,
    figures,
    schemes_of,
    visits,
)
from greenstar.services.visit.worked_visit import WorkedVisit
from greenstar.services.workspace import Workspace
from greenstar.storage.protocols import Row
from greenstar.storage.protocols.assessments import AssessmentRow
from greenstar.storage.protocols.schemes import SchemeRow
from greenstar.storage.protocols.scorecards import ScorecardRow
from greenstar.storage.protocols.storage import Storage

__all__ = ["answer_rows", "answers_documents", "answers_json", "criterion_rows", "finding_rows", "score_rows"]


# -- scores ------------------------------------------------------------------------------------------------------


def score_rows(workspace: Workspace) -> list[Row]:
    """One row a visit of the cycle, its categories in columns: the one that counts, else the newest revision.

    `counts` says which it is: a draft does not count, nor what was withdrawn.
    """
    storage = workspace.storage
    rows = storage.assessments.listed(workspace.cycle)
    schemes = {scheme.sha256: scheme for scheme in storage.schemes.all()}
    cards = figures(storage, {row.id: row.scheme for row in rows})
    excused = _excused_points(storage, {row.id: row.scheme for row in rows}, cards)
    return [_score_row(row, schemes[row.scheme], cards[row.id], excused[row.id]) for row in rows]


def _excused_points(
    storage: Storage, schemes: Mapping[int, str], cards: Mapping[int, ScorecardRow]
) -> dict[int, Fraction]:
    """What assessors took out; worked out again where an older program kept the scorecard."""
    kept = {name: exact_figure(card.excused_points) for name, card in cards.items()}
    marks = storage.contents.full("exemption", [name for name, points in kept.items() if points is None])
    again = excused_again(storage, {name: schemes[name] for name, marked in marks.items() if marked})
    return {name: points if points is not None else again.get(name, Fraction(0)) for name, points in kept.items()}


def _score_row(row: AssessmentRow, scheme: SchemeRow, card: ScorecardRow, excused: Fraction) -> Row:
    summary = json.loads(scheme.summary)
    edges, available = edges_in(summary), exact_figure(card.available)
    not_applicable = Fraction(card.not_applicable_points)
    own = vars(
        ScoreColumns(
            store=row.store,
            name=row.store_name,
            city=row.city,
            region=row.region,
            cycle=row.cycle,
            scheme=row.scheme_name,
            version=scheme.version,
            status=str(row.status),
            assessor=row.assessor,
            visited=row.visited.isoformat() if row.visited else None,
            submitted=written_time(row.submitted_at) if row.submitted_at else None,
            total=_number(card.total, edges.in_points(available)),
            available=_number(card.available),
            percent=_percent(card.share, edges.in_shares(available)),
            level=card.level,
            stars=card.stars,
            lighthouse=card.candidate,
            answered=card.answered,
            asked=card.asked,
            not_applicable_points=_number(card.not_applicable_points),
        )
    )
    columns = _category_columns(card, [category["id"] for category in summary["categories"]])
    added = {column: value for column, value in columns.items() if column not in own}  # as old schemes may name it
    last = LastScoreColumns(
        excused_points=as_number(excused, misses=excused_edges_in(summary).in_points(excused, not_applicable)),
        scheme_sha256=row.scheme,
        rules_sha256=scheme.rules,
        revision=row.revision,
        certificate=row.certificate,
        valid_until=row.last_day.isoformat() if row.last_day else None,
        counts=row.counts,
    )
    return {**own, **added, **vars(last)}


def _category_columns(card: ScorecardRow, order: list[str]) -> Row:
    columns: Row = {}
    for group in sorted(card.groups, key=lambda group: order.index(group.group)):
        columns[f"{group.group}_points"] = _whole_number(group.points)
        columns[f"{group.group}_available"] = _whole_number(group.available)
        columns[f"{group.group}_percent"] = _whole_number(group.percent)
    return columns


def _number(text: str | None, misses: Iterable[Fraction] = ()) -> int | float | None:
    value = exact_figure(text)
    return None if value is None else as_number(value, misses=misses)


def _percent(text: str | None, misses: Iterable[Fraction]) -> int | float | None:
    value = exact_figure(text)
    return None if value is None else as_percent(value, misses)


def _whole_number(value: float | None) -> int | float | None:
    """A number without `.0` where it is whole."""
    return int(value) if value is not None and value == int(value) else value


# -- criteria ----------------------------------------------------------------------------------------------------


def criterion_rows(workspace: Workspace, language: str = "en") -> list[Row]:
    """One row a criterion of every visit that counts, or is a draft where none does: so its points may be added up.

    Points and percents are as they count in the criterion's category. `excused`: the assessor took it out.
    """
    catalogue = Catalogue(language)
    rows = counting_or_drafts(workspace)
    return [
        row
        for assessment, scheme, visit in visits(workspace.storage, schemes_of(rows))
        for row in _criterion_rows(scheme, visit, rows[assessment].revision, catalogue)
    ]


def _criterion_rows(scheme: Scheme, visit: Visit, revision: int, catalogue: Catalogue) -> Iterator[Row]:
    findings = Counter(finding.criterion for finding in visit.findings)
    for name, result in score(scheme, visit).criteria.items():
        evidence = visit.evidence.get(name, ())
        edges = of_score(scheme, result)
        yield vars(
            CriterionColumns(
                store=visit.store.code,
                cycle=visit.cycle,
                criterion=name,
                title=scheme.criteria[name].title.in_(catalogue.language),
                category=scheme.category_of[name],
                outcome=str(result.outcome),
                points=as_number(result.points, misses=edges.points),
                available=as_number(result.available),
                percent=_percent_of(result, edges),
                excused=result.excused,
                reason=catalogue.render(result.reason),
                evidence=len(evidence),
                verified=sum(piece.verified for piece in evidence),
                findings=findings[name],
                scheme=scheme.name,
                version=scheme.version,
                revision=revision,
            )
        )


def _percent_of(score: CriterionScore, edges: Edges) -> int | float | None:
    available = score.available
    return as_percent(score.points / available, edges.in_shares(available)) if available else None


# -- answers -----------------------------------------------------------------------------------------------------


def answer_rows(workspace: Workspace, language: str = "en") -> list[Row]:
    """One row a question of every visit that counts, or is a draft where none does.

    A value that is not there, or was not asked for, is None. `first` is true of a criterion's first question: points
    stand on every row, and are a criterion's.
    """
    storage, catalogue = workspace.storage, Catalogue(language)
    rows = counting_or_drafts(workspace)
    given = {
        assessment: {answer["key"]: answer for answer in answers}
        for assessment, answers in storage.contents.full("answer", list(rows)).items()
    }
    return [
        row
        for assessment, scheme, visit in visits(storage, schemes_of(rows))
        for row in _answer_rows(scheme, visit, rows[assessment].revision, given[assessment], catalogue)
    ]


def _answer_rows(
    scheme: Scheme, visit: Visit, revision: int, given: Mapping[str, Row], catalogue: Catalogue
) -> Iterator[Row]:
    worked = work_out(scheme, visit)
    card, asked = score(scheme, visit, worked), WorkedVisit(scheme, visit, worked).asked
    for name, question in scheme.questions.items():
        criterion = scheme.criterion_of[name]
        result = card.criteria[criterion]
        answered = name in worked.environment.values and name in visit.answers
        yield vars(
            AnswerColumns(
                store=visit.store.code,
                cycle=visit.cycle,
                criterion=criterion,
                question=name,
                value=answer_type(scheme, question).to_cell(visit.answers[name]) if answered else None,
                unit=question.unit.in_(catalogue.language) if question.unit is not None else None,
                answered_at=given[name]["at"] if answered else None,
                assessor=given[name]["by"] if answered else None,
                note=visit.notes.get(criterion),
                points=as_number(result.points, misses=of_score(scheme, result).points),
                available=as_number(result.available),
                outcome=str(result.outcome),
                reason=catalogue.render(result.reason),
                asked=name in asked,
                formula=formula_of(visit.answers[name]) if answered else None,
                criterion_label=scheme.criteria[criterion].title.in_(catalogue.language),
                label_en=question.ask.by_language.get("en"),
                label_zh=question.ask.by_language.get("zh"),
                first=name == next(iter(scheme.questions_of[criterion])),
                scheme=scheme.name,
                version=scheme.version,
                revision=revision,
            )
        )


# -- findings ----------------------------------------------------------------------------------------------------


def finding_rows(workspace: Workspace) -> list[Row]:
    """One row a finding of every visit that counts, or is a draft where none does."""
    storage = workspace.storage
    rows = counting_or_drafts(workspace)
    findings = storage.contents.lists("finding", list(rows))
    versions = {scheme.sha256: scheme.version for scheme in storage.schemes.all()}
    return [
        vars(
            FindingColumns(
                store=row.store,
                cycle=row.cycle,
                criterion=finding["criterion"],
                severity=finding["severity"],
                text=finding["text"],
                action=finding["action"],
                due=finding["due"],
                closed=finding["closed"],
                found_at=finding["found_at"],
                assessor=finding["by"],
                id=finding["id"],
                follows=finding["follows"],
                owner=finding["owner"],
                revision=row.revision,
                scheme=row.scheme_name,
                version=versions[row.scheme],
            )
        )
        for row in rows.values()
        for finding in findings[row.id]
    ]
