"""The lines of a comparison: two visits facing each other, and the figure that sets them apart."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from textual.content import Content

from greenstar.i18n.bilingual import in_language
from greenstar.i18n.catalogue import Catalogue
from greenstar.reports.views.comparison import ComparisonView, CriterionCompared, VisitCompared
from greenstar.reports.views.criteria import CriterionResult
from greenstar.reports.views.figures import Figure
from greenstar.text import cell_width
from greenstar.tui import glyphs
from greenstar.tui.common import wording
from greenstar.tui.common.lines import both_ends, columns, wrapped
from greenstar.tui.results.ranking_lines import name_shown
from greenstar.tui.results.waterfall import Waterfall, signed_points

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
    """What the two have, facing each other, and by how much they differ."""

    label: Content
    sides: Sequence[Content]
    figure: Content | str = ""
    criterion: str | None = None


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
        for warning in comparison.warnings:
            yield from self._wrapped(Content.styled(f"! {self.catalogue.render(warning)}", "$warning"))
        yield from self._wrapped(Content.styled(self.catalogue.render(comparison.swap.sentence), "bold"))
        if comparison.results_only:
            return
        yield ComparisonText(Content(""))
        fall = Waterfall(comparison, self.names, self.catalogue, self.width)
        yield from map(ComparisonText, fall.lines())
        yield from self._unit(weighs=fall.weighs)
        for besides in comparison.swap.besides:
            yield from self._wrapped(Content.styled(self.catalogue.render(besides), "$muted"))
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
        label = max(width - 2 * self.narrow - _FIGURE - 3 * _GAP, 1)
        sides = [(content, self.narrow) for content in row.sides]
        return columns([(row.label, label), *sides, (row.figure, -_FIGURE)], _GAP)

    # -- the parts

    def _head(self) -> Iterator[ComparisonLine]:
        """Which visits these are, what each came to, and by which rules."""
        comparison = self.comparison
        catalogue, visits = self.catalogue, comparison.visits
        levels = [wording.level_mark(visit.scheme, visit.level, catalogue) for visit in visits]
        totals = [
            Content.styled(wording.total_words(visit.total, visit.available, catalogue), "bold") for visit in visits
        ]
        stores = [in_language(visit.name, catalogue.language) for visit in visits]
        whens = [self._when(visit) for visit in visits]
        codes, named, dated = (max(map(cell_width, texts)) for texts in (self.names, stores, whens))
        starred, counted = (max(content.cell_length for content in contents) for contents in (levels, totals))
        room = max(min(named, self.width - codes - dated - starred - counted - 4 * _GAP), 0)
        for name, store, when, level, total in zip(self.names, stores, whens, levels, totals, strict=True):
            code, day = Content.styled(name, "bold $primary"), Content.styled(when, "$muted")
            words = columns([(code, codes), (name_shown(store, room, catalogue), room), (day, dated)])
            yield ComparisonText(words, columns([(level, starred), (total, -counted)]))
        if not comparison.same_rules:
            first, second = map(self._scheme, comparison.visits)
            text = f"! {self.catalogue.say('compare.other_rules', first=first, second=second)}"
            yield from self._wrapped(Content.styled(text, "$warning"))

    def _when(self, visit: VisitCompared) -> str:
        status = self.catalogue.say(f"tui.status_{visit.status}") if visit.status is not None else ""
        return f" {glyphs.DOT.mark} ".join(part for part in (visit.cycle, status) if part)

    def _scheme(self, visit: VisitCompared) -> str:
        return self.catalogue.say("compare.scheme_line", scheme=visit.scheme.title, version=visit.scheme.version)

    def _heads(self, key: str) -> SideBySide:
        label = Content.styled(self.catalogue.say(key), "bold $primary")
        return SideBySide(label, [Content.styled(name, "bold") for name in self.names])

    def _unit(self, *, weighs: bool) -> Iterator[ComparisonLine]:
        """What the differences are told in, and why equal shares may bring unequal points."""
        if self.comparison.apart.value is None:
            yield from self._wrapped(Content.styled(f"! {self.catalogue.say('compare.no_total')}", "$warning"))
            return
        first, second = self.names
        text = self.catalogue.say("compare.unit", first=first, second=second)
        yield from self._wrapped(Content.styled(text, "$faint"))
        if weighs:
            yield from self._wrapped(Content.styled(self.catalogue.say("compare.weighs"), "$faint"))

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
        apart = "" if criterion.apart.value is None else signed_points(criterion.apart.value)
        yield SideBySide(label, list(map(self._earned, criterion.results)), apart, criterion.id)
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
