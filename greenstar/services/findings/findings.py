"""Findings of a visit: added, changed, closed, removed; and the open ones of the last visit, confirmed or closed.

All findings of a criterion are one content of the visit. Each change reads them anew and touches one entry, so that
two windows can change different findings of a criterion. A finding that is no longer as it was seen is reported as
`ChangedMeanwhile`.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from greenstar.assessment.model import Finding
from greenstar.errors import BadInput
from greenstar.record.canonical import canonical
from greenstar.record.timestamps import local_day, read_time
from greenstar.scheme.severities import SEVERITIES
from greenstar.services.findings.identity import new_finding_id
from greenstar.services.schemes.names import refuse_unknown_criterion
from greenstar.services.visit import changes
from greenstar.services.visit.codec import fit_text
from greenstar.services.visit.conflict import Conflict
from greenstar.services.visit.drafts import field
from greenstar.services.visit.visit import OpenVisit
from greenstar.storage.protocols import Row
from greenstar.text import MOST_NAME, clean_line

KIND = "finding"
_TRIES = 3
_IDENTITY = ("id", "follows", "owner")  # what programs up to 0.2 did not keep


@dataclass(frozen=True)
class FindingEntry:
    """A finding as it is kept, with when and by whom it was found.

    `cycle`: it is an open one of the last visit, in that cycle, and this visit has neither confirmed nor closed it.
    """

    finding: Finding
    found_at: str
    by: str
    cycle: str | None = None

    @property
    def found_on(self) -> date:
        """The day on which it was found, by the clock on the wall."""
        return local_day(self.found_at)

    @property
    def row(self) -> Row:
        """As the database keeps it."""
        finding = self.finding
        return {
            "criterion": finding.criterion,
            "severity": finding.severity,
            "text": finding.text,
            "action": finding.action,
            "due": finding.due.isoformat() if finding.due else None,
            "closed": finding.closed.isoformat() if finding.closed else None,
            "id": finding.id,
            "follows": finding.follows,
            "owner": finding.owner,
            "found_at": self.found_at,
            "by": self.by,
        }


class ChangedMeanwhile(BadInput):
    """Another window changed or removed the finding; `theirs`: as it is now, or None, with when and by whom."""

    def __init__(self, theirs: FindingEntry | None, at: datetime | None = None, by: str = "") -> None:
        super().__init__("findings.gone" if theirs is None else "findings.changed_meanwhile")
        self.theirs, self.at, self.by = theirs, at, by


def entry_of(row: Row, cycle: str | None = None) -> FindingEntry:
    """The entry that the database keeps as `row`. What was half typed with programs up to 0.2 knows of no ids."""
    due, closed = (date.fromisoformat(row[name]) if row[name] else None for name in ("due", "closed"))
    identity = (row.get(name, "") for name in _IDENTITY)
    finding = Finding(row["criterion"], row["severity"], row["text"], row["action"], due, closed, *identity)
    return FindingEntry(finding, row["found_at"], row["by"], cycle)


# -- what there is -----------------------------------------------------------------------------------------------


def by_urgency(entries: Iterable[FindingEntry]) -> list[FindingEntry]:
    """What is to be settled first, then open ones, then closed ones: the gravest first, of these what is due first."""

    def urgency(entry: FindingEntry) -> tuple[bool, bool, int, date]:
        finding = entry.finding
        is_closed, severity = finding.closed is not None, SEVERITIES.index(finding.severity)
        return is_closed, entry.cycle is None, severity, finding.due or date.max

    return sorted(entries, key=urgency)


def findings_of(visit: OpenVisit, criterion: str | None = None) -> list[FindingEntry]:
    """The findings of a criterion, or of the whole visit in the order of the scheme."""
    rows = visit.workspace.storage.contents.entries(KIND, visit.assessment.id, criterion)
    return _in_order(visit, [entry_of(row) for row in rows])


def to_settle(visit: OpenVisit, criterion: str | None = None) -> list[FindingEntry]:
    """The open findings of the last visit that must be confirmed or closed: of a criterion, or all of them.

    Those of criteria that do not apply now are among them: they were open, and somebody must say what became of them.
    """
    if visit.previous is None or visit.read_only:
        return []
    rows = [row for row in visit.findings_to_settle if criterion in (None, row["criterion"])]
    return _in_order(visit, [entry_of(row, visit.previous.cycle) for row in rows])


def _in_order(visit: OpenVisit, entries: list[FindingEntry]) -> list[FindingEntry]:
    places = {name: index for index, name in enumerate(visit.scheme.criteria)}
    return sorted(entries, key=lambda entry: places.get(entry.finding.criterion, len(places)))


# -- changes -----------------------------------------------------------------------------------------------------


def add(visit: OpenVisit, finding: Finding) -> FindingEntry:
    """Keep a new finding; what was half typed at its criterion is forgotten. BadInput: a field is not in order."""
    at, by = visit.workspace.now(), visit.workspace.assessor
    clean = checked(visit, finding)
    new = FindingEntry(replace(clean, id=new_finding_id(visit.assessment, at, by, clean.criterion, clean.text)), at, by)
    _change(visit, finding.criterion, lambda rows: [*rows, new.row], typed=True)
    return new


def change(visit: OpenVisit, entry: FindingEntry, finding: Finding) -> FindingEntry:
    """Keep a finding in another form; what was half typed at its criterion is forgotten.

    ChangedMeanwhile: another window changed it. BadInput: it is none.
    """
    before = entry.finding
    clean = replace(checked(visit, finding), criterion=before.criterion, id=before.id, follows=before.follows)
    return _replace(visit, entry, clean, typed=True)


def close(visit: OpenVisit, entry: FindingEntry, on: date | None = None) -> None:
    """Close a finding, today or `on` an earlier day. ChangedMeanwhile: as `change`."""
    _replace(visit, entry, replace(entry.finding, closed=on or visit.workspace.today()))


def reopen(visit: OpenVisit, entry: FindingEntry) -> None:
    """Take the closing of a finding back. ChangedMeanwhile: as `change`."""
    _replace(visit, entry, replace(entry.finding, closed=None))


def remove(visit: OpenVisit, entry: FindingEntry) -> None:
    """Take a finding away; an undo brings it back. ChangedMeanwhile: as `change`."""
    _change(visit, entry.finding.criterion, lambda rows: _with(visit, rows, entry, None))


def confirm_previous(visit: OpenVisit, entry: FindingEntry) -> None:
    """An open finding of the last visit is open still: it becomes one of this visit, found when and by whom it was.

    ChangedMeanwhile: another window confirmed or closed it.
    """
    _settle(visit, entry, None)


def close_previous(visit: OpenVisit, entry: FindingEntry) -> None:
    """An open finding of the last visit is closed: it becomes one of this visit that was closed today.

    ChangedMeanwhile: as `confirm_previous`.
    """
    _settle(visit, entry, visit.workspace.today())


def _settle(visit: OpenVisit, entry: FindingEntry, closed: date | None) -> None:
    earlier, at = entry.finding.id, visit.workspace.now()
    goes_on = replace(
        entry.finding, closed=closed, follows=earlier, id=new_finding_id(visit.assessment, at, "follows", earlier)
    )
    settled = FindingEntry(goes_on, entry.found_at, entry.by)

    def with_it(rows: list[Row]) -> list[Row]:
        taken_up = next((row for row in rows if earlier in (row["follows"], row["id"])), None)
        if taken_up is not None:
            raise ChangedMeanwhile(entry_of(taken_up))
        return [*rows, settled.row]

    _change(visit, entry.finding.criterion, with_it)


def _replace(visit: OpenVisit, entry: FindingEntry, finding: Finding, *, typed: bool = False) -> FindingEntry:
    new = replace(entry, finding=finding)
    _change(visit, finding.criterion, lambda rows: _with(visit, rows, entry, new), typed=typed)
    return new


def _with(visit: OpenVisit, rows: list[Row], entry: FindingEntry, new: FindingEntry | None) -> list[Row]:
    """The findings with `new` in the place of `entry`; None: without it."""
    at = next((index for index, row in enumerate(rows) if _is_entry(row, entry)), None)
    if at is None:
        now = _traced(visit, entry.row, rows)
        raise ChangedMeanwhile(entry_of(now.row) if now.row is not None else None, now.at, now.by)
    return [*rows[:at], *([] if new is None else [new.row]), *rows[at + 1 :]]


def _is_entry(row: Row, entry: FindingEntry) -> bool:
    """Whether a row holds this entry. One that was half typed with a program up to 0.2 does not say which it is."""
    known = entry.row if entry.finding.id else {name: entry.row[name] for name in entry.row if name not in _IDENTITY}
    return known.items() <= row.items()


def _change(
    visit: OpenVisit, criterion: str, changed: Callable[[list[Row]], list[Row]], *, typed: bool = False
) -> None:
    """Change the findings of a criterion as they are now; another window may come between reading and writing."""
    for left in reversed(range(_TRIES)):
        seen = changes.read(visit.workspace.storage, visit.assessment, KIND, criterion)
        rows = changed(json.loads(seen) if seen is not None else [])
        text = canonical(rows) if rows else None
        try:
            visit.put(KIND, criterion, text, seen=seen, draft=field(KIND, criterion) if typed else None)
        except Conflict:
            if not left:
                raise
        else:
            return


def checked(visit: OpenVisit, finding: Finding) -> Finding:
    """The finding with clean texts. BadInput: it says nothing, or what it says cannot be."""
    refuse_unknown_criterion(visit.scheme, finding.criterion)
    if finding.severity not in SEVERITIES:
        raise BadInput("findings.no_severity")
    text = fit_text(finding.text)
    if not text:
        raise BadInput("findings.no_text")
    owner = clean_line(finding.owner)
    if len(owner) > MOST_NAME:
        raise BadInput("answers.too_long", most=str(MOST_NAME), found=str(len(owner)))
    clean = replace(finding, text=text, action=fit_text(finding.action), owner=owner)
    if clean.closed is not None and clean.closed > visit.workspace.today():
        raise BadInput("findings.closed_in_future", day=clean.closed)
    return clean


# -- what another window made of a finding --------------------------------------------------------------------------


@dataclass(frozen=True)
class _Traced:
    """A finding as it is stored now, or None where it was removed; when and by whom it was changed last."""

    row: Row | None
    at: datetime | None = None
    by: str = ""


def _traced(visit: OpenVisit, row: Row, now: Sequence[Row]) -> _Traced:
    """What the finding that was once `row` is among those of its criterion `now`, followed through its events."""
    finding = _Traced(row)
    for event in visit.workspace.storage.events.of_visit(visit.assessment.id):
        if (event.kind, event.subject) != ("finding", row["criterion"]):
            continue
        before, after = (json.loads(text or "[]") for text in (event.before, event.after))
        if finding.row in before and finding.row not in after:
            changed = [entry for entry in after if entry not in before and entry.get("id") == row["id"]]
            finding = _Traced(changed[0] if changed else finding.row, read_time(event.at), event.by)
    return finding if finding.row in now else _Traced(None, finding.at, finding.by)
