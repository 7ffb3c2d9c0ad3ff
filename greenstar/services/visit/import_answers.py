"""Recording visits from answers files (paper visits, migrations): answer by answer, each change an event.

What a file says is added to the draft that there is, or changes it; what it does not mention stays. The files of one
call are all recorded, or none is.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from greenstar.assessment.answers_file import AnswersFile
from greenstar.assessment.model import Answer, AssessmentKind, Status, Store, Visit
from greenstar.errors import BadFile, BadInput, Problem
from greenstar.i18n.phrase import Phrase
from greenstar.record.event import Change
from greenstar.record.plain import plain_evidence
from greenstar.record.timestamps import local_day
from greenstar.scheme.model import Scheme
from greenstar.scoring.checks import Complaint
from greenstar.services.evidence.named_files import EvidenceKeeper, KeptVisit
from greenstar.services.findings.recorded import identified
from greenstar.services.schemes import registry
from greenstar.services.schemes.keeping import other_rules_error
from greenstar.services.stores import stores
from greenstar.services.stores.closing import refuse_visit
from greenstar.services.stores.store_validation import checked
from greenstar.services.visit.codec import encode_answer, encode_fact
from greenstar.services.visit.draft_writer import DraftWriter
from greenstar.services.visit.merge import StatedRow, said_evidence, said_findings
from greenstar.services.visit.opening import from_page, start
from greenstar.services.visit.recording import Recorded, Recording, Refusals, Repetitions, to_come
from greenstar.services.visit.visit import OpenVisit
from greenstar.services.workspace import Workspace
from greenstar.storage.protocols.assessments import AssessmentRow
from greenstar.text import folded

T = TypeVar("T")

_OF_SCHEME = {  # what is refused for a file's scheme, and the keys that name it: the one to look at first
    "answers.draft_of_other_version": ("version", "scheme"),
    "storage.other_rules": ("scheme", "version"),
}


def record(workspace: Workspace, *files: AnswersFile, how: Recording | None = None) -> list[Recorded]:
    """Record visits into the drafts that there are, else new ones; stores are made where there are none.

    BadFile: a visit is there twice, or sealed already; evidence is not there; a check of the scheme refuses what the
    visit would hold; a day of it has not come yet. All visits are kept, or none is.
    """
    return record_each(workspace, files, how or Recording(), lambda recorded: recorded)


def record_each(
    workspace: Workspace, files: Iterable[AnswersFile], how: Recording, tell: Callable[[Recorded], T]
) -> list[T]:
    """`record`, however many visits there are: what is to be told of each is all that is held of it.

    The visits are gone through more than once. Bytes of evidence are copied before the transaction, as that may take
    long; and only once all visits are known to be in order.
    """
    refusals, repetitions = Refusals(), Repetitions(workspace, how)
    keeper = EvidenceKeeper(workspace.storage.evidence, how.folder, without_files=how.without_files)
    for file in files:
        refusals.add(file, [*repetitions.of(file), *to_come(workspace, file), *keeper.problems(file)])
    refusals.stop()
    if keeper.takes:
        for file in files:
            keeper.keep(file)
    with workspace.storage.transaction():
        return [tell(_record(workspace, file, keeper.keep(file), how)) for file in files]


def _record(workspace: Workspace, file: AnswersFile, kept: KeptVisit, how: Recording) -> Recorded:
    visit, kind = kept.visit, how.kind_of(file)
    evidence, findings = said_evidence(file, visit), said_findings(visit)
    said = _Content(file.scheme, visit, evidence, findings, frozenset(file.remove), kind)
    try:
        opened, changes, begun = _put(workspace, said, workspace.now(), replaces=how.replace, source=file.path.name)
    except BadFile:
        raise
    except BadInput as error:
        raise BadFile([_not_recorded(file, error)], file.lines) from error
    refused = [complaint for complaint in opened.worked.complaints if complaint.refuse]
    if refused:
        raise BadFile([_refusal(file, opened.visit, complaint) for complaint in refused], file.lines)
    row = opened.assessment
    answers, mended = len(file.visit.answers), _mended(kept, changes)
    return Recorded(row.store, row.cycle, kind, file.scheme, answers, tuple(changes), kept.named_only, mended, begun)


def _mended(kept: KeptVisit, changes: Iterable[Change]) -> int:
    """How many pieces of evidence were there before, and have only now a file that is whole."""
    before = {change.subject: change.before or "" for change in changes if change.kind == "evidence"}
    pieces = ((name, piece.sha256) for name, of_criterion in kept.visit.evidence.items() for piece in of_criterion)
    return sum(sha256 in kept.new and sha256 in before.get(name, sha256) for name, sha256 in pieces)


# -- what cannot be recorded -----------------------------------------------------------------------------------------


def _not_recorded(file: AnswersFile, error: BadInput) -> Problem:
    """Why the storage takes no such visit, at what the file says of it: its store, else the scheme that it goes by."""
    keys = _OF_SCHEME.get(error.message.key)
    hint = Phrase("answers.none_recorded")
    if keys is None:
        return Problem(file.at.value(("store", "code")), "store", error.message, hint)
    key = next((key for key in keys if file.at.known((key,))), None)  # a file need not name its scheme
    return Problem(file.at.value(() if key is None else (key,)), key or "", error.message, hint)


def _refusal(file: AnswersFile, recorded: Visit, complaint: Complaint) -> Problem:
    """A check's refusal, at the first answer of the file that it speaks of; those that were there before are named."""
    message = Phrase("answers.refused_by_check", criterion=complaint.criterion, because=complaint.because)
    said = [name for name in complaint.questions if name in file.visit.answers]
    before = tuple(name for name in complaint.questions if name in recorded.answers and name not in said)
    hint = Phrase("answers.recorded_before", names=before) if before else None
    return Problem(file.at.value(("answers", *said[:1])), "", message, hint)


# -- into the draft --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Content:
    """What a visit says: its evidence and findings entry by entry, and the answers that are taken away."""

    scheme: Scheme
    visit: Visit
    evidence: list[StatedRow]
    findings: list[StatedRow]
    removed: frozenset[str] = frozenset()
    kind: AssessmentKind = AssessmentKind.VISIT


def recorded(workspace: Workspace, scheme: Scheme, visit: Visit, at: str) -> OpenVisit:
    """Put a visit in the place of the store's draft, inside a transaction, its evidence as it is given."""
    evidence = [StatedRow(row, frozenset(row)) for row in plain_evidence(visit)]
    content = _Content(scheme, visit, evidence, said_findings(visit))
    return _put(workspace, content, at, replaces=True)[0]


def _put(
    workspace: Workspace, said: _Content, at: str, *, replaces: bool, source: str | None = None
) -> tuple[OpenVisit, list[Change], bool]:
    """Record into the store's draft, inside a transaction; the visit, what changed in it, and whether it is new."""
    scheme, visit = said.scheme, said.visit
    store = _store(workspace, visit.store, at)
    row, begun = _draft(workspace, store.code, said, at, replaces=replaces)
    findings = identified(workspace.storage, row, scheme, [entry.row for entry in said.findings], at)
    by, on_page = workspace.person(visit.assessor) or workspace.assessor, said.kind is AssessmentKind.VISIT
    writer = DraftWriter(workspace, row, at, by=by, replaces=replaces, on_page=on_page, source=source)
    writer.store(store)
    writer.facts({name: encode_fact(scheme, scheme.facts[name], value) for name, value in visit.facts.items()})
    writer.texts("answer", _as_json(scheme, visit.answers), said.removed)
    writer.texts("exemption", visit.not_applicable)
    writer.texts("note", visit.notes)
    writer.entries("evidence", said.evidence)
    writer.entries("finding", [replace(entry, row=known) for entry, known in zip(said.findings, findings, strict=True)])
    writer.header(scheme, visit)
    writer.finish()
    opened = OpenVisit(workspace, workspace.storage.assessments.get(row.id))
    opened.close()
    return opened, [change for change in writer.changes if change.assessment is not None], begun


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


def _draft(workspace: Workspace, code: str, said: _Content, at: str, *, replaces: bool) -> tuple[AssessmentRow, bool]:
    """The draft to write into, the one there is or a new one, and whether it is new.

    BadInput: it is sealed, or by another version.
    """
    scheme, visit = said.scheme, said.visit
    cycle = workspace.known_cycle(visit.cycle) if visit.cycle else workspace.cycle
    row = _known_revision(workspace, code, cycle, said)
    if row is not None and row.status is Status.DRAFT:
        if not replaces:
            _refuse_other_version(registry.stored(workspace.storage, row.scheme), scheme)
        return row, False
    if row is not None and row.status is not Status.WITHDRAWN:
        raise BadInput("storage.sealed", store=code, status=Phrase(f"storage.{row.status}"))
    if said.kind is AssessmentKind.CHECK_VISIT:
        _refuse_own_check_visit(workspace, code, cycle, said)
    refuse_visit(workspace, code, visit.visited or local_day(at))
    draft = start(
        workspace,
        stores.find_store(workspace, code),
        scheme,
        cycle=cycle,
        at=at,
        revision=row.revision + 1 if row is not None else 1,
        assessor=workspace.person(visit.assessor),
        visited=visit.visited.isoformat() if visit.visited else None,
        kind=said.kind,
        replaces=row.seal if row is not None else None,
        fill=from_page(workspace),
    )
    return draft, True


def _refuse_other_version(of_draft: Scheme, scheme: Scheme) -> None:
    """Refuse (BadInput) what goes by another version than the draft that there is, or by other rules under the same."""
    if of_draft.version != scheme.version:
        values = {"scheme": scheme.name, "version": of_draft.version, "wanted": scheme.version}
        raise BadInput("answers.draft_of_other_version", **values)
    if of_draft.rules_sha256 != scheme.rules_sha256:
        raise other_rules_error(of_draft, scheme)


def _refuse_own_check_visit(workspace: Workspace, code: str, cycle: str, said: _Content) -> None:
    """A check visit is somebody else's: one's own second look says nothing of how far two assessors agree."""
    row = workspace.storage.assessments.latest(code, cycle, said.scheme.name)
    who = workspace.person(said.visit.assessor) or workspace.assessor
    if row is not None and folded(row.assessor) == folded(who):
        raise BadInput("storage.own_check_visit", store=code, who=who)


def _known_revision(workspace: Workspace, code: str, cycle: str, said: _Content) -> AssessmentRow | None:
    """The latest revision of the visit; of check visits the draft of the same assessor."""
    assessments = workspace.storage.assessments
    if said.kind is AssessmentKind.VISIT:
        return assessments.latest(code, cycle, said.scheme.name)
    by = folded(said.visit.assessor or workspace.assessor)
    drafts = assessments.check_drafts(code, cycle, said.scheme.name)
    return next((row for row in drafts if folded(row.assessor) == by), None)
