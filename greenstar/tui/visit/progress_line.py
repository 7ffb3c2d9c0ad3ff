"""How far the visit has come, on one line; and what the next level needs, on another. A click shows it in full."""

from textual.content import Content

from greenstar.i18n.catalogue import Catalogue
from greenstar.reports.views.requirements import in_short, requirement_views
from greenstar.scheme.model import Scheme
from greenstar.scoring.scorecard import Scorecard
from greenstar.tui import glyphs
from greenstar.tui.commands import NEEDS
from greenstar.tui.common import wording
from greenstar.tui.common.key_line import KeyLine
from greenstar.tui.common.split_line import SplitLine
from greenstar.tui.common.text import Line
from greenstar.tui.results.requirement_text import as_many

_BAR = 10


class ProgressLine(SplitLine):
    """Place n of m, all n of m with a bar, the level now and the level still possible."""

    DEFAULT_CSS = """
    ProgressLine { padding: 0 1; background: $background; }
    """

    def update_from(self, scheme: Scheme, card: Scorecard, catalogue: Catalogue, place: str, here: list[str]) -> None:
        """Show another standing."""
        done_here, all_here = wording.progress(card.criteria[name] for name in here)
        share = card.answered / card.asked if card.asked else 0.0
        counts = Content.assemble(
            f" {done_here}/{all_here}   {catalogue.say('tui.all')} {card.answered}/{card.asked} ",
            glyphs.bar(share, _BAR),
        )
        right = Content.assemble(
            (f"{catalogue.say('tui.level_now')} ", "$muted"),
            wording.level_mark(scheme, card.level, catalogue),
            (f"   {catalogue.say('tui.level_possible')} ", "$muted"),
            wording.level_mark(scheme, card.best.level, catalogue),
        )
        room = self.content_size.width - counts.cell_length - right.cell_length - 2
        title = Content.styled(place, "bold").truncate(max(room, 1), ellipsis=True)  # it gives way, the bar never
        self.show(Content.assemble(title, counts), right)

    def on_click(self) -> None:
        """What the next level needs."""
        self.post_message(KeyLine.Pressed(NEEDS.name))


class NextLine(Line):
    """Points, and what the next level needs, as far as one line goes."""

    DEFAULT_CSS = """
    NextLine { padding: 0 1; background: $background; }
    """

    def update_from(self, scheme: Scheme, card: Scorecard, catalogue: Catalogue) -> None:
        """Show another standing."""
        say, level = catalogue.say, card.next_level
        total = wording.card_total(scheme, card, catalogue)
        parts: list[Content | str] = [Content.styled(total, "bold"), "   "]
        if level is None:
            self.say(Content.assemble(*parts, say("tui.highest_level")))
            return
        parts += [f"{say('tui.next_level')} ", wording.level_mark(scheme, level.id, catalogue), "  "]
        if not level.possible:
            parts.append(Content.styled(f"! {say('tui.out_of_reach')}", "$warning"))
            self.say(Content.assemble(*parts).truncate(self.content_size.width, ellipsis=True))
            return
        parts.append(Content.styled(f"{say('checklist.needs')} ", "$muted"))
        room = self.content_size.width - Content.assemble(*parts).cell_length
        short = [catalogue.render(phrase) for phrase in in_short(requirement_views(scheme, level.unmet))]
        parts.append(Content.styled(as_many(short, room, catalogue), "$muted"))
        self.say(Content.assemble(*parts).truncate(max(self.content_size.width, 1), ellipsis=True))

    def on_click(self) -> None:
        """All of it."""
        self.post_message(KeyLine.Pressed(NEEDS.name))
