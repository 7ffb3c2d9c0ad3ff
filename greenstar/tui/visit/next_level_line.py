"""Points, and what the next level needs, on one line. A click shows it in full."""

from collections.abc import Sequence

from textual import on
from textual.content import Content
from textual.events import Click

from greenstar.i18n.catalogue import Catalogue
from greenstar.keys import NEEDS
from greenstar.reports.views.requirements import in_short, requirement_views
from greenstar.scheme.model import Scheme
from greenstar.scoring.scorecard import Scorecard
from greenstar.text import cell_width
from greenstar.tui.common import wording
from greenstar.tui.common.clicks import CommandClicked
from greenstar.tui.common.lines import shortened
from greenstar.tui.common.text import Line


class NextLevelLine(Line):
    """Points, and what the next level needs, as far as one line goes."""

    DEFAULT_CSS = """
    NextLevelLine { padding: 0 1; background: $background; }
    """

    def update_from(self, scheme: Scheme, card: Scorecard, catalogue: Catalogue, *, sealed: bool) -> None:
        """Show another standing. `sealed`: nothing can be brought any more, and nobody is told so."""
        say, level = catalogue.say, card.next_level
        total = wording.card_total(scheme, card, catalogue)
        parts: list[Content | str] = [Content.styled(total, "bold"), "   "]
        if level is None:
            self.say(Content.assemble(*parts, say("tui.highest_level") if scheme.levels else ""))
            return
        parts += [f"{say('tui.next_level')} ", wording.level_mark(scheme, level.id, catalogue), "  "]
        if not level.possible and not sealed:
            parts.append(Content.styled(f"! {say('tui.out_of_reach')}", "$error"))
            self.say(shortened(Content.assemble(*parts), self.content_size.width))
            return
        parts.append(Content.styled(f"{say('checklist.needs')} ", "$muted"))
        room = self.content_size.width - Content.assemble(*parts).cell_length
        short = [catalogue.render(phrase) for phrase in in_short(requirement_views(scheme, card, level.unmet))]
        parts.append(Content.styled(_as_fit(short, room, catalogue), "$muted"))
        self.say(shortened(Content.assemble(*parts), max(self.content_size.width, 1)))

    @on(Click)
    def _show_needs(self) -> None:
        """All of it."""
        self.post_message(CommandClicked(NEEDS.name))


def _as_fit(sentences: Sequence[str], room: int, catalogue: Catalogue) -> str:
    """The first sentences, with how many more there are; `room` in cells. The first one is always there."""
    text, comma = "", catalogue.say("checklist.comma")
    for index, sentence in enumerate(sentences):
        longer = f"{text}{comma}{sentence}" if text else sentence
        left = len(sentences) - index - 1
        others = f"{comma}{catalogue.say('tui.more', count=left)}" if left else ""
        if text and cell_width(longer + others) > room:
            return f"{text}{comma}{catalogue.say('tui.more', count=left + 1)}"
        text = longer
    return text
