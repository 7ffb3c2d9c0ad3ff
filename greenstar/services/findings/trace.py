"""What became of a finding that another window changed, followed through the events of its criterion."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from greenstar.record.timestamps import read_time
from greenstar.services.visit.visit import OpenVisit

Row = dict[str, Any]


@dataclass(frozen=True)
class Traced:
    """A finding as the database keeps it by now, or None where it was removed; when and by whom it was changed last."""

    row: Row | None
    at: datetime | None = None
    by: str = ""


def traced(visit: OpenVisit, row: Row, now: Sequence[Row]) -> Traced:
    """The finding that was once `row`, among those of its criterion as they are `now`, under whatever text."""
    finding = Traced(row)
    for event in visit.workspace.storage.events.of_visit(visit.assessment.store, visit.assessment.id):
        if (event.kind, event.subject) != ("finding", row["criterion"]):
            continue
        before, after = (json.loads(text or "[]") for text in (event.before, event.after))
        if finding.row in before and finding.row not in after:
            changed = [entry for entry in after if entry not in before and _origin(entry) == _origin(row)]
            finding = Traced(changed[0] if changed else finding.row, read_time(event.at), event.by)
    return finding if finding.row in now else Traced(None, finding.at, finding.by)


def _origin(row: Row) -> tuple[Any, Any]:
    """When and by whom it was found: an answers file that was recorded does not say."""
    return row.get("found_at"), row.get("by")
