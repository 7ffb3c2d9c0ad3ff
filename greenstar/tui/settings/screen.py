"""The settings: what each is, what it means, where the file lies. Enter changes one, and it is written on the spot."""

import asyncio
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path

from textual import on
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from typing_extensions import override

from greenstar.i18n.phrase import Phrase
from greenstar.keys import ALL, BY_NAME, ENTER, key_shown, screen_commands
from greenstar.services.settings.settings import config_file, expand_home, keep, load_settings
from greenstar.services.settings.settings_file import (
    ASSESSOR,
    EVIDENCE_FOLDER,
    GLYPHS,
    KEYS,
    LANGUAGE,
    SETTINGS,
    Setting,
)
from greenstar.tui.common.finder import Finder, FinderItem
from greenstar.tui.common.lines import columns, shortened
from greenstar.tui.common.panel import PanelWords
from greenstar.tui.common.rows import Rows
from greenstar.tui.common.screen import GreenScreen
from greenstar.tui.common.split_line import SplitLine
from greenstar.tui.common.text import Line, Words
from greenstar.tui.settings.key_columns import keys_in_columns
from greenstar.tui.settings.key_dialog import KeyDialog
from greenstar.tui.settings.text_dialog import TextDialog

_KEYS = Setting(KEYS)
_ROWS = (*SETTINGS, _KEYS)
_PANELS = ("list", "about", "keys")
_NAME = 22  # cells
_WIDEST, _AROUND = 108, 10  # of the panels, and what is around their words


class SettingsScreen(GreenScreen):
    """A list of the settings; below it, what the one under the cursor means, and what is wrong in the file."""

    VERTICAL_BREAKPOINTS = [*GreenScreen.VERTICAL_BREAKPOINTS, (36, "-tall")]
    commands = screen_commands(ENTER.saying("change_setting"))
    DEFAULT_CSS = """
    SettingsScreen {
        #body { align-horizontal: center; padding: 0 1; }
        #list { height: 9; max-width: 108; margin-top: 1; }
        #about { height: auto; max-width: 108; min-height: 5; }
        #problems { color: $warning; max-height: 40vh; margin-top: 1; }
        #keys { display: none; max-width: 108; height: auto; max-height: 1fr; }
        #keys Line { height: auto; }
        &.-tall #keys { display: block; }
        &.-vast #list, &.-vast #about, &.-vast #keys { max-width: 160; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self.settings = load_settings()

    @override
    def body(self) -> Iterable[Widget]:
        yield Vertical(
            Rows(self._draw, id="list"),
            Vertical(Words(id="means"), Words(id="problems"), id="about"),
            VerticalScroll(Line(), id="keys", can_focus=False),
            id="body",
        )

    @property
    def rows(self) -> Rows:
        """The settings, a row each."""
        return self.query_one(Rows)

    def on_mount(self) -> None:
        """The cursor stands in the list."""
        self._list, self._about, self._keys = (PanelWords(self.query_one(f"#{name}")) for name in _PANELS)
        self.rows.show(list(_ROWS), 0)
        self.rows.focus()

    # -- showing

    @override
    def relabel(self) -> None:
        super().relabel()
        title = Content.styled(self.catalogue.say("settings.title"), "bold $primary")
        self.query_one("#title", SplitLine).show(title, self.catalogue.sign)
        file = self.catalogue.say("settings.lies_at", file=str(config_file()))
        self._list.foot(shortened(file, min(self.size.width, _WIDEST) - _AROUND))
        problems = (f"! {self.catalogue.render(problem)}" for problem in self.settings.problems)
        self.query_one("#problems", Words).say("\n".join(problems))
        self._say_meaning()
        self._say_keys()
        self.rows.refresh()

    def on_resize(self) -> None:
        """In another width the keys stand in more or fewer columns."""
        self.call_after_refresh(self._say_keys)

    def _say_keys(self) -> None:
        """All commands with their keys, where a window has room for them; those that were changed stand out."""
        self._keys.title(Content(self.catalogue.say("settings.name_keys")))
        width = self.query_one("#keys").scrollable_content_region.width
        if width:
            lines = keys_in_columns(self.host.keymap, self.catalogue, width)
            self.query_one("#keys Line", Line).say(Content("\n").join(lines), resizes=True)

    @on(Rows.Moved)
    def _say_meaning(self) -> None:
        setting: Setting | None = self.rows.row
        if setting is not None:
            leader = key_shown(self.host.keymap.leader)
            self._about.title(Content(self.catalogue.say(f"settings.name_{setting.name}")))
            self.query_one("#means", Words).say(self.catalogue.say(f"settings.means_{setting.name}", leader=leader))

    def _draw(self, setting: Setting, width: int) -> Content:
        name = self.catalogue.say(f"settings.name_{setting.name}")
        return columns([(name, _NAME), (Content.styled(self._value(setting), "bold"), width - _NAME - 2)])

    def _value(self, setting: Setting) -> str:
        if setting is _KEYS:
            changed = len({*self.host.keymap.changed, *self.host.keymap.letters})
            return self.catalogue.say(
                "settings.keys_changed" if changed else "settings.keys_as_declared", count=changed
            )
        value = self.settings[setting]
        if setting.choices:
            return self.catalogue.say(f"settings.value_{value}")
        return value or self.catalogue.say("settings.unset")

    # -- changing

    @on(Rows.Chosen)
    def _chosen(self, event: Rows.Chosen) -> None:
        setting: Setting = event.row
        self._say_meaning()  # a click chooses what the cursor did not stand at
        if setting is _KEYS:
            items = list(self._command_items())
            self.app.push_screen(Finder("settings.which_command", items), self._command_chosen)
        elif setting.choices:
            choices = [FinderItem(choice, "", Phrase(f"settings.value_{choice}")) for choice in setting.choices]
            self.app.push_screen(Finder(f"settings.name_{setting.name}", choices), partial(self._keep, setting))
        else:
            name = Phrase(f"settings.name_{setting.name}")
            self.app.push_screen(TextDialog(name, self.settings[setting]), partial(self._keep, setting))

    def _command_items(self) -> Iterator[FinderItem]:
        for command in ALL:
            if not command.fixed:
                keys = "  ".join(self.host.keymap.shown(command))
                yield FinderItem(command.name, "", Phrase(command.sentence), (Phrase(command.word), command.name), keys)

    def _command_chosen(self, name: str | None) -> None:
        if name is not None:
            self.app.push_screen(KeyDialog(BY_NAME[name]), partial(self._key_pressed, name))

    def _key_pressed(self, name: str, key: str | None) -> None:
        if key is not None:
            self.host.go_on(self, partial(self._write, Setting(name, table=KEYS), key_shown(key) or None))

    def _keep(self, setting: Setting, value: str | None) -> None:
        if value is not None:
            self.host.go_on(self, partial(self._write, setting, value))

    async def _write(self, setting: Setting, value: str | None) -> None:
        """Write it, on a thread of its own, and have it hold."""
        await asyncio.to_thread(keep, setting, value)
        self.settings = load_settings()
        self.host.setting_changed(setting, self.settings)
        self.relabel()
        self.host.notify(self._told(setting))

    def _told(self, setting: Setting) -> Phrase:
        """What became of it."""
        if setting.table == KEYS:
            command = BY_NAME[setting.name]
            return Phrase("settings.key_kept", command=Phrase(command.word), keys=self.host.keymap.shown(command))
        value = self.settings[setting]
        if setting == EVIDENCE_FOLDER and value and not _is_folder(expand_home(value)):
            return Phrase("settings.no_such_folder", folder=value)
        later = setting in (GLYPHS, ASSESSOR) or (setting == LANGUAGE and value == LANGUAGE.default)
        key = "settings.kept_next_start" if later else "settings.kept"
        return Phrase(key, name=Phrase(f"settings.name_{setting.name}"), value=self._value(setting))


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:
        return False
