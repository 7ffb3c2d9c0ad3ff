"""`greenstar export`: tables for spreadsheets and other programs."""

import sys
from dataclasses import replace
from fractions import Fraction

import click

from greenstar.cli.commands.sure_options import Given, sure_options
from greenstar.cli.export.formats import write_all, write_table
from greenstar.cli.framework import output
from greenstar.cli.framework.commands import command
from greenstar.cli.framework.parameters import OneOf, option
from greenstar.cli.framework.progress import StderrProgress
from greenstar.cli.session import Session
from greenstar.errors import BadInput
from greenstar.reports.views.tables import COLUMNS, OF_VISITS
from greenstar.services.evidence.lost import lost_in
from greenstar.services.results.tables.extract import Extract
from greenstar.text import first_of

EVERYTHING = "all"
FORMATS = ("csv", "json", "xlsx", "parquet", "ics")
_GONE_BACK_IN = ("xlsx", "parquet")  # files that are no text, and not written from the start to the end
_EMPTY = {"ranking": "cli.none_ranked", "criteria": "cli.none_counts", "answers": "cli.none_counts"}
_OF_EVIDENCE = ("criteria", "answers", "evidence", EVERYTHING)  # the tables that say what is verified
_OF_ANSWERS = ("criteria", "answers", "findings", "facts", "evidence", EVERYTHING)  # empty of a visit without answers


@command(
    "export",
    about="cli.about_export",
    examples=(
        "greenstar export all --format xlsx -o network.xlsx",
        "greenstar export answers --format json > visits.json",
    ),
)
@click.argument("table", type=OneOf(*COLUMNS, EVERYTHING), metavar="TABLE")
@option("--format", "form", type=OneOf(*FORMATS), default="csv", metavar="F", words="cli.opt_format")
@option("-o", "--output", "target", default="-", metavar="FILE", words="cli.opt_output")
@sure_options()
def export(
    session: Session,
    table: str,
    *,
    form: str,
    target: str,
    sure: bool,
    weights: Fraction | None,
    draws: int | None,
    seed: int | None,
) -> None:
    """Write one table of the cycle, or all of them; with `sure` the ranking with its ranges."""
    _check(table, form, target)
    settings = Given(weights, draws, seed).settings(sure=sure)
    if sure and table != "ranking":
        raise BadInput("sure.only_ranking", table=table)
    every_cycle = session.cycle == EVERYTHING
    opened = replace(session, cycle=None) if every_cycle else session
    with opened.workspace(write=False) as workspace, workspace.storage.reading():
        session.refuse_unknown_scheme(workspace)
        extract = replace(Extract.of(workspace, session.lang), settings=settings)
        if every_cycle:
            extract = replace(extract, cycle=None)
        with (
            output.pieces(target, whole=not _is_written_from_start_to_end(table, form)) as file,
            StderrProgress(session.text("export.writing", table=table)) as progress,
        ):
            watched = replace(extract, progress=progress)
            if table == EVERYTHING:
                written = write_all(file, form, watched, session.catalogue)
            else:
                written = write_table(file, form, table, watched, session.catalogue)
        notes = [*written.notes, *_notes(session, extract, table, empty=written.rows == 0)]
    for note in notes:
        output.note(note)
    if target != "-":
        output.note(session.text("cli.exported", path=target))


def _is_written_from_start_to_end(table: str, form: str) -> bool:
    """Whether it is a text; of all tables as CSV a zip is made."""
    return form not in _GONE_BACK_IN and not (table == EVERYTHING and form == "csv")


def _check(table: str, form: str, target: str) -> None:
    """BadInput: there is no such table in that format, DuckDB is missing, or a terminal would get what is no text."""
    if form == "ics" and table != "findings":
        raise BadInput("export.only_findings")
    if form == "parquet":
        from greenstar.reports.parquet.table import check_installed  # noqa: PLC0415  (only where it is asked for)

        check_installed()
    if not _is_written_from_start_to_end(table, form) and target == "-" and sys.stdout.isatty():
        raise BadInput("export.to_terminal")


def _notes(session: Session, extract: Extract, table: str, *, empty: bool) -> list[str]:
    notes = []
    without = extract.results_only() if table in _OF_ANSWERS else 0
    nothing = _nothing(extract, table, empty=empty and not without)
    if nothing is not None:
        notes.append(session.text(nothing, cycle=extract.workspace.cycle))
    if without:
        notes.append(session.text("cli.results_only", count=without))
    if table in _OF_EVIDENCE:
        lost = [each.name for rows in extract.visits() for each in lost_in(extract.workspace, rows)]
        if lost:
            notes.append(session.text("evidence.lost_since", count=len(lost), files=first_of(lost)))
    return notes


def _nothing(extract: Extract, table: str, *, empty: bool) -> str | None:
    """The key of the sentence that says why a table is empty; None where it is not, or where that says all."""
    if table not in OF_VISITS:
        return None
    if not extract.storage.exports.listed(extract.cycle, withdrawn=True).numbers:
        return "cli.no_visits"
    return _EMPTY.get(table) if empty else None
