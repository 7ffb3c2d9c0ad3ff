"""What ODK Central and KoBo export becomes the visit that was typed, or a sentence says what is wrong where."""

import csv
import io
import json
import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from greenstar.assessment.model import Evidence, Finding, Store, Visit
from greenstar.errors import BadFile, BadInput
from greenstar.i18n.catalogue import Catalogue
from greenstar.reports.json.scorecard import scorecard_json
from greenstar.reports.text.problems import problem_lines
from greenstar.reports.views.scorecard import scorecard_view
from greenstar.scheme.model import Scheme
from greenstar.scoring.score import score
from greenstar.services.phones.submissions import read_submissions
from greenstar.services.visit.answers_files import open_answers
from tests.builders import read as read_scheme_text
from tests.rows import rows
from tests.services.phones.typed import Cells, typed

SCHEME = read_scheme_text(
    """
scheme: small
version: "1.10"
title: {en: Small, zh: 小}
languages: [en, zh]
facts:
  wash: {type: boolean, ask: {en: Is there a wash?, zh: 有洗车吗？}}
  roof: {type: number, ask: {en: Roof, zh: 屋顶}, unit: m²}
places: {bay: {en: Wash bay, zh: 洗车区}}
categories:
  - category: A
    title: {en: t, zh: t}
    criteria:
      - id: A-1
        title: {en: t, zh: t}
        points: 3
        place: bay
        applies_if: wash
        evidence: [{en: Meter, zh: 水表}, {en: Invoice, zh: 账单}]
        questions:
          fresh: {type: number, ask: {en: Fresh, zh: 新水}, min: 0}
          part: {type: number, ask: {en: Part, zh: 比例}, unit: "%"}
          system:
            type: choice
            ask: {en: System, zh: 系统}
            options: {drop: {label: {en: In use, zh: 在用}}, keep: {label: {en: Not in use, zh: 未用}}}
          uses:
            type: multiple
            ask: {en: Uses, zh: 用途}
            options: {road: {label: {en: Roads and paths, zh: 道路}}, pool: {label: {en: Roads, zh: 水景}}}
          words: {type: text, ask: {en: Words, zh: 文字}, ask_if: part > 0.5}
          day: {type: date, ask: {en: Day, zh: 日期}}
        checks: [{refuse: fresh > 1000, because: {en: Too much, zh: 过多}}]
        score: {of: part, linear: {0%: 0, 100%: 3}}
      - {id: A-2, title: {en: t, zh: t}, points: 1, type: boolean, ask: {en: Lone, zh: 单题}}
levels: [{id: one, title: {en: t, zh: t}, stars: 1, requires: {total: 2, findings: {major: 0}, evidence: 50%}}]
"""
)
VISIT = Visit(
    Store("S-1", "Store"),
    "2026",
    "Ada",
    date(2026, 5, 12),
    {"wash": True},
    {"fresh": Fraction("12.5"), "part": Fraction("0.867"), "uses": ("road",), "A-2": True},
)
words = st.text('ab =+-@"<>&\n无，', min_size=1, max_size=12).map(str.strip).filter(bool)
days = st.dates(date(1990, 1, 1), date(2090, 1, 1))
criteria = st.sampled_from(["A-1", "A-2"])
files = st.lists(st.sampled_from(["a.jpg", "b.jpg"]), min_size=1, max_size=2, unique=True)
ANSWERS: dict[str, st.SearchStrategy[Any]] = {
    "fresh": st.decimals(0, 1000, places=3).map(Fraction),
    "part": st.integers(0, 1000).map(lambda share: Fraction(share, 1000)),
    "system": st.sampled_from(["drop", "keep"]),
    "uses": st.sampled_from([(), ("road",), ("pool",), ("road", "pool")]),
    "words": words,
    "day": days,
    "A-2": st.booleans(),
}


@st.composite
def evidence(draw: st.DrawFn) -> dict[str, tuple[Evidence, ...]]:
    names, verified = draw(st.dictionaries(st.just("A-1"), files)), draw(st.booleans())
    return {name: tuple(Evidence(file, verified) for file in of_criterion) for name, of_criterion in names.items()}


visits = st.builds(
    Visit,
    store=st.builds(Store, st.just("S-1"), st.just("Store"), st.sampled_from(["", "Wuxi"])),
    cycle=st.just("2026"),
    assessor=st.just("Ada"),
    visited=days | st.none(),
    facts=st.fixed_dictionaries({}, optional={"wash": st.booleans(), "roof": st.integers(0, 10**8).map(Fraction)}),
    answers=st.fixed_dictionaries({}, optional=ANSWERS),
    not_applicable=st.fixed_dictionaries({}, optional={"A-2": st.just("the paint shop is elsewhere")}),
    notes=st.dictionaries(criteria, words, max_size=2),
    evidence=evidence(),
    findings=st.lists(
        st.builds(
            Finding,
            criterion=criteria,
            severity=st.sampled_from(["major", "minor", "observation"]),
            text=words,
            action=words | st.just(""),
            due=days | st.none(),
        ),
        max_size=2,
    ).map(tuple),
)


def table(rows: Iterable[Cells], headings: Iterable[str] | None = None) -> str:
    listed = list(rows)
    into = io.StringIO()
    writer = csv.writer(into)
    writer.writerow(headings or listed[0])
    writer.writerows(row.values() for row in listed)
    return into.getvalue()


def as_central(folder: Path, scheme: Scheme, visit: Visit) -> Path:
    """As ODK Central exports: groups before the names, findings in a table beside, and columns of its own."""
    cells, findings = typed(scheme, visit)
    row = {"SubmissionDate": "2026-05-12T10:00:00Z", **cells, "meta-instanceID": "uuid:1", "KEY": "uuid:1"}
    headings = [f"place_bay-criterion_A-1-{name}" if name in cells else name for name in row]
    path = folder / "visits.csv"
    path.write_text(table([row], headings), "utf-8")
    if findings:
        beside = [{"PARENT_KEY": "uuid:1", **finding} for finding in findings]
        path.with_name("visits-findings.csv").write_text(table(beside), "utf-8")
    return path


def as_kobo(folder: Path, scheme: Scheme, visit: Visit) -> Path:
    """As KoBo exports JSON: paths as keys, all values texts, no key for what is empty."""
    cells, findings = typed(scheme, visit)
    document = {
        "_id": 7,
        **{f"about/{name}": text for name, text in cells.items() if text},
        "findings": [{f"findings/{name}": text for name, text in row.items() if text} for row in findings],
        "_attachments": [{"filename": "u/a.jpg"}],
        "__version__": "v",
    }
    path = folder / "visits.json"
    path.write_text(json.dumps({"count": 1, "results": [document]}), "utf-8")
    return path


def as_odata(folder: Path, scheme: Scheme, visit: Visit) -> Path:
    """As ODK Central gives OData: groups nested, no sign in names but `_`, null for what is empty."""
    cells, findings = typed(scheme, visit)
    document = {
        "__id": "uuid:1",
        "__system": {"submitterName": "Ada", "status": None},
        "meta": {"instanceID": "uuid:1"},
        "place_bay": {"criterion_A_1": {re.sub(r"\W", "_", name): text or None for name, text in cells.items()}},
        "findings": [{name: text or None for name, text in row.items()} for row in findings],
        "findings@odata.navigationLink": "Submissions('uuid')/findings",
    }
    path = folder / "odata.json"
    path.write_text(json.dumps({"value": [document]}), "utf-8")
    return path


def read(path: Path, scheme: Scheme = SCHEME) -> list[Visit]:
    return [file.visit for file in open_answers([path], lambda _name, _base: scheme, read=read_submissions)]


def result(visit: Visit) -> Any:
    return scorecard_json(scorecard_view(SCHEME, visit, score(SCHEME, visit)), Catalogue("en"))


@settings(max_examples=min(15, settings().max_examples))
@given(visits)
def test_a_visit_typed_into_the_forms_fields_is_the_same_visit_with_the_same_scorecard(visit: Visit) -> None:
    with TemporaryDirectory() as folder:
        for export in (as_central, as_kobo, as_odata):
            (again,) = read(export(Path(folder), SCHEME, visit))
            assert again == visit
            assert result(again) == result(visit)


def told(path: Path, language: str = "en") -> str:
    with pytest.raises(BadInput) as caught:
        read(path)
    catalogue = Catalogue(language)
    lines = problem_lines(caught.value, catalogue) if isinstance(caught.value, BadFile) else ()
    return "\n".join(lines) or catalogue.render(caught.value.message)


def changed(folder: Path, headings: dict[str, str | None], values: dict[str, str] | None = None) -> Path:
    """The table of a visit with columns renamed (None: left out), and other values."""
    cells, _ = typed(SCHEME, VISIT)
    cells |= values or {}
    row = {headings.get(name, name) or "": text for name, text in cells.items() if headings.get(name, name)}
    path = folder / "t.csv"
    path.write_text(table([row]), "utf-8")
    return path


@rows(
    ("headings", "values", "sentence"),
    [
        ({"fresh": None}, {}, "t.csv:1:1: a column of the form is missing: fresh"),
        ({"fresh": "frehs"}, {}, "no field of the form is called frehs\n"),
        ({"note_A-2": "anything"}, {}, "no field of the form is called anything"),
        ({"part": "place_bay-fresh"}, {}, "the column place_bay-fresh is there twice"),
        ({}, {"fresh": "-1"}, "fresh: -1 is out of bounds"),
        ({}, {"fresh": "much"}, "fresh: expected a number"),
        ({}, {"fresh": "1001"}, "Too much"),
        ({}, {"system": "dorp"}, "system: "),
        ({}, {"uses": "road rail"}, "uses: "),
        ({}, {"day": "yesterday"}, "day: "),
        ({}, {"na_A-2": "yes"}, "A-2: "),
        ({}, {"na_A-2": "perhaps"}, "perhaps is neither yes nor no, which ODK and KoBo write here"),
        ({}, {"A-2": "OK"}, "A-2: OK is neither yes nor no"),
        ({}, {"finding_count": "2"}, "the form holds 2 findings, and 0 came with it"),
        ({}, {"store_code": ""}, "code"),
        ({}, {"scheme_version": "9"}, "9"),
    ],
)
def test_what_is_wrong_in_a_table_is_told_with_its_row_and_column(
    headings: dict[str, str | None], values: dict[str, str], sentence: str, tmp_path: Path
) -> None:
    path = changed(tmp_path, headings, values)
    assert sentence in told(path)
    assert "t.csv:" in told(path, "zh")


def test_a_value_that_is_refused_stands_under_its_column(tmp_path: Path) -> None:
    path = changed(tmp_path, {}, {"fresh": "much"})
    line = path.read_text("utf-8").splitlines()[1]
    assert f"t.csv:2:{line.index('much') + 1}: fresh" in told(path)


@rows(
    ("values", "wanted"),
    [
        ({"fresh": "1.0E2"}, {"fresh": Fraction(100)}),
        ({"uses": "Roads and paths Roads"}, {"uses": ("road", "pool")}),
        ({"uses": "道路 水景"}, {"uses": ("road", "pool")}),
        ({"uses": "None of these"}, {"uses": ()}),
        ({"system": "未用", "A-2": "否"}, {"system": "keep", "A-2": False}),
        ({"day": "2026-05-12T00:00:00.000+08:00"}, {"day": date(2026, 5, 12)}),
    ],
)
def test_values_are_read_as_phones_and_servers_write_them(
    values: dict[str, str], wanted: dict[str, Any], tmp_path: Path
) -> None:
    values = {("_A-2" if name == "_" else name): text for name, text in values.items()}
    (visit,) = read(changed(tmp_path, {}, values))
    assert {name: visit.answers[name] for name in wanted} == wanted


@rows("language", ["en", "zh"])
def test_columns_may_have_their_labels_in_any_language_for_names(language: str, tmp_path: Path) -> None:
    labels = {"en": {"fresh": "Fresh", "part": "Part (%)", "A-2": "Lone"}, "zh": {"fresh": "新水", "A-2": "单题"}}
    (visit,) = read(changed(tmp_path, dict(labels[language])))
    assert visit == VISIT


def test_a_label_that_several_fields_have_is_refused(tmp_path: Path) -> None:
    text = read_scheme_text(
        "scheme: s\nversion: 1\ntitle: t\nlanguages: [en]\ncategories:\n- category: A\n  title: t\n  criteria:\n"
        "  - {id: a, title: t, points: 1, type: boolean, ask: Same?}\n"
        "  - {id: b, title: t, points: 1, type: boolean, ask: Same?}\n"
    )
    cells, _ = typed(text, Visit(Store("S", "S")))
    path = tmp_path / "t.csv"
    path.write_text(table([{("Same?" if name == "a" else name): value for name, value in cells.items()}]), "utf-8")
    with pytest.raises(BadFile, match=r"errors\.bad_file") as caught:
        read(path, text)
    assert {problem.message.key for problem in caught.value.problems} == {
        "phones.column_of_two",
        "phones.missing_columns",
    }


@rows(
    ("name", "content", "sentence"),
    [
        ("t.csv", "", "t.csv"),
        ("t.csv", "scheme_id,store_code\n", "holds no submissions"),
        ("t.csv", 'scheme_id\n"open', "quote"),
        ("t.json", "{}", "holds no submissions"),
        ("t.json", "[1]", "holds no submissions"),
        ("t.json", '{"value": [', "t.json"),
        ("t.xlsx", "", "is no export of ODK Central or KoBo"),
        ("missing.csv", None, "missing.csv"),
    ],
)
def test_a_file_that_is_no_export_is_refused_in_a_sentence(
    name: str, content: str | None, sentence: str, tmp_path: Path
) -> None:
    path = tmp_path / name
    path.unlink(missing_ok=True)
    if content is not None:
        path.write_text(content, "utf-8")
    assert sentence in told(path)
    told(path, "zh")


def test_what_a_server_adds_is_passed_over(tmp_path: Path) -> None:
    extra = {"_id": "7", "start": "2026-05-12T10:00", "uses/road": "1", "uses/none_of_these": "0", "meta/rootUuid": "u"}
    cells, _ = typed(SCHEME, VISIT)
    path = tmp_path / "t.csv"
    path.write_text(table([{**extra, **cells}]).replace(",", ";"), "utf-8")
    assert read(path) == [VISIT]


def test_files_lie_in_the_folder_media_beside_the_export(tmp_path: Path) -> None:
    path = as_central(tmp_path, SCHEME, replace(VISIT, evidence={"A-1": (Evidence("a.jpg", verified=True),)}))
    (without,) = read_submissions(path, lambda _name, _base: SCHEME)
    (tmp_path / "media").mkdir()
    (beside,) = read_submissions(path, lambda _name, _base: SCHEME)
    assert (without.media, beside.media) == (None, tmp_path / "media")
