"""The register of certificates: all of them, or those that end soon."""

import json
from datetime import date, timedelta
from typing import Any

from greenstar.i18n.phrase import Text
from greenstar.services.results.tables.extract import Extract
from greenstar.services.results.tables.registers import certificate_rows
from greenstar.services.visit.certificates import months_later
from greenstar.storage.protocols import Row
from greenstar.storage.protocols.storage import Storage


def certificates(extract: Extract, expiring: int | None = None) -> list[Row]:
    """The certificates by their numbers; `expiring`: the valid ones that end within so many months, soonest first."""
    rows = certificate_rows(extract)
    if expiring is None:
        return list(rows)
    last = last_of(extract.workspace.today(), expiring)
    ending = (row for row in rows if row["standing"] == "valid" and _ends_by(row, last))
    return sorted(ending, key=lambda row: (row["valid_until"], row["certificate"]))


def level_titles(storage: Storage) -> dict[tuple[str, str, str], Text]:
    """What each level is called, by scheme, version and level."""
    return {
        (scheme.name, scheme.version, level["id"]): Text(level["title"])
        for scheme in storage.schemes.all()
        for level in json.loads(scheme.summary)["levels"]
    }


def last_of(today: date, months: int) -> date:
    """The last day of so many months that begin today."""
    return months_later(today, months) - timedelta(days=1)


def _ends_by(row: dict[str, Any], last: date) -> bool:
    return row["valid_until"] is not None and date.fromisoformat(row["valid_until"]) <= last
