"""Findings, evidence and the taking away of answers in a spreadsheet: read as from JSON, or refused with the cell."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from greenstar.assessment.answer_types.option_names import option_words
from greenstar.assessment.answers_file import AnswersFile, read_answers_files
from greenstar.assessment.model import Evidence, Finding
from greenstar.errors import BadFile
from greenstar.i18n.catalogue import Catalogue
from greenstar.reports.text.problems import place_of
from greenstar.scheme.model import Scheme
from tests.assessment.sheets import write_form
from tests.assessment.test_spreadsheets import changed
from tests.builders import read as read_scheme_text

SCHEME = read_scheme_text("""
scheme: small
version: "1"
title: Small
languages: [en, zh]
facts: {wash: {type: boolean, ask: q}}
categories:
  - category: A
    title: t
    criteria:
      - id: A-1
        title: t
        points: 3
        questions:
          fresh: {type: number, ask: q, min: 0}
          words: {type: text, ask: q}
          does: {type: choice, ask: q, options: {drop: {label: {en: remove, zh: 删除}}, keep: {label: Keep}}}
          sign: {type: choice, ask: q, options: {drop: {label: "[Remove]"}, keep: {label: Keep}}}
        score: {of: fresh}
      - {id: A-2, title: t, points: 1, type: boolean, ask: q}
""")
FINDINGS = ("Criterion", "Severity", "What was found", "What closes it", "Owner", "Due", "Closed on", "Finding id")
SETTLING = ("Criterion", "Severity", "What was found", "Still open?", "Closed on", "Goes on from")
EVIDENCE = ("Criterion", "File", "Caption", "Taken", "Verified")
DAY = (date(2026, 5, 12), "d mmm")


def find_scheme(_name: str | None, _folder: Path) -> Scheme:
    return SCHEME


def read(path: Path) -> AnswersFile:
    (file,) = read_answers_files(path, find_scheme)
    return file


def with_sheet(folder: Path, title: str, headings: Sequence[str], *rows: Sequence[Any]) -> Path:
    """A form with one sheet of findings or evidence."""
    return write_form(folder / "visit.xlsx", [], sheets={title: [headings, *rows]})


def refusals(path: Path) -> list[tuple[str, str]]:
    """The keys of what is wrong, each with its place as a user is told it."""
    with pytest.raises(BadFile) as caught:
        read(path)
    places = [place_of(problem, Catalogue("en")).removeprefix(f"{path}: sheet ") for problem in caught.value.problems]
    return [(problem.message.key, place) for problem, place in zip(caught.value.problems, places, strict=True)]


# -- taking answers away -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("sign", ["[remove]", "[删除]", "【删除】", "［ Remove ］"])
def test_a_sign_in_either_language_takes_an_answer_away_and_an_empty_cell_changes_nothing(
    tmp_path: Path, sign: str
) -> None:
    file = read(write_form(tmp_path / "v.xlsx", [["A-1", "fresh", sign], ["A-1", "words", ""], ["A-2", "A-2", sign]]))
    assert (file.remove, file.visit.answers) == (("fresh", "A-2"), {})


def test_what_may_mean_an_answer_or_taking_it_away_is_refused(tmp_path: Path) -> None:
    rows = [
        ["A-1", "fresh", "remove"],
        ["A-1", "words", "删除"],
        ["A-1", "sign", "[remove]"],
        ["A-2", "A-2", "[remove]", "[remove]", "【删除】"],
        ["A-1", "frsh", "[remove]"],
    ]
    assert refusals(write_form(tmp_path / "v.xlsx", rows)) == [
        ("form.bare_word", "Answers, cell C2"),
        ("form.bare_word", "Answers, cell C3"),
        ("form.remove_or_option", "Answers, cell C4"),
        ("form.remove_here", "Answers, cell D5"),
        ("form.remove_here", "Answers, cell E5"),
        ("answers.unknown_question", "Answers, cell C6"),
    ]
    store = {"store.code": "WX-001", "facts.wash": "[remove]"}
    assert refusals(write_form(tmp_path / "v.xlsx", [], store)) == [("form.remove_here", "Store, cell B3")]


def test_an_option_that_is_called_so_is_itself_and_one_called_as_the_sign_goes_by_its_id(tmp_path: Path) -> None:
    rows = [["A-1", "does", "删除"], ["A-1", "sign", "drop"]]
    assert read(write_form(tmp_path / "v.xlsx", rows)).visit.answers == {"does": "drop", "sign": "drop"}
    options = SCHEME.options(SCHEME.questions["sign"])
    assert option_words(options, "en", several=False) == {"drop": "drop", "keep": "Keep"}


# -- findings ------------------------------------------------------------------------------------------------------


def test_a_sheet_of_findings_is_the_list_that_json_has(tmp_path: Path) -> None:
    path = with_sheet(
        tmp_path,
        "评审发现",
        FINDINGS,
        ["A-1", "严重不符合", "the meter stands still", "replace it", "Li Wei", DAY, "", "F-1"],
        [],
        ["A-2", "Observation", "=no", "", "", "2026/6/1", 46143],  # what looks like a formula is a text in its cell
    )
    changed(path, ("sheet3.xml", lambda text: text.replace("<f>no</f><v>12</v>", "<v>5</v>")))
    assert read(path).visit.findings == (
        Finding("A-1", "major", "the meter stands still", "replace it", date(2026, 5, 12), None, "F-1", "", "Li Wei"),
        Finding("A-2", "observation", "5", due=date(2026, 6, 1), closed=date(2026, 5, 1)),
    )


def test_what_is_wrong_with_a_finding_is_told_with_its_cell(tmp_path: Path) -> None:
    path = with_sheet(
        tmp_path,
        "Findings",
        FINDINGS,
        ["A-9", "major", "t"],
        ["A-1", "bad", "t", "", "", "soon"],
        ["A-1", "", "t"],
        ["A-1", "minor", "=1+1"],
        ["A-1", "minor", "t", "", DAY, "", "", "[remove]"],
        ["A-1", "minor", "t", "", "", "", "", "F-1"],
        ["A-1", "minor", "t", "", "", "", "", "F-1"],
    )
    assert refusals(path) == [
        ("validation.unknown_criterion", "Findings, cell A2"),
        ("reading.not_allowed", "Findings, cell B3"),
        ("fields.expected_found_text", "Findings, cell F3"),
        ("form.cell_needed", "Findings, cell B4"),
        ("form.formula", "Findings, cell C5"),
        ("form.day_here", "Findings, cell E6"),
        ("form.remove_here", "Findings, cell H6"),
        ("answers.finding_id_twice", "Findings, cell H8"),
    ]


@pytest.mark.parametrize(
    ("still_open", "closed", "expected"),
    [
        ("", "", ()),  # nobody said what became of it
        ("yes", "", (None,)),
        ("", DAY, (DAY[0],)),
        ("否", DAY, (DAY[0],)),
        ("yes", DAY, "form.open_and_closed"),
        ("no", "", "form.closed_when"),
        ("perhaps", "", "answers.expected_boolean"),
    ],
)
def test_an_open_finding_of_the_last_visit_counts_once_it_is_said_what_became_of_it(
    tmp_path: Path, still_open: str, closed: Any, expected: Any
) -> None:
    path = with_sheet(tmp_path, "Findings", SETTLING, ["A-1", "minor", "t", still_open, closed, "F-0"])
    if isinstance(expected, str):
        assert refusals(path) == [(expected, "Findings, cell D2")]
    else:
        findings = read(path).visit.findings
        assert [(finding.follows, finding.closed) for finding in findings] == [("F-0", day) for day in expected]


# -- evidence ------------------------------------------------------------------------------------------------------


def test_a_sheet_of_evidence_is_what_json_has_by_criterion(tmp_path: Path) -> None:
    path = with_sheet(
        tmp_path,
        "Evidence",
        EVIDENCE,
        ["A-1", "meter.jpg", "the meter", (date(2026, 5, 1), "d mmm"), "是"],
        ["A-2", "plan.pdf", "", 46143, True],
        ["A-1", "gate.jpg", "", "2026-05-01T08:00:00Z", "no"],
    )
    assert read(path).visit.evidence == {
        "A-1": (
            Evidence("meter.jpg", True, "the meter", taken_at="2026-05-01"),
            Evidence("gate.jpg", False, taken_at="2026-05-01T08:00:00Z"),
        ),
        "A-2": (Evidence("plan.pdf", True, taken_at="2026-05-01"),),
    }


def test_what_is_wrong_with_a_piece_of_evidence_is_told_with_its_cell(tmp_path: Path) -> None:
    path = with_sheet(
        tmp_path,
        "Evidence",
        (*EVIDENCE, "SHA-256", "Size in bytes"),
        ["A-9", "a.jpg"],
        ["A-1", "a.jpg", "", "", "perhaps", "abc", "much"],
        ["", "a.jpg"],
        ["A-1", DAY],
    )
    assert refusals(path) == [
        ("validation.unknown_criterion", "Evidence, cell A2"),
        ("answers.expected_boolean", "Evidence, cell E3"),
        ("fields.expected_found_text", "Evidence, cell F3"),
        ("fields.expected_found_text", "Evidence, cell G3"),
        ("form.cell_needed", "Evidence, cell A4"),
        ("form.day_here", "Evidence, cell B5"),
    ]


# -- the sheets ----------------------------------------------------------------------------------------------------

ROW = ["A-1", "minor", "t"]


@pytest.mark.parametrize(
    ("sheets", "expected"),
    [
        ({}, 0),  # deleted: nothing is said
        ({"Findings": []}, [("form.no_column", "Findings, cell A1")]),
        ({"Findings": [FINDINGS]}, 0),
        ({"findings ": [FINDINGS[::-1], [*[""] * 5, *ROW[::-1]]]}, 1),  # whichever way the columns stand
        ({"What I saw": [FINDINGS, ROW]}, [("form.other_sheet", "What I saw, cell A1")]),
        ({"Findings": [FINDINGS, ROW], "评审发现": [FINDINGS]}, [("form.sheet_twice", "评审发现, cell A1")]),
        ({"Findings": [FINDINGS[:2], ROW[:2]]}, [("form.no_column", "Findings, cell A1")]),
        (
            {"Findings": [(*FINDINGS, "Mood", "Owner"), ROW]},
            [("form.unknown_column", "Findings, cell I1"), ("storage.column_twice", "Findings, cell J1")],
        ),
        ({"Findings": [FINDINGS, [*ROW, *[""] * 5, "beside"]]}, [("table.no_heading", "Findings, cell I2")]),
    ],
)
def test_sheets_may_be_moved_or_missing_and_nothing_in_them_is_dropped_in_silence(
    tmp_path: Path, sheets: Mapping[str, Any], expected: Any
) -> None:
    path = write_form(tmp_path / "v.xlsx", [], sheets=sheets)
    if isinstance(expected, int):
        assert len(read(path).visit.findings) == expected
    else:
        assert refusals(path) == expected


@pytest.mark.slow
def test_merged_and_far_cells_are_refused_and_hidden_and_empty_rows_are_not(tmp_path: Path) -> None:
    path = with_sheet(tmp_path, "Findings", FINDINGS, ROW, ["A-2", "major", "u"])
    changed(path, ("sheet3.xml", lambda text: text.replace('<row r="3"', '<row r="3" hidden="1"')))
    rows = "".join(f'<row r="{number}"/>' for number in range(4, 5000))
    changed(path, ("sheet3.xml", lambda text: text.replace("</sheetData>", f"{rows}</sheetData>")))
    assert [finding.text for finding in read(path).visit.findings] == ["t", "u"]
    far = '<row r="1048576"><c r="A1048576"><v>1</v></c></row></sheetData>'
    far += '<mergeCells><mergeCell ref="A2:A3"/></mergeCells>'
    changed(path, ("sheet3.xml", lambda text: text.replace("</sheetData>", far)))
    assert refusals(path) == [
        ("form.merged", "Findings, cell A2"),
        ("form.out_of_reach", "Findings, cell A1048576"),
    ]
