"""How every point came about, as a tree."""

from greenstar.i18n.catalogue import Catalogue
from greenstar.reports.text.page import Branch
from greenstar.scoring.explain.explanation import Explanation


def derivation(explanation: Explanation, catalogue: Catalogue) -> Branch:
    """The whole tree, in the catalogue's language."""
    parts = tuple(derivation(part, catalogue) for part in explanation.parts)
    return Branch(catalogue.render(explanation.line), parts)
