"""What a scheme's keys say of each other. Finds every error at once.

Index ─▶ names ─▶ criteria ─▶ levels ─▶ indicators ─▶ rules ─▶ formerly ─▶ columns ─▶ impossible ─▶ dependencies
"""

from collections.abc import Iterable
from typing import Any, NamedTuple

from greenstar.errors import Problem
from greenstar.scheme.document import Document
from greenstar.scheme.model import Step
from greenstar.scheme.validation.columns import check_columns
from greenstar.scheme.validation.criteria import check_criteria
from greenstar.scheme.validation.dependencies import needs_of
from greenstar.scheme.validation.doubtful import doubts
from greenstar.scheme.validation.formerly import check_formerly
from greenstar.scheme.validation.impossible import check_impossible
from greenstar.scheme.validation.index import Index
from greenstar.scheme.validation.indicators import check_indicators
from greenstar.scheme.validation.levels import check_levels
from greenstar.scheme.validation.names import check_names
from greenstar.scheme.validation.rules import check_rules
from greenstar.scheme.yaml_tree import Scalar


class Validated(NamedTuple):
    """What each step of working a visit out needs, in their order; what is wrong, and what was probably not meant."""

    needs: dict[Step, tuple[Step, ...]]
    problems: list[Problem]
    doubts: tuple[Problem, ...]


def validate_document(
    document: Document, tree: Any, *, cut_texts: Iterable[Scalar] = (), stored: bool = False
) -> Validated:
    """Hold the document to all that its keys say of each other; `tree` knows the places.

    `cut_texts`: those behind which a comment begins. `stored`: the document comes from a database, and is read by the
    measure of the release that stored it.
    """
    index = Index(document, tree)
    for check in (check_names, check_criteria, check_levels, check_indicators, check_rules):
        check(index)
    if not stored:
        check_formerly(index)
        check_columns(index)
        check_impossible(index)
    needs = needs_of(index)
    sound = not index.problems and not stored
    return Validated(needs, index.problems, tuple(doubts(index, cut_texts)) if sound else ())
