"""The stores of a ranking, a line each; a click into the first column marks a store."""

from typing import ClassVar, NamedTuple

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import Click
from textual.message import Message

from greenstar.i18n.catalogue import Catalogue
from greenstar.reports.views.ranking import RankedStore, RankingView
from greenstar.tui import glyphs
from greenstar.tui.common.drawing import share_line
from greenstar.tui.common.lines import columns
from greenstar.tui.common.rows import Rows

_HEADS = (
    None,
    "tui.rank",
    "tui.store_code",
    "tui.store_name",
    "tui.store_region",
    "tui.store_points",
    None,
    "tui.store_level",
    "tui.store_status",
    "tui.candidate",
)
_MARK, _BAR = 1, 12
_WIDE, _CHART = 100, 116  # cells from which there is a region, and a bar


class Marked(NamedTuple):
    """A store that was marked, with its visit of the cycle that was shown."""

    store: str
    cycle: str
    assessment: int

    def in_(self, cycle: str) -> str:
        """Its code, with the cycle where that is another than the one shown."""
        return self.store if self.cycle == cycle else f"{self.store} {self.cycle}"


class LeagueRows(Rows):
    """The list of a ranking."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("space", "ask_mark", show=False)]

    class MarkAsked(Message):
        """The store under the cursor is to be marked, or its mark taken back."""

    def action_ask_mark(self) -> None:
        """The space bar ticks, as it does in every list."""
        self.post_message(self.MarkAsked())

    def on_click(self, event: Click) -> None:
        """In the column of marks a click marks; elsewhere it chooses."""
        offset = event.get_content_offset(self)
        if offset is None or offset.x > _MARK + 1 or offset.y + self.scroll_offset.y >= len(self.rows):
            return
        event.prevent_default()
        self.put_cursor(offset.y + self.scroll_offset.y)
        self.post_message(self.MarkAsked())


def heads(width: int, ranking: RankingView, catalogue: Catalogue) -> Content:
    """The words over the columns; none over those of which the scheme does not speak."""
    silent = {"tui.store_level": not ranking.levels, "tui.candidate": not ranking.names_lighthouses}
    names = [None if name is None or silent.get(name) else name for name in _HEADS]
    words = [Content.styled(catalogue.say(name) if name else "", "$muted") for name in names]
    return columns(list(zip(words, _widths(width), strict=True)))


def line(store: RankedStore, width: int, catalogue: Catalogue, *, marked: bool) -> Content:
    """One store in so many cells."""
    stars = glyphs.STAR.mark * store.stars or (catalogue.write(store.title) if store.title is not None else "-")
    cells: list[Content | str] = [
        glyphs.MARKED.content if marked else " ",
        Content.styled(str(store.rank), "bold"),
        Content.styled(store.store, "$primary"),
        store.name,
        store.region,
        store.total.text,
        share_line(float(store.share), _BAR) if store.share is not None else "",
        Content.styled(stars, glyphs.STAR.style),
        Content.styled(catalogue.say(f"tui.status_{store.status}"), "$muted"),
        Content.styled(_candidate(store, catalogue), "$muted"),
    ]
    return columns(list(zip(cells, _widths(width), strict=True)))


def _candidate(store: RankedStore, catalogue: Catalogue) -> str:
    return catalogue.say("words.yes" if store.candidate else "words.no") if store.names_lighthouses else ""


def _widths(width: int) -> list[int]:
    """Mark, rank, code, name, region, points, bar, level, status, candidate, in so many cells."""
    wide = width >= _WIDE
    widths = [_MARK, -4, 14 if wide else 10, 0, 12 if wide else 0, -7, _BAR if width >= _CHART else 0, 7, 10, 9]
    widths[3] = max(8, width - sum(map(abs, widths)) - 2 * sum(map(bool, widths)))
    return widths


def levels_of(ranking: RankingView) -> list[str]:
    """The levels that the stores of a ranking have, the highest first; an empty one: stores without a level."""
    there = {store.level or "" for store in ranking.stores}
    return [level for level in (*reversed(list(ranking.levels)), "") if level in there]


def filters_line(
    ranking: RankingView, region: str | None, level: str | None, count: int, catalogue: Catalogue
) -> Content:
    """Which stores of a ranking are shown, and how many they are."""
    say = catalogue.say
    everything, title = say("tui.all"), ranking.levels.get(level or "")
    of_level = title.in_(catalogue.language) if title is not None else say("tui.no_level")
    of_all = len(ranking.stores)
    stores = say("compare.shown_of", count=str(count), all=str(of_all)) if count < of_all else ""
    parts: list[Content | str] = [stores or say("tui.stores", count=count)]
    filters = {
        "tui.store_region": everything if region is None else region,
        "compare.level": everything if level is None else of_level,
    }
    for name, value in filters.items():
        parts += ["   ", Content.styled(f"{say(name)} ", "$muted"), value]
    if region is not None:
        parts += ["   ", Content.styled(say("compare.in_region"), "$muted")]
    return Content.assemble(*parts)
