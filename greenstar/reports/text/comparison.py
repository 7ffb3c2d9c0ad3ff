"""Two visits against each other, in tables of 80 columns: why they differ, and what makes them change places."""

from collections.abc import Iterator, Sequence

from greenstar.i18n.bilingual import in_language
from greenstar.i18n.catalogue import Catalogue
from greenstar.reports.text.page import Block, Table, TextLine
from greenstar.reports.views.comparison import (
    ComparisonView,
    CriterionCompared,
    VisitCompared,
    earned_words,
    waterfall,
)
from greenstar.reports.views.figures import Figure
from greenstar.text import within_cells

_TITLE = 22  # cells of the name of a category
_CODE = 9  # of a store, above its figures
_CRITERION = 32  # of what a criterion is called
_MOST_CRITERIA = 12


def comparison_page(comparison: ComparisonView, catalogue: Catalogue) -> Iterator[Block]:
    """What each has; what change of a weight makes them change places; the categories and criteria, largest first."""
    say = catalogue.say
    names = [within_cells(visit.store, _CODE) for visit in comparison.visits]
    yield _heads(comparison, catalogue)
    yield TextLine()
    yield from (TextLine(f"! {catalogue.render(warning)}") for warning in comparison.warnings)
    yield TextLine(catalogue.render(comparison.swap.sentence), strong=True)
    if comparison.results_only:
        return
    for besides in comparison.swap.besides:
        yield TextLine(catalogue.render(besides), faint=True)
    yield TextLine()
    if not comparison.same_rules:
        first, second = (_scheme(visit, catalogue) for visit in comparison.visits)
        yield TextLine(say("compare.other_rules", first=first, second=second))
    if comparison.apart.value is None:
        yield TextLine(say("compare.no_total"))
    yield _categories(comparison, names, catalogue)
    yield TextLine()
    yield TextLine(say("compare.unit", first=names[0], second=names[1]), faint=True)
    yield from _criteria("compare.prerequisites", comparison.prerequisites, names, catalogue)
    yield from _criteria("compare.criteria", comparison.criteria[:_MOST_CRITERIA], names, catalogue)
    yield TextLine()
    yield from _rest(comparison, catalogue)


def _heads(comparison: ComparisonView, catalogue: Catalogue) -> Table:
    names = ("store", "name", "cycle", "status", "total", "level")
    table = Table([catalogue.say(f"reports.head_{name}") for name in names], numbers=(4,), names=(1, 0))
    for visit in comparison.visits:
        title = visit.scheme.level_title(visit.level)
        name = in_language(visit.name, catalogue.language)
        status = catalogue.say(f"storage.{visit.status}") if visit.status is not None else ""
        level = catalogue.write(title) if title is not None else ""
        table.rows.append([visit.store, name, visit.cycle, status, visit.total.text, level])
    return table


def _scheme(visit: VisitCompared, catalogue: Catalogue) -> str:
    return catalogue.say("compare.scheme_line", scheme=visit.scheme.title, version=visit.scheme.version)


def _categories(comparison: ComparisonView, names: list[str], catalogue: Catalogue) -> Table:
    """The way from the second total to the first, a category a row, with the running total."""
    say, (first, second) = catalogue.say, (visit.total.text for visit in comparison.visits)
    heads = [say(f"compare.{name}") for name in ("by_share", "by_worth")]
    heads += [say("reports.points"), say("reports.head_total")]
    table = Table(["", *names, *heads], numbers=(1, 2, 3, 4, 5, 6))
    steps = waterfall(comparison)
    after = {step.category.id: step.after for step in steps if step.category is not None}
    table.rows.append([names[1], "", "", "", "", "", second])
    for category in comparison.categories:
        shares = [share.text for share in category.shares]
        parts = [category.by_share.signed, category.by_worth.signed, category.apart.signed]
        title = within_cells(catalogue.write(category.title), _TITLE)
        table.rows.append([title, *shares, *parts, Figure(after.get(category.id)).text])
    for step in steps:
        if step.category is None:
            apart, total = Figure(step.after - step.before).signed, Figure(step.after).text
            table.rows.append([within_cells(say("compare.the_rest"), _TITLE), "", "", "", "", apart, total])
    table.rows.append([names[0], "", "", "", "", comparison.apart.signed, first])
    return table


def _criteria(
    title: str, criteria: Sequence[CriterionCompared], names: list[str], catalogue: Catalogue
) -> Iterator[Block]:
    if not criteria:
        return
    yield TextLine()
    yield TextLine(catalogue.say(title), strong=True)
    table = Table(["", "", *names, catalogue.say("reports.points")], numbers=(2, 3, 4))
    for criterion in criteria:
        earned = [catalogue.write(earned_words(result)) for result in criterion.results]
        words = within_cells(catalogue.write(criterion.title), _CRITERION)
        table.rows.append([criterion.id, words, *earned, criterion.apart.signed])
    yield table


def _rest(comparison: ComparisonView, catalogue: Catalogue) -> Iterator[Block]:
    """What else the difference is made of."""
    say = catalogue.say
    more = len(comparison.criteria) - _MOST_CRITERIA
    if more > 0:
        yield TextLine(say("compare.more_criteria", count=more), faint=True)
    for label, apart in comparison.rest:
        yield TextLine(say("words.labelled", label=label, text=apart.signed))
    yield TextLine(say("compare.alike", count=comparison.alike), faint=True)
