"""`greenstar explain`: how every point of a visit came about."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from greenstar.assessment.model import Visit
from greenstar.cli.framework import output
from greenstar.cli.framework.commands import command
from greenstar.cli.framework.parameters import CRITERION, TEXT, Known, as_json
from greenstar.cli.session import Session
from greenstar.errors import BadInput
from greenstar.reports.json.derivation import derivation_json
from greenstar.reports.text.derivation import derivation
from greenstar.scheme.model import Scheme
from greenstar.scheme.suggestions import sentence_end
from greenstar.scoring.explain.explanation import Explanation
from greenstar.scoring.explain.tree import explain as explain_score
from greenstar.scoring.score import score

if TYPE_CHECKING:
    from collections.abc import Iterator

_FILES = (".yaml", ".yml", ".json", ".xlsx")


@command(
    "explain", about="cli.about_explain", examples=("greenstar explain WX-001 WAT-06", "greenstar explain visit.yaml")
)
@click.argument("of", type=Known("store", or_file=True), metavar="STORE|ANSWERS")
@click.argument("criterion", type=CRITERION, required=False, metavar="[CRITERION]")
@as_json()
def explain(session: Session, of: str, criterion: str | None, *, as_json: bool) -> None:
    """Explain all of it, or one criterion, category or level."""
    documents = []
    for scheme, visit in _visits(session, of):
        explanation = _about(explain_score(scheme, visit, score(scheme, visit)), criterion)
        if as_json:
            documents.append(derivation_json(scheme, visit, explanation, session.catalogue))
        else:
            output.draw([derivation(explanation, session.catalogue)])
    if as_json:
        output.document(documents[0] if len(documents) == 1 else documents)


def _visits(session: Session, of: str) -> "Iterator[tuple[Scheme, Visit]]":
    """The visits of an answers file, where there is one of that name; else the store's."""
    path = Path(of)
    if path.exists() or path.suffix in _FILES:
        from greenstar.services.visit.answers_files import open_answers  # noqa: PLC0415  (a store needs no files)

        files = list(open_answers([path], session.scheme_finder(), session.kept_schemes()))
        yield from ((file.scheme, file.visit) for file in files)
        return
    from greenstar.services.evidence.lost import lost_told  # noqa: PLC0415  (answers files need no database)
    from greenstar.services.stores.stores import find_store  # noqa: PLC0415
    from greenstar.services.visit.opening import current  # noqa: PLC0415
    from greenstar.services.visit.visit import OpenVisit  # noqa: PLC0415

    with session.workspace(write=False) as workspace:
        store = find_store(workspace, TEXT.convert(of, None, None))
        row = current(workspace, store.code)
        if row is None:
            raise BadInput("storage.no_visit", store=store.code, cycle=workspace.cycle)
        visit = OpenVisit(workspace, row)
        for phrase in lost_told(visit):
            output.note(session.catalogue.render(phrase))
        yield visit.scheme, visit.visit


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
