"""`greenstar form`, and the commands that read a filled form back."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.assessment.sheets import write_form
from tests.cli.conftest import Greenstar


@pytest.fixture
def form(greenstar: Greenstar, tmp_path: Path) -> Path:
    """The form of a store's first visit."""
    greenstar("stores", "add", "WX-002", "--name", "Second", "--fact", "has_car_wash=yes")
    path = tmp_path / "form.xlsx"
    done = greenstar("form", "WX-002", "--format", "xlsx", "-o", path, "--cycle", "2026")
    assert (done.code, done.out, done.err) == (0, "", f"{path}: written\n")
    return path


def fill_in(path: Path, answers: dict[str, Any]) -> None:
    workbook = load_workbook(path)
    sheet = workbook["Answers"]
    headings = [cell.value for cell in sheet[1]]
    for row in sheet.iter_rows(min_row=2):
        row[headings.index("Answer")].value = answers.get(str(row[-1].value))
    workbook.save(path)


@pytest.mark.slow
def test_a_filled_form_is_scored_explained_and_recorded(greenstar: Greenstar, form: Path) -> None:
    fill_in(form, {"cars_washed_n": 11_000, "wash_makeup_m3": 160, "wash_meter": "yes"})
    assert json.loads(greenstar("score", form, "--json").out)["answered"] >= 1
    assert greenstar("explain", form, "WAT").code == 0
    assert greenstar("record", form).code == 0
    (visit,) = json.loads(greenstar("export", "answers", "--format", "json").out)
    assert visit["store"]["facts"] == {"has_car_wash": True}
    assert {**visit["answers"], **visit.get("not_asked", {})} == {
        "cars_washed_n": 11_000,
        "wash_makeup_m3": 160,
        "wash_meter": True,
    }


@pytest.mark.slow
def test_a_note_that_reads_like_the_sign_that_removes_makes_no_form_that_is_refused(
    greenstar: Greenstar, tmp_path: Path
) -> None:
    answers, path = tmp_path / "visit.yaml", tmp_path / "form.xlsx"
    answers.write_text(
        'scheme: leading-green-star\nstore: {code: S-9}\ncycle: 2026\nnotes: {WAT-07: "[remove]"}\n', "utf-8"
    )
    assert greenstar("record", answers).code == 0
    assert greenstar("form", "S-9", "--format", "xlsx", "-o", path, "--cycle", "2026").code == 0
    assert greenstar("record", path).code == 0
    (visit,) = json.loads(greenstar("export", "answers", "--format", "json").out)
    assert visit["notes"] == {"WAT-07": "[remove]"}


@pytest.mark.parametrize(
    ("language", "place"), [("en", "sheet Answers, cell C2"), ("zh", "：工作表 Answers，单元格 C2")]
)
def test_what_is_wrong_in_a_form_is_told_with_its_sheet_and_cell(
    greenstar: Greenstar, tmp_path: Path, language: str, place: str
) -> None:
    path = write_form(tmp_path / "visit.xlsx", [["WAT-07", "wash_makeup_m3", "much"]])
    done = greenstar("record", path, "--lang", language)
    assert (done.code, done.out) == (2, "")
    assert place in done.err
    assert "much" in done.err


@pytest.mark.slow
def test_the_scheme_that_a_form_names_is_found_in_the_database(greenstar: Greenstar, tmp_path: Path) -> None:
    scheme = (
        "scheme: srv\nversion: '3'\ntitle: Service\nlanguages: [en]\ncategories:\n- {category: A, title: t, criteria: "
    )
    (tmp_path / "srv.yaml").write_text(scheme + "[{id: A-1, title: t, points: 3, type: boolean, ask: q}]}\n", "utf-8")
    (tmp_path / "visit.yaml").write_text("scheme: srv.yaml\nstore: {code: S-1}\ncycle: '2026'\n", "utf-8")
    assert greenstar("record", tmp_path / "visit.yaml").code == 0
    form = tmp_path / "elsewhere" / "form.xlsx"
    form.parent.mkdir()
    assert greenstar("form", "S-1", "--format", "xlsx", "-o", form).code == 0
    fill_in(form, {"A-1": "yes"})
    assert json.loads(greenstar("score", form, "--json").out)["total"] == 3
    assert greenstar("explain", form, "A-1").out.startswith("A-1 t: 3 of 3")
    assert greenstar("record", form).code == 0
    assert "There is no scheme srv" in greenstar("score", form, "--db", tmp_path / "none.db").err


@pytest.mark.slow
def test_a_form_of_another_place_or_format_is_a_sentence(greenstar: Greenstar, form: Path) -> None:
    assert "There is no store WX-009" in greenstar("form", "WX-009", "--format", "xlsx", "-o", form).err
    assert "possible are xlsx" in greenstar("form", "WX-002", "--format", "docx").err
    assert "--format is missing" in greenstar("form", "WX-002").err
    shutil.copy(form, form.with_suffix(".ods"))
    assert greenstar("score", str(form.with_suffix(".ods"))).code == 0  # by what it holds, not by its name
    assert "does not exist" in greenstar("explain", "lost.xlsx").err


def test_a_spreadsheet_is_not_poured_into_a_terminal(greenstar: Greenstar, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("greenstar.cli.commands.form.sys.stdout.isatty", lambda: True)
    done = greenstar("form", "WX-002", "--format", "xlsx")
    assert (done.code, done.out) == (2, "")
    assert "-o" in done.err
