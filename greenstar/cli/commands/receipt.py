"""`greenstar receipt`: what headquarters signs when a database is handed in."""

from datetime import UTC, datetime
from pathlib import Path

import click

from greenstar.cli.framework import output
from greenstar.cli.framework.commands import command
from greenstar.cli.framework.parameters import option
from greenstar.cli.framework.passphrase import unlock
from greenstar.cli.session import Session
from greenstar.record.timestamps import written_time
from greenstar.services.settings.settings import name_at_work
from greenstar.services.signing.key_file import key_file
from greenstar.services.signing.signing import Signing
from greenstar.services.verification.received import SIGNATURE, make_receipt
from greenstar.services.verification.received_files import opened_to_read


@command("receipt", about="verify.about_receipt", examples=("greenstar receipt wuxi.db -o wuxi.receipt",))
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@option("-o", "--output", "target", metavar="FILE", words="verify.opt_receipt_output")
def receipt(session: Session, file: Path, *, target: str | None) -> None:
    """Write a receipt of a database, and its signature beside it."""
    path = target or f"{file.name}.receipt"
    signing = Signing()
    unlock(session.catalogue, signing)
    by, at = name_at_work(session.assessor), written_time(datetime.now(UTC))
    with opened_to_read(file) as (storage, database):
        made = make_receipt(storage, database, by=by, at=at, signing=signing)
    output.data(made.receipt.document, path)
    output.data(made.signature.armour.encode(), path + SIGNATURE)
    if signing.newly_made():
        output.note(session.text("signing.made", file=key_file()))
    chains = len(made.receipt.heads)
    output.say(session.text("verify.receipt_made", file=path, signature=path + SIGNATURE, count=chains))
