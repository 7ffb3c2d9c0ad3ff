"""What can be done about a clash: each side may count, or one goes to where it is; and about a visit begun apart."""

from collections.abc import Iterator, Sequence

from greenstar.i18n.phrase import Phrase
from greenstar.record.merge import Clash
from greenstar.record.touched import TouchedPart
from greenstar.scheme.model import Scheme
from greenstar.services.laptops.settling import TakenOver
from greenstar.services.laptops.words import content_phrase, part_phrase, side_phrase
from greenstar.tui.common.actions_dialog import Action, ActionsDialog

LOOK = "look"
"""The choice to go there and to enter it anew; the others are the numbers of sides."""
TAKE_IN = "take in"
"""The choice to bring into the draft what others said who began the visit apart."""


def clash_dialog(scheme: Scheme, clash: Clash) -> ActionsDialog:
    """Asks which side is to count: its number, or `LOOK`."""
    title = Phrase("checklist.which_counts", thing=part_phrase(scheme, clash.part))
    return ActionsDialog(title, list(_actions(scheme, clash)))


def take_in_dialog(people: Sequence[str]) -> ActionsDialog:
    """Asks whether what these people began apart is to be taken in: `TAKE_IN`, or not now."""
    words = Phrase("checklist.take_in", people=people), Phrase("checklist.take_in_does")
    return ActionsDialog(Phrase("checklist.begun_apart_asked", people=people), [Action(TAKE_IN, *words)])


def taken_in_phrase(done: TakenOver) -> Phrase:
    """What came, and what was said otherwise in both drafts."""
    came = Phrase("laptops.taken_over", count=done.count)
    parts = [part_phrase(done.draft.scheme, TouchedPart(each.kind, each.subject)) for each in done.differing]
    return Phrase("checklist.taken_in_apart", came=came, things=parts) if parts else came


def _actions(scheme: Scheme, clash: Clash) -> Iterator[Action]:
    for number, side in enumerate(clash.sides, 1):
        by = side.event.entered_by
        word = Phrase("checklist.take_side", by=by, what=content_phrase(scheme, clash.part, side))
        yield Action(str(number), word, side_phrase(scheme, clash, side))
    yield Action(LOOK, Phrase("checklist.look_there"), Phrase("checklist.look_there_does"))
