"""The application: which screens there are, and how one gets from one to another."""

from importlib import import_module
from typing import Any, ClassVar

from textual.binding import BindingType
from textual.events import Paste
from textual.screen import Screen
from textual.scrollbar import ScrollBar

from greenstar.errors import GreenStarError, StorageError
from greenstar.i18n.catalogue import LANGUAGES, Catalogue
from greenstar.i18n.phrase import Phrase
from greenstar.services.settings import configure, configured
from greenstar.services.stores.stores import never_left
from greenstar.services.visit import drafts
from greenstar.services.workspace import Workspace
from greenstar.tui.commands import Command
from greenstar.tui.common.dialog import Dialog
from greenstar.tui.common.pasting import MOST_PASTED, TakesAll, taken_by
from greenstar.tui.common.screen import GreenScreen
from greenstar.tui.common.too_small import TooSmall
from greenstar.tui.stores.stores_screen import StoresScreen
from greenstar.tui.textual_compat.alt_keys import know_alt_keys
from greenstar.tui.textual_compat.terminal_input import bear_other_encodings
from greenstar.tui.textual_compat.type_ahead import TypeAhead
from greenstar.tui.theme import LOOKS, PlainScrollBar, look_after

_SCREENS = {  # imported when they are first wanted: the list of stores is painted without them
    "AssessmentScreen": "greenstar.tui.visit.screen",
    "CompareScreen": "greenstar.tui.results.comparison_screen",
    "EvidenceScreen": "greenstar.tui.evidence.screen",
    "Finder": "greenstar.tui.common.finder",
    "FindingsScreen": "greenstar.tui.findings.screen",
    "HelpScreen": "greenstar.tui.common.help",
    "HistoryScreen": "greenstar.tui.history.screen",
    "ChecklistScreen": "greenstar.tui.checklist.screen",
    "RequirementsScreen": "greenstar.tui.results.requirements_screen",
    "RankingScreen": "greenstar.tui.results.ranking_screen",
    "ScorecardScreen": "greenstar.tui.results.scorecard_screen",
    "StoreScreen": "greenstar.tui.stores.store_screen",
}


class GreenStarApp(TypeAhead):
    """Green Star on a terminal."""

    TITLE = "Green Star"
    ENABLE_COMMAND_PALETTE = False
    CSS = "*:disabled:can-focus { opacity: 1; }"  # what can only be read must be readable
    BINDINGS: ClassVar[list[BindingType]] = []

    def __init__(self, workspace: Workspace, language: str, store: str | None = None) -> None:
        super().__init__()
        ScrollBar.renderer = PlainScrollBar
        know_alt_keys()
        bear_other_encodings(self.driver_class)
        self.workspace = workspace
        self.catalogue = Catalogue(language)
        self.wanted_store = store
        self.left_at: dict[str, Any] = {}  # where the cursor stood in lists that are made anew each time
        self._would_lose: dict[tuple[str, int | None, str], str] = {}
        for look in LOOKS.values():
            self.register_theme(look)
        self.theme = kept if (kept := configured("look")) in LOOKS else next(iter(LOOKS))

    def get_default_screen(self) -> Screen[Any]:
        """The list of stores lies under everything else."""
        return StoresScreen()

    def on_mount(self) -> None:
        """Straight to the visit that is asked for, else to one whose window ended without being left."""
        store = self.wanted_store or never_left(self.workspace)
        if store is not None:
            self.call_after_refresh(self.show_visit, store)

    # -- from one screen to another

    def _make(self, name: str, *values: Any) -> Any:
        module = import_module(_SCREENS[name])
        return getattr(module, name)(*values)

    def show_stores(self) -> None:
        """Back to the list of stores."""
        self._pop_to(0)

    def show_store(self, code: str) -> None:
        """A store: its facts and its visits."""
        self._open("StoreScreen", self.workspace, code)

    def show_visit(self, code: str, criterion: str | None = None, question: str | None = None) -> None:
        """The visit of a store (its draft, the sealed one, else a new one), at a criterion, else where it was left."""
        if self._back_to_visit(code, criterion, question):
            return
        visits = import_module("greenstar.services.visit.opening")
        try:
            visit = visits.open_visit(self.workspace, code)
        except GreenStarError as error:
            self.tell(error.message, wrong=True)
            return
        self._open("AssessmentScreen", visit, criterion, question)

    def _back_to_visit(self, code: str, criterion: str | None, question: str | None) -> bool:
        """To the visit, where it is open below; what is half typed there is still there."""
        for below, screen in enumerate(self.screen_stack):
            if isinstance(screen, GreenScreen) and screen.visit_of == code:
                self._pop_to(below)
                if criterion is not None:
                    self.call_after_refresh(screen.go_to, criterion, question)
                return True
        return False

    def _pop_to(self, index: int) -> None:
        while len(self.screen_stack) > index + 1:
            self.pop_screen()

    def show_evidence(self, visit: Any, criterion: str) -> None:
        """The evidence of a criterion of an open visit."""
        self._open("EvidenceScreen", visit, criterion)

    def show_scorecard(self, visit: Any) -> None:
        """The scorecard of an open visit."""
        self._open("ScorecardScreen", visit)

    def show_leaving(self, visit: Any) -> None:
        """What is left to do in an open visit, and handing it in."""
        self._open("ChecklistScreen", visit)

    def show_needs(self, visit: Any) -> None:
        """What the levels still need in an open visit."""
        self._open("RequirementsScreen", visit)

    def show_ranking(self) -> None:
        """The ranking of the stores."""
        self._open("RankingScreen", self.workspace)

    def show_comparison(self, one: int, other: int) -> None:
        """Two visits side by side, by the numbers of their assessments."""
        self._open("CompareScreen", self.workspace, one, other)

    def show_findings(self, visit: Any, criterion: str) -> None:
        """The findings of a criterion of an open visit."""
        self._open("FindingsScreen", visit, criterion)

    def show_history(self, visit: Any) -> None:
        """The history of an open visit."""
        self._open("HistoryScreen", visit)

    def show_help(self, commands: tuple[Command, ...]) -> None:
        """The keys of a screen, and the words."""
        self._open("HelpScreen", commands)

    def _open(self, name: str, *values: Any) -> None:
        """Open a screen; one of the same kind further down is left, with all above it, unless a visit is open there."""
        kinds = [type(screen).__name__ for screen in self.screen_stack]
        if name in kinds and "AssessmentScreen" not in kinds[kinds.index(name) + 1 :]:
            self._pop_to(kinds.index(name) - 1)
        try:
            self.push_screen(self._make(name, *values))
        except GreenStarError as error:
            self.tell(error.message, wrong=True)

    def go_back(self) -> None:
        """To the screen below."""
        if len(self.screen_stack) > 1:
            self.pop_screen()

    # -- everywhere

    def look_through(self, event: Paste) -> None:
        """Nothing that cannot be seen is pasted anywhere, and no novel; that it was cut is said."""
        if isinstance(self.focused, TakesAll):
            return
        if len(event.text) > MOST_PASTED:
            found, most = f"{len(event.text):,}", f"{MOST_PASTED:,}"
            self.tell(Phrase("tui.paste_cut", found=found, most=most), wrong=True)
        event.text = taken_by(self.focused, event.text)

    def show_palette(self, screen: GreenScreen) -> None:
        """All commands of a screen, to be found by their words."""
        finder = import_module("greenstar.tui.common.finder")
        found = [
            finder.FinderItem(one.name, "", Phrase(one.sentence), (Phrase(one.word), one.shown_key), one.shown_key)
            for one in screen.commands
        ]

        def chosen(name: str | None) -> None:
            if name is not None:
                self.call_later(screen.run_action, f"command({name!r})")

        self.push_screen(finder.Finder("tui.find_command", found), chosen)

    def switch_language(self) -> None:
        """The next language, on every screen at once."""
        at = LANGUAGES.index(self.catalogue.language)
        self.catalogue = Catalogue(LANGUAGES[(at + 1) % len(LANGUAGES)])
        for screen in self.screen_stack:
            if isinstance(screen, GreenScreen | Dialog):
                screen.relabel()
                for cover in screen.query(TooSmall):
                    cover.relabel(self.catalogue)

    def switch_light(self) -> None:
        """The next look; it is kept for the next start."""
        self.theme = look_after(self.theme)
        look = Phrase(f"navigation.look_{self.theme}")
        try:
            configure("look", self.theme)
        except StorageError as error:
            self.tell(Phrase("navigation.look_not_kept", look=look, why=error.message), wrong=True)
        else:
            self.tell(look)

    def tell(self, message: Phrase, *, wrong: bool = False) -> None:
        """Say something in passing."""
        screen = next(one for one in reversed(self.screen_stack) if isinstance(one, GreenScreen))
        screen.tell(self.catalogue.render(message), wrong=wrong)

    def _handle_exception(self, error: Exception) -> None:
        """What a timer could not do for a user's reasons is told, and the timer goes on."""
        if isinstance(error, GreenStarError):
            self.tell(error.message, wrong=True)
        else:
            super()._handle_exception(error)

    async def action_quit(self) -> None:
        """Textual's name for leaving."""
        self.leave()

    def leave(self) -> None:
        """Leave; what is typed is recorded first. Where the disk would not take it, only when it is asked for twice."""
        for screen in reversed(self.screen_stack):
            if isinstance(screen, GreenScreen | Dialog):
                screen.leave()
        waiting = drafts.waiting(self.workspace)
        if waiting and waiting != self._would_lose:
            self._would_lose = waiting
            self.tell(Phrase("tui.leaving_loses", count=len(waiting)), wrong=True)
        else:
            self.exit()
