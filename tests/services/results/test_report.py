"""The report on a visit: what it says of each state, and that nothing of people's text or of files runs in it."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from PIL import Image

from greenstar.assessment.model import Finding
from greenstar.errors import BadInput
from greenstar.i18n.catalogue import LANGUAGES, Catalogue
from greenstar.reports.html.page import css_text
from greenstar.reports.html.report import ReportSheet, report_html
from greenstar.reports.svg.rosette import rosette
from greenstar.reports.views.report import ReportState, ReportView, report_view
from greenstar.reports.views.report_evidence import MOST_NOTE
from greenstar.services.evidence.evidence import attach, files_of
from greenstar.services.evidence.thumbnail import Thumbnail, thumbnail
from greenstar.services.findings.findings import add as add_finding
from greenstar.services.results.report import gather, visit_to_report
from greenstar.services.visit.lifecycle import decide, reopen, submit, withdraw
from greenstar.services.visit.opening import open_visit
from greenstar.services.visit.visit import OpenVisit
from greenstar.services.workspace import Workspace
from tests.rows import rows
from tests.services.conftest import fill
from tests.services.results.pages import NASTY, Page


def view_of(workspace: Workspace, revision: int | None = None) -> ReportView:
    return report_view(gather(visit_to_report(workspace, "S-1", revision)))


def html_of(view: ReportView, *languages: str) -> str:
    return report_html(view, [Catalogue(language) for language in languages or ("en",)])


def handed_in(visit: OpenVisit) -> Workspace:
    """The workspace of the visit, filled in and submitted."""
    fill(visit)
    submit(visit.workspace, "S-1")
    return visit.workspace


def kept(visit: OpenVisit, path: Path, criterion: str = "W1") -> None:
    """Attach a file to a criterion."""
    attach(visit, criterion, [files_of(visit).take(path)])


# -- what it says


def test_a_draft_says_so_on_every_page_and_has_no_certificate(visit: OpenVisit) -> None:
    fill(visit)
    view = view_of(visit.workspace)
    text = html_of(view)
    page = Page(text)
    assert (view.state, view.certificate, view.result.place) == (ReportState.DRAFT, None, None)
    assert not page.with_class("certificate")
    assert len(page.with_class("state")) == len(page.with_class("sheet")) == 3
    assert f"@top-right {{ content: {css_text('DRAFT')}; }}" in text
    assert "This is a draft" in page.text


def test_a_decided_visit_begins_with_its_certificate(visit: OpenVisit) -> None:
    workspace = handed_in(visit)
    decide(workspace.as_person("Ben"), "S-1")
    view = view_of(workspace)
    page = Page(html_of(view))
    assert view.certificate is not None
    number = f"GS-2026-{view.seal[:8]}"
    assert (view.certificate.number, view.certificate.stars) == (number, 2)
    assert len(page.with_class("certificate")) == len(page.with_class("rosette")) == len(page.with_class("qr")) == 1
    assert not page.with_class("state")
    for words in ("Two stars", "First", "100 of 100 points", number, "12 May 2026", view.seal[:8]):
        assert words in page.text
    assert view.result.place is not None
    assert (view.result.place.rank, view.result.place.count) == (1, 1)


def test_what_is_submitted_withdrawn_or_replaced_is_no_certificate_and_says_so(visit: OpenVisit) -> None:
    workspace = handed_in(visit)
    assert "decides on the certificate" in Page(html_of(view_of(workspace))).text
    decide(workspace.as_person("Ben"), "S-1")
    reopen(workspace, "S-1", "a figure was wrong")
    assert view_of(workspace).state is ReportState.DRAFT
    submit(workspace, "S-1")
    older = view_of(workspace, revision=1)
    assert (older.state, older.certificate) == (ReportState.REPLACED, None)
    withdraw(workspace, "S-1", "by mistake")
    view = view_of(workspace)
    page = Page(html_of(view))
    assert (view.state, view.certificate) == (ReportState.WITHDRAWN, None)
    assert len([words for words in page.words if words == "WITHDRAWN"]) == 6
    assert view.result.place is None


def test_a_revision_that_is_not_there_is_told_with_those_that_are(visit: OpenVisit) -> None:
    with pytest.raises(BadInput) as caught:
        visit_to_report(visit.workspace, "S-1", 3)
    assert caught.value.message.key == "report.no_revision"
    assert caught.value.message.values["known"] == [1]


def test_the_page_of_what_next_tells_gates_ways_gains_and_findings(visit: OpenVisit) -> None:
    fill(visit, fresh=60, lamps=100)
    add_finding(visit, Finding("W1", "major", "A leak", action="Mend it", owner="Cai"))
    view = view_of(visit.workspace)
    page = Page(html_of(view))
    goal, ways = view.following.goal, view.following.ways
    assert goal is not None
    assert [gate.holds for gate in goal.gates][:1] == [False]
    assert ways is not None
    assert [gain.id for gain in view.following.gains] == ["W1"]
    assert view.following.gains[0].gain.value == 60
    told = ("Ready for Two stars?", "Open major findings: 1, at most 0 allowed", "A leak", "Mend it", "Cai", "major")
    for words in told:
        assert words in page.text


def test_each_category_stands_beside_the_last_cycle_its_gate_and_like_stores(
    visit: OpenVisit, opened: Callable[..., Workspace]
) -> None:
    handed_in(visit)
    later = opened(cycle="2027")
    for store, lamps in (("S-1", 50), ("S-2", 90)):
        fill(open_visit(later, store), lamps=lamps)
        submit(later, store)
    view = view_of(later)
    water, energy = view.result.groups
    assert (energy.last, energy.share, energy.step, energy.median) == (
        Fraction(1),
        Fraction(1, 2),
        "-50",
        Fraction(9, 10),
    )
    assert (water.step, water.gate) == ("=", None)
    last, place = view.result.last, view.result.place
    assert last is not None
    assert place is not None
    assert (last.cycle, last.total.text, last.change.signed, last.stars) == ("2026", "100", "-15", 2)
    assert (place.rank, place.count, place.low, place.high, place.drawn) == (2, 2, 2, 2, {2: 10_000})
    assert [(dot.store, dot.share) for dot in view.result.dots] == [("S-2", Fraction(97, 100))]
    page = Page(html_of(view))
    for words in (
        "2026: Two stars, 100 points. Since then -15.",
        "Place 2 of 2",
        "10,000 weightings drawn: this place",
        "Second of",
    ):
        assert words in page.text
    (line,) = (line for chapter in view.evidence.chapters for line in chapter.lines if line.id == "E1")
    assert (line.moved, view.evidence.before) == (-1, "2026")


def test_the_total_after_a_way_is_what_its_steps_come_to(visit: OpenVisit) -> None:
    fill(visit, fresh=60, lamps=50)
    following = view_of(visit.workspace).following
    assert following.ways is not None
    assert following.ways.way is not None
    (step,) = following.ways.way.steps
    assert (step.step.criterion, step.step.after) == ("W1", Fraction(30))
    assert following.totals[0].value == 25 + 30


def test_what_does_not_apply_names_who_excused_it(visit: OpenVisit) -> None:
    fill(visit)
    visit.mark_not_applicable("E1", "no lamps of its own in the mall")
    view = view_of(visit.workspace)
    (line,) = (line for chapter in view.evidence.chapters for line in chapter.away)
    assert (line.excused, line.by, line.words) == (True, "Ada", "no lamps of its own in the mall")
    assert "Excused by Ada: no lamps of its own in the mall" in Page(html_of(view)).text


def test_both_languages_stand_side_by_side_on_each_page(visit: OpenVisit) -> None:
    fill(visit)
    page = Page(html_of(view_of(visit.workspace), *LANGUAGES))
    sheets = page.with_class("sheet")
    assert [sheet["lang"] for sheet in sheets] == ["en", "zh-Hans"] * 3
    assert len(page.with_class("pair")) == 3
    assert "Scorecard" in page.text
    assert "评分卡" in page.text


def test_a_name_in_two_languages_is_told_in_the_one_of_the_reader(visit: OpenVisit) -> None:
    view = replace(view_of(visit.workspace), name="Wuxi store · 无锡门店")
    for language, name, other in (("en", "Wuxi store", "无锡门店"), ("zh", "无锡门店", "Wuxi store")):
        sheets = ReportSheet(view, Catalogue(language))
        assert (sheets.name, sheets.other_name) == (name, other)


# -- that nothing runs


def test_the_same_visit_makes_the_same_bytes(visit: OpenVisit) -> None:
    workspace = handed_in(visit)
    assert html_of(view_of(workspace), *LANGUAGES) == html_of(view_of(workspace), *LANGUAGES)


def test_nothing_of_peoples_text_is_ever_markup(visit: OpenVisit) -> None:
    fill(visit)
    visit.note("W1", NASTY)
    visit.mark_not_applicable("E1", NASTY)
    add_finding(visit, Finding("W2", "minor", NASTY, action=NASTY, owner=NASTY))
    before = {tag for tag, _ in Page(html_of(view_of(visit.workspace))).tags}
    text = html_of(view_of(visit.workspace))
    page = Page(text)
    assert {"script", "iframe", "object", "link", "form"} & before == set()
    assert "onerror=alert" in page.text
    assert "{{ 7*7 }}" in page.text
    assert "\u202e" not in text
    assert not [attributes for _, attributes in page.tags if any(name.startswith("on") for name in attributes)]


@rows("text", ['"}</style><script>alert(1)</script>', "\\", "名称\n}", '" ; @import url(x)'])
def test_a_name_in_a_margin_stays_text(text: str) -> None:
    written = str(css_text(text))
    assert not set(written[1:-1]) & set('<>"{};@()\n/:')


def test_the_file_refers_to_nothing_outside_itself(visit: OpenVisit, tmp_path: Path) -> None:
    Image.new("RGB", (40, 30), "red").save(tmp_path / "a.jpg")
    kept(visit, tmp_path / "a.jpg")
    text = html_of(view_of(visit.workspace))
    page = Page(text)
    sources = [attributes[name] for _, attributes in page.tags for name in ("src", "href") if name in attributes]
    assert [source for source in sources if not (source or "").startswith("data:image/jpeg;base64,")] == []
    assert len(sources) == 1
    assert "url(" not in text
    assert "default-src 'none'" in text


def test_every_picture_is_told_in_words_or_is_an_ornament(visit: OpenVisit) -> None:
    workspace = handed_in(visit)
    decide(workspace.as_person("Ben"), "S-1")
    page = Page(html_of(view_of(workspace)))
    for tag, attributes in page.tags:
        if tag == "svg":
            assert attributes.get("aria-label") or attributes.get("aria-hidden") == "true"
        if tag == "img":
            assert attributes["alt"]


# -- pictures


def test_a_picture_stands_upright_and_in_colours_that_browsers_know(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.new("RGB", (800, 400), "blue").save(tmp_path / "turned.jpg", exif=exif)
    Image.new("CMYK", (400, 800)).save(tmp_path / "print.jpg")
    turned, printed = thumbnail(tmp_path / "turned.jpg"), thumbnail(tmp_path / "print.jpg")
    assert isinstance(turned, Thumbnail)
    assert isinstance(printed, Thumbnail)
    assert (turned.width, turned.height) == (printed.width, printed.height) == (110, 220)
    assert turned.jpeg == getattr(thumbnail(tmp_path / "turned.jpg"), "jpeg", None)


def _broken(path: Path) -> None:
    path.write_bytes(b"\xff\xd8\xff\xe0 no more of it")


def _program(path: Path) -> None:
    path.write_bytes(b"MZ\x90\x00 a program in disguise")


def _page(path: Path) -> None:
    path.write_text(f"<svg onload=alert(1) id={path.stem}>", encoding="utf-8")


@rows(
    ("make", "name", "sentence"),
    [
        (_broken, "broken.jpg", "evidence.preview_broken"),
        (_program, "program.jpg", "evidence.preview_program"),
        (_page, "page.png", "evidence.preview_broken"),
        (_page, "drawing.svg", "report.no_picture"),
    ],
)
def test_what_cannot_be_shown_is_told_in_a_sentence(
    visit: OpenVisit, tmp_path: Path, make: Callable[[Path], None], name: str, sentence: str
) -> None:
    make(tmp_path / name)
    kept(visit, tmp_path / name)
    (piece,) = (piece for piece in view_of(visit.workspace).evidence.pieces if piece.file == name)
    assert getattr(piece.picture, "key", "") == sentence
    page = Page(html_of(view_of(visit.workspace)))
    assert "img" not in {tag for tag, _ in page.tags}
    assert name in page.text


def test_a_file_that_is_gone_since_is_told(visit: OpenVisit, tmp_path: Path) -> None:
    Image.new("RGB", (40, 30)).save(tmp_path / "a.jpg")
    kept(visit, tmp_path / "a.jpg")
    for path in Path(f"{visit.workspace.storage.where}.evidence").rglob("*"):
        with suppress(IsADirectoryError, PermissionError):
            path.unlink()
    assert "the file is not here any more" in Page(html_of(view_of(visit.workspace))).text


def test_a_note_beyond_measure_is_cut_where_it_says_so(visit: OpenVisit) -> None:
    visit.put("note", "W1", '"' + "a" * 100_000 + '"')
    (line,) = (
        line for chapter in view_of(visit.workspace).evidence.chapters for line in chapter.lines if line.id == "W1"
    )
    assert len(line.note) == MOST_NOTE + 2
    assert line.note.endswith(" …")


def test_a_rosette_is_that_of_its_seal() -> None:
    first, second = "0a" * 32, "0b" + "0a" * 31
    assert rosette(first) == rosette(first) != rosette(second)
