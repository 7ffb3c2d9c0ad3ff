"""A problem of a file, for a program."""

from typing import Any

from greenstar.assessment.spreadsheet.addresses import address
from greenstar.errors import Problem
from greenstar.i18n.catalogue import Catalogue


def problem_json(problem: Problem, catalogue: Catalogue) -> dict[str, Any]:
    """A problem as `check --json` tells it."""
    in_sheet = {"sheet": problem.mark.sheet, "cell": address(problem.mark.line, problem.mark.column)}
    return {
        "file": problem.mark.file,
        "line": problem.mark.line,
        "column": problem.mark.column,
        **(in_sheet if problem.mark.sheet else {}),
        "key": problem.key,
        "message": catalogue.render(problem.message),
        "hint": catalogue.render(problem.hint) if problem.hint is not None else None,
    }
