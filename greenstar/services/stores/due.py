"""What falls due at all stores: open findings by their due days, and the last days of certificates."""

from dataclasses import dataclass
from datetime import date

from greenstar.services.workspace import Workspace
from greenstar.storage.protocols.due import DueRow


@dataclass(frozen=True)
class DueEntry:
    """An open finding, or a certificate (`row.certificate`), and the day on which it is due or ends.

    `overdue`: that day has passed; on the day itself nothing is.
    """

    row: DueRow
    day: date
    overdue: bool


def due_entries(workspace: Workspace) -> list[DueEntry]:
    """All that falls due, the earliest first; of one day findings before certificates."""
    today, due = workspace.today(), workspace.storage.due
    days = [(row, date.fromisoformat(row.day)) for row in [*due.findings(), *due.certificates()]]
    return sorted((DueEntry(row, day, day < today) for row, day in days), key=lambda entry: entry.day)


def next_due(entries: list[DueEntry]) -> dict[str, DueEntry]:
    """The first that falls due at each store, by its code."""
    first: dict[str, DueEntry] = {}
    for entry in entries:
        first.setdefault(entry.row.store, entry)
    return first
