"""`greenstar verify`: whether what is kept proves itself."""

from contextlib import nullcontext
from pathlib import Path

import click

from greenstar.cli.framework import output
from greenstar.cli.framework.commands import command
from greenstar.cli.framework.parameters import as_json, option
from greenstar.cli.framework.progress import StderrProgress
from greenstar.cli.session import Session
from greenstar.errors import Exit
from greenstar.reports.json.verification import verification_json
from greenstar.reports.text.verification import verification_page
from greenstar.services.spread import in_this_process, second_process
from greenstar.services.stores.stores import find_store
from greenstar.services.verification.received_files import verify_file
from greenstar.services.verification.verify import verify as verify_storage


@command(
    "verify",
    about="verify.about",
    examples=(
        "greenstar verify",
        "greenstar verify WX-001 --evidence",
        "greenstar verify old.db --receipt old.receipt",
    ),
)
@click.argument("what", required=False, metavar="[FILE|STORE]")
@option("--evidence", is_flag=True, words="verify.opt_evidence")
@option(
    "--receipt", "receipts", type=click.Path(path_type=Path), multiple=True, metavar="FILE", words="verify.opt_receipt"
)
@as_json()
def verify(session: Session, what: str | None, *, evidence: bool, receipts: tuple[Path, ...], as_json: bool) -> Exit:
    """Verify the database, another file, or what there is of one store; exit 1 where something does not hold."""
    file = Path(what) if what is not None and Path(what).is_file() else None
    is_much, told = what is None or file is not None, None
    with (
        second_process() if is_much else nullcontext(in_this_process) as spread,
        StderrProgress(session.text("verify.progress")) as progress,
    ):
        if file is not None:
            result = verify_file(file, evidence=evidence, receipts=receipts, step=progress, spread=spread)
        else:
            with session.workspace(write=False) as workspace:
                store = find_store(workspace, what).code if what is not None else None
                told = workspace.told_at_opening  # and said already
                result = verify_storage(
                    workspace.storage,
                    store=store,
                    evidence=evidence,
                    receipts=receipts,
                    step=progress,
                    spread=spread,
                )
    if as_json:
        output.document(verification_json(result, session.catalogue))
    else:
        output.draw(verification_page(result, session.catalogue))
        for notice in result.notices:
            if notice != told:
                output.note(session.catalogue.render(notice))
    return Exit.DONE if result.holds else Exit.NO
