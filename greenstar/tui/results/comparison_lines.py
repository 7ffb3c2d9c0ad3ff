"""The lines of a comparison: two visits facing each other, and the figure that sets them apart."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from textual.content import Content

from greenstar.i18n.catalogue import Catalogue
from greenstar.reports.views.comparison import ComparisonView, CriterionCompared, VisitCompared
from greenstar.reports.views.criteria import CriterionResult
from greenstar.reports.views.figures import Figure
from greenstar.tui import glyphs
from greenstar.tui.common import wording
from greenstar.tui.common.drawing import share_line
from greenstar.tui.common.lines import both_ends, columns, wrapped

_REASON = 4  # cells that the reasons under a criterion are set in by
_FIGURE = 8
_GAP = 2
_LEAST, _MOST = 8, 14  # cells for one side of a criterion


@dataclass(frozen=True)
class ComparisonText:
    """A line of words, with a figure at its end; `criterion` is the one that it speaks of."""

    words: Content
    figure: Content | str = ""
    criterion: str | None = None


@dataclass(frozen=True)
class SideBySide:
    """What the two have, facing each other, and by how much they differ; `wide`: there is a bar in it."""

    label: Content
    sides: Sequence[Content]
    figure: Content | str = ""
    criterion: str | None = None
    wide: bool = False


ComparisonLine = ComparisonText | SideBySide


class ComparisonLines:
    """Everything that a comparison shows, for one language and width."""

    def __init__(self, comparison: ComparisonView, names: tuple[str, str], catalogue: Catalogue, width: int) -> None:
        self.comparison = comparison
        self.names = names
        self.catalogue = catalogue
        self.width = width
        longest = max(Content(name).cell_length for name in names)
        self.narrow = min(max(longest, _LEAST), _MOST)

    def rows(self) -> Iterator[ComparisonLine]:
        """All lines, from top to bottom."""
        comparison = self.comparison
        yield from self._head()
        yield ComparisonText(Content(""))
        yield from self._totals()
        yield from self._categories()
        yield from self._unit()
        yield ComparisonText(Content(""))
        if comparison.prerequisites:
            yield self._heads("compare.prerequisites")
            for prerequisite in comparison.prerequisites:
                yield from self._criterion(prerequisite)
            yield ComparisonText(Content(""))
        yield self._heads("compare.criteria")
        yield from self._differing()
        yield ComparisonText(Content(""))
        yield from self._sum()

    def draw(self, row: ComparisonLine, width: int) -> Content:
        """One line in so many cells."""
        if isinstance(row, ComparisonText):
            return both_ends(row.words, row.figure, width)
        side = self._wide if row.wide else self.narrow
        label = max(width - 2 * side - _FIGURE - 3 * _GAP, 1)
        sides = [(content, side) for content in row.sides]
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
        say, comparison = self.catalogue.say, self.comparison
        for name, visit in zip(self.names, comparison.visits, strict=True):
            status = say(f"tui.status_{visit.status}") if visit.status is not None else ""
            text = say("compare.store_line", name=visit.name, cycle=visit.cycle, status=status)
            yield from self._wrapped(Content.assemble((name, "bold $primary"), "  ", text))
        if not comparison.same_rules:
            first, second = map(self._scheme, comparison.visits)
            text = f"! {say('compare.other_rules', first=first, second=second)}"
            yield from self._wrapped(Content.styled(text, "$warning"))

    def _scheme(self, visit: VisitCompared) -> str:
        return self.catalogue.say("compare.scheme_line", scheme=visit.scheme.title, version=visit.scheme.version)

    def _heads(self, key: str, *, wide: bool = False) -> SideBySide:
        label = Content.styled(self.catalogue.say(key) if key else "", "bold $primary")
        return SideBySide(label, [Content.styled(name, "bold") for name in self.names], wide=wide)

    def _totals(self) -> Iterator[ComparisonLine]:
        """Levels and totals."""
        say, visits = self.catalogue.say, self.comparison.visits
        yield self._heads("", wide=True)
        levels = [wording.level_mark(visit.scheme, visit.level, self.catalogue) for visit in visits]
        yield SideBySide(Content(say("compare.level_row")), levels, wide=True)
        totals = [wording.total_words(visit.total, visit.available, self.catalogue) for visit in visits]
        bold = [Content.styled(total, "bold") for total in totals]
        figure = Content.styled(self.comparison.apart.signed, "bold")
        yield SideBySide(Content(say("compare.total_row")), bold, figure, wide=True)

    def _categories(self) -> Iterator[ComparisonLine]:
        for category in self.comparison.categories:
            label = Content.assemble((category.id, "$muted"), " ", self.catalogue.write(category.title))
            yield SideBySide(label, list(map(self._share, category.shares)), category.apart.signed, wide=True)

    def _share(self, share: Figure) -> Content:
        if share.value is None:
            return Content.styled(self.catalogue.say("tui.na_short"), "$faint")
        return Content.assemble(share_line(float(share.value), self.bar), columns([(share.text, -8)]))

    def _unit(self) -> Iterator[ComparisonLine]:
        """What the differences are told in."""
        if self.comparison.apart.value is None:
            yield from self._wrapped(Content.styled(f"! {self.catalogue.say('compare.no_total')}", "$warning"))
        else:
            text = self.catalogue.say("compare.unit", first=self.names[0], second=self.names[1])
            yield from self._wrapped(Content.styled(text, "$muted"))

    def _differing(self) -> Iterator[ComparisonLine]:
        """The criteria that are not alike."""
        if not self.comparison.criteria and not self.comparison.wholes:
            yield ComparisonText(Content(self.catalogue.say("compare.no_difference")))
        for whole in self.comparison.wholes:
            yield from self._with_figure(self.catalogue.render(whole.sentence), whole.apart)
        for criterion in self.comparison.criteria:
            yield from self._criterion(criterion)

    def _criterion(self, criterion: CriterionCompared) -> Iterator[ComparisonLine]:
        """A criterion: what each has of it, and why."""
        label = Content.assemble((criterion.id, "bold"), "  ", self.catalogue.write(criterion.title))
        yield SideBySide(label, list(map(self._earned, criterion.results)), criterion.apart.signed, criterion.id)
        for name, result in zip(self.names, criterion.results, strict=True):
            text = Content.styled(self.catalogue.say("compare.why", store=name, why=result.reason), "$muted")
            for part in wrapped(text, self.width - _REASON - _FIGURE - _GAP):
                yield ComparisonText(Content.assemble(" " * _REASON, part), criterion=criterion.id)

    def _earned(self, result: CriterionResult) -> Content:
        glyph = glyphs.of_outcome(result.outcome, prerequisite=result.prerequisite)
        return Content.assemble(glyph.content, " ", wording.points_left(result, self.catalogue))

    def _sum(self) -> Iterator[ComparisonLine]:
        """What is alike, and that all differences add up."""
        say, comparison = self.catalogue.say, self.comparison
        yield ComparisonText(Content.styled(say("compare.alike", count=comparison.alike), "$muted"))
        if comparison.apart.value is None:
            return
        if comparison.weighing.value is not None:
            yield from self._with_figure(say("compare.weighing"), comparison.weighing)
        if comparison.only_one_has:
            yield from self._with_figure(say("compare.apart", count=comparison.only_one_has), comparison.of_those)
        first, second = (visit.total.text for visit in comparison.visits)
        words = Content.styled(say("compare.sum", first=first, second=second), "bold")
        yield ComparisonText(words, Content.styled(comparison.apart.signed, "bold"))
        yield ComparisonText(Content.styled(say("compare.sum_exact"), "$muted"))

    def _with_figure(self, text: str, apart: Figure) -> Iterator[ComparisonLine]:
        first, *others = wrapped(Content(text), self.width - _FIGURE - _GAP)
        yield ComparisonText(first, apart.signed)
        yield from map(ComparisonText, others)

    def _wrapped(self, words: Content) -> Iterable[ComparisonLine]:
        return map(ComparisonText, wrapped(words, self.width))
