"""The way to the next level on a screen: worked out on a thread, for which a place is kept so that nothing moves."""

from contextlib import closing
from dataclasses import dataclass

from textual.content import Content
from textual.message import Message
from textual.message_pump import MessagePump

from greenstar.errors import GreenStarError
from greenstar.i18n.catalogue import LANGUAGES, Catalogue
from greenstar.i18n.phrase import Phrase
from greenstar.reports.views.ways import WaysView, WayView, ways_view
from greenstar.scoring.score import scorecard_of
from greenstar.scoring.scorecard import Scorecard
from greenstar.services.results.ways import next_level, standing_now, ways_of
from greenstar.services.visit.visit import OpenVisit
from greenstar.tui.common import threads
from greenstar.tui.common.lines import packed, shortened, wrapped

_ROWS, _ROWS_WIDE, _WIDE = 3, 2, 70  # lines that are kept, fewer from so many cells
_HANGING = 2  # cells that all lines but the first are set in by


@dataclass
class WayFound(Message):
    """The way of the visit with that scorecard; None: it could not be worked out."""

    card: Scorecard
    view: WaysView | None


class WayAhead:
    """The way of a visit, as long as the visit stands as it did. `node` is told by `WayFound` when it is there."""

    def __init__(self, node: MessagePump) -> None:
        self._node = node
        self._card: Scorecard | None = None
        self._kept: WayFound | None = None

    def take(self, way: WayFound) -> bool:
        """Keep what was found; whether it is of the visit as it stands."""
        if way.card is not self._card:
            return False
        self._kept = way
        return True

    def lines(self, visit: OpenVisit, catalogue: Catalogue, width: int) -> list[Content]:
        """As many lines whether it is there yet or not; none where there is no level above."""
        card = visit.scorecard
        if card.next_level is None:
            return []
        if card is not self._card:
            self._card, self._kept = card, None
            threads.start_for(self._node, lambda: _look_for(visit, card))
        return way_lines(self._kept, catalogue, width)


def _look_for(visit: OpenVisit, card: Scorecard) -> WayFound:
    level = next_level(visit.scheme, card)
    assert level is not None
    standing = standing_now(visit.scheme, visit.visit)
    try:
        with closing(visit.workspace.again()) as workspace:
            ways = ways_of(standing, level, workspace, instead=0)
    except GreenStarError:
        return WayFound(card, None)
    return WayFound(card, ways_view(visit.scheme, scorecard_of(standing), ways))


def way_lines(way: WayFound | None, catalogue: Catalogue, width: int) -> list[Content]:
    """The way behind its heading, in as many rows as are kept for it."""
    heading = Content.styled(f"{catalogue.say('ways.heading')}  ", "bold $muted")
    view = way.view if way is not None else None
    words: list[Content] = []
    if view is not None and view.way is not None:
        words = _fitting(view.way, catalogue, heading.cell_length, width)
    elif way is not None:
        headline = Phrase("ways.not_known") if view is None else view.headline
        words = wrapped(Content.assemble(heading, catalogue.render(headline)), width, _HANGING)[: _rows(width)]
        heading = Content("")
    lines = [Content.assemble(heading, *words[:1]), *words[1:]]
    return [*lines, *[Content("")] * (_rows(width) - len(lines))]


def _rows(width: int) -> int:
    return _ROWS_WIDE if width >= _WIDE else _ROWS


def _fitting(way: WayView, catalogue: Catalogue, taken: int, width: int) -> list[Content]:
    """What is to be done in a few words, as much as there is room for; how much more it is, is told, and the effort.

    `taken`: cells of the first line.
    """
    for told in range(len(way.short), -1, -1):
        steps = [catalogue.render(step) for step in way.short[:told]]
        if told < len(way.short):
            steps.append(catalogue.say("ways.more", count=len(way.short) - told))
        steps[-1] = catalogue.say("ways.with_effort", step=steps[-1], effort=way.way.effort)
        lines = packed(steps, LANGUAGES[catalogue.own_language].separator, taken, width, _HANGING)
        if len(lines) <= _rows(width):
            break
    first, *rest = lines
    return [shortened(first, width - taken), *(shortened(line, width) for line in rest)]
