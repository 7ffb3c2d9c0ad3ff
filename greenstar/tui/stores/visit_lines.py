"""The past visits of a store: what each came to, how each category moved, and how it went over three cycles or more."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from textual.content import Content

from greenstar.i18n.catalogue import Catalogue
from greenstar.reports.views.check_visits import check_visit_phrase
from greenstar.reports.views.course import course_of
from greenstar.reports.views.figures import share_under, step, total_under
from greenstar.services.stores.check_visits import CheckVisit
from greenstar.services.stores.past_visits import PastVisit
from greenstar.tui.common import wording
from greenstar.tui.common.drawing import share_line, sparkline
from greenstar.tui.common.lines import both_ends, columns, fit, shortened, wrapped

_PERCENT, _MOVED, _GAP = 7, 6, 2  # cells
_LEAST_LINE, _MOST_LINE = 6, 40
_TITLED = 52  # cells from which a category has a line with its title
_AT_LEAST = 3  # lines of a visit: its head, some categories side by side, and a blank one


@dataclass(frozen=True)
class VisitLines:
    """All visits, the newest first, in lines of `width` cells.

    Where `height` has room for it, each category of the newest visits has a line; else they stand side by side.
    `checks`: check visits, each told below in a sentence.
    """

    past: Sequence[PastVisit]
    catalogue: Catalogue
    width: int
    height: int = 0
    checks: Sequence[CheckVisit] = ()

    def lines(self) -> Iterator[Content]:
        """From top to bottom."""
        if not self.past:
            yield from wrapped(self.catalogue.say("tui.no_visits"), self.width)
        room = self.height if self.width >= _TITLED else 0
        room -= sum(_AT_LEAST for _ in (*self.past, *self.checks))
        for index, visit in enumerate(self.past):
            if index:
                yield Content("")
            yield self._head(visit)
            categories = [_Category.of(name, index, self.past) for name in _categories(visit)]
            room -= len(categories)
            yield from self._a_line_each(categories) if room >= 0 else self._side_by_side(categories)
            if not index:
                yield from self._course(visit)
        for check in self.checks:
            yield Content("")
            words = self.catalogue.render(check_visit_phrase(check))
            yield from (Content.styled(line.plain, "$muted") for line in wrapped(words, self.width))

    def _head(self, visit: PastVisit) -> Content:
        """The cycle, its state and level at the left, and its points at the right."""
        say = self.catalogue.say
        points = total_under(visit.scheme, visit.total, visit.available).text
        total = "-" if visit.total is None else say("tui.points", points=points)
        level = wording.level_mark(visit.scheme, visit.level, self.catalogue)
        state = Content.styled(say(f"tui.status_{visit.status}"), "$muted")
        left = Content.assemble((visit.cycle, "bold $primary"), "  ", level, "  ", state)
        return both_ends(left, Content.styled(total, "bold"), self.width)

    def _side_by_side(self, categories: Sequence["_Category"]) -> Iterator[Content]:
        """In as many columns as there is room for."""
        names = max((len(category.name) for category in categories), default=0)
        moves = max((len(category.moved) for category in categories), default=0)
        course = max((category.course.cell_length for category in categories), default=0)
        percents = max((category.percent.cell_length for category in categories), default=0)
        size = names + 1 + percents + (moves + 1 if moves else 0) + (course + 1 if course else 0)
        across = max((self.width + _GAP) // (size + _GAP), 1)
        for start in range(0, len(categories), across):
            cells = [
                columns(
                    [
                        (Content.styled(category.name, "$muted"), names),
                        (category.percent, -percents),
                        (category.step, moves),
                        (category.course, course),
                    ],
                    gap=1,
                )
                for category in categories[start : start + across]
            ]
            yield columns([(cell, size) for cell in cells], gap=_GAP).rstrip()

    def _a_line_each(self, categories: Sequence["_Category"]) -> Iterator[Content]:
        """With its title, and its share as a line."""
        names = max((len(category.name) for category in categories), default=0)
        course = max((category.course.cell_length for category in categories), default=0)
        room = self.width - names - 1 - 1 - _PERCENT - 1 - _MOVED - (course + 1 if course else 0)
        line = max(min(room // 2, _MOST_LINE), _LEAST_LINE)
        for category in categories:
            title = shortened(self.catalogue.write(category.title), room - line - 1)
            yield Content.assemble(
                fit(Content.styled(category.name, "$muted"), names),
                " ",
                fit(title, room - line),
                share_line(category.share, line),
                " ",
                columns([(category.percent, -_PERCENT), (category.step, _MOVED), (category.course, course)], gap=1),
            )

    def _course(self, visit: PastVisit) -> Iterator[Content]:
        """Which cycles the columns stand for."""
        course = course_of(visit.scheme, self.past, visit.cycle, visit.shares)
        if any(course.of(name) for name in _categories(visit)):
            words = self.catalogue.say("tui.course", first=course.cycles[0], last=course.cycles[-1])
            yield Content.styled(words, "$faint")


@dataclass(frozen=True)
class _Category:
    """A category of a visit: its share, by how much it moved since the visit before, and its course.

    While the visit is under way nothing is said of a category that came to less so far.
    """

    name: str
    title: object
    share: float
    percent: Content
    moved: str
    course: Content

    @classmethod
    def of(cls, name: str, index: int, past: Sequence[PastVisit]) -> "_Category":
        """Of the visit at this place among all of them."""
        visit, before = past[index], past[index + 1] if index + 1 < len(past) else None
        share = visit.shares[name]
        assert share is not None
        earlier = before.shares.get(before.category(visit.scheme, name)) if before is not None else None
        if earlier is not None and share < earlier and not visit.complete:
            earlier = None  # what is open yet is no loss
        course = course_of(visit.scheme, past, visit.cycle, visit.shares).of(name) if not index else ()
        percent = share_under(visit.scheme, name, share, visit.worth[name]).text
        return cls(
            name=name,
            title=visit.scheme.groups[name].title,
            share=float(share),
            percent=Content.styled(percent, "bold" if not index else ""),
            moved="" if earlier is None else f"({step(share, earlier)})",
            course=sparkline([float(known) for known in course], low=0, high=1),
        )

    @property
    def step(self) -> Content:
        """By how much it moved; green where it rose, red where it fell."""
        style = "$success" if self.moved.startswith("(+") else "$error" if self.moved.startswith("(-") else "$muted"
        return Content.styled(self.moved, style)


def _categories(visit: PastVisit) -> list[str]:
    """The categories in which anything applies, in the order of the scheme."""
    return [group.category for group in visit.scheme.categories if visit.shares.get(group.category) is not None]
