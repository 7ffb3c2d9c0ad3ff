"""Linking: what a scheme's keys say of each other. Finds every error at once.

Index ─▶ names ─▶ criteria ─▶ levels ─▶ rules ─▶ order
"""

from typing import Any

from greenstar.errors import Problem
from greenstar.scheme.document import Document
from greenstar.scheme.model import Step
from greenstar.scheme.validation.criteria import check_criteria
from greenstar.scheme.validation.dependencies import order_of
from greenstar.scheme.validation.index import Index
from greenstar.scheme.validation.levels import check_levels
from greenstar.scheme.validation.names import check_names
from greenstar.scheme.validation.rules import check_rules


def validate_document(document: Document, tree: Any) -> tuple[tuple[Step, ...], list[Problem]]:
    """The order of working a visit out under `document`, or all that is wrong with it; `tree` knows the places."""
    found = Index(document, tree)
    for check in (check_names, check_criteria, check_levels, check_rules):
        check(found)
    order = () if found.problems else order_of(found)
    return order, found.problems
