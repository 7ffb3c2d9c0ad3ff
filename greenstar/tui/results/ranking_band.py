"""What the stores of a ranking come to together, above the list: four panels, or two lines where there is no room."""

from collections.abc import Iterable, Iterator, Sequence

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content

from greenstar.i18n.catalogue import Catalogue
from greenstar.reports.views.network import LevelCount, NetworkView
from greenstar.tui import glyphs
from greenstar.tui.common.drawing import histogram, share_line, style_of_change
from greenstar.tui.common.lines import both_ends, columns, fit, shortened
from greenstar.tui.common.panel import PanelWords
from greenstar.tui.common.text import Line

LINES = 4  # of a panel
_COUNT, _PERCENT = 5, 6
_TITLE = 8  # cells of a level that has no stars
_TITLED = 34  # cells from which a category has its title
_FEW = 2  # weakest categories where there is little room
_PANELS = ("levels", "median", "weakest", "lighthouses")


class RankingBand(Horizontal):
    """The panels; in a low window two lines instead."""

    DEFAULT_CSS = """
    RankingBand {
        height: auto; padding: 0 1; background: $background;
        Line { height: 6; width: 1fr; margin-right: 1; background: $background; }
        #lighthouses { margin-right: 0; }
        #in-short { display: none; width: 1fr; height: 2; margin: 0; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._lines = {name: Line(id=name) for name in _PANELS}
        self._panels = {name: PanelWords(line) for name, line in self._lines.items()}
        self._short = Line(id="in-short")

    def compose(self) -> ComposeResult:
        """A line of text for each panel."""
        yield self._short
        yield from self._lines.values()

    def say(self, network: NetworkView | None, catalogue: Catalogue) -> None:
        """Write everything; None: it is not known yet."""
        for name, panel in self._panels.items():
            panel.title(Content(catalogue.say(f"network.{name}")))
            line = self._lines[name]
            width = line.content_size.width
            if width:
                line.say(_joined(_DRAWINGS[name](network, catalogue, width) if network is not None else ()))
        width = self._short.content_size.width
        if width:
            self._short.say(_joined(in_short(network, catalogue, width) if network is not None else ()))


def _joined(lines: Iterable[Content]) -> Content:
    return Content("\n").join(list(lines)[:LINES])


def levels_panel(network: NetworkView, catalogue: Catalogue, width: int) -> Iterator[Content]:
    """How many stores have each level, those without one last."""
    levels = _fitting(network.levels)
    everything = sum(level.stores for level in network.levels) or 1
    marks = [_mark(level, catalogue) for level in levels]
    widest = max((mark.cell_length for mark in marks), default=0)
    for level, mark in zip(levels, marks, strict=True):
        style = glyphs.STAR.style if level.id is not None else "$faint"
        room = max(width - widest - 2 - _COUNT, 1)
        line = share_line(level.stores / everything, room, style)
        yield Content.assemble(
            fit(mark, widest), " ", line, columns([(Content.styled(str(level.stores), "bold"), -_COUNT)])
        )


def _fitting(levels: Sequence[LevelCount]) -> Sequence[LevelCount]:
    return levels if len(levels) <= LINES else (*levels[: LINES - 1], levels[-1])


def _mark(level: LevelCount, catalogue: Catalogue) -> Content:
    if level.title is None:
        return Content.styled(catalogue.say("network.no_level"), "$muted")
    if level.stars:
        return Content.styled(glyphs.STAR.mark * level.stars, glyphs.STAR.style)
    return shortened(catalogue.write(level.title), _TITLE)


def median_panel(network: NetworkView, catalogue: Catalogue, width: int) -> Iterator[Content]:
    """The median with its change, and how the totals lie between nothing and all."""
    yield both_ends(_median(network, catalogue), _moved(network), width)
    classes = network.totals.classes
    times = max(width // len(classes), 1)
    yield from histogram([count for count in classes for _ in range(times)], 2)
    drawn = times * len(classes)
    yield Content.styled(columns([("0", drawn // 2), ("100 %", -(drawn - drawn // 2))], 0).plain, "$faint")


def _median(network: NetworkView, catalogue: Catalogue) -> Content:
    totals = network.totals
    if totals.available.value is None:
        return Content.styled(totals.median.text, "bold")
    of_all = catalogue.say("visit.of_available", available=totals.available.text)
    return Content.assemble((totals.median.text, "bold"), (f" {of_all}", "$muted"))


def _moved(network: NetworkView) -> Content:
    moved = network.totals.moved
    if moved.value is None:
        return Content("")
    return Content.styled(moved.signed, style_of_change(moved.value))


def weakest_panel(network: NetworkView, catalogue: Catalogue, width: int) -> Iterator[Content]:
    """The categories in which the network is weakest."""
    for category in network.weakest[:LINES]:
        title = catalogue.write(category.title)
        name = Content.assemble((category.id, "bold"), f" {title}" if width > _TITLED else "")
        room = width // 3 if width > _TITLED else width - name.cell_length - 2 - _PERCENT
        line = share_line(float(category.share.value or 0), max(room, 1), "$warning")
        percent = columns([(Content.styled(category.share.text, "bold"), -_PERCENT)])
        yield both_ends(name, Content.assemble(line, " ", percent), width)


def lighthouses_panel(network: NetworkView, catalogue: Catalogue, width: int) -> Iterator[Content]:
    """The candidates for lighthouse stores, and those that one requirement keeps from being one."""
    for key, mark, codes in (
        ("candidates", glyphs.STAR, network.candidates),
        ("one_short", glyphs.OPEN, network.one_short),
    ):
        count = Content.assemble(
            mark.content, (f" {len(codes)} ", "bold"), catalogue.say(f"network.{key}", count=len(codes))
        )
        yield shortened(count, width)
        yield Content.styled(_as_many(codes, width - 2), "$muted").pad_left(2)


def _as_many(codes: Sequence[str], width: int) -> str:
    """As many codes as fit, and how many there are besides."""
    shown = ""
    for place, code in enumerate(codes):
        longer = f"{shown} {code}".strip()
        rest = len(codes) - place - 1
        if len(longer) + (len(f" +{rest}") if rest else 0) > width:
            return f"{shown} +{rest + 1}".strip()
        shown = longer
    return shown


_DRAWINGS = {
    "levels": levels_panel,
    "median": median_panel,
    "weakest": weakest_panel,
    "lighthouses": lighthouses_panel,
}


def in_short(network: NetworkView, catalogue: Catalogue, width: int) -> Iterator[Content]:
    """The same in two lines."""
    say = catalogue.say
    levels = [
        Content.assemble(_mark(level, catalogue), (f" {level.stores}", "bold")) for level in _fitting(network.levels)
    ]
    (drawn,) = histogram(network.totals.classes)
    median = Content.assemble(
        (f"{say('network.median')} ", "$muted"), _median(network, catalogue), " ", _moved(network)
    )
    yield both_ends(Content("   ").join(levels), Content.assemble(drawn, "  ", median), width)
    weakest: list[Content | str] = [Content.styled(f"{say('network.weakest_short')}  ", "$muted")]
    for category in network.weakest[:_FEW]:
        weakest += [Content.styled(category.id, "bold"), f" {category.share.text}  "]
    counts = [
        Content.assemble((str(len(codes)), "bold"), (f" {say(f'network.{key}', count=len(codes))}", "$muted"))
        for key, codes in (("candidates", network.candidates), ("one_short", network.one_short))
    ]
    yield both_ends(Content.assemble(*weakest), Content("  ").join(counts), width)
