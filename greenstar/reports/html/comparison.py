"""The report on two stores as one HTML file: in a language, or in several side by side."""

from collections.abc import Sequence

from markupsafe import Markup

from greenstar.i18n.catalogue import Catalogue
from greenstar.reports.html.page import drawn, page, style
from greenstar.reports.html.sheet import Sheet, seen
from greenstar.reports.svg import lines, pairs, stars
from greenstar.reports.views.comparison import CategoryCompared, CriterionCompared, earned_words, waterfall
from greenstar.reports.views.comparison_report import ComparisonReportView, SideView
from greenstar.reports.views.criteria import CriterionResult
from greenstar.reports.views.figures import Figure

_MOST_CRITERIA = 40
_MOST_CODE = 24  # signs of a store's code where two stand on one line


def comparison_html(view: ComparisonReportView, catalogues: Sequence[Catalogue]) -> str:
    """The whole file. With more than one catalogue each page stands beside the same one in the next language."""
    sheets = [ComparisonSheet(view, catalogue) for catalogue in catalogues]
    css = style("report.css") + style("network.css")
    return page("report.html", view=view, sheets=sheets, parts=("comparison.html",), first=sheets[0], style=css)


class ComparisonSheet(Sheet):
    """The words and pictures of the page in one language. `codes`: of the two, as long as they may be on a line."""

    def __init__(self, view: ComparisonReportView, catalogue: Catalogue) -> None:
        first = view.comparison.visits[0]
        super().__init__(catalogue, first.scheme.title, first.scheme.version, sample=view.sample)
        self.view, self.comparison = view, view.comparison
        self.codes = [seen(visit.store)[:_MOST_CODE] for visit in view.comparison.visits]
        self.name, self.code = " · ".join(self.codes), seen(view.cycle)
        self.reference = f"{self.name} · {self.code}"
        drafts = any(visit.status == "draft" for visit in view.comparison.visits)
        self.state = self.say("report.state_draft") if drafts else ""

    @property
    def criteria(self) -> Sequence[CriterionCompared]:
        """The criteria in which they differ most."""
        return self.comparison.criteria[:_MOST_CRITERIA]

    @property
    def more_criteria(self) -> int:
        """In how many more they differ."""
        return len(self.comparison.criteria) - len(self.criteria)

    def earned(self, result: CriterionResult) -> str:
        """What a criterion has."""
        return self.w(earned_words(result))

    @property
    def rules(self) -> list[str]:
        """The schemes of both, where they are scored by different ones."""
        visits = self.comparison.visits
        return [
            self.say("compare.scheme_line", scheme=each.scheme.title, version=each.scheme.version) for each in visits
        ]

    # -- pictures

    def stars(self, side: SideView) -> Markup:
        """So many stars of as many as there can be."""
        says = self.say("report.stars_are", reached=str(side.stars), most=str(side.most_stars))
        return drawn(stars.stars(side.stars, side.most_stars, says))

    def duel(self) -> Markup:
        """Both totals between the edges of the levels."""
        edges = [
            lines.Edge(float(edge.share), Figure(edge.points).text, edge.stars, reached=True)
            for edge in self.view.edges
        ]
        totals = [
            (None if side.share is None else float(side.share), f"{code} {side.visit.total.text}")
            for side, code in zip(self.view.sides, self.codes, strict=True)
        ]
        return drawn(pairs.duel(totals, edges, self.w([label for _, label in totals])))

    def pair_bar(self, category: CategoryCompared) -> Markup:
        """What both have of a category."""
        told = zip(self.codes, category.shares, strict=True)
        shares = [None if share.value is None else float(share.value) for share in category.shares]
        return drawn(pairs.pair_bar(shares, self.w([f"{code} {share.text}" for code, share in told])))

    def step_bars(self) -> dict[str | None, tuple[Markup, Figure]]:
        """The way from the second total to the first by category (None: what none of them tells), with its points."""
        steps = waterfall(self.comparison)
        ends = [end for step in steps for end in (step.before, step.after)]
        low, high = min(ends, default=0), max(ends, default=1)
        width = (high - low) or 1
        return {
            None if step.category is None else step.category.id: (
                drawn(pairs.step_bar(float((step.before - low) / width), float((step.after - low) / width))),
                Figure(step.after - step.before),
            )
            for step in steps
        }
