"""The score beside the page: points, level, a bar for each category, and what the next level needs."""

from collections.abc import Iterator

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content

from greenstar.messages import Catalogue
from greenstar.scheme.model import Scheme
from greenstar.scoring.scorecard import GroupScore, Scorecard
from greenstar.tui import glyphs, wording
from greenstar.tui.lines import both_ends, columns
from greenstar.tui.widgets.lines import Words

_BAR = 8


class ScorePanel(VerticalScroll, can_focus=False):
    """Follows the score as it is typed."""

    DEFAULT_CSS = """
    ScorePanel {
        width: 38; background: $background; padding: 0 1; scrollbar-size-vertical: 1;
        Words { margin-bottom: 1; }
    }
    """

    def __init__(self, scheme: Scheme) -> None:
        super().__init__(id="panel")
        self.scheme = scheme

    def compose(self) -> ComposeResult:
        """Three paragraphs."""
        yield Words(id="panel-total")
        yield Words(id="panel-groups")
        yield Words(id="panel-next")

    def update(self, card: Scorecard, catalogue: Catalogue) -> None:
        """Show another score."""
        self.query_one("#panel-total", Words).say(Content("\n").join(total_lines(self.scheme, card, catalogue)))
        width = max(self.scrollable_content_region.width, 20)
        groups = [group_line(self.scheme, group, catalogue, width) for group in card.groups]
        self.query_one("#panel-groups", Words).say(Content("\n").join(groups))
        self.query_one("#panel-next", Words).say(Content("\n").join(next_lines(self.scheme, card, catalogue)))


def total_lines(scheme: Scheme, card: Scorecard, catalogue: Catalogue) -> Iterator[Content]:
    """Points, level, and level still possible."""
    total = catalogue.say("tui.total_of", total=wording.points(card.total), available=card.available)
    yield Content.styled(total, "bold")
    now, best = (wording.level_mark(scheme, level, catalogue) for level in (card.level, card.best.level))
    words = wording.level_words(scheme, card.level, catalogue)
    yield Content.assemble((f"{catalogue.say('tui.level_now')}  ", "$muted"), now, "  ", words)
    yield Content.assemble((f"{catalogue.say('tui.level_possible')}  ", "$muted"), best)


def group_line(scheme: Scheme, group: GroupScore, catalogue: Catalogue, width: int) -> Content:
    """A category: its title, a bar, and its points."""
    title = scheme.groups[group.id].title.in_(catalogue.language)
    name = Content.assemble((group.id, "$muted"), " ", title)
    if group.share is None:
        return both_ends(name, Content.styled(catalogue.say("tui.na_short"), "$faint"), width)
    figures = f"{wording.points(group.points)}/{wording.points(group.available)}"
    right = Content.assemble(glyphs.bar(float(group.share), _BAR), columns([(figures, -8)]))
    return both_ends(name, right, width)


def next_lines(scheme: Scheme, card: Scorecard, catalogue: Catalogue) -> Iterator[Content]:
    """What the next level needs."""
    level = wording.next_level(card)
    if level is None:
        yield Content(catalogue.say("tui.highest_level"))
        return
    words = wording.level_words(scheme, level.id, catalogue)
    yield Content.assemble(
        (f"{catalogue.say('tui.next_level')}  ", "bold $primary"),
        wording.level_mark(scheme, level.id, catalogue),
        "  ",
        (words, "bold"),
    )
    if not level.possible:
        yield Content.styled(f"! {catalogue.say('tui.out_of_reach')}", "$warning")
    for sentence in wording.lacking(scheme, level):
        yield Content(f"- {catalogue.render(sentence)}")
