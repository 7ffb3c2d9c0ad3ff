"""`greenstar explain`: how every point of a visit came about, and the way to a level."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from greenstar.assessment.model import Visit
from greenstar.cli.framework import output
from greenstar.cli.framework.commands import command
from greenstar.cli.framework.parameters import CRITERION, REGION, TEXT, Known, as_json, option
from greenstar.cli.framework.progress import StderrProgress
from greenstar.cli.session import Session
from greenstar.errors import BadInput
from greenstar.reports.json.derivation import derivation_json
from greenstar.reports.text.derivation import derivation
from greenstar.scheme.model import Scheme
from greenstar.scheme.suggestions import sentence_end
from greenstar.scoring.explain.explanation import Explanation
from greenstar.scoring.explain.tree import explain as explain_score
from greenstar.scoring.score import score, scorecard_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenstar.services.workspace import Workspace

_FILES = (".yaml", ".yml", ".json", ".xlsx")


@command(
    "explain",
    about="cli.about_explain",
    examples=(
        "greenstar explain WX-001 WAT-06",
        "greenstar explain WX-001 --to star-3",
    ),
)
@click.argument("of", type=Known("store", or_file=True), required=False, metavar="[STORE|ANSWERS]")
@click.argument("criterion", type=CRITERION, required=False, metavar="[CRITERION]")
@option("--to", "level", metavar="LEVEL", type=TEXT, words="cli.opt_to_level")
@option("--network", is_flag=True, words="cli.opt_network")
@option("--region", metavar="R", type=REGION, words="cli.opt_region")
@as_json()
def explain(
    session: Session,
    of: str | None,
    criterion: str | None,
    level: str | None,
    region: str | None,
    *,
    network: bool,
    as_json: bool,
) -> None:
    """Explain all of it, or one criterion, category or level; or the way to a level."""
    if network:
        _network(session, of, level, region, as_json=as_json)
        return
    if of is None:
        raise BadInput("ways.store_or_network")
    if region is not None:
        raise BadInput("ways.region_of_network")
    if level is not None and criterion is not None:
        raise BadInput("ways.whole_visit", id=criterion)
    documents: list[dict[str, Any]] = []
    for scheme, visit, workspace in _visits(session, of):
        if level is not None:
            documents += _ways(session, scheme, visit, level, workspace, as_json=as_json)
            continue
        explanation = _about(explain_score(scheme, visit, score(scheme, visit)), criterion)
        if as_json:
            documents.append(derivation_json(scheme, visit, explanation, session.catalogue))
        else:
            output.draw([derivation(explanation, session.catalogue)])
    if as_json:
        output.document(documents[0] if len(documents) == 1 else documents)


def _ways(
    session: Session, scheme: Scheme, visit: Visit, level: str, workspace: "Workspace | None", *, as_json: bool
) -> "Iterator[dict[str, Any]]":
    """Draw the ways of a visit to a level, or give them as a document. Of a stored visit, its peers are told."""
    from greenstar.reports.json.ways import ways_json  # noqa: PLC0415  (only where a way is asked for)
    from greenstar.reports.text.ways import ways_page  # noqa: PLC0415
    from greenstar.reports.views.ways import ways_view  # noqa: PLC0415
    from greenstar.services.results.ways import level_named, standing_now, ways_of  # noqa: PLC0415

    standing = standing_now(scheme, visit)
    ways = ways_of(standing, level_named(scheme, level), workspace)
    view = ways_view(scheme, scorecard_of(standing), ways)
    if as_json:
        yield ways_json(scheme, visit, view, session.catalogue)
    else:
        output.draw(ways_page(view, session.catalogue))


def _network(session: Session, of: str | None, level: str | None, region: str | None, *, as_json: bool) -> None:
    """What lifts most stores to a level."""
    from greenstar.reports.json.ways import network_ways_json  # noqa: PLC0415  (only where it is asked for)
    from greenstar.reports.text.ways import network_page  # noqa: PLC0415
    from greenstar.services.results.ways import network_ways  # noqa: PLC0415

    if of is not None:
        raise BadInput("ways.network_alone", id=of)
    if level is None:
        raise BadInput("ways.needs_level")
    with session.workspace(write=False) as workspace, StderrProgress(session.text("cli.ways_progress")) as progress:
        ways = network_ways(workspace, level, region=region, progress=progress)
    if as_json:
        output.document(network_ways_json(ways))
    else:
        output.draw(network_page(ways, session.catalogue))


def _visits(session: Session, of: str) -> "Iterator[tuple[Scheme, Visit, Workspace | None]]":
    """The visits of an answers file, where there is one of that name; else the store's."""
    path = Path(of)
    if path.exists() or path.suffix in _FILES:
        from greenstar.services.visit.answers_files import open_answers  # noqa: PLC0415  (a store needs no files)

        files = list(open_answers([path], session.scheme_finder(), session.kept_schemes()))
        yield from ((file.scheme, file.visit, None) for file in files)
        return
    from greenstar.services.evidence.lost import lost_told  # noqa: PLC0415  (answers files need no database)
    from greenstar.services.stores.stores import find_store  # noqa: PLC0415
    from greenstar.services.visit.opening import current  # noqa: PLC0415
    from greenstar.services.visit.result_only import refuse_result_only  # noqa: PLC0415
    from greenstar.services.visit.visit import OpenVisit  # noqa: PLC0415

    with session.workspace(write=False) as workspace:
        store = find_store(workspace, TEXT.convert(of, None, None))
        row = current(workspace, store.code)
        if row is None:
            raise BadInput("storage.no_visit", store=store.code, cycle=workspace.cycle)
        refuse_result_only(workspace, row)
        visit = OpenVisit(workspace, row)
        for phrase in lost_told(visit):
            output.note(session.catalogue.render(phrase))
        yield visit.scheme, visit.visit, workspace


def _about(whole: Explanation, subject: str | None) -> Explanation:
    """The part of the explanation that speaks of `subject`; all of it where none is given."""
    if subject is None:
        return whole
    parts = {part.subject: part for part in reversed(list(_all_parts(whole))) if part.subject}
    in_any_case = (part for name, part in parts.items() if name.lower() == subject.lower())
    part = parts.get(subject) or next(in_any_case, None)
    if part is None:
        raise BadInput("cli.nothing_about", id=subject, hint=sentence_end(subject, parts))
    return part


def _all_parts(whole: Explanation) -> "Iterator[Explanation]":
    for part in whole.parts:
        yield part
        yield from _all_parts(part)
