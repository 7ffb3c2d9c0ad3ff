"""The application: which screens there are, and how one gets from one to another."""

from importlib import import_module
from typing import Any, ClassVar

from textual.binding import BindingType
from textual.screen import Screen
from textual.scrollbar import ScrollBar

from greenstar.errors import GreenStarError
from greenstar.messages import LANGUAGES, Catalogue, Message
from greenstar.services.workspace import Workspace
from greenstar.tui.commands import Command
from greenstar.tui.screens.base import GreenScreen
from greenstar.tui.screens.dialog import Dialog
from greenstar.tui.screens.stores import StoresScreen
from greenstar.tui.theme import DARK, LIGHT, PlainScrollBar
from greenstar.tui.type_ahead import TypeAhead

_SCREENS = {  # imported when they are first wanted: the list of stores is painted without them
    "AssessmentScreen": "assessment",
    "Finder": "finder",
    "HelpScreen": "help",
    "RankingScreen": "ranking",
    "ScorecardScreen": "scorecard",
    "StoreScreen": "store",
}


class GreenStarApp(TypeAhead):
    """Green Star on a terminal."""

    TITLE = "Green Star"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = []

    def __init__(self, workspace: Workspace, language: str, store: str | None = None) -> None:
        super().__init__()
        ScrollBar.renderer = PlainScrollBar
        self.workspace = workspace
        self.catalogue = Catalogue(language)
        self.wanted_store = store
        for theme in (DARK, LIGHT):
            self.register_theme(theme)
        self.theme = DARK.name

    def get_default_screen(self) -> Screen[Any]:
        """The list of stores lies under everything else."""
        return StoresScreen()

    def on_mount(self) -> None:
        """Straight to the visit, where one is asked for."""
        if self.wanted_store is not None:
            self.call_after_refresh(self.show_visit, self.wanted_store)

    # -- from one screen to another

    def _make(self, name: str, *values: Any) -> Any:
        module = import_module(f"greenstar.tui.screens.{_SCREENS[name]}")
        return getattr(module, name)(*values)

    def show_stores(self) -> None:
        """Back to the list of stores."""
        self._pop_to(0)

    def show_store(self, code: str) -> None:
        """A store: its facts and its visits."""
        self._open("StoreScreen", self.workspace, code)

    def show_visit(self, code: str, criterion: str | None = None) -> None:
        """The visit of a store (its draft, the sealed one, else a new one), at a criterion, else where it was left."""
        if self._back_to_visit(code, criterion):
            return
        visits = import_module("greenstar.services.visits")
        try:
            visit = visits.open_visit(self.workspace, code)
        except GreenStarError as error:
            self.tell(error.message, wrong=True)
            return
        self._open("AssessmentScreen", visit, criterion)

    def _back_to_visit(self, code: str, criterion: str | None) -> bool:
        """To the visit, where it is open below; what is half typed there is still there."""
        for below, screen in enumerate(self.screen_stack):
            if isinstance(screen, GreenScreen) and screen.visit_of == code:
                self._pop_to(below)
                if criterion is not None:
                    self.call_after_refresh(screen.go_to, criterion)
                return True
        return False

    def _pop_to(self, index: int) -> None:
        while len(self.screen_stack) > index + 1:
            self.pop_screen()

    def show_scorecard(self, visit: Any) -> None:
        """The scorecard of an open visit."""
        self._open("ScorecardScreen", visit)

    def show_ranking(self) -> None:
        """The ranking of the stores."""
        self._open("RankingScreen", self.workspace)

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

    def show_palette(self, screen: GreenScreen) -> None:
        """All commands of a screen, to be found by their words."""
        finder = import_module("greenstar.tui.screens.finder")
        say = self.catalogue.say
        found = [
            finder.Found(one.name, "", say(one.sentence), f"{say(one.sentence)} {say(one.word)}", one.shown_key)
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

    def switch_light(self) -> None:
        """Dark or light."""
        self.theme = LIGHT.name if self.theme == DARK.name else DARK.name

    def tell(self, message: Message, *, wrong: bool = False) -> None:
        """Say something in passing."""
        screen = next(one for one in reversed(self.screen_stack) if isinstance(one, GreenScreen))
        screen.tell(self.catalogue.render(message), wrong=wrong)

    async def action_quit(self) -> None:
        """Textual's name for leaving."""
        self.leave()

    def leave(self) -> None:
        """Leave; what is typed is recorded first."""
        for screen in reversed(self.screen_stack):
            if isinstance(screen, GreenScreen | Dialog):
                screen.leave()
        self.exit()
