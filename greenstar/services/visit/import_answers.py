"""Recording visits from answers files (paper visits, migrations): answer by answer, each change an event.

What a file says is added to the draft that there is, or changes it; what it does not mention stays. The files of one
call are all recorded, or none is.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from greenstar.assessment.answers_file import AnswersFile
from greenstar.assessment.model import Answer, Kind, Status, Store, Visit
from greenstar.errors import BadFile, BadInput, Problem
from greenstar.i18n.phrase import Phrase
from greenstar.record.event import Change
from greenstar.record.plain import plain_evidence
from greenstar.record.timestamps import local_day
from greenstar.scheme.model import Scheme
from greenstar.scoring.checks import Complaint
from greenstar.services.evidence.named_files import Kept, keep_files
from greenstar.services.findings.recorded import identified
from greenstar.services.schemes import registry
from greenstar.services.schemes.keeping import other_rules_error
from greenstar.services.stores import stores
from greenstar.services.stores.closing import refuse_visit
from greenstar.services.stores.store_validation import checked
from greenstar.services.visit.codec import encode_answer
from greenstar.services.visit.draft_writer import DraftWriter
from greenstar.services.visit.merge import Said, said_evidence, said_findings
from greenstar.services.visit.opening import start
from greenstar.services.visit.store_page import copy_from_page
from greenstar.services.visit.visit import OpenVisit
from greenstar.services.workspace import Workspace
from greenstar.storage.protocols.assessments import AssessmentRow
from greenstar.text import clean_name, folded


@dataclass(frozen=True)
class Recording:
    """How files are recorded.

    `replace`: a visit becomes exactly what its file says. `folder`: where evidence lies that is not below its answers
    file. `without_files`: evidence whose file is not there is kept by its name, and is not verified then.
    `check_visits`: each is a check visit, whatever its file says.
    """

    replace: bool = False
    folder: Path | None = None
    without_files: bool = False
    check_visits: bool = False

    def kind_of(self, file: AnswersFile) -> Kind:
        """Whether what a file holds is the visit, or a check visit."""
        return Kind.CHECK_VISIT if self.check_visits or file.check_visit else Kind.VISIT


@dataclass(frozen=True)
class Recorded:
    """What recording a file did: `answers` is how many it holds, `named_only` how much evidence has no bytes."""

    store: str
    cycle: str
    kind: Kind
    scheme: Scheme
    answers: int
    changes: tuple[Change, ...]
    named_only: int


def record(workspace: Workspace, *files: AnswersFile, how: Recording = Recording()) -> list[Recorded]:
    """Record visits into the drafts that there are, else new ones; stores are made where there are none.

    BadFile: a visit is there twice, or sealed already; evidence is not there; a check of the scheme refuses what the
    visit would hold; a day of it has not come yet. All visits are kept, or none is.
    """
    refused = [*_repeated(workspace, files, how), *_to_come(workspace, files)]
    if refused:
        lines = refused[0][0].lines
        raise BadFile([problem for file, problem in refused if file.lines is lines], lines)
    kept = keep_files(workspace.storage.evidence, files, how.folder, without_files=how.without_files)
    with workspace.storage.transaction():
        return [_record(workspace, file, evidence, how) for file, evidence in zip(files, kept, strict=True)]


def _record(workspace: Workspace, file: AnswersFile, kept: Kept, how: Recording) -> Recorded:
    visit, kind = kept.visit, how.kind_of(file)
    evidence, findings = said_evidence(file, visit), said_findings(visit)
    said = _Content(file.scheme, visit, evidence, findings, frozenset(file.remove), kind)
    try:
        opened, changes = _put(workspace, said, workspace.now(), replaces=how.replace, source=file.path.name)
    except BadFile:
        raise
    except BadInput as error:
        place = file.at.value(("store", "code"))
        problem = Problem(place, "store", error.message, Phrase("answers.none_recorded"))
        raise BadFile([problem], file.lines) from error
    refused = [complaint for complaint in opened.worked.complaints if complaint.refuse]
    if refused:
        raise BadFile([_refusal(file, complaint) for complaint in refused], file.lines)
    row = opened.assessment
    return Recorded(row.store, row.cycle, kind, file.scheme, len(file.visit.answers), tuple(changes), kept.named_only)


# -- what cannot be recorded -----------------------------------------------------------------------------------------


_Refused = tuple[AnswersFile, Problem]


def _refusal(file: AnswersFile, complaint: Complaint) -> Problem:
    """A check's refusal, at the first answer that it speaks of."""
    message = Phrase("answers.refused_by_check", criterion=complaint.criterion, because=complaint.because)
    return Problem(file.at.value(("answers", *complaint.questions[:1])), complaint.criterion, message)


def _repeated(workspace: Workspace, files: Sequence[AnswersFile], how: Recording) -> Iterator[_Refused]:
    """Visits that are there twice: nobody could say which of them counts. Check visits may be several people's."""
    seen: dict[tuple[str, ...], AnswersFile] = {}
    for file in files:
        visit, kind = file.visit, how.kind_of(file)
        by = folded(visit.assessor) if kind is Kind.CHECK_VISIT else ""
        key = folded(visit.store.code), folded(visit.cycle or workspace.cycle), file.scheme.name, kind, by
        earlier = seen.get(key)
        if earlier is None:
            seen[key] = file
        else:
            first = earlier.at.value(("store", "code"))
            message = Phrase("answers.repeated_store", store=visit.store.code, file=first.file, line=str(first.line))
            yield file, Problem(file.at.value(("store", "code")), "store", message)


def _to_come(workspace: Workspace, files: Sequence[AnswersFile]) -> Iterator[_Refused]:
    """The days of visits that have not come yet; a day's grace, for places where it is tomorrow already."""
    latest = workspace.today() + timedelta(days=1)
    for file in files:
        for place, day in _days(file.visit):
            if day is not None and day > latest:
                yield file, Problem(file.at.value(place), str(place[-1]), Phrase("answers.to_come", day=day))


def _days(visit: Visit) -> Iterator[tuple[tuple[str | int, ...], date | None]]:
    yield ("visited",), visit.visited
    for index, finding in enumerate(visit.findings):
        yield ("findings", index, "closed"), finding.closed
    for criterion, pieces in visit.evidence.items():
        for index, piece in enumerate(pieces):
            yield ("evidence", criterion, index, "taken_at"), _day_of(piece.taken_at)


def _day_of(taken_at: str) -> date | None:
    """The day of a time that a file gives; None where it is in no form that can be read."""
    try:
        return local_day(taken_at)
    except (ValueError, OverflowError):
        return None


# -- into the draft --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Content:
    """What a visit says: its evidence and findings entry by entry, and the answers that are taken away."""

    scheme: Scheme
    visit: Visit
    evidence: list[Said]
    findings: list[Said]
    removed: frozenset[str] = frozenset()
    kind: Kind = Kind.VISIT


def recorded(workspace: Workspace, scheme: Scheme, visit: Visit, at: str) -> OpenVisit:
    """Put a visit in the place of the store's draft, inside a transaction, its evidence as it is given."""
    evidence = [Said(row, frozenset(row)) for row in plain_evidence(visit)]
    content = _Content(scheme, visit, evidence, said_findings(visit))
    return _put(workspace, content, at, replaces=True)[0]


def _put(
    workspace: Workspace, said: _Content, at: str, *, replaces: bool, source: str | None = None
) -> tuple[OpenVisit, list[Change]]:
    """Record into the store's draft, inside a transaction; the visit, and what changed in it."""
    scheme, visit = said.scheme, said.visit
    store = _store(workspace, visit.store, at)
    row = _draft(workspace, store.code, said, at, replaces=replaces)
    findings = identified(workspace.storage, row, scheme, [entry.row for entry in said.findings], at)
    by, on_page = clean_name(visit.assessor) or workspace.assessor, said.kind is Kind.VISIT
    writer = DraftWriter(workspace, row, at, by=by, replaces=replaces, on_page=on_page, source=source)
    writer.store(store)
    writer.facts({name: encode_answer(scheme, scheme.facts[name], value) for name, value in visit.facts.items()})
    writer.texts("answer", _as_json(scheme, visit.answers), said.removed)
    writer.texts("exemption", visit.not_applicable)
    writer.texts("note", visit.notes)
    writer.entries("evidence", said.evidence)
    writer.entries("finding", [replace(entry, row=known) for entry, known in zip(said.findings, findings, strict=True)])
    writer.header(scheme, visit)
    writer.finish()
    opened = OpenVisit(workspace, workspace.storage.assessments.get(row.id))
    opened.close()
    return opened, [change for change in writer.changes if change.assessment is not None]


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


def _draft(workspace: Workspace, code: str, said: _Content, at: str, *, replaces: bool) -> AssessmentRow:
    """The draft to write into: the one there is, else a new one. BadInput: it is sealed, or by another version."""
    scheme, visit = said.scheme, said.visit
    cycle = workspace.known_cycle(visit.cycle) if visit.cycle else workspace.cycle
    row = _there(workspace, code, cycle, said)
    if row is not None and row.status is Status.DRAFT:
        stored = registry.stored(workspace.storage, row.scheme)
        if stored.version != scheme.version and not replaces:
            values = {"scheme": scheme.name, "version": stored.version, "wanted": scheme.version}
            raise BadInput("answers.draft_of_other_version", **values)
        if stored.rules_sha256 != scheme.rules_sha256 and not replaces:
            raise other_rules_error(stored, scheme)
        return row
    if row is not None and row.status is not Status.WITHDRAWN:
        raise BadInput("storage.sealed", store=code, status=Phrase(f"storage.{row.status}"))
    refuse_visit(workspace, code, visit.visited or local_day(at))
    draft = start(
        workspace,
        stores.find_store(workspace, code),
        scheme,
        cycle=cycle,
        at=at,
        revision=row.revision + 1 if row is not None else 1,
        assessor=clean_name(visit.assessor),
        visited=visit.visited.isoformat() if visit.visited else None,
        kind=said.kind,
    )
    copy_from_page(workspace.storage, draft, scheme)
    return draft


def _there(workspace: Workspace, code: str, cycle: str, said: _Content) -> AssessmentRow | None:
    """The latest revision of the visit; of check visits the draft of the same assessor."""
    assessments = workspace.storage.assessments
    if said.kind is Kind.VISIT:
        return assessments.latest(code, cycle, said.scheme.name)
    by = folded(said.visit.assessor or workspace.assessor)
    drafts = assessments.check_drafts(code, cycle, said.scheme.name)
    return next((row for row in drafts if folded(row.assessor) == by), None)
