"""The problems of a file, each with its place: `file:line:column: key: what`."""

from collections.abc import Iterator

from greenstar.assessment.spreadsheet.addresses import address
from greenstar.errors import BadFile, Lines, Problem
from greenstar.i18n.catalogue import Catalogue
from greenstar.text import cell_width, terminal_line

_MOST_OF_A_LINE = 100


def problem_lines(error: BadFile, catalogue: Catalogue) -> Iterator[str]:
    """Each problem with the line it stands in, a mark under the place, and what would be right; then how many."""
    for problem in error.problems:
        yield terminal_line(f"{place_of(problem, catalogue)}: {sentence_of(problem, catalogue)}")
        yield from _quoted(problem, error.lines)
        if problem.hint is not None:
            yield "  " + terminal_line(catalogue.render(problem.hint))
    yield catalogue.render(error.message)


def place_of(problem: Problem, catalogue: Catalogue) -> str:
    """`file:line:column`; of a spreadsheet the file, the sheet, and the cell."""
    mark = problem.mark
    if mark.sheet:
        return catalogue.say("form.place", file=mark.file, sheet=mark.sheet, cell=address(mark.line, mark.column))
    return f"{mark.file}:{mark.line}:{mark.column}"


def sentence_of(problem: Problem, catalogue: Catalogue) -> str:
    """The key it is about, and what is wrong."""
    sentence = catalogue.render(problem.message)
    return f"{problem.key}: {sentence}" if problem.key else sentence


def _quoted(problem: Problem, lines: Lines) -> Iterator[str]:
    """The line itself, cut around the place where it is long, and a caret under the place."""
    of_file = lines.get(problem.mark.file, [])
    if not 1 <= problem.mark.line <= len(of_file):
        return
    line, at = of_file[problem.mark.line - 1], problem.mark.column - 1
    start = max(0, at - _MOST_OF_A_LINE // 2) if len(line) > _MOST_OF_A_LINE else 0
    before, after = terminal_line(line[start:at]), terminal_line(line[at : start + _MOST_OF_A_LINE])
    shown = before if start else before.lstrip()
    yield f"  {shown}{after.rstrip()}"
    yield f"  {' ' * cell_width(shown)}^"
