"""What stands over a field and under it: the question; what is wrong or not recorded; the last cycle's answer."""

from textual.content import Content

from greenstar.assessment.calculated import is_same
from greenstar.assessment.model import Answer
from greenstar.i18n.catalogue import Catalogue
from greenstar.keys import HELPER, STILL_SO
from greenstar.tui.visit.field_state import FieldState
from greenstar.tui.visit.question_view import QuestionView


def ask_line(view: QuestionView, answer: Answer | None, catalogue: Catalogue) -> Content:
    """What is asked; of several options also how many are ticked."""
    words = Content(view.question.ask.in_(catalogue.language))
    if not view.type.several or answer is None:
        return words
    ticked = view.type.ticked(answer)
    count = catalogue.say("tui.ticked", count=str(len(ticked)), all=str(len(view.options)))
    return Content.assemble(words, "  ", (count, "$muted"))


def reading_line(state: FieldState, catalogue: Catalogue) -> Content:
    """How what is typed is read."""
    reading = state.view.as_read(state.value, catalogue)
    return Content.styled(f"= {reading}", "$secondary") if reading not in ("", state.text.strip()) else Content("")


def trouble_line(state: FieldState, catalogue: Catalogue) -> Content:
    """Why what is typed is no answer, else what is questionable about the one that is recorded."""
    view, recorded = state.view, state.recorded
    if state.offered:
        first, second = (view.as_read(answer, catalogue) for answer in state.offered)
        in_doubt = catalogue.say("tui.in_doubt", text=state.text.strip(), first=first, second=second)
        return _marked(in_doubt, "$warning")
    if state.refused is not None:
        return _marked(catalogue.render(state.refused), "$error")
    if not is_same(view.answer, recorded):
        there = view.words(view.answer, catalogue)
        return _marked(catalogue.say("tui.answered_elsewhere", there=there), "$warning")
    if state.waiting:
        return _marked(catalogue.say("tui.not_recorded_yet", now=view.words(recorded, catalogue)), "$warning")
    warning = view.type.warning(recorded) if recorded is not None else None
    return _marked(catalogue.render(warning), "$warning") if warning is not None else Content("")


def help_line(view: QuestionView, recorded: Answer | None, catalogue: Catalogue) -> Content:
    """What helps to answer: the answer of the last cycle, and the window that measures, each with its key."""
    previous, helper = previous_line(view, recorded, catalogue), view.question.helper
    if helper is None or view.locked:
        return previous
    key = (catalogue.pressed[HELPER.name], "bold $primary")
    measure = Content.assemble(key, " ", (catalogue.say(f"helper.{helper}"), "$muted"))
    return Content.assemble(previous, "   ", measure) if previous else measure


def previous_line(view: QuestionView, recorded: Answer | None, catalogue: Catalogue) -> Content:
    """The answer of the last cycle; while there is none of this one, with the key that confirms it."""
    if view.previous is None:
        return Content("")
    if recorded == view.previous:
        return Content.styled(catalogue.say("tui.as_before", cycle=view.cycle), "$muted")
    before = catalogue.say("tui.before", cycle=view.cycle, answer=view.words(view.previous, catalogue))
    if recorded is not None or view.locked:
        return Content.styled(before, "$muted")
    if not view.stays:
        wanted = "tui.choice_wanted" if view.by_picking else "tui.figure_wanted"
        return Content.assemble((before, "$muted"), "   ", catalogue.say(wanted))
    key = (catalogue.pressed[STILL_SO.name], "bold $primary")
    return Content.assemble((before, "$muted"), "   ", key, " ", (catalogue.say(STILL_SO.word), "$muted"))


def _marked(text: str, style: str) -> Content:
    return Content.styled(f"! {text}", style)
