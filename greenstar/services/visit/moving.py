"""Drafts moved to another version of their scheme: what it still takes is carried over, the rest is kept in the event.

The event holds both sides of all that changed, so that it can be taken back as a whole.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from greenstar.assessment.model import Status
from greenstar.errors import BadInput
from greenstar.i18n.phrase import Phrase
from greenstar.record.canonical import canonical
from greenstar.record.event import Change
from greenstar.record.replay import KINDS, LISTS, MOVED
from greenstar.scheme.document import Question
from greenstar.scheme.model import Scheme
from greenstar.scheme.question_types import is_figure
from greenstar.services.schemes import registry
from greenstar.services.schemes.carried import carried_row
from greenstar.services.schemes.keeping import refuse_other_rules
from greenstar.services.schemes.refit import taken
from greenstar.services.schemes.simulate import Simulated, tried
from greenstar.services.stores.stores import find_store
from greenstar.services.visit.half_typed_moved import carry_half_typed
from greenstar.services.visit.scheme_of_visit import use
from greenstar.services.workspace import Workspace
from greenstar.storage.protocols import Row
from greenstar.storage.protocols.assessments import AssessmentRow
from greenstar.storage.protocols.storage import Storage

Held = dict[str, dict[str, Any]]
"""What a visit holds, by kind and subject: a text with when and by whom it was entered, or a list of entries."""


@dataclass(frozen=True)
class PlannedMove:
    """A draft of that version as it is, and as it would be. `gone`: what else is lost, as (kind, criterion).

    `seen`: the last event of its store that this takes into account.
    """

    row: AssessmentRow
    version: str
    seen: int
    simulated: Simulated
    gone: tuple[tuple[str, str], ...]


def plan(workspace: Workspace, codes: Iterable[str], target: Scheme) -> list[PlannedMove]:
    """What moving the drafts of these stores would do. BadInput: one of them cannot be moved."""
    stores = dict.fromkeys(find_store(workspace, code).code for code in codes)
    rows = [_movable(workspace, store, target) for store in stores]
    refuse_other_rules(workspace.storage, target)
    simulated = {visit.assessment: visit for visit in tried(workspace, target, rows)}
    return [_planned(workspace.storage, row, target, simulated[row.id]) for row in rows]


def _planned(storage: Storage, row: AssessmentRow, target: Scheme, simulated: Simulated) -> PlannedMove:
    seen = storage.events.newest_of_store(row.store)
    before, after = _sides(storage, row, target)
    criterion = target.earlier_names.criterion
    of_criteria = [kind for kind in KINDS if kind not in ("answer", "fact", "flag")]
    gone = [(kind, name) for kind in of_criteria for name in before[kind] if criterion(name) not in after[kind]]
    return PlannedMove(row, registry.stored(storage, row.scheme).version, seen, simulated, tuple(gone))


def _movable(workspace: Workspace, store: str, target: Scheme) -> AssessmentRow:
    storage, cycle = workspace.storage, workspace.cycle
    row = storage.assessments.latest(store, cycle, target.name)
    if row is None:
        others = [visit.scheme_name for visit in storage.assessments.of_store(store) if visit.cycle == cycle]
        if others:
            raise BadInput("move.other_scheme", store=store, scheme=others[0], wanted=target.name)
        raise BadInput("storage.no_visit", store=store, cycle=cycle)
    if row.status is not Status.DRAFT:
        raise BadInput("move.sealed", store=store, status=Phrase(f"storage.{row.status}"))
    scheme = registry.stored(storage, row.scheme)
    if scheme.rules_sha256 == target.rules_sha256:
        raise BadInput("move.already", store=store, scheme=scheme.name, version=scheme.version)
    if registry.version_key(target.version) < registry.version_key(scheme.version):
        raise BadInput("move.older", store=store, version=scheme.version, wanted=target.version)
    return row


def move(workspace: Workspace, target: Scheme, planned: Sequence[PlannedMove]) -> None:
    """Move drafts as planned: all of them, or none. BadInput: one was changed since."""
    at, storage = workspace.now(), workspace.storage
    with storage.transaction():
        use(workspace, target, at)
        for draft in planned:
            row = storage.assessments.get(draft.row.id)
            if row.status is not Status.DRAFT or storage.events.newest_of_store(row.store) != draft.seen:
                raise BadInput("move.changed_meanwhile", store=row.store)
            before, after = _sides(storage, row, target)
            left, entered = _differing(before, after), _differing(after, before)
            _put(storage, row, left, entered, scheme=target, at=at, by=workspace.assessor)
            sides = (_side(storage, row.scheme, left), _side(storage, target.sha256, entered))
            _note(workspace, row, *sides, at=at)


def turn_back(workspace: Workspace, row: AssessmentRow, before: str, after: str, *, undoes: int, at: str) -> None:
    """Take the move of a draft back, inside a transaction. `before` and `after`: of its event.

    BadInput: what it carried over was changed since.
    """
    left, entered = json.loads(after), json.loads(before)
    storage = workspace.storage
    now = _held(storage, row)
    for kind, subjects in left["held"].items():
        for subject, content in subjects.items():
            if now[kind].get(subject) != content:
                raise BadInput("history.changed_since", criterion=subject)
    scheme = registry.stored(storage, entered["scheme"])
    _put(storage, row, left["held"], entered["held"], scheme=scheme, at=at, by=workspace.assessor)
    _note(workspace, row, after, before, at=at, undoes=undoes)


# -- what is held ------------------------------------------------------------------------------------------------


def _held(storage: Storage, row: AssessmentRow) -> Held:
    """All that a visit holds."""
    held: Held = {}
    for kind in KINDS:
        if kind in LISTS:
            held[kind] = {}
            for entry in storage.contents.entries(kind, row.id):
                held[kind].setdefault(entry["criterion"], []).append(entry)
        else:
            texts = storage.contents.full(kind, [row.id]).get(row.id, [])
            held[kind] = {text["key"]: {name: text[name] for name in ("value", "at", "by")} for text in texts}
    return held


def _sides(storage: Storage, row: AssessmentRow, target: Scheme) -> tuple[Held, Held]:
    """What a draft holds, and what of it the target takes, under its own names."""
    before = _held(storage, row)
    names = target.earlier_names
    after: Held = {
        "answer": dict(_answers(target, target.questions, before["answer"], names.question)),
        "fact": dict(_answers(target, target.facts, before["fact"], names.fact)),
    }
    for kind in KINDS:
        if kind not in after:
            after[kind] = dict(_of_criteria(target, kind, before[kind]))
    return before, after


def _answers(
    target: Scheme, questions: Mapping[str, Question], texts: Mapping[str, Any], present: Callable[[str], str]
) -> Iterator[tuple[str, Any]]:
    for name, text in texts.items():
        now = present(name)
        if now not in questions or (now != name and now in texts):
            continue
        value = target.earlier_names.answer(now, json.loads(text["value"]))
        if isinstance(value, dict) and not is_figure(questions[now]):  # only of a number it is kept how it came about
            value = value["value"]
        if taken(target, questions[now], value) is not None:
            yield now, {**text, "value": canonical(value)}


def _of_criteria(target: Scheme, kind: str, held: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, content in held.items():
        now = target.earlier_names.criterion(name)
        if now not in target.criteria or (now != name and now in held):
            continue
        if kind == "exemption" and target.policy(target.criteria[now]) == "forbid":
            continue
        yield now, [carried_row(target, entry) for entry in content] if kind in LISTS else content


def _differing(held: Held, other: Held) -> Held:
    """What one holds that the other does not, or not so."""
    return {
        kind: differing
        for kind, subjects in held.items()
        if (differing := {name: content for name, content in subjects.items() if other[kind].get(name) != content})
    }


def _put(storage: Storage, row: AssessmentRow, left: Held, entered: Held, *, scheme: Scheme, at: str, by: str) -> None:
    """Take one side of a move away and put the other in its place, with the times and names that it has."""
    for kind, subjects in left.items():
        for subject in subjects:
            if kind in LISTS:
                storage.contents.put_entries(kind, row.id, [], criterion=subject, at=at, by=by)
            else:
                storage.contents.put(kind, row.id, subject, None, at=at, by=by)
    for kind, subjects in entered.items():
        if kind in LISTS:
            for subject, entries in subjects.items():
                storage.contents.put_entries(kind, row.id, entries, criterion=subject, at=at, by=by)
        else:
            texts = [(row.id, key, text["value"], text["at"], text["by"]) for key, text in subjects.items()]
            storage.contents.put_all(kind, texts)
    carry_half_typed(storage, row, registry.stored(storage, row.scheme), scheme, at=at)
    cursor = scheme.earlier_names.criterion(row.cursor or "")
    at_criterion = {"cursor": cursor if cursor in scheme.criteria else None, "cursor_question": None}
    storage.assessments.change(row.id, {"scheme": scheme.sha256, **at_criterion})
    storage.assessments.touch(row.id, at)


def _side(storage: Storage, sha256: str, held: Held) -> str:
    side: Row = {"scheme": sha256, "version": registry.stored(storage, sha256).version, "held": held}
    return canonical(side)


def _note(
    workspace: Workspace, row: AssessmentRow, before: str, after: str, *, at: str, undoes: int | None = None
) -> None:
    change = Change(MOVED, None, before, after, undoes=undoes, store=row.store, assessment=row.id)
    workspace.storage.events.append([change], at, workspace.assessor)
