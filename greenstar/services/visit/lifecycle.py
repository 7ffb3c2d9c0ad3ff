"""The life of a visit: draft, submitted, decided, withdrawn."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from greenstar.assessment.model import Status
from greenstar.errors import BadInput
from greenstar.i18n.phrase import Phrase
from greenstar.record.timestamps import local_day
from greenstar.scheme.model import Scheme
from greenstar.services.evidence.hashed import HashedFiles
from greenstar.services.laptops.unsettled import refuse_sealed_apart
from greenstar.services.results.scorecards import stored_form
from greenstar.services.schemes import registry
from greenstar.services.signing.documents import UNSIGNED, SigningOutcome, state
from greenstar.services.stores.stores import find_store
from greenstar.services.verification.verify import refuse_unproved
from greenstar.services.visit.certificates import certificate_number, last_day_of_certificate
from greenstar.services.visit.closing_meeting import meeting_of
from greenstar.services.visit.codec import fit_text
from greenstar.services.visit.impartiality import refuse_own_work
from greenstar.services.visit.life_events import note_life
from greenstar.services.visit.opening import current, start
from greenstar.services.visit.sealing import Submission, sealed
from greenstar.services.visit.visit import OpenVisit
from greenstar.services.workspace import Workspace
from greenstar.storage.protocols.assessments import AssessmentRow
from greenstar.storage.protocols.storage import Storage


@dataclass(frozen=True)
class Decision:
    """A decision: the certificate's number and its last day; None where no level was reached, or it has no end.

    `levels`: whether the scheme has any. `signed`: by which key it was stated, or why by none.
    """

    level: str | None
    certificate: str | None
    last_day: date | None
    levels: bool
    signed: SigningOutcome = UNSIGNED


@dataclass(frozen=True)
class Counting:
    """A visit that counts: its revision, by which rules."""

    scheme: str
    version: str
    revision: int


@dataclass(frozen=True)
class Withdrawal:
    """A visit that was withdrawn, and what counts for its store in that cycle now: at most one by each set of rules."""

    store: str
    cycle: str
    revision: int
    counting: tuple[Counting, ...]
    signed: SigningOutcome = UNSIGNED


@dataclass(frozen=True)
class Reopening:
    """The next revision of a visit, and by which key it was stated that the last one was reopened."""

    draft: AssessmentRow
    signed: SigningOutcome = UNSIGNED


def submit(workspace: Workspace, code: str, *, seen: OpenVisit | None = None) -> Submission:
    """Seal the store's draft; with `seen`, only if it has not changed since that visit was looked at.

    Every file of its evidence is read first: one that has other bytes than it had counts as lost.
    BadInput: there is none, a check of its scheme refuses what it holds, or an open finding of the last visit is
    neither confirmed nor closed.
    """
    hashed = HashedFiles(workspace.storage.evidence).read(draft_of(workspace, code))
    with workspace.storage.transaction():
        opened = draft_of(workspace, code)
        refuse_unproved(workspace.storage, opened.assessment)
        if seen is not None and _changed_since(seen, opened):
            raise BadInput("storage.changed_since_seen", store=code)
        refused = [complaint for complaint in opened.worked.complaints if complaint.refuse]
        if refused:
            told = [Phrase("storage.complaint", criterion=each.criterion, because=each.because) for each in refused]
            raise BadInput("storage.refused_answers", store=code, count=len(refused), complaints=told)
        unsettled = opened.findings_to_settle
        if unsettled:
            ids = [finding["criterion"] for finding in unsettled]
            raise BadInput("storage.findings_to_settle", store=code, count=len(ids), ids=ids)
        return sealed(workspace, opened, workspace.now(), hashed)


def _changed_since(seen: OpenVisit, opened: OpenVisit) -> bool:
    """Whether a visit is not what somebody saw of it: changed since, or a file of its evidence was lost."""
    before, after = ((visit.assessment.id, visit.seen, visit.visit.evidence) for visit in (seen, opened))
    return before != after


def draft_of(workspace: Workspace, code: str) -> OpenVisit:
    """The store's draft, as `submit` would seal it. BadInput: there is none."""
    row = _visit(workspace, code)
    if row.status is not Status.DRAFT:
        raise BadInput("storage.submit_draft_only", store=code, status=_word(row.status))
    return OpenVisit(workspace, row)


def reopen(workspace: Workspace, code: str, because: str) -> Reopening:
    """Start the next revision with the same content; what was sealed stays, with its seal.

    BadInput: there is no sealed visit, or no reason.
    """
    reason = reason_given(because)
    with workspace.storage.transaction():
        row = _visit(workspace, code)
        if row.status is Status.DRAFT:
            raise BadInput("storage.reopen_sealed_only", store=code)
        at = workspace.now()
        draft = next_revision(workspace, OpenVisit(workspace, row), at)
        values = {"revision": draft.revision, "assessment": draft.id}
        note_life(workspace, row, "reopened", at, values, because=reason)
        signed = state(workspace, "reopened", row.seal, at, because=reason, revision=draft.revision)
        if row.cursor:
            workspace.storage.assessments.put_cursor(draft.id, row.cursor, row.cursor_question, at)
        fresh = OpenVisit(workspace, workspace.storage.assessments.get(draft.id))
        number = workspace.storage.events.last_number()
        card = stored_form(fresh.scheme, fresh.scorecard)
        workspace.storage.scorecards.keep(draft.id, card, event=number, at=at)
        return Reopening(fresh.assessment, signed)


def next_revision(workspace: Workspace, opened: OpenVisit, at: str) -> AssessmentRow:
    """A draft with the content of a sealed visit, inside a transaction."""
    row = opened.assessment

    def fill(draft: AssessmentRow, _: Scheme) -> None:
        workspace.storage.assessments.change(draft.id, vars(meeting_of(row)))
        _copy(workspace.storage, row.id, draft.id)

    return start(
        workspace,
        opened.visit.store,
        opened.scheme,
        cycle=row.cycle,
        at=at,
        revision=row.revision + 1,
        assessor=row.assessor,
        visited=row.visited.isoformat() if row.visited else None,
        replaces=row.seal,
        fill=fill,
    )


def _copy(storage: Storage, source: int, target: int) -> None:
    """Give a revision the rows of the one before, with the times and names they had."""
    for table in ("fact", "answer", "exemption", "note"):
        rows = storage.contents.full(table, [source])[source]
        storage.contents.put_all(table, [(target, row["key"], row["value"], row["at"], row["by"]) for row in rows])
    for table in ("evidence", "finding"):
        storage.contents.put_entries(table, target, storage.contents.entries(table, source), at="", by="")


def decide(workspace: Workspace, code: str) -> Decision:
    """Decide on a submitted visit: where it reached a level, it gets a certificate with a number and a last day.

    BadInput: it is not submitted, or its scheme wants somebody else to decide.
    """
    storage = workspace.storage
    with storage.transaction():
        row = _visit(workspace, code)
        if row.status is not Status.SUBMITTED:
            raise BadInput("storage.decide_submitted_only", store=code, status=_word(row.status))
        refuse_unproved(storage, row)
        at = workspace.now()
        scheme = registry.stored(storage, row.scheme)
        refuse_sealed_apart(workspace.storage, row)
        refuse_own_work(workspace, row, scheme)
        return decided(workspace, row, scheme, sealed_level(workspace, row), at=at, day=local_day(at))


def decided(
    workspace: Workspace, row: AssessmentRow, scheme: Scheme, level: str | None, *, at: str, day: date
) -> Decision:
    """Decide on a submitted visit, inside a transaction. `day`: the first day of its certificate."""
    certificate, last = None, None
    seal = _seal_of(workspace, row)
    if level is not None:
        certificate = certificate_number(workspace.storage, f"{day:%Y}", seal or "")
        last = last_day_of_certificate(scheme, day)
    values = {
        "status": Status.DECIDED,
        "decided_at": at,
        "changed_at": at,
        "certificate": certificate,
        "last_day": last.isoformat() if last else None,
    }
    workspace.storage.assessments.change(row.id, values)
    decision = {"certificate": certificate, "last_day": values["last_day"], "level": level}
    note_life(workspace, replace(row, status=Status.SUBMITTED), "decided", at, decision)
    signed = state(workspace, "decided", seal, at, **decision)
    return Decision(level, certificate, last, bool(scheme.levels), signed)


def withdraw(workspace: Workspace, code: str, because: str) -> Withdrawal:
    """Take a submitted or decided visit back: it counts no more, its seal and history stay.

    Under its own rules nothing counts then; what was sealed under other ones counts as it did. BadInput: there is no
    visit that was submitted or decided, or no reason.
    """
    reason = reason_given(because)
    with workspace.storage.transaction():
        row = _visit(workspace, code)
        if row.status not in (Status.SUBMITTED, Status.DECIDED):
            raise BadInput("storage.withdraw_sealed_only", store=code, status=_word(row.status))
        signed = withdrawn(workspace, row, reason, at=workspace.now())
        counting = tuple(_counting(workspace, row.store, row.cycle))
        return Withdrawal(row.store, row.cycle, row.revision, counting, signed)


def _counting(workspace: Workspace, store: str, cycle: str) -> Iterator[Counting]:
    for row in workspace.storage.assessments.of_store(store):
        if row.counts and row.cycle == cycle:
            scheme = registry.stored(workspace.storage, row.scheme)
            yield Counting(scheme.name, scheme.version, row.revision)


def withdrawn(workspace: Workspace, row: AssessmentRow, because: str, *, at: str) -> SigningOutcome:
    """Withdraw a sealed visit, inside a transaction."""
    values = {"status": Status.WITHDRAWN, "withdrawn_at": at, "changed_at": at}
    workspace.storage.assessments.change(row.id, values)
    note_life(workspace, row, "withdrawn", at, None, because=because)
    return state(workspace, "withdrawn", _seal_of(workspace, row), at, because=because)


def _seal_of(workspace: Workspace, row: AssessmentRow) -> str | None:
    """The seal of a visit, also where the row was read before it was sealed."""
    return workspace.storage.assessments.get(row.id).seal


def sealed_level(workspace: Workspace, row: AssessmentRow) -> str | None:
    """The level that a sealed visit reached."""
    held = json.loads(workspace.storage.assessments.sealed(row.id) or "{}")
    level: str | None = held["scorecard"]["level"]
    return level


def _visit(workspace: Workspace, code: str) -> AssessmentRow:
    row = current(workspace, find_store(workspace, code).code)
    if row is None:
        raise BadInput("storage.no_visit", store=code, cycle=workspace.cycle)
    return row


def reason_given(because: str) -> str:
    """The reason for a step, as it is kept. BadInput: there is none."""
    clean = fit_text(because)
    if not clean:
        raise BadInput("storage.because_needed")
    return clean


def _word(status: Status) -> Phrase:
    return Phrase(f"storage.{status}")
