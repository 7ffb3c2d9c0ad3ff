"""`pack`, `unpack` and `settle` for programs."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from greenstar.record.event import Event
from greenstar.record.merge import Clash
from greenstar.reports.json.recorded import read_value
from greenstar.services.laptops.joining import JoinedVisit
from greenstar.services.laptops.packing import Packed
from greenstar.services.laptops.unpacking import Unpacked
from greenstar.services.laptops.unsettled import Unsettled
from greenstar.storage.protocols.assessments import AssessmentRow


def packed_json(path: Path, done: Packed) -> dict[str, Any]:
    """`pack`: a file, and what is in it."""
    return {
        "file": str(path),
        "bytes": done.bytes,
        "stores": list(done.stores),
        "sealed": done.sealed,
        "drafts": done.drafts,
        "evidence": done.files,
        "lost_evidence": done.lost,
    }


def unpacked_json(done: Unpacked) -> dict[str, Any]:
    """`unpack`: what came, and what waits for a person of it."""
    return {
        "visits": [_visit_json(visit) for visit in done.visits],
        "same": done.same,
        "stores": done.stores,
        "evidence": done.photos,
        "statements": done.statements,
        "signatures": done.signatures,
        "new_identity": done.twin,
    }


def _visit_json(visit: JoinedVisit) -> dict[str, Any]:
    return {
        **_revision_json(visit.row),
        "begun": visit.begun,
        "came": visit.came,
        "sealed_elsewhere": visit.sealed_now,
        "clashes": _clashes_json(visit.clashes),
        "left_over": _events_json(visit.left_over),
        "seals": list(visit.seals),
        "overruled": [{"at": event.at, "by": event.by} for event in visit.overruled],
    }


def _revision_json(row: AssessmentRow) -> dict[str, Any]:
    return {"store": row.store, "cycle": row.cycle, "revision": row.revision, "kind": row.kind, "status": row.status}


def unsettled_json(waiting: Unsettled) -> dict[str, Any]:
    """`settle`: what waits of a store."""
    return {
        "store": waiting.store,
        "visits": [
            {
                **_revision_json(visit.row),
                "clashes": _clashes_json(visit.clashes),
                "left_over": _events_json(visit.left_over),
            }
            for visit in waiting.visits
        ],
        "page": _clashes_json(waiting.page.clashes if waiting.page is not None else ()),
        "sealed_apart": [
            [{**_revision_json(row), "seal": row.seal, "assessor": row.assessor} for row in rows]
            for rows in waiting.sealed_apart
        ],
        "begun_apart": [
            [{**_revision_json(row), "assessor": row.assessor} for row in rows] for rows in waiting.begun_apart
        ],
    }


def _clashes_json(clashes: Sequence[Clash]) -> list[dict[str, Any]]:
    return [
        {
            "kind": clash.part.kind,
            "subject": clash.part.subject,
            "entry": clash.part.entry,
            "sides": [
                {"at": side.event.at, "by": side.event.entered_by, "value": read_value(side.content)}
                for side in clash.sides
            ],
        }
        for clash in clashes
    ]


def _events_json(events: Sequence[Event]) -> list[dict[str, Any]]:
    return [
        {
            "kind": event.kind,
            "subject": event.subject,
            "at": event.at,
            "by": event.entered_by,
            "before": read_value(event.before),
            "after": read_value(event.after),
        }
        for event in events
    ]
