"""A form as it is written: lists in its cells, warnings at bounds, and nothing that a spreadsheet would run."""

import zipfile
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from greenstar.assessment.answer_types.option_names import option_words
from greenstar.assessment.model import Answer, Store, Visit
from greenstar.i18n.catalogue import Catalogue
from greenstar.reports.views.form import FormView, form_view
from greenstar.reports.xlsx.form import form_xlsx
from greenstar.services.visit.form import VisitForm
from tests.builders import read
from tests.rows import rows

LONG = ", ".join(f"o{n}: {{label: {{en: Option number {n} of a long list, zh: 选项{n}}}}}" for n in range(12))
SCHEME = read(
    f"""
scheme: small
version: "1"
title: {{en: Small, zh: 小}}
languages: [en, zh]
categories:
  - category: A
    title: t
    criteria:
      - id: A-1
        title: "=1+1"
        points: 3
        questions:
          few:
            type: choice
            ask: "@SUM(1)"
            options: {{no: {{label: {{en: None, zh: 无}}}}, half: {{label: {{en: Half, zh: 一半}}}}}}
          comma: {{type: choice, ask: q, options: {{no: {{label: "None, yet"}}, half: {{label: Half}}}}}}
          long: {{type: choice, ask: q, options: {{{LONG}}}}}
          same:
            type: choice
            ask: q
            options: {{no: {{label: {{en: None, zh: 有}}}}, all: {{label: {{en: All, zh: None}}}}}}
          parts: {{type: multiple, ask: q, options: {{a: {{label: "Roofs; walls"}}, b: {{label: "Walls, floors"}}}}}}
          has_it: {{type: boolean, ask: q}}
          cars: {{type: number, ask: q, whole: true, max: 10}}
          part: {{type: number, ask: q, unit: "%"}}
          any: {{type: number, ask: q}}
          day: {{type: date, ask: q}}
          words: {{type: text, ask: q, min: 5}}
        score: {{of: any}}
""".replace("yes: {", "has_it: {").replace("share: {", "part: {")
)


def view(answers: Mapping[str, Answer] | None = None, language: str = "en") -> FormView:
    visit = Visit(Store("S-1", "A\x1b[31m store"), "2026", notes={"A-1": "=HYPERLINK(A1)"}, answers=answers or {})
    return form_view(VisitForm(SCHEME, visit), Catalogue(language))


def written(form: FormView, language: str = "en") -> bytes:
    return form_xlsx(form, Catalogue(language))


@pytest.fixture(scope="module")
def workbook() -> Any:
    return load_workbook(BytesIO(written(view())))


def rules(workbook: Any) -> dict[str, Any]:
    """The rules of answers by the ids of their questions."""
    sheet = workbook["Answers"]
    names = {row[-1].row: row[-1].value for row in sheet.iter_rows(min_row=2)}
    validations = sheet.data_validations.dataValidation
    return {names[area.min_row]: rule for rule in validations for area in rule.sqref.ranges}


def test_options_are_a_list_in_their_cell_and_a_long_one_lies_on_a_hidden_sheet(workbook: Any) -> None:
    lists = {name: rule.formula1 for name, rule in rules(workbook).items() if rule.type == "list"}
    assert lists["few"] == '"None,Half"'
    assert lists["has_it"] == '"yes,no"'
    assert lists["comma"].startswith("'Lists'!$")
    assert lists["long"].startswith("'Lists'!$")
    assert lists["long"].endswith("$12")
    assert workbook["Lists"].sheet_state == "hidden"
    letter = lists["long"].split("$")[1]
    assert [workbook["Lists"][f"{letter}{row}"].value for row in (1, 12)] == [
        "Option number 0 of a long list",
        "Option number 11 of a long list",
    ]


def test_an_option_whose_word_can_mean_another_is_offered_by_its_id(workbook: Any) -> None:
    assert rules(workbook)["same"].formula1 == '"no,All"'


def test_an_option_that_goes_by_its_id_says_what_it_is() -> None:
    """A label can be another option's in another language, or hold what parts several options."""
    allowed = {row.id: row.field.allowed for row in view().questions}
    assert allowed["same"] == "one of:\n· no (None)\n· All"
    assert allowed["parts"].endswith("\n· a (Roofs; walls)\n· Walls, floors")
    assert allowed["few"] == "one of:\n· None\n· Half"
    assert option_words(SCHEME.options(SCHEME.questions["parts"]), "en", several=False)["a"] == "Roofs; walls"


def test_what_is_known_can_be_taken_away_by_a_list_too() -> None:
    of_question = rules(load_workbook(BytesIO(written(view({"few": "half", "has_it": True})))))
    assert of_question["few"].formula1 == '"None,Half,[remove]"'
    assert of_question["has_it"].formula1 == '"yes,no,[remove]"'
    assert "[remove]" not in of_question["same"].formula1


def test_findings_and_evidence_have_lists_and_their_ids_are_locked(workbook: Any) -> None:
    for title, lists, locked in (("Findings", 2, "K"), ("Evidence", 2, "G")):
        sheet = workbook[title]
        areas = {str(rule.sqref)[:1]: rule.formula1 for rule in sheet.data_validations.dataValidation}
        assert len(areas) == lists
        assert sheet[f"{locked}2"].protection.locked
        assert not sheet["A2"].protection.locked
        assert areas["A"] == '"A-1"'
    assert areas["E"] == '"yes,no"'


def test_what_is_on_no_list_is_refused_without_a_question(workbook: Any) -> None:
    of_question = rules(workbook)
    assert (of_question["few"].error, of_question["few"].errorStyle) == ("one of:\n· None\n· Half", None)
    assert of_question["has_it"].error == "one of: yes, no"


def test_numbers_out_of_bounds_are_warned_of(workbook: Any) -> None:
    of_question = rules(workbook)
    cars, part = of_question["cars"], of_question["part"]
    assert (cars.type, cars.operator, float(cars.formula1), cars.errorStyle) == (
        "whole",
        "lessThanOrEqual",
        10,
        "warning",
    )
    assert (part.type, float(part.formula1), float(part.formula2)) == ("decimal", 0, 100)
    assert cars.error == "a whole number, at most 10. Is this meant?"
    assert not {"any", "words", "parts", "day"} & of_question.keys()


def test_only_what_is_to_be_filled_in_is_unlocked_notes_in_the_first_row_of_a_criterion(
    workbook: Any,
) -> None:
    sheet = workbook["Answers"]
    headings = [cell.value for cell in sheet[1]]
    assert sheet.protection.sheet
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("C2", "A1:M12")
    unlocked = {row: [headings[cell.column - 1] for cell in sheet[row] if not cell.protection.locked] for row in (2, 3)}
    assert unlocked == {2: ["Answer", "Note", "Not applicable, because"], 3: ["Answer"]}
    assert all(cell.protection.locked for cell in sheet[1])


def test_nothing_in_a_form_is_run_and_nothing_unseen_is_in_it(workbook: Any) -> None:
    for sheet in workbook.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type in ("s", "n", "d")
                assert cell.hyperlink is None
                assert "\x1b" not in str(cell.value)
    texts = [cell.value for row in workbook["Answers"].iter_rows(min_row=2, max_row=2) for cell in row]
    assert {"=1+1", "@SUM(1)", "=HYPERLINK(A1)"} <= set(texts)
    with zipfile.ZipFile(BytesIO(written(view()))) as archive:
        assert not [name for name in archive.namelist() if "external" in name or "vba" in name]
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")


@rows(
    ("question", "answer", "cell"),
    [
        ("any", Fraction("12.5"), 12.5),
        ("any", Fraction("1234567890123456"), "1234567890123456"),  # a spreadsheet keeps 15 digits
        ("any", Fraction("0.1234567890123456"), "0.1234567890123456"),
        ("any", Fraction("50.125"), 50.125),
        ("any", Fraction(12 * 10**18), 12 * 10**18),
        ("part", Fraction("0.867"), 86.7),
        ("few", "half", "Half"),
        ("same", "no", "no"),
        ("parts", ("b",), "Walls, floors"),
        ("parts", ("a", "b"), "a; Walls, floors"),  # a label holds what parts options
        ("parts", (), "none"),
        ("has_it", False, "no"),
        ("day", date(2026, 5, 12), date(2026, 5, 12)),
        ("words", "five words", "five words"),
    ],
)
def test_what_is_known_is_written_as_it_would_be_filled_in(question: str, answer: Answer, cell: Any) -> None:
    (row,) = (row for row in view({question: answer}).questions if row.id == question)
    assert row.known == cell
    assert type(row.known) is type(cell)


def test_a_form_speaks_the_language_asked_for_and_asks_in_all_of_the_scheme() -> None:
    chinese = load_workbook(BytesIO(written(view(language="zh"), "zh")))
    assert chinese.sheetnames == ["答案", "评审发现", "佐证材料", "门店", "说明", "选项"]
    assert rules_of_first(chinese) == '"无,一半"'
    assert "greenstar record" in "".join(str(cell.value) for (cell,) in chinese["说明"].iter_rows(max_col=1))


def rules_of_first(workbook: Any) -> str:
    return str(workbook.worksheets[0].data_validations.dataValidation[0].formula1)
