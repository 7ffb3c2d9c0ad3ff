"""`greenstar export`: tables for spreadsheets and other programs."""

import json
from fractions import Fraction
from typing import Any

import click

from greenstar.cli.commands.sure_options import Given, sure_options
from greenstar.cli.framework import output
from greenstar.cli.framework.commands import command
from greenstar.cli.framework.parameters import OneOf, option
from greenstar.cli.session import Session
from greenstar.errors import BadInput
from greenstar.ranking.uncertainty.settings import SureSettings
from greenstar.reports.csv.ranking import ranking_rows
from greenstar.reports.csv.table import COLUMNS, columns_of, csv_bytes
from greenstar.reports.views.ranking import ranking_view
from greenstar.services.cycles.shown_league import shown_league
from greenstar.services.evidence.lost import first_of, lost_in
from greenstar.services.results import documents, exports
from greenstar.services.results.stored_visits import counting_or_drafts, results_only
from greenstar.services.workspace import Workspace
from greenstar.text import escaped_json

_VISITS = ("answers", "json")  # no table, but answers files
_EMPTY = {"ranking": "cli.none_ranked", "criteria": "cli.none_counts", "answers": "cli.none_counts"}
_OF_EVIDENCE = ("criteria", "answers")  # the tables that say what is verified
_OF_ANSWERS = ("criteria", "answers", "findings")  # the tables that a visit without answers has no rows in


@command(
    "export",
    about="cli.about_export",
    examples=("greenstar export scores -o scores.csv", "greenstar export answers --format json > visits.json"),
)
@click.argument("table", type=OneOf(*COLUMNS), metavar="|".join(COLUMNS))
@option("--format", "form", type=OneOf("csv", "json"), default="csv", metavar="csv|json", words="cli.opt_format")
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
    """Write one table of the cycle; with `sure` the ranking with its ranges."""
    settings = Given(weights, draws, seed).settings(sure=sure)
    if sure and table != "ranking":
        raise BadInput("sure.only_ranking", table=table)
    with session.workspace(write=False) as workspace:
        session.refuse_unknown_scheme(workspace)
        rows = [] if (table, form) == _VISITS else _rows(session, workspace, table, settings)
        content = _content(workspace, table, form, rows)
        lost = list(lost_in(workspace, counting_or_drafts(workspace))) if table in _OF_EVIDENCE else []
        without = results_only(workspace) if table in _OF_ANSWERS else 0
        nothing = _nothing(workspace, table, empty=not rows and not without and (table, form) != _VISITS)
        cycle = workspace.cycle
    output.data(content, target)
    if nothing is not None:
        output.note(session.text(nothing, cycle=cycle))
    if without:
        output.note(session.text("cli.results_only", count=without))
    if lost:
        output.note(session.text("evidence.lost_since", count=len(lost), files=first_of(each.name for each in lost)))
    if target != "-":
        output.note(session.text("cli.exported", path=target))


def _nothing(workspace: Workspace, table: str, *, empty: bool) -> str | None:
    """The key of the sentence that says why a table is empty; None where it is not, or where that says all."""
    if not workspace.storage.assessments.listed(workspace.cycle):
        return "cli.no_visits"
    return _EMPTY.get(table) if empty else None


def _content(workspace: Workspace, table: str, form: str, rows: list[dict[str, Any]]) -> bytes:
    if (table, form) == _VISITS:
        return escaped_json(documents.answers_json(workspace)).encode()
    if form == "json":
        return escaped_json(json.dumps(rows, ensure_ascii=False, indent=2) + "\n").encode()
    return csv_bytes(columns_of(table, rows), rows)


def _rows(session: Session, workspace: Workspace, table: str, settings: SureSettings | None) -> list[dict[str, Any]]:
    match table:
        case "scores":
            return exports.score_rows(workspace)
        case "criteria":
            return exports.criterion_rows(workspace, session.lang)
        case "answers":
            return exports.answer_rows(workspace, session.lang)
        case "findings":
            return exports.finding_rows(workspace)
    ranking = shown_league(workspace)
    if settings is not None:
        from greenstar.services.results.sureness import how_sure  # noqa: PLC0415 - it loads NumPy

        ranking = how_sure(workspace, ranking, settings).ranking
    return ranking_rows(ranking_view(ranking), session.catalogue, settings)
