"""What of a visit can change, one by one: each has a kind, a subject, and a content that is one JSON text.

kind       subject     content
answer     question    the answer
fact       fact        the answer; the visit's own copy of what the store's page says
exemption  criterion   why it does not apply
note       criterion   the note
flag       criterion   an empty text: come back to it
evidence   criterion   the list of its evidence
finding    criterion   the list of its findings
"""

import json

from greenstar.record.canonical import canonical
from greenstar.record.replay import JSON, LISTS
from greenstar.services.visit.codec import read_entries
from greenstar.storage.protocols.assessments import AssessmentRow
from greenstar.storage.protocols.storage import Storage


def read(storage: Storage, row: AssessmentRow, kind: str, subject: str) -> str | None:
    """The content of a subject, or None where there is nothing."""
    if kind in LISTS:
        entries = storage.contents.entries(kind, row.id, subject)
        return canonical(entries) if entries else None
    text = storage.contents.get(kind, row.id, subject)
    return text if text is None or kind in JSON else canonical(text)


def write(
    storage: Storage, row: AssessmentRow, kind: str, subject: str, text: str | None, *, at: str, by: str
) -> str | None:
    """Put a content in the place of what there was; None removes it. The content as it is kept."""
    if kind in LISTS:
        entries = storage.contents.put_entries(kind, row.id, read_entries(text), criterion=subject, at=at, by=by)
        return canonical(entries) if entries else None
    plain = text if text is None or kind in JSON else json.loads(text)
    storage.contents.put(kind, row.id, subject, plain, at=at, by=by)
    return text
