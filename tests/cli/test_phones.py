"""`greenstar xlsform`, and `greenstar record --from-odk` of what phones bring back."""

import csv
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from greenstar.assessment.answers_file import read_answers_files
from greenstar.assessment.model import Visit
from greenstar.scheme.model import Scheme
from greenstar.services.schemes.registry import find_scheme
from tests.cli.conftest import WUXI, Greenstar
from tests.services.phones.typed import Cells, typed


def test_a_form_is_written_and_not_to_a_terminal(
    greenstar: Greenstar, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "form.xlsx"
    done = greenstar("xlsform", "-o", path)
    assert (done.code, done.out, done.err) == (0, "", f"{path}: written\n")
    assert load_workbook(path).sheetnames == ["survey", "choices", "settings"]
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    done = greenstar("xlsform")
    assert done.code == 2
    assert "-o FILE.xlsx" in done.err


def test_what_no_phone_can_work_out_is_said_on_standard_error(greenstar: Greenstar, tmp_path: Path) -> None:
    scheme = tmp_path / "s.yaml"
    scheme.write_text(
        "scheme: s\nversion: 1\ntitle: t\nlanguages: [en]\ncategories:\n- category: A\n  title: t\n  criteria:\n"
        "  - {id: a, title: t, points: 1, type: boolean, ask: q}\n"
        '  - {id: b, title: t, points: 1, type: boolean, ask: q, applies_if: points("a") > 0}\n',
        "utf-8",
    )
    done = greenstar("xlsform", "--scheme", scheme, "-o", tmp_path / "form.xlsx")
    assert done.code == 0
    assert done.err.splitlines()[0] == (
        'b is always asked in the form, as no phone can work out its condition: points("a") > 0'
    )


def shipped_visit() -> tuple[Scheme, Visit]:
    """The visit to the Wuxi store, with as many files as the form has fields for."""
    scheme = find_scheme("leading-green-star")
    (file,) = read_answers_files(Path(WUXI), lambda _name, _base: scheme)
    room = {name: max(1, len(criterion.evidence)) for name, criterion in scheme.criteria.items()}
    evidence = {
        name: tuple(replace(piece, caption="") for piece in pieces[: room[name]])
        for name, pieces in file.visit.evidence.items()
    }
    return scheme, replace(file.visit, evidence=evidence)


def write(folder: Path, cells: Cells, findings: list[Cells]) -> Path:
    path = folder / "visits.csv"
    for target, listed in (
        (path, [{**cells, "KEY": "uuid:1"}]),
        (folder / "visits-findings.csv", [{**row, "PARENT_KEY": "uuid:1"} for row in findings]),
    ):
        if listed:
            with target.open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, list(listed[0]))
                writer.writeheader()
                writer.writerows(listed)
    return path


def scorecard(greenstar: Greenstar, path: Path) -> Any:
    return json.loads(greenstar("score", path, "--json").out)


@pytest.mark.engine
def test_the_shipped_visit_typed_on_a_phone_is_recorded_to_the_same_scorecard(
    greenstar: Greenstar, tmp_path: Path
) -> None:
    scheme, visit = shipped_visit()
    path = write(tmp_path, *typed(scheme, visit))
    missing = greenstar("record", "--from-odk", path)
    assert missing.code == 2
    assert f"{path}:2:" in missing.err
    media = tmp_path / "media"
    for name in {piece.file for pieces in visit.evidence.values() for piece in pieces}:
        (media / name).parent.mkdir(parents=True, exist_ok=True)
        (media / name).write_bytes(name.encode())
    assert greenstar("record", "--from-odk", path).code == 0
    again = tmp_path / "again.json"
    again.write_text(greenstar("export", "answers", "--format", "json").out, "utf-8")
    assert scorecard(greenstar, again) == scorecard(greenstar, Path(WUXI)) | {
        key: scorecard(greenstar, again)[key] for key in ("notices",)
    }
    twice = greenstar("record", "--from-odk", path, path)
    assert twice.code == 2
    assert f"the visit to WX-001 stands in {path}, line 2" in twice.err
