"""The report as a PDF: it says what its page says, whatever people wrote, in the same bytes each time."""

from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from greenstar.assessment.model import Finding
from greenstar.i18n.catalogue import LANGUAGES, Catalogue
from greenstar.reports.html.report import report_html
from greenstar.reports.pdf.page_tree import Node, PageTree
from greenstar.reports.pdf.report import report_pdf
from greenstar.reports.views.report import report_view
from greenstar.services.evidence.evidence import attach, files_of
from greenstar.services.findings.findings import add as add_finding
from greenstar.services.results.report import gather, visit_to_report
from greenstar.services.visit.lifecycle import decide, submit
from greenstar.services.visit.visit import OpenVisit
from tests.services.conftest import fill

NASTY = '#panic() $x$ @a \\ " </span>{{ 7*7 }} \u202egpj 🌱 ' + "x" * 200


def nodes(node: Node, name: str) -> list[Node]:
    """All nodes within a node that have a class, or are of a tag."""
    children = [child for child in node["children"] if not isinstance(child, str)]
    own = [child for child in children if name in (*child["class"], child["tag"])]
    return own + [inner for child in children for inner in nodes(child, name)]


def words(node: Node) -> str:
    """All that is to be read in a node."""
    return "".join(child if isinstance(child, str) else words(child) for child in node["children"])


@pytest.mark.engine
def test_a_report_as_pdf_is_the_same_each_time_whatever_is_in_its_texts(visit: OpenVisit, tmp_path: Path) -> None:
    Image.new("RGB", (60, 40), "red").save(tmp_path / "a.jpg")
    attach(visit, "W1", [files_of(visit).take(tmp_path / "a.jpg")])
    add_finding(visit, Finding("W1", "minor", "text", action=NASTY))
    fill(visit)
    submit(visit.workspace, "S-1")
    decide(visit.workspace.as_person("Ben"), "S-1")
    view = replace(report_view(gather(visit_to_report(visit.workspace, "S-1", None))), name=NASTY, remarks=NASTY)
    catalogues = [Catalogue(language) for language in LANGUAGES]
    pdf = report_pdf(view, catalogues[:1])
    assert pdf.startswith(b"%PDF")
    assert b"pdfaid:part" in pdf
    assert pdf == report_pdf(view, catalogues[:1])


def test_a_page_is_read_as_it_stands(visit: OpenVisit) -> None:
    fill(visit)
    add_finding(visit, Finding("W1", "minor", "one line\nand <b> another &amp;"))
    view = report_view(gather(visit_to_report(visit.workspace, "S-1", None)))
    sections = PageTree(report_html(view, [Catalogue(language) for language in LANGUAGES])).sections()
    assert [section["lang"] for section in sections] == ["en", "zh"] * 3
    assert all(words(nodes(section, "state")[0]) in ("draft", "草稿", "DRAFT") for section in sections)
    finding = nodes(sections[2], "finding")[0]
    assert "one lineand <b> another &amp;" in words(finding)
    assert len(nodes(finding, "br")) == 1
    drawings = [drawing for section in sections for drawing in nodes(section, "svg")]
    assert all(drawing["svg"].startswith("<svg xmlns=") and "</svg>" in drawing["svg"] for drawing in drawings)
    assert nodes(sections[0], "ruler")[0]["says"]
