"""The ranking of a cycle: places, points, levels, candidates for lighthouse stores, and why the others are none."""

from collections.abc import Iterable
from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.content import Content
from textual.events import ScreenResume
from textual.widget import Widget

from greenstar.errors import GreenStarError
from greenstar.exact import shown
from greenstar.ranking.league import Ranked, Ranking
from greenstar.services.standings import league
from greenstar.services.workspace import Workspace
from greenstar.tui import glyphs
from greenstar.tui.commands import DRAFTS, STORES, VISIT, bindings
from greenstar.tui.lines import columns
from greenstar.tui.screens.base import EVERYWHERE, GreenScreen
from greenstar.tui.widgets.ends import Ends
from greenstar.tui.widgets.lines import Words
from greenstar.tui.widgets.rows import Rows

_OWN = (DRAFTS, VISIT, STORES)
_COLUMNS = (
    "tui.rank",
    "tui.store_code",
    "tui.store_name",
    "tui.store_region",
    "tui.store_points",
    "tui.store_level",
    "tui.store_status",
    "tui.candidate",
)


class RankingScreen(GreenScreen):
    """A list of stores in their order; below it, what keeps the one under the cursor from being a candidate."""

    commands = (EVERYWHERE[0], *_OWN, *EVERYWHERE[1:])
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(_OWN)]
    DEFAULT_CSS = """
    RankingScreen {
        #columns { padding-left: 1; margin-top: 1; }
        #notes, #none { padding: 0 1; color: $warning; }
        #none { padding: 1 2; color: $foreground; }
        #why { padding: 0 1; background: $surface; max-height: 8; }
    }
    """

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.workspace = workspace
        self.drafts = False
        self.ranking: Ranking | None = None

    def body(self) -> Iterable[Widget]:
        """List, and why not."""
        yield Words(id="notes")
        yield Ends(id="columns")
        yield Words(id="none")
        yield Rows(self._draw, id="body")
        yield Words(id="why")

    def on_mount(self) -> None:
        """Read the ranking."""
        self._read()
        self.query_one(Rows).focus()

    @on(ScreenResume)
    def _came_back(self) -> None:
        if self.ranking is not None:
            self._read()
            self.relabel()

    @on(Rows.Measured)
    def _measured(self) -> None:
        self._head()

    def _read(self) -> None:
        try:
            self.ranking = league(self.workspace, drafts=self.drafts)
        except GreenStarError as error:
            self.green.tell(error.message, wrong=True)
            return
        self.query_one(Rows).show(self.ranking.stores)

    # -- showing

    def relabel(self) -> None:
        """Write every word again."""
        super().relabel()
        if self.ranking is None:
            return
        say, ranking = self.catalogue.say, self.ranking
        left = Content.assemble((say("tui.ranking"), "bold $primary"), f"  {ranking.cycle}")
        if ranking.title is not None:
            left = Content.assemble(left, "  ", ranking.title.in_(self.catalogue.language), f" {ranking.version}")
        drafts = say("tui.with_drafts") if self.drafts else ""
        self.query_one("#title", Ends).show(left, f"{drafts}   {say('tui.this_language')}")
        notes = "\n".join(f"! {self.catalogue.render(note)}" for note in ranking.notes)
        self.query_one("#notes", Words).say(notes)
        self.query_one("#none", Words).say("" if ranking.stores else say("tui.no_ranking"))
        self._head()
        self._say_why()
        self.query_one(Rows).refresh()

    def _head(self) -> None:
        """The words over the columns, which follow the width of the rows."""
        if self.ranking is None:
            return
        say = self.catalogue.say
        heads = [Content.styled(say(name), "$muted") for name in _COLUMNS]
        widths = _widths(self.query_one(Rows).row_width)
        self.query_one("#columns", Ends).show(
            columns(list(zip(heads, widths, strict=True))) if self.ranking.stores else ""
        )

    def _draw(self, one: Ranked, width: int) -> Content:
        assert self.ranking is not None
        standing = one.standing
        level = self.ranking.levels.get(standing.level or "")
        stars = glyphs.STAR.mark * standing.stars or (level.in_(self.catalogue.language) if level is not None else "-")
        total = "-" if standing.total is None else shown(standing.total, 2, self.ranking.edges)
        cells: list[Content | str] = [
            Content.styled(str(one.rank), "bold"),
            Content.styled(standing.store, "$primary"),
            standing.name,
            standing.region,
            total,
            Content.styled(stars, glyphs.STAR.style),
            Content.styled(self.catalogue.say(f"tui.status_{standing.status}"), "$muted"),
            Content.styled(self.catalogue.say("words.yes" if standing.candidate else "words.no"), "$muted"),
        ]
        return columns(list(zip(cells, _widths(width), strict=True)))

    def _say_why(self) -> None:
        row: Ranked | None = self.query_one(Rows).row
        if row is None:
            self.query_one("#why", Words).say("")
            return
        standing, say = row.standing, self.catalogue.say
        if standing.candidate:
            text = Content.assemble((standing.store, "bold $primary"), "  ", say("tui.is_candidate"))
        else:
            lines = [f"- {self.catalogue.render(reason)}" for reason in standing.why_not]
            text = Content.assemble((say("tui.why_not", code=standing.store), "bold"), "\n", "\n".join(lines))
        self.query_one("#why", Words).say(text)

    # -- keys

    @on(Rows.Moved)
    def _moved(self) -> None:
        self._say_why()

    @on(Rows.Chosen)
    def _chosen(self, event: Rows.Chosen) -> None:
        self.green.show_store(event.row.standing.store)

    def do_drafts(self) -> None:
        """With drafts, or without."""
        self.drafts = not self.drafts
        self._read()
        self.relabel()

    def do_visit(self) -> None:
        """To the visit of the store under the cursor."""
        row: Ranked | None = self.query_one(Rows).row
        if row is not None:
            self.green.show_visit(row.standing.store)

    def do_stores(self) -> None:
        """The list of stores."""
        self.green.show_stores()


def _widths(width: int) -> list[int]:
    """Rank, code, name, region, points, level, status, candidate, in so many cells."""
    wide = width >= 100
    fixed = [-4, 14 if wide else 10, 0, 12 if wide else 0, -7, 7, 10, 9]
    fixed[2] = max(8, width - sum(abs(one) for one in fixed) - 2 * sum(map(bool, fixed)))
    return fixed
