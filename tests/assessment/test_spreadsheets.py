"""Answers in a spreadsheet: read as the same visit in YAML, or refused with the sheet and the cell."""

import zipfile
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from fractions import Fraction
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.comments import Comment

from greenstar.assessment.answers_file import read_answers_files
from greenstar.assessment.calculated import formula_of
from greenstar.assessment.model import Visit
from greenstar.assessment.spreadsheet import package
from greenstar.errors import BadFile, BadInput
from greenstar.i18n.catalogue import LANGUAGES, Catalogue
from greenstar.reports.text.problems import problem_lines
from greenstar.scheme.model import Scheme
from tests.assessment.sheets import HEADINGS, STORE, write_form
from tests.builders import read as read_scheme_text
from tests.rows import rows

SCHEME = read_scheme_text("""
scheme: small
version: "1.10"
title: Small
languages: [en, zh]
facts:
  wash: {type: boolean, ask: q}
  roof: {type: number, ask: q, min: 0, max: 100000}
categories:
  - category: A
    title: t
    criteria:
      - id: A-1
        title: t
        points: 3
        questions:
          fresh: {type: number, ask: q, min: 0}
          part: {type: number, ask: q, unit: "%"}
          cars: {type: number, ask: q, whole: true}
          system:
            type: choice
            ask: q
            options:
              none_yet: {label: {en: None yet, zh: 还没有}}
              in_use: {label: {en: In use, zh: 无}}
              planned: {label: {en: "No", zh: 还没有}}
              tenth: {label: {en: "10", zh: "十"}}
          uses:
            type: multiple
            ask: q
            options:
              road: {label: {en: "Roads, paths", zh: 道路}}
              garden: {label: {en: Garden, zh: 花园/绿地}}
              pool: {label: {en: Pool, zh: 水池}}
          words: {type: text, ask: q}
          day: {type: date, ask: q}
        score: {of: fresh}
      - {id: A-2, title: t, points: 1, type: boolean, ask: q}
      - {id: A-3, title: t, points: 1, not_applicable: forbid, type: boolean, ask: q}
""")


def find_scheme(_name: str | None, _folder: Path) -> Scheme:
    return SCHEME


def visit(path: Path) -> Visit:
    (file,) = read_answers_files(path, find_scheme)
    return file.visit


def answer(folder: Path, question: str, cell: Any) -> Any:
    """What a cell answers to a question."""
    criterion = SCHEME.criterion_of[question]
    return visit(write_form(folder / "visit.xlsx", [[criterion, question, cell]])).answers.get(question)


def problems(path: Path) -> list[tuple[str, str, str]]:
    """The sentences' keys, with the sheets and cells where they belong; all of them can be told."""
    with pytest.raises(BadFile) as caught:
        visit(path)
    told = [list(problem_lines(caught.value, Catalogue(language))) for language in LANGUAGES]
    assert len(told[0]) >= len(caught.value.problems)
    places = [line.removeprefix(f"{path}: ").split(": ")[0] for line in told[0][:-1] if line.startswith(str(path))]
    return [
        (problem.message.key, *place.removeprefix("sheet ").split(", cell "))  # type: ignore[misc]  # two parts each
        for problem, place in zip(caught.value.problems, places, strict=True)
    ]


def refused(path: Path) -> str:
    """The key of the only sentence about a file as a whole."""
    with pytest.raises(BadInput) as caught:
        visit(path)
    assert not isinstance(caught.value, BadFile)
    assert all(Catalogue(language).render(caught.value.message) for language in LANGUAGES)
    return caught.value.message.key


def test_a_filled_form_is_the_visit_that_it_says(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["A-1", "fresh", 120.5, "read twice"],
        ["A-1", "part", (0.867, "0.0%")],
        ["A-1", "cars", ""],
        ["A-1", "system", "In use"],
        ["A-1", "uses", "Pool; Roads, paths"],
        ["A-1", "words", "1+1 is two"],
        ["A-1", "day", (date(2026, 5, 12), "yyyy-mm-dd")],
        ["A-2", "A-2", "", "", "the paint shop belongs to another firm"],
        ["", "", ""],
        ["A-3", "A-3", True],
    ]
    store = {
        "scheme": "small",
        "version": "1.10",
        "store.code": "WX-001",
        "store.name": "Wuxi",
        "cycle": 2026,
        "assessor": "A. Assessor",
        "visited": (date(2026, 5, 12), "d/m/yy"),
        "facts.wash": "是",
        "facts.roof": 4500,
    }
    read = visit(write_form(tmp_path / "visit.xlsx", rows, store))
    assert (read.store.code, read.store.name, read.cycle, read.assessor) == ("WX-001", "Wuxi", "2026", "A. Assessor")
    assert (read.visited, read.facts) == (date(2026, 5, 12), {"wash": True, "roof": 4500})
    assert read.answers == {
        "fresh": Fraction("120.5"),
        "part": Fraction("0.867"),
        "system": "in_use",
        "uses": ("road", "pool"),
        "words": "1+1 is two",
        "day": date(2026, 5, 12),
        "A-3": True,
    }
    assert read.notes == {"A-1": "read twice"}
    assert read.not_applicable == {"A-2": "the paint shop belongs to another firm"}


@pytest.mark.slow
@rows(
    ("question", "cell", "expected"),
    [
        ("fresh", 0.1, Fraction(1, 10)),
        ("fresh", 0.30000000000000004, Fraction("0.3")),  # what adding up left: a spreadsheet shows 0.3
        ("fresh", 50.125, Fraction("50.125")),  # a number is never in doubt
        ("fresh", 1e21, 10**21),
        ("fresh", "12 345,5", Fraction("12345.5")),
        ("fresh", "12345678901234567.25", Fraction("12345678901234567.25")),
        ("fresh", (46, '0" %"'), 46),  # the sign is only shown
        ("part", (0.867, "0%"), Fraction("0.867")),  # the value, however it is rounded to be shown
        ("part", 86.7, Fraction("0.867")),
        ("part", "86.7 %", Fraction("0.867")),
        ("cars", 12.0, 12),
        ("day", "2026/5/1", date(2026, 5, 1)),
        ("day", 46143, date(2026, 5, 1)),
        ("day", (46143, "d mmm"), date(2026, 5, 1)),
        ("words", (46143, "d mmm"), "2026-05-01"),
        ("words", 0.5, "0.5"),
        ("words", "the part _x0041_ and x005F_", "the part _x0041_ and x005F_"),  # as XLSX writes control characters
        ("words", "one\x0bline\x07", "oneline"),
        ("words", False, "false"),
        ("words", "  \n ", None),
        ("system", "in_use", "in_use"),
        ("system", "IN  USE", "in_use"),
        ("system", "None yet", "none_yet"),
        ("system", 10, "tenth"),
        ("uses", "花园/绿地", ("garden",)),
        ("uses", "road、Pool", ("road", "pool")),
        ("uses", "花园/绿地；道路", ("road", "garden")),
        ("uses", "none", ()),
        ("uses", "无", ()),
        ("A-2", "YES", True),
        ("A-2", 0, False),
        ("A-2", "√", True),
    ],
)
def test_a_cell_is_read_as_what_it_shows(tmp_path: Path, question: str, cell: Any, expected: Any) -> None:
    assert answer(tmp_path, question, cell) == expected


@pytest.mark.slow
@rows(
    ("question", "cell", "key"),
    [
        ("fresh", "50.125", "answers.doubtful"),
        ("fresh", "12\n34", "answers.expected_number"),
        ("fresh", (46143, "d mmm"), "answers.expected_number"),  # 1.5 that a spreadsheet took for a day
        ("fresh", True, "answers.expected_number"),
        ("fresh", (0.867, "0.0%"), "answers.expected_number"),  # no share is asked for
        ("fresh", -1, "answers.outside"),
        ("fresh", 12345678901234567, "form.cut_off"),
        ("words", 12345678901234567, "form.cut_off"),
        ("part", (86.7, "0.0%"), "answers.outside"),
        ("cars", 1.5, "answers.expected_whole"),
        ("day", (46143.5, "d mmm"), "answers.expected_date"),
        ("day", 2026, "answers.expected_date"),
        ("day", "1.5.2026", "answers.expected_date"),
        ("system", "还没有", "answers.two_options"),  # two options are called so in one language or another
        ("system", "elsewhere", "answers.unknown_option"),
        ("uses", "Roads", "answers.unknown_option"),
        ("A-2", "perhaps", "answers.expected_boolean"),
        ("fresh", "=1+1", "form.formula"),
        ("fresh", ("#N/A", None), "answers.expected_number"),
    ],
)
def test_a_cell_that_is_no_answer_is_refused_in_its_place(tmp_path: Path, question: str, cell: Any, key: str) -> None:
    path = write_form(tmp_path / "v.xlsx", [["A-3", "A-3", True], [SCHEME.criterion_of[question], question, cell]])
    assert problems(path) == [(key, "Answers", "C3")]


def test_what_two_options_are_called_is_refused_with_both_ids(tmp_path: Path) -> None:
    with pytest.raises(BadFile) as caught:
        answer(tmp_path, "system", "还没有")
    assert caught.value.problems[0].message.values["options"] == ("none_yet", "planned")


def test_all_that_is_wrong_is_told_at_once(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["A-1", "fresh", "many"],
        ["A-1", "cars", "=6+6"],
        ["A-1", "frsh", 1],
        ["A-1", "", "what is asked?"],
        ["A-9", "A-2", True, "a note"],
        ["A-3", "A-3", "", "", "never mind this"],
    ]
    store = {**STORE, "visited": "soon", "facts.roof": "large", "facts.rof": 2}
    path = write_form(tmp_path / "v.xlsx", rows, {**STORE, "facts.roof": "large", "facts.rof": 2})
    assert problems(path) == [
        ("answers.expected_number", "Answers", "C2"),
        ("form.formula", "Answers", "C3"),
        ("answers.unknown_question", "Answers", "B4"),
        ("form.no_question", "Answers", "C5"),
        ("form.other_criterion", "Answers", "A6"),
        ("validation.unknown_criterion", "Answers", "A6"),
        ("answers.not_applicable_forbidden", "Answers", "A7"),
        ("answers.expected_number", "Store", "B4"),
        ("answers.unknown_fact", "Store", "A5"),
    ]
    worse = problems(write_form(tmp_path / "w.xlsx", rows, store))
    assert ("fields.expected_found_text", "Store", "B4") in worse  # what is wrong in shape hides nothing
    assert len(worse) == 10


@rows(
    ("rows", "key", "cell"),
    [
        ([["A-1", "", 12]], "form.no_question", "C2"),
        ([["", "fresh", 12, "a note"]], "form.no_criterion", "D2"),
        ([["A-1", "fresh", 1], ["A-1", "fresh", 2]], "form.twice", "B3"),
        ([["A-1", "fresh", 1, "one note"], ["A-1", "cars", 1, "another"]], "form.two_texts", "D3"),
        ([["A-1", "fresh", 1, "", "", "beside"]], "table.no_heading", "F2"),
        ([["A-2", "fresh", 1], ["A-1", "A-2", True]], "form.other_criterion", "A2"),
    ],
)
def test_rows_that_do_not_hold_together_are_refused(tmp_path: Path, rows: list[Any], key: str, cell: str) -> None:
    assert problems(write_form(tmp_path / "v.xlsx", rows))[0] == (key, "Answers", cell)


def test_the_same_note_in_two_rows_of_a_criterion_is_one(tmp_path: Path) -> None:
    rows = [["A-1", "fresh", 1, "read twice"], ["A-1", "cars", 1, "read twice"]]
    assert visit(write_form(tmp_path / "v.xlsx", rows)).notes == {"A-1": "read twice"}


@rows(
    ("store", "key", "cell"),
    [
        ({"cycle": "2026"}, "reading.missing_key", "A1"),
        ({**STORE, "stor.name": "x"}, "answers.unknown_key", "A4"),
        ({**STORE, "answers": "x"}, "answers.unknown_key", "A4"),
        ({**STORE, "store.nam": "x"}, "reading.unknown_key", "A4"),
        ({**STORE, "": "x"}, "form.no_key", "B4"),
        ({**STORE, "version": "1.1"}, "answers.other_version", "B4"),
        ({**STORE, "version": 1.1}, "answers.other_version", "B4"),
        ({**STORE, "assessor": "=A1"}, "form.formula", "B4"),
        ({**STORE, "cycle": (46266, "d mmm")}, "form.day_here", "B3"),  # 2026-9 that a spreadsheet took for a day
    ],
)
def test_what_is_wrong_about_the_store_has_its_place(
    tmp_path: Path, store: dict[str, Any], key: str, cell: str
) -> None:
    assert problems(write_form(tmp_path / "v.xlsx", [], store)) == [(key, "Store", cell)]


def test_an_unknown_question_with_an_empty_answer_is_no_rest_that_a_comma_cut_off(tmp_path: Path) -> None:
    with pytest.raises(BadFile) as caught:
        visit(write_form(tmp_path / "v.xlsx", [["A-1", "freshh", ""]]))
    assert [line.strip() for line in problem_lines(caught.value, Catalogue("en"))][1:2] == ["did you mean fresh?"]


def test_headings_may_be_in_any_language_and_order_and_are_needed(tmp_path: Path) -> None:
    headings = ("答案", "问题编号", "条款", "Title")
    path = write_form(tmp_path / "v.xlsx", [[12, "fresh", "A-1", "whatever"]], headings=headings)
    assert visit(path).answers == {"fresh": 12}
    path = write_form(tmp_path / "v.xlsx", [[12, "fresh"]], headings=("Answer", "Criterion"))
    assert problems(path) == [("form.no_column", "Answers", "A1")]
    path = write_form(tmp_path / "v.xlsx", [], headings=(*HEADINGS, "Remarks", "Answer"))
    assert problems(path) == [("form.unknown_column", "Answers", "F1"), ("storage.column_twice", "Answers", "G1")]


# -- the file ------------------------------------------------------------------------------------------------------


def changed(path: Path, *changes: tuple[str, Callable[[str], str]]) -> Path:
    """The file with members of its zip changed."""
    written = BytesIO()
    with zipfile.ZipFile(path) as before, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as after:
        for member in before.infolist():
            text = before.read(member).decode()
            for name, change in changes:
                text = change(text) if member.filename.endswith(name) else text
            after.writestr(member.filename, text)
    path.write_bytes(written.getvalue())
    return path


@pytest.fixture
def form(tmp_path: Path) -> Path:
    return write_form(tmp_path / "visit.xlsx", [["A-1", "fresh", 12], ["A-1", "cars", 3]])


def test_hidden_and_filtered_rows_are_read_like_the_others(form: Path) -> None:
    changed(form, ("sheet1.xml", lambda text: text.replace('<row r="3"', '<row r="3" hidden="1"')))
    assert visit(form).answers == {"fresh": 12, "cars": 3}


def test_merged_cells_are_refused(form: Path) -> None:
    merge = '</sheetData><mergeCells count="1"><mergeCell ref="C2:C3"/></mergeCells>'
    changed(form, ("sheet1.xml", lambda text: text.replace("</sheetData>", merge)))
    assert problems(form) == [("form.merged", "Answers", "C2")]


def test_a_comment_beside_a_cell_is_not_dropped_in_silence(form: Path) -> None:
    workbook = load_workbook(form)
    workbook["Answers"]["C2"].comment = Comment("read by the gate", "Ada")
    workbook.save(form)
    assert refused(form) == "form.comment"


def test_another_sheet_that_holds_something_is_refused_and_an_empty_one_is_not(tmp_path: Path) -> None:
    path = write_form(tmp_path / "v.xlsx", [], sheets={"Sheet2": [[], ["", "mine"]]})
    assert problems(path) == [("form.other_sheet", "Sheet2", "B2")]
    assert visit(write_form(tmp_path / "v.xlsx", [], sheets={"Sheet2": [], "Read me": [["any text"]]})).answers == {}
    path = write_form(tmp_path / "v.xlsx", [], sheets={"答案": [list(HEADINGS)]})
    assert problems(path) == [("form.sheet_twice", "答案", "A1")]


def test_a_sheet_that_is_missing_is_a_sentence(form: Path) -> None:
    assert (
        refused(changed(form, ("workbook.xml", lambda text: text.replace('"Answers"', '"A sheet"')))) == "form.no_sheet"
    )


@pytest.mark.slow
def test_a_million_empty_rows_are_passed_over_and_what_lies_beyond_reach_is_refused(form: Path) -> None:
    rows = "".join(f'<row r="{number}"/>' for number in range(4, 60_000, 8))
    changed(form, ("sheet1.xml", lambda text: text.replace("</sheetData>", f"{rows}</sheetData>")))
    assert visit(form).answers == {"fresh": 12, "cars": 3}
    far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    changed(form, ("sheet1.xml", lambda text: text.replace("</sheetData>", f"{far}</sheetData>")))
    assert problems(form) == [("form.out_of_reach", "Answers", "XFD1048576")]


@rows(
    ("content", "key"),
    [
        (b"", "form.no_xlsx"),
        (b"store,answers\n", "form.no_xlsx"),
        (b"PK\x03\x04 and then nothing", "form.no_xlsx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), "form.old_format"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "form.password"),
    ],
)
@rows("name", ["visit.xlsx", "VISIT.XLSX", "visit.numbers"])
def test_a_file_that_is_no_form_is_a_sentence(tmp_path: Path, content: bytes, key: str, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert refused(path) == key


def test_a_zip_of_something_else_is_a_sentence(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "visit.ods", "w") as archive:
        archive.writestr("content.xml", "<office/>")
    assert refused(tmp_path / "visit.ods") == "form.no_xlsx"
    assert refused(tmp_path / "missing.xlsx") == "source.missing"
    (tmp_path / "folder.xlsx").mkdir()
    assert refused(tmp_path / "folder.xlsx") == "source.not_a_file"


@pytest.mark.parametrize(
    ("row", "written"),
    [
        ("a row that goes back", '<row r="2"><c r="A2"><v>1</v></c></row>'),
        ("a row twice", '<row r="3"><c r="A3"><v>1</v></c></row>'),
        ("a row before the first", '<row r="0"><c><v>1</v></c></row>'),
        ("a row behind the last", '<row r="1048577"/>'),
        ("a cell twice", '<row r="4"><c r="C4"><v>1</v></c><c r="C4"><v>2</v></c></row>'),
        ("a cell of another row", '<row r="4"><c r="C5"><v>1</v></c></row>'),
        ("a cell that is nowhere", '<row r="4"><c r="c4"><v>1</v></c></row>'),
    ],
)
def test_rows_and_cells_that_would_be_passed_over_are_not_dropped_in_silence(
    form: Path, row: str, written: str
) -> None:
    changed(form, ("sheet1.xml", lambda text: text.replace("</sheetData>", f"{written}</sheetData>")))
    assert refused(form) == "form.no_xlsx", row


def test_a_formula_of_many_cells_is_quoted_as_it_is_written(form: Path) -> None:
    formula = '<c r="C2"><f t="array" ref="C2:C3">SUM(A1,1)</f>'
    changed(form, ("sheet1.xml", lambda text: text.replace('<c r="C2">', formula)))
    with pytest.raises(BadFile) as caught:
        visit(form)
    assert [problem.message.values["found"] for problem in caught.value.problems] == ["=SUM(A1,1)"]


@pytest.mark.parametrize(
    ("member", "before", "after"),
    [
        ("workbook.xml", "</sheets>", "</sheets><definedNames>{}</definedNames>"),
        ("core.xml", "</cp:coreProperties>", "<dcterms:created>some day</dcterms:created></cp:coreProperties>"),
    ],
)
def test_what_is_not_needed_of_a_form_is_not_read(form: Path, member: str, before: str, after: str) -> None:
    titles = "".join(
        f'<definedName name="_xlnm.Print_Titles" localSheetId="{number}">{area}</definedName>'
        for number, area in enumerate(("Answers!#REF!", "'" * 200_000))  # openpyxl takes hours for the second one
    )
    changed(form, (member, lambda text: text.replace(before, after.format(titles))))
    assert visit(form).answers == {"fresh": 12, "cars": 3}


def test_a_number_format_longer_than_any_is_refused(form: Path) -> None:
    long = f'<numFmts count="1"><numFmt numFmtId="170" formatCode="{"[" * 300}"/></numFmts><fonts'
    changed(form, ("styles.xml", lambda text: text.replace("<fonts", long, 1)))
    assert refused(form) == "form.too_much"


@pytest.mark.slow
def test_formulas_are_not_worked_on(form: Path) -> None:
    """Otherwise each of these would be translated for its cell, which takes hours."""
    first = f'<row r="4"><c r="C4"><f t="shared" si="0" ref="C4:C9999">{"A1+" * 20_000}1</f></c></row>'
    others = "".join(f'<row r="{row}"><c r="C{row}"><f t="shared" si="0"/></c></row>' for row in range(5, 9_000))
    changed(form, ("sheet1.xml", lambda text: text.replace("</sheetData>", f"{first}{others}</sheetData>")))
    assert ("form.formula", "Answers", "C4") in problems(form)


def test_lists_of_areas_and_texts_have_a_length_of_their_own(form: Path) -> None:
    areas = f'</sheetData><conditionalFormatting sqref="{"A1 " * 90_000}"/>'
    untouched = form.read_bytes()
    changed(form, ("sheet1.xml", lambda text: text.replace("</sheetData>", areas)))
    assert refused(form) == "form.too_much"
    form.write_bytes(untouched)
    changed(form, ("sharedStrings.xml", lambda text: text.replace("fresh", "," * 32_768)))
    assert problems(form) == [("answers.too_long", "Answers", "B2"), ("form.no_question", "Answers", "C2")]


def test_the_strict_dialect_is_named(form: Path) -> None:
    ordinary = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    strict = "http://purl.oclc.org/ooxml/spreadsheetml/main"
    changed(form, *((name, lambda text: text.replace(ordinary, strict)) for name in ("workbook.xml", "sheet1.xml")))
    assert refused(form) == "form.strict"


def test_a_spreadsheet_is_packed_in_no_unusual_way(form: Path) -> None:
    with zipfile.ZipFile(form) as before:
        members = {name: before.read(name) for name in before.namelist()}
    with zipfile.ZipFile(form, "w", zipfile.ZIP_LZMA) as after:
        for name, data in members.items():
            after.writestr(name, data)
    assert refused(form) == "form.no_xlsx"


def test_entities_are_refused_before_any_is_replaced(form: Path) -> None:
    bomb = '<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;">]>'
    changed(form, ("sharedStrings.xml", lambda text: text.replace("<sst", f"{bomb}<sst")))
    assert refused(form) == "form.no_xlsx"


def test_a_tag_without_end_is_refused_before_it_is_read(form: Path) -> None:
    many = " ".join(f'a{number}=""' for number in range(200_000))
    changed(form, ("workbook.xml", lambda text: text.replace("<workbookPr ", f"<workbookPr {many} ")))
    assert refused(form) == "form.too_much"


@pytest.mark.parametrize("bound", ["UNPACKED", "MEMBERS", "DEPTH", "rows", "cells", "sheets", "others"])
def test_a_zip_bomb_is_refused(form: Path, monkeypatch: pytest.MonkeyPatch, bound: str) -> None:
    if bound.isupper():
        monkeypatch.setattr(package, f"_MOST_{bound}", 1)
    else:
        monkeypatch.setitem(package._MOST_OF_KIND, bound, 1)
    assert refused(form) == "form.too_much"


def test_a_zip_that_belies_its_directory_is_held_to_the_bound_while_it_is_read(
    form: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(package, "_MOST_UNPACKED", 100_000)
    changed(form, ("theme1.xml", lambda text: text.replace("<a:theme ", "<a:theme " + " " * 200_000)))
    data = form.read_bytes()
    with zipfile.ZipFile(form) as archive:
        size = next(member.file_size for member in archive.infolist() if member.filename.endswith("theme1.xml"))
    form.write_bytes(data.replace(size.to_bytes(4, "little"), (1000).to_bytes(4, "little")))
    assert refused(form) in ("form.no_xlsx", "form.too_much")


def test_a_file_that_is_too_large_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "visit.xlsx"
    with path.open("wb") as file:
        file.truncate(package.MOST_BYTES + 1)
    assert refused(path) == "source.too_large"


def test_whatever_is_done_to_the_bytes_of_a_form_it_is_read_or_refused(form: Path) -> None:
    data = form.read_bytes()
    for place in range(0, len(data), 211):
        form.write_bytes(data[:place] + bytes([data[place] ^ 0x55]) + data[place + 1 :])
        with suppress(BadInput):
            visit(form)


def test_a_column_may_say_how_answers_were_calculated(tmp_path: Path) -> None:
    headings = ("Criterion", "Question id", "Answer", "计算式")
    meters = ["A-1", "fresh", 0.04, "1284.62-1284.58"]
    rows: list[list[Any]] = [meters, ["A-1", "cars", 30, "6×5"], ["A-1", "part", 50, ""]]
    answers = visit(write_form(tmp_path / "v.xlsx", rows, headings=headings)).answers
    assert {name: formula_of(answer) for name, answer in answers.items()} == {
        "fresh": "1284.62-1284.58",
        "cars": "6×5",
        "part": None,
    }
    rows = [["A-1", "fresh", 0.05, "1284.62-1284.58"], ["A-1", "cars", 30, "[remove]"], ["", "", "", "6*5"]]
    assert problems(write_form(tmp_path / "w.xlsx", rows, headings=headings)) == [
        ("answers.formula_gives_other", "Answers", "D2"),
        ("form.remove_here", "Answers", "D3"),
        ("form.no_question", "Answers", "D4"),
    ]
