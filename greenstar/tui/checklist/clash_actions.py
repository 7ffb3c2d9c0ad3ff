"""What can be done about a clash: each side may be the one that counts, or one goes to where it is."""

from collections.abc import Iterator

from greenstar.i18n.phrase import Phrase
from greenstar.record.merge import Clash
from greenstar.scheme.model import Scheme
from greenstar.services.laptops.words import content_said, side_said, thing_said
from greenstar.tui.common.actions_dialog import Action, ActionsDialog

LOOK = "look"
"""The choice to go there and to enter it anew; the others are the numbers of sides."""


def clash_dialog(scheme: Scheme, clash: Clash) -> ActionsDialog:
    """Asks which side is to count: its number, or `LOOK`."""
    title = Phrase("checklist.which_counts", thing=thing_said(scheme, clash.thing))
    return ActionsDialog(title, list(_actions(scheme, clash)))


def _actions(scheme: Scheme, clash: Clash) -> Iterator[Action]:
    for number, side in enumerate(clash.sides, 1):
        by = side.event.whose or side.event.by
        word = Phrase("checklist.take_side", by=by, what=content_said(scheme, clash.thing, side))
        yield Action(str(number), word, side_said(scheme, clash, side))
    yield Action(LOOK, Phrase("checklist.look_there"), Phrase("checklist.look_there_does"))
