"""What stands under a field: why an answer was refused, that it is not recorded yet, what it was in the last cycle."""

from textual.content import Content

from greenstar.assessment.model import Answer
from greenstar.i18n.catalogue import Catalogue
from greenstar.i18n.phrase import Phrase
from greenstar.tui.commands import STILL_SO
from greenstar.tui.visit.question_view import QuestionView


def trouble_line(
    asked: QuestionView, recorded: Answer | None, trouble: Phrase | None, catalogue: Catalogue, *, waiting: bool
) -> Content:
    """Why what is typed is no answer, else what is questionable about the one that is recorded.

    `waiting`: it is typed and not recorded, and nobody is typing.
    """
    if trouble is not None:
        return _marked(catalogue.render(trouble), "$error")
    if asked.answer != recorded:
        there = asked.words(asked.answer, catalogue)
        return _marked(catalogue.say("tui.answered_elsewhere", there=there), "$warning")
    if waiting:
        return _marked(catalogue.say("tui.not_recorded_yet", now=asked.words(recorded, catalogue)), "$warning")
    warning = asked.type.warning(recorded) if recorded is not None else None
    return _marked(catalogue.render(warning), "$warning") if warning is not None else Content("")


def previous_line(asked: QuestionView, recorded: Answer | None, catalogue: Catalogue) -> Content:
    """The answer of the last cycle; while there is none of this one, with the key that confirms it."""
    if asked.previous is None:
        return Content("")
    if recorded == asked.previous:
        return Content.styled(catalogue.say("tui.as_before", cycle=asked.cycle), "$muted")
    before = catalogue.say("tui.before", cycle=asked.cycle, answer=asked.words(asked.previous, catalogue))
    if recorded is not None or asked.locked:
        return Content.styled(before, "$muted")
    key = (STILL_SO.shown_key, "bold $primary")
    return Content.assemble((before, "$secondary"), "   ", key, " ", catalogue.say(STILL_SO.word))


def not_saved(why: Phrase, catalogue: Catalogue) -> Content:
    """The disk would not."""
    return _marked(catalogue.render(Phrase("tui.not_saved", why=why)), "bold $error")


def _marked(text: str, style: str) -> Content:
    return Content.styled(f"! {text}", style)
