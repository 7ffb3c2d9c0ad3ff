"""The closing meeting: what assessor and store look at together before they part, and what the store has to say."""

from collections.abc import Iterable, Mapping

from textual import on
from textual.containers import VerticalScroll
from textual.content import Content
from textual.events import ScreenResume
from textual.widget import Widget
from typing_extensions import override

from greenstar.i18n.phrase import Phrase
from greenstar.keys import NOTE, ON, SCORECARD, STEPS, Command, screen_commands
from greenstar.services.visit.closing_meeting import Meeting, keep_meeting, meeting_of
from greenstar.services.visit.submission import again
from greenstar.services.visit.visit import OpenVisit
from greenstar.services.workspace import Workspace
from greenstar.tui import routes
from greenstar.tui.common.form import Form, FormField
from greenstar.tui.common.form_dialog import Done, FormDialog
from greenstar.tui.common.screen import GreenScreen
from greenstar.tui.common.split_line import SplitLine
from greenstar.tui.common.text import Line
from greenstar.tui.common.visit_title import visit_title
from greenstar.tui.results.closing_lines import ClosingLines
from greenstar.tui.steps.asking import ask_step, has_steps

_MOST_WIDTH, _AROUND = 84, 5  # cells; of padding and scrollbar


class ClosingScreen(GreenScreen):
    """One calm page, in the middle of a wide window."""

    commands = screen_commands(ON.saying("visit"), NOTE.saying("meeting", writes=True), SCORECARD, STEPS)
    DEFAULT_CSS = """
    ClosingScreen {
        #body { align-horizontal: center; padding: 1 2; scrollbar-size-vertical: 1; }
        #body Line { height: auto; width: 100%; max-width: 84; }
    }
    """

    def __init__(self, visit: OpenVisit) -> None:
        super().__init__()
        self.visit = again(visit)

    @override
    def body(self) -> Iterable[Widget]:
        with VerticalScroll(id="body"):
            yield Line()

    def on_mount(self) -> None:
        """Arrows scroll."""
        self.query_one("#body").focus()

    @property
    @override
    def read_only(self) -> bool:
        return self.visit.read_only

    @property
    @override
    def store_shown(self) -> str | None:
        return self.visit.visit.store.code

    @on(ScreenResume)
    def _came_back(self) -> None:
        self._read_again()

    def _read_again(self) -> None:
        """The visit as it is now: it may be sealed since, or have other findings."""
        self.visit.refresh()
        self.relabel()

    def on_resize(self) -> None:
        """Words are set to the width."""
        self.call_after_refresh(self._lay_out)

    @override
    def relabel(self) -> None:
        super().relabel()
        right = Content.assemble((self.catalogue.say("closing_meeting.title"), "bold"), f"   {self.catalogue.sign}")
        left = visit_title(self.visit, right, self.size.width, self.catalogue)
        self.query_one("#title", SplitLine).show(left, right)
        self._lay_out()

    def _lay_out(self) -> None:
        width = min(_MOST_WIDTH, max(self.size.width - _AROUND, 20))
        lines = ClosingLines(self.visit, self.catalogue, width).lines()
        self.query_one("#body Line", Line).say(Content("\n").join(lines), resizes=True)

    # -- keys

    def do_note(self) -> None:
        """Ask who speaks for the store, and what they remark."""
        if self.visit.read_only:
            self.host.notify(Phrase("tui.is_read_only"))
            return
        row = self.visit.assessment
        meeting = meeting_of(row)

        def keep(workspace: Workspace, texts: Mapping[str, str]) -> Meeting:
            return keep_meeting(workspace, row.id, Meeting(**texts))

        fields = [FormField(name, Phrase(f"closing_meeting.word_{name}"), text) for name, text in vars(meeting).items()]
        title, says = Phrase("closing_meeting.store"), Phrase("closing_meeting.says")
        self.app.push_screen(FormDialog(Form("meeting", title, says, fields, keep)), self._kept)

    def _kept(self, done: Done | None) -> None:
        if done is not None:
            self._read_again()
            self.host.notify(Phrase("closing_meeting.kept"))

    def do_on(self) -> None:
        """To the visit."""
        self.host.show_visit(self.visit.visit.store.code)

    def do_scorecard(self) -> None:
        """To the scorecard."""
        self.host.show(routes.SCORECARD, self.visit)

    @override
    def does(self, command: Command) -> bool:
        return super().does(command) and (command.name != STEPS.name or has_steps(self.visit))

    def do_steps(self) -> None:
        """Ask for the next step in the life of the visit."""
        ask_step(self, self.visit, self._read_again)
