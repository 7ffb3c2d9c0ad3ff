"""How every point came about, for programs: `explain --json`."""

from typing import Any

from greenstar.assessment.model import Visit
from greenstar.i18n.catalogue import Catalogue
from greenstar.scheme.model import Scheme
from greenstar.scoring.explain.explanation import Explanation


def derivation_json(scheme: Scheme, visit: Visit, explanation: Explanation, catalogue: Catalogue) -> dict[str, Any]:
    """The tree of one visit: each line with the id that it speaks of, and the lines that it rests on."""
    return {
        "store": visit.store.code,
        "cycle": visit.cycle or None,
        "scheme": scheme.name,
        "version": scheme.version,
        "explanation": _line(explanation, catalogue),
    }


def _line(explanation: Explanation, catalogue: Catalogue) -> dict[str, Any]:
    return {
        "subject": explanation.subject or None,
        "line": catalogue.render(explanation.line),
        "parts": [_line(part, catalogue) for part in explanation.parts],
    }
