"""The look of a question on a page: its words, the field beside or under them, and what is remarked below."""

from textual.app import ComposeResult
from textual.containers import Container, Horizontal, Vertical
from textual.content import Content
from textual.widgets import Input

from greenstar.assessment.model import Answer
from greenstar.i18n.catalogue import Catalogue
from greenstar.text import cell_width
from greenstar.tui.common.options import OptionField
from greenstar.tui.common.text import Line, Words
from greenstar.tui.visit.field_looks import LOOKS
from greenstar.tui.visit.question_view import QuestionView

_FIELD, _SLACK = 24, 12  # cells: a field with its unit, or yes and no; what breaking a line may waste


class QuestionFrame(Vertical):
    """All that any question needs; what it does not need is not displayed."""

    DEFAULT_CSS = """
    QuestionFrame {
        height: auto; margin-bottom: 1; border-left: blank;
        &:focus-within { border-left: ascii $primary; }
        .row { height: auto; }
        .answer { height: auto; width: auto; }
        .ask { width: 1fr; height: auto; display: block; padding-right: 1; }
        .unit { width: auto; min-width: 5; padding-left: 1; color: $muted; }
        Input {
            width: 16; height: 1; padding: 0 1; background: $field; display: none;
            border: none; border-left: ascii $faint; border-right: ascii $faint;
            &:focus {
                background: $field-focus; background-tint: transparent;
                border: none; border-left: ascii $primary; border-right: ascii $primary;
            }
        }
        OptionField { display: none; }
        .why, .before { padding-left: 2; }
        &.-beside .row { layout: horizontal; }
        &.-under .row { layout: vertical; }
        &.-under .answer { width: 100%; }
        &.-long Input { width: 1fr; }
        &.-typed Input { display: block; }
        &.-picked OptionField { display: block; }
        &:focus-within .ask { text-style: bold; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self.asked: QuestionView | None = None
        self._ready = False
        self._wanted = False
        self._catalogue: Catalogue | None = None

    def compose(self) -> ComposeResult:
        """Built once, and filled with one question after the other."""
        with Container(classes="row"):
            yield Words(classes="ask")
            with Horizontal(classes="answer"):
                yield OptionField()
                yield Input(select_on_focus=False)
                yield Line(classes="unit")
        yield Words(classes="before")
        yield Words(classes="why")

    def show_question(self, asked: QuestionView, catalogue: Catalogue) -> None:
        """The field that the question needs, with what is answered or half typed."""
        picked = asked.by_picking
        field = self.query_one(Input)
        with self.prevent(Input.Changed):
            field.value = "" if picked else asked.as_typed
        field.disabled = asked.locked
        field.cursor_position = len(field.value)
        options = self.query_one(OptionField)
        options.locked = asked.locked
        if picked:
            beside = LOOKS[asked.question.type].options_beside
            options.fill(asked.choices(catalogue), asked.picked, several=asked.type.several, beside=beside)

    def write_words(self, asked: QuestionView, catalogue: Catalogue) -> None:
        """The words of the question in a language; what is typed stays."""
        question, language = asked.question, catalogue.language
        look = LOOKS[question.type]
        self.write_ask(asked, asked.answer, catalogue)
        self._arrange()
        unit = self.query_one(".unit", Line)
        unit.display = look.unit
        unit.styles.width = "auto"
        unit.update(Content(question.unit.in_(language) if question.unit is not None else ""))
        self.query_one(Input).placeholder = catalogue.say(look.placeholder) if look.placeholder is not None else ""
        if self.picked:
            self.query_one(OptionField).relabel(asked.choices(catalogue))

    def write_ask(self, asked: QuestionView, answer: Answer | None, catalogue: Catalogue) -> None:
        """What is asked; of several options also how many are ticked."""
        words = Content(asked.question.ask.in_(catalogue.language))
        if asked.type.several and answer is not None:
            ticked = asked.type.ticked(answer)
            count = catalogue.say("tui.ticked", count=str(len(ticked)), all=str(len(asked.options)))
            words = Content.assemble(words, "  ", (count, "$muted"))
        self.query_one(".ask", Words).say(words)

    def on_resize(self) -> None:
        """Another width."""
        self._arrange()

    def _arrange(self) -> None:
        """The field stands beside a short question, and under a long one. All classes at once: each costs a styling."""
        if self.asked is None or self._catalogue is None:
            return
        look = LOOKS[self.asked.question.type]
        room = self.size.width - _FIELD
        needed = cell_width(self.asked.question.ask.in_(self._catalogue.language))
        beside = look.beside and needed <= 2 * room - _SLACK
        wanted = {"-picked" if self.asked.by_picking else "-typed", "-beside" if beside else "-under"}
        if look.long:
            wanted.add("-long")
        if wanted != self.classes:
            self.set_classes(wanted)

    @property
    def picked(self) -> bool:
        """Whether it is answered by picking, not by typing."""
        return self.asked is not None and self.asked.by_picking

    @property
    def field(self) -> Input | OptionField:
        """The widget that takes the answer."""
        return self.query_one(OptionField) if self.picked else self.query_one(Input)

    def enter(self) -> None:
        """Put the cursor into the field, as soon as there is one."""
        self._wanted = not self._ready
        if self._ready:
            self.field.focus()
            self.scroll_visible(animate=False)

    def remark(self, before: Content, why: Content) -> None:
        """What stands under the field: the answer of the last cycle, and what is wrong or questionable."""
        self.query_one(".before", Words).say(before)
        self.query_one(".why", Words).say(why)
