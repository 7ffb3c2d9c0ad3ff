"""What an export of a workspace holds, as lists."""

from typing import Any

from greenstar.reports.json.rows import json_text
from greenstar.services.results import documents
from greenstar.services.results.tables import answers, criteria, entries, scores
from greenstar.services.results.tables.extract import Extract
from greenstar.services.workspace import Workspace
from greenstar.storage.protocols.assessments import AssessmentRow


def score_rows(workspace: Workspace) -> list[dict[str, Any]]:
    return list(scores.score_rows(Extract.of(workspace)))


def criterion_rows(workspace: Workspace, language: str = "en") -> list[dict[str, Any]]:
    return list(criteria.criterion_rows(Extract.of(workspace, language)))


def answer_rows(workspace: Workspace, language: str = "en") -> list[dict[str, Any]]:
    return list(answers.answer_rows(Extract.of(workspace, language)))


def finding_rows(workspace: Workspace) -> list[dict[str, Any]]:
    return list(entries.finding_rows(Extract.of(workspace)))


def answers_documents(workspace: Workspace) -> list[dict[str, Any]]:
    return list(documents.answers_documents(Extract.of(workspace)))


def answers_json(workspace: Workspace) -> str:
    return json_text(answers_documents(workspace), 1)


def counting_or_drafts(workspace: Workspace) -> dict[int, AssessmentRow]:
    return {number: row for rows in Extract.of(workspace).visits() for number, row in rows.items()}
