"""Which visit a screen shows, for its first line."""

from textual.content import Content

from greenstar.assessment.model import AssessmentKind
from greenstar.i18n.bilingual import in_language
from greenstar.i18n.catalogue import Catalogue
from greenstar.services.visit.visit import OpenVisit
from greenstar.tui import glyphs
from greenstar.tui.common import wording
from greenstar.tui.common.lines import Piece, shortened
from greenstar.tui.saving import Saving


def visit_title(visit: OpenVisit, right: Piece, width: int, catalogue: Catalogue) -> Content:
    """Store, cycle and status beside what stands at the right; the store's name gives way."""
    status = catalogue.say(f"tui.status_{visit.assessment.status}")
    if visit.assessment.kind is AssessmentKind.CHECK_VISIT:
        status = catalogue.say("tui.status_check")
    code = Content.assemble(glyphs.STAR.content, " ", (visit.visit.store.code, "bold $primary"), " ")
    when = Content.styled(f"   {visit.visit.cycle} {glyphs.DOT.mark} {status}", "$muted")
    room = width - sum(Content.assemble(piece).cell_length for piece in (code, when, right)) - 3
    name = Content.styled(" ".join(in_language(visit.visit.store.name, catalogue.language).split("\n")), "bold")
    return Content.assemble(code, shortened(name, max(room, 1)), when)


def both_sides(visit: OpenVisit, saving: Saving, width: int, catalogue: Catalogue) -> tuple[Content, Content]:
    """A visit's title, and at its right when it was saved."""
    right = Content.assemble(saved_words(visit, saving, catalogue), ("   " + catalogue.sign, "$muted"))
    return visit_title(visit, right, width, catalogue), right


def saved_words(visit: OpenVisit, saving: Saving, catalogue: Catalogue) -> Content:
    """Whether all is saved, and since when; of a sealed visit, that it can only be read."""
    if saving.since is not None:
        return Content.styled(catalogue.say("saving.since", time=wording.local_time(saving.since)), "bold $error")
    if saving.unsaved:
        return Content.assemble((f"{glyphs.NOT_SAVED.mark} ", "$warning"), (catalogue.say("saving.now"), "$muted"))
    if visit.read_only:
        return Content(catalogue.say("tui.read_only"))
    if visit.saved_at is None:
        return Content("")
    words = catalogue.say("tui.saved", time=wording.local_time(visit.saved_at))
    return Content.assemble((f"{glyphs.SAVED.mark} ", "$success"), (words, "$muted"))
