"""How far the visit has come, on one line; and what the next level needs, on another."""

from textual.content import Content

from greenstar.messages import Catalogue
from greenstar.scheme.model import Scheme
from greenstar.scoring.scorecard import Scorecard
from greenstar.tui import glyphs, wording
from greenstar.tui.widgets.ends import Ends
from greenstar.tui.widgets.lines import Line

_BAR = 10


class Band(Ends):
    """Place n of m, all n of m with a bar, the level now and the level still possible."""

    DEFAULT_CSS = """
    Band { padding: 0 1; background: $background; }
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
        title = Content.styled(place, "bold").truncate(max(room, 0))  # the title gives way, the bar never
        self.show(Content.assemble(title, counts), right)


class NextLine(Line):
    """Points, and what the next level needs, as far as one line goes."""

    DEFAULT_CSS = """
    NextLine { padding: 0 1; background: $background; }
    """

    def update_from(self, scheme: Scheme, card: Scorecard, catalogue: Catalogue) -> None:
        """Show another standing."""
        total = catalogue.say("tui.total_of", total=wording.points(card.total), available=card.available)
        parts: list[Content | str] = [Content.styled(total, "bold"), "   "]
        level = wording.next_level(card)
        if level is None:
            self.say(Content.assemble(*parts, catalogue.say("tui.highest_level")))
            return
        parts += [(f"{catalogue.say('tui.next_level')} "), wording.level_mark(scheme, level.id, catalogue), "  "]
        sentences = [catalogue.render(sentence) for sentence in wording.lacking(scheme, level)]
        room = self.content_size.width - Content.assemble(*parts).cell_length
        self.say(Content.assemble(*parts, Content.styled(_as_many(sentences, room, catalogue), "$muted")))


def _as_many(sentences: list[str], room: int, catalogue: Catalogue) -> str:
    """As many sentences as there is room for, and how many more there are."""
    text, then = "", catalogue.say("tui.then")
    for index, sentence in enumerate(sentences):
        longer = f"{text}{then}{sentence}" if text else sentence
        left = len(sentences) - index - 1
        more = f"{then}{catalogue.say('tui.more', count=left)}" if left else ""
        if text and Content(longer + more).cell_length > room:
            return f"{text}{then}{catalogue.say('tui.more', count=left + 1)}"
        text = longer
    return text
