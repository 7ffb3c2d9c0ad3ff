"""The score beside the page: points and level, categories against their gates, the next level, and what is left."""

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from typing_extensions import override

from greenstar.i18n.catalogue import Catalogue
from greenstar.keys import LEAVE, NEEDS, SCORECARD
from greenstar.reports.views.gates import OpenEnds, open_ends
from greenstar.scoring.scorecard import Scorecard
from greenstar.services.visit.visit import OpenVisit
from greenstar.tui.common.clicks import leading
from greenstar.tui.common.panel import Frame, PanelWords
from greenstar.tui.common.score_lines import end_lines, group_lines, next_lines, score_of, total_lines
from greenstar.tui.common.text import Words

_FRAME = 4  # cells: the border with what it keeps free on both sides
_LEAST = 20  # cells that it is filled for where nobody says how wide it is


class ScorePanel(VerticalScroll, Frame, can_focus=False):
    """Follows the score as it is typed; a click on a part of it leads to the page that tells more."""

    DEFAULT_CSS = """
    ScorePanel { & > Words { margin-bottom: 1; } }
    """

    def __init__(self) -> None:
        super().__init__(id="panel")
        self._words = PanelWords(self)
        self._total, self._groups, self._next, self._ends = Words(), Words(), Words(), Words()
        self._score: tuple[OpenVisit, Scorecard, Catalogue] | None = None
        self._shown: tuple[Scorecard, OpenEnds, str, int] | None = None

    @override
    def compose(self) -> ComposeResult:
        yield from (self._total, self._groups, self._next, self._ends)

    def update(self, visit: OpenVisit, card: Scorecard, catalogue: Catalogue) -> None:
        """Show the score of a visit as it is typed."""
        self._score = (visit, card, catalogue)
        self._show(visit, card, catalogue)

    def on_resize(self) -> None:
        """Lines are drawn for their width."""
        if self._score is not None:
            self._show(*self._score)

    def _show(self, visit: OpenVisit, card: Scorecard, catalogue: Catalogue) -> None:
        own = self.styles.width
        width = self.scrollable_content_region.width
        if not width:  # it is filled before it is laid out
            width = int(own.value) - _FRAME if own is not None and own.is_cells else _LEAST
        ends = open_ends(visit.scheme, visit.visit, card)
        shown, self._shown = self._shown, (card, ends, catalogue.language, width)
        if shown is not None and shown[0] is card and shown[1:] == self._shown[1:]:
            return
        scheme, previous = visit.scheme, visit.previous
        score = score_of(scheme, card, previous, sealed=visit.read_only)
        self._words.title(Content(catalogue.say("visit.score")))
        self._total.say(leading(Content("\n").join(total_lines(score, catalogue, width)), SCORECARD))
        told = previous is not None and bool(previous.shares)
        since = catalogue.say("visit.since", cycle=previous.cycle) if previous is not None and told else ""
        self._words.foot(Content.styled(since, "$faint"))
        self._groups.say(leading(Content("\n").join(group_lines(score, catalogue, width)), SCORECARD))
        needs = next_lines(scheme, score.result.next_level, catalogue, width, sealed=visit.read_only)
        self._next.say(leading(Content("\n").join(needs), NEEDS))
        self._ends.say(leading(Content("\n").join(end_lines(ends, catalogue, width)), LEAVE))
