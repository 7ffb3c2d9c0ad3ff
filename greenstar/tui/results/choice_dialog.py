"""A choice of lighthouse stores beside the plain first: how many is asked with two keys, and what it costs is said."""

from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from typing_extensions import override

from greenstar.errors import GreenStarError
from greenstar.i18n.phrase import Phrase
from greenstar.i18n.places import place_in
from greenstar.reports.views.choice import ChoiceRow, ChoiceView, choice_view
from greenstar.reports.views.peers import kind_words
from greenstar.services.cycles.shown_league import shown_league
from greenstar.services.results.choice import choose_lighthouses
from greenstar.services.workspace import Workspace
from greenstar.tui import glyphs
from greenstar.tui.common.dialog import Dialog
from greenstar.tui.common.fitted_rows import FittedRows
from greenstar.tui.common.lines import columns
from greenstar.tui.common.rows import Rows
from greenstar.tui.common.text import Words
from greenstar.tui.common.threads import start_for
from greenstar.tui.results.ranking_filter import RankingFilter
from greenstar.tui.results.ranking_lines import name_shown

_FIRST, _MOST = 5, 50  # stores that are asked for at first, and at most
_BESIDES = 16  # lines that a window has besides the list
_RANK, _CODE, _REGION, _TOTAL = 4, 10, 8, 7
_NAME, _WIDE = 24, 90  # cells of a name, and from which on the kind is told


class ChoiceDialog(Dialog[str]):
    """The stores that cover most regions and kinds; the one that is picked is what it comes back with."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "ask(-1)", show=False),
        Binding("right", "ask(1)", show=False),
    ]
    DEFAULT_CSS = """
    ChoiceDialog {
        & > #panel { width: 110; }
        FittedRows { margin-top: 1; }
    }
    """

    @dataclass
    class Made(Message):
        """A choice of so many is there; None: there is no candidate."""

        wanted: int
        view: ChoiceView | None

    @dataclass
    class Failed(Message):
        """The database could not be read."""

        why: Phrase

    def __init__(self, workspace: Workspace, chosen: RankingFilter) -> None:
        super().__init__()
        self._workspace, self._filter = workspace, chosen
        self._wanted = _FIRST
        self._view: ChoiceView | None = None
        self._known = False
        self.question, self.said, self.keys = Words(id="question"), Words(id="said"), Words(id="hint")
        self.rows = FittedRows(self._draw, besides=_BESIDES)

    @override
    def compose(self) -> ComposeResult:
        yield Vertical(self.question, self.said, self.rows, self.keys, id="panel")

    def on_mount(self) -> None:
        """It is worked out beside the screen."""
        self.rows.focus()
        self._ask()

    @override
    def relabel(self) -> None:
        say = self.catalogue.say
        self.question.say(Content.styled(say("choice.title", count=self._wanted), "bold"))
        sentences = [] if self._view is None else map(self.catalogue.render, self._view.sentences)
        nobody = say("choice.no_candidate", cycle=self._filter.cycle)
        said = "\n".join(sentences) or (nobody if self._known else say("choice.being_made"))
        self.said.say(said)
        self.keys.say(say("choice.keys"))
        self.rows.show([] if self._view is None else list(self._view.rows))

    def on_resize(self) -> None:
        """As many lines as there is room for."""
        self.rows.fit()

    # -- the choice

    def action_ask(self, by: int) -> None:
        """One more, or one less; never more than there are candidates."""
        most = _MOST if self._view is None else min(self._view.candidates, _MOST)
        wanted = max(1, min(self._wanted + by, most))
        if wanted != self._wanted:
            self._wanted = wanted
            self._ask()

    def _ask(self) -> None:
        start_for(self, partial(self._made, self._wanted))

    def _made(self, wanted: int) -> Message:
        """A choice of so many, from a storage opened anew."""
        chosen = self._filter
        try:
            with self._workspace.again() as own:
                ranking = shown_league(own, region=chosen.region, drafts=chosen.drafts, cycle=chosen.cycle)
                made = choose_lighthouses(own, ranking, wanted)
                return self.Made(wanted, None if made is None else choice_view(made))
        except GreenStarError as error:
            return self.Failed(error.message)

    @on(Made)
    def _know(self, event: Made) -> None:
        if event.wanted == self._wanted:
            self._view, self._known = event.view, True
            if event.view is not None:
                self._wanted = min(self._wanted, event.view.candidates)
            self.relabel()

    @on(Failed)
    def _fail(self, event: Failed) -> None:
        self.host.notify(event.why, wrong=True)
        self.dismiss(None)

    @on(Rows.Chosen)
    def _chosen(self, event: Rows.Chosen) -> None:
        self.dismiss(event.row.ranked.entry.store)

    def _draw(self, row: ChoiceRow, width: int) -> Content:
        entry, catalogue = row.ranked.entry, self.catalogue
        kind = catalogue.write(kind_words(row.kind)) if width >= _WIDE else ""
        name = _NAME if kind else max(width - 1 - _RANK - _CODE - _REGION - _TOTAL - 10, 1)
        room = width - 1 - _RANK - _CODE - name - _REGION - _TOTAL - 12
        total = "-" if entry.total is None else catalogue.write(entry.total)
        cells: list[tuple[Content | str, int]] = [
            (glyphs.STAR.content if row.chosen else glyphs.NOT_APPLICABLE.content, 1),
            (Content.styled(str(row.ranked.rank), "bold"), -_RANK),
            (Content.styled(entry.store, "$primary" if row.chosen else "$muted"), _CODE),
            (name_shown(entry.name, name, catalogue), name),
            (Content.styled(place_in(entry.region, catalogue.language), "$muted"), _REGION),
            (Content.styled(total, "bold"), -_TOTAL),
            (Content.styled(kind, "$muted"), max(room, 0) if kind else 0),
        ]
        return columns(cells)
