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
    found = Traced(row)
    for event in visit.workspace.storage.events.of_visit(visit.assessment.store, visit.assessment.id):
        if (event["kind"], event["subject"]) != ("finding", row["criterion"]):
            continue
        was, became = (json.loads(event[name] or "[]") for name in ("was", "became"))
        if found.row in was and found.row not in became:
            after = [one for one in became if one not in was and _origin(one) == _origin(row)]
            found = Traced(after[0] if after else found.row, read_time(event["at"]), event["by"])
    return found if found.row in now else Traced(None, found.at, found.by)


def _origin(row: Row) -> tuple[Any, Any]:
    """When and by whom it was found: an answers file that was recorded does not say."""
    return row.get("found_at"), row.get("by")
