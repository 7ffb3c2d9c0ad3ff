"""What the closing meeting shows of a visit, in few words and much space."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from textual.content import Content

from greenstar.assessment.model import Finding
from greenstar.i18n.bilingual import in_language
from greenstar.i18n.catalogue import Catalogue
from greenstar.reports.views.criteria import criterion_result
from greenstar.reports.views.figures import total_under
from greenstar.reports.views.scorecard import GroupView, summary
from greenstar.scheme.parts import points_of
from greenstar.scoring.scorecard import Outcome
from greenstar.services.stores.past_visits import PastVisit
from greenstar.services.visit.closing_meeting import meeting_of
from greenstar.services.visit.visit import OpenVisit
from greenstar.tui import glyphs
from greenstar.tui.common import wording
from greenstar.tui.common.drawing import share_line
from greenstar.tui.common.lines import both_ends, columns, wrapped
from greenstar.tui.common.score_lines import next_lines
from greenstar.tui.results.scorecard_head import ScorecardHead, visit_course
from greenstar.tui.results.way_ahead import WayAhead

SEAL_SIGNS, _TOGETHER = 16, 4
_STRONG = Fraction(3, 4)  # the share from which a category is a strength
_MOST_STRENGTHS, _LINE, _PERCENT = 3, 18, 8
_MOST_CYCLES, _POINTS = 6, 6
_MARGIN = "  "


@dataclass(frozen=True)
class ClosingLines:
    """All of it for one language and width, a part after the other, each with a blank line behind it."""

    visit: OpenVisit
    past: Sequence[PastVisit]
    catalogue: Catalogue
    width: int
    way: WayAhead | None = None

    def reached(self) -> list[Content]:
        """Result and strengths."""
        return [*self._part(self._result()), *self._part(self._strengths())]

    def course(self) -> list[Content]:
        """The total between the levels, the categories against their gates, and the cycles before."""
        head = ScorecardHead(self.visit, visit_course(self.visit, self.past), self.catalogue, self.width)
        categories = self._part(self._under("closing_meeting.categories", head.categories(head.score, self.width)))
        cycles = self._part(self._under("closing_meeting.course", self._cycles())) if len(self.past) > 1 else []
        _, *levels = head.total(head.score)  # points and level stand above already
        return [*self._part(levels), *categories, *cycles]

    def to_do(self) -> list[Content]:
        """What keeps the next level, the shortest way there, and the findings."""
        return [*self._part(self._next()), *self._part(self._way()), *self._part(self._findings())]

    def words(self) -> list[Content]:
        """The store's own words."""
        return self._part(self._meeting())

    def seal(self) -> list[Content]:
        """The signs of the seal."""
        return self._part(self._seal())

    @staticmethod
    def _part(lines: Iterable[Content]) -> list[Content]:
        there = list(lines)
        return [*there, Content("")] if there else []

    def _under(self, key: str, lines: Iterable[Content]) -> Iterator[Content]:
        yield self._head(key)
        yield from lines

    def _head(self, key: str) -> Content:
        return Content.styled(self.catalogue.say(key), "bold $primary")

    def _inside(self, words: Content) -> Iterator[Content]:
        return (Content.assemble(_MARGIN, line) for line in wrapped(words, self.width - 2 * len(_MARGIN)))

    # -- what was reached

    def _result(self) -> Iterator[Content]:
        """The store, the level in wide signs, and the points."""
        visit = self.visit
        scheme, result = visit.scheme, summary(visit.scheme, visit.scorecard)
        yield from wrapped(
            Content.styled(in_language(visit.visit.store.name, self.catalogue.language), "bold"), self.width
        )
        yield Content("")
        most = scheme.most_stars
        level = Content.styled(wording.level_words(scheme, result.now.level, self.catalogue), "bold")
        if most:
            reached = scheme.stars_of(result.now.level)
            signs = [glyphs.STAR.content] * reached + [glyphs.NO_STAR.content] * (most - reached)
            level = Content.assemble(Content("   ").join(signs), "    ", level)
        points = self.catalogue.say("tui.total_of", total=result.total.text, available=result.available.text)
        yield both_ends(level, Content.styled(points, "bold"), self.width)

    def _strengths(self) -> Iterator[Content]:
        """The categories that are far along; where there is none, the criteria in full that earn most."""
        yield self._head("closing_meeting.strengths")
        groups = [group for group in summary(self.visit.scheme, self.visit.scorecard).groups if _strong(group)]
        groups = sorted(groups, key=lambda group: -(group.share or 0))[:_MOST_STRENGTHS]
        for group in groups:
            line = share_line(float(group.share or 0), _LINE)
            right = Content.assemble(line, columns([(Content.styled(group.percent.text, "bold"), -_PERCENT)]))
            yield both_ends(Content.assemble(_MARGIN, self.catalogue.write(group.title)), right, self.width)
        earned = self._in_full()[:_MOST_STRENGTHS]
        for name in earned:
            criterion = self.visit.scheme.criteria[name]
            result = criterion_result(self.visit.scheme, self.visit.scorecard.criteria[name])
            title = Content.assemble(_MARGIN, glyphs.MET.content, " ", self.catalogue.write(criterion.title))
            yield both_ends(title, Content.styled(wording.points_left(result, self.catalogue), "$muted"), self.width)
        if not (groups or earned):
            yield Content.assemble(_MARGIN, (self.catalogue.say("closing_meeting.none_yet"), "$muted"))

    def _in_full(self) -> list[str]:
        """The criteria that earned all they are worth, those worth most first."""
        criteria, scores = self.visit.scheme.criteria, self.visit.scorecard.criteria
        met = [name for name, score in scores.items() if score.applies and score.outcome is Outcome.MET]
        return sorted((name for name in met if criteria[name].points), key=lambda name: -points_of(criteria[name]))

    # -- how it went

    def _cycles(self) -> Iterator[Content]:
        """A line for each of the last cycles: its level, its total as a line, and in points."""
        for visit in self.past[:_MOST_CYCLES]:
            level = wording.level_mark(visit.scheme, visit.level, self.catalogue)
            points = total_under(visit.scheme, visit.total, visit.available).text if visit.total is not None else "-"
            share = float(visit.total / visit.available) if visit.total is not None and visit.available else 0.0
            left = Content.assemble((visit.cycle, "bold"), "  ", level, "  ", self._state(visit))
            right = Content.assemble(share_line(share, self.width // 2), " ", (points.rjust(_POINTS), "bold"))
            yield both_ends(left, right, self.width)

    def _state(self, visit: PastVisit) -> Content:
        return Content.styled(self.catalogue.say(f"tui.status_{visit.status}"), "$muted")

    # -- what is to be done

    def _next(self) -> Iterator[Content]:
        visit = self.visit
        if not visit.scheme.levels:
            return
        yield self._head("closing_meeting.next")
        level = summary(visit.scheme, visit.scorecard).next_level
        lines = next_lines(visit.scheme, level, self.catalogue, self.width - len(_MARGIN), sealed=visit.read_only)
        yield from (Content.assemble(_MARGIN, line) for line in lines)

    def _way(self) -> Iterator[Content]:
        if self.way is not None:
            lines = self.way.lines(self.visit, self.catalogue, self.width - 2 * len(_MARGIN))
            yield from (Content.assemble(_MARGIN, line) for line in lines)

    def _findings(self) -> Iterator[Content]:
        """The open findings: what each is, what closes it, by whom, and until when."""
        yield self._head("closing_meeting.findings")
        findings = [finding for finding in self.visit.visit.findings if finding.closed is None]
        if not findings:
            yield Content.assemble(_MARGIN, (self.catalogue.say("closing_meeting.no_findings"), "$success"))
        order = list(glyphs.OF_SEVERITY)
        for finding in sorted(findings, key=lambda finding: (order.index(finding.severity), str(finding.due or "9"))):
            yield from self._finding(finding)

    def _finding(self, finding: Finding) -> Iterator[Content]:
        say, mark = self.catalogue.say, glyphs.OF_SEVERITY[finding.severity]
        text = in_language(finding.text, self.catalogue.language)
        words = Content.assemble(mark.content, " ", (finding.criterion, "bold"), "  ", text)
        yield from self._inside(words)
        parts = [say("closing_meeting.closes", action=finding.action)] if finding.action else []
        parts += [say("closing_meeting.owner", owner=finding.owner)] if finding.owner else []
        parts.append(say("closing_meeting.due", day=finding.due) if finding.due else say("closing_meeting.no_day"))
        yield from self._inside(Content.assemble("  ", ("   ".join(parts), "$muted")))

    # -- the store's own words, and the seal

    def _meeting(self) -> Iterator[Content]:
        say, meeting = self.catalogue.say, meeting_of(self.visit.assessment)
        yield self._head("closing_meeting.store")
        if not (meeting.representative or meeting.remarks):
            key = "closing_meeting.nothing_written" if self.visit.read_only else "closing_meeting.to_write"
            yield from self._inside(Content.styled(say(key), "$muted"))
        if meeting.representative:
            yield from self._inside(Content.styled(meeting.representative, "bold"))
        if meeting.remarks:
            yield from self._inside(Content(meeting.remarks))

    def _seal(self) -> Iterator[Content]:
        """The first signs of the seal in groups, to be read out and written down."""
        say, seal = self.catalogue.say, self.visit.assessment.seal
        yield self._head("closing_meeting.seal")
        if seal is None:
            yield from self._inside(Content.styled(say("closing_meeting.not_sealed"), "$muted"))
            return
        groups = [seal[at : at + _TOGETHER] for at in range(0, SEAL_SIGNS, _TOGETHER)]
        yield Content("")
        yield Content.assemble(_MARGIN, ("     ".join(" ".join(group) for group in groups), "bold $success"))
        yield Content("")
        yield from self._inside(Content.styled(say("closing_meeting.keep_seal"), "$muted"))


def _strong(group: GroupView) -> bool:
    return group.share is not None and group.share >= _STRONG
