"""A scheme as an XLSForm: what phones ask, when, and what they refuse."""

import shutil
from fractions import Fraction
from io import BytesIO
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from greenstar.i18n.catalogue import LANGUAGES, Catalogue
from greenstar.reports.views.xlsform import XlsForm, xlsform_view
from greenstar.reports.views.xpath import Translator
from greenstar.reports.xlsx.xlsform import xlsform_xlsx
from greenstar.scheme.rules.evaluation import evaluate
from greenstar.scheme.rules.expression import Rule
from greenstar.services.phones.fields import Fields
from greenstar.services.schemes.registry import find_scheme
from tests.builders import read as read_scheme_text
from tests.builders import scheme_of
from tests.reports.xpaths import worked_out

SCHEME = read_scheme_text(
    """
scheme: small
version: "1"
title: {en: Small, zh: 小}
languages: [en, zh]
facts:
  f: {type: boolean, ask: q}
  n: {type: number, ask: q}
  since: {type: date, ask: q}
values:
  v: {of: n * 2 if f else m / n, title: t}
places: {bay: Bay}
categories:
  - category: A
    title: t
    criteria:
      - id: A-1
        title: Wash ${n}
        points: 3
        place: bay
        guidance: Look at the meter
        applies_if: f and n > 3
        evidence: [Meter, Invoice]
        questions:
          m: {type: number, ask: q, min: 0, max: 1000, whole: true}
          p: {type: number, ask: q, unit: "%"}
          c: {type: choice, ask: q, options: {x: X, y: Y}, ask_if: m > 0}
          u: {type: multiple, ask: q, options: {x: X, y: Y}}
          w: {type: text, ask: q, min: 3}
        checks: [{refuse: m > n, because: {en: Too many, zh: 太多}}]
        score: {of: p, linear: {0%: 0, 100%: 3}}
      - {id: A-2, title: t, points: 1, not_applicable: forbid, applies_if: points("A-1") > 1, type: boolean, ask: q}
levels: [{id: one, title: t}]
""".replace("{x: X, y: Y}", "{x: {label: X}, y: {label: Y}}").replace("title: t,", "title: t,")
)
RULES = [
    *("f", "not f", "n > 3", "f or n > 3", "not (f and n >= m)", "n / m > 1", "v > 2", "v == m", "1 < n <= m"),
    *('c == "x"', 'c != "x"', 'c in ["x", "y"]', '"x" in u', 'not "x" in u', "count(u) >= 1", "p >= 60%"),
    *("p >= 0.6", "p + 0.1 > 0.7", "min(n, m) > 1", "max(n, m) - abs(n - m) == 2", "round(n / 2) == 2", "f == (n > 1)"),
    *('since < "2024-02-29"', 'since == "2024-02-29"', 'visited >= "2024-01-01"', 'answer("A-2")'),
    *('years(since, "2026-02-28") >= 2', 'months("2024-03-31", since) < 1'),
    *("(n if f else m) > 2", "(f if n > 1 else not f)", "n > 1 and not (m > n or p < 0.5)", '"y" not in u', "-n < 0"),
]  # fmt: skip
KNOWN: dict[str, st.SearchStrategy[Any]] = {
    "f": st.booleans(),
    "n": st.integers(-1, 6).map(lambda half: Fraction(half, 2) * 2),
    "m": st.integers(0, 5).map(Fraction),
    "p": st.sampled_from(["0", "0.5", "0.6", "0.601", "1"]).map(Fraction),
    "c": st.sampled_from(["x", "y"]),
    "u": st.sampled_from([(), ("x",), ("x", "y")]),
    "visited": st.sampled_from(["2023-12-31", "2024-01-01"]),
    "A-2": st.booleans(),
    "since": st.sampled_from(["2023-02-28", "2024-02-29", "2024-03-31", "2025-12-01"]),
}


def in_field(name: str, value: Any) -> str:
    """What stands in the field of a phone."""
    match value:
        case bool():
            return "yes" if value else "no"
        case Fraction():
            return str(float(value * 100 if name == "p" else value))
        case ():
            return "none_of_these"
        case tuple():
            return " ".join(value)
    return str(value)


@settings(max_examples=min(60, settings().max_examples))
@given(st.fixed_dictionaries({}, optional=KNOWN))
def test_a_condition_holds_on_a_phone_where_the_rule_is_true_and_nowhere_else(values: dict[str, Any]) -> None:
    fields = {name: in_field(name, value) for name, value in values.items()}
    known = {**values}
    value = evaluate(SCHEME.values["v"].of, known, {})
    if isinstance(value, Fraction):
        known["v"] = value
    translator = Translator(SCHEME, lambda name: f"${{{name}}}")
    for text in RULES:
        rule = Rule(text.replace("60%", "0.6"))
        truth = evaluate(rule, known, {})
        assert worked_out(translator.condition(rule), fields) == (truth is True), (text, translator.condition(rule))


def rows_of(form: XlsForm) -> dict[str, dict[str, str]]:
    return {row["name"]: row for row in form.survey if "name" in row}


def test_questions_have_their_types_conditions_bounds_and_words_in_both_languages() -> None:
    rows = rows_of(xlsform_view(SCHEME))
    assert rows["criterion_A-1"]["relevant"] == "(${f} = 'yes' and (${n} != '' and ${n} > 3))"
    assert rows["m"]["type"] == "integer"
    assert rows["m"]["constraint"] == ". >= 0 and . <= 1000 and not((. != '' and ${n} != '' and . > ${n}))"
    assert rows["m"]["constraint_message::English (en)"] == "Must be from 0 to 1 000.\nToo many"
    assert rows["m"]["constraint_message::中文 (zh)"] == "范围：0 至 1 000。\n太多"
    assert rows["m"]["hint::English (en)"] == "Look at the meter"
    assert (rows["p"]["type"], rows["p"]["constraint"]) == ("decimal", ". >= 0 and . <= 100")
    assert rows["c"]["relevant"] == "(${na_A-1} != 'yes' and (${m} != '' and ${m} > 0))"
    assert rows["w"]["constraint"] == "string-length(.) >= 3"
    assert rows["visited"]["type"] == rows["since"]["type"] == "date"
    assert rows["because_A-1"]["relevant"] == "${na_A-1} = 'yes'"
    assert "na_A-2" not in rows
    assert rows["findings"]["repeat_count"] == "${finding_count}"
    assert [rows[f"file_A-1_{number}"]["label::English (en)"] for number in (1, 2)] == ["Meter · A-1", "Invoice · A-1"]
    assert rows["criterion_A-1"]["label::English (en)"] == "A-1 · Wash $ {n}"


def test_a_condition_that_no_phone_can_work_out_is_left_out_and_said() -> None:
    form = xlsform_view(SCHEME)
    assert "relevant" not in rows_of(form)["criterion_A-2"]
    for language in LANGUAGES:
        (sentence,) = map(Catalogue(language).render, form.left_out)
        assert "A-2" in sentence
        assert 'points("A-1") > 1' in sentence


def converted(form: XlsForm, *, validated: bool = False) -> Any:
    """What pyxform makes of a form, as ODK and KoBo would; `validated`: ODK Validate finds nothing wrong in it."""
    from pyxform.xls2xform import convert  # noqa: PLC0415 - loading it takes as long as many a test

    return convert(xlsform=BytesIO(xlsform_xlsx(form)), file_type=".xlsx", validate=validated)


@pytest.mark.engine
def test_the_shipped_scheme_is_a_form_that_pyxform_converts_without_a_warning() -> None:
    """And that ODK Validate takes, which pyxform brings, where Java is."""
    scheme = find_scheme("leading-green-star")
    form = xlsform_view(scheme)
    assert form.left_out == []
    assert xlsform_xlsx(form) == xlsform_xlsx(xlsform_view(scheme))
    made = converted(form, validated=shutil.which("java") is not None)
    assert made.warnings == []
    assert all(f"/{name} " in made.xform or f'/{name}"' in made.xform for name in scheme.questions)
    names = rows_of(form)
    assert [scheme.questions_of[name].keys() <= names.keys() for name in scheme.criteria] == [True] * len(
        scheme.criteria
    )


@pytest.mark.engine
def test_small_forms_convert_too() -> None:
    made = converted(xlsform_view(SCHEME))
    assert made.warnings == []
    assert 'default="true()"' in made.xform


def test_an_export_needs_the_columns_that_the_form_has_and_no_others() -> None:
    scheme = find_scheme("leading-green-star")
    asked: list[str] = []
    within: list[str] = []
    for row in xlsform_view(scheme).survey:
        if row["type"].startswith("begin_"):
            within.append(row["type"])
        elif row["type"].startswith("end_"):
            within.pop()
        elif "begin_repeat" not in within:
            asked.append(row["name"])
    assert sorted(asked) == sorted(field.name for field in Fields(scheme).columns())


def test_a_form_has_no_group_with_nothing_in_it() -> None:
    """ODK Validate refuses one: of a scheme without facts, and of a place without criteria."""
    bare = scheme_of("- {id: a, title: t, points: 1, type: boolean, ask: q}\n", "places: {yard: Yard}")
    types = [row["type"] for row in xlsform_view(bare).survey]
    assert ("begin_group", "end_group") not in pairwise(types)
    assert types.count("begin_group") == types.count("end_group")
