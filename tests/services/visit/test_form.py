"""A form: what it asks of a store, and that it comes back as the visit that it was filled in for."""

import json
from dataclasses import replace
from datetime import date
from fractions import Fraction
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from greenstar.assessment.answers_file import read_answers_files
from greenstar.assessment.model import Finding, Visit
from greenstar.errors import BadInput
from greenstar.i18n.catalogue import LANGUAGES, Catalogue
from greenstar.reports.json.scorecard import scorecard_json
from greenstar.reports.views.form import form_view
from greenstar.reports.views.scorecard import scorecard_view
from greenstar.reports.xlsx import form
from greenstar.reports.xlsx.form import form_xlsx
from greenstar.resources import SHIPPED_SCHEME
from greenstar.scheme.model import Scheme
from greenstar.scoring.score import score
from greenstar.services.findings.findings import add
from greenstar.services.results.documents import answers_document
from greenstar.services.schemes.registry import find_scheme
from greenstar.services.visit.form import VisitForm, form_of
from greenstar.services.visit.import_answers import record
from greenstar.services.visit.lifecycle import submit
from greenstar.services.visit.opening import open_visit
from greenstar.services.visit.submission import again
from greenstar.services.visit.visit import OpenVisit
from greenstar.services.workspace import Workspace
from tests.services.conftest import Opener, events_of, fill

EXAMPLES = sorted((SHIPPED_SCHEME / "examples").glob("*.yaml"))


def sheet(asked: VisitForm, language: str = "en", title: str = "Answers") -> Any:
    """A sheet of the form as it is written."""
    catalogue = Catalogue(language)
    return load_workbook(BytesIO(form_xlsx(form_view(asked, catalogue), catalogue)))[title]


def filled(asked: VisitForm, language: str, path: Path) -> Path:
    """The form with what is known of each question copied into its answer, cell by cell."""
    catalogue = Catalogue(language)
    workbook = load_workbook(BytesIO(form_xlsx(form_view(asked, catalogue), catalogue)))
    answers = workbook.worksheets[0]
    headings = [cell.value for cell in answers[1]]
    known, answer = (headings.index(catalogue.say(f"form.column_{column}")) for column in ("known", "answer"))
    for row in answers.iter_rows(min_row=2):
        row[answer].value = row[known].value
    workbook.save(path)
    return path


def scorecard(visit: Visit) -> dict[str, Any]:
    """All that a visit comes to under the shipped scheme."""
    scheme = find_scheme(None)
    return scorecard_json(scorecard_view(scheme, visit, score(scheme, visit)), Catalogue("en"))


@pytest.mark.slow
@pytest.mark.parametrize(("number", "example"), [*enumerate(EXAMPLES)], ids=[path.stem for path in EXAMPLES])
def test_yaml_json_and_a_filled_form_of_a_visit_give_the_same_scorecard(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, example: Path
) -> None:
    scheme, catalogue = find_scheme(None), Catalogue(list(LANGUAGES)[number % len(LANGUAGES)])
    (file,) = read_answers_files(example, lambda _name, _base: scheme)
    visit = file.visit
    (tmp_path / "visit.json").write_text(json.dumps(answers_document(scheme, visit)), encoding="utf-8")
    answer_row = form._answer_row
    monkeypatch.setattr(form, "_answer_row", lambda row, text: with_answer(answer_row(row, text)))
    view = form_view(VisitForm(scheme, visit), catalogue)
    (tmp_path / "visit.xlsx").write_bytes(form_xlsx(view, catalogue))
    expected = scorecard(visit)
    for name in ("visit.json", "visit.xlsx"):
        (back,) = read_answers_files(tmp_path / name, lambda name, _base: find_scheme(name))
        assert back.visit == visit
        assert scorecard(back.visit) == expected


def with_answer(row: Any) -> Any:
    """The row with what is known copied to the answer, as somebody may do."""
    return replace(row, cells={**row.cells, "answer": row.cells["known"]})


def test_recording_a_filled_form_gives_the_draft_that_it_was_filled_in_for(
    workspace: Workspace, small: Scheme, visit: OpenVisit, tmp_path: Path
) -> None:
    fill(visit, fresh=20, lamps=80)
    visit.note("W1", "=HYPERLINK(A1) read twice")
    before = visit.visit
    path = filled(form_of(workspace, "S-1"), "zh", tmp_path / "visit.xlsx")
    (file,) = read_answers_files(path, lambda _name, _base: small)
    record(workspace, file)
    assert again(visit).visit == before


def test_a_form_takes_an_answer_away_and_says_what_became_of_open_findings(
    visit: OpenVisit, opened: Opener, small: Scheme, tmp_path: Path
) -> None:
    fill(visit)
    for text in ("No meter", "Lamp out", "No plan"):
        add(visit, Finding("W1" if text == "No meter" else "E1", "minor", text, due=date(2026, 9, 1)))
    submit(visit.workspace, "S-1")
    with opened(cycle="2027") as workspace:
        later = open_visit(workspace, "S-1")
        later.answer("used", Fraction(90))
        catalogue = Catalogue("en")
        book = load_workbook(BytesIO(form_xlsx(form_view(form_of(workspace, "S-1"), catalogue), catalogue)))
        listed = [[cell.value for cell in row[:4]] for row in book["Findings"].iter_rows(min_row=2, max_row=5)]
        assert listed == [
            ["W1", "2026: still open?", "minor", "No meter"],
            ["E1", "2026: still open?", "minor", "Lamp out"],
            ["E1", "2026: still open?", "minor", "No plan"],
            [None] * 4,
        ]
        book["Findings"]["H2"].value = "yes"
        book["Findings"]["I3"].value = date(2026, 5, 1)
        answers = book["Answers"]
        (row,) = (row for row in answers.iter_rows(min_row=2) if row[-1].value == "used")
        row[[cell.value for cell in answers[1]].index("Answer")].value = "[remove]"
        book.save(tmp_path / "visit.xlsx")
        (file,) = read_answers_files(tmp_path / "visit.xlsx", lambda _name, _base: small)
        record(workspace, file)
        after = again(later)
        assert after.visit.answers == {}
        assert [(finding.text, finding.closed) for finding in after.visit.findings] == [
            ("No meter", None),
            ("Lamp out", date(2026, 5, 1)),
        ]
        assert [row["text"] for row in after.findings_to_settle] == ["No plan"]


# -- what a form shows ---------------------------------------------------------------------------------------------


def column(sheet: Any, heading: str) -> dict[str, Any]:
    """The cells of a column by the ids of their questions."""
    headings = [cell.value for cell in sheet[1]]
    place, key = headings.index(heading), len(headings) - 1
    return {row[key].value: row[place].value for row in sheet.iter_rows(min_row=2)}


def test_a_form_tells_what_the_assessor_took_out_from_what_does_not_apply(workspace: Workspace) -> None:
    visit = open_visit(workspace, "S-1")
    visit.set_fact("has_wash", False)
    visit.mark_not_applicable("E1", "the landlord pays for it")
    answers = sheet(form_of(workspace, "S-1"))
    allowed, reasons = column(answers, "Allowed"), column(answers, "Not applicable, because")
    assert (allowed["fresh"], reasons["fresh"]) == ("does not apply, as the store's facts stand", None)
    assert (allowed["E1"], reasons["E1"]) == ("from 0 to 100", "the landlord pays for it")


def test_a_form_has_a_row_for_each_question_in_the_order_of_the_walk(workspace: Workspace) -> None:
    workspace.storage.stores.put_fact("S-1", "has_wash", "false", at=workspace.now(), by="Ada")
    answers = sheet(form_of(workspace, "S-1"))
    assert column(answers, "Question") == {
        "fresh": "Fresh\n新水",
        "used": "All\n总量",
        "W2": "A tank?\n有水箱？",
        "E1": "LED\nLED占比",
    }
    assert column(answers, "Place") == {"fresh": "Bay", "used": "Bay", "W2": None, "E1": None}
    assert column(answers, "Allowed")["fresh"] == "does not apply, as the store's facts stand"
    assert column(answers, "Allowed")["E1"] == "from 0 to 100"
    store = sheet(form_of(workspace, "S-1"), title="Store")
    assert column(store, "Value") == {
        "scheme": "small",
        "version": "1",
        "store.code": "S-1",
        "store.name": "First",
        "store.city": "Wuxi",
        "store.region": "East",
        "cycle": "2026",
        "assessor": "Ada",
        "visited": None,
        "facts.has_wash": "no",
        "facts.area_m2": None,
    }


def test_what_is_known_and_what_the_last_visit_said_stand_beside_an_empty_answer(
    visit: OpenVisit, opened: Opener
) -> None:
    fill(visit, fresh=10, lamps=87)
    submit(visit.workspace, "S-1")
    with opened(cycle="2027") as workspace:
        open_visit(workspace, "S-1").answer("fresh", Fraction("12.5"))
        answers = sheet(form_of(workspace, "S-1"), "zh", "答案")
        assert column(answers, "已有记录") == {"fresh": 12.5, "used": None, "W2": None, "E1": None}
        assert column(answers, "上次评审") == {"fresh": 10, "used": 100, "W2": "是", "E1": 87}
        assert not any(column(answers, "答案").values())


def test_a_form_stores_nothing_and_a_sealed_visit_has_none(visit: OpenVisit, opened: Opener) -> None:
    with opened(cycle="2031") as workspace:
        before = events_of(workspace)
        form_of(workspace, "S-1")
        assert (events_of(workspace), workspace.storage.assessments.latest("S-1", "2031", "small")) == (before, None)
    submit(visit.workspace, "S-1")
    with pytest.raises(BadInput) as caught:
        form_of(visit.workspace, "S-1")
    assert caught.value.message.key == "storage.sealed"


def test_the_same_form_gives_the_same_bytes(workspace: Workspace) -> None:
    catalogue = Catalogue("en")
    first, second = (form_xlsx(form_view(form_of(workspace, "S-1"), catalogue), catalogue) for _ in range(2))
    assert first == second
