"""Findings for programs: `follow-up --json`, those that are open and those that were closed."""

from typing import Any

from greenstar.reports.views.figures import total_under
from greenstar.scheme.model import Scheme
from greenstar.services.findings.findings import FindingEntry
from greenstar.services.findings.follow_up import FollowUp
from greenstar.storage.protocols.assessments import AssessmentRow


def open_findings_json(row: AssessmentRow, findings: list[FindingEntry]) -> dict[str, Any]:
    """`follow-up` without findings to close: those that are open."""
    return {**_visit(row), "findings": [_finding(entry) for entry in findings]}


def followed_up_json(done: FollowUp, scheme: Scheme) -> dict[str, Any]:
    """`follow-up --close`: what was closed, what is still open, and what the new revision comes to.

    The certificate is null where none goes on, and `valid_until` also where it has no end.
    """
    row, sealed = done.row, done.submission
    return {
        **_visit(row),
        "closed": [_finding(entry) for entry in done.closed],
        "open": done.still_open,
        "total": total_under(scheme, sealed.total, sealed.available).number,
        "level": sealed.level,
        "seal": sealed.seal,
        "certificate": row.certificate,
        "valid_until": row.last_day.isoformat() if row.last_day is not None else None,
    }


def _visit(row: AssessmentRow) -> dict[str, Any]:
    return {"store": row.store, "cycle": row.cycle, "revision": row.revision, "status": row.status}


def _finding(entry: FindingEntry) -> dict[str, Any]:
    """As an answers file writes it, with when and by whom it was found."""
    return {name: value for name, value in entry.row.items() if name != "by"} | {"assessor": entry.by}
