"""The criteria of a visit as a tree: by place, in walking order, or by category."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message

from greenstar.messages import Catalogue, Text
from greenstar.scheme.document import Group
from greenstar.scheme.model import Scheme
from greenstar.scoring.scorecard import Scorecard
from greenstar.tui import glyphs, wording
from greenstar.tui.lines import both_ends
from greenstar.tui.widgets.rows import Rows

_TITLES_FROM = 28  # cells: from here a criterion's title stands beside its id


@dataclass(frozen=True)
class Heading:
    """A place or category."""

    key: str


@dataclass(frozen=True)
class Leaf:
    """A criterion."""

    criterion: str


class Outline(Rows):
    """The tree: what is open, what is done, and where one is."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "fold(True)", show=False),
        Binding("right", "fold(False)", show=False),
        Binding("space", "fold", show=False),
    ]

    @dataclass
    class Wanted(Message):
        """A criterion is to be shown; `enter`: and answered."""

        criterion: str
        enter: bool

    def __init__(self, scheme: Scheme) -> None:
        super().__init__(self._draw, id="outline")
        self.scheme = scheme
        self.by_place = bool(scheme.document.places)
        self.current = ""
        self.card: Scorecard | None = None
        self.catalogue: Catalogue | None = None
        self._opened: set[str] = set()

    # -- the order

    def groups(self) -> dict[str, tuple[str, ...]]:
        """The criteria under each heading, in order."""
        if self.by_place:
            return self.scheme.walking_order
        return {group.category: tuple(_criteria_in(group)) for group in self.scheme.categories}

    def order(self) -> list[str]:
        """All criteria in order."""
        return [criterion for criteria in self.groups().values() for criterion in criteria]

    def heading_of(self, criterion: str) -> str:
        """The heading under which a criterion stands."""
        return next(key for key, criteria in self.groups().items() if criterion in criteria)

    def title_of(self, key: str) -> Text | None:
        """The title of a heading."""
        if not self.by_place:
            return self.scheme.groups[key].title
        return self.scheme.place(key).title if key else None

    # -- showing

    def update(self, card: Scorecard, catalogue: Catalogue) -> None:
        """Show another standing, in another language."""
        self.card, self.catalogue = card, catalogue
        self.touch()

    def go_to(self, criterion: str) -> None:
        """Stand at a criterion; its heading opens, and the one left closes."""
        new = self.heading_of(criterion)
        if not self.current or self.heading_of(self.current) != new:
            self._opened = {new}
        self._opened.add(new)
        self.current = criterion
        self._lay_out(Leaf(criterion))

    def switch_order(self) -> None:
        """By place, or by category."""
        if self.scheme.document.places:
            self.by_place = not self.by_place
            self._opened = {self.heading_of(self.current)}
            self._lay_out(Leaf(self.current))

    def _lay_out(self, at: Heading | Leaf) -> None:
        rows: list[Heading | Leaf] = []
        for key, criteria in self.groups().items():
            rows.append(Heading(key))
            if key in self._opened:
                rows += [Leaf(criterion) for criterion in criteria]
        self.show(rows, rows.index(at) if at in rows else self.cursor)

    def _draw(self, row: Heading | Leaf, width: int) -> Content:
        if self.card is None or self.catalogue is None:
            return Content("")
        return self._draw_heading(row, width) if isinstance(row, Heading) else self._draw_leaf(row, width)

    def _draw_heading(self, row: Heading, width: int) -> Content:
        assert self.card is not None
        assert self.catalogue is not None
        title = self.title_of(row.key)
        words = title.in_(self.catalogue.language) if title is not None else self.catalogue.say("tui.nowhere")
        done, all_of_them = wording.progress(self.card.criteria[name] for name in self.groups()[row.key])
        fold = glyphs.OPENED if row.key in self._opened else glyphs.CLOSED
        style = "$muted" if done == all_of_them else "bold"
        left = Content.assemble((f"{fold} ", "$muted"), (words, style))
        return both_ends(left, Content.styled(f"{done}/{all_of_them}", style), width)

    def _draw_leaf(self, row: Leaf, width: int) -> Content:
        assert self.card is not None
        assert self.catalogue is not None
        score, criterion = self.card.criteria[row.criterion], self.scheme.criteria[row.criterion]
        glyph = glyphs.of_criterion(score, prerequisite=criterion.prerequisite)
        style = "bold" if row.criterion == self.current else "" if score.applies else "$faint"
        left = Content.assemble("  ", glyph.content, " ", (row.criterion, style))
        if width >= _TITLES_FROM:
            left = Content.assemble(left, " ", (criterion.title.in_(self.catalogue.language), style or "$muted"))
        right = wording.points_left(self.scheme, score, self.catalogue)
        return both_ends(left, Content.styled(right, "$muted"), width)

    # -- keys and mouse

    def action_fold(self, close: bool | None = None) -> None:
        """Open or close the heading under the cursor, or the one above it."""
        row = self.row
        if isinstance(row, Leaf):
            if close is not True:
                self.action_choose()
                return
            row = Heading(self.heading_of(row.criterion))
        if row is None:
            return
        if close is None:
            close = row.key in self._opened
        (self._opened.discard if close else self._opened.add)(row.key)
        self._lay_out(row)

    def on_rows_moved(self, event: Rows.Moved) -> None:
        """The criterion under the cursor is shown beside the tree."""
        event.stop()
        if isinstance(event.row, Leaf):
            self.current = event.row.criterion
            self.refresh()
            self.post_message(self.Wanted(event.row.criterion, enter=False))

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        """Enter or a click: into the criterion, or open the heading."""
        event.stop()
        if isinstance(event.row, Leaf):
            self.post_message(self.Wanted(event.row.criterion, enter=True))
        else:
            self.action_fold()


def _criteria_in(group: Group) -> Iterator[str]:
    for criterion in group.criteria:
        yield criterion.id
    for child in group.categories:
        yield from _criteria_in(child)
