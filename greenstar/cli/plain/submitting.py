"""Commands that tell how the visit stands, hand it in, or leave it."""

from greenstar.cli.framework.passphrase import tell, unlock
from greenstar.cli.plain import pages
from greenstar.cli.plain.sitting import NotTaken, Sitting
from greenstar.i18n.phrase import Phrase
from greenstar.reports.text.page import plain
from greenstar.reports.text.scorecard import scorecard_page
from greenstar.reports.views.figures import level_under, total_under
from greenstar.reports.views.scorecard import scorecard_view
from greenstar.services.cycles.closing import closed_cycle
from greenstar.services.evidence.lost import lost_phrases
from greenstar.services.visit.checklist import checklist_of
from greenstar.services.visit.checklist_item import ChecklistItem, ItemKind
from greenstar.services.visit.clock import clock_off
from greenstar.services.visit.lifecycle import submit
from greenstar.services.visit.submission import left_behind, to_be_sealed
from greenstar.text import folded

_MOST_TOLD = 12


def status(sitting: Sitting, _: str) -> None:
    """How far the visit is, and what it comes to."""
    sitting.lines(pages.standing(sitting.visit, sitting.catalogue))


def scorecard(sitting: Sitting, _: str) -> None:
    """The scorecard, as `greenstar score` prints it."""
    visit = sitting.visit
    card = scorecard_view(visit.scheme, visit.visit, visit.scorecard)
    sitting.lines(plain(scorecard_page(card, sitting.catalogue)))


def check(sitting: Sitting, text: str) -> None:
    """What is left to do, what blocks first, then by what it may cost; all of it where anything follows the name."""
    items = checklist_of(sitting.visit)
    if not items:
        sitting.say("plain.nothing_left")
        return
    sitting.say("checklist.left", count=len(items))
    blocking = sum(item.blocks for item in items)
    if blocking:
        sitting.say("checklist.blocking", count=blocking)
    shown = items if text else items[:_MOST_TOLD]
    for item in shown:
        sitting.say("words.labelled", label=item.criterion or Phrase("checklist.at_facts"), text=_item_phrase(item))
    if len(shown) < len(items):
        sitting.say("plain.more_to_check", count=len(items) - len(shown))


def _item_phrase(item: ChecklistItem) -> Phrase:
    message = item.message
    if item.kind is ItemKind.OPEN_FINDING:
        message = Phrase("plain.open_finding", **message.values)
    if not item.points:
        return message
    cost = Phrase("checklist.points_less", points=item.points)
    return Phrase("checklist.and_more", first=message, more=cost)


def ask_to_submit(sitting: Sitting, _: str) -> None:
    """Say what is open and what will be sealed, and ask. NotTaken: something blocks it."""
    visit = sitting.visit
    check(sitting, "")
    blocking = [item.criterion for item in checklist_of(visit) if item.blocks]
    if blocking:
        raise NotTaken(Phrase("checklist.blocked", count=len(blocking), criteria=blocking))
    for warning in (clock_off(visit.workspace, visit.assessment), *left_behind(visit)):
        if warning is not None:
            sitting.tell(warning)
    sitting.tell(to_be_sealed(visit))
    sitting.say("plain.submit", store=visit.assessment.store, word=Phrase("words.yes"))

    def answered(line: str) -> None:
        if folded(line) not in ("yes", "y", "是", "1"):
            sitting.say("plain.not_submitted")
            sitting.show_question()
            return
        _submit(sitting)

    sitting.expect(answered, sitting.not_done)


def _submit(sitting: Sitting) -> None:
    visit = sitting.visit
    sitting.keep_place()
    signing, store = visit.workspace.signing, visit.assessment.store
    unlock(sitting.catalogue, signing)
    done = submit(visit.workspace, store, seen=visit)
    for phrase in lost_phrases(done.lost):
        sitting.tell(phrase)
    tell(sitting.catalogue, done.signed, store)
    if closed_cycle(visit.workspace, visit.assessment.cycle) is not None:
        sitting.say("cycles.still_kept", cycle=visit.assessment.cycle)
    level = level_under(visit.scheme, done.level) or sitting.catalogue.say("reports.no_level")
    total = total_under(visit.scheme, done.total, done.available).text
    key = "cli.submitted" if visit.scheme.levels else "cli.submitted_no_levels"
    sitting.say(key, store=store, total=total, level=level, seal=done.seal)
    sitting.over = True


def leave(sitting: Sitting, _: str) -> None:
    """End the sitting."""
    sitting.over = True
