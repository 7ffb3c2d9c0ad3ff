"""What a level needs: all that is unmet, and for each the criteria that could close it, with what each could bring."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.events import Click, ScreenResume
from textual.message import Message
from textual.style import Style
from textual.widget import Widget
from typing_extensions import override

from greenstar.errors import GreenStarError
from greenstar.i18n.phrase import Phrase
from greenstar.keys import ENTER, screen_commands
from greenstar.services.visit.submission import again
from greenstar.services.visit.visit import OpenVisit
from greenstar.tui import glyphs
from greenstar.tui.common import wording
from greenstar.tui.common.lines import both_ends
from greenstar.tui.common.panel import PanelWords
from greenstar.tui.common.rows import Rows
from greenstar.tui.common.text import Line
from greenstar.tui.common.visit_screen import VisitScreen
from greenstar.tui.results.gate_lines import gate_lines
from greenstar.tui.results.requirement_rows import MoreClosers, RequirementRows


class Levels(Line):
    """The levels side by side; a click on one asks for it."""

    @dataclass
    class Wanted(Message):
        """A level is to be shown, by its place."""

        at: int

    def on_click(self, event: Click) -> None:
        """Ask for the level under the mouse."""
        at = event.style.meta.get("level")
        if at is not None:
            self.post_message(self.Wanted(at))


class RequirementsScreen(VisitScreen):
    """One level at a time; left, right or a digit shows another one."""

    commands = screen_commands(ENTER.saying("go_there"))
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "another(-1)", show=False),
        Binding("right", "another(1)", show=False),
        *(Binding(str(digit), f"level({digit - 1})", show=False) for digit in range(1, 10)),
    ]
    DEFAULT_CSS = """
    RequirementsScreen {
        Levels { padding: 0 1; background: $background; margin-bottom: 1; }
        #page { height: 1fr; padding: 0 1; }
        #body { width: 1fr; }
        #gates { display: none; width: 40%; margin-left: 1; }
        &.-wide #gates, &.-widest #gates, &.-vast #gates { display: block; }
        #gates Line { height: auto; }
    }
    """

    def __init__(self, visit: OpenVisit) -> None:
        super().__init__(again(visit))
        self.impact = self.visit.worked.impact
        level = self.impact.card.next_level
        levels = self.impact.card.levels
        self.at = levels.index(level) if level is not None else max(len(levels) - 1, 0)

    @override
    def body(self) -> Iterable[Widget]:
        yield Levels()
        with Horizontal(id="page"):
            yield RequirementRows(self.visit, self.impact, self.catalogue)
            with Vertical(id="gates"):
                yield Line()

    @property
    def rows(self) -> RequirementRows:
        """What the level needs."""
        return self.query_one(RequirementRows)

    def on_mount(self) -> None:
        """The cursor stands in the list."""
        self._panel, self._gates = PanelWords(self.rows), PanelWords(self.query_one("#gates"))
        self.rows.focus()

    @on(ScreenResume)
    def _came_back(self) -> None:
        try:
            changed = self.visit.refresh()
        except GreenStarError as error:
            self.host.notify(error.message, wrong=True)
            return
        if changed:
            self.impact = self.visit.worked.impact
        self.relabel()

    @on(Rows.Measured)
    def _measured(self) -> None:
        """Words are set to the width."""
        self._lay_out()

    # -- which level

    @on(Levels.Wanted)
    def _level_wanted(self, event: Levels.Wanted) -> None:
        self.action_level(event.at)

    def action_another(self, by: int) -> None:
        """The next level, or the one before."""
        self.action_level(self.at + by)

    def action_level(self, at: int) -> None:
        """A level by its place."""
        if 0 <= at < len(self.impact.card.levels):
            self.at = at
            self._show_levels()
            self._lay_out(0)

    # -- showing

    def on_resize(self) -> None:
        """Another width: what gave way may fit now."""
        self.call_after_refresh(self.relabel)

    @override
    def relabel(self) -> None:
        super().relabel()
        say = self.catalogue.say
        self.say_title(say("checklist.needs_title"))
        self._show_levels()
        self._lay_out()

    def _show_levels(self) -> None:
        scheme, card = self.visit.scheme, self.impact.card
        parts: list[Content | str] = []
        for at, level in enumerate(card.levels):
            open_still = level.possible and not self.visit.read_only
            glyph = glyphs.MET if level.holds else glyphs.OPEN if open_still else glyphs.NOT_MET
            mark = Content.assemble(
                (glyphs.HERE.mark if at == self.at else " ", "bold $primary"),
                (f"{at + 1} ", "$muted"),
                glyph.content,
                " ",
                (wording.level_words(scheme, level.id, self.catalogue), "bold" if at == self.at else "$muted"),
            )
            parts += [mark.stylize(Style.from_meta({"level": at})), "   "]
        hint = Content.styled(self.catalogue.say("checklist.needs_which"), "$muted") if len(card.levels) > 1 else ""
        self.query_one(Levels).say(both_ends(Content.assemble(*parts[:-1]), hint, max(self.size.width - 2, 20)))

    def _lay_out(self, cursor: int | None = None) -> None:
        levels = self.impact.card.levels
        self.rows.with_gates = not self.wide
        self.rows.lay_out(self.impact, self.catalogue, self.at, cursor=cursor)
        if not levels:
            return
        level = levels[self.at].id
        self._panel.title(Content(wording.level_words(self.visit.scheme, level, self.catalogue)))
        self._gates.title(Content(self.catalogue.say("checklist.gates")))
        width = self.query_one("#gates").content_size.width
        if self.wide and width:
            lines = gate_lines(self.visit, level, self.catalogue, width)
            self.query_one("#gates Line", Line).say(Content("\n").join(lines), resizes=True)

    # -- going there

    @on(Rows.Chosen)
    def _chosen(self, event: Rows.Chosen) -> None:
        """To the criterion under the cursor, or the first below; or show all of them."""
        if isinstance(event.row, MoreClosers):
            self.rows.unfold(event.row)
        elif self.rows.criterion is not None:
            self.host.show_visit(self.visit.visit.store.code, self.rows.criterion)
        else:
            self.host.notify(Phrase("checklist.nobody_closes"))
