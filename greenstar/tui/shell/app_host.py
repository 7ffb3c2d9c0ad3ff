"""The host of the real app: how one gets from one screen to another, in which language and look."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from textual.app import App
from textual.dom import DOMNode
from textual.worker import Worker

from greenstar.errors import GreenStarError, StorageError
from greenstar.i18n.catalogue import LANGUAGES, Catalogue
from greenstar.i18n.phrase import Phrase
from greenstar.services.settings.settings import Settings, configure, load_settings
from greenstar.services.settings.settings_file import LANGUAGE, LOOK, Setting
from greenstar.services.workspace import Workspace
from greenstar.services.writer import Writer
from greenstar.text import clean_line
from greenstar.tui import routes
from greenstar.tui.common.bindings import textual_keymap
from greenstar.tui.common.dialog import Dialog
from greenstar.tui.common.screen import ARRIVED, STORE_LEFT, GreenScreen
from greenstar.tui.common.too_small import TooSmall
from greenstar.tui.desktop.desktop import Desktop
from greenstar.tui.excursion import Excursion
from greenstar.tui.host import Work
from greenstar.tui.routes import Route
from greenstar.tui.saving import Saving
from greenstar.tui.shell.ending import screens_of
from greenstar.tui.shell.saving_notices import SavingNotices
from greenstar.tui.shell.visit_place import VisitPlace, place_of_visit
from greenstar.tui.theme import first_look, look_after

PATIENCE = 5.0  # seconds that one who leaves waits for the disk


class AppHost:
    """Works on the stack of screens of an app."""

    def __init__(
        self,
        app: App[None],
        workspace: Workspace,
        language: str,
        desktop: Desktop,
        at_work: Callable[[], None],
        *,
        dark: bool | None = None,
        home: bool = False,
    ) -> None:
        """`dark`: whether the ground of the terminal is, where it says so; `home`: whether one leaves for one's own."""
        self.workspace = workspace
        self.desktop, self.at_work = desktop, at_work
        self.languages = list(LANGUAGES) if language in LANGUAGES else [language, *LANGUAGES]
        self.settings = load_settings()
        self.keymap = self.settings.keymap
        self.catalogue = self._catalogue(language)
        self.places: dict[str, Any] = {}
        self.excursion: Excursion | None = None
        self.home = home
        self.saving = Saving(workspace, partial(Writer, workspace, app.call_later), self._saving_changed)
        self._saving_notices = SavingNotices(self.saving, self.notify)
        self._app, self._dark = app, dark
        self._beside: Phrase | None = None  # to be read beside whatever is said, until the first key
        self._would_lose: dict[str, str] = {}
        self._begun: set[str] = set()  # the stores whose visits are on their way to the disk

    def damage(self) -> Phrase | None:
        """What is damaged in the database, where anything is."""
        from greenstar.services.verification.damage import damage_in  # noqa: PLC0415 - only where something is wrong

        return damage_in(Path(self.workspace.storage.where))

    def notify(self, phrase: Phrase, *, wrong: bool = False) -> None:
        """Say something above the keys of the topmost screen, once it is made."""
        screen = next(screen for screen in reversed(self._app.screen_stack) if isinstance(screen, GreenScreen))
        if screen.can_notice:
            beside = self._beside if self._beside is not None and phrase != self._beside else None
            lines = [self.catalogue.render(line) for line in (beside, phrase) if line is not None]
            screen.notice.tell("\n".join(lines), wrong=wrong or beside is not None)
        else:
            self._app.call_after_refresh(self.notify, phrase, wrong=wrong)

    def tell_unrecorded(self, why: Phrase, text: str) -> None:
        """Show what was typed and can be recorded nowhere any more, until somebody has read it."""
        from greenstar.tui.shell.unrecorded_dialog import UnrecordedDialog  # noqa: PLC0415 - hardly ever needed

        shown = self._app.screen
        if isinstance(shown, UnrecordedDialog):
            shown.add(text)
        else:
            self._app.push_screen(UnrecordedDialog(why, text))

    def tell_problems(self) -> None:
        """Say what is wrong in the settings file, or was left half done, at the start."""
        problems, count = self.settings.problems, len(self.settings.problems)
        self._beside = self.workspace.told_at_opening
        if self._beside is None and problems:
            self._beside = Phrase("settings.starts_anyway", first=problems[0], rest=count - 1, count=count)
        if self._beside is not None:
            self.notify(self._beside, wrong=True)

    def key_comes(self) -> None:
        """Somebody is there, and has read what was wrong at the start."""
        self._beside = None

    # -- from one screen to another

    def show(self, route: Route, *values: object) -> None:
        """Open a screen; one of the same kind further down is left, unless a visit is open above that."""
        stack = self._app.screen_stack
        same_kind = next((at for at, screen in enumerate(stack) if type(screen).__name__ == route.screen), None)
        if same_kind is not None and not any(isinstance(screen, VisitPlace) for screen in stack[same_kind + 1 :]):
            self._pop_to(same_kind - 1)
        try:
            self._app.push_screen(route.load()(*values))
        except GreenStarError as error:
            self.notify(error.message, wrong=True)
        else:
            if self._beside is not None:
                self.notify(self._beside, wrong=True)

    def show_visit(self, code: str, criterion: str | None = None, question: str | None = None) -> None:
        """Back to the visit where it is open below, else to the visit as the database has it."""
        if self._back_to_visit(code, criterion, question):
            return
        from greenstar.services.visit.opening import unfinished, visit_there  # noqa: PLC0415 - the list is painted without
        from greenstar.services.visit.result_only import refuse_result_only  # noqa: PLC0415

        try:
            visit = visit_there(self.workspace, code) or unfinished(self.workspace, code)
            if visit is not None:
                refuse_result_only(self.workspace, visit.assessment)
        except GreenStarError as error:
            self.notify(error.message, wrong=True)
            return
        if visit is None:
            self._begin(code, criterion, question)
        else:
            self.show(routes.VISIT, visit, criterion, question)

    def _begin(self, code: str, criterion: str | None, question: str | None) -> None:
        """Have a visit begun, and open it, unless one went on while the disk was waited for."""
        from greenstar.services.visit.opening import made_ready  # noqa: PLC0415 - the list is painted without

        here = self._app.screen

        async def begin() -> None:
            try:
                await self.saving.done(partial(made_ready, code=code), what=None)
            finally:
                self._begun.discard(code)
            if self._app.screen is here:
                self.show_visit(code, criterion, question)
            else:
                self.notify(Phrase("tui.visit_begun", store=code))

        if code not in self._begun:
            self._begun.add(code)
            self.go_on(self._app, begin)

    def _back_to_visit(self, code: str, criterion: str | None, question: str | None) -> bool:
        place, below = place_of_visit(self._app.screen_stack, code)
        if place is None:
            return False
        self._pop_to(below)
        if criterion is not None:
            self._app.call_after_refresh(place.go_to, criterion, question)
        return True

    def leave_for(self, excursion: Excursion) -> None:
        """Leave for another database, once all that was typed is on disk."""

        def go() -> None:
            self.excursion = excursion
            self._app.exit()

        self.when_saved(go)

    def show_stores(self) -> None:
        """The list of stores lies under everything else."""
        self._note_store()
        self._pop_to(0)

    def go_back(self) -> None:
        """To the screen below."""
        if len(self._app.screen_stack) > 1:
            self._note_store()
            self._app.pop_screen()

    def _note_store(self) -> None:
        """The list of stores puts its cursor at the one that is left."""
        screen = self._app.screen
        if isinstance(screen, GreenScreen) and screen.store_shown is not None:
            self.places[STORE_LEFT] = screen.store_shown

    def _pop_to(self, index: int) -> None:
        while len(self._app.screen_stack) > index + 1:
            self._app.pop_screen()

    # -- what takes a while

    def go_on(self, node: DOMNode, work: Work) -> None:
        """Do what waits for something, while the screen goes on and as long as `node` is there; say what cannot be."""

        async def work_or_say() -> None:
            try:
                await work()
            except GreenStarError as error:
                self.notify(error.message, wrong=True)

        _: Worker[None] = node.run_worker(work_or_say, group="going on")

    def when_saved(self, go: Callable[[], object]) -> None:
        """Leave the screen once all that was typed is on disk; while the disk does not take it, one stays here."""
        if self.saving.idle:
            go()
        else:
            self.go_on(self._app, partial(self._when_saved, go, self._app.screen))

    async def _when_saved(self, go: Callable[[], object], here: object) -> None:
        saved = await self.saving.drained(PATIENCE)
        if self._app.screen is not here:  # another key was quicker
            return
        if saved:
            go()
        else:
            self.notify(Phrase("saving.stays"), wrong=True)

    def _saving_changed(self) -> None:
        """Something was handed in to be saved, is saved, or cannot be."""
        for screen in screens_of(self._app):
            if isinstance(screen, GreenScreen) and screen.query_children("#title"):  # it is there, still
                screen.saving_changed()
        self._saving_notices.tell()

    def file_arrived(self, path: Path) -> None:
        """A file came by the browser: the field for evidence on top takes it, else the next that is opened."""
        self.places.setdefault(ARRIVED, []).append(path)
        screen = self._app.screen
        if not (isinstance(screen, GreenScreen) and screen.take_arrived()):
            self.notify(Phrase("web.arrived", file=clean_line(path.name)))

    # -- language and look

    def switch_language(self) -> None:
        """The next language, on every screen at once."""
        self._speak(self.catalogue.following.language)

    def _speak(self, language: str) -> None:
        self.catalogue = self._catalogue(language)
        for screen in self._app.screen_stack:
            if isinstance(screen, GreenScreen | Dialog):
                screen.relabel()
                for cover in screen.query(TooSmall):
                    cover.relabel(self.catalogue)

    def _catalogue(self, language: str) -> Catalogue:
        following = self.languages[(self.languages.index(language) + 1) % len(self.languages)]
        return Catalogue(language, following, self.keymap.pressed)

    def setting_changed(self, setting: Setting, settings: Settings) -> None:
        """It holds from now on, on every screen; signs and what is `auto` at the next start."""
        self.keymap = settings.keymap
        self._app.set_keymap(textual_keymap(self.keymap))
        if setting == LOOK:
            self._app.theme = first_look(settings[LOOK], dark=self._dark)
        chosen = settings[LANGUAGE] if setting == LANGUAGE else ""
        self._speak(chosen if chosen in self.languages else self.catalogue.language)

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
        """End the app once all is saved; where the disk does not take it, only when it is asked for twice."""
        for screen in screens_of(self._app):
            screen.leave()
        if self._would_lose and self._would_lose == self.saving.unsaved:
            self._app.exit()
        else:
            self.go_on(self._app, self._quit)

    async def _quit(self) -> None:
        if await self.saving.drained(PATIENCE):
            self._app.exit()
        else:
            self._would_lose = self.saving.unsaved
            self.notify(Phrase("saving.loses", count=len(self._would_lose)), wrong=True)
