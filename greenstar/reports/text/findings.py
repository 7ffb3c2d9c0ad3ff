"""Findings as a table: those of a sealed visit that are open, and how they are closed."""

from collections.abc import Iterator, Sequence

from greenstar.i18n.catalogue import Catalogue
from greenstar.reports.text.page import Block, Table, TextLine
from greenstar.services.findings.findings import FindingEntry
from greenstar.services.findings.follow_up import short_ids
from greenstar.storage.protocols.assessments import AssessmentRow

_HEADS = ("id", "criterion", "severity", "due", "owner", "text")


def open_findings_page(row: AssessmentRow, findings: Sequence[FindingEntry], catalogue: Catalogue) -> Iterator[Block]:
    """`follow-up` without findings to close."""
    say = catalogue.say
    status = say(f"storage.{row.status}")
    yield TextLine(
        say("follow_up.open_of", count=len(findings), store=row.store, cycle=row.cycle, status=status), strong=True
    )
    if not findings:
        return
    ids = short_ids(findings)
    cells = [_cells(entry, short, catalogue) for entry, short in zip(findings, ids, strict=True)]
    yield TextLine()
    yield Table([say(f"follow_up.head_{name}") for name in _HEADS], list(cells))
    yield TextLine()
    yield TextLine(say("follow_up.how", store=row.store, id=ids[0]), faint=True)


def _cells(entry: FindingEntry, short: str, catalogue: Catalogue) -> Sequence[object]:
    finding = entry.finding
    severity = catalogue.say(f"tui.severity_{finding.severity}")
    if "repeated" in finding.counts_as:
        severity = catalogue.say("follow_up.repeated", severity=severity)
    return short, finding.criterion, severity, finding.due, finding.owner, finding.text
