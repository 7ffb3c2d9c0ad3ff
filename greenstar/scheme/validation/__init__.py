"""What a scheme's keys say of each other. Finds every error at once.

Index ─▶ names ─▶ criteria ─▶ levels ─▶ rules ─▶ columns ─▶ impossible ─▶ dependencies
"""

from typing import Any

from greenstar.errors import Problem
from greenstar.scheme.document import Document
from greenstar.scheme.model import Step
from greenstar.scheme.validation.columns import check_columns
from greenstar.scheme.validation.criteria import check_criteria
from greenstar.scheme.validation.dependencies import needs_of
from greenstar.scheme.validation.impossible import check_impossible
from greenstar.scheme.validation.index import Index
from greenstar.scheme.validation.levels import check_levels
from greenstar.scheme.validation.names import check_names
from greenstar.scheme.validation.rules import check_rules


def validate_document(
    document: Document, tree: Any, *, stored: bool = False
) -> tuple[dict[Step, tuple[Step, ...]], list[Problem]]:
    """What each step of working a visit out needs, in their order, or all that is wrong; `tree` knows the places.

    `stored`: the scheme was read before, maybe by an earlier release. It is held only to what all releases asked.
    """
    index = Index(document, tree)
    for check in (check_names, check_criteria, check_levels, check_rules):
        check(index)
    if not stored:
        check_columns(index)
        check_impossible(index)
    return needs_of(index), index.problems
