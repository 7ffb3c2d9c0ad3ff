"""Linking: what a scheme's keys say of each other. Finds every error at once.

Index ─▶ names ─▶ criteria ─▶ levels ─▶ rules ─▶ order
"""

from typing import Any

from greenstar.errors import Problem
from greenstar.scheme.document import Document
from greenstar.scheme.linking.criteria import check_criteria
from greenstar.scheme.linking.index import Index
from greenstar.scheme.linking.levels import check_levels
from greenstar.scheme.linking.names import check_names
from greenstar.scheme.linking.order import order_of
from greenstar.scheme.linking.rules import check_rules
from greenstar.scheme.model import Step


def link(document: Document, tree: Any) -> tuple[tuple[Step, ...], list[Problem]]:
    """The order of working a visit out under `document`, or all that is wrong with it; `tree` knows the places."""
    found = Index(document, tree)
    for check in (check_names, check_criteria, check_levels, check_rules):
        check(found)
    order = () if found.problems else order_of(found)
    return order, found.problems
