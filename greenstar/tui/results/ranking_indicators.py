"""What the ranked stores add up to, in one line: worked out on a thread of its own, once the ranking stands there."""

from collections.abc import Callable
from functools import partial

from textual.content import Content
from textual.message import Message
from textual.message_pump import MessagePump

from greenstar.errors import GreenStarError
from greenstar.i18n.catalogue import Catalogue
from greenstar.ranking.league import Ranking
from greenstar.reports.views.indicators import IndicatorsView, IndicatorView, indicators_view
from greenstar.services.results.indicators import network_indicators
from greenstar.services.workspace import Workspace
from greenstar.tui.common.threads import start_for

MOST_STORES = 500  # of a ranking whose indicators are added up without being asked for: each visit is read
_BETWEEN = "   "
_COLOURS = {True: "$success", False: "$warning", None: "$faint"}


class IndicatorsKnown(Message):
    """What the stores of a ranking add up to is known; None: nobody waits for it, or it could not be read."""

    def __init__(self, ranking: Ranking, view: IndicatorsView | None) -> None:
        super().__init__()
        self.ranking = ranking
        self.view = view


def ask_for_indicators(
    node: MessagePump, workspace: Workspace, ranking: Ranking, region: str | None, is_wanted: Callable[[], bool]
) -> None:
    """Have `IndicatorsKnown` posted once they are; never, where there are too many stores. Stops if not `is_wanted`."""
    if 0 < len(ranking.stores) <= MOST_STORES:
        start_for(node, partial(_indicators_known, workspace, ranking, region, is_wanted))


def _indicators_known(
    workspace: Workspace, ranking: Ranking, region: str | None, is_wanted: Callable[[], bool]
) -> IndicatorsKnown:
    def go_on(_done: int, _of: int) -> None:
        if not is_wanted():
            raise _Stopped

    try:
        with workspace.again() as own:
            network = network_indicators(own.in_cycle(ranking.cycle), region=region, progress=go_on)
            return IndicatorsKnown(ranking, indicators_view(network))
    except (GreenStarError, _Stopped):  # the ranking stands there; `indicators` says why they cannot be read
        return IndicatorsKnown(ranking, None)


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


class _Stopped(Exception):
    """Nobody waits for it."""
