"""Where on the stack of screens a visit is open, so that one goes back to it with all that is half typed there."""

from collections.abc import Sequence
from typing import Protocol, runtime_checkable


@runtime_checkable
class VisitPlace(Protocol):
    """A screen on which a visit is open."""

    @property
    def visit_of(self) -> str:
        """The code of the store."""

    def go_to(self, criterion: str, question: str | None = None) -> None:
        """Show a criterion, with the cursor at a question of it."""


def place_of_visit(stack: Sequence[object], code: str) -> tuple[VisitPlace | None, int]:
    """The lowest screen on which the visit of a store is open, and its place on the stack; None where it is not."""
    for below, screen in enumerate(stack):
        if isinstance(screen, VisitPlace) and screen.visit_of == code:
            return screen, below
    return None, -1
