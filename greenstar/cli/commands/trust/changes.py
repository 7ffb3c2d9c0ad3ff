"""`greenstar trust add`, `remove` and `revoke`."""

import click

from greenstar.cli.framework import output
from greenstar.cli.framework.commands import command
from greenstar.cli.framework.parameters import TEXT, as_json, option
from greenstar.cli.session import Session
from greenstar.reports.json.trust import added_json, removed_json, revoked_json
from greenstar.services.findings.form import day_named
from greenstar.services.trust import changes
from greenstar.services.trust.key_source import key_text
from greenstar.services.workspace import utc_now
from greenstar.text import clean_line


@command(
    "add",
    about="trust.about_add",
    examples=("greenstar trust add ann.txt", "greenstar trust add ann.pub --name Ann --from 2026-01-01"),
)
@click.argument("named", metavar="KEY")
@option("--name", type=TEXT, metavar="NAME", words="trust.opt_name")
@option("--from", "since", type=TEXT, metavar="DAY", words="trust.opt_from")
@option("--until", type=TEXT, metavar="DAY", words="trust.opt_until")
@as_json()
def add(session: Session, named: str, *, name: str | None, since: str | None, until: str | None, as_json: bool) -> None:
    """List a key."""
    today = utc_now().astimezone().date()
    signer = changes.add(key_text(named), name=name, since=day_named(since, today), until=day_named(until, today))
    if as_json:
        output.document(added_json(signer))
    else:
        output.say(session.text("trust.added", name=signer.name, key=signer.key.fingerprint))


@command("remove", about="trust.about_remove", examples=("greenstar trust remove Ann",))
@click.argument("who", type=TEXT, metavar="WHO")
@as_json()
def remove(session: Session, who: str, *, as_json: bool) -> None:
    """Take a key off the list."""
    signers = changes.remove(who)
    if as_json:
        output.document(removed_json(signers))
    else:
        output.say(session.text("trust.removed", name=signers[0].name, key=signers[0].key.fingerprint))


@command(
    "revoke",
    about="trust.about_revoke",
    examples=("greenstar trust revoke Ann", "greenstar trust revoke Ann --from 2026-07-01"),
)
@click.argument("who", metavar="WHO")
@option("--from", "since", type=TEXT, metavar="DAY", words="trust.opt_revoked_from")
@as_json()
def revoke(session: Session, who: str, *, since: str | None, as_json: bool) -> None:
    """Let nothing count any more that a key signed, or nothing from a day on."""
    done = changes.revoke(key_text(who, or_name=True), since=day_named(since, utc_now().astimezone().date()))
    if as_json:
        output.document(revoked_json(done))
        return
    key = "trust.revoked" if done.since is None else "trust.revoked_from"
    whose = done.name or clean_line(who)
    output.say(session.text(key, name=whose, key=done.key.fingerprint, day=done.since))
