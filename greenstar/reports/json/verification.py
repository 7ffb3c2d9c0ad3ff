"""What verifying came to, for programs."""

from typing import Any

from greenstar.i18n.catalogue import Catalogue
from greenstar.services.verification.problem import Verification, VerificationProblem


def verification_json(result: Verification, catalogue: Catalogue) -> dict[str, Any]:
    """`verify --json`."""
    return {
        "holds": result.holds,
        "checked": result.checked,
        "problems": [_problem(problem, catalogue) for problem in result.problems],
        "notices": [catalogue.render(notice) for notice in result.notices],
    }


def _problem(problem: VerificationProblem, catalogue: Catalogue) -> dict[str, Any]:
    place = problem.place
    return {
        "kind": problem.kind.value,
        "store": place.store,
        "cycle": place.cycle,
        "revision": place.revision,
        "message": catalogue.render(problem.sentence),
    }
