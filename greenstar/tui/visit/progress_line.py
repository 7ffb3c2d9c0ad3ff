"""How far the visit has come, on one line. A click shows what the next level needs."""

from collections.abc import Iterable

from textual import on
from textual.content import Content
from textual.events import Click

from greenstar.i18n.catalogue import Catalogue
from greenstar.keys import NEEDS
from greenstar.scheme.model import Scheme
from greenstar.scoring.scorecard import Scorecard
from greenstar.tui.common import wording
from greenstar.tui.common.clicks import CommandClicked
from greenstar.tui.common.drawing import progress_line
from greenstar.tui.common.lines import shortened
from greenstar.tui.common.split_line import SplitLine

_BAR = 10


class ProgressLine(SplitLine):
    """Place n of m, all n of m with a bar, the level now and the level still possible."""

    DEFAULT_CSS = """
    ProgressLine { padding: 0 1; background: $background; }
    """

    def update_from(
        self, scheme: Scheme, card: Scorecard, catalogue: Catalogue, place: str, here: Iterable[str], *, sealed: bool
    ) -> None:
        """Show another standing; of a sealed visit nothing is possible any more."""
        done_here, all_here = wording.progress(card.criteria[name] for name in here)
        counts = Content.assemble(
            f" {done_here}/{all_here}   {catalogue.say('tui.all')} {card.answered}/{card.asked} ",
            progress_line(card.answered, card.asked, _BAR),
        )
        right = wording.now_and_possible(scheme, card, catalogue, sealed=sealed)
        room = self.content_size.width - counts.cell_length - right.cell_length - 2
        title = shortened(Content.styled(place, "bold"), max(room, 1))  # it gives way, the bar never
        self.show(Content.assemble(title, counts), right)

    @on(Click)
    def _show_needs(self) -> None:
        """What the next level needs."""
        self.post_message(CommandClicked(NEEDS.name))
