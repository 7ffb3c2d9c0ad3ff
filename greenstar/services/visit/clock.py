"""Whether the computer's clock may be believed, before or after a day by it is sealed."""

from greenstar.i18n.phrase import Phrase
from greenstar.record.timestamps import local_minute, read_time
from greenstar.services.workspace import Workspace
from greenstar.storage.protocols.assessments import AssessmentRow

FIRST_YEAR = 2026  # before that there was no Green Star


def clock_off(workspace: Workspace, row: AssessmentRow) -> Phrase | None:
    """A warning where a wrong day would be sealed: the clock stood, or is earlier than a visit's last change."""
    now, newest = workspace.clock(), read_time(workspace.storage.events.newest_time(row.id))
    if now < newest:
        return Phrase("checklist.clock_behind", now=local_minute(now), newest=local_minute(newest))
    return Phrase("checklist.clock_stood", now=local_minute(now)) if now.year < FIRST_YEAR else None
