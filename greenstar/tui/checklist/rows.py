"""The things left to do in a visit, a line each, and the thing under the cursor in full."""

from collections.abc import Iterator

from textual.content import Content

from greenstar.i18n.catalogue import Catalogue
from greenstar.i18n.phrase import Phrase
from greenstar.numbers import signed
from greenstar.services.visit.checklist import ChecklistItem, ItemKind
from greenstar.services.visit.visit import OpenVisit
from greenstar.tui import glyphs
from greenstar.tui.common.lines import both_ends, columns
from greenstar.tui.common.rows import Rows

_ROOMY = 100  # cells: from here a criterion's title has more room
_NUMBER, _TITLE, _TITLE_ROOMY, _LEVELS, _POINTS = 8, 20, 36, 4, 7

GLYPHS = {
    ItemKind.REFUSED: glyphs.REFUSED,
    ItemKind.FINDING: glyphs.FINDING,
    ItemKind.OPEN_FINDING: glyphs.UNCLOSED,
    ItemKind.UNANSWERED: glyphs.OPEN,
    ItemKind.BEFORE: glyphs.UNCONFIRMED,
    ItemKind.FACT: glyphs.NO_FACT,
    ItemKind.EVIDENCE: glyphs.NO_EVIDENCE,
    ItemKind.WARNING: glyphs.QUESTIONABLE,
    ItemKind.HALF_TYPED: glyphs.HALF_TYPED,
    ItemKind.FLAGGED: glyphs.FLAG,
}
Place = tuple[int, ItemKind | None, str]


class ChecklistRows(Rows):
    """What is left, with what leaving it may cost at the right."""

    def __init__(self, visit: OpenVisit, catalogue: Catalogue) -> None:
        super().__init__(self._draw, id="body")
        self.visit, self.catalogue = visit, catalogue

    @property
    def chosen(self) -> ChecklistItem | None:
        """The thing under the cursor."""
        item: ChecklistItem | None = self.row
        return item

    @property
    def place(self) -> Place:
        """Where the cursor stands, and at what."""
        item = self.chosen
        return (self.cursor, item.kind, item.criterion) if item is not None else (0, None, "")

    def show_at(self, left: list[ChecklistItem], at: Place | None) -> None:
        """Show these items, with the cursor at the same item; where that is done, at the item in its place."""
        index, kind, criterion = at or (0, None, "")
        same = (place for place, item in enumerate(left) if (item.kind, item.criterion) == (kind, criterion))
        self.show(left, next(same, index))

    def relabel(self, catalogue: Catalogue) -> None:
        """Write the list in another language."""
        self.catalogue = catalogue
        self.refresh()

    # -- a line each

    def _draw(self, item: ChecklistItem, width: int) -> Content:
        cost, number = self._cost(item), Content.styled(self._number(item), "bold")
        cells = _TITLE_ROOMY if width >= _ROOMY else _TITLE
        start = columns([(number, _NUMBER), (_cut(self._title(item), cells), cells)])
        left = Content.assemble(GLYPHS[item.kind].content, " ", start, "  ")
        room = width - left.cell_length - cost.cell_length - 1
        return both_ends(Content.assemble(left, _cut(self.catalogue.render(item.message), room)), cost, width)

    def _number(self, item: ChecklistItem) -> str:
        return item.criterion or self.catalogue.say("checklist.at_facts")

    def _title(self, item: ChecklistItem) -> str:
        criterion = self.visit.scheme.criteria.get(item.criterion)
        return criterion.title.in_(self.catalogue.language) if criterion is not None else ""

    def _cost(self, item: ChecklistItem) -> Content:
        points = signed(-item.points) if item.points else ""
        return columns([(self._levels(item), -_LEVELS), (points, -_POINTS)], gap=1)

    def _levels(self, item: ChecklistItem) -> Content:
        """The stars that are lost: those of the level still possible, less those of the level that would be left."""
        stars = [0, *(level.stars for level in self.visit.scheme.levels)]
        at = self._best
        lost = stars[at] - stars[at - item.levels]
        if lost > 0:
            return Content.styled(glyphs.STAR.mark * min(lost, _LEVELS), glyphs.STAR.style)
        return Content(f"-{item.levels}" if item.levels > 0 else "")

    @property
    def _best(self) -> int:
        """The place of the level that is still possible: 1 for the lowest, 0 for none."""
        best = self.visit.scorecard.best.level
        return next((at for at, level in enumerate(self.visit.scheme.levels, 1) if level.id == best), 0)

    # -- one in full

    def in_full(self) -> Iterator[Content]:
        """The thing under the cursor: where it is, what it is, and what it may cost."""
        item = self.chosen
        if item is None:
            return
        yield Content.assemble((self._number(item), "bold $primary"), "  ", (self._title(item), "bold"))
        yield Content.assemble(GLYPHS[item.kind].content, " ", self.catalogue.render(item.message))
        yield Content.styled(self._may_cost(item), "$muted")

    def _may_cost(self, item: ChecklistItem) -> str:
        if item.blocks:
            return self.catalogue.say("checklist.blocks_it")
        what: list[Phrase] = []
        if item.levels > 0:
            left = self._best - item.levels
            level = self.visit.scheme.levels[left - 1].title if left else None
            what.append(Phrase("checklist.level_only", level=level) if level else Phrase("checklist.no_level_left"))
        if item.points > 0:
            what.append(Phrase("checklist.points_less", points=item.points))
        return (
            self.catalogue.say("checklist.may_cost", what=what)
            if what
            else self.catalogue.say("checklist.costs_nothing")
        )


def _cut(text: str, width: int) -> Content:
    return Content(text).truncate(max(width, 0), ellipsis=True)
