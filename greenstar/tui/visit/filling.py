"""Fills in much of a place at once: asks what, after saying how much that would be."""

from collections.abc import Callable, Sequence

from greenstar.i18n.phrase import Phrase
from greenstar.services.visit.quick_fill import STILL_SO, VERIFIED, Fill, all_verified, fill, still_so
from greenstar.services.visit.visit import OpenVisit
from greenstar.tui.common.actions_dialog import Action, ActionsDialog
from greenstar.tui.common.undo import attempt
from greenstar.tui.visit.entry_taker import Front
from greenstar.tui.visit.outline import Outline
from greenstar.tui.visit.visit_session import VisitSession

_WAYS: dict[str, Callable[[OpenVisit, Sequence[str]], Fill]] = {STILL_SO: still_so, VERIFIED: all_verified}


class Filling:
    """What can be filled in at the place of a criterion; `after` is told once it was."""

    def __init__(self, session: VisitSession, outline: Outline, front: Front, after: Callable[[], object]) -> None:
        self._session, self._outline, self._front, self._after = session, outline, front, after

    def ask(self, criterion: str) -> None:
        """Say how much there is to fill in where the criterion stands, and ask what of it is meant."""
        key = self._outline.heading_of(criterion)
        criteria = self._outline.groups()[key]
        visit = self._session.visit
        cycle = visit.previous.cycle if visit.previous is not None else ""
        actions = [_action(way(visit, criteria), cycle) for way in _WAYS.values()]
        title = self._outline.title_of(key)
        place = title if title is not None else Phrase("tui.nowhere")

        def chosen(name: str | None) -> None:
            if name is not None:
                self._front.host.go_on(self._outline, lambda: self._fill(name, criteria))

        self._front.ask(ActionsDialog(Phrase("fill.which", place=place), actions), chosen)

    async def _fill(self, name: str, criteria: Sequence[str]) -> None:
        def do(visit: OpenVisit) -> Phrase:
            return Phrase(f"fill.done_{name}", count=fill(visit, _WAYS[name], criteria).count)

        await attempt(self._front.host, self._session.visit, do, what=("fill", name))
        self._after()


def _action(can_be: Fill, cycle: str) -> Action:
    does = Phrase(f"fill.does_{can_be.what}", count=can_be.count, left=str(can_be.left), cycle=cycle)
    why_not = None if can_be.count else Phrase(f"fill.none_{can_be.what}")
    return Action(can_be.what, Phrase(f"fill.{can_be.what}"), does, why_not)
