"""Evidence that was verified, and whose file is not here any more, or not as it was: it counts as not verified.

Looked at are a file's being there and its size; its bytes are read where it is opened, attached again, or sealed.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from greenstar.i18n.phrase import Phrase
from greenstar.record.canonical import canonical
from greenstar.services.evidence.evidence import EvidenceEntry, of_visit
from greenstar.services.evidence.hashed import HashedFiles
from greenstar.services.visit.visit import OpenVisit
from greenstar.services.workspace import Workspace
from greenstar.storage.protocols.assessments import AssessmentRow
from greenstar.storage.protocols.evidence import Keeping
from greenstar.text import first_of


def lost_evidence(visit: OpenVisit) -> list[EvidenceEntry]:
    """The pieces of a visit that were verified and are lost. What is sealed still counts what it was sealed with."""
    return [entry for entry in of_visit(visit) if entry.is_lost]


def give_up_lost(visit: OpenVisit, hashed: HashedFiles) -> list[EvidenceEntry]:
    """Note that lost evidence, and evidence whose file has other bytes, is not verified; the pieces concerned.

    What is sealed next must say what it was scored by. A piece that nobody verified is told as well where its file has
    other bytes: it is sealed with the hash that it was attached with.
    """
    entries = [
        entry if entry.is_lost else replace(entry, keeping=Keeping.DAMAGED)
        for entry in of_visit(visit)
        if entry.is_lost or _has_other_bytes(entry, hashed)
    ]
    lost_rows = [entry.row for entry in entries if entry.verified]
    for criterion in dict.fromkeys(entry.criterion for entry in entries if entry.verified):
        rows = visit.workspace.storage.contents.entries("evidence", visit.assessment.id, criterion)
        given_up = [{**row, "verified": 0} if row in lost_rows else row for row in rows]
        visit.put("evidence", criterion, canonical(given_up))
    return entries


def _has_other_bytes(entry: EvidenceEntry, hashed: HashedFiles) -> bool:
    is_kept = entry.keeping is Keeping.KEPT
    return entry.keeping is Keeping.DAMAGED or (is_kept and not hashed.is_whole(entry.sha256))


def lost_told(visit: OpenVisit) -> list[Phrase]:
    """What is lost of a visit, in sentences. In a sealed one it goes on counting, which one sentence says."""
    entries = lost_evidence(visit)
    if entries and visit.read_only:
        return [Phrase("evidence.lost_since", count=len(entries), files=first_of(map(_named, entries)))]
    return lost_phrases(entries)


def lost_phrases(entries: Sequence[EvidenceEntry]) -> list[Phrase]:
    """That they count as not verified, in a sentence for each way in which a file may be lost."""
    by_way = {keeping: [entry for entry in entries if entry.keeping is keeping] for keeping in Keeping}
    return [
        Phrase(f"evidence.lost_{keeping.value}", count=len(of_way), files=first_of(map(_named, of_way)))
        for keeping, of_way in by_way.items()
        if of_way
    ]


def with_lost(done: Phrase, lost: Sequence[EvidenceEntry]) -> Phrase:
    """What was done, and what counts as not verified by that."""
    for sentence in lost_phrases(lost):
        done = Phrase("evidence.done_lost", done=done, lost=sentence)
    return done


def _named(entry: EvidenceEntry) -> str:
    return f"{entry.criterion} {entry.file}"


@dataclass(frozen=True)
class LostIn:
    """A piece that is lost, and the visit that it belongs to."""

    row: AssessmentRow
    entry: EvidenceEntry

    @property
    def name(self) -> str:
        """The store, the criterion and the file."""
        return f"{self.row.store} {_named(self.entry)}"


def lost_in(workspace: Workspace, rows: dict[int, AssessmentRow]) -> Iterator[LostIn]:
    """What is lost of these visits, in their order."""
    keeping = workspace.storage.evidence.keeping
    for assessment, pieces in workspace.storage.contents.lists("evidence", list(rows)).items():
        for piece in pieces:
            entry = EvidenceEntry(piece, keeping(piece["sha256"], piece["bytes"]))
            if entry.is_lost:
                yield LostIn(rows[assessment], entry)
