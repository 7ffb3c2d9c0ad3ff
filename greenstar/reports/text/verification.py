"""What verifying came to, as lines: what was looked at, what does not hold, and what should be known."""

from collections.abc import Iterator

from greenstar.i18n.catalogue import Catalogue
from greenstar.i18n.phrase import Phrase
from greenstar.reports.text.page import Block, TextLine
from greenstar.services.verification.problem import ProblemPlace, Verification, VerificationProblem


def verification_page(result: Verification, catalogue: Catalogue) -> Iterator[Block]:
    """The verdict, then each problem at its place."""
    checked = [catalogue.say(f"verify.n_{name}", count=count) for name, count in result.checked.items()]
    if result.holds:
        yield TextLine(catalogue.say("verify.holds"), strong=True)
    else:
        yield TextLine(catalogue.say("verify.holds_not", count=len(result.problems)), strong=True)
    for problem in result.problems:
        yield TextLine(problem_line(problem, catalogue))
    yield TextLine(catalogue.say("verify.checked", items=checked), faint=True)


def problem_line(problem: VerificationProblem, catalogue: Catalogue) -> str:
    """One problem: of which kind, where, and what it means."""
    kind = catalogue.say(f"verify.kind_{problem.kind.value}")
    where = _place_phrase(problem.place)
    sentence = catalogue.render(problem.sentence)
    if where is None:
        return catalogue.say("verify.line", kind=kind, sentence=sentence)
    return catalogue.say("verify.line_at", kind=kind, where=catalogue.render(where), sentence=sentence)


def _place_phrase(place: ProblemPlace) -> Phrase | None:
    if place.store is None:
        return None
    if place.revision is None:
        return Phrase("verify.at_store", store=place.store)
    return Phrase("verify.at_visit", store=place.store, cycle=place.cycle, revision=str(place.revision))
