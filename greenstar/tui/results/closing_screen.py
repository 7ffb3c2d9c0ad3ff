"""The closing meeting: what assessor and store look at together before they part, and what the store has to say."""

from collections.abc import Iterable

from textual import on
from textual.containers import VerticalScroll
from textual.content import Content
from textual.events import ScreenResume
from textual.widget import Widget
from typing_extensions import override

from greenstar.i18n.phrase import Phrase
from greenstar.keys import NOTE, ON, REPORT, SCORECARD, STEPS, screen_commands
from greenstar.services.stores.past_visits import past_visits
from greenstar.services.visit.closing_meeting import Meeting
from greenstar.services.visit.submission import again
from greenstar.services.visit.visit import OpenVisit
from greenstar.tui import routes
from greenstar.tui.common.lines import beside
from greenstar.tui.common.text import Line
from greenstar.tui.results.closing_lines import ClosingLines
from greenstar.tui.results.meeting_form import MeetingForm
from greenstar.tui.results.result_screen import ResultScreen

_MOST_WIDTH, _AROUND = 84, 6  # cells of a column; of padding, scrollbar, and a cell before it
_TWO_COLUMNS, _BETWEEN = 130, 6  # cells of the page from which there are two; between them
_ROOM_ABOVE = 3  # of the lines that are free, one in so many stands above the page


class ClosingScreen(ResultScreen):
    """One calm page, in the middle of a wide window; in a very wide one how it went stands there as well."""

    commands = screen_commands(ON.saying("visit"), NOTE.saying("meeting", writes=True), SCORECARD, STEPS, REPORT)
    DEFAULT_CSS = """
    ClosingScreen {
        #body { align-horizontal: center; padding: 1 2; }
        #body Line { height: auto; width: auto; }
    }
    """

    def __init__(self, visit: OpenVisit) -> None:
        super().__init__(again(visit))
        self.past = past_visits(self.visit.workspace, self.visit.assessment.store)
        self._words_at = 0  # the line on which the store's own words begin

    @override
    def body(self) -> Iterable[Widget]:
        with VerticalScroll(id="body"):
            yield Line()

    def on_mount(self) -> None:
        """Arrows scroll."""
        self.query_one("#body").focus()

    @on(ScreenResume)
    def _came_back(self) -> None:
        """It may be sealed since, or have other findings."""
        self.read_again()

    def on_resize(self) -> None:
        """Words are set to the width."""
        self.call_after_refresh(self.lay_out)

    @override
    def relabel(self) -> None:
        super().relabel()
        self.say_title(self.catalogue.say("closing_meeting.title"))
        self.lay_out()

    @override
    def lay_out(self) -> None:
        room = self.size.width - _AROUND
        lines = self._in_columns(room) if room >= _TWO_COLUMNS else self._in_one(min(_MOST_WIDTH, max(room, 20)))
        above = max(self.query_one("#body").content_size.height - len(lines), 0) // _ROOM_ABOVE
        self._words_at += above
        self.query_one("#body Line", Line).say(Content("\n").join([*[Content("")] * above, *lines]), resizes=True)

    def _in_one(self, width: int) -> list[Content]:
        """One part below the other."""
        parts = ClosingLines(self.visit, self.past, self.catalogue, width, self.way)
        before = [*parts.reached(), *parts.to_do()]
        self._words_at = len(before)
        return [*before, *parts.words(), *parts.seal()]

    def _in_columns(self, room: int) -> list[Content]:
        """What was reached, and how it went, at the left; what is to be done, and the store's words, at the right."""
        width = min((room - _BETWEEN) // 2, _MOST_WIDTH)
        parts = ClosingLines(self.visit, self.past, self.catalogue, width, self.way)
        left, right = [*parts.reached(), *parts.course()], parts.to_do()
        self._words_at = len(right)
        return list(beside(left, [*right, *parts.words(), *parts.seal()], width, _BETWEEN))

    # -- keys

    def do_note(self) -> None:
        """Ask who speaks for the store, and what they remark."""
        if self.visit.read_only:
            self.host.notify(Phrase("tui.is_read_only"))
        else:
            self.app.push_screen(MeetingForm(self.visit), self._kept)

    def _kept(self, meeting: Meeting | None) -> None:
        """The words come into sight."""
        if meeting is not None:
            self.read_again()
            self.host.notify(Phrase("closing_meeting.kept"))
            self.call_after_refresh(self.query_one("#body").scroll_to, y=self._words_at, animate=False)

    def do_on(self) -> None:
        """To the visit."""
        self.host.show_visit(self.visit.visit.store.code)

    def do_scorecard(self) -> None:
        """To the scorecard."""
        self.host.show(routes.SCORECARD, self.visit)
