"""From a visit to the screens about it, or about the criterion in it: what is typed is recorded first."""

from collections.abc import Callable
from typing import Protocol

from greenstar.tui.host import Host
from greenstar.tui.routes import Route
from greenstar.tui.visit.visit_session import VisitSession


class _Left(Protocol):
    session: VisitSession

    @property
    def host(self) -> Host:
        """The program around the screen."""

    @property
    def criterion(self) -> str:
        """The criterion on the page."""

    def leave(self) -> None:
        """Record all that is typed."""


def leads_to(route: Route, *, of_criterion: bool = False) -> Callable[[_Left], None]:
    """A command of a screen that leads to another one about its visit, or about the criterion in it."""

    def lead(screen: _Left) -> None:
        values = [screen.session.visit, *([screen.criterion] if of_criterion else [])]
        screen.leave()
        screen.host.when_saved(lambda: screen.host.show(route, *values))

    return lead
