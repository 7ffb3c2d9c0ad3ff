"""How every point came about, as a tree on a terminal."""

from rich.tree import Tree

from greenstar.messages import Catalogue
from greenstar.reports.console import cell
from greenstar.scoring.explanation import Explanation


def derivation(explanation: Explanation, catalogue: Catalogue) -> Tree:
    """The whole tree, unfolded."""
    made = Tree(cell(catalogue.render(explanation.line), "bold"), guide_style="dim")
    _grow(made, explanation, catalogue)
    return made


def _grow(tree: Tree, explanation: Explanation, catalogue: Catalogue) -> None:
    for part in explanation.parts:
        _grow(tree.add(cell(catalogue.render(part.line))), part, catalogue)
