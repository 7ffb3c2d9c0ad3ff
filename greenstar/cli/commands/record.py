"""`greenstar record`: the visits of answers files, stored as drafts."""

from functools import partial
from pathlib import Path
from typing import Any

import click

from greenstar.assessment.answers_file import read_answers_files
from greenstar.cli.framework import output
from greenstar.cli.framework.commands import command
from greenstar.cli.framework.folders import folder_named
from greenstar.cli.framework.parameters import as_json, option
from greenstar.cli.session import Session
from greenstar.reports.json.lifecycle import recorded_json, recorded_visit_json
from greenstar.reports.text.recording import recorded_lines
from greenstar.services.phones.submissions import read_submissions
from greenstar.services.schemes.registry import kept_scheme
from greenstar.services.visit.answers_files import AnswersFiles
from greenstar.services.visit.import_answers import record_each
from greenstar.services.visit.recording import Recorded, Recording


@command(
    "record",
    about="cli.about_record",
    examples=("greenstar record visits.json", "greenstar record --from-odk form.csv"),
)
@click.argument("answers", nargs=-1, required=True, metavar="ANSWERS…")
@option("--replace", is_flag=True, words="cli.opt_replace")
@option("--files", "folder", metavar="FOLDER", words="cli.opt_files")
@option("--without-files", is_flag=True, words="cli.opt_without_files")
@option("--from-odk", is_flag=True, words="cli.opt_from_odk")
@option("--check-visit", is_flag=True, words="cli.opt_check_visit")
@as_json()
def record(
    session: Session,
    answers: tuple[str, ...],
    folder: str | None,
    *,
    replace: bool,
    without_files: bool,
    from_odk: bool,
    check_visit: bool,
    as_json: bool,
) -> None:
    """Store all visits, or none, once all files are read and found right; and say what that changed."""
    named = None if folder is None else folder_named("--files", folder)
    how = Recording(replace, named, without_files, check_visit)
    finder = session.scheme_finder()
    with session.workspace(write=True) as workspace:
        files = AnswersFiles(
            [Path(name) for name in answers],
            lambda name, base: workspace.scheme if name is None and session.scheme is None else finder(name, base),
            partial(kept_scheme, workspace.storage) if session.scheme is None else None,
            read_submissions if from_odk else read_answers_files,
        )
        told = record_each(workspace, files, how, partial(_told_visit, session, as_json=as_json))
    if as_json:
        output.document(recorded_json([visit for visit, _ in told]))
    for visit, note in told:
        if not as_json:
            output.say(visit)
        if note:
            output.note(note)


def _told_visit(session: Session, visit: Recorded, *, as_json: bool) -> tuple[Any, str]:
    """What is told of a visit, and a note where it has evidence without bytes."""
    note = session.text("recording.named_only", store=visit.store, count=visit.named_only) if visit.named_only else ""
    if as_json:
        return recorded_visit_json(visit), note
    return "\n".join(recorded_lines(visit, session.catalogue)), note
