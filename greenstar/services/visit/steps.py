"""The steps in the life of a store and its visit: which are possible now, what each does, and why others are not."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from greenstar.assessment.cycles import cycle_key, next_cycle
from greenstar.assessment.model import Status
from greenstar.errors import BadInput
from greenstar.i18n.phrase import Phrase
from greenstar.scheme.model import Scheme
from greenstar.services.cycles.closing import closed_cycle
from greenstar.services.findings.follow_up import open_findings, sealed_visit
from greenstar.services.schemes import registry
from greenstar.services.stores.closing import closed_on
from greenstar.services.stores.stores import find_store
from greenstar.services.visit.impartiality import people_behind
from greenstar.services.visit.opening import current, made_ready
from greenstar.services.workspace import Workspace
from greenstar.storage.protocols.assessments import AssessmentRow
from greenstar.text import clean_line, folded


class VisitStep(StrEnum):
    """A step, in the order in which they follow each other."""

    VISIT = "visit"
    SUBMIT = "submit"
    DECIDE = "decide"
    FOLLOW_UP = "follow_up"
    REOPEN = "reopen"
    WITHDRAW = "withdraw"
    NEXT_CYCLE = "next_cycle"
    MOVE = "move"
    CHECK = "check"
    EDIT = "edit"
    CLOSE = "close"
    OPEN_AGAIN = "open_again"


@dataclass(frozen=True)
class StepNow:
    """A step as it stands now: what it will do, and why it is not possible (None: it is)."""

    step: VisitStep
    does: Phrase
    why_not: Phrase | None = None


def steps_now(workspace: Workspace, code: str) -> list[StepNow]:
    """All steps of a store and of its visit in the workspace's cycle: possible ones first. BadInput: no such store."""
    store = find_store(workspace, code).code
    row, closed = current(workspace, store), closed_on(workspace, store)
    cycle = workspace.cycle
    steps = [
        StepNow(VisitStep.VISIT, _visiting(row, cycle), _closed(closed) if row is None else None),
        StepNow(VisitStep.SUBMIT, Phrase("life.does_submit"), _unless(row, cycle, Status.DRAFT)),
        StepNow(VisitStep.DECIDE, _deciding(workspace, row), _unless(row, cycle, Status.SUBMITTED)),
        _follow_up(workspace, store),
        StepNow(VisitStep.REOPEN, Phrase("life.does_reopen"), _unless(row, cycle, *_SEALED)),
        StepNow(VisitStep.WITHDRAW, Phrase("life.does_withdraw"), _unless(row, cycle, *_COUNTING)),
        StepNow(VisitStep.NEXT_CYCLE, Phrase("life.does_next_cycle"), _no_next(row, cycle) or _closed(closed)),
        _moving(workspace, row, cycle),
        StepNow(VisitStep.CHECK, Phrase("life.does_check"), _no_check(workspace, row, cycle) or _closed(closed)),
        StepNow(VisitStep.EDIT, Phrase("life.does_edit")),
        StepNow(VisitStep.CLOSE, Phrase("life.does_close"), _closed(closed)),
        StepNow(VisitStep.OPEN_AGAIN, Phrase("life.does_open_again"), None if closed else Phrase("life.is_open")),
    ]
    if closed_cycle(workspace, cycle) is not None:
        steps = [_beside_a_kept_ranking(step, cycle) for step in steps]
    return sorted(steps, key=lambda step: step.why_not is not None)


_CHANGING_A_RANKING = (VisitStep.SUBMIT, VisitStep.FOLLOW_UP, VisitStep.WITHDRAW)


def _beside_a_kept_ranking(step: StepNow, cycle: str) -> StepNow:
    """What a step does in a cycle that is closed."""
    if step.step not in _CHANGING_A_RANKING:
        return step
    return replace(step, does=Phrase("cycles.does_in_closed", does=step.does, cycle=cycle))


_COUNTING = (Status.SUBMITTED, Status.DECIDED)
_SEALED = (*_COUNTING, Status.WITHDRAWN)


def _visiting(row: AssessmentRow | None, cycle: str) -> Phrase:
    if row is None:
        return Phrase("life.does_start", cycle=cycle)
    return Phrase("life.does_go_on" if row.status is Status.DRAFT else "life.does_look", cycle=cycle)


def _unless(row: AssessmentRow | None, cycle: str, *wanted: Status) -> Phrase | None:
    """Why a step is not possible that wants a visit in one of these states."""
    if row is None:
        return Phrase("life.no_visit", cycle=cycle)
    if row.status in wanted:
        return None
    return Phrase("life.is_otherwise", cycle=cycle, status=Phrase(f"storage.{row.status}"))


def _no_next(row: AssessmentRow | None, cycle: str) -> Phrase | None:
    if row is not None and row.status is Status.DRAFT:
        return Phrase("life.draft_first", cycle=cycle)
    return None


def _no_check(workspace: Workspace, row: AssessmentRow | None, cycle: str) -> Phrase | None:
    """A check visit is made beside a visit, by somebody else."""
    if row is None:
        return Phrase("life.no_visit", cycle=cycle)
    if folded(row.assessor) == folded(workspace.assessor):
        return Phrase("life.own_visit", who=row.assessor)
    return None


def _closed(day: object) -> Phrase | None:
    return None if day is None else Phrase("life.is_closed", day=day)


def _deciding(workspace: Workspace, row: AssessmentRow | None) -> Phrase:
    return deciding(who_may_not_decide(workspace, row) if row is not None else [])


def deciding(barred: Sequence[str]) -> Phrase:
    """What a decision does, and who may not take it."""
    return Phrase("life.does_decide_others", names=barred) if barred else Phrase("life.does_decide")


def who_may_not_decide(workspace: Workspace, row: AssessmentRow) -> list[str]:
    """Who had a hand in a visit whose scheme wants somebody else to decide on it; nobody where it does not."""
    scheme = registry.stored(workspace.storage, row.scheme)
    if row.status is not Status.SUBMITTED or scheme.document.decided_by == "anyone":
        return []
    return sorted(people_behind(workspace, row), key=folded)


def _follow_up(workspace: Workspace, store: str) -> StepNow:
    try:
        count = len(open_findings(sealed_visit(workspace, store)))
    except BadInput as error:
        return StepNow(VisitStep.FOLLOW_UP, Phrase("life.does_follow_up"), _in_short(error))
    none = Phrase("life.none_open") if not count else None
    return StepNow(VisitStep.FOLLOW_UP, Phrase("life.does_follow_up"), none)


def _in_short(error: BadInput) -> Phrase:
    """Why nothing can be followed up, without the commands that a terminal would offer."""
    values = error.message.values
    match error.message.key:
        case "follow_up.draft":
            return Phrase("life.findings_in_draft", cycle=values["cycle"])
        case "storage.no_visit":
            return Phrase("life.no_visit", cycle=values["cycle"])
        case _:
            return error.message


# -- another version ---------------------------------------------------------------------------------------------


def later_version(workspace: Workspace, row: AssessmentRow) -> Scheme | None:
    """The scheme of a visit in a later version than its own: the newest that is stored, or that ships; else None."""
    own = registry.stored(workspace.storage, row.scheme)
    newest = registry.scheme_of(workspace.storage, row.scheme_name)
    later = registry.version_key(newest.version) > registry.version_key(own.version)
    return newest if later and newest.rules_sha256 != own.rules_sha256 else None


def _moving(workspace: Workspace, row: AssessmentRow | None, cycle: str) -> StepNow:
    why_not = _unless(row, cycle, Status.DRAFT)
    target = later_version(workspace, row) if row is not None and why_not is None else None
    if target is not None:
        return StepNow(VisitStep.MOVE, Phrase("life.does_move_to", scheme=target.name, version=target.version))
    return StepNow(VisitStep.MOVE, Phrase("life.does_move"), why_not or Phrase("life.no_later_version"))


# -- the next cycle ----------------------------------------------------------------------------------------------


def cycle_to_come(workspace: Workspace) -> str:
    """The cycle that follows the workspace's, as its name suggests."""
    return workspace.known_cycle(next_cycle(workspace.cycle))


def no_later_cycle(workspace: Workspace, cycle: str) -> Phrase | None:
    """What is wrong with a name for the next cycle: it has to come after the workspace's."""
    clean = workspace.known_cycle(cycle)
    if clean_line(clean) and cycle_key(clean) > cycle_key(workspace.cycle):
        return None
    return Phrase("life.not_later", cycle=workspace.cycle)


def begin_cycle(workspace: Workspace, code: str, cycle: str) -> AssessmentRow:
    """Start the store's visit in a later cycle, in which the workspace is at work from now on.

    BadInput: it is not later, or the store has closed.
    """
    wrong = no_later_cycle(workspace, cycle)
    if wrong is not None:
        raise BadInput(wrong.key, **wrong.values)
    row = made_ready(workspace.in_cycle(cycle), code)
    workspace.go_on_in(row.cycle)
    return row
