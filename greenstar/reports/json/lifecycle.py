"""What became of a visit, for programs: `record`, `submit`, `reopen`, `decide` and `withdraw` with `--json`."""

from typing import Any

from greenstar.assessment.model import Status
from greenstar.record.public_key import PublicKey
from greenstar.reports.json.recorded import read_value
from greenstar.reports.views.figures import total_under
from greenstar.scheme.model import Scheme
from greenstar.services.evidence.evidence import EvidenceEntry
from greenstar.services.signing.documents import SigningOutcome
from greenstar.services.visit.lifecycle import Decision, Reopening, Withdrawal
from greenstar.services.visit.merge import tally
from greenstar.services.visit.recording import Recorded
from greenstar.services.visit.sealing import Submission


def recorded_json(visits: list[dict[str, Any]]) -> dict[str, Any]:
    """`record`: what it did to each visit."""
    return {"visits": visits}


def recorded_visit_json(visit: Recorded) -> dict[str, Any]:
    """One visit that was recorded: its store, its cycle, how many answers its file holds, and what that changed."""
    counts = tally(visit.changes)
    return {
        "store": visit.store,
        "cycle": visit.cycle,
        "kind": visit.kind,
        "answers": visit.answers,
        "added": dict(counts.added),
        "changed": dict(counts.changed),
        "removed": dict(counts.removed),
        "changes": [
            {
                "kind": change.kind,
                "subject": change.subject,
                "before": read_value(change.before),
                "after": read_value(change.after),
            }
            for change in visit.changes
        ],
        "named_only": visit.named_only,
        "begun": visit.begun,
        "mended": visit.mended,
    }


def submitted_json(store: str, done: Submission, scheme: Scheme) -> dict[str, Any]:
    """`submit`: what was sealed, and the SHA-256 of it."""
    total = total_under(scheme, done.total, done.available).number
    return {
        "store": store,
        "status": Status.SUBMITTED,
        "total": total,
        "level": done.level,
        "seal": done.seal,
        "lost_evidence": [lost_json(entry) for entry in done.lost],
        "signed_by": _key(done.signed),
    }


def signed_json(store: str, key: PublicKey, documents: int) -> dict[str, Any]:
    """`sign`: by which key, and how many documents it signed."""
    return {"store": store, "signed_by": key.fingerprint, "documents": documents}


def _key(signed: SigningOutcome) -> str | None:
    return signed.key.fingerprint if signed.key is not None else None


def lost_json(entry: EvidenceEntry) -> dict[str, Any]:
    """A piece of evidence whose file is not here: `file_is` says whether it is gone, damaged, or only named."""
    return {
        "criterion": entry.criterion,
        "file": entry.file,
        "sha256": entry.sha256 or None,
        "file_is": entry.keeping.value,
    }


def decided_json(store: str, done: Decision) -> dict[str, Any]:
    """`decide`: the certificate; null where no level was reached, and `valid_until` also where it has no end."""
    return {
        "store": store,
        "status": Status.DECIDED,
        "level": done.level,
        "certificate": done.certificate,
        "valid_until": done.last_day.isoformat() if done.last_day is not None else None,
        "signed_by": _key(done.signed),
    }


def reopened_json(done: Reopening) -> dict[str, Any]:
    """`reopen`: the revision that was started."""
    row = done.draft
    return {
        "store": row.store,
        "status": row.status,
        "cycle": row.cycle,
        "revision": row.revision,
        "signed_by": _key(done.signed),
    }


def withdrawn_json(done: Withdrawal) -> dict[str, Any]:
    """`withdraw`: the revision that counts no more, and what counts for its store in that cycle now."""
    return {
        "store": done.store,
        "status": Status.WITHDRAWN,
        "cycle": done.cycle,
        "revision": done.revision,
        "counts": [vars(visit) for visit in done.counting],
        "signed_by": _key(done.signed),
    }
