"""`greenstar report`: where it writes, and what it says where it cannot."""

import sqlite3
import sys
from contextlib import closing
from html import unescape
from pathlib import Path

import pytest

from greenstar.reports.pdf import typesetting
from tests.cli.conftest import Greenstar

pytestmark = pytest.mark.usefixtures("wuxi_recorded")


@pytest.mark.slow
def test_a_report_is_one_file_that_takes_the_place_of_the_one_before(greenstar: Greenstar, tmp_path: Path) -> None:
    path = tmp_path / "r.html"
    path.write_text("before", encoding="utf-8")
    done = greenstar("report", "WX-001", "-o", path)
    assert (done.code, done.out, done.err) == (0, "", f"{path}: written\n")
    assert path.read_text(encoding="utf-8").startswith('<!DOCTYPE html>\n<html lang="en">')
    assert sorted(file.name for file in tmp_path.iterdir()) == ["home", "r.html"]
    assert greenstar("report", "wx-001", "--lang", "zh").out == greenstar("--lang", "zh", "report", "WX-001").out


def test_the_title_of_a_page_is_no_longer_than_validators_allow(greenstar: Greenstar, tmp_path: Path) -> None:
    visit = tmp_path / "visit.yaml"
    visit.write_text(f"store: {{code: S-1, name: {'A & B ' * 33}}}\ncycle: '2026'\n", encoding="utf-8")
    assert greenstar("record", visit).code == 0
    title = unescape(greenstar("report", "S-1").out.split("<title>")[1].split("</title>")[0])
    assert (len(title), title[-1]) == (70, "…")


def test_a_report_in_both_languages_begins_with_that_of_its_reader(greenstar: Greenstar) -> None:
    text = greenstar("report", "WX-001", "--lang", "both").out
    assert text.index("Scorecard") < text.index("评分卡")
    in_cubic_metres = "<b>5~200</b>&nbsp;m³<em>50~m³".replace("~", "\N{NO-BREAK SPACE}")  # what the visit achieves
    assert text.count(in_cubic_metres) == 2, "in either"
    assert greenstar("--lang", "both", "report", "WX-001").out == text
    for command in (("rank", "--lang", "both"), ("--lang", "both", "rank"), ("--lang", "both")):
        done = greenstar(*command)
        assert (done.code, done.out) == (2, "")
        assert "both is no language" in done.err


def test_a_report_is_on_a_store_on_the_cycle_or_on_two_stores(greenstar: Greenstar) -> None:
    assert greenstar("report", "--network").err.startswith("No visit of the cycle 2026 counts yet")
    assert greenstar("submit", "WX-001").code == 0
    assert "The network in 2026" in greenstar("report", "--network").out
    assert "Region East in 2026" in greenstar("report", "--network", "--region", "east").out
    assert "一家门店、整个周期" in greenstar("report", "--lang", "zh").err
    for options, words in (
        (("WX-001", "--network"), "STORE and --network"),
        (("--network", "--revision", "2"), "--revision and --network"),
        (("WX-001", "--choose", "3"), "--choose and STORE"),
        (("WX-001", "--region", "East"), "--region and STORE"),
        (("--compare", "WX-001", "wx-001"), "is named twice"),
        (("--compare", "WX-001"), "give it 2 values"),
        (("--network", "--cycle", "1999"), "1999"),
    ):
        done = greenstar("report", *options)
        assert (done.code, done.out) == (2, "")
        assert words in done.err


def test_a_report_is_written_over_no_database_and_no_folder(greenstar: Greenstar, tmp_path: Path) -> None:
    database = tmp_path / "home" / "greenstar.db"
    for target, words in ((database, "it is the database"), (tmp_path, "is a folder"), ("/dev/full", "No space left")):
        done = greenstar("report", "WX-001", "-o", target)
        assert done.code != 0
        assert words in done.err
    with closing(sqlite3.connect(database)) as connection:
        assert connection.execute("pragma integrity_check").fetchone() == ("ok",)


def test_what_there_is_no_report_on_is_told(greenstar: Greenstar) -> None:
    assert "has no revision 4 in cycle 2026; there are: 1." in greenstar("report", "WX-001", "--revision", "4").err
    assert greenstar("report", "NOWHERE").code == 2
    assert "html" in greenstar("report", "WX-001", "--format", "docx").err


def test_a_pdf_without_typst_or_a_font_for_chinese_is_a_sentence_and_no_file(
    greenstar: Greenstar, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask = ("report", "WX-001", "--format", "pdf", "-o", tmp_path / "r.pdf")
    monkeypatch.setattr(typesetting, "_families", lambda: frozenset({"Noto Sans"}))
    no_font = greenstar("--lang", "zh", *ask)
    monkeypatch.setitem(sys.modules, "typst", None)
    no_typst = greenstar(*ask)
    assert (no_font.code, no_typst.code) == (2, 2)
    assert "Noto Sans CJK SC" in no_font.err
    assert "pipx inject greenstar typst" in no_typst.err
    assert not (tmp_path / "r.pdf").exists()


def test_a_sign_that_no_font_has_is_one_question_mark_and_what_joins_signs_is_none() -> None:
    family = "\N{WOMAN}\N{ZERO WIDTH JOINER}\N{GIRL}"
    complaint = f'the text `"{family}"` could not be displayed'
    assert typesetting._without(f"a {family} b", complaint) == "a ?? b"
