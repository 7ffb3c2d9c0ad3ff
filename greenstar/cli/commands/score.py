"""`greenstar score`: what answers files come to. Nothing is stored."""

from pathlib import Path

import click

from greenstar.cli.framework import output
from greenstar.cli.framework.declaring import as_json, command
from greenstar.cli.session import Session
from greenstar.reports.result import result
from greenstar.reports.scorecard import scorecard_json
from greenstar.scoring.score import score as score_visit
from greenstar.services.visit.answers_files import open_answers


@command("score", about="cli.about_score", examples=("greenstar score visit.yaml --json",))
@click.argument("answers", nargs=-1, required=True, metavar="ANSWERS…")
@as_json()
def score(session: Session, answers: tuple[str, ...], as_json: bool) -> None:
    """Score the visits in the files, all read before anything is printed."""
    files = open_answers([Path(name) for name in answers], session.scheme_finder())
    scored = [(one.scheme, one.visit, score_visit(one.scheme, one.visit)) for one in files]
    catalogue = session.catalogue
    if as_json:
        cards = [scorecard_json(scheme, visit, card, catalogue) for scheme, visit, card in scored]
        output.document(cards[0] if len(cards) == 1 else cards)
        return
    for at, (scheme, visit, card) in enumerate(scored):
        if at:
            output.say("")
        output.draw(result(scheme, visit, card, catalogue))
