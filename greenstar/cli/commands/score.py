"""`greenstar score`: what answers files come to. Nothing is stored."""

from pathlib import Path

import click

from greenstar.cli.framework import output
from greenstar.cli.framework.commands import command
from greenstar.cli.framework.parameters import as_json
from greenstar.cli.session import Session
from greenstar.reports.json.scorecard import scorecard_json
from greenstar.reports.text.scorecard import scorecard_page
from greenstar.reports.views.scorecard import scorecard_view
from greenstar.scoring.score import score as score_visit
from greenstar.services.visit.answers_files import open_answers


@command("score", about="cli.about_score", examples=("greenstar score visit.yaml --json",))
@click.argument("answers", nargs=-1, required=True, metavar="ANSWERS…")
@as_json()
def score(session: Session, answers: tuple[str, ...], as_json: bool) -> None:
    """Score the visits in the files, all read before anything is printed."""
    files = list(open_answers([Path(name) for name in answers], session.scheme_finder(), session.kept_schemes()))
    cards = [scorecard_view(file.scheme, file.visit, score_visit(file.scheme, file.visit)) for file in files]
    if as_json:
        documents = [scorecard_json(card, session.catalogue) for card in cards]
        output.document(documents[0] if len(documents) == 1 else documents)
        return
    for place, card in enumerate(cards):
        if place:
            output.say("")
        output.draw(scorecard_page(card, session.catalogue))
