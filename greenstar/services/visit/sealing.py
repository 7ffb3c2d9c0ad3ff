"""Sealing a draft: what is sealed, the hash of it, and who signs it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from greenstar.assessment.model import Status
from greenstar.assessment.reasons import hollow_reasons
from greenstar.numbers import exact_text
from greenstar.record.canonical import sha256_of
from greenstar.record.journal import chain_of_visit
from greenstar.record.sealed import Sealing, sealed_document
from greenstar.services.evidence.evidence import EvidenceEntry
from greenstar.services.evidence.hashed import HashedFiles
from greenstar.services.evidence.lost import give_up_lost
from greenstar.services.results.scorecards import stored_form
from greenstar.services.signing.documents import UNSIGNED, SigningOutcome, sign, signer_of
from greenstar.services.visit.life_events import note_life
from greenstar.services.visit.visit import OpenVisit
from greenstar.services.workspace import Workspace
from greenstar.storage.protocols.assessments import AssessmentRow


@dataclass(frozen=True)
class Submission:
    """What a visit came to when it was submitted, and the hash of all that was sealed.

    `hollow_reasons`: why criteria were excused, where that says nothing. `lost`: evidence that was verified and counts
    as not verified, as its file is not here or not as it was; and any other whose file has other bytes. `signed`: by
    which key, or why not.
    """

    total: Fraction | None
    available: Fraction
    level: str | None
    seal: str
    hollow_reasons: Mapping[str, str] = field(default_factory=dict)
    lost: Sequence[EvidenceEntry] = ()
    signed: SigningOutcome = UNSIGNED


def sealed(
    workspace: Workspace,
    opened: OpenVisit,
    at: str,
    hashed: HashedFiles,
    follow_up: Mapping[str, Any] | None = None,
) -> Submission:
    """Seal an open draft, inside a transaction. `hashed`: its files as they were read; `follow_up`: as `Sealing`."""
    lost = give_up_lost(opened, hashed)
    row, card = opened.assessment, opened.scorecard
    text = sealed_document(opened.scheme, opened.visit, card, _sealing(workspace, row, at, follow_up))
    seal = sha256_of(text)
    values = {"status": Status.SUBMITTED, "submitted_at": at, "changed_at": at, "seal": seal, "sealed": text}
    workspace.storage.assessments.change(row.id, values)
    result = {"seal": seal, "total": exact_text(card.total), "level": card.level}
    number = note_life(workspace, row, "submitted", at, result)
    workspace.storage.scorecards.keep(row.id, stored_form(opened.scheme, card), event=number, at=at)
    signed = sign(workspace, text)
    return Submission(card.total, card.available, card.level, seal, hollow_reasons(opened.visit), lost, signed)


def _sealing(workspace: Workspace, row: AssessmentRow, at: str, follow_up: Mapping[str, Any] | None) -> Sealing:
    contents, events = workspace.storage.contents, workspace.storage.events
    chain = chain_of_visit(row.ulid)
    return Sealing(
        held=contents.state(row.id),
        evidence=contents.entries("evidence", row.id),
        findings=contents.entries("finding", row.id),
        chain=chain,
        heads=events.heads(chain),
        ulid=row.ulid,
        submitted=at,
        by=workspace.assessor,
        database=events.database_id(),
        signer=signer_of(workspace),
        follow_up=follow_up,
    )
