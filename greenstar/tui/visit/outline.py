"""The criteria of a visit as a tree: by place, in walking order, or by category."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message

from greenstar.i18n.catalogue import Catalogue
from greenstar.i18n.phrase import Text
from greenstar.scheme.document import Group
from greenstar.scheme.model import Scheme
from greenstar.scoring.scorecard import Scorecard
from greenstar.tui.common import wording
from greenstar.tui.common.lines import wrapped
from greenstar.tui.common.panel import PanelWords
from greenstar.tui.common.rows import Rows
from greenstar.tui.visit.outline_filter import ALL, OutlineFilter
from greenstar.tui.visit.outline_lines import (
    OutlineHeading,
    OutlineLeaf,
    OutlineRow,
    OutlineText,
    heading_line,
    leaf_line,
)

_HIGH, _AROUND = 48, 5  # lines: from here more than one place is open; of the window that the tree does not have


class Outline(Rows):
    """The tree: what is open, what is done, and where one is. A filter leaves out all but some criteria."""

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
        self.catalogue: Catalogue | None = None
        self.outline_filter = OutlineFilter(scheme)
        self._words = PanelWords(self)
        self._opened: set[str] = set()
        self._shown: dict[str, tuple[str, ...]] = {}
        self._lines: dict[tuple[OutlineRow, int, bool], Content] = {}  # as they are drawn while nothing changes

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
        return self.scheme.document.places[key].title if key else None

    # -- the filter

    def visible_order(self) -> list[str]:
        """The criteria that the filter lets through, in order, under closed headings too."""
        return [criterion for criteria in self.outline_filter.of(self.groups()).values() for criterion in criteria]

    def counts(self) -> dict[str, int]:
        """How many criteria each filter shows."""
        return self.outline_filter.counts(self.order())

    @property
    def filter(self) -> str:
        """The name of the filter in use."""
        return self.outline_filter.name

    def show_only(self, name: str | None) -> None:
        """Show only the criteria that a filter lets through, unfolded; None: all of them again."""
        self.outline_filter.name = name or ALL
        self._unfold()
        self._lay_out(OutlineLeaf(self.current))
        self._say_title()

    def show_marks(
        self, flagged: Collection[str], with_findings: Collection[str], begun: Collection[str] = frozenset()
    ) -> None:
        """Show which criteria are flagged, which have findings, and of which something is answered."""
        marks = self.outline_filter
        changed = set(marks.flagged) ^ set(flagged) | set(marks.with_findings) ^ set(with_findings)
        changed |= set(marks.begun) ^ set(begun)
        if changed:
            self._lines.clear()
        marks.flagged, marks.with_findings, marks.begun = flagged, with_findings, begun
        self._follow(changed)

    def _unfold(self) -> None:
        """Under a filter everything is open, else only where one is."""
        self._opened = (
            set(self.groups()) if self.outline_filter.on else self._with_those_that_fit(self.heading_of(self.current))
        )

    def _with_those_that_fit(self, heading: str) -> set[str]:
        """A heading, and in a high window those after it and before it, as long as all rows are in sight."""
        groups, height = self.groups(), self.app.size.height - _AROUND
        opened, rows = {heading}, len(groups) + len(groups[heading])
        if height < _HIGH:
            return opened
        order = list(groups)
        at = order.index(heading)
        for key in order[at + 1 :] + order[:at][::-1]:
            rows += len(groups[key])
            if rows > height:
                break
            opened.add(key)
        return opened

    def _follow(self, changed: set[str]) -> None:
        """Draw anew what says otherwise about criteria that changed; all of it where the filter shows others now."""
        if self.outline_filter.on and self.outline_filter.of(self.groups()) != self._shown:
            self._lay_out(OutlineLeaf(self.current))
        elif changed:
            groups = self.groups()
            for index, row in enumerate(self.rows):
                if isinstance(row, OutlineText):
                    continue
                criteria = (row.criterion,) if isinstance(row, OutlineLeaf) else groups[row.key]
                if not changed.isdisjoint(criteria):
                    self.touch_row(index)
        self._say_title()

    def _say_title(self) -> None:
        """The order and how far it is done; under a filter, how many criteria that lets through."""
        card, catalogue = self.outline_filter.card, self.catalogue
        if card is None or catalogue is None:
            return
        if self.outline_filter.on:
            words = catalogue.say(f"navigation.filter_{self.filter}")
            count, most = len(self.visible_order()), len(self.order())
            self._words.title(Content(catalogue.say("navigation.filtered", words=words, count=count, all=most)))
        else:
            order = catalogue.say("visit.by_place" if self.by_place else "visit.by_category")
            self._words.title(Content.assemble(order, (f"  {card.answered}/{card.asked}", "$muted")))

    # -- showing

    def update(self, card: Scorecard, catalogue: Catalogue) -> None:
        """Show another standing, in another language."""
        before, after = self.outline_filter.card, card.criteria
        other_words = self.catalogue is not catalogue
        self.outline_filter.card, self.catalogue = card, catalogue
        if other_words or before is not card:
            self._lines.clear()
        if other_words and self.outline_filter.on and not self._shown:
            self._lay_out(OutlineLeaf(self.current))
        elif other_words:
            self.refresh()
        if before is None or before is card:
            self._say_title()
            return
        self._follow({name for name, score in after.items() if score != before.criteria[name]})

    def go_to(self, criterion: str) -> None:
        """Stand at a criterion; its heading opens, and the one left closes, unless a filter is on."""
        new = self.heading_of(criterion)
        if not self.outline_filter.on and (not self.current or self.heading_of(self.current) != new):
            self._opened = self._with_those_that_fit(new)
        self._opened.add(new)
        self.current = criterion
        self._lay_out(OutlineLeaf(criterion))

    def switch_order(self) -> None:
        """By place, or by category."""
        if self.scheme.document.places:
            self.by_place = not self.by_place
            self._lines.clear()
            self._unfold()
            self._lay_out(OutlineLeaf(self.current))
            self._say_title()

    def _lay_out(self, at: OutlineRow) -> None:
        rows: list[OutlineRow] = []
        self._shown = self.outline_filter.of(self.groups())
        for key, criteria in self._shown.items():
            rows.append(OutlineHeading(key))
            if key in self._opened:
                rows += [OutlineLeaf(criterion) for criterion in criteria]
        if not rows and self.catalogue is not None:
            lines = wrapped(self.catalogue.say("navigation.filter_empty"), self.row_width)
            rows += [OutlineText(line.plain) for line in lines]
        self.show(rows, rows.index(at) if at in rows else self._before(rows))

    def _before(self, rows: list[OutlineRow]) -> int:
        """The last row before the current criterion, which is not among them."""
        order = self.order()
        passed = order[: order.index(self.current)] if self.current in order else []
        return max(
            (at for at, row in enumerate(rows) if isinstance(row, OutlineLeaf) and row.criterion in passed), default=0
        )

    def on_resize(self) -> None:
        """The sentence that nothing is to be shown breaks elsewhere in another width."""
        if self.outline_filter.on and not self._shown:
            self._lay_out(OutlineLeaf(self.current))

    def _draw(self, row: OutlineRow, width: int) -> Content:
        stands_out = row.key in self._opened if isinstance(row, OutlineHeading) else row == OutlineLeaf(self.current)
        key = (row, width, stands_out)
        line = self._lines.get(key)
        if line is None:
            line = self._lines[key] = self._line(row, width, stands_out=stands_out)
        return line

    def _line(self, row: OutlineRow, width: int, *, stands_out: bool) -> Content:
        if isinstance(row, OutlineText):
            return Content.styled(row.words, "$muted")
        card, catalogue = self.outline_filter.card, self.catalogue
        if card is None or catalogue is None:
            return Content("")
        if isinstance(row, OutlineLeaf):
            return leaf_line(self.outline_filter, catalogue, row.criterion, width, here=stands_out)
        title = self.title_of(row.key)
        words = title.in_(catalogue.language) if title is not None else catalogue.say("tui.nowhere")
        progress = wording.progress(card.criteria[name] for name in self.groups()[row.key])
        return heading_line(words, progress, width, opened=stands_out)

    # -- keys and mouse

    def action_fold(self, close: bool | None = None) -> None:
        """Open or close the heading under the cursor, or the one above it."""
        row = self.row
        if isinstance(row, OutlineLeaf):
            if close is not True:
                self.action_choose()
                return
            row = OutlineHeading(self.heading_of(row.criterion))
        if not isinstance(row, OutlineHeading):
            return
        if close is None:
            close = row.key in self._opened
        (self._opened.discard if close else self._opened.add)(row.key)
        self._lay_out(row)

    def on_rows_moved(self, event: Rows.Moved) -> None:
        """The criterion under the cursor is shown beside the tree."""
        event.stop()
        if isinstance(event.row, OutlineLeaf):
            self.current = event.row.criterion
            self.refresh()
            self.post_message(self.Wanted(event.row.criterion, enter=False))

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        """Enter or a click: into the criterion, or open the heading."""
        event.stop()
        if isinstance(event.row, OutlineLeaf):
            self.post_message(self.Wanted(event.row.criterion, enter=True))
        else:
            self.action_fold()


def _criteria_in(group: Group) -> Iterator[str]:
    for criterion in group.criteria:
        yield criterion.id
    for child in group.categories:
        yield from _criteria_in(child)
