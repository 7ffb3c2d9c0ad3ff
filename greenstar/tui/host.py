"""What screens and dialogs ask of the program around them. The app has one; a test brings its own."""

from collections.abc import Callable, Coroutine
from typing import Any, Protocol, cast

from textual.app import App
from textual.dom import DOMNode

from greenstar.i18n.catalogue import Catalogue
from greenstar.i18n.phrase import Phrase
from greenstar.services.settings.keymap import Keymap
from greenstar.services.settings.settings import Settings
from greenstar.services.settings.settings_file import Setting
from greenstar.services.workspace import Workspace
from greenstar.tui.desktop.desktop import Desktop
from greenstar.tui.excursion import Excursion
from greenstar.tui.routes import Route
from greenstar.tui.saving import Saving

Work = Callable[[], Coroutine[Any, Any, None]]


class Host(Protocol):
    """The way to other screens, the language, and what is said in passing."""

    places: dict[str, Any]
    """Where the cursor stood in lists that are made anew each time, by a name that the list chooses."""

    home: bool
    """Whether whoever leaves comes back to a database of his own, which this one was opened beside."""

    @property
    def workspace(self) -> Workspace:
        """The database at work, its cycle, and who assesses."""

    @property
    def catalogue(self) -> Catalogue:
        """The sentences of the language in use."""

    @property
    def keymap(self) -> Keymap:
        """Which key does what."""

    @property
    def saving(self) -> Saving:
        """Where everything that is to be stored is handed in."""

    @property
    def desktop(self) -> Desktop:
        """The machine that the person sits at."""

    def notify(self, phrase: Phrase, *, wrong: bool = False) -> None:
        """Say something above the keys of the screen, for a while; a dialog says it on the screen below."""

    def at_work(self) -> None:
        """Somebody is at work, as another page is shown: what is done in a rest waits, as it does after a key."""

    def damage(self) -> Phrase | None:
        """What is damaged in the database, where anything is: whatever stumbles over it tells of it."""

    def tell_unrecorded(self, why: Phrase, text: str) -> None:
        """Show what was typed and can be recorded nowhere any more, until somebody has read it."""

    def show(self, route: Route, *values: object) -> None:
        """Open a screen with these values; what keeps it from opening is said.

        One of the same kind further down is left, with all above it, unless a visit is open there.
        """

    def show_visit(self, code: str, criterion: str | None = None, question: str | None = None) -> None:
        """The visit of a store (its draft, the sealed one, else a new one), at a criterion, else where it was left.

        A visit that is open below is gone back to: what is half typed there is still there.
        """

    def leave_for(self, excursion: Excursion) -> None:
        """Leave for another database, once all that was typed is on disk; from there one comes back."""

    def show_stores(self) -> None:
        """Back to the list of stores."""

    def go_back(self) -> None:
        """To the screen below."""

    def go_on(self, node: DOMNode, work: Work) -> None:
        """Do what waits for something, while the screen goes on and as long as `node` is there; say what cannot be."""

    def when_saved(self, go: Callable[[], object]) -> None:
        """Leave the screen once all that was typed is on disk; while the disk does not take it, one stays here."""

    def switch_language(self) -> None:
        """The next language, on every screen at once."""

    def switch_look(self) -> None:
        """The next look; it is kept for the next start."""

    def setting_changed(self, setting: Setting, settings: Settings) -> None:
        """A setting was changed: it holds from now on, on every screen."""

    def quit(self) -> None:
        """End the program; what is typed is recorded first. Where the disk would not take it, only when asked twice."""


class _Hosting(Protocol):
    host: Host


def host_of(app: App[Any]) -> Host:
    """The host that an app has in `host`."""
    return cast("_Hosting", app).host
