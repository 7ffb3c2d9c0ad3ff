"""`greenstar record`: the visits of answers files, stored as drafts."""

from functools import partial
from pathlib import Path

import click

from greenstar.cli.framework import output
from greenstar.cli.framework.commands import command
from greenstar.cli.framework.parameters import as_json
from greenstar.cli.session import Session
from greenstar.reports.json.lifecycle import recorded_json
from greenstar.services.schemes.registry import kept_scheme
from greenstar.services.visit.answers_files import open_answers
from greenstar.services.visit.import_answers import record as record_visit


@command("record", about="cli.about_record", examples=("greenstar record visits.json", "greenstar record paper/*.yaml"))
@click.argument("answers", nargs=-1, required=True, metavar="ANSWERS…")
@as_json()
def record(session: Session, answers: tuple[str, ...], *, as_json: bool) -> None:
    """Store the visits, each in a transaction of its own, once all files are read and found right."""
    finder = session.scheme_finder()
    with session.workspace(write=True) as workspace:
        files = list(
            open_answers(
                [Path(name) for name in answers],
                lambda name, base: workspace.scheme if name is None and session.scheme is None else finder(name, base),
                partial(kept_scheme, workspace.storage) if session.scheme is None else None,
            )
        )
        visits = []
        for file in files:
            code, count = record_visit(workspace, file), len(file.visit.answers)
            cycle = file.visit.cycle or workspace.cycle
            visits.append((code, cycle, count))
            if not as_json:
                output.say(session.text("cli.recorded", store=code, cycle=cycle, count=count))
    if as_json:
        output.document(recorded_json(visits))
