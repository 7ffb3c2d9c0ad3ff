"""What falls due: open findings and certificates of all stores, by day."""

from datetime import date

from greenstar.assessment.model import Finding
from greenstar.services.findings.findings import add
from greenstar.services.stores.closing import close_store
from greenstar.services.stores.due import due_entries, next_due
from greenstar.services.visit.lifecycle import decide, reopen, submit
from greenstar.services.visit.opening import open_visit
from greenstar.services.visit.visit import OpenVisit
from greenstar.services.workspace import Workspace
from tests.services.conftest import fill


def test_what_falls_due_is_listed_by_day_each_where_it_is_open_now(workspace: Workspace, visit: OpenVisit) -> None:
    today = workspace.today()
    fill(visit)
    for text, due in (("late", date(2020, 1, 1)), ("today", today), ("no day", None)):
        add(visit, Finding("W1", "major", text, due=due))
    submit(workspace, "S-1")
    decided = decide(workspace, "S-1")
    entries = due_entries(workspace)
    assert [(entry.row.text, entry.row.certificate, entry.overdue) for entry in entries] == [
        ("late", "", True),
        ("today", "", False),
        ("", decided.certificate, False),
    ]
    assert next_due(entries)["S-1"].row.text == "late"
    open_now = workspace.storage.due.open_findings("2026")
    assert [(row.text, row.day) for row in open_now] == [("late", "2020-01-01"), ("today", f"{today}"), ("no day", "")]
    assert workspace.storage.due.open_findings("2027") == []
    reopen(workspace, "S-1", "read again")
    draft = open_visit(workspace, "S-1").assessment.id
    again = due_entries(workspace)
    assert [entry.row.assessment for entry in again] == [draft, draft, visit.assessment.id]
    close_store(workspace, "S-1", on=None, because="lease ended")
    assert due_entries(workspace) == []
