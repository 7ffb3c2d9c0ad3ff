"""What is wrong in a scheme, or what there is in it, and what its examples come to."""

from collections.abc import Iterator

from greenstar.errors import BadFile
from greenstar.i18n.catalogue import Catalogue
from greenstar.i18n.phrase import Phrase
from greenstar.reports.text.problems import place_of, problem_lines, sentence_of
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
    for warning in checked.warnings:
        yield "  ! " + terminal_line(f"{place_of(warning, catalogue)}: {sentence_of(warning, catalogue)}")


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
