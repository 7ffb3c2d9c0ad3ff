"""What is wrong in a scheme, or what there is in it, and what its examples come to."""

from collections.abc import Iterator

from greenstar.errors import BadFile
from greenstar.i18n.catalogue import Catalogue
from greenstar.i18n.phrase import Phrase
from greenstar.reports.text.move import changed_lines
from greenstar.reports.text.problems import place_of, problem_lines, sentence_of
from greenstar.scheme.model import Scheme
from greenstar.services.schemes.against import Against
from greenstar.services.schemes.check import CheckedScheme
from greenstar.text import terminal_line


def scheme_check_lines(checked: CheckedScheme, catalogue: Catalogue) -> Iterator[str]:
    """A scheme's errors, or what there is in it, and each example."""
    if checked.scheme is None:
        yield catalogue.say("checking.wrong", path=str(checked.path))
        yield from problem_lines(BadFile(checked.problems, checked.lines), catalogue)
        return
    scheme = checked.scheme
    yield catalogue.say(
        "checking.read",
        path=str(checked.path),
        name=scheme.name,
        version=scheme.version,
        criteria=Phrase("checking.criteria", count=len(scheme.criteria)),
        levels=Phrase("checking.levels", count=len(scheme.levels)),
    )
    yield from _examples(checked, catalogue)
    yield from _levels(checked, catalogue)
    if checked.against is not None:
        yield from _against(checked.against, scheme, catalogue)
    for warning in checked.warnings:
        yield "  ! " + terminal_line(f"{place_of(warning, catalogue)}: {sentence_of(warning, catalogue)}")


def _against(against: Against, scheme: Scheme, catalogue: Catalogue) -> Iterator[str]:
    count = len(against.changes)
    yield terminal_line(catalogue.say(f"checking.against_{against.standing}", where=against.where, count=count))
    for change in against.changes:
        yield terminal_line(catalogue.say("checking.against_change", change=change))
    if against.drafts:
        yield catalogue.say("checking.against_drafts", count=len(against.drafts))
    for draft in against.drafts:
        yield terminal_line(catalogue.say("checking.against_draft", store=draft.store, cycle=draft.cycle))
        yield from (f"    {line}" for line in changed_lines(draft, scheme, catalogue))


def _examples(checked: CheckedScheme, catalogue: Catalogue) -> Iterator[str]:
    for example in checked.examples:
        if example.ok:
            yield "  " + catalogue.say("checking.example_ok", file=example.path.name)
            continue
        yield "  " + catalogue.say("checking.example_wrong", file=example.path.name)
        if example.problems:
            yield from problem_lines(BadFile(example.problems, checked.lines), catalogue)
        yield from (f"    {catalogue.render(mismatch.message)}" for mismatch in example.differences)


def _levels(checked: CheckedScheme, catalogue: Catalogue) -> Iterator[str]:
    for level, example in checked.reached.items():
        if example is not None:
            yield "  " + catalogue.say("checking.reached", level=level, file=example.name)
        else:
            reachable = checked.sample_visits.get(level) is not None
            yield "  " + catalogue.say("checking.reachable" if reachable else "checking.not_reached", level=level)
