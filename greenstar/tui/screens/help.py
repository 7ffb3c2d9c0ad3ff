"""The keys of the screen one came from, and the words."""

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget

from greenstar.tui import glyphs
from greenstar.tui.commands import Command
from greenstar.tui.lines import columns
from greenstar.tui.screens.base import GreenScreen
from greenstar.tui.widgets.ends import Ends
from greenstar.tui.widgets.lines import Words

_FIELD_KEYS = ("enter", "tab", "arrows", "space", "digits", "yes_no", "backspace", "pages")
_WORDS = (
    "criterion",
    "prerequisite",
    "place",
    "fact",
    "not_applicable",
    "open",
    "level",
    "possible",
    "candidate",
    "saved",
)


class HelpScreen(GreenScreen):
    """Everything that can be done here, and what the words mean."""

    BINDINGS: ClassVar[list[BindingType]] = []
    DEFAULT_CSS = """
    HelpScreen {
        #body { padding: 1 2; scrollbar-size-vertical: 1; }
        Words { margin-bottom: 1; }
    }
    """

    def __init__(self, described: Sequence[Command]) -> None:
        super().__init__()
        self.described = described

    def body(self) -> Iterable[Widget]:
        """Four paragraphs that scroll."""
        yield VerticalScroll(
            Words(id="help-keys"), Words(id="help-fields"), Words(id="help-marks"), Words(id="help-words"), id="body"
        )

    def do_keys(self) -> None:
        """The key that opened it closes it as well."""
        self.do_back()

    def relabel(self) -> None:
        """Write every word again."""
        super().relabel()
        say = self.catalogue.say
        self.query_one("#title", Ends).show(Content.styled(say("tui.help_title"), "bold"), say("tui.this_language"))
        self._paragraph("keys", "tui.help_keys", [(one.shown_key, say(one.sentence)) for one in self.described])
        fields = [(say(f"tui.field_key_{name}"), say(f"tui.field_does_{name}")) for name in _FIELD_KEYS]
        self._paragraph("fields", "tui.help_fields", fields)
        marks = [(glyph.content, say(glyph.meaning)) for glyph in glyphs.MEANINGS]
        self._paragraph("marks", "tui.help_marks", marks)
        words = [(say(f"tui.word_{name}"), say(f"tui.means_{name}")) for name in _WORDS]
        self._paragraph("words", "tui.help_words", words)

    def _paragraph(self, name: str, title: str, lines: Iterable[tuple[Content | str, str]]) -> None:
        parts = [Content.styled(self.catalogue.say(title), "bold $primary")]
        parts += [Content.assemble(columns([(left, 16)]), "  ", right) for left, right in lines]
        self.query_one(f"#help-{name}", Words).say(Content("\n").join(parts))
