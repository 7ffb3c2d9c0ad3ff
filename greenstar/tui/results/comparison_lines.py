"""The lines of a comparison: two visits facing each other, and the figure that sets them apart."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from textual.content import Content

from greenstar.i18n.catalogue import Catalogue
from greenstar.reports.views.figures import Figure
from greenstar.scheme.model import ROOT
from greenstar.services.results.comparison import Comparison, PointsApart, Side
from greenstar.tui import glyphs
from greenstar.tui.common import wording
from greenstar.tui.common.lines import both_ends, columns, wrapped

_REASON = 4  # cells that the reasons under a criterion are set in by
_FIGURE = 8
_GAP = 2
_LEAST, _MOST = 8, 14  # cells for one side of a criterion


@dataclass(frozen=True)
class Said:
    """A line of words, with a figure at its end; `criterion`: the one it speaks of."""

    words: Content
    figure: Content | str = ""
    criterion: str | None = None


@dataclass(frozen=True)
class Facing:
    """What the two have, facing each other, and by how much they differ; `wide`: there is a bar in it."""

    label: Content
    sides: Sequence[Content]
    figure: Content | str = ""
    criterion: str | None = None
    wide: bool = False


ComparisonLine = Said | Facing


class Lines:
    """Everything that a comparison shows, for one language and width."""

    def __init__(self, found: Comparison, names: tuple[str, str], catalogue: Catalogue, width: int) -> None:
        self.found = found
        self.names = names
        self.catalogue = catalogue
        self.width = width
        self.both = ((names[0], found.one), (names[1], found.other))
        longest = max(Content(name).cell_length for name in names)
        self.narrow = min(max(longest, _LEAST), _MOST)

    def rows(self) -> Iterator[ComparisonLine]:
        """All lines, from top to bottom."""
        yield from self._head()
        yield Said(Content(""))
        yield from self._standing()
        yield Said(Content(""))
        if self.found.prerequisites:
            yield self._heads("compare.prerequisites")
            for name in self.found.prerequisites:
                yield from self._criterion(name, "")
            yield Said(Content(""))
        yield self._heads("compare.criteria")
        yield from self._differing()
        yield Said(Content(""))
        yield from self._sum()

    def draw(self, row: ComparisonLine, width: int) -> Content:
        """One line in so many cells."""
        if isinstance(row, Said):
            return both_ends(row.words, row.figure, width)
        side = self._wide if row.wide else self.narrow
        label = max(width - 2 * side - _FIGURE - 3 * _GAP, 1)
        sides = [(one, side) for one in row.sides]
        return columns([(row.label, label), *sides, (row.figure, -_FIGURE)], _GAP)

    @property
    def _wide(self) -> int:
        """Cells for one side of a category: a bar and a percentage."""
        return self.bar + 9

    @property
    def bar(self) -> int:
        """Cells of a bar."""
        return 8 if self.width < 100 else 20

    # -- the parts

    def _head(self) -> Iterator[ComparisonLine]:
        """Which visits these are, and by which rules."""
        say, found = self.catalogue.say, self.found
        for name, side in self.both:
            status = say(f"tui.status_{side.row.status}") if side.row is not None else ""
            values = {"name": side.visit.store.name, "cycle": side.visit.cycle, "status": status}
            yield from self._wrapped(
                Content.assemble((name, "bold $primary"), "  ", say("compare.store_line", **values))
            )
        if not found.same_rules:
            one, other = (self._scheme(side) for side in (found.one, found.other))
            text = f"! {say('compare.other_rules', one=one, other=other)}"
            yield from self._wrapped(Content.styled(text, "$warning"))

    def _scheme(self, side: Side) -> str:
        title = side.scheme.title.in_(self.catalogue.language)
        return self.catalogue.say("compare.scheme_line", scheme=title, version=side.scheme.version)

    def _heads(self, key: str, *, wide: bool = False) -> Facing:
        label = Content.styled(self.catalogue.say(key) if key else "", "bold $primary")
        return Facing(label, [Content.styled(name, "bold") for name in self.names], wide=wide)

    def _standing(self) -> Iterator[ComparisonLine]:
        """Level, total and categories."""
        say, found = self.catalogue.say, self.found
        yield self._heads("", wide=True)
        levels = [wording.level_mark(side.scheme, side.card.level, self.catalogue) for _, side in self.both]
        yield Facing(Content(say("compare.level_row")), levels, wide=True)
        totals = [self._total(side) for _, side in self.both]
        figure = Content.styled(Figure(found.total).signed, "bold")
        yield Facing(Content(say("compare.total_row")), totals, figure, wide=True)
        by_category = [{group.id: group.share for group in side.card.groups} for _, side in self.both]
        for category in found.categories:
            title = found.one.scheme.groups[category.id].title.in_(self.catalogue.language)
            label = Content.assemble((category.id, "$muted"), " ", title)
            shares = [self._share(each[category.id]) for each in by_category]
            yield Facing(label, shares, Figure(category.points).signed, wide=True)
        if found.total is None:
            yield from self._wrapped(Content.styled(f"! {say('compare.no_total')}", "$warning"))
        else:
            text = say("compare.unit", one=self.names[0], other=self.names[1])
            yield from self._wrapped(Content.styled(text, "$muted"))

    def _total(self, side: Side) -> Content:
        card = side.card
        values = {"total": wording.points(card.total), "available": card.available}
        return Content.styled(self.catalogue.say("tui.total_of", **values), "bold")

    def _share(self, share: Fraction | None) -> Content:
        if share is None:
            return Content.styled(self.catalogue.say("tui.na_short"), "$faint")
        percent = wording.percent(share)
        return Content.assemble(glyphs.bar(float(share), self.bar), columns([(percent, -8)]))

    def _differing(self) -> Iterator[ComparisonLine]:
        """The criteria that are not alike."""
        if not self.found.differing and not self.found.wholes:
            yield Said(Content(self.catalogue.say("compare.no_difference")))
        for whole in self.found.wholes:
            yield from self._with_figure(self._whole(whole), whole.points)
        for criterion in self.found.differing:
            yield from self._criterion(criterion.id, Figure(criterion.points).signed)

    def _whole(self, whole: PointsApart) -> str:
        if whole.id == ROOT:
            return self.catalogue.say("compare.total_as_a_whole")
        groups = {**self.found.other.scheme.groups, **self.found.one.scheme.groups}
        return self.catalogue.say("compare.as_a_whole", title=groups[whole.id].title)

    def _criterion(self, name: str, figure: str) -> Iterator[ComparisonLine]:
        """A criterion: what each has of it, and why."""
        title = self.found.one.scheme.criteria[name].title.in_(self.catalogue.language)
        cells = [self._earned(side, name) for _, side in self.both]
        yield Facing(Content.assemble((name, "bold"), "  ", title), cells, figure, name)
        for store, side in self.both:
            why = self.catalogue.render(wording.reason(side.scheme, side.card.criteria[name].reason))
            text = Content.styled(self.catalogue.say("compare.why", store=store, why=why), "$muted")
            for part in wrapped(text, self.width - _REASON - _FIGURE - _GAP):
                yield Said(Content.assemble(" " * _REASON, part), criterion=name)

    def _earned(self, side: Side, name: str) -> Content:
        score = side.card.criteria[name]
        glyph = glyphs.of_criterion(score, prerequisite=side.scheme.criteria[name].prerequisite)
        return Content.assemble(glyph.content, " ", wording.points_left(side.scheme, score, self.catalogue))

    def _sum(self) -> Iterator[ComparisonLine]:
        """What is alike, and that all differences add up."""
        say, found = self.catalogue.say, self.found
        yield Said(Content.styled(say("compare.alike", count=found.alike), "$muted"))
        if found.total is None:
            return
        if found.weighing:
            yield from self._with_figure(say("compare.weighing"), found.weighing)
        if found.only_one_has:
            yield from self._with_figure(say("compare.apart", count=found.only_one_has), found.apart)
        one, other = (wording.points(side.card.total) for _, side in self.both)
        yield Said(
            Content.styled(say("compare.sum", one=one, other=other), "bold"),
            Content.styled(Figure(found.total).signed, "bold"),
        )
        yield Said(Content.styled(say("compare.sum_exact"), "$muted"))

    def _with_figure(self, text: str, points: Fraction | None) -> Iterator[ComparisonLine]:
        first, *more = wrapped(Content(text), self.width - _FIGURE - _GAP)
        yield Said(first, Figure(points).signed)
        yield from (Said(part) for part in more)

    def _wrapped(self, words: Content) -> Iterator[ComparisonLine]:
        yield from (Said(part) for part in wrapped(words, self.width))
