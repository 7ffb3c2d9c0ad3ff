"""The things left to do in a visit, a line each, and the thing under the cursor in full."""

from collections.abc import Iterator, Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import Click
from typing_extensions import override

from greenstar.i18n.catalogue import Catalogue
from greenstar.i18n.phrase import Phrase
from greenstar.numbers import signed
from greenstar.services.visit.checklist_item import ChecklistItem, ItemKind
from greenstar.services.visit.visit import OpenVisit
from greenstar.text import cell_width
from greenstar.tui import glyphs
from greenstar.tui.checklist.arrangement import ChecklistHeading, ChecklistRow, EvidencePlace, InPlace, arranged
from greenstar.tui.common.lines import both_ends, columns, shortened
from greenstar.tui.common.rows import Rows

_HIGH = 30  # lines of a window that has room for headings
_LEAST_TITLE, _LEVELS = 20, 4
_BESIDES = 8  # cells of mark, gaps and cost

GLYPHS = {
    ItemKind.REFUSED: glyphs.REFUSED,
    ItemKind.FINDING: glyphs.FINDING,
    ItemKind.OPEN_FINDING: glyphs.UNCLOSED,
    ItemKind.CLASH: glyphs.CLASHING,
    ItemKind.UNANSWERED: glyphs.OPEN,
    ItemKind.BEFORE: glyphs.UNCONFIRMED,
    ItemKind.FACT: glyphs.NO_FACT,
    ItemKind.EVIDENCE: glyphs.NO_EVIDENCE,
    ItemKind.WARNING: glyphs.QUESTIONABLE,
    ItemKind.ADDED_UP: glyphs.ADDED_UP,
    ItemKind.HALF_TYPED: glyphs.HALF_TYPED,
    ItemKind.FLAGGED: glyphs.FLAG,
}
Place = tuple[int, ItemKind | None, str]


class ChecklistRows(Rows):
    """What is left, with what leaving it may cost at the right. The evidence of a place is folded into one line."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right", "fold(False)", show=False),
        Binding("left", "fold(True)", show=False),
    ]

    def __init__(self, visit: OpenVisit, catalogue: Catalogue, unfolded: set[str]) -> None:
        """`unfolded`: names of the places whose evidence is listed one by one, which it changes."""
        super().__init__(self._draw, id="things")
        self.visit, self.catalogue = visit, catalogue
        self._left: Sequence[ChecklistItem] = ()
        self._unfolded = unfolded
        self._measured, self._measured_in = (0, 0, 0), ""

    @property
    def chosen(self) -> ChecklistItem | None:
        """The thing under the cursor; None where that is a place with several."""
        row: ChecklistRow | None = self.row
        if isinstance(row, InPlace):
            return row.item
        return row if isinstance(row, ChecklistItem) else None

    @property
    def evidence_place(self) -> EvidencePlace | None:
        """The place under the cursor, where it stands on one."""
        row = self.row
        return row if isinstance(row, EvidencePlace) else None

    @property
    def entering(self) -> str:
        """What Enter does at the cursor, as the line of keys calls it."""
        item, place = self.chosen, self.evidence_place
        if place is not None:
            return "fold_place" if place.name in self._unfolded else "unfold_place"
        if item is not None and item.clash is not None:
            return "settle"
        return "take_in" if item is not None and item.begun_by else "go_there"

    @property
    def place(self) -> Place:
        """Where the cursor stands, and at what."""
        item, evidence = self.chosen, self.evidence_place
        if evidence is not None:
            return self.cursor, ItemKind.EVIDENCE, f"@{evidence.name}"
        return (self.cursor, item.kind, item.criterion) if item is not None else (0, None, "")

    def show_at(self, left: Sequence[ChecklistItem], at: Place | None) -> None:
        """Show these items, with the cursor at the same item; where that is done, at the item in its place."""
        self._left, self._measured_in = left, ""
        rows = arranged(left, self.visit.scheme, self._unfolded, headings=self.app.size.height >= _HIGH)
        index, kind, criterion = at or (0, None, "")
        same = (place for place, row in enumerate(rows) if kind is not None and _is(row, kind, criterion))
        self.show(rows, next(same, index))
        if isinstance(self.row, ChecklistHeading):
            self.put_cursor(self.cursor + 1)

    def go_first(self) -> None:
        """The cursor to the first thing."""
        self.put_cursor(
            next((place for place, row in enumerate(self.rows) if not isinstance(row, ChecklistHeading)), 0)
        )

    def arrange_again(self) -> None:
        """Arrange the same things for a window of another height."""
        self.show_at(self._left, self.place)

    def action_fold(self, folded: bool) -> None:
        """Fold the place under the cursor, or unfold it; from within, back to it."""
        row = self.row
        place = row if isinstance(row, EvidencePlace) else self._place_around() if isinstance(row, InPlace) else None
        if place is not None and (place.name not in self._unfolded) is not folded:
            self.toggle(place)

    def toggle(self, place: EvidencePlace) -> None:
        """Unfold a place, or fold it again."""
        self._unfolded ^= {place.name}
        self.show_at(self._left, (self.cursor, ItemKind.EVIDENCE, f"@{place.name}"))
        self.post_message(self.Moved(self.row))

    def _place_around(self) -> EvidencePlace | None:
        before = reversed(self.rows[: self.cursor])
        return next((row for row in before if isinstance(row, EvidencePlace)), None)

    @override
    def _go(self, index: int) -> None:
        """Over a heading to what follows it; above the first one there is nothing."""
        step = 1 if index >= self.cursor or index <= 0 else -1
        while 0 <= index < len(self.rows) and isinstance(self.rows[index], ChecklistHeading):
            index += step
        super()._go(index)

    @override
    def on_click(self, event: Click) -> None:
        under_mouse = self.under_mouse(event)
        if under_mouse is not None and isinstance(self.rows[under_mouse.place], ChecklistHeading):
            event.prevent_default()

    def relabel(self, catalogue: Catalogue) -> None:
        """Write the list in another language."""
        self.catalogue = catalogue
        self.refresh()

    # -- a line each

    def _draw(self, row: ChecklistRow, width: int) -> Content:
        match row:
            case ChecklistHeading():
                return Content.styled(self.catalogue.render(row.words) if row.words is not None else "", "bold $muted")
            case EvidencePlace():
                return self._draw_place(row, width)
            case InPlace():
                return Content.assemble("  ", self._draw_item(row.item, width - 2, costs=False))
            case _:
                return self._draw_item(row, width)

    def _draw_item(self, item: ChecklistItem, width: int, *, costs: bool = True) -> Content:
        number = Content.styled(self._number(item), "bold")
        cost = self._cost(item) if costs else Content("")
        numbers, titles, messages = self._cells
        room = width - _BESIDES - numbers
        cells = max(_LEAST_TITLE, min(titles, max(room - messages, room * 2 // 5)))
        start = columns([(number, numbers), (self._title(item), cells)])
        left = Content.assemble(GLYPHS[item.kind].content, " ", start, "  ")
        room = max(width - left.cell_length - cost.cell_length - 1, 0)
        message = Content.styled(self.catalogue.render(item.message), "$muted")
        return both_ends(Content.assemble(left, shortened(message, room)), cost, width)

    def _draw_place(self, place: EvidencePlace, width: int) -> Content:
        fold = glyphs.OPENED if place.name in self._unfolded else glyphs.CLOSED
        lacking = self.catalogue.say("checklist.lacking", count=len(place.items))
        places = (row for row in self.rows if isinstance(row, EvidencePlace))
        cells = min(max(cell_width(self._place_title(each)) for each in places), width // 2)
        titles = columns([(Content.styled(self._place_title(place), "bold"), cells)])
        left = Content.assemble((fold.mark, "$primary"), " ", titles, "  ", (lacking, "$muted"))
        return both_ends(left, self._levels(place.levels), width)

    def _place_title(self, place: EvidencePlace) -> str:
        return self.catalogue.write(place.title) if place.title is not None else self.catalogue.say("tui.nowhere")

    def _number(self, item: ChecklistItem) -> str:
        return item.criterion or self.catalogue.say("checklist.at_facts")

    @property
    def _cells(self) -> tuple[int, int, int]:
        """Cells of the longest number, title and message in a language."""
        language = self.catalogue.language
        if self._measured_in != language:
            numbers, titles = map(self._number, self._left), map(self._title, self._left)
            messages = (self.catalogue.render(item.message) for item in self._left)
            number, title, message = (max(map(cell_width, texts), default=0) for texts in (numbers, titles, messages))
            self._measured, self._measured_in = (number, title, message), language
        return self._measured

    def _title(self, item: ChecklistItem) -> str:
        criterion = self.visit.scheme.criteria.get(item.criterion)
        return criterion.title.in_(self.catalogue.language) if criterion is not None else ""

    def _cost(self, item: ChecklistItem) -> Content:
        points = Content.styled(signed(-item.points) if item.points else "", "$warning")
        return Content(" ").join(cost for cost in (self._levels(item.levels), points) if cost)

    def _levels(self, levels: int) -> Content:
        """The stars that are lost: those of the level still possible, less those of the level that would be left."""
        stars = [0, *(level.stars for level in self.visit.scheme.levels)]
        at = self._best
        lost = stars[at] - stars[at - levels]
        if lost > 0:
            return Content.styled(glyphs.STAR.mark * min(lost, _LEVELS), glyphs.STAR.style)
        return Content(f"-{levels}" if levels > 0 else "")

    @property
    def _best(self) -> int:
        """The place of the level that is still possible: 1 for the lowest, 0 for none."""
        best = self.visit.scorecard.best.level
        return next((at for at, level in enumerate(self.visit.scheme.levels, 1) if level.id == best), 0)

    # -- one in full

    def in_full(self) -> Iterator[Content]:
        """The thing under the cursor: where it is, what it is, and what it may cost."""
        item, place = self.chosen, self.evidence_place
        if place is not None:
            yield Content.styled(self._place_title(place), "bold")
            ids = self.catalogue.say("checklist.comma").join(item.criterion for item in place.items)
            yield Content.assemble(GLYPHS[ItemKind.EVIDENCE].content, " ", ids)
            yield Content.styled(self._may_cost(place.items[0]), "$muted")
        elif item is not None:
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


def _is(row: ChecklistRow, kind: ItemKind, criterion: str) -> bool:
    """Whether a row is the thing of that kind at that criterion; `@` and a name: the place of that name."""
    if isinstance(row, EvidencePlace):
        return kind is ItemKind.EVIDENCE and criterion == f"@{row.name}"
    item = row.item if isinstance(row, InPlace) else row
    return isinstance(item, ChecklistItem) and (item.kind, item.criterion) == (kind, criterion)
