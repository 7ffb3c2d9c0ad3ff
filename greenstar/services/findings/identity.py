"""The ids of findings: one that goes on from an earlier visit is known by the other's id, never by its text."""

from typing import Any

from greenstar.record.canonical import canonical
from greenstar.record.timestamps import read_time
from greenstar.record.ulids import ulid_of
from greenstar.storage.protocols.assessments import AssessmentRow


def new_finding_id(row: AssessmentRow, at: str, *content: Any) -> str:
    """An id for a finding that is written down at that time; `content` tells it from others of the same moment."""
    return ulid_of(read_time(at), canonical([row.store, row.cycle, row.scheme_name, *content]))
