"""Findings from an answers file: which of those that are kept they are, and which of the last visit they go on from."""

from collections.abc import Iterable
from typing import Any

from greenstar.scheme.model import Scheme
from greenstar.services.findings.identity import new_finding_id
from greenstar.services.visit.previous import open_findings_before
from greenstar.storage.protocols import Row
from greenstar.storage.protocols.assessments import AssessmentRow
from greenstar.storage.protocols.storage import Storage

_SAME = ("criterion", "severity", "text")


def identified(storage: Storage, row: AssessmentRow, scheme: Scheme, findings: list[Row], at: str) -> list[Row]:
    """The findings of a file as they are to be kept in a draft.

    One that gives no id is the kept one of the same criterion, severity and text, if there is one that no other is;
    else a new one. Where it is new and says nothing of an earlier one, it goes on from the open finding of the last
    visit that is the same in this sense.
    """
    if not findings:
        return []
    kept = _Unclaimed(storage.contents.entries("finding", row.id), {finding.get("id") for finding in findings})
    followed = {finding.get("follows") for finding in (*findings, *kept.rows)}
    before = _Unclaimed(open_findings_before(storage, row, scheme), followed)
    number = 0
    rows = []
    for finding in findings:
        known = kept.by_id(finding["id"]) if "id" in finding else kept.take(finding)
        if known is None:
            earlier = {} if finding.get("follows") else before.take(finding) or {}
            number += 1
            content = [finding[name] for name in _SAME]
            known = {"id": new_finding_id(row, at, *content, number), "follows": earlier.get("id", ""), "owner": ""}
        rows.append({**known, **finding})
    return rows


class _Unclaimed:
    """Findings, each of which can be taken once; those with an id that is claimed already are not taken."""

    def __init__(self, rows: Iterable[Row], claimed: Iterable[Any]) -> None:
        self.rows = list(rows)
        self._claimed = set(claimed)

    def by_id(self, identity: str) -> Row | None:
        """The one with that id."""
        return next((row for row in self.rows if row["id"] == identity), None)

    def take(self, finding: Row) -> Row | None:
        """The first that is the same as a finding by criterion, severity and text."""
        for row in self.rows:
            if row["id"] not in self._claimed and all(row[name] == finding[name] for name in _SAME):
                self._claimed.add(row["id"])
                return row
        return None
