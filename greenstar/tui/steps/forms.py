"""The forms of the steps in the life of a store and its visit: what each asks, what it does, and what is told after."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

from greenstar.assessment.model import Status, Store
from greenstar.errors import BadInput, GreenStarError
from greenstar.i18n.bilingual import in_each_language
from greenstar.i18n.phrase import Phrase, Quantity
from greenstar.reports.views.figures import total_under
from greenstar.services.evidence.lost import with_lost
from greenstar.services.findings.findings import FindingEntry
from greenstar.services.findings.follow_up import FollowUp, follow_up
from greenstar.services.findings.form import read_day, remark
from greenstar.services.schemes import registry
from greenstar.services.signing.documents import with_signature
from greenstar.services.stores.closing import close_store, reopen_store
from greenstar.services.stores.store_validation import checked
from greenstar.services.stores.stores import add_store, check_new, edit_store, find_store, regions
from greenstar.services.visit import lifecycle
from greenstar.services.visit.lifecycle import Decision, Reopening, Withdrawal
from greenstar.services.visit.opening import current
from greenstar.services.visit.steps import (
    VisitStep,
    begin_cycle,
    cycle_to_come,
    deciding,
    no_later_cycle,
    who_may_not_decide,
)
from greenstar.services.workspace import Workspace
from greenstar.storage.protocols.assessments import AssessmentRow
from greenstar.text import excerpt, folded
from greenstar.tui.steps.form import Form, FormField

Texts = Mapping[str, str]
_ANY_CODE = "0"  # where another field is checked, its store still has to have one


def _word(name: str) -> Phrase:
    return Phrase(f"life.word_{name}")


def _because() -> FormField:
    return FormField("because", _word("because"), needed=True)


def _asking_why(
    key: str, title: Phrase, says: Phrase, do: Callable[[Workspace, str], Any], *, signs: bool = False
) -> Form:
    """A step that needs a reason and nothing else."""
    fields = [_because()]
    return Form(key, title, says, fields, lambda workspace, texts: do(workspace, texts["because"]), signs=signs)


# -- stores ------------------------------------------------------------------------------------------------------


def new_store_form(workspace: Workspace) -> Form:
    """A new store."""

    def taken(text: str) -> Phrase | None:
        return refusal(lambda: check_new(workspace, Store(text, text)))

    code = FormField("code", Phrase("tui.store_code"), needed=True, wrong=taken)
    return Form(
        "store",
        Phrase("tui.new_store"),
        None,
        [code, *_described(workspace, Store("", ""))],
        lambda workspace, texts: add_store(workspace, Store(**texts)).code,
        hint="tui.new_store_keys",
        blamed="code",
    )


def edit_form(workspace: Workspace, code: str) -> Form:
    """What a store is called and where it lies."""
    return Form(
        "edit store",
        Phrase("life.edit", store=code),
        Phrase("life.does_edit"),
        _described(workspace, find_store(workspace, code)),
        lambda workspace, texts: edit_store(workspace, code, **texts),
    )


def _described(workspace: Workspace, store: Store) -> list[FormField]:
    return [
        FormField(
            name,
            Phrase(f"tui.store_{name}"),
            getattr(store, name),
            needed=name == "name",
            wrong=lambda text: refusal(lambda: checked(Store(_ANY_CODE, text))),
            choices=regions(workspace) if name == "region" else (),
        )
        for name in ("name", "city", "region")
    ]


def refusal(check: Callable[[], object]) -> Phrase | None:
    """Why something is refused; None: it is not."""
    try:
        check()
    except GreenStarError as error:
        return error.message
    return None


def close_form(workspace: Workspace, code: str) -> Form:
    """Close a store on a day, with the reason."""

    def close(workspace: Workspace, texts: Texts) -> date:
        day = read_day(texts["day"], workspace.today())
        return close_store(workspace, code, on=day, because=texts["because"])

    fields = [_day(workspace), _because()]
    return Form("close store", Phrase("life.close", store=code), Phrase("life.does_close"), fields, close)


def _day(workspace: Workspace) -> FormField:
    """A day that is not to come, today to begin with."""
    today = workspace.today()

    def wrong(text: str) -> Phrase | None:
        try:
            day = read_day(text, today)
        except BadInput as error:
            return error.message
        return Phrase("life.to_come", day=day) if day is not None and day > today else None

    def reading(text: str) -> Phrase | None:
        return remark("closed", text, today, found_on=date.min)

    return FormField("day", _word("day"), today.isoformat(), needed=True, wrong=wrong, reading=reading)


def open_again_form(code: str) -> Form:
    """Open a store again, with the reason."""
    title, says = Phrase("life.open_again", store=code), Phrase("life.does_open_again")
    return _asking_why("open store", title, says, lambda workspace, why: reopen_store(workspace, code, why))


# -- visits ------------------------------------------------------------------------------------------------------


def next_cycle_form(workspace: Workspace, code: str) -> Form:
    """Start the visit of the next cycle: the one that follows by the pattern of the last, or another."""
    field = FormField(
        "cycle", _word("cycle"), cycle_to_come(workspace), needed=True, wrong=partial(no_later_cycle, workspace)
    )
    return Form(
        "next cycle",
        Phrase("life.next_cycle", store=code),
        Phrase("life.does_next_cycle"),
        [field],
        lambda workspace, texts: begin_cycle(workspace, code, texts["cycle"]),
        blamed="cycle",
    )


def reopen_form(workspace: Workspace, code: str) -> Form:
    """Reopen the visit as its next revision, with the reason."""
    title, says, cycle = Phrase("life.reopen", store=code), Phrase("life.does_reopen"), workspace.cycle
    return _asking_why(
        "reopen", title, says, lambda workspace, why: lifecycle.reopen(workspace.in_cycle(cycle), code, why), signs=True
    )


def withdraw_form(workspace: Workspace, code: str) -> Form:
    """Withdraw the visit, with the reason."""
    title, says, cycle = Phrase("life.withdraw", store=code), Phrase("life.does_withdraw"), workspace.cycle
    return _asking_why(
        "withdraw",
        title,
        says,
        lambda workspace, why: lifecycle.withdraw(workspace.in_cycle(cycle), code, why),
        signs=True,
    )


def decide_form(workspace: Workspace, code: str) -> Form:
    """Decide on the visit: by whom is asked, as the scheme may want somebody else than those who had a hand in it."""
    row, cycle = current(workspace, code), workspace.cycle
    names = who_may_not_decide(workspace, row) if row is not None else []
    barred = {folded(name) for name in names}

    def wrong(text: str) -> Phrase | None:
        return Phrase("life.had_a_hand", who=text) if folded(text) in barred else None

    own = workspace.assessor
    value = "" if folded(own) in barred or workspace.unnamed else own
    return Form(
        "decide",
        Phrase("life.decide", store=code),
        deciding(names),
        [FormField("who", _word("who"), value, needed=True, wrong=wrong)],
        lambda workspace, texts: lifecycle.decide(workspace.in_cycle(cycle).as_person(texts["who"]), code),
        blamed="who",
        signs=True,
    )


def follow_up_form(workspace: Workspace, code: str, findings: Sequence[FindingEntry]) -> Form:
    """Close findings of the sealed visit of the workspace's cycle with proof: files, the day, and what was done."""
    ids, cycle = [entry.finding.id for entry in findings], workspace.cycle

    def close(workspace: Workspace, texts: Texts) -> FollowUp:
        day = read_day(texts["day"], workspace.today())
        here = workspace.in_cycle(cycle)
        return follow_up(here, code, ids, on=day, files=[texts["files"]], because=texts["because"])

    texts = [in_each_language(excerpt(entry.finding.text)) for entry in findings]
    return Form(
        "follow up",
        Phrase("life.follow_up", store=code, count=len(ids), texts=texts),
        Phrase("life.does_follow_up"),
        [FormField("files", _word("files"), needed=True, files=True), _day(workspace), _because()],
        close,
        at_once=True,
        signs=True,
    )


# -- what was done -----------------------------------------------------------------------------------------------


def result_phrase(workspace: Workspace, code: str, step: VisitStep, result: Any) -> Phrase:
    """What was done; which lost files count as not verified by it; and that a signature is missing that is due."""
    done = _done_phrase(workspace, code, step, result)
    match result:
        case FollowUp():
            return with_signature(with_lost(done, result.submission.lost), result.submission.signed)
        case Decision() | Withdrawal() | Reopening():
            return with_signature(done, result.signed)
        case _:
            return done


def _done_phrase(workspace: Workspace, code: str, step: VisitStep, result: Any) -> Phrase:
    match result:
        case Decision(certificate=None):
            return Phrase("life.decided_without" if result.levels else "life.decided", store=code)
        case Decision():
            certified = {"store": code, "number": result.certificate, "day": result.last_day}
            return Phrase("life.certified" if result.last_day is None else "life.certified_until", **certified)
        case Withdrawal():
            return Phrase("life.withdrawn", store=code, cycle=result.cycle, revision=result.revision)
        case FollowUp():
            return _followed_up(workspace, result)
        case Reopening():
            draft = result.draft
            return Phrase("life.done_reopen", store=code, cycle=draft.cycle, revision=draft.revision)
        case AssessmentRow():
            return Phrase(f"life.done_{step}", store=code, cycle=result.cycle, revision=result.revision)
        case date():
            return Phrase("life.done_close", store=code, day=result)
        case _:
            return Phrase(f"life.done_{step}", store=code)


def _followed_up(workspace: Workspace, done: FollowUp) -> Phrase:
    sealed, scheme = done.submission, registry.stored(workspace.storage, done.row.scheme)
    key = "goes_on" if done.row.certificate is not None else "sealed"
    if done.was_decided and done.row.status is not Status.DECIDED:
        key = "to_decide"
    total: Quantity | str = "-"
    if sealed.total is not None:
        total = total_under(scheme, sealed.total, sealed.available).quantity
    values = {"store": done.row.store, "count": len(done.closed), "left": str(done.still_open), "total": total}
    return Phrase(f"life.followed_up_{key}", revision=done.row.revision, number=done.row.certificate or "", **values)
