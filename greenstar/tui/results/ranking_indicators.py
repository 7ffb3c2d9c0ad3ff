"""What the ranked stores add up to, in one line: worked out on a thread of its own, once the ranking stands there."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from textual import on
from textual.content import Content
from textual.message import Message

from greenstar.errors import GreenStarError
from greenstar.i18n.catalogue import Catalogue
from greenstar.ranking.league import Ranking
from greenstar.reports.views.indicators import IndicatorsView, IndicatorView, indicators_view
from greenstar.services.results.indicators import network_indicators
from greenstar.services.workspace import Workspace
from greenstar.tui.common.text import Line
from greenstar.tui.common.threads import Unwanted, start_for

MOST_STORES = 500  # of a ranking whose indicators are added up without being asked for: each visit is read
_BETWEEN = "   "
_COLOURS = {True: "$success", False: "$warning", None: "$faint"}


class IndicatorsLine(Line):
    """A place that is kept for them, and filled as soon as they are known."""

    DEFAULT_CSS = "IndicatorsLine { padding: 0 2; }"

    @dataclass
    class Known(Message):
        """What the stores of a ranking add up to; None: nobody waits for it, or it could not be read."""

        ranking: Ranking
        view: IndicatorsView | None

    def __init__(self) -> None:
        super().__init__()
        self._ranking: Ranking | None = None
        self._view: IndicatorsView | None = None
        self._catalogue: Catalogue | None = None
        self._work: Callable[[], Message] | None = None  # that is still to be begun

    def ask(self, workspace: Workspace, ranking: Ranking, region: str | None) -> None:
        """Add the indicators of a ranking up, on a thread, as soon as the line is there.

        Where there are too many stores, it stays empty; where the window is low, there is none.
        """
        self._ranking, self._view = ranking, None
        few = 0 < len(ranking.stores) <= MOST_STORES
        self._work = partial(self._added_up, workspace, ranking, region) if few else None
        self._write()

    def _added_up(self, workspace: Workspace, ranking: Ranking, region: str | None) -> Message:
        def go_on(_done: int, _of: int) -> None:
            if ranking is not self._ranking or not self.is_attached:
                raise Unwanted

        try:
            with workspace.again() as own:
                network = network_indicators(own.in_cycle(ranking.cycle), region=region, progress=go_on)
                return self.Known(ranking, indicators_view(network))
        except (GreenStarError, Unwanted):  # the ranking stands there; `indicators` says why they cannot be read
            return self.Known(ranking, None)

    @on(Known)
    def _know(self, event: Known) -> None:
        event.stop()
        if event.ranking is self._ranking:
            self._view = event.view
            self._write()

    def write(self, catalogue: Catalogue) -> None:
        """Say it in a language, in the width that there is."""
        self._catalogue = catalogue
        self._write()

    def _write(self) -> None:
        if self._work is not None and self.display:
            start_for(self, self._work)
            self._work = None
        if self._catalogue is not None:
            self.say(indicators_line(self._view, self._catalogue, self.content_size.width))


def indicators_line(view: IndicatorsView | None, catalogue: Catalogue, width: int) -> Content:
    """The first indicators that any store knows, as many as fit in `width` cells."""
    line = Content("")
    for indicator in view.indicators if view is not None else ():
        if indicator.figure.value is None:
            continue
        longer = Content.assemble(line, _BETWEEN if line else "", _in_short(indicator, catalogue))
        if longer.cell_length > width:
            break
        line = longer
    return line


def _in_short(view: IndicatorView, catalogue: Catalogue) -> Content:
    figure = view.figure
    unit, change = catalogue.write(figure.shown_unit), figure.change_phrase
    parts: list[Content | str | tuple[str, str]] = [
        (f"{catalogue.write(view.indicator.title)} ", "$muted"),
        (figure.text, "bold"),
        f" {unit}" if unit else "",
    ]
    if change is not None:
        parts.append((f" {catalogue.render(change)}", _COLOURS[figure.good]))
    return Content.assemble(*parts)
