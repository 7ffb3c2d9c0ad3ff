"""`greenstar submit`, `reopen`, `decide` and `withdraw`: the life of a visit after the draft."""

import click

from greenstar.cli.framework import output
from greenstar.cli.framework.commands import command
from greenstar.cli.framework.parameters import TEXT, as_json, option, store_argument
from greenstar.cli.framework.passphrase import tell, unlock
from greenstar.cli.session import Session
from greenstar.errors import BadInput, Exit
from greenstar.i18n.phrase import Phrase
from greenstar.reports.json.lifecycle import decided_json, reopened_json, submitted_json, withdrawn_json
from greenstar.reports.views.figures import level_under, total_under
from greenstar.services.evidence.lost import lost_phrases, lost_told
from greenstar.services.stores.stores import find_store
from greenstar.services.visit import lifecycle
from greenstar.services.visit.opening import visit_there
from greenstar.services.visit.submission import left_behind
from greenstar.services.visit.visit import OpenVisit
from greenstar.text import excerpt, first_of


@command("submit", about="cli.about_submit", examples=("greenstar submit WX-001",))
@store_argument()
@option("--incomplete", is_flag=True, words="cli.opt_incomplete")
@as_json()
def submit(session: Session, store: str, *, incomplete: bool, as_json: bool) -> Exit:
    """Seal a draft. What is open in it is said, and asked about."""
    with session.workspace(write=True) as workspace:
        store = find_store(workspace, store).code
        draft = lifecycle.draft_of(workspace, store)
        session.note_clock(workspace, draft.assessment)
        for finding in left_behind(draft):
            output.note(session.catalogue.render(finding))
        if not _is_meant(session, draft, incomplete=incomplete):
            return Exit.NO
        unlock(session.catalogue, workspace.signing)
        done = lifecycle.submit(workspace, store, seen=draft)
        for criterion, reason in done.hollow_reasons.items():
            output.note(session.text("cli.hollow_reason", criterion=criterion, reason=excerpt(reason)))
        for phrase in lost_phrases(done.lost):
            output.note(session.catalogue.render(phrase))
        tell(session.catalogue, done.signed, store)
        session.note_closed_cycle(workspace, draft.assessment.cycle)
        if as_json:
            output.document(submitted_json(store, done, draft.scheme))
            return Exit.DONE
        level = level_under(draft.scheme, done.level) or session.text("reports.no_level")
        total = total_under(draft.scheme, done.total, done.available)
        key = "cli.submitted" if draft.scheme.levels else "cli.submitted_no_levels"
        output.say(session.text(key, store=store, total=total.text, level=level, seal=done.seal))
    return Exit.DONE


def _is_meant(session: Session, draft: OpenVisit, *, incomplete: bool) -> bool:
    """Whether the visit is to be submitted as it is: says what is open, and asks, unless `incomplete` says so already.

    BadInput: there is no terminal to ask at.
    """
    names = [name for name, score in draft.scorecard.criteria.items() if score.open]
    if not names:
        return True
    values = {"store": draft.assessment.store, "count": len(names), "criteria": first_of(names)}
    if not incomplete and not output.is_terminal():
        raise BadInput("cli.submit_incomplete", **values)
    output.note(session.text("cli.left_open", **values))
    return incomplete or click.confirm(session.text("cli.submit_all_the_same"), err=True)


@command("reopen", about="cli.about_reopen", examples=('greenstar reopen WX-001 --because "meter read again"',))
@store_argument()
@option("--because", required=True, type=TEXT, metavar="TEXT", words="cli.opt_because")
@as_json()
def reopen(session: Session, store: str, because: str, *, as_json: bool) -> None:
    """Start the next revision of a sealed visit."""
    with session.workspace(write=True) as workspace:
        store = find_store(workspace, store).code
        unlock(session.catalogue, workspace.signing)
        done = lifecycle.reopen(workspace, store, because)
        tell(session.catalogue, done.signed, store, "statement")
    if as_json:
        output.document(reopened_json(done))
    else:
        output.say(session.text("cli.reopened", store=store))


@command("decide", about="cli.about_decide", examples=("greenstar decide WX-001",))
@store_argument()
@as_json()
def decide(session: Session, store: str, *, as_json: bool) -> None:
    """Certify a submitted visit."""
    with session.workspace(write=True) as workspace:
        store = find_store(workspace, store).code
        unlock(session.catalogue, workspace.signing)
        done = lifecycle.decide(workspace, store)
        tell(session.catalogue, done.signed, store, "statement")
        decided = visit_there(workspace, store)
        if decided is not None:
            session.note_clock(workspace, decided.assessment)
            for phrase in lost_told(decided):  # the level may rest on what is lost
                output.note(session.catalogue.render(phrase))
    if as_json:
        output.document(decided_json(store, done))
    elif done.certificate is None:
        output.say(session.text("cli.decided_without" if done.levels else "cli.decided_no_levels", store=store))
    elif done.last_day is None:
        output.say(session.text("cli.decided", store=store, number=done.certificate))
    else:
        output.say(session.text("cli.decided_until", store=store, number=done.certificate, day=done.last_day))


@command("withdraw", about="cli.about_withdraw", examples=('greenstar withdraw WX-001 --because "store closed"',))
@store_argument()
@option("--because", required=True, type=TEXT, metavar="TEXT", words="cli.opt_because")
@as_json()
def withdraw(session: Session, store: str, because: str, *, as_json: bool) -> None:
    """Withdraw a visit."""
    with session.workspace(write=True) as workspace:
        store = find_store(workspace, store).code
        unlock(session.catalogue, workspace.signing)
        done = lifecycle.withdraw(workspace, store, because)
        tell(session.catalogue, done.signed, store, "statement")
        session.note_closed_cycle(workspace, done.cycle)
    if as_json:
        output.document(withdrawn_json(done))
        return
    counting = [Phrase("cli.counting", **vars(visit)) for visit in done.counting]
    values = {"store": store, "cycle": done.cycle, "revision": done.revision, "counting": counting}
    output.say(session.text("cli.withdrawn_others_count" if counting else "cli.withdrawn", **values))
