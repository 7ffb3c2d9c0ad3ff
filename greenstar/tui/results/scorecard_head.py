"""The first page of a scorecard: the total between the levels, the categories against their gates, and what is next."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from textual.content import Content

from greenstar.i18n.catalogue import Catalogue
from greenstar.numbers import rounded_text
from greenstar.reports.views.course import Course, course_of
from greenstar.reports.views.criteria import unearned
from greenstar.reports.views.gates import goal_gates, level_edges, open_ends
from greenstar.reports.views.peers import PeersView
from greenstar.reports.views.requirements import requirement_views
from greenstar.reports.views.scorecard import away_sentence
from greenstar.services.stores.past_visits import PastVisit
from greenstar.services.visit.visit import OpenVisit
from greenstar.text import cell_width
from greenstar.tui import glyphs
from greenstar.tui.common import wording
from greenstar.tui.common.drawing import ruler, sparkline
from greenstar.tui.common.lines import beside, both_ends, wrapped
from greenstar.tui.common.score_lines import (
    ShownScore,
    end_lines,
    group_lines,
    next_lines,
    points_and_level,
    possible_line,
    score_of,
    share_of,
    since_line,
)
from greenstar.tui.results.scorecard_peers import peers_lines
from greenstar.tui.results.way_ahead import WayAhead

SIDE_BY_SIDE = 92  # cells from which categories and next level stand side by side
_GAP = 3
_NEXT = 40  # cells of the next level, beside the categories
_LEAST_LOSSES = 3


def visit_course(visit: OpenVisit, past: Sequence[PastVisit]) -> Course:
    """How the categories of a visit went so far, by the visits of its store."""
    shares = {group.id: group.share for group in visit.scorecard.groups}
    return course_of(visit.scheme, past, visit.assessment.cycle, shares)


@dataclass(frozen=True)
class ScorecardHead:
    """The first page of a visit, for one language and width; with the store's peers once they are known."""

    visit: OpenVisit
    course: Course
    catalogue: Catalogue
    width: int
    peers: PeersView | None = None
    way: WayAhead | None = None

    @property
    def score(self) -> ShownScore:
        """The score, against the gates of the next level, or of the highest where that is reached."""
        visit = self.visit
        score = score_of(visit.scheme, visit.scorecard, visit.previous, sealed=visit.read_only)
        return replace(score, gates=goal_gates(visit.scheme, visit.scorecard))

    def lines(self) -> Iterator[Content]:
        """All of it, from top to bottom."""
        yield from self._own_lines()
        if self.peers is not None:
            yield from peers_lines(self.peers, self.catalogue, self.width)

    def _own_lines(self) -> Iterator[Content]:
        score = self.score
        yield from self.total(score)
        yield Content("")
        if self.width < SIDE_BY_SIDE:
            yield from self.categories(score, self.width)
            yield Content("")
            yield from self._next(score, self.width)
        else:
            left = self.width - _NEXT - _GAP
            yield from beside(list(self.categories(score, left)), list(self._next(score, _NEXT)), left, _GAP)
        if self.way is not None:
            way = self.way.lines(self.visit, self.catalogue, self.width)
            yield from way if self.width < SIDE_BY_SIDE or not way else [Content(""), *way]
        yield from self._besides()

    def filled(self, height: int) -> Iterator[Content]:
        """In so many lines: the store among its peers, then the criteria at which most is left, as there is room."""
        lines = list(self._own_lines())
        if self.peers is not None:
            lines += peers_lines(self.peers, self.catalogue, self.width, max(height - len(lines), 0))
        yield from lines
        room = height - len(lines) - 2
        losses = unearned(self.visit.scheme, self.visit.scorecard)[:room]
        if room < _LEAST_LOSSES or not losses:
            return
        yield Content("")
        yield Content.styled(self.catalogue.say("scorecard.unearned"), "bold $muted")
        for result in losses:
            glyph = glyphs.of_outcome(result.outcome, prerequisite=result.prerequisite)
            name = Content.assemble(
                glyph.content, " ", (result.id, "bold"), " ", (self.catalogue.write(result.title), "$muted")
            )
            yield both_ends(name, wording.points_left(result, self.catalogue), self.width)

    # -- the parts

    def total(self, score: ShownScore) -> Iterator[Content]:
        """Points and level, and the total on a line with the edges of the levels."""
        yield points_and_level(score, self.catalogue, self.width)
        if score.scheme.levels:
            edges = level_edges(score.scheme, score.card)
            labels = (f"{glyphs.STAR.mark * edge.stars} {rounded_text(edge.points)}".strip() for edge in edges)
            steps = [(float(edge.share), label) for edge, label in zip(edges, labels, strict=True)]
            yield from ruler(steps, self.width, share=share_of(score))
            yield from possible_line(score, self.catalogue, self.width)

    def categories(self, score: ShownScore, width: int) -> Iterator[Content]:
        """A line for each category; with its course, where there are cycles enough to see one."""
        cycles = len(self.course.cycles)
        lines = list(group_lines(score, self.catalogue, width - (cycles + 2 if cycles else 0)))
        for line, group in zip(lines, score.result.groups, strict=True):
            course = [float(share) for share in self.course.of(group.id)]
            yield Content.assemble(line, "  ", sparkline(course, low=0, high=1)) if course else line
        if score.previous is not None and score.previous.shares:
            yield from wrapped(since_line(score.previous, self.catalogue), width)
        if cycles:
            first, last = self.course.cycles[0], self.course.cycles[-1]
            yield Content.styled(self.catalogue.say("scorecard.course", first=first, last=last), "$faint")

    def _next(self, score: ShownScore, width: int) -> Iterator[Content]:
        """What the next level needs; where the highest is reached, what a lighthouse store does."""
        scheme, card = score.scheme, score.card
        yield from next_lines(scheme, score.result.next_level, self.catalogue, width, sealed=score.sealed)
        if score.result.next_level is None and scheme.names_lighthouse_stores and scheme.levels:
            yield Content("")
            key = "is_candidate" if card.lighthouse else "no_candidate"
            yield Content.assemble(glyphs.STAR.content, " ", self.catalogue.say(f"scorecard.{key}"))
            for view in requirement_views(scheme, card, card.lighthouse_unmet):
                mark = glyphs.NOT_MET.content
                yield from wrapped(Content.assemble(mark, " ", self.catalogue.render(view.sentence)), width, 2)

    def _besides(self) -> Iterator[Content]:
        """Open findings and evidence; how much was answered or does not apply; and what the scheme has to say."""
        visit, say = self.visit, self.catalogue.say
        card = visit.scorecard
        yield Content("")
        yield from end_lines(open_ends(visit.scheme, visit.visit, card), self.catalogue, self.width)
        told = [say("tui.answered_of", answered=str(card.answered), asked=str(card.asked))]
        away = away_sentence(self.score.result)
        told += [] if away is None else [self.catalogue.render(away)]
        together = f"  {glyphs.DOT.mark}  ".join(told)
        for words in [together] if cell_width(together) <= self.width else told:
            yield from wrapped(Content.styled(words, "$muted"), self.width)
        previous, again = visit.previous, visit.rechecked
        if previous is not None and again is not None and again.asked and (again.left or not visit.read_only):
            said = say(
                "compare.rechecked",
                cycle=previous.cycle,
                count=again.asked,
                same=str(again.same),
                changed=str(again.changed),
                left=str(len(again.left)),
            )
            yield from wrapped(Content.styled(said, "$muted"), self.width)
        for notice in card.notices:
            yield from wrapped(Content.styled(f"! {self.catalogue.render(notice)}", "$warning"), self.width, 2)
