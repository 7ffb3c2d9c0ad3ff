"""Evidence that was verified, and whose file is not here any more, or not as it was: it counts as not verified.

Looked at are a file's being there and its size; its bytes are read where it is opened, or attached again.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from greenstar.i18n.phrase import Phrase
from greenstar.record.canonical import canonical
from greenstar.services.evidence.evidence import EvidenceEntry, of_visit
from greenstar.services.visit.visit import OpenVisit
from greenstar.services.workspace import Workspace
from greenstar.storage.protocols.assessments import AssessmentRow


def lost_evidence(visit: OpenVisit) -> list[EvidenceEntry]:
    """The pieces of a visit that this is so of. What is sealed keeps what it was sealed with all the same."""
    return [entry for entry in of_visit(visit) if entry.is_lost]


def give_up_lost(visit: OpenVisit) -> list[EvidenceEntry]:
    """Note of `lost_evidence` that it is not verified: what is sealed next must say what it was scored by."""
    entries = lost_evidence(visit)
    lost_rows = [entry.row for entry in entries]
    for criterion in dict.fromkeys(entry.criterion for entry in entries):
        rows = visit.workspace.storage.contents.entries("evidence", visit.assessment.id, criterion)
        given_up = [{**row, "verified": 0} if row in lost_rows else row for row in rows]
        visit.put("evidence", criterion, canonical(given_up))
    return entries


def told(entry: EvidenceEntry) -> Phrase:
    """What became of one of them, in a sentence."""
    return Phrase(f"evidence.lost_{entry.keeping.value}", criterion=entry.criterion, file=entry.file)


def lost_told(visit: OpenVisit) -> Iterator[Phrase]:
    """What became of all of them: what is sealed goes on counting what it was sealed with."""
    entries = lost_evidence(visit)
    if entries and visit.read_only:
        files = [f"{entry.criterion} {entry.file}" for entry in entries]
        yield Phrase("evidence.lost_since", count=len(files), files=files)
    elif entries:
        yield from map(told, entries)


@dataclass(frozen=True)
class LostIn:
    """A piece that is lost, and the visit that it belongs to."""

    row: AssessmentRow
    entry: EvidenceEntry


def lost_in(workspace: Workspace, rows: dict[int, AssessmentRow]) -> Iterator[LostIn]:
    """What is lost of these visits, in their order."""
    keeping = workspace.storage.evidence.keeping
    for assessment, pieces in workspace.storage.contents.lists("evidence", list(rows)).items():
        for piece in pieces:
            entry = EvidenceEntry(piece, keeping(piece["sha256"], piece["bytes"]))
            if entry.is_lost:
                yield LostIn(rows[assessment], entry)
