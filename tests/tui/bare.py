"""A bare app for parts of the screen: no database, no other screens, and a host that only remembers."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from textual.app import App
from textual.dom import DOMNode
from textual.message import Message
from textual.widget import Widget
from textual.worker import Worker
from typing_extensions import override

from greenstar.assessment.answer_types import Refused
from greenstar.errors import GreenStarError
from greenstar.i18n.catalogue import Catalogue
from greenstar.i18n.phrase import Phrase
from greenstar.services.evidence.path_completion import Completion
from greenstar.services.settings.keymap import AS_DECLARED
from greenstar.services.settings.settings import Settings
from greenstar.services.settings.settings_file import Setting
from greenstar.services.workspace import Workspace
from greenstar.services.writer import Job
from greenstar.tui.host import Work
from greenstar.tui.routes import Route
from greenstar.tui.saving import Saving
from greenstar.tui.theme import LOOKS


class BareDesktop:
    """A machine without files: what is shown and copied is remembered."""

    def __init__(self) -> None:
        self.shown: list[Path] = []
        self.copied: list[str] = []

    def show_file(self, path: Path) -> bool:
        """Remember it."""
        self.shown.append(path)
        return True

    def complete_path(self, typed: str) -> Completion:
        """Nothing fits."""
        return Completion(typed, typed)

    def paths_in(self, typed: str) -> list[str]:
        """The words."""
        return typed.split()

    def copy_text(self, text: str) -> None:
        """Remember it."""
        self.copied.append(text)


class AtOnce:
    """Does every job at once, in this thread."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace

    def put(self, job: Job) -> None:
        """Do it."""
        try:
            result = job.use_case(self.workspace)
        except (GreenStarError, Refused) as error:
            job.failed(error)
        else:
            job.done(result)

    def take_back(self, job: Job) -> None:
        """It is done already."""

    def close(self, deadline: float) -> dict[str, str]:  # noqa: ARG002 - as the writer has it
        """Nothing is left."""
        return {}


def saving_at_once(workspace: Any) -> Saving:
    """Everything is on disk as soon as it is handed in."""
    return Saving(workspace, lambda _: AtOnce(workspace), lambda: None)


class BareHost:
    """What was asked of it: sentences by their keys, and screens."""

    def __init__(self, language: str = "en") -> None:
        self.workspace: Any = None
        self.saving = saving_at_once(self.workspace)
        self.catalogue = Catalogue(language)
        self.keymap = AS_DECLARED
        self.desktop = BareDesktop()
        self.places: dict[str, Any] = {}
        self.told: list[str] = []
        self.shown: list[tuple[object, ...]] = []

    def at_work(self) -> None:
        """Nothing waits for a rest."""

    def damage(self) -> None:
        """Nothing is damaged."""

    def notify(self, phrase: Phrase, *, wrong: bool = False) -> None:
        """Remember it."""
        self.told.append(f"{'! ' if wrong else ''}{phrase.key}")

    def tell_unrecorded(self, why: Phrase, text: str) -> None:
        """Remember it."""
        self.told.append(f"{why.key}: {text}")

    def show(self, route: Route, *values: object) -> None:
        """Remember it."""
        self.shown.append((route, *values))

    def show_visit(self, code: str, criterion: str | None = None, question: str | None = None) -> None:
        """Remember it."""
        self.shown.append((code, criterion, question))

    def show_stores(self) -> None:
        """Nowhere to go."""

    def go_back(self) -> None:
        """Nowhere to go."""

    def go_on(self, node: DOMNode, work: Work) -> None:
        """Go on."""
        _: Worker[None] = node.run_worker(work)

    def when_saved(self, go: Callable[[], object]) -> None:
        """Everything is saved."""
        go()

    def switch_language(self) -> None:
        """There is one."""

    def switch_look(self) -> None:
        """There is one."""

    def setting_changed(self, setting: Setting, settings: Settings) -> None:
        """There are none."""

    def quit(self) -> None:
        """There is nothing to leave."""


class BareApp(App[None]):
    """Shows a few widgets, and remembers the messages that come up from them."""

    def __init__(self, *widgets: Widget, language: str = "en") -> None:
        super().__init__()
        self.host = BareHost(language)
        self.came_up: list[Message] = []
        self._widgets = widgets
        for look in LOOKS.values():
            self.register_theme(look)
        self.theme = next(iter(LOOKS))

    @override
    def compose(self) -> Iterator[Widget]:
        yield from self._widgets

    def remember(self, message: Message) -> None:
        """To be given to `run_test` as its `message_hook`, which sees a message at every widget that it passes."""
        if not any(message is known for known in self.came_up):
            self.came_up.append(message)

    def of_kind(self, kind: type[Message]) -> list[Any]:
        """The messages of a kind that came up."""
        return [message for message in self.came_up if isinstance(message, kind)]
