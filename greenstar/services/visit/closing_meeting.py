"""The closing meeting of a visit: who spoke for the store, and what they remarked; kept with the visit."""

from dataclasses import dataclass

from greenstar.assessment.model import Status
from greenstar.errors import BadInput
from greenstar.i18n.phrase import Phrase
from greenstar.record.canonical import canonical
from greenstar.record.event import Change
from greenstar.services.visit.codec import fit_text
from greenstar.services.visit.conflict import Sealed
from greenstar.services.visit.drafts import field
from greenstar.services.workspace import Workspace
from greenstar.storage.protocols.assessments import AssessmentRow
from greenstar.text import MOST_NAME, clean_name, excerpt

KIND = "meeting"
"""What half-typed words of the meeting are kept under."""


@dataclass(frozen=True)
class Meeting:
    """What is kept of it; empty where nothing was written down."""

    representative: str = ""
    remarks: str = ""


def meeting_of(row: AssessmentRow) -> Meeting:
    """What was written down in the meeting of a visit."""
    return Meeting(row.representative, row.remarks)


class OtherWords(BadInput):
    """Another window wrote something else down since this one looked; nothing was written. `theirs` is what stands."""

    def __init__(self, theirs: Meeting) -> None:
        told = "   ".join(filter(None, vars(theirs).values())) or "-"
        super().__init__("closing_meeting.other_words", words=excerpt(told))
        self.theirs = theirs


def keep_meeting(workspace: Workspace, assessment: int, meeting: Meeting, seen: Meeting | None = None) -> Meeting:
    """Keep who spoke for the store and what they remarked; as it is kept. Sealed: the visit was handed in.

    What is half typed of it is forgotten: it became this.
    `seen`: what stood there when one began to write. OtherWords: something else stands there by now.
    """
    storage, at = workspace.storage, workspace.now()
    clean = Meeting(clean_name(meeting.representative)[:MOST_NAME], fit_text(meeting.remarks))
    with storage.transaction():
        row = storage.assessments.get(assessment)
        if row.status is not Status.DRAFT:
            raise Sealed("storage.sealed", store=row.store, status=Phrase(f"storage.{row.status}"))
        if seen is not None and meeting_of(row) not in (seen, clean):
            raise OtherWords(meeting_of(row))
        before = vars(meeting_of(row))
        changed = {name: text for name, text in vars(clean).items() if text != before[name]}
        for name in before:
            storage.drafts.put(row.store, assessment, field(KIND, name), None, at=at)
        if changed:
            storage.assessments.change(assessment, {**changed, "changed_at": at})
            changes = [
                Change(name, None, canonical(before[name]), canonical(text), store=row.store, assessment=assessment)
                for name, text in changed.items()
            ]
            storage.events.append(changes, at, workspace.assessor)
    return clean
