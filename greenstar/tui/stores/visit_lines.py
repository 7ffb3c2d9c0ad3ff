"""The past visits of a store: what each came to, how each category moved, and how it went over three cycles or more."""

from collections.abc import Iterator, Sequence

from textual.content import Content

from greenstar.i18n.catalogue import Catalogue
from greenstar.reports.views.course import course_of
from greenstar.reports.views.figures import share_under, step, total_under
from greenstar.services.stores.stores import PastVisit
from greenstar.tui.common import wording
from greenstar.tui.common.drawing import sparkline

_TOGETHER = "\N{NO-BREAK SPACE}"


def visit_lines(past: Sequence[PastVisit], catalogue: Catalogue) -> Iterator[Content]:
    """All visits, the newest first."""
    say = catalogue.say
    yield Content.styled(say("tui.visits"), "bold $primary")
    if not past:
        yield Content(say("tui.no_visits"))
    for index, visit in enumerate(past):
        scheme, before = visit.scheme, past[index + 1] if index + 1 < len(past) else None
        points = total_under(scheme, visit.total, visit.available).text
        total = "-" if visit.total is None else say("tui.points", points=points)
        level = wording.level_mark(scheme, visit.level, catalogue)
        yield Content.assemble((visit.cycle, "bold"), f"  {say(f'tui.status_{visit.status}')}  {total}  ", level)
        moved = [_moved(name, visit, before) for name in _categories(visit)]
        if moved:
            yield Content.styled("  ".join(text.replace(" ", _TOGETHER) for text in moved), "$muted")
        if not index:
            yield from _course(visit, past, catalogue)


def _categories(visit: PastVisit) -> list[str]:
    """The categories in which anything applies, in the order of the scheme."""
    return [group.category for group in visit.scheme.categories if visit.shares.get(group.category) is not None]


def _course(visit: PastVisit, past: Sequence[PastVisit], catalogue: Catalogue) -> Iterator[Content]:
    """How each category went, where there are cycles enough to see it."""
    course = course_of(visit.scheme, past, visit.cycle, visit.shares)
    courses = {name: [float(share) for share in course.of(name)] for name in _categories(visit)}
    drawn = [
        Content.assemble((f"{name}{_TOGETHER}", "$muted"), sparkline(shares, low=0, high=1))
        for name, shares in courses.items()
        if shares
    ]
    if drawn:
        yield Content("  ").join(drawn)
        words = catalogue.say("tui.course", first=course.cycles[0], last=course.cycles[-1])
        yield Content.styled(words, "$faint")


def _moved(name: str, visit: PastVisit, before: PastVisit | None) -> str:
    """A category's share, and by how much it moved since the visit before."""
    share = visit.shares[name]
    now = share_under(visit.scheme, name, share, visit.worth[name]).text
    earlier = before.shares.get(before.category(visit.scheme, name)) if before is not None else None
    if share is None or earlier is None:
        return f"{name} {now}"
    return f"{name} {now} ({step(share, earlier)})"
