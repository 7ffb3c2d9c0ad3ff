"""Recording a visit from an answers file (a paper visit, a migration): each change is an event."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, replace
from datetime import date, timedelta
from typing import Any

from greenstar.assessment.answers_file import AnswersFile
from greenstar.assessment.model import Answer, Status, Store, Visit
from greenstar.errors import BadFile, BadInput, Problem
from greenstar.i18n.phrase import Phrase
from greenstar.record.canonical import canonical
from greenstar.record.event import Change
from greenstar.record.plain import plain_evidence, plain_findings
from greenstar.record.timestamps import local_day
from greenstar.scheme.model import Scheme
from greenstar.scoring.checks import Complaint
from greenstar.services.findings.recorded import identified
from greenstar.services.schemes import registry
from greenstar.services.stores import stores
from greenstar.services.stores.closing import refuse_visit
from greenstar.services.stores.store_validation import checked
from greenstar.services.visit.codec import encode_answer
from greenstar.services.visit.opening import start
from greenstar.services.visit.store_page import put_on_page
from greenstar.services.visit.visit import OpenVisit
from greenstar.services.workspace import Workspace
from greenstar.storage.protocols.assessments import AssessmentRow
from greenstar.text import clean_name


def record(workspace: Workspace, file: AnswersFile) -> str:
    """Keep the visit of an answers file as a draft, in the place of the draft there is; the code of its store.

    The store is made where there is none. BadInput: the visit is submitted already, a check of the scheme refuses
    what it holds, or a day of it has not come yet. All of it is kept, or nothing.
    """
    to_come = list(_to_come(file, workspace.today()))
    if to_come:
        raise BadFile(to_come, dict(file.lines))
    with workspace.storage.transaction():
        opened = recorded(workspace, file.scheme, file.visit, workspace.now())
        refused = [complaint for complaint in opened.worked.complaints if complaint.refuse]
        if refused:
            raise BadFile([_problem(file, complaint) for complaint in refused], dict(file.lines))
    return opened.assessment.store


def _problem(file: AnswersFile, complaint: Complaint) -> Problem:
    """A check's refusal, at the first answer that it speaks of."""
    message = Phrase("answers.refused_by_check", criterion=complaint.criterion, because=complaint.because)
    return Problem(file.at.value(("answers", *complaint.questions[:1])), complaint.criterion, message)


def _to_come(file: AnswersFile, today: date) -> Iterator[Problem]:
    """The days of a visit that have not come yet; a day's grace, for places where it is tomorrow already."""
    places: list[tuple[tuple[str | int, ...], date | None]] = [(("visited",), file.visit.visited)]
    for index, finding in enumerate(file.visit.findings):
        places.append((("findings", index, "closed"), finding.closed))
    for criterion, pieces in file.visit.evidence.items():
        for index, piece in enumerate(pieces):
            places.append((("evidence", criterion, index, "taken_at"), _day_of(piece.taken_at)))
    for place, day in places:
        if day is not None and day > today + timedelta(days=1):
            yield Problem(file.at.value(place), str(place[-1]), Phrase("answers.to_come", day=day))


def _day_of(taken_at: str) -> date | None:
    """The day of a time that a file gives; None where it is in no form that can be read."""
    try:
        return local_day(taken_at)
    except (ValueError, OverflowError):
        return None


def recorded(workspace: Workspace, scheme: Scheme, visit: Visit, at: str) -> OpenVisit:
    """Put a visit in the place of the store's draft, inside a transaction."""
    store = _store(workspace, visit.store, at)
    row = _draft(workspace, store.code, scheme, visit, at)
    writer = _Writer(workspace, row, at, visit.assessor)
    writer.store(store)
    writer.facts({name: encode_answer(scheme, scheme.facts[name], value) for name, value in visit.facts.items()})
    writer.texts("answer", _as_json(scheme, visit.answers))
    writer.texts("exemption", visit.not_applicable)
    writer.texts("note", visit.notes)
    writer.evidence(plain_evidence(visit))
    writer.findings(identified(workspace.storage, row, scheme, plain_findings(visit), at))
    writer.header(scheme, visit)
    writer.finish()
    opened = OpenVisit(workspace, workspace.storage.assessments.get(row.id))
    opened.close()
    return opened


def _as_json(scheme: Scheme, values: Mapping[str, Answer]) -> dict[str, str]:
    texts = {name: encode_answer(scheme, scheme.questions[name], value) for name, value in values.items()}
    return {name: text for name, text in texts.items() if text is not None}


def _store(workspace: Workspace, store: Store, at: str) -> Store:
    """What a file says of a store, which is added where there is none; an empty text says nothing.

    A file without a name for it gives the code as its name.
    """
    clean = checked(store)
    given = replace(clean, name="") if clean.name == clean.code else clean
    before, _ = stores.wanted_store(workspace, given)
    if before is None:
        stores.put_store(workspace, given, at)
        return given
    return replace(given, code=before.code)


def _draft(workspace: Workspace, code: str, scheme: Scheme, visit: Visit, at: str) -> AssessmentRow:
    """The draft to write into: the one there is, else a new one."""
    cycle = workspace.known_cycle(visit.cycle) if visit.cycle else workspace.cycle
    row = workspace.storage.assessments.latest(code, cycle, scheme.name)
    if row is not None and row.status is Status.DRAFT:
        return row
    if row is not None and row.status is not Status.WITHDRAWN:
        raise BadInput("storage.sealed", store=code, status=Phrase(f"storage.{row.status}"))
    revision = row.revision + 1 if row is not None else 1
    visited = visit.visited.isoformat() if visit.visited else None
    store = stores.find_store(workspace, code)
    refuse_visit(workspace, code, visit.visited or local_day(at))
    draft = start(
        workspace,
        store,
        scheme,
        cycle=cycle,
        at=at,
        revision=revision,
        assessor=clean_name(visit.assessor),
        visited=visited,
    )
    workspace.storage.stores.copy_facts(store.code, draft.id)
    return draft


class _Writer:
    """Makes the stored content of a draft equal to a visit, and gathers the events."""

    def __init__(self, workspace: Workspace, row: AssessmentRow, at: str, assessor: str) -> None:
        self.workspace = workspace
        self.storage = workspace.storage
        self.recorder = workspace.assessor  # who did the recording; the answers are the assessor's
        self.by = clean_name(assessor) or workspace.assessor
        self.row = row
        self.at = at
        self.changes: list[Change] = []

    def texts(self, table: str, wanted: Mapping[str, str]) -> None:
        """Answers, exemptions or notes: what is new or differs is put, what is gone is removed."""
        now = self.storage.contents.texts(table, self.row.id)
        for key in now.keys() - wanted.keys():
            self.storage.contents.put(table, self.row.id, key, None, at=self.at, by=self.by)
        differing = {key: value for key, value in wanted.items() if now.get(key) != value}
        rows = [(self.row.id, key, value, self.at, self.by) for key, value in differing.items()]
        self.storage.contents.put_all(table, rows)
        for key in (*differing, *sorted(now.keys() - wanted.keys())):
            before, after = now.get(key), wanted.get(key)
            if table != "answer":  # answers are JSON already
                before, after = (None if text is None else canonical(text) for text in (before, after))
            self._note(table, key, before, after)

    def store(self, given: Store) -> None:
        """What the store is called and where it lies, here and, unless a visit to a later cycle began, on its page."""
        row = self.row
        before = Store(row.store, row.store_name, row.city, row.region)
        after = stores.as_elsewhere(self.workspace, stores.filled(given, before))
        if after != before:
            self._note("store", None, canonical(asdict(before)), canonical(asdict(after)))
            values = {"store_name": after.name, "city": after.city, "region": after.region}
            self.storage.assessments.change(row.id, values)
        if self.storage.assessments.is_of_latest_cycle(row.id):
            stores.put_store(self.workspace, given, self.at)

    def facts(self, wanted: Mapping[str, str | None]) -> None:
        """Facts that the file names, here and on the store's page; others stay."""
        now = self.storage.contents.texts("fact", self.row.id)
        for name, after in wanted.items():
            if now.get(name) != after:
                self.storage.contents.put("fact", self.row.id, name, after, at=self.at, by=self.by)
                self._note("fact", name, now.get(name), after)
        self.changes += put_on_page(self.storage, self.row, wanted, at=self.at, by=self.by)

    def evidence(self, wanted: list[dict[str, Any]]) -> None:
        """All evidence, where it differs."""
        now = self.storage.contents.entries("evidence", self.row.id)
        self._list("evidence", now, wanted)
        if self._differ(now, wanted):
            self.storage.contents.put_entries("evidence", self.row.id, wanted, at=self.at, by=self.by)

    def findings(self, wanted: list[dict[str, Any]]) -> None:
        """All findings, where they differ."""
        now = self.storage.contents.entries("finding", self.row.id)
        self._list("finding", now, wanted)
        if self._differ(now, wanted):
            self.storage.contents.put_entries("finding", self.row.id, wanted, at=self.at, by=self.by)

    def _list(self, kind: str, now: list[dict[str, Any]], wanted: list[dict[str, Any]]) -> None:
        """One event for each criterion whose evidence or findings change."""
        for criterion in dict.fromkeys(entry["criterion"] for entry in (*now, *wanted)):
            before = _plain([entry for entry in now if entry["criterion"] == criterion])
            after = _plain([entry for entry in wanted if entry["criterion"] == criterion])
            if before != after:
                self._note(kind, criterion, canonical(before) if before else None, canonical(after) if after else None)

    @staticmethod
    def _differ(now: list[dict[str, Any]], wanted: list[dict[str, Any]]) -> bool:
        return _plain(now) != _plain(wanted)

    def header(self, scheme: Scheme, visit: Visit) -> None:
        """Who visited when, and under which version of the scheme."""
        registry.keep(self.storage, scheme, self.at)
        wanted = {"scheme": scheme.sha256}
        if visit.assessor:
            wanted["assessor"] = self.by
        if visit.visited:
            wanted["visited"] = visit.visited.isoformat()
        now = {
            "scheme": self.row.scheme,
            "assessor": self.row.assessor,
            "visited": self.row.visited.isoformat() if self.row.visited else None,
        }
        changed = {name: value for name, value in wanted.items() if now[name] != value}
        for name, value in changed.items():
            self._note(name, None, canonical(now[name]), canonical(value))
        if changed:
            self.storage.assessments.change(self.row.id, changed)

    def finish(self) -> None:
        """Note the changes."""
        if self.changes:
            self.storage.assessments.touch(self.row.id, self.at)
            self.storage.events.append(self.changes, self.at, self.recorder)

    def _note(self, kind: str, subject: str | None, before: str | None, after: str | None) -> None:
        self.changes.append(Change(kind, subject, before, after, store=self.row.store, assessment=self.row.id))


_OWN = ("at", "found_at", "by")


def _plain(entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Evidence or findings without what only the database adds."""
    return [{name: value for name, value in entry.items() if name not in _OWN} for entry in entries]
