"""Undo and redo from any screen of a visit, said in a sentence."""

from collections.abc import Callable

from greenstar.errors import GreenStarError
from greenstar.i18n.phrase import Phrase
from greenstar.services.visit.visit import OpenVisit
from greenstar.services.writer import What
from greenstar.tui.host import Host

AN_UNDO: What = ("undo", "")
A_REDO: What = ("redo", "")


async def attempt(host: Host, visit: OpenVisit, does: Callable[[OpenVisit], Phrase], *, what: What) -> bool:
    """Do something that changes a visit (`undo_last`), and say what came of it; whether it was done.

    `what` names it where it is lost. Where it could not be, what another window did meanwhile is taken in.
    """
    if visit.read_only:
        host.notify(Phrase("tui.is_read_only"))
        return False
    if waits_already(host, what):
        return False
    try:
        host.notify(await host.saving.changed(visit, does, what=what))
    except GreenStarError as error:
        host.notify(error.message, wrong=True)
        look_again(host, visit)
        return False
    return True


def waits_already(host: Host, what: What) -> bool:
    """Whether the same thing waits for the disk: nothing is seen of it yet, and the key would be pressed once more.

    Says that it waits, or will.
    """
    if host.saving.trouble is None:
        return False
    host.notify(Phrase("saving.waits"))
    return what[0] in host.saving.unsaved


def look_again(host: Host, visit: OpenVisit) -> bool:
    """Take in what another window changed meanwhile; whether there was anything."""
    if host.saving.pending(visit):  # the writer sees it
        return False
    try:
        return visit.refresh()
    except GreenStarError as error:
        host.notify(error.message, wrong=True)
        return False
