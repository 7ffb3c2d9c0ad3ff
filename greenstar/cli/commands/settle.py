"""`greenstar settle`: what waits for a person because a store was worked on apart, and what is to count of it."""

from collections.abc import Iterable

import click

from greenstar.cli.framework import output
from greenstar.cli.framework.commands import command
from greenstar.cli.framework.parameters import TEXT, Count, as_json, option, store_argument
from greenstar.cli.framework.passphrase import unlock
from greenstar.cli.session import Session
from greenstar.errors import BadInput
from greenstar.hashes import shortened
from greenstar.i18n.phrase import Phrase
from greenstar.reports.json.laptops import unsettled_json
from greenstar.reports.text.laptops import taken_over_lines, unsettled_lines
from greenstar.services.laptops.settling import keep_seal, settle, take_over
from greenstar.services.laptops.unsettled import unsettled
from greenstar.services.signing.documents import with_signature
from greenstar.services.workspace import Workspace

_MOST_SIDES = 64


@command(
    "settle",
    about="cli.about_settle",
    examples=("greenstar settle WX-001", "greenstar settle WX-001 WAT-06 --take 1"),
)
@store_argument()
@click.argument("subject", required=False, type=TEXT, metavar="[SUBJECT]")
@option("--take", type=Count(1, _MOST_SIDES), metavar="N", words="cli.opt_take")
@option("--keep", type=TEXT, metavar="SEAL", words="cli.opt_keep")
@option("--take-over", is_flag=True, words="cli.opt_take_over")
@as_json()
def settle_command(
    session: Session,
    store: str,
    *,
    subject: str | None,
    take: int | None,
    keep: str | None,
    take_over: bool,
    as_json: bool,
) -> None:
    """List what waits for a person, or settle it."""
    ways = [subject is not None, keep is not None, take_over]
    if sum(ways) > 1 or (take is not None and subject is None):
        raise BadInput("laptops.settle_how")
    with session.workspace(write=any(ways)) as workspace:
        if any(ways):
            if keep is not None:
                unlock(session.catalogue, workspace.signing)
            for line in _settled(session, workspace, store, subject, take=take, keep=keep):
                output.note(line)
        left = unsettled(workspace, store)
        if as_json:
            output.document(unsettled_json(left))
        elif left or not any(ways):
            output.say("\n".join(unsettled_lines(left, session.catalogue)))


def _settled(
    session: Session, workspace: Workspace, store: str, subject: str | None, *, take: int | None, keep: str | None
) -> Iterable[str]:
    """Settle what was asked for, and say it."""
    if subject is not None:
        count = len(settle(workspace, store, subject, take))
        return [session.text("laptops.settled", subject=subject, count=count)]
    if keep is not None:
        kept = keep_seal(workspace, store, keep)
        session.note_closed_cycle(workspace, kept.cycle)
        told = Phrase("laptops.kept", seal=shortened(kept.seal), count=len(kept.set_aside))
        return [session.catalogue.render(with_signature(told, kept.signed))]
    return taken_over_lines(take_over(workspace, store), session.catalogue)
