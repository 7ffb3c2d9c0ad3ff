"""What all dialogs share: a panel over the screen, escape to leave it, the language, and windows too small."""

from typing import Any, ClassVar, TypeVar

from textual import on
from textual.binding import BindingType
from textual.screen import ModalScreen
from textual.widgets import Input
from typing_extensions import override

from greenstar.i18n.catalogue import Catalogue
from greenstar.keys import BACK, LANGUAGE, LIGHT, Command
from greenstar.tui import glyphs
from greenstar.tui.common.bindings import binding_of
from greenstar.tui.common.clicks import CommandClicked, leading_keys, press_enter
from greenstar.tui.common.text import Words
from greenstar.tui.common.too_small import LOW, NARROW, TooSmall
from greenstar.tui.host import Host, host_of
from greenstar.tui.textual_compat.error_boundary import ErrorBoundary
from greenstar.tui.textual_compat.single_layout import SingleLayout

Result = TypeVar("Result")

COMMANDS = (BACK, LANGUAGE, LIGHT)


class Dialog(ErrorBoundary, ModalScreen[Result], SingleLayout[Result]):
    """Asks one thing, and goes away. `ModalScreen` comes first: of several bases Textual takes the styles of one."""

    commands: ClassVar[tuple[Command, ...]] = COMMANDS
    BINDINGS: ClassVar[list[BindingType]] = [binding_of(command) for command in COMMANDS]
    HORIZONTAL_BREAKPOINTS = NARROW
    VERTICAL_BREAKPOINTS = LOW
    DEFAULT_CSS = """
    Dialog {
        layers: base cover;
        align: center middle;
        & > #panel {
            width: 76; max-width: 96%; height: auto; max-height: 90%; padding: 0 1;
            background: $panel; border: round $primary;
        }
        &.-plain > #panel { border: ascii $primary; }
        #question { margin-bottom: 1; display: block; }
        #hint { color: $muted; margin-top: 1; }
        #hint.-wrong { color: $warning; text-style: bold; }
        &.-too-narrow TooSmall, &.-too-low TooSmall { display: block; }
    }
    """

    @override
    def __init_subclass__(cls, **options: Any) -> None:
        own = [binding_of(command) for command in cls.commands if command not in COMMANDS]
        cls.BINDINGS = [*vars(cls).get("BINDINGS", ()), *own]
        super().__init_subclass__(**options)

    _warned = False

    def on_mount(self) -> None:
        """Write everything once."""
        self.set_class(glyphs.in_use() == "plain", "-plain")
        self.relabel()
        cover = TooSmall()
        self.mount(cover)
        cover.relabel(self.catalogue)

    @property
    def host(self) -> Host:
        """The program around the dialog."""
        return host_of(self.app)

    @property
    def catalogue(self) -> Catalogue:
        """That of the host: a dialog speaks as the screens do."""
        return self.host.catalogue

    def relabel(self) -> None:
        """Write every word in the language in use; what people typed stays as it is."""

    def hint(self, keys: str) -> None:
        """Say what the keys do; or, after the first escape, that the next one loses what is typed."""
        hint = self.query_one("#hint", Words)
        hint.set_class(self._warned, "-wrong")
        words = f"! {self.catalogue.say('navigation.escape_loses')}" if self._warned else self.catalogue.say(keys)
        hint.say(leading_keys(words))

    @property
    def would_lose(self) -> bool:
        """Whether leaving now loses something that is typed."""
        return False

    @on(Input.Changed)
    def _typed_on(self) -> None:
        """Whoever types on does not mean to leave."""
        if self._warned:
            self._warned = False
            self.relabel()

    def leave(self) -> None:
        """Nothing here is recorded before it is confirmed."""

    def keep_typed(self) -> None:
        """The same, where the program is told to end."""
        self.leave()

    def action_command(self, name: str) -> None:
        """Do the command of that name."""
        getattr(self, f"do_{name}")()

    @on(CommandClicked)
    def _command_clicked(self, event: CommandClicked) -> None:
        self.action_command(event.name)

    def do_enter(self) -> None:
        """Enter, by a click on its words."""
        press_enter(self.app)

    def do_back(self) -> None:
        """Leave without an answer."""
        self.action_cancel()

    def do_language(self) -> None:
        """Switch the language."""
        self.host.switch_language()

    def do_light(self) -> None:
        """Switch the look."""
        self.host.switch_look()

    def action_cancel(self) -> None:
        """Leave without an answer; where that loses what is typed, only when it is asked for twice."""
        if self.would_lose and not self._warned:
            self._warned = True
            self.relabel()
        else:
            self.dismiss(None)
