"""A list to choose from by typing a few letters: criteria by their words, and the commands of a screen."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input
from typing_extensions import override

from greenstar.i18n.catalogue import LANGUAGES, Catalogue
from greenstar.i18n.phrase import Phrase, Text
from greenstar.tui.common.dialog import Dialog
from greenstar.tui.common.field_input import CompactInput
from greenstar.tui.common.fitted_rows import FittedRows
from greenstar.tui.common.lines import both_ends, shortened, wrapped
from greenstar.tui.common.rows import Rows
from greenstar.tui.common.search import MOST_LETTERS, Hit, Searcher
from greenstar.tui.common.text import Words

Said = str | Text | Phrase
_BESIDES = 14  # lines that a window has besides the list
_WHERE_LINES = 2


@dataclass(frozen=True)
class FinderItem:
    """Something to choose: its number and words, what else it is found by, and what stands at the right end.

    What is a text or a message is shown in the language in use, and found in every language.
    """

    value: str
    name: str
    words: Said
    searched: Said | Sequence[Said] = ()
    right: Said = ""


class Finder(Dialog[str]):
    """Type, look, press Enter."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "step(-1)", show=False),
        Binding("down", "step(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
    ]
    DEFAULT_CSS = """
    Finder {
        FittedRows { margin-top: 1; }
        #where, #none { margin-top: 1; }
        #where { max-height: 2; }
    }
    """

    def __init__(self, question: str, items: Sequence[FinderItem], keys: str = "tui.choose_keys") -> None:
        super().__init__()
        self.question, self.items, self._keys = question, items, keys
        catalogues = [Catalogue(language) for language in LANGUAGES]
        self._searcher = Searcher(
            ([item.name, *_texts(item.words, catalogues)], list(_texts(item.searched, catalogues))) for item in items
        )

    def compose(self) -> ComposeResult:
        """A field, and the list that it narrows."""
        with Vertical(id="panel"):
            yield Words(id="question")
            yield CompactInput(max_length=MOST_LETTERS)
            yield Words(id="none")
            rows = FittedRows(self._draw, besides=_BESIDES)
            rows.can_focus = False
            yield rows
            yield Words(id="where")
            yield Words(id="hint")

    def on_mount(self) -> None:
        """Everything is listed, and the cursor stands in the field."""
        self._narrow("")
        self.query_one(Input).focus()

    @override
    def relabel(self) -> None:
        self.query_one("#question", Words).say(self.catalogue.say(self.question))
        self.hint(self._keys)
        self.query_one(Rows).refresh()
        self._say_where()

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self._narrow(event.value)

    def _narrow(self, text: str) -> None:
        self.query_one(FittedRows).show(self._searcher.find(text), 0)
        self._say_where()

    def on_resize(self) -> None:
        """As many lines as there is room for."""
        self.query_one(FittedRows).fit()
        self._say_where()

    def _say_where(self) -> None:
        """The text that matched at the item under the cursor, where that is not its title."""
        hit: Hit | None = self.query_one(Rows).row
        self.query_one("#none", Words).say("" if hit is not None else self.catalogue.say("navigation.nothing_found"))
        where = Content.styled(hit.text if hit is not None else "", "$muted")
        self.query_one("#where", Words).say(self._beginning(where))

    def _beginning(self, words: Content) -> Content:
        """The first lines of a text, as many as are shown."""
        width = self.query_one("#panel").content_size.width
        lines = wrapped(words, width) if width else [words]
        shown, hidden = lines[:_WHERE_LINES], lines[_WHERE_LINES:]
        if hidden:
            shown[-1] = shortened(Content(" ").join([shown[-1], *hidden]), width)
        return Content("\n").join(shown)

    @on(Input.Submitted)
    def _entered(self) -> None:
        self.query_one(Rows).action_choose()

    @on(Rows.Chosen)
    def _chosen(self, event: Rows.Chosen) -> None:
        self.dismiss(self.items[event.row.index].value)

    @on(Rows.Moved)
    def _moved(self) -> None:
        self._say_where()

    def action_step(self, by: int) -> None:
        """The arrows move in the list while the letters go into the field."""
        self.query_one(Rows).action_step(by)

    def action_page(self, by: int) -> None:
        """A page up or down in the list."""
        self.query_one(Rows).action_page(by)

    def _draw(self, hit: Hit, width: int) -> Content:
        item, write = self.items[hit.index], self.catalogue.write
        left = Content.assemble((item.name, "bold $primary"), "  " if item.name else "", write(item.words))
        right = shortened(Content.styled(write(item.right), "$muted"), width // 3)
        return both_ends(shortened(left, width - right.cell_length - (1 if right else 0)), right, width)


def _texts(said: Said | Sequence[Said], catalogues: Sequence[Catalogue]) -> Iterator[str]:
    """A text or phrase in every language."""
    match said:
        case str():
            yield said
        case Text():
            yield from said.by_language.values()
        case Phrase():
            yield from (catalogue.render(said) for catalogue in catalogues)
        case _:
            for part in said:
                yield from _texts(part, catalogues)
