"""What is wrong in schemes, and whether their levels can be reached, for a program."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from greenstar.i18n.catalogue import Catalogue
from greenstar.numbers import as_number
from greenstar.reports.json.move import draft_json
from greenstar.reports.json.problems import problem_json
from greenstar.services.results.documents import answers_document
from greenstar.services.schemes.against import Against
from greenstar.services.schemes.check import CheckedExample, CheckedScheme, ExampleMismatch


def scheme_check_json(checked: Sequence[CheckedScheme], catalogue: Catalogue) -> dict[str, Any]:
    """`check --json`."""
    return {"schemes": [_scheme(scheme, catalogue) for scheme in checked]}


def _scheme(checked: CheckedScheme, catalogue: Catalogue) -> dict[str, Any]:
    problems = [*checked.problems, *(problem for example in checked.examples for problem in example.problems)]
    return {
        "path": str(checked.path),
        "ok": checked.ok,
        "scheme": checked.scheme.name if checked.scheme is not None else None,
        "version": checked.scheme.version if checked.scheme is not None else None,
        "errors": [problem_json(problem, catalogue) for problem in problems],
        "warnings": [problem_json(warning, catalogue) for warning in checked.warnings],
        "examples": [_example(example, catalogue) for example in checked.examples],
        "levels": [_level(checked, level) for level in checked.reached],
        **({"against": _against(checked.against, catalogue)} if checked.against is not None else {}),
    }


def _against(against: Against, catalogue: Catalogue) -> dict[str, Any]:
    """What a database has of the scheme; `standing`: new, same, wording or other_rules."""
    return {
        "database": against.where,
        "standing": against.standing,
        "differences": [catalogue.render(change) for change in against.changes],
        "drafts": [draft_json(draft) for draft in against.drafts],
    }


def _level(checked: CheckedScheme, level: str) -> dict[str, Any]:
    """Whether a visit reaches the level (null: no visit is known, which proves nothing), and one as an answers file."""
    example, sample = checked.reached[level], checked.sample_visits.get(level)
    document = answers_document(checked.scheme, sample) if checked.scheme is not None and sample is not None else None
    return {
        "id": level,
        "reachable": True if example is not None or sample is not None else None,
        "example": str(example) if example is not None else None,
        "witness": document,
    }


def _example(example: CheckedExample, catalogue: Catalogue) -> dict[str, Any]:
    return {
        "file": str(example.path),
        "ok": example.ok,
        "differences": [_mismatch(mismatch, catalogue) for mismatch in example.differences],
    }


def _mismatch(mismatch: ExampleMismatch, catalogue: Catalogue) -> dict[str, Any]:
    expected, actual = (
        as_number(value, 10) if isinstance(value, Fraction) else value for value in (mismatch.expected, mismatch.actual)
    )
    return {
        "subject": mismatch.subject,
        "expected": expected,
        "actual": actual,
        "message": catalogue.render(mismatch.message),
    }
