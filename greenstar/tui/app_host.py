"""The host of the real app: how one gets from one screen to another, in which language and look."""

from collections.abc import Iterator
from contextlib import suppress
from typing import Any, Protocol, runtime_checkable

from textual.app import App

from greenstar.errors import GreenStarError, StorageError
from greenstar.i18n.catalogue import LANGUAGES, Catalogue
from greenstar.i18n.phrase import Phrase
from greenstar.services.settings import configure
from greenstar.services.visit import drafts
from greenstar.services.workspace import Workspace
from greenstar.tui import routes
from greenstar.tui.common.dialog import Dialog
from greenstar.tui.common.screen import GreenScreen
from greenstar.tui.common.too_small import TooSmall
from greenstar.tui.desktop.desktop import Desktop
from greenstar.tui.routes import Route
from greenstar.tui.theme import look_after


@runtime_checkable
class _VisitPlace(Protocol):
    """A screen on which a visit is open."""

    @property
    def visit_of(self) -> str:
        """The code of the store."""

    def go_to(self, criterion: str, question: str | None = None) -> None:
        """Show a criterion, with the cursor at a question of it."""


class AppHost:
    """Works on the stack of screens of an app."""

    def __init__(self, app: App[None], workspace: Workspace, language: str, desktop: Desktop) -> None:
        self.workspace = workspace
        self.desktop = desktop
        self.catalogue = Catalogue(language)
        self.languages = list(LANGUAGES) if language in LANGUAGES else [language, *LANGUAGES]
        self.places: dict[str, Any] = {}
        self._app = app
        self._would_lose: dict[tuple[str, int | None, str], str] = {}

    def notify(self, phrase: Phrase, *, wrong: bool = False) -> None:
        """Say something above the keys of the topmost screen."""
        screen = next(screen for screen in reversed(self._app.screen_stack) if isinstance(screen, GreenScreen))
        screen.show_notice(self.catalogue.render(phrase), wrong=wrong)

    # -- from one screen to another

    def show(self, route: Route, *values: object) -> None:
        """Open a screen; one of the same kind further down is left, unless a visit is open above that."""
        stack = self._app.screen_stack
        same_kind = next((at for at, screen in enumerate(stack) if type(screen).__name__ == route.screen), None)
        if same_kind is not None and not any(isinstance(screen, _VisitPlace) for screen in stack[same_kind + 1 :]):
            self._pop_to(same_kind - 1)
        try:
            self._app.push_screen(route.load()(*values))
        except GreenStarError as error:
            self.notify(error.message, wrong=True)

    def show_visit(self, code: str, criterion: str | None = None, question: str | None = None) -> None:
        """Back to the visit where it is open below, else to the visit as the database has it."""
        if self._back_to_visit(code, criterion, question):
            return
        from greenstar.services.visit.opening import open_visit  # noqa: PLC0415 - the list of stores is painted without

        try:
            visit = open_visit(self.workspace, code)
        except GreenStarError as error:
            self.notify(error.message, wrong=True)
            return
        self.show(routes.VISIT, visit, criterion, question)

    def _back_to_visit(self, code: str, criterion: str | None, question: str | None) -> bool:
        for below, screen in enumerate(self._app.screen_stack):
            if isinstance(screen, _VisitPlace) and screen.visit_of == code:
                self._pop_to(below)
                if criterion is not None:
                    self._app.call_after_refresh(screen.go_to, criterion, question)
                return True
        return False

    def show_stores(self) -> None:
        """The list of stores lies under everything else."""
        self._pop_to(0)

    def go_back(self) -> None:
        """To the screen below."""
        if len(self._app.screen_stack) > 1:
            self._app.pop_screen()

    def _pop_to(self, index: int) -> None:
        while len(self._app.screen_stack) > index + 1:
            self._app.pop_screen()

    # -- language and look

    def switch_language(self) -> None:
        """The next language, on every screen at once."""
        at = self.languages.index(self.catalogue.language)
        self.catalogue = Catalogue(self.languages[(at + 1) % len(self.languages)])
        for screen in self._app.screen_stack:
            if isinstance(screen, GreenScreen | Dialog):
                screen.relabel()
                for cover in screen.query(TooSmall):
                    cover.relabel(self.catalogue)

    def switch_look(self) -> None:
        """The next look; it is kept for the next start."""
        self._app.theme = look_after(self._app.theme)
        look = Phrase(f"navigation.look_{self._app.theme}")
        try:
            configure("look", self._app.theme)
        except StorageError as error:
            self.notify(Phrase("navigation.look_not_kept", look=look, why=error.message), wrong=True)
        else:
            self.notify(look)

    # -- the end

    def quit(self) -> None:
        """End the app; where half-typed texts would be lost, only when it is asked for twice."""
        for screen in self._screens():
            screen.leave()
        waiting = drafts.waiting(self.workspace)
        if waiting and waiting != self._would_lose:
            self._would_lose = waiting
            self.notify(Phrase("tui.leaving_loses", count=len(waiting)), wrong=True)
        else:
            self._app.exit()

    def end(self, return_code: int) -> None:
        """End the app from outside: what is typed is kept as well as it can be, and nobody is asked anything."""
        if self._app.return_code is not None:  # it is ending already
            return
        try:
            for screen in self._screens():
                with suppress(GreenStarError):  # nobody is there to be told, and the others keep theirs
                    screen.leave()
        finally:
            self._app.exit(return_code=return_code)

    def _screens(self) -> "Iterator[GreenScreen | Dialog[Any]]":
        """Ours, from the top."""
        return (screen for screen in reversed(self._app.screen_stack) if isinstance(screen, GreenScreen | Dialog))
