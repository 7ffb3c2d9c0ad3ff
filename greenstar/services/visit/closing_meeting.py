"""The closing meeting of a visit: who spoke for the store, and what they remarked; kept with the visit."""

from dataclasses import dataclass

from greenstar.assessment.model import Status
from greenstar.i18n.phrase import Phrase
from greenstar.record.canonical import canonical
from greenstar.record.event import Change
from greenstar.services.visit.codec import fit_text
from greenstar.services.visit.conflict import Sealed
from greenstar.services.workspace import Workspace
from greenstar.storage.protocols.assessments import AssessmentRow
from greenstar.text import MOST_NAME, clean_name


@dataclass(frozen=True)
class Meeting:
    """What is kept of it; empty where nothing was written down."""

    representative: str = ""
    remarks: str = ""


def meeting_of(row: AssessmentRow) -> Meeting:
    """What was written down in the meeting of a visit."""
    return Meeting(row.representative, row.remarks)


def keep_meeting(workspace: Workspace, assessment: int, meeting: Meeting) -> Meeting:
    """Keep who spoke for the store and what they remarked; as it is kept. Sealed: the visit was handed in."""
    storage, at = workspace.storage, workspace.now()
    clean = Meeting(clean_name(meeting.representative)[:MOST_NAME], fit_text(meeting.remarks))
    with storage.transaction():
        row = storage.assessments.get(assessment)
        if row.status is not Status.DRAFT:
            raise Sealed("storage.sealed", store=row.store, status=Phrase(f"storage.{row.status}"))
        before = vars(meeting_of(row))
        changed = {name: text for name, text in vars(clean).items() if text != before[name]}
        if changed:
            storage.assessments.change(assessment, {**changed, "changed_at": at})
            changes = [
                Change(name, None, canonical(before[name]), canonical(text), store=row.store, assessment=assessment)
                for name, text in changed.items()
            ]
            storage.events.append(changes, at, workspace.assessor)
    return clean
