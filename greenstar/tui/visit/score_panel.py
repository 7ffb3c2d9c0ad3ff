"""The score beside the page: points, level, a bar for each category, and what the next level needs."""

from collections.abc import Iterator
from fractions import Fraction

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from typing_extensions import override

from greenstar.i18n.catalogue import Catalogue
from greenstar.reports.views.figures import step
from greenstar.reports.views.requirements import IN_A_COLUMN, requirement_lines
from greenstar.reports.views.scorecard import GroupView, LevelView, Summary, summary
from greenstar.scheme.model import Scheme
from greenstar.scoring.scorecard import Scorecard
from greenstar.services.visit.previous import Previous
from greenstar.tui import glyphs
from greenstar.tui.common import wording
from greenstar.tui.common.lines import both_ends, columns
from greenstar.tui.common.text import Words

_BAR, _SHORT_BAR = 8, 6
_MOVED = 5
_LEAST = 20  # cells that it is filled for before it is laid out


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
        self._total, self._groups, self._next = Words(), Words(), Words()
        self._shown: tuple[Scorecard, str, int] | None = None

    @override
    def compose(self) -> ComposeResult:
        yield from (self._total, self._groups, self._next)

    def update(self, card: Scorecard, catalogue: Catalogue, previous: Previous | None = None) -> None:
        """Show another score; `previous`: the last cycle's visit, whose shares are marked on the bars."""
        width = max(self.scrollable_content_region.width, _LEAST)
        shown, self._shown = self._shown, (card, catalogue.language, width)
        if shown is not None and shown[0] is card and shown[1:] == self._shown[1:]:
            return
        result = summary(self.scheme, card)
        self._total.say(Content("\n").join(total_lines(self.scheme, result, catalogue)))
        groups = [group_line(self.scheme, card, group, catalogue, width, previous=previous) for group in result.groups]
        if previous is not None and previous.shares:
            groups.append(since_line(previous, catalogue))
        self._groups.say(Content("\n").join(groups))
        self._next.say(Content("\n").join(next_lines(self.scheme, result.next_level, catalogue)))


def total_lines(scheme: Scheme, result: Summary, catalogue: Catalogue) -> Iterator[Content]:
    """Points, level, and level still possible."""
    yield Content.styled(wording.total_words(result.total, result.available, catalogue), "bold")
    if not scheme.levels:
        return
    now, best = (wording.level_mark(scheme, bound.level, catalogue) for bound in (result.now, result.best))
    words = wording.level_words(scheme, result.now.level, catalogue)
    yield Content.assemble((f"{catalogue.say('tui.level_now')}  ", "$muted"), now, "  ", words)
    yield Content.assemble((f"{catalogue.say('tui.level_possible')}  ", "$muted"), best)


def group_line(
    scheme: Scheme,
    card: Scorecard,
    group: GroupView,
    catalogue: Catalogue,
    width: int,
    *,
    previous: Previous | None = None,
) -> Content:
    """A category: its title, a bar with the last cycle's mark, its points, and how far it moved."""
    title = catalogue.write(group.title)
    name = Content.assemble((group.id, "$muted"), " ", title)
    if group.share is None:
        return both_ends(name, Content.styled(catalogue.say("tui.na_short"), "$faint"), width)
    figures = f"{group.points.text}/{group.available.text}"
    if previous is None or not previous.shares:
        return both_ends(name, Content.assemble(glyphs.bar(float(group.share), _BAR), columns([(figures, -8)])), width)
    earlier = previous.shares.get(group.id)
    bar = glyphs.bar(float(group.share), _BAR if width > 36 else _SHORT_BAR, mark=mark_of(earlier))
    right = Content.assemble(bar, columns([(figures, -8), (since(scheme, card, group, previous), -_MOVED)], gap=0))
    return both_ends(name, right, width)


def mark_of(earlier: Fraction | None) -> float | None:
    """Where a bar has the last cycle's mark."""
    return None if earlier is None else float(earlier)


def since(scheme: Scheme, card: Scorecard, group: GroupView, previous: Previous) -> Content:
    """By how much a category moved since the last cycle; nothing while any of it is open, as that is no loss yet."""
    if group.share is None or _waits(scheme, card, group):
        return Content("")
    return moved(group.share, previous.shares.get(group.id))


def _waits(scheme: Scheme, card: Scorecard, group: GroupView) -> bool:
    """Whether a criterion of the category, or of one in it, is open."""
    own = scheme.groups[group.id].criteria
    return any(card.criteria[criterion.id].open for criterion in own) or any(
        _waits(scheme, card, inner) for inner in group.groups
    )


def moved(share: Fraction, earlier: Fraction | None) -> Content:
    """By how many percentage points a category moved: `+4`, `-7`, `=`; a small step to a tenth."""
    if earlier is None:
        return Content("")
    style = "$muted" if share == earlier else "$success" if share > earlier else "$warning"
    return Content.styled(step(share, earlier), style)


def since_line(previous: Previous, catalogue: Catalogue) -> Content:
    """What the mark in the bars and the figures beside them say."""
    key = "compare.since_version" if previous.version else "compare.since"
    words = catalogue.say(key, mark=glyphs.LAST.mark, cycle=previous.cycle, version=previous.version)
    return Content.styled(words, "$muted")


def next_lines(scheme: Scheme, level: LevelView | None, catalogue: Catalogue) -> Iterator[Content]:
    """What the next level needs."""
    if not scheme.levels:
        return
    if level is None:
        yield Content(catalogue.say("tui.highest_level"))
        return
    yield Content.assemble(
        (f"{catalogue.say('tui.next_level')}  ", "bold $primary"),
        wording.level_mark(scheme, level.id, catalogue),
        "  ",
        (catalogue.write(level.title), "bold"),
    )
    if not level.possible:
        yield Content.styled(f"! {catalogue.say('tui.out_of_reach')}", "$warning")
    for line in requirement_lines(level.lacks, IN_A_COLUMN):
        yield Content(f"- {catalogue.render(line.sentence)}")
