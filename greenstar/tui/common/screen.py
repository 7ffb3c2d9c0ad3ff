"""What all screens share: the frame, the commands, the language, and windows that are too small."""

from collections.abc import Iterable
from inspect import iscoroutinefunction
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.events import Click, Key, ScreenSuspend
from textual.widget import Widget
from typing_extensions import override

from greenstar.errors import GreenStarError
from greenstar.i18n.catalogue import Catalogue
from greenstar.i18n.phrase import Phrase
from greenstar.keys import EVERYWHERE, LANGUAGE, Command, key_shown
from greenstar.text import cell_width
from greenstar.tui import glyphs, routes
from greenstar.tui.common.bindings import binding_of
from greenstar.tui.common.clicks import CommandClicked, press_enter
from greenstar.tui.common.key_line import KeyLine, works_elsewhere
from greenstar.tui.common.notice import Notice
from greenstar.tui.common.split_line import SplitLine
from greenstar.tui.common.too_small import LEAST_HEIGHT, LEAST_WIDTH, TooSmall
from greenstar.tui.host import Host, host_of
from greenstar.tui.textual_compat.error_boundary import ErrorBoundary
from greenstar.tui.textual_compat.single_layout import SingleLayout

ROOMY, WIDE = 100, 120  # cells: from here there is room for words; for a third column
STORE_LEFT = "store_that_was_left"  # where the host keeps which store one comes from, for a list of stores
ARRIVED = "files_that_arrived"  # where the host keeps the paths of uploaded files until a field takes them
LOOK_SECONDS = 1.0  # between two looks at what other windows changed


class GreenScreen(ErrorBoundary, SingleLayout[None]):
    """A title line, a body, and a line of keys.

    A subclass lists its `commands`, in the order of the footer, and has a method `do_NAME` for each. Their keys follow.
    What has the class `panel` stands in a border with its `border_title`; a `callout` is quiet text beside a bar.
    """

    commands: ClassVar[tuple[Command, ...]] = EVERYWHERE
    BINDINGS: ClassVar[list[BindingType]] = [binding_of(command) for command in EVERYWHERE]
    HORIZONTAL_BREAKPOINTS = [
        (0, "-too-narrow"),
        (LEAST_WIDTH, "-narrow"),
        (ROOMY, "-roomy"),
        (WIDE, "-wide"),
        (150, "-widest"),
        (180, "-vast"),
    ]
    VERTICAL_BREAKPOINTS = [
        (0, "-too-low"),
        (LEAST_HEIGHT, "-low"),
        (30, "-high"),
    ]
    DEFAULT_CSS = """
    GreenScreen {
        layers: base cover;
        overflow: hidden;
        background: $background;
        & > #title { background: $panel; padding: 0 1; }
        & > #body { height: 1fr; }
        .panel {
            border: round $line; padding: 0 1; border-title-color: $muted; border-subtitle-color: $muted;
            &:focus-within, &:focus { border: round $primary; border-title-color: $primary; border-title-style: bold; }
        }
        .callout { border-left: outer $line; padding: 0 1; background: $surface; color: $muted; height: auto; }
        &.-plain .panel { border: ascii $line; &:focus-within, &:focus { border: ascii $primary; } }
        &.-plain .callout { border-left: ascii $line; }
        &.-too-narrow TooSmall, &.-too-low TooSmall { display: block; }
    }
    """

    @override
    def __init_subclass__(cls, **options: Any) -> None:
        own = [binding_of(command) for command in cls.commands if command.bound]
        cls.BINDINGS = [*vars(cls).get("BINDINGS", ()), *own]
        super().__init_subclass__(**options)

    def __init__(self) -> None:
        super().__init__()
        self.notice = Notice(id="notice")

    def compose(self) -> ComposeResult:
        """The frame around the body, looking from the start as it does in a window of this size."""
        self.set_class(glyphs.in_use() == "plain", "-plain", update=False)  # borders are drawn so
        self.add_class(*_fitting(self.HORIZONTAL_BREAKPOINTS, self.app.size.width), update=False)
        self.add_class(*_fitting(self.VERTICAL_BREAKPOINTS, self.app.size.height), update=False)
        yield SplitLine(id="title")
        yield from self.body()
        yield self.notice
        yield KeyLine(self.commands)
        yield TooSmall()

    def body(self) -> Iterable[Widget]:
        """What stands between title and keys."""
        return ()

    def on_mount(self) -> None:
        """Write everything once."""
        self.relabel()

    @property
    def wide(self) -> bool:
        """Whether there is room for a third column."""
        return self.app.size.width >= WIDE

    @property
    def on_top(self) -> bool:
        """Whether no other screen stands over it; dialogs may."""
        return next((screen for screen in self.app.screen_stack[::-1] if isinstance(screen, GreenScreen)), None) is self

    # -- language

    @property
    def host(self) -> Host:
        """The program around the screen."""
        return host_of(self.app)

    @property
    def catalogue(self) -> Catalogue:
        """That of the host: all screens speak one language."""
        return self.host.catalogue

    def relabel(self) -> None:
        """Write every word in the language in use; what people typed stays as it is."""
        self.show_keys()
        self.query_one(KeyLine).relabel(self.catalogue)
        self.query_one(TooSmall).relabel(self.catalogue)

    def show_keys(self) -> None:
        """Have the line of keys list those that do something here."""
        self.query_one(KeyLine).show(self.live_commands)

    @property
    def live_commands(self) -> list[Command]:
        """The commands that do something here and now."""
        return [command for command in self.commands if self.does(command)]

    def does(self, command: Command) -> bool:
        """Whether a command does something here and now: none changes a visit that can only be read."""
        return not (command.writes and self.read_only)

    @property
    def read_only(self) -> bool:
        """Whether the visit that is shown can only be read."""
        return False

    def saving_changed(self) -> None:
        """Something was handed in to be saved, is saved, or cannot be: a screen that says so says it again."""

    def take_arrived(self) -> bool:
        """Take the files that the host keeps under `ARRIVED`; whether this screen has a field for them."""
        return False

    def settle(self) -> None:
        """Record what is typed and not yet recorded."""

    def leave(self) -> None:
        """Put everything in order; called before anything that leaves the screen."""
        self.settle()

    def keep_typed(self) -> None:
        """Put everything in order where the program is told to end: nobody has left a field."""
        self.leave()

    @property
    def can_notice(self) -> bool:
        """Whether its widgets are there: a screen that was just opened makes them a moment later."""
        return bool(self.query("#notice"))

    def key_comes(self) -> None:
        """A key is about to do its work; the mouse is as good as one."""
        self.notice.key_comes()

    def on_mouse_down(self) -> None:
        """What was said in passing goes."""
        self.key_comes()

    @on(ScreenSuspend)
    def page_changes(self) -> None:
        """Another page comes."""
        self.host.at_work()
        self.notice.page_changes()

    # -- commands

    def action_command(self, name: str) -> None:
        """Do the command of that name; the notice of the command before goes."""
        self.notice.clear()
        try:
            command = getattr(self, f"do_{name}")
            if iscoroutinefunction(command):  # it waits for something
                self.host.go_on(self, command)
            else:
                command()
        except GreenStarError as error:
            self.host.notify(error.message, wrong=True)

    def on_key(self, event: Key) -> None:
        """A key that nothing here took: say on which screens it does something, or of a letter that it does nothing."""
        command = self.host.keymap.command_at(event.key)
        if command is not None and command.name not in {own.name for own in self.commands}:
            self.host.notify(works_elsewhere(command, key_shown(event.key)))
        elif command is None and event.is_printable:
            key = (event.character or "").strip() or key_shown(event.key)
            self.host.notify(Phrase("navigation.does_nothing", key=key))

    @on(CommandClicked)
    def _command_clicked(self, event: CommandClicked) -> None:
        self.action_command(event.name)

    @on(Click, "#title")
    def _title_clicked(self, event: Click) -> None:
        """At its right end stands the language; a click on it is as good as its key."""
        if event.x >= self.size.width - 1 - cell_width(self.catalogue.sign):
            self.action_command(LANGUAGE.name)

    def do_keys(self) -> None:
        """Show the keys of this screen, and the words."""
        self.host.show(routes.HELP, self.live_commands)

    def do_enter(self) -> None:
        """Enter, by a click on its words."""
        press_enter(self.app)

    def do_settings(self) -> None:
        """Show the settings, to change them."""
        self.leave()
        self.host.when_saved(lambda: self.host.show(routes.SETTINGS))

    def do_back(self) -> None:
        """Go back to where one came from."""
        self.leave()
        self.host.when_saved(self.host.go_back)

    def do_ranking(self) -> None:
        """Show the ranking of the cycle; on screens that have the command."""
        self.leave()
        self.host.when_saved(lambda: self.host.show(routes.RANKING, self.host.workspace, self.store_shown))

    @property
    def store_shown(self) -> str | None:
        """The code of the store that it is about, or that its cursor stands on: where a ranking begins."""
        return None

    def do_stores(self) -> None:
        """Go back to the list of stores; on screens that have the command."""
        self.leave()
        self.host.when_saved(self.host.show_stores)

    def do_language(self) -> None:
        """Switch the language."""
        self.host.switch_language()

    def do_palette(self) -> None:
        """List everything that can be done here."""
        self.app.push_screen(routes.PALETTE.load()(self.live_commands, self.catalogue.pressed), self._chosen_in_palette)

    def _chosen_in_palette(self, name: str | None) -> None:
        if name is not None:
            self.call_later(self.action_command, name)

    def do_light(self) -> None:
        """Switch between dark and light."""
        self.host.switch_look()

    def do_quit(self) -> None:
        """Leave the program."""
        self.host.quit()


def _fitting(breakpoints: list[tuple[int, str]], size: int) -> list[str]:
    """The class that Textual sets for a size, once it has laid out for it."""
    return [name for least, name in breakpoints if size >= least][-1:]
