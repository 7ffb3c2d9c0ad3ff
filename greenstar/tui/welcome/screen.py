"""What greets on an empty database: who we are, and three ways to begin."""

import asyncio
import threading
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from tempfile import mkdtemp
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget
from typing_extensions import override

from greenstar.keys import ADD, BACK, ENTER, screen_commands
from greenstar.services.progress import Progress
from greenstar.tui import glyphs, routes
from greenstar.tui.common.lines import columns
from greenstar.tui.common.panel import PanelWords
from greenstar.tui.common.rows import Rows
from greenstar.tui.common.screen import GreenScreen
from greenstar.tui.common.split_line import SplitLine
from greenstar.tui.common.text import Words
from greenstar.tui.common.threads import Unwanted
from greenstar.tui.excursion import TOUR_FOLDER, Excursion
from greenstar.tui.steps.dialogs import ask_new_store

_CHOICES = ("sample", "store", "tour")
_NAMED = 17  # cells of what a choice is called


class WelcomeScreen(GreenScreen):
    """A sample network, a first store, or the tour."""

    commands = screen_commands(ENTER.saying("choose"), ADD.saying("new_store"), back=BACK.saying("to_stores"))
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(str(digit), f"choose({digit})", show=False) for digit in range(1, len(_CHOICES) + 1)
    ]
    DEFAULT_CSS = """
    WelcomeScreen {
        #body { align: center middle; overflow-y: auto; }
        #welcome { width: 76; max-width: 100%; height: auto; padding: 0 1; }
        #star { text-align: center; margin-bottom: 1; }
        #choices { height: 5; margin: 1 0; }
        #choices Rows { height: 3; }
        #where { color: $muted; }
        &.-high #star { margin-bottom: 2; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._stop: threading.Event | None = None  # while a sample is made

    @override
    def body(self) -> Iterable[Widget]:
        yield Vertical(
            Vertical(
                Words(id="star"),
                Words(id="who"),
                Vertical(Rows(self._draw), id="choices"),
                Words(id="where"),
                id="welcome",
            ),
            id="body",
        )

    @override
    def on_mount(self) -> None:
        self._panel = PanelWords(self.query_one("#choices"))
        super().on_mount()
        self.query_one(Rows).show(_CHOICES)
        self.query_one(Rows).focus()

    @override
    def relabel(self) -> None:
        super().relabel()
        say = self.catalogue.say
        self.query_one("#title", SplitLine).show(Content.styled(say("welcome.title"), "bold"), self.catalogue.sign)
        star = Content.assemble((f"{glyphs.STAR.mark}  ", "$accent"), (say("tui.program"), "bold $primary"))
        self.query_one("#star", Words).say(star)
        self.query_one("#who", Words).say(say("welcome.who"))
        self._panel.title(Content(say("welcome.where_to_begin")))
        self.query_one("#where", Words).say(say("welcome.your_own", path=self.host.workspace.storage.where))
        self.query_one(Rows).touch()

    def _draw(self, choice: str, width: int) -> Content:
        say = self.catalogue.say
        key = Content.styled(str(_CHOICES.index(choice) + 1), "bold $primary")
        name = Content.styled(say(f"welcome.{choice}"), "bold")
        about = Content.styled(say(f"welcome.{choice}_is"), "$muted")
        return columns([(key, 1), (name, _NAMED), (about, width - _NAMED - 5)])

    # -- choosing

    @on(Rows.Chosen)
    def _chosen(self, event: Rows.Chosen) -> None:
        getattr(self, f"_to_{event.row}")()

    def action_choose(self, number: int) -> None:
        """Choose by digit."""
        self.query_one(Rows).put_cursor(number - 1)
        self.query_one(Rows).action_choose()

    def do_add(self) -> None:
        """Ask for a first store."""
        self._to_store()

    def _to_store(self) -> None:
        ask_new_store(self, self._added)

    def _added(self, code: str) -> None:
        self.host.go_back()
        self.host.show(routes.STORE, self.host.workspace, code)

    def _to_sample(self) -> None:
        from greenstar.services.demo.beside import sample_network  # noqa: PLC0415 - not needed to greet

        self._make(sample_network, Excursion)

    def _to_tour(self) -> None:
        from greenstar.services.demo.beside import tour_network  # noqa: PLC0415 - not needed to greet

        self._make(lambda tell: tour_network(Path(mkdtemp(prefix=TOUR_FOLDER)), tell), partial(Excursion, tour=True))

    # -- making a sample, on a thread of its own

    def _make(self, make: Callable[[Progress], Path], leads_to: Callable[[Path], Excursion]) -> None:
        """Make a sample and go there."""
        if self._stop is not None:
            return  # it is being made
        self._stop = stop = threading.Event()

        def tell(done: int, of: int) -> None:
            if stop.is_set():
                raise Unwanted
            self.app.call_later(self._tell, 100 * done // of)

        async def make_and_go() -> None:
            try:
                path = await asyncio.to_thread(make, tell)
            except Unwanted:
                return
            finally:
                self._stop = None
                self._panel.foot(Content(""))
            self.host.leave_for(leads_to(path))

        self.host.go_on(self.app, make_and_go)

    def _tell(self, percent: int) -> None:
        if self._stop is not None:
            self._panel.foot(Content(self.catalogue.say("welcome.making", percent=percent)))

    @override
    def leave(self) -> None:
        """A sample that is being made is not waited for."""
        super().leave()
        if self._stop is not None:
            self._stop.set()
