"""The keys of the screen one came from, the marks, and the words."""

from collections.abc import Iterable, Sequence

from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from typing_extensions import override

from greenstar.keys import EVERYWHERE, Command
from greenstar.tui import glyphs
from greenstar.tui.common.lines import fit, wrapped
from greenstar.tui.common.screen import GreenScreen
from greenstar.tui.common.split_line import SplitLine
from greenstar.tui.common.text import Words

_FIELD_KEYS = ("enter", "tab", "arrows", "space", "digits", "yes_no", "backspace", "pages")
_WORDS = (
    "criterion",
    "prerequisite",
    "place",
    "fact",
    "open",
    "not_applicable",
    "evidence",
    "finding",
    "previous",
    "half_typed",
    "saved",
    "flag",
    "undo",
    "draft",
    "submitted",
    "level",
    "possible",
    "candidate",
)
_PARAGRAPHS = ("here", "everywhere", "fields", "marks", "words")
_EVERYWHERE = {command.name for command in EVERYWHERE}
_KEY, _LEFT, _GAP = 10, 24, 2  # cells of a key; of the left column at most; behind it


class HelpScreen(GreenScreen):
    """Everything that can be done here, and what marks and words mean."""

    DEFAULT_CSS = """
    HelpScreen {
        #body { padding: 1 2; }
        Paragraph { margin-bottom: 1; }
        .side { height: auto; }
        &.-wide #columns, &.-widest #columns, &.-vast #columns { layout: horizontal; }
        #columns { height: auto; }
        &.-wide .side, &.-widest .side, &.-vast .side { width: 1fr; padding-right: 2; }
    }
    """

    def __init__(self, described: Sequence[Command]) -> None:
        super().__init__()
        self.described = described

    @override
    def body(self) -> Iterable[Widget]:
        keys, meanings = _PARAGRAPHS[:3], _PARAGRAPHS[3:]
        yield VerticalScroll(
            Vertical(
                Vertical(*(Paragraph(id=f"help-{name}") for name in keys), classes="side"),
                Vertical(*(Paragraph(id=f"help-{name}") for name in meanings), classes="side"),
                id="columns",
            ),
            id="body",
        )

    @override
    def do_keys(self) -> None:
        self.do_back()

    @override
    def relabel(self) -> None:
        super().relabel()
        say = self.catalogue.say
        self.query_one("#title", SplitLine).show(
            Content.styled(say("navigation.help_title"), "bold"), self.catalogue.sign
        )
        own = [command for command in self.described if command.name not in _EVERYWHERE]
        common = [command for command in self.described if command.name in _EVERYWHERE]
        fields = [(say(f"navigation.field_key_{name}"), say(f"navigation.field_does_{name}")) for name in _FIELD_KEYS]
        lines: dict[str, list[tuple[Content | str, str]]] = {
            "here": [(self._keys_of(command), say(command.sentence)) for command in own],
            "everywhere": [(self._keys_of(command), say(command.sentence)) for command in common],
            "fields": [*fields],
            "marks": [(glyph.content, say(glyph.meaning)) for glyph in glyphs.MEANINGS],
            "words": [(say(f"navigation.word_{name}"), say(f"navigation.means_{name}")) for name in _WORDS],
        }
        for name, said in lines.items():
            self.query_one(f"#help-{name}", Paragraph).show(say(f"navigation.help_{name}"), said)

    def _keys_of(self, command: Command) -> Content:
        """All ways to press it, the ones after the leader below each other."""
        *keys, leader = self.host.keymap.shown(command)
        return Content.assemble(fit("  ".join(keys), _KEY), leader) if keys else Content(leader)


class Paragraph(Words):
    """A title, and lines in two columns; what is long goes on under its own column."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 Textual's name
        super().__init__(id=id)
        self._title = ""
        self._pairs: list[tuple[Content | str, str]] = []

    def show(self, title: str, pairs: list[tuple[Content | str, str]]) -> None:
        """Show these; nothing, where there are no lines."""
        self._title, self._pairs = title, pairs
        self.say(Content("\n").join(self._written(self.content_size.width)) if pairs else "")

    def on_resize(self) -> None:
        """Sentences break elsewhere in another width."""
        self.show(self._title, self._pairs)

    def _written(self, width: int) -> Iterable[Content]:
        yield Content.styled(self._title, "bold $primary")
        column = min(max(Content.assemble(left).cell_length for left, _ in self._pairs) + _GAP, _LEFT)
        for left, right in self._pairs:
            first, *others = wrapped(right, width - column) if width > column else [Content(right)]
            yield Content.assemble(fit(left, column), first)
            yield from (Content.assemble(" " * column, line) for line in others)
