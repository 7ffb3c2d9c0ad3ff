"""Figures of reports: a page beside a bare template of the same size, and a view beside three scorings of the visit."""

import tempfile
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path

from jinja2 import Environment, Template

from bench.measure import Effort, Figure, in_turn, processor_time, repeated
from greenstar.i18n.catalogue import Catalogue
from greenstar.reports.html.report import report_html
from greenstar.reports.pdf.report import TEMPLATE, report_pdf, report_source
from greenstar.reports.pdf.typesetting import typeset
from greenstar.reports.views.report import ReportView, report_view
from greenstar.scoring.score import score
from greenstar.services.demo.network import make_demo
from greenstar.services.results.report import ReportMaterial, gather, visit_to_report
from greenstar.services.workspace import Workspace

_STORES, _REPORTS, _COLUMNS = 120, 100, 8
_BARE = """<table>{% for row in rows %}<tr>{% for cell in row %}<td class="cell">{{ cell }}</td>{% endfor %}</tr>
{% endfor %}</table>"""


def figures(effort: Effort) -> Iterator[Figure]:
    """Each figure, as it is measured."""
    with tempfile.TemporaryDirectory() as folder:
        made = make_demo(Path(folder), stores=max(effort.of(_STORES), 3))
        with Workspace.open(made.path, write=False) as workspace:
            rows = workspace.storage.assessments.listed(workspace.cycle)[: effort.of(_REPORTS)]
            materials = [gather(visit_to_report(workspace, row.store)) for row in rows]
    yield _pages([report_view(material) for material in materials], effort)
    yield _pdf(report_view(materials[0]), effort)
    yield _view(max(materials, key=lambda material: material.sureness is not None), effort)


def _pages(views: list[ReportView], effort: Effort) -> Figure:
    """The stores of a network: some certified, some drafts, with the pictures that they have."""
    catalogue = Catalogue("en")
    sizes = [len(report_html(view, [catalogue])) for view in views]
    texts = [
        catalogue.write(text) for line in views[0].card.criteria for text in (line.title, line.points.text, line.id)
    ]
    template = Environment(autoescape=True).from_string(_BARE)
    bare = [(template, _rows(texts, size)) for size in sizes]
    ours, baseline = in_turn(
        processor_time(lambda: [report_html(view, [catalogue]) for view in views]),
        processor_time(lambda: [_bare_page(*page) for page in bare]),
        effort.most_rounds(5),
    )
    return Figure("100 HTML reports, from finished views", "100 bare Jinja renders, same size", ours, baseline, 1.5)


def _pdf(view: ReportView, effort: Effort) -> Figure:
    """One report with its pictures, beside Typst on what the template is given."""
    catalogues = [Catalogue("en")]
    source = report_source(view, catalogues)
    ours, baseline = in_turn(
        processor_time(lambda: report_pdf(view, catalogues)),
        processor_time(lambda: typeset(TEMPLATE, source)),
        effort.most_rounds(5),
    )
    return Figure("a PDF report, from a finished view", "Typst on the finished source", ours, baseline, 1.5)


def _bare_page(template: Template, rows: list[list[str]]) -> str:
    """A page of nothing but cells."""
    return template.render(rows=rows)


def _rows(texts: list[str], size: int) -> list[list[str]]:
    """So many rows of texts as a report has that they fill a page of that size."""
    width = sum(len(f'<td class="cell">{text}</td>') for text in texts) / len(texts) * _COLUMNS + 10
    cells = cycle(texts)
    return [list(islice(cells, _COLUMNS)) for _ in range(int(size / width))]


def _view(material: ReportMaterial, effort: Effort) -> Figure:
    ours, bare = in_turn(
        processor_time(repeated(lambda: report_view(material), 10)),
        processor_time(repeated(lambda: score(material.scheme, material.visit), 30)),
        effort,
    )
    return Figure("a view of one store, ranges and way known", "three times score() of it", ours, bare, 1.5, 100)
