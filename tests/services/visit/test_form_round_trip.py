"""A visit written as a spreadsheet and as JSON is one visit, whichever of the two it is read from."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from greenstar.assessment.answers_file import AnswersFile, read_answers_files
from greenstar.assessment.model import Evidence, Finding, Store, Visit
from greenstar.assessment.spreadsheet.removal import removal_sign
from greenstar.i18n.catalogue import LANGUAGES, Catalogue
from greenstar.reports.json.rows import json_text
from greenstar.reports.json.scorecard import scorecard_json
from greenstar.reports.views import form_entries
from greenstar.reports.views.form import form_view
from greenstar.reports.views.scorecard import scorecard_view
from greenstar.reports.xlsx import form
from greenstar.scheme.severities import SEVERITIES
from greenstar.scoring.score import score
from greenstar.services.results.documents import answers_document
from greenstar.services.visit.form import VisitForm
from greenstar.text import clean_text
from tests.builders import read as read_scheme_text

SCHEME = read_scheme_text(
    """
scheme: small
version: "1.10"
title: Small
languages: [en, zh]
facts:
  wash: {type: boolean, ask: q}
  roof: {type: number, ask: q}
categories:
  - category: A
    title: t
    criteria:
      - id: A-1
        title: t
        points: 3
        applies_if: wash
        questions:
          fresh: {type: number, ask: q}
          part: {type: number, ask: q, unit: "%"}
          system:
            type: choice
            ask: q
            options: {drop: {label: {en: In use, zh: 无}}, keep: {label: {en: 无, zh: In use}}}
          uses: {type: multiple, ask: q, options: {road: {label: "Roads, paths"}, pool: {label: "a; b"}}}
          words: {type: text, ask: q, ask_if: part > 0.5}
          day: {type: date, ask: q}
        score: {of: part, linear: {0%: 0, 100%: 3}}
      - {id: A-2, title: t, points: 1, type: boolean, ask: q}
levels: [{id: one, title: t, stars: 1, requires: {total: 2, findings: {major: 0}}}]
""".replace("part > 0.5", "part > 0.5")
)

words = st.one_of(
    st.sampled_from(["=1+1", "@SUM(1)", "_x0041_", "2026-05-12", "50.125", "true", "[]", "co\xadop", "不、\n“无”"]),
    st.text('ab =+-@_x0041"<>&\n无，', min_size=1, max_size=12).map(str.strip).filter(bool),
    st.text(st.characters(codec="utf-8"), max_size=6).map(clean_text).filter(bool),
)
names = words.map(lambda text: " ".join(text.split()))
days = st.dates(date(1990, 1, 1), date(2090, 1, 1))
numbers = st.decimals(-(10**20), 10**20, places=3).map(Fraction)
ANSWERS: dict[str, st.SearchStrategy[Any]] = {
    "fresh": numbers,
    "part": st.integers(0, 1000).map(lambda share: Fraction(share, 1000)),
    "system": st.sampled_from(["drop", "keep"]),
    "uses": st.sampled_from([(), ("road",), ("pool",), ("road", "pool")]),
    "words": words,
    "day": days,
    "A-2": st.booleans(),
}
criteria = st.sampled_from(["A-1", "A-2"])
pieces = st.builds(
    Evidence,
    file=names,
    verified=st.booleans(),
    caption=words | st.just(""),
    sha256=st.sampled_from(["", "0" * 64, "ab" * 32, "12345678" * 8]),
    bytes=st.integers(0, 2**40),
    taken_at=st.sampled_from(["", "2026-05-01", "2026-05-01T08:00:00Z"]),
)
findings = st.lists(
    st.builds(
        Finding,
        criterion=criteria,
        severity=st.sampled_from(SEVERITIES),
        text=words,
        action=words | st.just(""),
        due=days | st.none(),
        closed=days | st.none(),
        owner=names | st.just(""),
    ),
    max_size=3,
)


@st.composite
def visits(draw: st.DrawFn) -> tuple[Visit, tuple[str, ...]]:
    """A visit, and the questions whose recorded answers it takes away."""
    said = draw(st.fixed_dictionaries({}, optional=ANSWERS))
    gone = draw(st.sets(st.sampled_from(sorted(ANSWERS)))) - said.keys()
    known = [draw(st.booleans()) for _ in range(3)]
    listed = [
        replace(finding, id=f"F-{number}", follows=f"E-{number}" if follows else "") if follows else finding
        for number, (finding, follows) in enumerate(zip(draw(findings), known, strict=False))
    ]
    visit = Visit(
        Store("S-1", draw(names), "Wuxi", ""),
        "2026",
        "Ada",
        draw(days | st.none()),
        draw(st.fixed_dictionaries({}, optional={"wash": st.booleans(), "roof": numbers})),
        said,
        draw(st.fixed_dictionaries({}, optional={"A-2": st.just("the paint shop is elsewhere")})),
        draw(st.dictionaries(criteria, words, max_size=2)),
        draw(st.dictionaries(criteria, st.lists(pieces, min_size=1, max_size=2).map(tuple), max_size=2)),
        tuple(listed),
    )
    return visit, tuple(name for name in SCHEME.questions if name in gone)


def written_as_form(visit: Visit, gone: tuple[str, ...], language: str, path: Path) -> None:
    """The form with each answer in its cell, and the sign where one is taken away."""
    catalogue, answer_row = Catalogue(language), form._answer_row

    def filled(row: Any, text: str) -> Any:
        blank = answer_row(row, text)
        answer = removal_sign(catalogue) if row.id in gone else row.known
        return replace(blank, cells={**blank.cells, "answer": answer})

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(form, "_answer_row", filled)
        patch.setattr(form_entries, "_NEW_FINDINGS", 1)
        patch.setattr(form_entries, "_NEW_EVIDENCE", 1)
        path.write_bytes(form.form_xlsx(form_view(VisitForm(SCHEME, visit), catalogue), catalogue))


def read(path: Path) -> AnswersFile:
    (file,) = read_answers_files(path, lambda _name, _base: SCHEME)
    return file


def results(visit: Visit) -> Any:
    """The visit as an answers file, and what it comes to."""
    view = scorecard_view(SCHEME, visit, score(SCHEME, visit))
    return answers_document(SCHEME, visit), scorecard_json(view, Catalogue("en"))


@pytest.mark.slow
@settings(max_examples=min(10, settings().max_examples))
@given(visits(), st.sampled_from(list(LANGUAGES)))
def test_a_visit_is_the_same_from_a_spreadsheet_and_from_json(
    written: tuple[Visit, tuple[str, ...]], language: str
) -> None:
    visit, gone = written
    with TemporaryDirectory() as folder:
        document = {**answers_document(SCHEME, visit), "remove": list(gone)}
        paths = Path(folder) / "visit.json", Path(folder) / "visit.xlsx"
        paths[0].write_text(json_text([document], 1), encoding="utf-8")
        written_as_form(visit, gone, language, paths[1])
        from_json, from_xlsx = map(read, paths)
    assert from_xlsx.visit == from_json.visit == visit
    assert from_xlsx.remove == from_json.remove == gone
    assert results(from_xlsx.visit) == results(from_json.visit)
