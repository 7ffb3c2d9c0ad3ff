"""Asks which criteria the tree is to show."""

from collections.abc import Mapping

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.events import Key
from typing_extensions import override

from greenstar.tui import glyphs
from greenstar.tui.common.dialog import Dialog
from greenstar.tui.common.lines import both_ends
from greenstar.tui.common.rows import Rows
from greenstar.tui.common.text import Words
from greenstar.tui.visit.outline_filter import FILTERS


class OutlineFilterDialog(Dialog[str]):
    """The filters with how many criteria each shows; its answer is the name of one."""

    DEFAULT_CSS = """
    OutlineFilterDialog {
        & > #panel { width: 54; }
        Rows { height: 6; background: $panel; }
    }
    """

    def __init__(self, counts: Mapping[str, int], current: str) -> None:
        super().__init__()
        self.counts, self.current = counts, current

    @override
    def compose(self) -> ComposeResult:
        with Vertical(id="panel"):
            yield Words(id="question")
            yield Rows(self._draw)
            yield Words(id="hint")

    def on_mount(self) -> None:
        """The cursor stands at the filter in use."""
        rows = self.query_one(Rows)
        rows.show(FILTERS, FILTERS.index(self.current))
        rows.focus()

    @override
    def relabel(self) -> None:
        self.query_one("#question", Words).say(self.catalogue.say("navigation.filter_question"))
        self.query_one("#hint", Words).say(self.catalogue.say("navigation.filter_keys"))
        self.query_one(Rows).refresh()

    def _draw(self, name: str, width: int) -> Content:
        mark = glyphs.PICKED.mark if name == self.current else glyphs.NOT_PICKED.mark
        words = self.catalogue.say(f"navigation.filter_{name}")
        left = Content.assemble((f"{FILTERS.index(name) + 1} ", "$muted"), (f"{mark} ", "bold $primary"), words)
        return both_ends(left, Content.styled(str(self.counts[name]), "bold"), width)

    def on_key(self, event: Key) -> None:
        """A digit chooses at once."""
        digits = {str(number): name for number, name in enumerate(FILTERS, 1)}
        if event.character in digits:
            event.stop()
            self.dismiss(digits[event.character])

    @on(Rows.Chosen)
    def _chosen(self, event: Rows.Chosen) -> None:
        self.dismiss(event.row)
