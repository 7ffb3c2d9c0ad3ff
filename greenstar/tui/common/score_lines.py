"""A score in lines: the total and its level, a line a category against its gate, and what the next level needs."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from textual.content import Content

from greenstar.i18n.catalogue import Catalogue
from greenstar.reports.views.figures import step
from greenstar.reports.views.gates import Gates, OpenEnds, gates_of
from greenstar.reports.views.requirements import IN_A_COLUMN, requirement_lines
from greenstar.reports.views.scorecard import GroupView, LevelView, Summary, summary
from greenstar.scheme.model import Scheme
from greenstar.scoring.scorecard import Scorecard
from greenstar.services.visit.previous import Previous
from greenstar.text import cell_width
from greenstar.tui import glyphs
from greenstar.tui.common import wording
from greenstar.tui.common.drawing import share_line, style_of_change
from greenstar.tui.common.lines import both_ends, columns, fit, wrapped

_PERCENT, _MOVED = 6, 5  # cells of `66.7 %`, and of `+10`
_LEAST_LINE, _LINE = 6, 12  # cells of a category's line: at least, and where its title has room as well
_LEAST_TITLE = 8
_NO_GATES = Gates(None, {})


@dataclass(frozen=True)
class ShownScore:
    """A scorecard with all that its lines tell. `sealed`: nothing can be earned any more."""

    scheme: Scheme
    card: Scorecard
    result: Summary
    gates: Gates
    previous: Previous | None = None
    sealed: bool = False


def score_of(scheme: Scheme, card: Scorecard, previous: Previous | None = None, *, sealed: bool = False) -> ShownScore:
    """A score, against the gates of the next level."""
    following = card.next_level
    gates = gates_of(scheme, card, following.id) if following is not None else _NO_GATES
    return ShownScore(scheme, card, summary(scheme, card), gates, previous, sealed)


# -- the total ---------------------------------------------------------------------------------------------------


def total_lines(score: ShownScore, catalogue: Catalogue, width: int) -> Iterator[Content]:
    """Points and level; the total as a line with the next level's tick; and what is still possible."""
    yield points_and_level(score, catalogue, width)
    if score.scheme.levels:
        gate = score.gates.total
        yield share_line(share_of(score), width, gate=None if gate is None else float(gate), gate_style="$accent")
        yield from possible_line(score, catalogue, width)


def points_and_level(score: ShownScore, catalogue: Catalogue, width: int) -> Content:
    """The points of what there is to earn at the left; at the right the level, where the scheme has any."""
    scheme, result = score.scheme, score.result
    of_all = catalogue.say("visit.of_available", available=result.available.text)
    points = Content.assemble((result.total.text, "bold"), (f" {of_all}", "$muted"))
    if not scheme.levels:
        return points
    stars = wording.level_mark(scheme, result.now.level, catalogue)
    words = Content.styled(wording.level_words(scheme, result.now.level, catalogue), "bold")
    return both_ends(points, Content.assemble(stars, "  ", words) if stars.plain != words.plain else words, width)


def share_of(score: ShownScore) -> float:
    """The total as a share of what there is to earn."""
    total, available = score.result.total.value, score.result.available.value
    return float(total / available) if total is not None and available else 0.0


def possible_line(score: ShownScore, catalogue: Catalogue, width: int) -> Iterator[Content]:
    """Which level and how many points are still possible, where that can still change."""
    result = score.result
    if score.sealed or (result.complete and result.best.level == result.now.level):
        return
    best = wording.level_mark(score.scheme, result.best.level, catalogue)
    most = catalogue.say("visit.up_to", total=result.best.total.text)
    possible = Content.assemble((f"{catalogue.say('tui.level_possible')}  ", "$muted"), best)
    yield both_ends(possible, Content.styled(most, "$muted"), width)


# -- the categories ----------------------------------------------------------------------------------------------


def group_lines(score: ShownScore, catalogue: Catalogue, width: int) -> Iterator[Content]:
    """A line for each category."""
    groups = score.result.groups
    ids = max((cell_width(group.id) for group in groups), default=0)
    titles = max((cell_width(catalogue.write(group.title)) for group in groups), default=0)
    room = width - ids - 1 - 2 - _PERCENT - _MOVED - _LINE
    columns = ids, min(titles, room) if room >= _LEAST_TITLE else 0
    for group in groups:
        yield _group_line(score, group, catalogue, width, columns)


def _group_line(
    score: ShownScore, group: GroupView, catalogue: Catalogue, width: int, names: tuple[int, int]
) -> Content:
    """A category: its share against its gate, in figures, and how far it moved since the last cycle.

    `names`: cells for its id, and for its title (0: no title).
    """
    fails = below_gate(score, group)
    style = "$error" if fails else "$success"
    ids, titles = names
    name = fit(Content.styled(group.id, "bold $error" if fails else "$muted"), ids)
    if titles:
        title = Content.styled(catalogue.write(group.title), "$error" if fails else "")
        name = Content.assemble(name, " ", fit(title, titles))
    if group.share is None:
        return both_ends(name, Content.styled(catalogue.say("tui.na_short"), "$faint"), width)
    moving = score.previous is not None and bool(score.previous.shares)
    room = width - name.cell_length - 2 - _PERCENT - (_MOVED if moving else 0)
    gate = score.gates.groups.get(group.id)
    line = share_line(
        float(group.share), max(room, _LEAST_LINE), style, gate=None if gate is None else float(gate),
        gate_style="$error" if fails else "$foreground",
    )  # fmt: skip
    percent = Content.styled(group.percent.text, "bold $error" if fails else "bold")
    parts: list[tuple[Content | str, int]] = [(percent, -_PERCENT)]
    if moving and score.previous is not None:
        parts.append((since(score.scheme, score.card, group, score.previous), -_MOVED))
    return Content.assemble(name, " ", line, " ", columns(parts, gap=0))


def below_gate(score: ShownScore, group: GroupView) -> bool:
    """Whether a category fails: it is below its gate, and nothing in it is open."""
    gate = score.gates.groups.get(group.id)
    return (
        gate is not None
        and group.share is not None
        and group.share < gate
        and not _any_open(score.scheme, score.card, group)
    )


def _any_open(scheme: Scheme, card: Scorecard, group: GroupView) -> bool:
    """Whether a criterion of the category, or of one in it, is open."""
    own = scheme.groups[group.id].criteria
    return any(card.criteria[criterion.id].open for criterion in own) or any(
        _any_open(scheme, card, inner) for inner in group.groups
    )


def since(scheme: Scheme, card: Scorecard, group: GroupView, previous: Previous) -> Content:
    """By how much a category moved since the last cycle; nothing while any of it is open, as that is no loss yet."""
    if group.share is None or _any_open(scheme, card, group):
        return Content("")
    return moved(group.share, previous.shares.get(group.id))


def moved(share: Fraction, earlier: Fraction | None) -> Content:
    """By how many percentage points a category moved: `+4`, `-7`, `=`; a small step to a tenth."""
    if earlier is None:
        return Content("")
    return Content.styled(step(share, earlier), style_of_change(share - earlier))


def since_line(previous: Previous, catalogue: Catalogue) -> Content:
    """What the figures beside the lines say."""
    key = "compare.since_version" if previous.version else "compare.since"
    return Content.styled(catalogue.say(key, cycle=previous.cycle, version=previous.version), "$faint")


# -- the next level ----------------------------------------------------------------------------------------------


def next_lines(
    scheme: Scheme, level: LevelView | None, catalogue: Catalogue, width: int, *, sealed: bool = False
) -> Iterator[Content]:
    """What the next level needs: what can still be brought is open, what cannot has failed.

    `sealed`: nothing can be brought any more, and nobody is told so of each level.
    """
    if not scheme.levels:
        return
    if level is None:
        yield Content.styled(catalogue.say("tui.highest_level"), "$success")
        return
    yield Content.assemble(
        (f"{catalogue.say('tui.next_level')}  ", "bold $muted"),
        wording.level_mark(scheme, level.id, catalogue),
        "  ",
        (catalogue.write(level.title), "bold"),
    )
    if not level.possible and not sealed:
        yield from _marked(glyphs.BLOCKED.content, Content.styled(catalogue.say("tui.out_of_reach"), "$error"), width)
    mark = glyphs.OPEN.content if level.possible else Content.styled(glyphs.OPEN.mark, "$muted")
    mark = glyphs.NOT_MET.content if sealed else mark
    for line in requirement_lines(level.lacks, IN_A_COLUMN):
        yield from _marked(mark, Content(catalogue.render(line.sentence)), width)


def _marked(mark: Content, words: Content, width: int) -> Iterator[Content]:
    """Words behind a mark; what is long goes on under its own first word."""
    yield from wrapped(Content.assemble(mark, " ", words), width, 2)


# -- what else ---------------------------------------------------------------------------------------------------


def end_lines(ends: OpenEnds, catalogue: Catalogue, width: int) -> Iterator[Content]:
    """Open findings by severity, and the share of evidence that is verified."""
    label = Content.styled(catalogue.say("tui.findings"), "bold $muted")
    counts = [
        Content.assemble(glyph.content, f" {ends.findings[name]} ", (catalogue.say(f"tui.severity_{name}"), "$muted"))
        for name, glyph in glyphs.OF_SEVERITY.items()
        if ends.findings.get(name)
    ]
    none = Content.styled(catalogue.say("tui.none"), "$muted")
    yield both_ends(label, Content("  ").join(counts) if counts else none, width)
    if ends.listing:
        label = Content.styled(catalogue.say("visit.verified"), "bold $muted")
        count = f" {ends.proved}/{ends.listing}"
        room = width - label.cell_length - len(count) - 1
        line = share_line(ends.proved / ends.listing, max(min(room, width // 2), 1))
        yield both_ends(label, Content.assemble(line, (count, "$muted")), width)
