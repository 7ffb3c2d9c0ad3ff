"""The application on a terminal: what it is made of."""

from typing import TYPE_CHECKING, Any

from textual.events import Key, Paste
from textual.screen import Screen
from typing_extensions import override

from greenstar.i18n.phrase import Phrase
from greenstar.services.settings.settings import configured
from greenstar.services.stores.stores import is_empty
from greenstar.services.visit.window import never_left
from greenstar.services.workspace import Workspace
from greenstar.tui import glyphs, routes
from greenstar.tui.common.bindings import textual_keymap
from greenstar.tui.common.pasting import MOST_PASTED, TakesAll, taken_by
from greenstar.tui.common.screen import GreenScreen
from greenstar.tui.desktop.browser_desktop import desktop_here
from greenstar.tui.shell.app_host import AppHost
from greenstar.tui.shell.ending import Ending
from greenstar.tui.shell.garbage import Garbage
from greenstar.tui.shell.leader import Leader
from greenstar.tui.shell.preloading import Preloading
from greenstar.tui.stores.stores_screen import StoresScreen
from greenstar.tui.textual_compat.alt_keys import know_alt_keys
from greenstar.tui.textual_compat.control_codes import SafeLines, show_control_codes
from greenstar.tui.textual_compat.ending import outlive_output, resume_only_after_a_pause, watch_for_the_end
from greenstar.tui.textual_compat.error_boundary import AppErrorBoundary
from greenstar.tui.textual_compat.kept_styles import keep_styles
from greenstar.tui.textual_compat.lean_lines import make_lean_lines
from greenstar.tui.textual_compat.odd_keys import ignore_odd_keys
from greenstar.tui.textual_compat.plain_signs import PlainLines
from greenstar.tui.textual_compat.quick_reads import read_quickly
from greenstar.tui.textual_compat.scroll_bar import draw_plain_scroll_bars
from greenstar.tui.textual_compat.slow_line import outwait_slow_lines
from greenstar.tui.textual_compat.terminal_input import UNREADABLE, decode_as_terminal, read_before
from greenstar.tui.textual_compat.terminal_query import Terminal
from greenstar.tui.textual_compat.type_ahead import TypeAhead
from greenstar.tui.theme import first_look, looks

if TYPE_CHECKING:
    from greenstar.tui.tour.tour import Tour

_SHORTLY = 1.0  # seconds that keys wait for what the key before is having stored


class GreenStarApp(TypeAhead, AppErrorBoundary, PlainLines, SafeLines):  # what is made visible has plain signs, too
    """Green Star on a terminal."""

    TITLE = "Green Star"
    ENABLE_COMMAND_PALETTE = False
    CSS = "*:disabled:can-focus { opacity: 1; }"  # what can only be read must be readable

    def __init__(
        self,
        workspace: Workspace,
        language: str,
        store: str | None = None,
        terminal: Terminal | None = None,
        *,
        ask_name: bool = False,
        home: bool = False,
        tour: bool = False,
    ) -> None:
        """`store`: whose visit to open; `terminal`: what is known of it, where it was asked.

        `ask_name`: ask first who the assessor is, where nobody has said so yet. `home`: whoever leaves comes back to a
        database of his own. `tour`: it begins with the tour.
        """
        super().__init__()
        terminal = terminal or Terminal()
        glyphs.use(chosen if (chosen := configured("glyphs")) in glyphs.SETS else glyphs.SETS[terminal.simple])
        self._mend_textual(terminal.typed)
        self._garbage, self._preloading = Garbage(self), Preloading(self)
        desktop = desktop_here(super().copy_to_clipboard)
        self.host = AppHost(self, workspace, language, desktop, self._at_work, dark=terminal.dark, home=home)
        self.ending = Ending(self, self.host)
        self._store, self._asks_name = store, ask_name and workspace.unnamed
        self.tour = self._new_tour() if tour else None
        self._leader = Leader(self)
        self.set_keymap(textual_keymap(self.host.keymap))
        for look in looks(few_colours=terminal.few_colours):
            self.register_theme(look)
        self.theme = first_look(configured("look"), dark=terminal.dark)

    def _mend_textual(self, typed: bytes) -> None:
        """Have Textual do what `textual_compat` says; `typed`: what was typed before it reads."""
        read_quickly()
        make_lean_lines()
        keep_styles(self)
        draw_plain_scroll_bars()
        know_alt_keys()
        show_control_codes()
        ignore_odd_keys()
        outwait_slow_lines(self.driver_class, read_before(typed) if typed else "")
        decode_as_terminal(self.driver_class)
        outlive_output(self.driver_class)
        resume_only_after_a_pause(self.driver_class)

    def _new_tour(self) -> "Tour":
        from greenstar.tui.tour.tour import Tour  # noqa: PLC0415 - the list of stores is painted without

        return Tour(self)

    @override
    def get_default_screen(self) -> Screen[Any]:
        return StoresScreen()

    def on_mount(self) -> None:
        """Straight to the visit that is asked for, else to one whose window ended without being left."""
        watch_for_the_end(self, self.ending.begin)
        self._garbage.start()
        self.call_after_refresh(self.host.tell_problems)
        self.host.desktop.listen(self.host.file_arrived, self.refresh)
        if self._asks_name:
            self.call_after_refresh(self._ask_name)
        else:
            self._begin()

    def _ask_name(self) -> None:
        """Who the assessor is stands on everything that is recorded, so it is asked before anything is."""
        from greenstar.tui.steps.name_dialog import name_dialog  # noqa: PLC0415 - asked once, at the first start

        self.push_screen(name_dialog(self.host.workspace), lambda _: self._begin())

    def _begin(self) -> None:
        store = self._store or never_left(self.host.workspace)
        if self.tour is not None:
            _ = self.run_worker(self.tour.play(), group="tour")
        elif store is not None:
            self.call_after_refresh(self.host.show_visit, store)
        elif is_empty(self.host.workspace):
            self.call_after_refresh(self.host.show, routes.WELCOME)

    def on_ready(self) -> None:
        """The first screen is painted."""
        self._garbage.leave_out()
        self._preloading.start()

    def on_unmount(self) -> None:
        """The app has ended."""
        self._garbage.stop()

    @override
    def copy_to_clipboard(self, text: str) -> None:
        self.host.desktop.copy_text(text)

    def _at_work(self) -> None:
        """Somebody typed or went to another page: what is done in a rest waits for the next one."""
        self._garbage.at_work()
        self._preloading.at_work()

    @override
    def look_at(self, event: Key) -> bool:
        self._at_work()
        if self.tour is not None and self.tour.takes(event):
            return False
        self.host.key_comes()
        if isinstance(self.screen, GreenScreen):
            self.screen.key_comes()
        if event.character != UNREADABLE:
            return not self._leader.takes(event)
        self.host.notify(Phrase("navigation.unreadable"), wrong=True)
        return False

    @override
    def leads_on(self, event: Key | Paste) -> bool:
        return self._leader.pending or super().leads_on(event)

    @override
    async def come_about(self) -> None:
        await self.host.saving.answered(_SHORTLY)

    @override
    def look_through(self, event: Paste) -> None:
        if isinstance(self.focused, TakesAll):
            return
        if UNREADABLE in event.text:
            self.host.notify(Phrase("navigation.unreadable"), wrong=True)
            event.text = event.text.replace(UNREADABLE, "")
        if len(event.text) > MOST_PASTED:
            pasted, most = f"{len(event.text):,}", f"{MOST_PASTED:,}"
            self.host.notify(Phrase("tui.paste_cut", found=pasted, most=most), wrong=True)
        event.text = taken_by(self.focused, event.text)

    @override
    def action_help_quit(self) -> None:
        self.host.notify(Phrase("navigation.how_to_quit"))

    @override
    async def action_quit(self) -> None:
        self.host.quit()
