"""`greenstar follow-up`: findings of a sealed visit closed with proof; without any to close, those that are open."""

from collections.abc import Iterator

from greenstar.assessment.model import Status
from greenstar.cli.framework import output
from greenstar.cli.framework.commands import command
from greenstar.cli.framework.parameters import TEXT, as_json, option, store_argument
from greenstar.cli.framework.passphrase import tell, unlock
from greenstar.cli.session import Session
from greenstar.reports.json.findings import followed_up_json, open_findings_json
from greenstar.reports.text.findings import open_findings_page
from greenstar.reports.views.figures import level_under, total_under
from greenstar.scheme.model import Scheme
from greenstar.services.evidence.lost import lost_phrases
from greenstar.services.findings.follow_up import FollowUp, follow_up, open_findings, sealed_visit
from greenstar.services.findings.form import day_named
from greenstar.services.schemes import registry


@command(
    "follow-up",
    about="cli.about_follow_up",
    examples=(
        "greenstar follow-up WX-001",
        'greenstar follow-up WX-001 --close 01K4RM --evidence a.jpg --because "mended"',
    ),
)
@store_argument()
@option("--close", "ids", multiple=True, type=TEXT, metavar="ID", words="cli.opt_close")
@option("--evidence", "files", multiple=True, metavar="FILE", words="cli.opt_evidence")
@option("--because", type=TEXT, metavar="TEXT", words="cli.opt_because")
@option("--on", "day", type=TEXT, metavar="DAY", words="cli.opt_on")
@as_json()
def follow_up_command(
    session: Session,
    store: str,
    *,
    ids: tuple[str, ...],
    files: tuple[str, ...],
    because: str | None,
    day: str | None,
    as_json: bool,
) -> None:
    """Close findings of a sealed visit, or list those that are open."""
    if not (ids or files) and because is None and day is None:
        _list(session, store, as_json=as_json)
        return
    with session.workspace(write=True) as workspace:
        on = day_named(day, workspace.today())
        unlock(session.catalogue, workspace.signing)
        done = follow_up(workspace, store, ids, on=on, files=files, because=because or "")
        scheme = registry.stored(workspace.storage, done.row.scheme)
        tell(session.catalogue, done.submission.signed, done.row.store)
        session.note_clock(workspace, done.row)
        session.note_closed_cycle(workspace, done.row.cycle)
    for phrase in lost_phrases(done.submission.lost):
        output.note(session.catalogue.render(phrase))
    if as_json:
        output.document(followed_up_json(done, scheme))
        return
    for line in _outcome_phrases(session, done, scheme):
        output.say(line)


def _list(session: Session, store: str, *, as_json: bool) -> None:
    with session.workspace(write=False) as workspace:
        visit = sealed_visit(workspace, store)
        findings = open_findings(visit)
        if as_json:
            output.document(open_findings_json(visit.assessment, findings))
        else:
            output.draw(open_findings_page(visit.assessment, findings, session.catalogue))


def _outcome_phrases(session: Session, done: FollowUp, scheme: Scheme) -> Iterator[str]:
    """What was closed, what it comes to, and what becomes of the decision."""
    say, row, sealed = session.text, done.row, done.submission
    day = done.closed[0].finding.closed
    yield say("follow_up.closed", count=len(done.closed), store=row.store, day=day, revision=row.revision)
    yield say("follow_up.still_open", count=done.still_open) if done.still_open else say("follow_up.all_closed")
    total = total_under(scheme, sealed.total, sealed.available).text
    level = level_under(scheme, sealed.level) or say("reports.no_level")
    yield say("follow_up.comes_to", total=total, level=level, seal=sealed.seal)
    if row.certificate is not None:
        yield say("follow_up.certificate_goes_on", number=row.certificate)
    elif row.status is Status.DECIDED:
        yield say("follow_up.decision_goes_on")
    elif done.was_decided:
        yield say("follow_up.to_decide", store=row.store)
