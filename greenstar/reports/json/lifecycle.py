"""What became of a visit, for programs: `record`, `submit`, `reopen`, `decide` and `withdraw` with `--json`."""

from collections.abc import Iterable
from typing import Any

from greenstar.assessment.model import Status
from greenstar.reports.views.figures import total_under
from greenstar.scheme.model import Scheme
from greenstar.services.visit.lifecycle import Decision, Submission
from greenstar.storage.protocols.assessments import AssessmentRow


def recorded_json(visits: Iterable[tuple[str, str, int]]) -> dict[str, Any]:
    """`record`: for each visit its store, its cycle, and how many answers it holds."""
    return {"visits": [{"store": store, "cycle": cycle, "answers": answers} for store, cycle, answers in visits]}


def submitted_json(store: str, done: Submission, scheme: Scheme) -> dict[str, Any]:
    """`submit`: what was sealed, and the SHA-256 of it."""
    total = total_under(scheme, done.total, done.available).number
    return {"store": store, "status": Status.SUBMITTED, "total": total, "level": done.level, "seal": done.seal}


def decided_json(store: str, done: Decision) -> dict[str, Any]:
    """`decide`: the certificate; null where no level was reached, and `valid_until` also where it has no end."""
    return {
        "store": store,
        "status": Status.DECIDED,
        "level": done.level,
        "certificate": done.certificate,
        "valid_until": done.last_day.isoformat() if done.last_day is not None else None,
    }


def reopened_json(row: AssessmentRow) -> dict[str, Any]:
    """`reopen`: the revision that was started."""
    return {"store": row.store, "status": row.status, "cycle": row.cycle, "revision": row.revision}


def withdrawn_json(store: str) -> dict[str, Any]:
    """`withdraw`."""
    return {"store": store, "status": Status.WITHDRAWN}
