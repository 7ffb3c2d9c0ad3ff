"""A follow-up: findings of a sealed visit are closed with proof, as a revision of its own that is sealed at once.

The revision differs from the one before in findings and evidence only. A decision goes on for it as long as it reaches
the level that was decided on; a level beyond that is decided on anew.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from greenstar.assessment.model import Status
from greenstar.errors import BadInput
from greenstar.i18n.phrase import Phrase
from greenstar.services.evidence import evidence
from greenstar.services.evidence.hashed import HashedFiles
from greenstar.services.evidence.path_parsing import matching_files
from greenstar.services.evidence.stored_file import store_file
from greenstar.services.findings.findings import FindingEntry, close, findings_of
from greenstar.services.stores.stores import find_store
from greenstar.services.visit import lifecycle
from greenstar.services.visit.life_events import note_life
from greenstar.services.visit.sealing import Submission, sealed
from greenstar.services.visit.visit import OpenVisit
from greenstar.services.workspace import Workspace
from greenstar.storage.protocols.assessments import AssessmentRow
from greenstar.storage.protocols.evidence import StoredFile
from greenstar.text import clean_line

_SHORTEST = 6  # signs of an id that are shown and asked for at least


@dataclass(frozen=True)
class FollowUp:
    """What a follow-up came to: the new revision, the findings that it closed, and how many are still open.

    `submission` holds the seal. `was_decided`: so was the revision before; where that goes on, so is `row`.
    """

    row: AssessmentRow
    closed: tuple[FindingEntry, ...]
    still_open: int
    submission: Submission
    was_decided: bool


def sealed_visit(workspace: Workspace, code: str) -> OpenVisit:
    """The sealed visit of a store whose findings can be closed: in the cycle asked for, else its latest that counts.

    BadInput: there is none, it was withdrawn, or a draft of it is under way.
    """
    store = find_store(workspace, code).code
    rows = [row for row in workspace.storage.assessments.of_store(store) if _asked_for(workspace, row)]
    if not rows:
        raise BadInput("storage.no_visit", store=store, cycle=workspace.cycle)
    row = next((row for row in rows if row.counts), rows[0])
    newest = next(other for other in rows if (other.cycle, other.scheme_name) == (row.cycle, row.scheme_name))
    if newest.status is Status.DRAFT:
        raise BadInput("follow_up.draft", store=store, cycle=newest.cycle)
    if not row.counts:
        status = Phrase(f"storage.{row.status}")
        raise BadInput("follow_up.does_not_count", store=store, cycle=row.cycle, status=status)
    return OpenVisit(workspace, row)


def _asked_for(workspace: Workspace, row: AssessmentRow) -> bool:
    if workspace.named_cycle is not None and row.cycle != workspace.cycle:
        return False
    return workspace.named_scheme is None or row.scheme_name == workspace.scheme.name


def open_findings(visit: OpenVisit) -> list[FindingEntry]:
    """The open findings of a sealed visit, without those that go on in a later visit: they are closed there."""
    later = _goes_on_in(visit)
    return [entry for entry in findings_of(visit) if entry.finding.closed is None and entry.finding.id not in later]


def _goes_on_in(visit: OpenVisit) -> dict[str, str]:
    """The findings that a visit of a later cycle has taken over, as its newest revision has it; with that cycle."""
    storage, row = visit.workspace.storage, visit.assessment
    later: dict[tuple[str, str], AssessmentRow] = {}
    for other in storage.assessments.of_store(row.store):  # the latest cycle comes first, with its newest revision
        if other.cycle == row.cycle:
            break
        later.setdefault((other.cycle, other.scheme_name), other)
    return {
        finding["follows"]: other.cycle
        for other in later.values()
        if other.status is not Status.WITHDRAWN
        for finding in storage.contents.entries("finding", other.id)
    }


def short_ids(entries: Sequence[FindingEntry]) -> list[str]:
    """The least of each id that tells it from the others."""
    ids = [entry.finding.id for entry in entries]
    return [
        next(
            (
                own[:length]
                for length in range(_SHORTEST, len(own))
                if sum(other.startswith(own[:length]) for other in ids) == 1
            ),
            own,
        )
        for own in ids
    ]


def follow_up(
    workspace: Workspace, code: str, ids: Sequence[str], *, on: date | None, files: Sequence[str], because: str
) -> FollowUp:
    """Close findings of a store's sealed visit on a day (None: today), and seal that as the next revision.

    `ids`: of the findings, or how they begin. `files`: paths of what proves it, attached to the findings' criteria.
    BadInput: something of it cannot be; then nothing was changed.
    """
    visit = sealed_visit(workspace, code)
    chosen = _chosen(visit, ids)
    day = _checked_day(visit, chosen, on)
    reason = lifecycle.reason_given(because)
    proof = _kept(workspace, files)
    hashed = HashedFiles(workspace.storage.evidence).read(visit)
    with workspace.storage.transaction():
        before = sealed_visit(workspace, code)
        if before.seen != visit.seen:
            raise BadInput("storage.changed_since_seen", store=before.assessment.store)
        return _followed_up(workspace, before, chosen, day=day, proof=proof, because=reason, hashed=hashed)


def _chosen(visit: OpenVisit, ids: Sequence[str]) -> list[FindingEntry]:
    entries = open_findings(visit)
    named = [start for start in map(clean_line, ids) if start]
    if not named:
        key = "follow_up.which" if entries else "follow_up.none_open"
        raise BadInput(key, store=visit.assessment.store, ids=short_ids(entries))
    chosen = {entry.finding.id: entry for entry in (_of_id(visit, entries, start) for start in named)}
    return list(chosen.values())


def _of_id(visit: OpenVisit, entries: Sequence[FindingEntry], start: str) -> FindingEntry:
    exact = [entry for entry in entries if entry.finding.id == start]
    matches = exact or [entry for entry in entries if entry.finding.id.upper().startswith(start.upper())]
    if len(matches) == 1:
        return matches[0]
    values: dict[str, Any] = {"id": start[:60], "store": visit.assessment.store, "ids": short_ids(entries)}
    if matches:
        raise BadInput("follow_up.several", **{**values, "ids": [entry.finding.id for entry in matches]})
    later = _goes_on_in(visit)
    for entry in findings_of(visit):
        if entry.finding.id.upper().startswith(start.upper()):
            if entry.finding.closed is not None:
                raise BadInput("follow_up.closed_already", **values, day=entry.finding.closed)
            raise BadInput("follow_up.goes_on", **values, cycle=later[entry.finding.id])
    raise BadInput("follow_up.unknown" if entries else "follow_up.none_open", **values)


def _checked_day(visit: OpenVisit, chosen: Sequence[FindingEntry], on: date | None) -> date:
    today = visit.workspace.today()
    day = on or today
    if day > today:
        raise BadInput("findings.closed_in_future", day=day)
    for entry in chosen:
        visited = visit.assessment.visited or entry.found_on  # what was on paper first is entered later
        first = min(entry.found_on, visited)
        if day < first:
            raise BadInput("follow_up.before_found", id=entry.finding.id, day=day, found=first)
    return day


def _kept(workspace: Workspace, files: Sequence[str]) -> list[StoredFile]:
    """The files, kept beside the database. BadInput: one is none. StorageError: there is no room for them."""
    if not files:
        raise BadInput("follow_up.proof_needed")
    evidence_files = workspace.storage.evidence
    paths = [path for typed in files for path in matching_files(typed)]
    evidence_files.check_room(sum(evidence_files.check(path) for path in paths))
    return [store_file(evidence_files, path) for path in paths]


def _followed_up(
    workspace: Workspace,
    before: OpenVisit,
    chosen: Sequence[FindingEntry],
    *,
    day: date,
    proof: Sequence[StoredFile],
    because: str,
    hashed: HashedFiles,
) -> FollowUp:
    storage, row, at = workspace.storage, before.assessment, workspace.now()
    ids = [entry.finding.id for entry in chosen]
    draft = lifecycle.next_revision(workspace, before, at)
    note_life(workspace, draft, "follow_up", at, {"revision": row.revision, "closed": ids}, because=because)
    visit = OpenVisit(workspace, draft)
    for entry in chosen:
        close(visit, entry, day)
    for criterion in dict.fromkeys(entry.finding.criterion for entry in chosen):
        _attach(visit, criterion, proof)
    says = {"replaces": row.seal, "closed": ids, "because": because}
    submission = sealed(workspace, visit, workspace.now(), hashed, says)
    if row.status is Status.DECIDED and submission.level == lifecycle.sealed_level(workspace, row):
        storage.assessments.pass_decision_on(row.id, draft.id)
        last_day = row.last_day.isoformat() if row.last_day else None
        decision = {"certificate": row.certificate, "level": submission.level, "revision": row.revision}
        note_life(workspace, row, "decision_passed_on", workspace.now(), {"revision": draft.revision})
        note_life(workspace, draft, "decision_goes_on", workspace.now(), {**decision, "last_day": last_day})
    fresh = OpenVisit(workspace, storage.assessments.get(draft.id))
    closed = tuple(entry for entry in findings_of(fresh) if entry.finding.id in ids)
    return FollowUp(fresh.assessment, closed, len(open_findings(fresh)), submission, row.status is Status.DECIDED)


def _attach(visit: OpenVisit, criterion: str, proof: Sequence[StoredFile]) -> None:
    """Attach the files to a criterion as verified: whoever closes a finding by them has looked at them."""
    evidence.attach(visit, criterion, proof)
    hashes = {file.sha256 for file in proof}
    for entry in evidence.of_criterion(visit, criterion):
        if entry.sha256 in hashes and not entry.verified:
            evidence.set_verified(visit, entry, on=True)
