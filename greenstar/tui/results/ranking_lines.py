"""What a ranking shows of a store: its line in the list, and under the list all that it lacks to be a candidate."""

from dataclasses import dataclass
from fractions import Fraction

from textual.content import Content

from greenstar.i18n.bilingual import in_language
from greenstar.i18n.catalogue import Catalogue
from greenstar.i18n.phrase import Phrase
from greenstar.i18n.places import place_in
from greenstar.reports.views.network import LevelLine
from greenstar.reports.views.ranked_store import RankedStore
from greenstar.reports.views.ranking import RankingView
from greenstar.reports.views.sureness import SurenessView
from greenstar.tui import glyphs
from greenstar.tui.common.drawing import range_line, share_line, style_of_change
from greenstar.tui.common.lines import columns, fit, shortened, wrapped
from greenstar.tui.common.names import cut_in_the_middle
from greenstar.tui.glyphs import Sign
from greenstar.tui.results.ranking_rows import MARK, LeagueRow

_RULE, _ALIKE, _RANGE = Sign("─", "-"), Sign("≈", "~"), Sign("±", "~")
_ROOM_FOR_MORE = 4  # lines under the list from which its range and its movement stand there as sentences
ROOMY, _WIDE, _WIDEST = 92, 108, 140  # cells from which there is a region and a reason; a chart; a status
_GAP = 2
_MOVEMENT = Sign("↕", "*")
_MOVED = 4  # cells of how far a store moved, at least
_POINTS, _REGION, _STATUS = 7, 9, 10
_CODE, _TITLE = (6, 14), 10  # cells of a code, least and most; of a level that has no stars
_LEAST_NAME, _NAME, _LONG_NAME = 12, 30, 34  # the last one where there is room for a status
_LEAST_CHART, _CHART = 9, 48
_LEAST_REASON, _REASON = 22, 60
_SHORT_WORD = 8  # characters of a last word that is never cut
_HEADS = (
    None,
    "tui.rank",
    "tui.store_code",
    "tui.store_name",
    "tui.store_region",
    "tui.store_points",
    "tui.store_level",
    None,
    "tui.store_status",
    "tui.candidate",
)


@dataclass(frozen=True)
class LeagueColumns:
    """How wide each column is: mark, rank, code, name, region, points, level, chart, status, reason; 0: left out."""

    ranking: RankingView
    width: int
    drafts: bool = False

    @property
    def cells(self) -> list[int]:
        """The widths; those of figures are negative, as they are aligned to the right."""
        ranking, width = self.ranking, self.width
        roomy = width >= ROOMY
        reason = 0 if not ranking.names_lighthouses else _LEAST_REASON if roomy else 1
        code = min(max(ranking.code_cells, _CODE[0]), _CODE[1])
        status = _STATUS if self.drafts or width >= _WIDEST else 0
        place = self.rank + self.moved + (1 if self.moved else 0)
        fixed = [MARK, -place, code, 0, _REGION if roomy else 0, -_POINTS, self.level, 0, status, reason]
        name = _NAME - self.moved if width < _WIDEST else _LONG_NAME
        room = width - sum(map(abs, fixed)) - _GAP * sum(map(bool, fixed))  # the gap behind the last is the name's own
        chart = min(room - name - _GAP, _CHART) if width >= _WIDE else 0
        fixed[7] = chart if chart >= _LEAST_CHART else 0
        room -= fixed[7] + _GAP if fixed[7] else 0
        fixed[3] = max(min(room, name) if roomy else room, _LEAST_NAME)
        if roomy:
            fixed[9] = min(reason + max(room - fixed[3], 0), _REASON) if reason else 0
        return fixed

    @property
    def chart(self) -> int:
        """Cells of the chart of ranks."""
        return self.cells[7]

    @property
    def rank(self) -> int:
        """Cells of a rank."""
        return max(len(str(len(self.ranking.stores))) + 1, 4)

    @property
    def moved(self) -> int:
        """Cells of how far a store moved; none where there is little room, or no cycle to compare with."""
        if self.ranking.before is None or self.width < ROOMY:
            return 0
        return max(len(str(len(self.ranking.stores))) + 1, _MOVED)

    @property
    def level(self) -> int:
        """Cells of a level: its stars, or its title; none where there are no levels."""
        if not self.ranking.ladder:
            return 0
        return max(self.stars, 5) if self.stars else _TITLE

    @property
    def stars(self) -> int:
        """The most stars that a level gives."""
        return max((level.stars for level in self.ranking.ladder), default=0)


def heads(layout: LeagueColumns, catalogue: Catalogue) -> Content:
    """The words over the columns; over the chart of ranks the first, the middle and the last of them."""
    words = [Content.styled(catalogue.say(name) if name else "", "$muted") for name in _HEADS]
    if layout.moved:
        moved = Content.styled(shortened(catalogue.say("tui.moved"), layout.moved).plain, "$muted")
        words[1] = _beside_rank(words[1], moved, layout)
    if layout.ranking.ranges:
        words[7] = Content.styled(_axis(layout.chart, len(layout.ranking.stores)), "$faint")
    if layout.cells[9] == 1:
        words[9] = glyphs.STAR.content
    return columns(list(zip(words, layout.cells, strict=True)))


def _axis(width: int, most: int) -> str:
    middle, last = str((most + 1) // 2), str(most)
    left = f"1{middle.rjust(width // 2)}"
    return f"{left}{last.rjust(max(width - len(left), 0))}"


def drawn(row: LeagueRow, layout: LeagueColumns, catalogue: Catalogue, *, marked: bool) -> Content:
    """A store, or the line of a level."""
    if isinstance(row, LevelLine):
        return _level_line(row, layout, catalogue)
    return _store_line(row, layout, catalogue, marked=marked)


def _level_line(row: LevelLine, layout: LeagueColumns, catalogue: Catalogue) -> Content:
    """From here on up a level is within reach by the total."""
    total = row.level.total or 0
    text = catalogue.write(total * 100 if row.level.percent else total)
    stars = Content.styled(glyphs.STAR.mark * row.level.stars, glyphs.STAR.style)
    words = catalogue.say("network.level_from", level=row.level.title, total=text)
    label = Content.assemble(" ", stars, " " if row.level.stars else "", (words, "$muted"), " ")
    before = MARK + layout.rank + _GAP - 1
    after = max(layout.width - before - label.cell_length, 0)
    return Content.assemble((_RULE.mark * before, "$line"), label, (_RULE.mark * after, "$line"))


def _store_line(store: RankedStore, layout: LeagueColumns, catalogue: Catalogue, *, marked: bool) -> Content:
    cells = layout.cells
    contents: list[Content | str] = [
        glyphs.MARKED.content if marked else " ",
        _place(store, layout),
        Content.styled(store.store, "$primary"),
        name_shown(store.name, cells[3], catalogue),
        Content.styled(place_in(store.region, catalogue.language), "$muted"),
        Content.styled(store.total.text, "bold"),
        _level(store, layout, catalogue),
        _chart(store, layout),
        Content.styled(catalogue.say(f"tui.status_{store.status}"), "$muted"),
        _candidate(store, abs(cells[9]), catalogue),
    ]
    return columns(list(zip(contents, cells, strict=True)))


def _place(store: RankedStore, layout: LeagueColumns) -> Content:
    """Its rank, with a sign where it is shared; and by how many places it went up or down."""
    rank = Content.assemble((str(store.rank), "bold"), ("=", "$faint") if store.shared else "")
    if not layout.moved:
        return rank
    moved = "" if store.moved is None else f"{store.moved:+}" if store.moved else "="
    return _beside_rank(rank, Content.styled(moved, style_of_change(Fraction(store.moved or 0))), layout)


def _beside_rank(rank: Content, moved: Content, layout: LeagueColumns) -> Content:
    return Content.assemble(rank.pad_left(max(layout.rank - rank.cell_length, 0)), " ", fit(moved, layout.moved))


def name_shown(name: str, width: int, catalogue: Catalogue) -> str:
    """A name in the reader's language; where it is too long its last word stays, as often only that differs."""
    name = " ".join(in_language(name, catalogue.language).split("\n"))
    last = len(name) - (name.rfind(" ") + 1)
    return cut_in_the_middle(name, width, last if last <= _SHORT_WORD else 0)


def _level(store: RankedStore, layout: LeagueColumns, catalogue: Catalogue) -> Content:
    if layout.stars:
        return glyphs.stars(store.stars, layout.stars) if store.level is not None else Content("")
    return shortened(catalogue.write(store.title) if store.title is not None else "-", _TITLE)


def _chart(store: RankedStore, layout: LeagueColumns) -> Content:
    """The range of ranks, where ranges are worked out; else the total as a share of all there is to earn."""
    width = layout.chart
    if store.rank_low is not None and store.rank_high is not None:
        return range_line(store.rank_low, store.rank_high, store.rank, width, most=len(layout.ranking.stores))
    if layout.ranking.ranges or store.share is None:
        return Content("")
    return share_line(float(store.share), width)


def _candidate(store: RankedStore, width: int, catalogue: Catalogue) -> Content:
    """Whether it is a candidate; else the first of what it lacks, and how much more."""
    if not store.names_lighthouses:
        return Content("")
    if width == 1:
        return glyphs.STAR.content if store.candidate else Content("")
    lacking = store.lacks_in_short
    if lacking is None:
        word = catalogue.say("network.candidate") if store.candidate else ""
        return Content.assemble(glyphs.STAR.content if word else "", " ", (word, "$success"))
    others = len(store.why_not) - 1
    more = f" {catalogue.say('network.and_more', count=others)}" if others else ""
    reason = shortened(catalogue.render(lacking), width - 2 - Content(more).cell_length)
    return Content.styled(Content.assemble("  ", reason, more).plain, "$faint")


@dataclass(frozen=True)
class PlaceRemarks:
    """What is worked out beside a ranking of a store's place, where it is known.

    `alike`: which places its own cannot be told apart from; `range`: which places other weights give it; `moved`: how
    far it moved since the cycle before.
    """

    alike: Phrase | None = None
    range: Phrase | None = None
    moved: Phrase | None = None


def range_phrase(view: SurenessView | None, store: RankedStore) -> Phrase | None:
    """What other weights make of a store's place; None where that is not known."""
    return None if view is None else view.place(store.store, store.rank).in_short


def _head(store: RankedStore, place: str, catalogue: Catalogue, width: int) -> Content:
    """Its code and name, its place, its total and how its visit stands; of these what fits."""
    total = catalogue.say("network.status_total", total=store.total.text, available=store.available.text)
    status = catalogue.say(f"tui.status_{store.status}")
    name = (in_language(store.name, catalogue.language), "bold")
    line = Content.assemble((store.store, "bold $primary"), " ", name, (f"   {place}", "$muted"))
    for words in (total, status):
        longer = Content.assemble(line, (f" {glyphs.DOT.mark} {words}", "$muted"))
        if longer.cell_length > width:
            break
        line = longer
    return line


def reason_lines(
    store: RankedStore, ranking: RankingView, catalogue: Catalogue, size: tuple[int, int], said: PlaceRemarks
) -> list[Content]:
    """The store under the cursor in full: where it stands, what it lacks, and what decided a tie; in so many lines.

    Its range has a line of its own where nothing else has to go for that, else a few words on the first line.
    """
    say, (width, height) = catalogue.say, size
    lines: list[Content] = []
    if store.tie_break is not None:
        lines += wrapped(Content.styled(f"= {catalogue.render(store.tie_break.phrase)}", "$muted"), width, 2)
    if said.alike is not None:
        lines += wrapped(Content.styled(f"{_ALIKE.mark} {catalogue.render(said.alike)}", "$muted"), width, 2)
    if said.moved is not None and height >= _ROOM_FOR_MORE:
        lines += wrapped(Content.styled(f"{_MOVEMENT.mark} {catalogue.render(said.moved)}", "$muted"), width, 2)
    if store.candidate:
        lines.append(Content.assemble(glyphs.STAR.content, " ", (say("tui.is_candidate"), "$success")))
    else:
        for reason in store.why_not:
            lines += wrapped(Content.assemble(glyphs.NOT_MET.content, " ", catalogue.render(reason)), width, 2)
    place = say("network.place", rank=store.rank, count=len(ranking.stores))
    if said.range is not None and (height >= _ROOM_FOR_MORE or len(lines) + 2 <= height):
        lines.insert(0, shortened(Content.styled(f"{_RANGE.mark} {catalogue.render(said.range)}", "$muted"), width))
    elif store.rank_low != store.rank_high:
        place = say("network.place_between", place=place, low=store.rank_low, high=store.rank_high)
    lines.insert(0, shortened(_head(store, place, catalogue, width), width))
    if len(lines) > height:
        hidden = len(lines) - height + 1
        lines = [*lines[: height - 1], Content.styled(f"  {say('network.more_reasons', count=hidden)}", "$faint")]
    return [fit(line, width) for line in lines]
