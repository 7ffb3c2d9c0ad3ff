"""`greenstar submit`, `reopen`, `decide` and `withdraw`: the life of a visit after the draft."""

from greenstar.cli.framework import output
from greenstar.cli.framework.commands import command
from greenstar.cli.framework.parameters import TEXT, as_json, option, store_argument
from greenstar.cli.session import Session
from greenstar.reports.json.lifecycle import decided_json, reopened_json, submitted_json, withdrawn_json
from greenstar.reports.views.figures import level_under, total_under
from greenstar.services.visit import lifecycle
from greenstar.text import excerpt


@command("submit", about="cli.about_submit", examples=("greenstar submit WX-001",))
@store_argument()
@as_json()
def submit(session: Session, store: str, *, as_json: bool) -> None:
    """Seal a draft."""
    with session.workspace(write=True) as workspace:
        done = lifecycle.submit(workspace, store)
        for criterion, reason in done.hollow_reasons.items():
            output.note(session.text("cli.hollow_reason", criterion=criterion, reason=excerpt(reason)))
        if as_json:
            output.document(submitted_json(store, done, workspace.scheme))
            return
        level = level_under(workspace.scheme, done.level) or session.text("reports.no_level")
        total = total_under(workspace.scheme, done.total, done.available)
        output.say(session.text("cli.submitted", store=store, total=total.text, level=level, seal=done.seal))


@command("reopen", about="cli.about_reopen", examples=('greenstar reopen WX-001 --because "meter read again"',))
@store_argument()
@option("--because", required=True, type=TEXT, metavar="TEXT", words="cli.opt_because")
@as_json()
def reopen(session: Session, store: str, because: str, *, as_json: bool) -> None:
    """Start the next revision of a sealed visit."""
    with session.workspace(write=True) as workspace:
        row = lifecycle.reopen(workspace, store, because)
    if as_json:
        output.document(reopened_json(row))
    else:
        output.say(session.text("cli.reopened", store=store))


@command("decide", about="cli.about_decide", examples=("greenstar decide WX-001",))
@store_argument()
@as_json()
def decide(session: Session, store: str, *, as_json: bool) -> None:
    """Certify a submitted visit."""
    with session.workspace(write=True) as workspace:
        done = lifecycle.decide(workspace, store)
    if as_json:
        output.document(decided_json(store, done))
    elif done.certificate is None:
        output.say(session.text("cli.decided_without", store=store))
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
        lifecycle.withdraw(workspace, store, because)
    if as_json:
        output.document(withdrawn_json(store))
    else:
        output.say(session.text("cli.withdrawn", store=store))
