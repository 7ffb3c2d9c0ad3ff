"""A store: what it is (its facts decide what will be asked), and the visits it has had."""

from collections.abc import Callable, Iterable
from functools import partial

from textual import on
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.events import Key, ScreenResume
from textual.widget import Widget
from typing_extensions import override

from greenstar.assessment.answer_types import answer_type
from greenstar.errors import GreenStarError
from greenstar.i18n.phrase import Phrase
from greenstar.keys import CLOSING, ENTER, ON, RANKING, REPORT, STEPS, screen_commands
from greenstar.services.stores.closing import closed_on
from greenstar.services.visit.conflict import Sealed
from greenstar.services.visit.opening import current
from greenstar.services.visit.result_only import refuse_result_only
from greenstar.services.visit.visit import OpenVisit
from greenstar.services.workspace import Workspace
from greenstar.services.writer import Failure
from greenstar.tui import glyphs, routes
from greenstar.tui.common.lines import both_ends
from greenstar.tui.common.rows import Rows
from greenstar.tui.common.screen import GreenScreen
from greenstar.tui.common.split_line import SplitLine
from greenstar.tui.common.text import Line, Words
from greenstar.tui.steps.dialogs import write_report
from greenstar.tui.steps.store_steps import StoreSteps
from greenstar.tui.stores.facts import fact_view, facts_of
from greenstar.tui.stores.store_panels import StorePanels
from greenstar.tui.stores.store_title import store_title
from greenstar.tui.visit.entries import AnswerEntry
from greenstar.tui.visit.question_field import QuestionField
from greenstar.tui.visit.reading_dialog import ReadingDialog


class StoreScreen(GreenScreen):
    """A list of facts, the one under the cursor as a question, and the past visits."""

    VERTICAL_BREAKPOINTS = [*GreenScreen.VERTICAL_BREAKPOINTS, (48, "-tall")]
    commands = screen_commands(ENTER.saying("answer"), ON.saying("visit"), CLOSING, STEPS, RANKING, REPORT)
    DEFAULT_CSS = """
    StoreScreen {
        #about { padding: 0 2; height: auto; }
        #body { padding: 0 1; }
        #left { width: 1fr; }
        #lately, #open { display: none; height: 1fr; min-height: 6; }
        #side { width: 1fr; height: 1fr; margin-left: 1; }
        #now { height: auto; max-height: 80%; }
        #question { height: auto; }
        #question QuestionField { margin-bottom: 0; }
        &.-plain QuestionField:focus-within { border-left: ascii $primary; }
        #next { height: auto; }
        #next Line, #visits Line, #lately Line { height: auto; }
        #visits { height: 1fr; min-height: 4; scrollbar-gutter: stable; }
        &.-widest #side, &.-vast #side { width: 2fr; layout: horizontal; }
        &.-widest #now, &.-vast #now { width: 1fr; max-height: 100%; margin-right: 1; }
        &.-widest #visits, &.-vast #visits { width: 1fr; }
        &.-tall.-widest, &.-tall.-vast {
            #facts { height: auto; max-height: 60%; }
            #now { height: 1fr; }
            #lately, #open { display: block; }
        }
    }
    """

    def __init__(self, workspace: Workspace, code: str, visit: OpenVisit | None = None) -> None:
        super().__init__()
        self.workspace = workspace
        self.facts = facts_of(workspace, code, visit, self.host.saving)
        self.store = self.facts.store
        self.field = QuestionField()
        self.field.display = False
        self._panels = StorePanels(self, workspace, self.store.code)
        self.fact: str | None = None

    @override
    def body(self) -> Iterable[Widget]:
        yield Words(id="about")
        yield Horizontal(
            Vertical(Rows(self._draw, id="facts"), Vertical(Words(hanging=2), id="open"), id="left"),
            Vertical(
                VerticalScroll(
                    Vertical(self.field, id="question"),
                    Vertical(Line(), id="next"),
                    Vertical(Line(), id="lately"),
                    id="now",
                    can_focus=False,
                ),
                VerticalScroll(Line(), id="visits"),
                id="side",
            ),
            id="body",
        )

    def on_mount(self) -> None:
        """Stand at the store's first open fact."""
        self._panels.begin()
        names = self.facts.names
        first = next((index for index, name in enumerate(names) if name not in self.facts.values), 0)
        self.rows.show(names, first)
        if names:
            self._ask(names[first])
            self.call_after_refresh(self.field.enter)

    @on(ScreenResume)
    def _came_back(self) -> None:
        if self.is_mounted and self.fact is not None:
            self._read()
            self.relabel()

    @on(Rows.Measured)
    def _measured(self) -> None:
        """Words are set to the width, and once more where a scroll bar takes some of it (a message has its line)."""
        self._lay_out()
        self.call_after_refresh(self._lay_out)

    def _read(self) -> None:
        self.facts.read()
        self._panels.read()

    @property
    def rows(self) -> Rows:
        """The list of facts."""
        return self.query_one("#facts", Rows)

    # -- showing

    @property
    @override
    def store_shown(self) -> str | None:
        return self.store.code

    @override
    def relabel(self) -> None:
        super().relabel()
        say = self.catalogue.say
        title = store_title(self.store, closed_on(self.workspace, self.store.code), self.catalogue)
        self.query_one("#title", SplitLine).show(title, self.catalogue.sign)
        missing = sum(name not in self.facts.values for name in self.facts.names)
        facts = say("tui.facts_open", count=missing) if missing else say("tui.facts_done")
        intro = self.catalogue.render(self.facts.intro)
        self.query_one("#about", Words).say(Content.assemble(intro, "  ", (facts, "bold")))
        self.field.relabel(self.catalogue)
        self.rows.refresh()
        self._say_titles()
        self._lay_out()

    def _say_titles(self) -> None:
        self._panels.say_titles(self.rows.cursor + 1, len(self.rows.rows))

    def _lay_out(self) -> None:
        self._panels.lay_out(more=self.has_class("-tall"))

    def _draw(self, name: str, width: int) -> Content:
        question = self.facts.scheme.facts[name]
        answer = self.facts.values.get(name)
        glyph = glyphs.OPEN if answer is None else glyphs.MET
        words = "" if answer is None else answer_type(self.facts.scheme, question).words(answer)
        left = Content.assemble(glyph.content, " ", question.ask.in_(self.catalogue.language))
        return both_ends(left, Content.styled(self.catalogue.write(words), "bold"), width)

    # -- facts

    def _ask(self, name: str) -> None:
        self.fact = name
        self.field.display = True
        self.field.fill(fact_view(self.facts, name), self.catalogue)
        self._say_titles()

    @on(Rows.Moved)
    def _moved_to(self, event: Rows.Moved) -> None:
        self.settle()
        self._ask(event.row)

    @on(Rows.Chosen)
    def _chosen(self, event: Rows.Chosen) -> None:
        self.settle()
        self._ask(event.row)
        self.field.enter()

    def on_key(self, event: Key) -> None:
        """What is typed while the cursor is in the list goes into the question beside it."""
        character = event.character or ""
        if not (self.rows.has_focus and self.field.display and event.is_printable and character.isalnum()):
            return
        event.stop()
        self.field.enter()
        self.field.editor.post_message(Key(event.key, character))

    @on(QuestionField.Drafted)
    def _keep_half_typed(self) -> None:
        state = self.field.state
        if state is not None and state.half_typed != state.drafted:
            state.drafted = state.half_typed
            self.facts.draft(state.view.name, state.drafted)

    @on(QuestionField.Answered)
    def _answered_fact(self, event: QuestionField.Answered) -> None:
        self._record(event.entry)

    def _record(self, entry: AnswerEntry) -> None:
        """Have a fact recorded; it counts at once."""
        typed = fact_view(self.facts, entry.name).typed_as(entry.value)
        self.facts.record(entry, typed, partial(self._not_recorded, entry, typed))
        self.field.was_recorded(entry)
        names = self.facts.names
        self.rows.show(names, names.index(self.fact) if self.fact in names else None)
        self.relabel()

    def _not_recorded(self, entry: AnswerEntry, typed: str, error: Failure) -> None:
        """Another window answered, or it cannot be: what was typed stands beside what is kept, for Enter to insist."""
        by_picking = fact_view(self.facts, entry.name).by_picking
        if not by_picking:
            self.facts.draft(entry.name, typed)
        self._read()
        if self.fact == entry.name:
            self._ask(entry.name)
        self.rows.refresh()
        if isinstance(error, Sealed) and typed and not by_picking:
            self.host.tell_unrecorded(error.message, typed)
        else:
            self.host.notify(error.message, wrong=True)

    @override
    def settle(self) -> None:
        entry = self.field.unsettled()
        if entry is not None:
            self._record(entry)
        self._keep_half_typed()

    @on(QuestionField.Doubted)
    def _doubted(self, event: QuestionField.Doubted) -> None:
        if event.field.state is not None:
            self.app.push_screen(ReadingDialog(event.field.state), event.field.read_as)

    @on(QuestionField.Done)
    def _done(self, event: QuestionField.Done) -> None:
        """On to the next fact; after the last, to the list."""
        self.settle()
        if event.entered and event.field.blocked:
            return
        at = self.rows.cursor + event.by
        if 0 <= at < len(self.rows.rows):
            self.rows.put_cursor(at)
            self._ask(self.rows.row)
            self.field.enter()
        elif event.entered:
            self.rows.focus()

    # -- keys

    def do_on(self) -> None:
        """Start or resume the visit."""
        self.settle()
        self.host.when_saved(lambda: self.host.show_visit(self.store.code))

    def do_closing(self) -> None:
        """Show the closing meeting of the store's visit in this cycle."""
        self.settle()
        self.host.when_saved(partial(self._with_visit, partial(self.host.show, routes.CLOSING)))

    def do_report(self) -> None:
        """Ask where the report on the store's visit in this cycle is to be written."""
        self.settle()
        self.host.when_saved(partial(self._with_visit, partial(write_report, self)))

    def _with_visit(self, do: Callable[[OpenVisit], object]) -> None:
        row = current(self.workspace, self.store.code)
        if row is None:
            self.host.notify(Phrase("life.no_visit_yet", cycle=self.workspace.cycle))
            return
        try:
            refuse_result_only(self.workspace, row)
        except GreenStarError as error:
            self.host.notify(error.message, wrong=True)
            return
        do(OpenVisit(self.workspace, row))

    def do_steps(self) -> None:
        """Ask for the next step in the life of the store and its visit."""
        self.settle()
        StoreSteps(self, self.workspace, self.store.code, self._step_taken).ask()

    def _step_taken(self) -> None:
        """Another visit may be the current one now, and the store may be called otherwise."""
        self.facts = facts_of(self.workspace, self.store.code, None, self.host.saving)
        self.store = self.facts.store
        self._panels.read()
        self.rows.show(self.facts.names)
        if self.fact in self.facts.names:
            self._ask(self.fact)
        self.relabel()
